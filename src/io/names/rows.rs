//! Rows of a Parquet file.

use super::{COLUMNS, Take, places};
use crate::error::{Error, Result};
use crate::io::parquet::{batches, cell};
use crate::io::stream::Place;
use crate::io::walk::Packing;
use std::path::Path;

/// Rows that are unpacked at a time.
const BATCH: usize = 4096;

/// Rows whose cells are strings or numbers; a null is an empty cell.
pub(super) fn parquet(path: &Path, packing: Packing, take: &mut Take<'_>) -> Result<()> {
    let failed = |fault: crate::io::Fault| Error::file(path, fault.reason);
    let (names, mut batches) = batches(&Place::of(path, packing), &COLUMNS, BATCH).map_err(failed)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // Tells which are missing; what is read is found by its name below.
    places(path, 1, &names)?;
    let mut row = 0;
    while let Some(batch) = batches.next().map_err(failed)? {
        let columns = COLUMNS.map(|column| batch.column_by_name(column));
        for at in 0..batch.num_rows() {
            row += 1;
            let mut cells: [String; 5] = Default::default();
            let mut wrong = None;
            for ((value, column), name) in cells.iter_mut().zip(columns).zip(COLUMNS) {
                match column.map_or(Ok(None), |column| cell::string(column.as_ref(), at)) {
                    Ok(string) => *value = string.unwrap_or_default(),
                    Err(of) => wrong = Some(format!("expected strings in the column {name:?}, found {of}")),
                }
            }
            match wrong {
                None => take(row, Ok(cells.each_ref().map(String::as_str)))?,
                Some(wrong) => take(row, Err(wrong))?,
            }
        }
    }
    Ok(())
}
