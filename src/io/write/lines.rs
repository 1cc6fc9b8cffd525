//! A file of lines, and one of errors beside it if there are any.

use super::beside;
use crate::document::RowError;
use crate::error::{Error, Result};
use flate2::write::GzEncoder;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What the lines are packed with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Packing {
    None,
    Gzip,
    Zstd,
}

/// Lines on their way into a file.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    lines: Packer,
    errors: Option<BufWriter<NamedTempFile>>,
}

impl Lines {
    pub(super) fn create(path: &Path, packing: Packing) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::file(path, "expected a file to write to, found a folder"));
        }
        let file = BufWriter::new(temporary(path)?);
        let packed = || -> io::Result<Packer> {
            Ok(match packing {
                Packing::None => Packer::None(file),
                Packing::Gzip => Packer::Gzip(Box::new(GzEncoder::new(file, flate2::Compression::default()))),
                Packing::Zstd => Packer::Zstd(zstd::Encoder::new(file, 0)?),
            })
        };
        let lines = packed().map_err(|error| Error::file(path, error))?;
        Ok(Self { path: path.to_path_buf(), lines, errors: None })
    }

    pub(super) fn put(&mut self, lines: &str) -> Result<()> {
        self.lines.write_all(lines.as_bytes()).map_err(|error| Error::file(&self.path, error))
    }

    pub(super) fn errors(&mut self, rows: &[RowError]) -> Result<()> {
        let path = errors_beside(&self.path);
        for row in rows {
            let file = match &mut self.errors {
                Some(file) => file,
                None => self.errors.insert(BufWriter::new(temporary(&path)?)),
            };
            let line = serde_json::to_string(row).unwrap_or_default();
            writeln!(file, "{line}").map_err(|error| Error::file(&path, error))?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<()> {
        let errors = errors_beside(&self.path);
        match self.errors {
            Some(file) => settle(file, &errors)?,
            None => match fs::remove_file(&errors) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::file(&errors, error));
                }
                _ => {}
            },
        }
        let lines = self.lines.unpacked().map_err(|error| Error::file(&self.path, error))?;
        settle(lines, &self.path)
    }
}

/// Where the errors of the lines at `path` go: `out.errors.jsonl` for `out.jsonl.gz`.
pub(super) fn errors_beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lower = name.to_ascii_lowercase();
    let stem = lower
        .rfind(".jsonl")
        .or_else(|| lower.rfind(".conllu"))
        .and_then(|end| name.get(..end))
        .unwrap_or(&name);
    path.with_file_name(format!("{stem}.errors.jsonl"))
}

/// Writes a file of these bytes.
pub(in crate::io) fn whole(path: &Path, bytes: &[u8]) -> Result<()> {
    if path.is_dir() {
        return Err(Error::file(path, "expected a file to write to, found a folder"));
    }
    let mut file = BufWriter::new(temporary(path)?);
    file.write_all(bytes).map_err(|error| Error::file(path, error))?;
    settle(file, path)
}

fn temporary(path: &Path) -> Result<NamedTempFile> {
    beside(path, |builder, folder| builder.tempfile_in(folder), 0o666)
}

/// Gives a file its final name once all of it is on the disk.
fn settle(file: BufWriter<NamedTempFile>, path: &Path) -> Result<()> {
    let failed = |error: io::Error| Error::file(path, error);
    let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

enum Packer {
    None(BufWriter<NamedTempFile>),
    Gzip(Box<GzEncoder<BufWriter<NamedTempFile>>>),
    Zstd(zstd::Encoder<'static, BufWriter<NamedTempFile>>),
}

impl Packer {
    /// Ends the packing and gives the file back.
    fn unpacked(self) -> io::Result<BufWriter<NamedTempFile>> {
        match self {
            Self::None(file) => Ok(file),
            Self::Gzip(file) => file.finish(),
            Self::Zstd(file) => file.finish(),
        }
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::None(file) => file.write_all(bytes),
            Self::Gzip(file) => file.write_all(bytes),
            Self::Zstd(file) => file.write_all(bytes),
        }
    }
}

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None(_) => "plain",
            Self::Gzip(_) => "gzip",
            Self::Zstd(_) => "zstd",
        })
    }
}
