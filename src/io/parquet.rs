//! Rows of a Parquet file.

use super::columns::{self, Columns, Values};
use super::stream::Place;
use super::walk::{Input, Packing};
use super::{Fault, Row, no_text};
use crate::error::Result;
use arrow_array::{RecordBatch, RecordBatchReader};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fs::File;
use std::io::{self, Seek};
use std::sync::Arc;

mod cell;

/// Rows that are unpacked at a time.
const BATCH: usize = 64;

/// Checks that there is a column of texts. What else is wrong shows when the rows are read.
///
/// # Errors
/// Where the file has other columns only.
pub(super) fn check(input: &Input, columns: &Columns) -> Result<()> {
    let Ok(file) = Place::new(input, Arc::default()).seekable() else { return Ok(()) };
    let Ok(builder) = ParquetRecordBatchReaderBuilder::try_new(file) else { return Ok(()) };
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

struct Rows {
    place: Place,
    columns: Columns,
    batches: ParquetRecordBatchReader,
    batch: RecordBatch,
    /// Row in the batch, and in the file.
    at: usize,
    row: u64,
    done: bool,
}

impl Rows {
    fn open(place: Place, columns: Columns) -> std::result::Result<Self, Fault> {
        let file = place.seekable().map_err(Fault::new)?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(Fault::new)?;
        let roots = builder.schema().fields().iter().enumerate();
        let wanted = roots.filter(|(_, field)| columns.names().contains(&field.name().as_str()));
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.map(|(i, _)| i));
        let batches = builder.with_projection(mask).with_batch_size(BATCH).build().map_err(Fault::new)?;
        let batch = RecordBatch::new_empty(batches.schema());
        Ok(Self { place, columns, batches, batch, at: 0, row: 0, done: false })
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
            match self.batches.next()? {
                Ok(batch) => (self.batch, self.at) = (batch, 0),
                Err(error) => {
                    self.done = true;
                    return Some((self.row + 1, Err(Fault::new(error))));
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
