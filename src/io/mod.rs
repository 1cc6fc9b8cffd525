//! Records from files and folders, results into files.
//!
//! [`open`] checks what can be checked before any work is done; a record that cannot be read later
//! is a [`RowError`] and the next one follows. Memory does not grow with the input, but for some
//! bytes a file and a record (its path, a hash of its id).

use crate::document::Record;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

mod columns;
mod csv;
mod decode;
mod ids;
mod jsonl;
pub mod names;
mod parquet;
pub mod spool;
mod stream;
mod text;
mod walk;
pub mod write;
pub mod written;

pub use crate::document::RowError;
pub use columns::Columns;

use ids::Ids;
use stream::Place;
use walk::{Format, Input};

/// Turns the markup of an HTML page into its article, or says why it cannot.
pub type Extract = Box<dyn FnMut(&str) -> std::result::Result<String, String> + Send>;

/// What a format yields: the line or row, and the record or why there is none.
type Row = (u64, std::result::Result<Record, Fault>);

/// Why a record could not be read, and its id where that could.
#[derive(Debug)]
struct Fault {
    id: Option<String>,
    reason: String,
}

impl Fault {
    fn new(reason: impl std::fmt::Display) -> Self {
        Self { id: None, reason: reason.to_string() }
    }
}

/// Opens files and folders to read records from.
///
/// A folder is read with all folders in it, in the order of the paths: `.txt`, `.html`, `.htm`,
/// `.jsonl`, `.csv` and `.parquet`, each also as `.gz` and `.zst`; files of other kinds are left
/// out and counted in [`Reader::skipped`]. The id of a text or page is its path relative to the
/// folder without suffixes, of a single file its stem; a row without an id of its own has that and
/// its line: `"2024/march:17"`.
///
/// # Errors
/// Where a path does not exist or is of no known kind, a folder holds nothing to read, or a CSV or
/// Parquet file has no column of texts.
pub fn open(paths: &[PathBuf], columns: &Columns) -> Result<Reader> {
    let (inputs, skipped) = walk::inputs(paths)?;
    for input in &inputs {
        match input.format {
            Format::Csv => csv::check(input, columns)?,
            Format::Parquet => parquet::check(input, columns)?,
            Format::Text | Format::Html | Format::Jsonl => {}
        }
    }
    Ok(Reader {
        bytes: inputs.iter().map(|input| input.bytes).sum(),
        inputs,
        next: 0,
        rows: None,
        columns: columns.clone(),
        ids: Ids::default(),
        extract: None,
        skipped,
        read: Arc::default(),
    })
}

/// Records one after the other; an iterator. It can move to another thread.
pub struct Reader {
    inputs: Vec<Input>,
    /// Index of the input after the one that is read.
    next: usize,
    rows: Option<Box<dyn Iterator<Item = Row> + Send>>,
    columns: Columns,
    ids: Ids,
    extract: Option<Extract>,
    skipped: u64,
    bytes: u64,
    read: Arc<AtomicU64>,
}

impl Reader {
    /// The same reader with a way to read HTML; without one every page is a [`RowError`].
    pub fn with_html(mut self, extract: Extract) -> Self {
        self.extract = Some(extract);
        self
    }

    /// Bytes of all files, as they lie on the disk.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes that have been read so far; a counter that may be watched from elsewhere.
    pub fn read(&self) -> Arc<AtomicU64> {
        self.read.clone()
    }

    /// Files of other kinds in the folders, which are left out.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Whether `path` is one of the files that are read.
    pub fn reads(&self, path: &Path) -> bool {
        let Ok(real) = path.canonicalize() else { return false };
        let same_name = |input: &&Input| input.path.file_name() == path.file_name();
        self.inputs.iter().filter(same_name).any(|input| input.path.canonicalize().is_ok_and(|p| p == real))
    }

    fn start(&self, input: &Input) -> Box<dyn Iterator<Item = Row> + Send> {
        let place = Place::new(input, self.read.clone());
        match input.format {
            Format::Text | Format::Html => Box::new(text::read(place)),
            Format::Jsonl => jsonl::read(place, self.columns.clone()),
            Format::Csv => csv::read(place, self.columns.clone()),
            Format::Parquet => parquet::read(place, self.columns.clone()),
        }
    }

    /// What every record goes through, whatever its format.
    fn admit(&mut self, line: u64, mut record: Record) -> std::result::Result<Record, Fault> {
        let index = self.next - 1;
        if self.inputs[index].format == Format::Html {
            record.text = self.article(&record.text).map_err(|reason| fault(&record, reason))?;
        }
        let title = record.title.as_ref().map_or(0, |title| title.len() + 2);
        if record.text.len() + title > u32::MAX as usize {
            return Err(fault(&record, "longer than 4 GiB"));
        }
        if let Some((file, line)) = self.ids.first(&record.id, index, line) {
            let first = place(&self.inputs[file].name(), line);
            return Err(fault(&record, format!("duplicate id {:?}, first seen in {first}", record.id)));
        }
        if record.text.trim().is_empty() {
            record.warnings.push("empty text".to_owned());
        }
        Ok(record)
    }

    fn article(&mut self, page: &str) -> std::result::Result<String, String> {
        match &mut self.extract {
            Some(extract) => extract(page),
            None => Err("HTML needs an extractor: pip install \"sayso[html]\"".to_owned()),
        }
    }
}

impl Iterator for Reader {
    type Item = std::result::Result<Record, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((line, row)) = self.rows.as_mut().and_then(Iterator::next) {
                let admitted = row.and_then(|record| self.admit(line, record));
                let file = || self.inputs[self.next - 1].name();
                return Some(admitted.map_err(|Fault { id, reason }| RowError {
                    file: file(),
                    line,
                    id,
                    reason,
                }));
            }
            let input = self.inputs.get(self.next)?;
            self.rows = Some(self.start(input));
            self.next += 1;
        }
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("files", &self.inputs.len()).field("bytes", &self.bytes).finish()
    }
}

fn fault(record: &Record, reason: impl Into<String>) -> Fault {
    Fault { id: Some(record.id.clone()), reason: reason.into() }
}

/// A place in a file, as people write it.
fn place(file: &str, line: u64) -> String {
    if line == 0 { file.to_owned() } else { format!("{file}:{line}") }
}

/// A file that has no column of texts.
fn no_text(path: &Path, columns: &Columns, found: &[String]) -> Error {
    Error::file(
        path,
        format!("expected a column {:?} with the texts, found {}", columns.text, found.join(", ")),
    )
}
