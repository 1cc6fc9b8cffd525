//! Rows of a Parquet file.

use super::columns::{self, Columns, Values};
use super::stream::Place;
use super::walk::{Input, Packing};
use super::{Fault, Row, no_text};
use crate::error::Result;
use arrow_array::{RecordBatch, RecordBatchReader};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub(super) mod cell;

/// Rows that are unpacked at a time.
const BATCH: usize = 64;

/// Checks that there is a column of texts. What else is wrong shows when the rows are read.
///
/// # Errors
/// Where the file has other columns only.
pub(super) fn check(input: &Input, columns: &Columns) -> Result<()> {
    let Ok(builder) = builder(&Place::new(input, Arc::default())) else { return Ok(()) };
    let names: Vec<String> = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
    if names.contains(&columns.text) { Ok(()) } else { Err(no_text(&input.path, columns, &names)) }
}

/// The records of a file.
pub(super) fn read(place: Place, columns: Columns) -> Box<dyn Iterator<Item = Row> + Send> {
    match Rows::open(place, columns) {
        Ok(rows) => Box::new(rows),
        Err(fault) => Box::new(std::iter::once((0, Err(fault)))),
    }
}

/// What reads the file, at its beginning.
fn builder(place: &Place) -> std::result::Result<ParquetRecordBatchReaderBuilder<File>, Fault> {
    let file = place.seekable().map_err(Fault::new)?;
    guarded(|| ParquetRecordBatchReaderBuilder::try_new(file))
}

/// The library below panics on some broken files.
pub(in crate::io) fn guarded<T, E: Display>(
    work: impl FnOnce() -> std::result::Result<T, E>,
) -> std::result::Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(Fault::new),
        Err(_) => Err(Fault::new("broken Parquet file")),
    }
}

/// The columns of a file, all of them by name, and those of them that are wanted in batches of `rows` rows.
pub(super) fn batches(
    place: &Place,
    wanted: &[&str],
    rows: usize,
) -> std::result::Result<(Vec<String>, Wanted), Fault> {
    let builder = builder(place)?;
    let names: Vec<String> = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
    let roots = names.iter().enumerate().filter(|(_, name)| wanted.contains(&name.as_str())).map(|(i, _)| i);
    let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
    let batches = guarded(|| builder.with_projection(mask).with_batch_size(rows).build())?;
    Ok((names, Wanted(batches)))
}

/// Batches of some columns.
pub(super) struct Wanted(ParquetRecordBatchReader);

impl Wanted {
    pub(super) fn next(&mut self) -> std::result::Result<Option<RecordBatch>, Fault> {
        guarded(|| self.0.next().transpose())
    }
}

struct Rows {
    place: Place,
    columns: Columns,
    batches: ParquetRecordBatchReader,
    batch: RecordBatch,
    /// Row in the batch, and in the file.
    at: usize,
    row: u64,
    /// Bytes and rows of the file.
    bytes: u64,
    rows: u64,
    done: bool,
}

impl Rows {
    fn open(place: Place, columns: Columns) -> std::result::Result<Self, Fault> {
        let bytes = place.path.metadata().map_or(0, |metadata| metadata.len());
        let builder = builder(&place)?;
        let rows = builder.metadata().file_metadata().num_rows().max(1) as u64;
        let roots = builder.schema().fields().iter().enumerate();
        let wanted = roots.filter(|(_, field)| columns.names().contains(&field.name().as_str()));
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.map(|(i, _)| i));
        let batches = guarded(|| builder.with_projection(mask).with_batch_size(BATCH).build())?;
        let batch = RecordBatch::new_empty(batches.schema());
        Ok(Self { place, columns, batches, batch, at: 0, row: 0, bytes, rows, done: false })
    }

    /// Counts the share of the file that a batch is: how much of it has been read shows nowhere.
    fn progress(&self) {
        if self.place.packing == Packing::None {
            let upto = |row: u64| (u128::from(self.bytes) * u128::from(row) / u128::from(self.rows)) as u64;
            let rows = self.batch.num_rows() as u64;
            self.place.count(upto(self.row + rows) - upto(self.row));
        }
    }

    fn values(&self) -> std::result::Result<Values, String> {
        let mut values = Values::default();
        for (value, name) in values.iter_mut().zip(self.columns.names()) {
            if let Some(column) = self.batch.column_by_name(name) {
                *value = cell::string(column.as_ref(), self.at)
                    .map_err(|of| format!("expected strings in the column {name:?}, found {of}"))?;
            }
        }
        Ok(values)
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while self.at == self.batch.num_rows() {
            if self.done {
                return None;
            }
            match guarded(|| self.batches.next().transpose()) {
                Ok(None) => self.done = true,
                Ok(Some(batch)) => {
                    (self.batch, self.at) = (batch, 0);
                    self.progress();
                }
                Err(fault) => {
                    (self.batch, self.at, self.done) = (self.batch.slice(0, 0), 0, true);
                    return Some((self.row + 1, Err(fault)));
                }
            }
        }
        self.row += 1;
        let record = self.values().map_err(Fault::new);
        let record = record.and_then(|values| columns::record(values, || self.place.row_id(self.row)));
        self.at += 1;
        Some((self.row, record))
    }
}

impl Place {
    /// A file to jump in; a packed one is unpacked into a nameless one first.
    fn seekable(&self) -> io::Result<File> {
        if self.packing == Packing::None {
            return File::open(&self.path);
        }
        let mut file = tempfile::tempfile()?;
        io::copy(&mut self.bytes()?, &mut file)?;
        file.rewind()?;
        Ok(file)
    }
}
