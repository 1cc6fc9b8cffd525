//! From paths to the files to read.

use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// What is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Html,
    Jsonl,
    Csv,
    Parquet,
}

/// What it is packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gzip,
    Zstd,
}

/// One file to read.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub path: PathBuf,
    pub format: Format,
    pub packing: Packing,
    /// Its path below the folder that was given, without suffixes: the id of what it holds.
    pub id: String,
    /// Its length on the disk.
    pub bytes: u64,
}

impl Input {
    /// Its path in words.
    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }
}

const KNOWN: &str = ".txt, .html, .htm, .jsonl, .csv and .parquet, each also with .gz or .zst";

/// All files of the paths in their order, those of a folder sorted; and how many were left out.
pub(super) fn inputs(paths: &[PathBuf]) -> Result<(Vec<Input>, u64)> {
    let (mut inputs, mut skipped) = (Vec::new(), 0);
    for path in paths {
        let kind = path.metadata().map_err(|error| Error::file(path, error))?;
        if kind.is_dir() {
            let before = inputs.len();
            skipped += folder(path, path, &mut inputs)?;
            if inputs.len() == before {
                return Err(Error::file(path, format!("no file to read in this folder; known are {KNOWN}")));
            }
        } else {
            let name = Path::new(path.file_name().unwrap_or(path.as_os_str()));
            let input = input(path, name, kind.len());
            inputs.push(input.ok_or_else(|| Error::file(path, format!("expected one of {KNOWN}")))?);
        }
    }
    Ok((inputs, skipped))
}

/// Adds the files of a folder and of those in it. Links to folders are not followed: they may lead in circles.
fn folder(root: &Path, folder: &Path, inputs: &mut Vec<Input>) -> Result<u64> {
    let mut todo = vec![folder.to_path_buf()];
    let (mut paths, mut skipped) = (Vec::new(), 0);
    while let Some(folder) = todo.pop() {
        let failed = |error| Error::file(&folder, error);
        for entry in folder.read_dir().map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_type().map_err(failed)?.is_dir() {
                todo.push(entry.path());
            } else {
                paths.push(entry.path());
            }
        }
    }
    paths.sort();
    for path in paths {
        let bytes = path.metadata().map_or(0, |metadata| metadata.len());
        match input(&path, path.strip_prefix(root).unwrap_or(&path), bytes) {
            Some(input) if !path.is_dir() => inputs.push(input),
            _ => skipped += 1,
        }
    }
    Ok(skipped)
}

/// The file at `path`, known as `name`; `None` where its suffix is not known.
fn input(path: &Path, name: &Path, bytes: u64) -> Option<Input> {
    let suffix = |name: &Path| name.extension().map(|suffix| suffix.to_string_lossy().to_ascii_lowercase());
    let (packing, name) = match suffix(name)?.as_str() {
        "gz" => (Packing::Gzip, name.with_extension("")),
        "zst" => (Packing::Zstd, name.with_extension("")),
        _ => (Packing::None, name.to_path_buf()),
    };
    let format = match suffix(&name)?.as_str() {
        "txt" => Format::Text,
        "html" | "htm" => Format::Html,
        "jsonl" => Format::Jsonl,
        "csv" => Format::Csv,
        "parquet" => Format::Parquet,
        _ => return None,
    };
    // The same id on every platform.
    let parts: Vec<_> =
        name.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    Some(Input { path: path.to_path_buf(), format, packing, id: parts.join("/"), bytes })
}
