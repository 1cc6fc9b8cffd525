//! Documents from the tables of their entities and of their mentions.

use super::{Documents, Written, entity};
use crate::error::{Error, Result};
use crate::io::parquet::guarded;
use crate::labels::{Label, Via};
use crate::table::{Table, schema};
use arrow_array::cast::AsArray;
use arrow_array::{LargeStringArray, RecordBatch};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::VecDeque;
use std::fs::File;
use std::path::Path;

const ENTITIES: [&str; 4] = ["document_id", "id", "name", "label"];
const MENTIONS: [&str; 4] = ["document_id", "text", "entity", "via"];

type Batches = Box<dyn Iterator<Item = Result<RecordBatch>> + Send>;

/// The documents of a folder of tables.
pub(super) fn folder(path: &Path, expected: &str) -> Result<Documents> {
    let open = |table: Table, columns: &[&str]| {
        let file = path.join(format!("{}.parquet", table.name()));
        if file.is_file() {
            return parquet(&file, columns);
        }
        Err(Error::file(path, format!("{expected}; found no {}.parquet in it", table.name())))
    };
    let entities = open(Table::Entities, &ENTITIES)?;
    Ok(Box::new(joined(entities, open(Table::Mentions, &MENTIONS)?)))
}

/// The columns of a Parquet file, a batch at a time.
fn parquet(path: &Path, columns: &[&str]) -> Result<Batches> {
    let failed = |error: &dyn std::fmt::Display| Error::file(path, error);
    let file = File::open(path).map_err(|error| failed(&error))?;
    let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file));
    let builder = builder.map_err(|fault| failed(&fault.reason))?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
    let reader = guarded(|| builder.with_projection(mask).build());
    let mut reader = reader.map_err(|fault| failed(&fault.reason))?;
    let path = path.to_path_buf();
    let mut done = false;
    Ok(Box::new(std::iter::from_fn(move || {
        if done {
            return None;
        }
        let batch = guarded(|| reader.next().transpose());
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
                Error::usage(format!(
                    "expected a table {} with the columns {}",
                    self.table.name(),
                    names.join(", ")
                ))
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
    while let Some([of, id, name, label]) =
        entities.next(document.as_ref().map(|document| document.id.as_str()))?
    {
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
