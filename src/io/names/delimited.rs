//! Rows of TSV and CSV files. Other than in articles nothing is guessed: what is not UTF-8 is refused.

use super::super::stream::Place;
use super::{Take, places};
use crate::error::{Error, Result};
use crate::io::walk::Packing;
use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use std::io::{BufRead, Read};
use std::path::Path;

/// A longer line is no row: a file that is all one line must not fill the memory.
const LONGEST: u64 = 1 << 20;

/// Rows with tabs between cells: no quotation marks, lines that begin with `#` and empty ones skipped.
pub(super) fn tsv(path: &Path, packing: Packing, take: &mut Take<'_>) -> Result<()> {
    let failed = |error: std::io::Error| Error::file(path, error);
    let mut bytes = Place::of(path, packing).rows().map_err(failed)?;
    let (mut row, mut line) = (Vec::new(), 0);
    let mut header: Option<([Option<usize>; 5], usize)> = None;
    loop {
        row.clear();
        if (&mut bytes).take(LONGEST).read_until(b'\n', &mut row).map_err(failed)? == 0 {
            break;
        }
        line += 1;
        if row.len() as u64 == LONGEST {
            return Err(Error::row(
                path.display().to_string(),
                line,
                "expected a row, found a line of a megabyte",
            ));
        }
        let row = match std::str::from_utf8(&row) {
            Ok(row) => row.trim_end_matches(['\n', '\r']),
            Err(error) => {
                take(line, Err(not_utf8(error.valid_up_to())))?;
                continue;
            }
        };
        if row.trim().is_empty() || row.starts_with('#') {
            continue;
        }
        let Some((places, cells)) = header else {
            let names: Vec<&str> = row.split('\t').map(str::trim).collect();
            header = Some((self::places(path, line, &names)?, names.len()));
            continue;
        };
        let found = row.split('\t').count();
        if found == cells {
            let cell =
                |place: Option<usize>| place.and_then(|place| row.split('\t').nth(place)).unwrap_or("");
            take(line, Ok(places.map(cell)))?;
        } else {
            take(line, Err(format!("expected {cells} cells, found {found}")))?;
        }
    }
    match header {
        Some(_) => Ok(()),
        None => Err(headless(path)),
    }
}

/// The columns of a TSV file; none where there is no header.
pub(super) fn header(path: &Path, packing: Packing) -> Result<Vec<String>> {
    let rows = Place::of(path, packing).rows().map_err(|error| Error::file(path, error))?;
    for line in rows.take(LONGEST).split(b'\n') {
        let line = line.map_err(|error| Error::file(path, error))?;
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() && !line.starts_with('#') {
            return Ok(line.split('\t').map(|name| name.trim().to_owned()).collect());
        }
    }
    Ok(Vec::new())
}

/// Rows with commas between cells and quotation marks around those that hold one.
pub(super) fn csv(path: &Path, packing: Packing, take: &mut Take<'_>) -> Result<()> {
    let failed = |error: std::io::Error| Error::file(path, error);
    let mut bytes = Vec::new();
    Place::of(path, packing).rows().and_then(|mut rows| rows.read_to_end(&mut bytes)).map_err(failed)?;
    let mut csv = ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let (mut row, mut lines) = (ByteRecord::new(), Lines { bytes: &bytes, at: 0, line: 1 });
    let mut header = None;
    loop {
        let from = csv.position().byte() as usize;
        let read = csv.read_byte_record(&mut row);
        let line = lines.of(from);
        let unequal = match read {
            Ok(false) => break,
            Ok(true) => None,
            Err(error) => match error.kind() {
                ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    Some(format!("expected {expected_len} cells, found {len}"))
                }
                _ => return Err(Error::file(path, error)),
            },
        };
        if let Some(unequal) = unequal {
            take(line, Err(unequal))?;
            continue;
        }
        let cells = match row.iter().map(std::str::from_utf8).collect::<std::result::Result<Vec<_>, _>>() {
            Ok(cells) => cells,
            Err(error) => {
                take(line, Err(not_utf8(error.valid_up_to())))?;
                continue;
            }
        };
        match header {
            None => {
                let names: Vec<&str> = cells.into_iter().map(str::trim).collect();
                header = Some(places(path, line, &names)?);
            }
            Some(places) => take(line, Ok(places.map(|place| place.map_or("", |place| cells[place]))))?,
        }
    }
    match header {
        Some(_) => Ok(()),
        None => Err(headless(path)),
    }
}

/// Tells in which line a row begins: the reader of rows takes the empty lines before one for a part of it.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the row that begins at byte `from` or, behind empty lines, later.
    fn of(&mut self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or(&[]);
        let start = from + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += memchr::memchr_iter(b'\n', self.bytes.get(self.at..start).unwrap_or(&[])).count();
        self.at = start;
        self.line
    }
}

fn not_utf8(at: usize) -> String {
    format!("expected UTF-8, found something else behind {at} bytes")
}

fn headless(path: &Path) -> Error {
    Error::row(path.display().to_string(), 1, "expected a header row with name, id")
}
