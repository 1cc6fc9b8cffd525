//! Results into files, whole or not at all.
//!
//! Everything is written beside its final place and put there at the end; whatever goes wrong
//! before, the final name shows what was there before or nothing.

use super::Reader;
use crate::document::{Document, RowError};
use crate::error::{Error, Result};
use crate::json::to_json;
use crate::table::{self, Batches};
use std::path::{Path, PathBuf};

mod conllu;
mod lines;
mod links;
mod tables;

pub use conllu::to_conllu;
pub use links::LinksOut;

pub(super) use lines::whole;
use lines::{Lines, Packing};
use tables::Tables;

/// Where results go and in which form; its suffix says which.
#[derive(Clone, Debug)]
pub struct Output {
    path: PathBuf,
    form: Form,
    /// Whether the text goes along, and in JSON the vectors.
    text: bool,
    vectors: bool,
}

#[derive(Clone, Copy, Debug)]
enum Form {
    Lines(Packing),
    /// The same file of lines, in CoNLL-U.
    Conllu(Packing),
    Tables,
}

/// Some documents in the form that is written.
#[derive(Debug)]
pub enum Part {
    /// Lines of JSON or CoNLL-U.
    Lines(String),
    /// Rows of tables.
    Tables(Box<Batches>),
}

impl Output {
    /// The output at `path`: `.jsonl` or `.conllu`, also with `.gz` or `.zst`, or `.parquet`, a folder of tables.
    ///
    /// # Errors
    /// Where the suffix is none of these.
    pub fn at(path: &Path, text: bool, vectors: bool) -> Result<Self> {
        let Some(form) = form(path) else {
            let known = ".jsonl or .conllu (also .gz, .zst) or .parquet (a folder of tables)";
            return Err(Error::file(path, format!("expected an output that ends in {known}")));
        };
        // Behind a link, what it leads to is replaced.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        Ok(Self { path, form, text, vectors })
    }

    /// Begins to write, beside the final place.
    ///
    /// # Errors
    /// Where nothing can be written there, something else is in the place, or `reader` reads from it.
    pub fn create(&self, reader: &Reader) -> Result<Sink> {
        let files: Vec<PathBuf> = match self.form {
            Form::Lines(_) | Form::Conllu(_) => vec![self.path.clone(), lines::errors_beside(&self.path)],
            Form::Tables => table::Table::ALL.iter().map(|table| tables::file(&self.path, *table)).collect(),
        };
        match files.iter().find(|file| reader.reads(file)) {
            Some(file) => Err(Error::file(file, "this file is also an input; choose another output")),
            None => Ok(match self.form {
                Form::Lines(packing) | Form::Conllu(packing) => {
                    Sink::Lines(Box::new(Lines::create(&self.path, packing)?))
                }
                Form::Tables => Sink::Tables(Box::new(Tables::create(&self.path)?)),
            }),
        }
    }

    /// Documents in the form of this output.
    ///
    /// # Errors
    /// Where a document's vectors do not fit the table.
    pub fn render(&self, docs: &[Document]) -> Result<Part> {
        Ok(match self.form {
            Form::Lines(_) => {
                Part::Lines(docs.iter().map(|doc| to_json(doc, self.text, self.vectors) + "\n").collect())
            }
            Form::Conllu(_) => Part::Lines(docs.iter().map(to_conllu).collect()),
            Form::Tables => Part::Tables(Box::new(table::batches(docs, self.text)?)),
        })
    }
}

/// The form that a suffix asks for.
fn form(path: &Path) -> Option<Form> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    Some(match name.as_str() {
        name if name.ends_with(".jsonl") => Form::Lines(Packing::None),
        name if name.ends_with(".jsonl.gz") => Form::Lines(Packing::Gzip),
        name if name.ends_with(".jsonl.zst") => Form::Lines(Packing::Zstd),
        name if name.ends_with(".conllu") => Form::Conllu(Packing::None),
        name if name.ends_with(".conllu.gz") => Form::Conllu(Packing::Gzip),
        name if name.ends_with(".conllu.zst") => Form::Conllu(Packing::Zstd),
        name if name.ends_with(".parquet") => Form::Tables,
        _ => return None,
    })
}

/// An output that is being written. Dropped before [`Sink::finish`] it leaves nothing behind.
#[derive(Debug)]
pub enum Sink {
    /// A file of lines.
    Lines(Box<Lines>),
    /// A folder of tables.
    Tables(Box<Tables>),
}

impl Sink {
    /// Writes a part, in the order in which they come.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn put(&mut self, part: &Part) -> Result<()> {
        match (self, part) {
            (Self::Lines(sink), Part::Lines(lines)) => sink.put(lines),
            (Self::Tables(sink), Part::Tables(batches)) => sink.put(batches),
            _ => Err(Error::usage("expected parts of the form of the output")),
        }
    }

    /// Writes rows of the errors table.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn errors(&mut self, rows: &[RowError]) -> Result<()> {
        match self {
            Self::Lines(sink) => sink.errors(rows),
            Self::Tables(sink) => sink.errors(rows),
        }
    }

    /// Puts everything in its final place.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Lines(sink) => sink.finish(),
            Self::Tables(sink) => sink.finish(),
        }
    }
}

/// Something temporary beside `path`, hidden and under a name that says whose it is.
fn beside<T>(
    path: &Path,
    make: impl Fn(&tempfile::Builder, &Path) -> std::io::Result<T>,
    mode: u32,
) -> Result<T> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let prefix = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".part");
    // As if it had been created in place: the user's mask decides who may read it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    make(&builder, folder).map_err(|error| Error::file(path, format!("cannot write here: {error}")))
}
