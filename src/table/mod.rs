//! Documents as Arrow tables: documents, mentions, entities, attributions and errors.
//!
//! The columns are those of the output contract, flat; ids join the tables. Offsets are code points
//! of the field. Strings are LargeUtf8, so that no table is too long for its offsets; numbers are signed.

use crate::contract::{AttributionRow, Contract, EntityRow, MentionRow, Spot, name_of};
use crate::document::{Document, RowError};
use crate::error::{Error, Result};
use crate::labels::{Label, Reason};
use arrow_array::{ArrayRef, Float64Array, Int32Array, Int64Array, LargeStringArray, RecordBatch};
use serde::Serialize;
use std::borrow::{Borrow, Cow};
use std::sync::Arc;

mod lists;
mod schema;

pub use schema::{Table, schema};

/// Width of the stance vectors.
pub const FEATURES_LEN: usize = crate::stance::FEATURES.len();

/// The tables of some documents, each with its schema even where it has no row.
#[derive(Clone, Debug)]
pub struct Batches {
    /// One row a document.
    pub documents: RecordBatch,
    /// One row a mention.
    pub mentions: RecordBatch,
    /// One row an entity of a document.
    pub entities: RecordBatch,
    /// One row an attribution.
    pub attributions: RecordBatch,
    /// One row a source with whom it speaks about, in a document.
    pub pairs: RecordBatch,
}

/// The tables of `docs`, in their order. `text` fills the column of that name, null otherwise.
///
/// # Errors
/// Where a document lacks its stance vectors.
pub fn batches<D: Borrow<Document>>(docs: &[D], text: bool) -> Result<Batches> {
    let docs = docs.iter().map(Borrow::borrow);
    let form = |doc| if text { Contract::of(doc).with_text(doc) } else { Contract::of(doc) };
    let forms: Vec<Contract> = docs.clone().map(form).collect();
    Ok(Batches {
        documents: documents(&forms, docs.clone())?,
        mentions: mentions(&forms)?,
        entities: entities(&forms)?,
        attributions: attributions(&forms, lists::vectors(docs.clone())?)?,
        pairs: pairs(docs)?,
    })
}

/// What an entity of a document is in the corpus: a row of the table of links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkRow<'l> {
    /// The document's id.
    pub document_id: String,
    /// The id of the entity in the document, its name and what kind of thing it is.
    pub entity: &'l str,
    #[allow(missing_docs)]
    pub name: &'l str,
    #[allow(missing_docs)]
    pub label: Label,
    /// The id of the corpus entity: the same in all documents.
    pub corpus_entity: Cow<'l, str>,
    /// Its name.
    pub corpus_name: &'l str,
    /// Why it is this one.
    pub why: Reason,
}

/// The table of links.
///
/// # Errors
/// Never in practice; Arrow checks the lengths of the columns.
pub fn links(rows: &[LinkRow<'_>]) -> Result<RecordBatch> {
    let columns: Vec<ArrayRef> = vec![
        strings(rows, |row| Some(&row.document_id)),
        strings(rows, |row| Some(row.entity)),
        strings(rows, |row| Some(row.name)),
        strings(rows, |row| Some(row.label.name())),
        strings(rows, |row| Some(&row.corpus_entity)),
        strings(rows, |row| Some(row.corpus_name)),
        strings(rows, |row| Some(row.why.name())),
    ];
    batch(Table::Links, columns)
}

/// The errors table.
///
/// # Errors
/// Never in practice; Arrow checks the lengths of the columns.
pub fn errors(rows: &[RowError]) -> Result<RecordBatch> {
    let rows: Vec<_> = rows.iter().collect();
    let columns: Vec<ArrayRef> = vec![
        strings(&rows, |row| Some(&row.file)),
        longs(&rows, |row| Some(row.line)),
        strings(&rows, |row| row.id.as_deref()),
        strings(&rows, |row| Some(&row.reason)),
    ];
    batch(Table::Errors, columns)
}

fn documents<'d>(forms: &[Contract], docs: impl Iterator<Item = &'d Document>) -> Result<RecordBatch> {
    let rows: Vec<_> = forms.iter().collect();
    let columns: Vec<ArrayRef> = vec![
        strings(&rows, |row| Some(&row.id)),
        strings(&rows, |row| row.meta.title.as_deref()),
        strings(&rows, |row| row.meta.outlet.as_deref()),
        strings(&rows, |row| row.meta.date.as_deref()),
        strings(&rows, |row| row.meta.url.as_deref()),
        lists::strings(rows.iter().map(|row| row.warnings.as_ref()))?,
        figures(&rows, |row| Some(row.english)),
        strings(&rows, |row| row.text.as_deref()),
        lists::blocks(rows.iter().map(|row| row.blocks.as_slice()))?,
        lists::fixed(docs.map(Document::vector).collect::<Result<Vec<_>>>()?.concat())?,
    ];
    batch(Table::Documents, columns)
}

fn mentions(forms: &[Contract]) -> Result<RecordBatch> {
    let rows: Vec<(&str, &MentionRow)> =
        forms.iter().flat_map(|form| form.mentions.iter().map(|row| (form.id.as_ref(), row))).collect();
    let columns: Vec<ArrayRef> = vec![
        strings(&rows, |(document, _)| Some(document)),
        strings(&rows, |(_, row)| Some(&row.id)),
        words(&rows, |(_, row)| Some(row.field)),
        longs(&rows, |(_, row)| Some(row.start)),
        longs(&rows, |(_, row)| Some(row.end)),
        strings(&rows, |(_, row)| Some(&row.text)),
        words(&rows, |(_, row)| Some(row.label)),
        strings(&rows, |(_, row)| Some(&row.entity)),
        strings(&rows, |(_, row)| Some(&row.name)),
        words(&rows, |(_, row)| Some(row.via)),
        figures(&rows, |(_, row)| row.confidence),
    ];
    batch(Table::Mentions, columns)
}

fn entities(forms: &[Contract]) -> Result<RecordBatch> {
    let rows: Vec<(&str, &EntityRow)> =
        forms.iter().flat_map(|form| form.entities.iter().map(|row| (form.id.as_ref(), row))).collect();
    let columns: Vec<ArrayRef> = vec![
        strings(&rows, |(document, _)| Some(document)),
        strings(&rows, |(_, row)| Some(&row.id)),
        strings(&rows, |(_, row)| Some(&row.name)),
        words(&rows, |(_, row)| Some(row.label)),
        lists::strings(rows.iter().map(|(_, row)| row.mentions.as_slice()))?,
    ];
    batch(Table::Entities, columns)
}

fn attributions(forms: &[Contract], vectors: ArrayRef) -> Result<RecordBatch> {
    let rows: Vec<(&str, &AttributionRow)> =
        forms.iter().flat_map(|form| form.attributions.iter().map(|row| (form.id.as_ref(), row))).collect();
    let mut columns: Vec<ArrayRef> = vec![
        strings(&rows, |(document, _)| Some(document)),
        strings(&rows, |(_, row)| Some(&row.id)),
        strings(&rows, |(_, row)| row.parent.as_deref()),
        words(&rows, |(_, row)| Some(row.field)),
        words(&rows, |(_, row)| Some(row.kind)),
    ];
    type Role = for<'r, 'd> fn(&'r AttributionRow<'d>) -> &'r Option<Spot<'d>>;
    let spot = |columns: &mut Vec<ArrayRef>, role: Role| {
        columns.push(longs(&rows, |(_, row)| role(row).as_ref().map(|spot| spot.start)));
        columns.push(longs(&rows, |(_, row)| role(row).as_ref().map(|spot| spot.end)));
        columns.push(strings(&rows, |(_, row)| role(row).as_ref().map(|spot| spot.text.as_ref())));
    };
    spot(&mut columns, |row| &row.source);
    columns.extend([
        strings(&rows, |(_, row)| row.source_entity.as_deref()),
        strings(&rows, |(_, row)| row.source_entity_id.as_deref()),
        words(&rows, |(_, row)| row.source_kind),
    ]);
    spot(&mut columns, |row| &row.addressee);
    columns.extend([
        strings(&rows, |(_, row)| row.addressee_entity.as_deref()),
        strings(&rows, |(_, row)| row.addressee_entity_id.as_deref()),
    ]);
    spot(&mut columns, |row| &row.cue);
    let content: Vec<String> = rows.iter().map(|(_, row)| joined(&row.content)).collect();
    columns.extend([
        lists::spans(rows.iter().map(|(_, row)| row.content.as_slice()))?,
        Arc::new(content.iter().map(Some).collect::<LargeStringArray>()),
        words(&rows, |(_, row)| row.act),
        words(&rows, |(_, row)| row.factuality),
        Arc::new(rows.iter().map(|(_, row)| row.polarity.map(i32::from)).collect::<Int32Array>()),
        figures(&rows, |(_, row)| row.certainty),
        words(&rows, |(_, row)| row.article_factuality),
        strings(&rows, |(_, row)| row.about.as_deref()),
        strings(&rows, |(_, row)| row.about_id.as_deref()),
        figures(&rows, |(_, row)| row.confidence),
        figures(&rows, |(_, row)| row.label_confidence.act),
        figures(&rows, |(_, row)| row.label_confidence.factuality),
        figures(&rows, |(_, row)| row.label_confidence.about),
        figures(&rows, |(_, row)| row.label_confidence.source_entity),
        strings(&rows, |(_, row)| Some(&row.why)),
        vectors,
    ]);
    batch(Table::Attributions, columns)
}

fn pairs<'d>(docs: impl Iterator<Item = &'d Document>) -> Result<RecordBatch> {
    let mut rows = Vec::new();
    let mut vectors = Vec::new();
    for doc in docs {
        for pair in doc.pairs() {
            vectors.extend(doc.pair_vector(&pair)?);
            let entity = |i: u32| doc.entities.get(i as usize);
            rows.push((&doc.id, entity(pair.source), entity(pair.about), pair.attributions.len()));
        }
    }
    let columns: Vec<ArrayRef> = vec![
        strings(&rows, |(document, ..)| Some(document)),
        strings(&rows, |(_, source, ..)| source.map(|source| source.name.as_str())),
        strings(&rows, |(_, source, ..)| source.map(|source| source.id.as_str())),
        strings(&rows, |(_, _, about, _)| about.map(|about| about.name.as_str())),
        strings(&rows, |(_, _, about, _)| about.map(|about| about.id.as_str())),
        longs(&rows, |(.., count)| Some(*count as u64)),
        lists::fixed(vectors)?,
    ];
    batch(Table::Pairs, columns)
}

/// The pieces of a content with a mark where something stands between them.
fn joined(content: &[Spot]) -> String {
    content.iter().map(|spot| spot.text.as_ref()).collect::<Vec<_>>().join(" … ")
}

fn strings<R>(rows: &[R], value: impl Fn(&R) -> Option<&str>) -> ArrayRef {
    Arc::new(rows.iter().map(value).collect::<LargeStringArray>())
}

/// Labels by the names that the contract gives them.
fn words<R, L: Serialize>(rows: &[R], label: impl Fn(&R) -> Option<L>) -> ArrayRef {
    Arc::new(rows.iter().map(|row| label(row).map(|label| name_of(&label))).collect::<LargeStringArray>())
}

fn longs<R, N: Into<u64>>(rows: &[R], value: impl Fn(&R) -> Option<N>) -> ArrayRef {
    let signed = |number: N| i64::try_from(number.into()).unwrap_or(i64::MAX);
    Arc::new(rows.iter().map(|row| value(row).map(signed)).collect::<Int64Array>())
}

/// Figures of two places; 0.98 as a double, so that it is shown as 0.98.
fn figures<R>(rows: &[R], value: impl Fn(&R) -> Option<f32>) -> ArrayRef {
    let double = |figure: f32| (f64::from(figure) * 100.0).round() / 100.0;
    Arc::new(rows.iter().map(|row| value(row).map(double)).collect::<Float64Array>())
}

fn batch(table: Table, columns: Vec<ArrayRef>) -> Result<RecordBatch> {
    RecordBatch::try_new(schema(table), columns).map_err(arrow)
}

fn arrow(error: arrow_schema::ArrowError) -> Error {
    Error::usage(error.to_string())
}
