//! Rows of a CSV file under a header.

use super::columns::{self, Columns, Values};
use super::stream::Place;
use super::walk::Input;
use super::{Fault, Row, decode, no_text};
use crate::document::Record;
use crate::error::Result;
use csv::{ByteRecord, ErrorKind, Position, Reader, ReaderBuilder};
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A longer row is no record: 1 GiB. A quotation mark that never closes makes one of the rest of the file.
const LONGEST: u64 = 1 << 30;

/// Checks that there is a column of texts. What else is wrong shows when the rows are read.
///
/// # Errors
/// Where there is a header without it.
pub(super) fn check(input: &Input, columns: &Columns) -> Result<()> {
    match Rows::open(Place::new(input, Arc::default()), columns) {
        Ok(rows) if rows.cells[0].is_none() && !rows.header.is_empty() => {
            Err(no_text(&input.path, columns, &rows.header))
        }
        _ => Ok(()),
    }
}

/// The records of a file.
pub(super) fn read(place: Place, columns: Columns) -> Box<dyn Iterator<Item = Row> + Send> {
    match Rows::open(place, &columns) {
        Ok(rows) if rows.header.is_empty() => Box::new(std::iter::once((0, Err(Fault::new("empty file"))))),
        Ok(rows) => Box::new(rows),
        Err(error) => Box::new(std::iter::once((0, Err(Fault::new(error))))),
    }
}

struct Rows {
    place: Place,
    csv: Reader<Bounded>,
    header: Vec<String>,
    /// Which cell holds which of the wanted columns.
    cells: [Option<usize>; 6],
    /// Bytes that may be read before the row must end.
    left: Arc<AtomicU64>,
    /// 1 where lines end in CR LF: a row then begins, for the reader below, at the LF before it.
    pairs: u64,
    done: bool,
}

impl Rows {
    fn open(place: Place, columns: &Columns) -> csv::Result<Self> {
        let left = Arc::new(AtomicU64::new(LONGEST));
        let mut bytes = place.rows()?;
        let head = bytes.fill_buf()?;
        let pairs = memchr::memchr(b'\n', head).is_some_and(|end| head[..end].ends_with(b"\r"));
        let mut csv = ReaderBuilder::new().from_reader(Bounded { bytes, left: left.clone() });
        let name = |cell: &[u8]| decode::row(cell.to_vec()).0.trim().to_owned();
        let header: Vec<String> = csv.byte_headers()?.iter().map(name).collect();
        let cells = columns.names().map(|name| header.iter().position(|column| column == name));
        Ok(Self { place, csv, header, cells, left, pairs: u64::from(pairs), done: false })
    }

    fn record(&self, row: &ByteRecord, line: u64) -> std::result::Result<Record, Fault> {
        let mut warning = None;
        let mut cell = |cell: Option<usize>| {
            let (text, guess) = decode::row(row.get(cell?)?.to_vec());
            warning = warning.take().or(guess);
            Some(text)
        };
        let values: Values = self.cells.map(&mut cell);
        let mut record = columns::record(values, || self.place.row_id(line))?;
        record.warnings.extend(warning);
        Ok(record)
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.done {
            return None;
        }
        self.left.store(LONGEST, Ordering::Relaxed);
        let mut row = ByteRecord::new();
        let before = self.csv.position().line();
        let line = |position: Option<&Position>| position.map_or(before, Position::line) + self.pairs;
        match self.csv.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                let line = line(row.position());
                Some((line, self.record(&row, line)))
            }
            Err(error) => {
                let line = line(error.position());
                let reason = match error.kind() {
                    ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        format!("expected {expected_len} cells, found {len}")
                    }
                    ErrorKind::Io(error) => {
                        self.done = true;
                        error.to_string()
                    }
                    _ => error.to_string(),
                };
                Some((line, Err(Fault::new(reason))))
            }
        }
    }
}

/// Bytes that end with an error where a row does not end.
struct Bounded {
    bytes: Box<dyn BufRead + Send>,
    left: Arc<AtomicU64>,
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        let left = self.left.load(Ordering::Relaxed);
        let Some(left) = left.checked_sub(read as u64) else {
            return Err(io::Error::other("row longer than 1 GiB: does a quotation mark close?"));
        };
        self.left.store(left, Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_does_not_end_is_given_up() {
        let left = Arc::new(AtomicU64::new(10));
        let mut bytes = Bounded { bytes: Box::new(&b"123456789012"[..]), left: left.clone() };
        let mut six = [0; 6];
        assert_eq!(bytes.read(&mut six).ok(), Some(6));
        assert!(bytes.read(&mut six).is_err_and(|error| error.to_string().starts_with("row longer")));
    }
}
