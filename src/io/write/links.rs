//! The table of links, a row for each entity of each document: lines of JSON or one Parquet file.

use super::lines::{Lines, Packing};
use super::{Form, beside, form};
use crate::error::{Error, Result};
use crate::table::{LinkRow, Table, links, schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Links on their way into a file; dropped before [`LinksOut::finish`] they leave nothing behind.
#[derive(Debug)]
pub enum LinksOut {
    /// Lines of JSON.
    Lines(Box<Lines>),
    /// A Parquet file.
    Parquet(PathBuf, NamedTempFile, Box<ArrowWriter<File>>),
}

impl LinksOut {
    /// The output at `path`: `.jsonl`, also with `.gz` or `.zst`, or `.parquet`, one file.
    ///
    /// # Errors
    /// Where the suffix is none of these, or nothing can be written there.
    pub fn create(path: &Path) -> Result<Self> {
        match form(path) {
            Some(Form::Lines(packing)) => Self::lines(path, packing),
            Some(Form::Tables) => Self::parquet(path),
            _ => {
                let known = ".jsonl (also .gz, .zst) or .parquet";
                Err(Error::file(path, format!("expected an output that ends in {known}")))
            }
        }
    }

    fn lines(path: &Path, packing: Packing) -> Result<Self> {
        Ok(Self::Lines(Box::new(Lines::create(path, packing)?)))
    }

    fn parquet(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::file(path, "expected a file to write to, found a folder"));
        }
        let failed = |error: &dyn std::fmt::Display| Error::file(path, error);
        let file = beside(path, |builder, folder| builder.tempfile_in(folder), 0o666)?;
        let packed = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder().set_compression(packed).build();
        let handle = file.reopen().map_err(|error| failed(&error))?;
        let writer = ArrowWriter::try_new(handle, schema(Table::Links), Some(properties));
        Ok(Self::Parquet(path.to_path_buf(), file, Box::new(writer.map_err(|error| failed(&error))?)))
    }

    /// Writes rows, in the order in which they come.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn put(&mut self, rows: &[LinkRow<'_>]) -> Result<()> {
        match self {
            Self::Lines(lines) => {
                let line = |row| serde_json::to_string(row).unwrap_or_default() + "\n";
                lines.put(&rows.iter().map(line).collect::<String>())
            }
            Self::Parquet(path, _, writer) => {
                writer.write(&links(rows)?).map_err(|error| Error::file(path, error))
            }
        }
    }

    /// Puts everything in its final place.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Lines(lines) => lines.finish(),
            Self::Parquet(path, file, writer) => {
                let failed = |error: &dyn std::fmt::Display| Error::file(&path, error);
                let handle = writer.into_inner().map_err(|error| failed(&error))?;
                handle.sync_all().map_err(|error| failed(&error))?;
                file.persist(&path).map_err(|error| failed(&error.error))?;
                Ok(())
            }
        }
    }
}
