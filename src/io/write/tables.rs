//! A folder of Parquet tables.

use super::beside;
use crate::document::RowError;
use crate::error::{Error, Result};
use crate::table::{self, Batches, Table};
use arrow_array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A row group of this many bytes is written out: what bounds the memory.
const GROUP: usize = 32 << 20;

/// Tables on their way into a folder.
#[derive(Debug)]
pub struct Tables {
    path: PathBuf,
    folder: TempDir,
    writers: Vec<(Table, ArrowWriter<File>)>,
}

/// The file of a table in the folder at `path`.
pub(super) fn file(path: &Path, table: Table) -> PathBuf {
    path.join(format!("{}.parquet", table.name()))
}

impl Tables {
    pub(super) fn create(path: &Path) -> Result<Self> {
        replaceable(path)?;
        let folder = temporary(path)?;
        let properties =
            WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let mut writers = Vec::new();
        for table in Table::ALL {
            let failed = |error: &dyn std::fmt::Display| Error::file(path, error);
            let file = File::create(file(folder.path(), table)).map_err(|error| failed(&error))?;
            let writer = ArrowWriter::try_new(file, table::schema(table), Some(properties.clone()));
            writers.push((table, writer.map_err(|error| failed(&error))?));
        }
        Ok(Self { path: path.to_path_buf(), folder, writers })
    }

    pub(super) fn put(&mut self, batches: &Batches) -> Result<()> {
        self.write(Table::Documents, &batches.documents)?;
        self.write(Table::Mentions, &batches.mentions)?;
        self.write(Table::Entities, &batches.entities)?;
        self.write(Table::Attributions, &batches.attributions)?;
        self.write(Table::Pairs, &batches.pairs)
    }

    pub(super) fn errors(&mut self, rows: &[RowError]) -> Result<()> {
        self.write(Table::Errors, &table::errors(rows)?)
    }

    fn write(&mut self, table: Table, batch: &RecordBatch) -> Result<()> {
        let failed = |error| Error::file(&file(&self.path, table), error);
        for (_, writer) in self.writers.iter_mut().filter(|(of, _)| *of == table) {
            writer.write(batch).map_err(failed)?;
            if writer.in_progress_size() >= GROUP {
                writer.flush().map_err(failed)?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<()> {
        let Self { path, folder, writers } = self;
        for (table, writer) in writers {
            let failed = |error: &dyn std::fmt::Display| Error::file(&file(&path, table), error);
            let file = writer.into_inner().map_err(|error| failed(&error))?;
            file.sync_all().map_err(|error| failed(&error))?;
        }
        let failed = |error| Error::file(&path, error);
        if !path.exists() {
            fs::rename(folder.path(), &path).map_err(failed)?;
        } else {
            // A folder cannot be renamed onto another: the old one steps aside and is removed with its shelter.
            let shelter = temporary(&path)?;
            let old = shelter.path().join("old");
            fs::rename(&path, &old).map_err(failed)?;
            if let Err(error) = fs::rename(folder.path(), &path) {
                fs::rename(&old, &path).map_err(failed)?;
                return Err(failed(error));
            }
        }
        // It has moved: there is nothing left to remove.
        let _ = folder.keep();
        Ok(())
    }
}

/// Refuses a place that holds anything but earlier tables.
fn replaceable(path: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    if !path.is_dir() {
        return Err(Error::file(path, "expected a folder of tables or nothing in this place, found a file"));
    }
    for entry in path.read_dir().map_err(|error| Error::file(path, error))? {
        let name = entry.map_err(|error| Error::file(path, error))?.file_name();
        if !Table::ALL.iter().any(|table| file(path, *table).file_name() == Some(&name)) {
            let what = format!("expected a folder of tables to replace, found {name:?} in it");
            return Err(Error::file(path, what));
        }
    }
    Ok(())
}

fn temporary(path: &Path) -> Result<TempDir> {
    beside(path, |builder, folder| builder.tempdir_in(folder), 0o777)
}
