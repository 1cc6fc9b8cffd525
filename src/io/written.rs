//! The names in what a run wrote: read back from lines of JSON or a folder of tables, a document at a time.

use super::stream::Place;
use super::walk::{self, Format};
use crate::contract::SCHEMA;
use crate::error::{Error, Result};
use crate::labels::{Label, Via};
use crate::table::{Table, schema};
use arrow_array::cast::AsArray;
use arrow_array::{LargeStringArray, RecordBatch};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::VecDeque;
use std::fs::File;
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

/// A document by its names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The document's id.
    pub id: String,
    /// Its entities.
    pub entities: Vec<WrittenEntity>,
}

/// An entity of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenEntity {
    /// Its id in the document.
    pub id: String,
    /// Its canonical name there.
    pub name: String,
    /// What kind of thing it is.
    pub label: Label,
    /// How often it is mentioned.
    pub mentions: u64,
    /// The words of the mentions that name it.
    pub texts: Vec<String>,
}

impl WrittenEntity {
    fn mention(&mut self, text: String, via: Via) {
        self.mentions += 1;
        if names(via) && !self.texts.contains(&text) {
            self.texts.push(text);
        }
    }
}

/// Whether a mention that was found in this way holds a name.
pub fn names(via: Via) -> bool {
    !matches!(via, Via::Pronoun | Via::Description)
}

/// Documents, or why one cannot be read.
pub type Documents = Box<dyn Iterator<Item = Result<Written>> + Send>;

/// Opens what `sayso run` wrote: `.jsonl`, also with `.gz` or `.zst`, or a folder of tables.
///
/// # Errors
/// Where there is nothing at `path` or something else.
pub fn written(path: &Path) -> Result<Documents> {
    const EXPECTED: &str = "expected what `sayso run` wrote: .jsonl (also .gz, .zst) or a folder of tables";
    if path.is_dir() {
        let open = |table: Table, columns: &[&str]| {
            let file = path.join(format!("{}.parquet", table.name()));
            if file.is_file() { parquet(&file, columns) } else { Err(Error::file(path, format!("{EXPECTED}; found no {}.parquet in it", table.name()))) }
        };
        let entities = open(Table::Entities, &ENTITIES)?;
        return Ok(Box::new(joined(entities, open(Table::Mentions, &MENTIONS)?)));
    }
    let (inputs, _) = walk::inputs(&[path.to_path_buf()])?;
    match inputs.first() {
        Some(input) if input.format == Format::Jsonl => lines(path, Place::new(input, Arc::default())),
        _ => Err(Error::file(path, EXPECTED)),
    }
}

/// What is read of a line.
#[derive(Deserialize)]
struct Line {
    schema: String,
    id: String,
    mentions: Vec<MentionLine>,
    entities: Vec<EntityLine>,
}

#[derive(Deserialize)]
struct MentionLine {
    text: String,
    entity: String,
    via: Via,
}

#[derive(Deserialize)]
struct EntityLine {
    id: String,
    name: String,
    label: Label,
}

fn lines(path: &Path, place: Place) -> Result<Documents> {
    let mut bytes = place.rows().map_err(|error| Error::file(path, error))?;
    let file = path.display().to_string();
    let (mut number, mut line) = (0, Vec::new());
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            number += 1;
            line.clear();
            match bytes.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(document(&line).map_err(|what| Error::row(&file, number, what))),
                Err(error) => return Some(Err(Error::row(&file, number, error.to_string()))),
            }
        }
    })))
}

fn document(line: &[u8]) -> std::result::Result<Written, String> {
    let expected = |what: &dyn std::fmt::Display| format!("expected a document of schema \"{SCHEMA}\": {what}");
    let line: Line = serde_json::from_slice(line).map_err(|error| expected(&error))?;
    if line.schema != SCHEMA {
        return Err(expected(&format!("found {:?}", line.schema)));
    }
    let entities = line.entities.into_iter().map(|EntityLine { id, name, label }| entity(id, name, label));
    let mut document = Written { id: line.id, entities: entities.collect() };
    let mentions = line.mentions.into_iter().map(|MentionLine { text, entity, via }| (text, entity, via));
    document.mention(mentions);
    Ok(document)
}

fn entity(id: String, name: String, label: Label) -> WrittenEntity {
    WrittenEntity { id, name, label, mentions: 0, texts: Vec::new() }
}

impl Written {
    fn mention(&mut self, mentions: impl Iterator<Item = (String, String, Via)>) {
        let places = (0..).zip(&self.entities).map(|(i, entity)| (entity.id.clone(), i));
        let places: FxHashMap<String, usize> = places.collect();
        for (text, entity, via) in mentions {
            if let Some(entity) = places.get(&entity).and_then(|i| self.entities.get_mut(*i)) {
                entity.mention(text, via);
            }
        }
    }
}

const ENTITIES: [&str; 4] = ["document_id", "id", "name", "label"];
const MENTIONS: [&str; 4] = ["document_id", "text", "entity", "via"];

type Batches = Box<dyn Iterator<Item = Result<RecordBatch>> + Send>;

/// The columns of a Parquet file, a batch at a time.
fn parquet(path: &Path, columns: &[&str]) -> Result<Batches> {
    let failed = |error: &dyn std::fmt::Display| Error::file(path, error);
    let file = File::open(path).map_err(|error| failed(&error))?;
    let builder = super::parquet::guarded(|| ParquetRecordBatchReaderBuilder::try_new(file));
    let builder = builder.map_err(|fault| failed(&fault.reason))?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
    let reader = super::parquet::guarded(|| builder.with_projection(mask).build());
    let mut reader = reader.map_err(|fault| failed(&fault.reason))?;
    let path = path.to_path_buf();
    let mut done = false;
    Ok(Box::new(std::iter::from_fn(move || {
        if done {
            return None;
        }
        let batch = super::parquet::guarded(|| reader.next().transpose());
        done = !matches!(batch, Ok(Some(_)));
        batch.map_err(|fault| Error::file(&path, fault.reason)).transpose()
    })))
}

/// Documents from the tables of their entities and of their mentions, which both have them in one order.
pub fn joined(
    entities: impl Iterator<Item = Result<RecordBatch>> + Send + 'static,
    mentions: impl Iterator<Item = Result<RecordBatch>> + Send + 'static,
) -> impl Iterator<Item = Result<Written>> + Send {
    let mut entities = Rows::new(entities, Table::Entities, ENTITIES);
    let mut mentions = Rows::new(mentions, Table::Mentions, MENTIONS);
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let document = next(&mut entities, &mut mentions);
        done = !matches!(document, Ok(Some(_)));
        document.transpose()
    })
}

/// Rows of a table as strings.
struct Rows<B> {
    batches: B,
    table: Table,
    columns: [&'static str; 4],
    rows: VecDeque<[String; 4]>,
}

impl<B: Iterator<Item = Result<RecordBatch>>> Rows<B> {
    fn new(batches: B, table: Table, columns: [&'static str; 4]) -> Self {
        Self { batches, table, columns, rows: VecDeque::new() }
    }

    /// The next row, if it is of this document; of any where there is none.
    fn next(&mut self, document: Option<&str>) -> Result<Option<[String; 4]>> {
        while self.rows.is_empty() {
            match self.batches.next() {
                None => return Ok(None),
                Some(batch) => self.unpack(&batch?)?,
            }
        }
        let same = self.rows.front().is_some_and(|row| document.is_none_or(|document| row[0] == document));
        Ok(if same { self.rows.pop_front() } else { None })
    }

    fn unpack(&mut self, batch: &RecordBatch) -> Result<()> {
        let column = |name: &str| -> Result<&LargeStringArray> {
            let column = batch.column_by_name(name).and_then(|column| column.as_string_opt::<i64>());
            column.ok_or_else(|| {
                let have = schema(self.table);
                let names: Vec<&str> = have.fields().iter().map(|field| field.name().as_str()).collect();
                Error::usage(format!("expected a table {} with the columns {}", self.table.name(), names.join(", ")))
            })
        };
        let [a, b, c, d] = self.columns;
        let (a, b, c, d) = (column(a)?, column(b)?, column(c)?, column(d)?);
        let cells = |row| [a, b, c, d].map(|column| column.value(row).to_owned());
        self.rows.extend((0..batch.num_rows()).map(cells));
        Ok(())
    }

    fn bad(&self, column: &str, value: &str) -> Error {
        Error::usage(format!("table {}: expected a {column}, found {value:?}", self.table.name()))
    }
}

fn next<A, B>(entities: &mut Rows<A>, mentions: &mut Rows<B>) -> Result<Option<Written>>
where
    A: Iterator<Item = Result<RecordBatch>>,
    B: Iterator<Item = Result<RecordBatch>>,
{
    let mut document: Option<Written> = None;
    while let Some([of, id, name, label]) = entities.next(document.as_ref().map(|document| document.id.as_str()))? {
        let label = Label::from_name(&label).ok_or_else(|| entities.bad("label", &label))?;
        let document = document.get_or_insert_with(|| Written { id: of, entities: Vec::new() });
        document.entities.push(entity(id, name, label));
    }
    let Some(mut document) = document else {
        return match mentions.next(None)? {
            None => Ok(None),
            Some([of, ..]) => Err(Error::usage(format!(
                "expected mentions in the order of their entities: those of {of:?} stand elsewhere"
            ))),
        };
    };
    let mut found = Vec::new();
    while let Some([_, text, entity, via]) = mentions.next(Some(&document.id))? {
        let via = Via::from_name(&via).ok_or_else(|| mentions.bad("way of finding a mention", &via))?;
        found.push((text, entity, via));
    }
    document.mention(found.into_iter());
    Ok(Some(document))
}
