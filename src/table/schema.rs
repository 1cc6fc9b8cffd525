//! Names and types of the columns.

use super::FEATURES_LEN;
use crate::contract::SCHEMA;
use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, SchemaRef};
use std::collections::HashMap;
use std::sync::Arc;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// One row a document.
    Documents,
    /// One row a mention.
    Mentions,
    /// One row an entity of a document.
    Entities,
    /// One row an attribution.
    Attributions,
    /// One row a source with whom it speaks about, in a document.
    Pairs,
    /// One row a record that could not be read.
    Errors,
    /// One row an entity of a document, with what it is in the corpus.
    Links,
}

impl Table {
    /// The tables that a run writes; those of links are made from them.
    pub const ALL: [Self; 6] =
        [Self::Documents, Self::Mentions, Self::Entities, Self::Attributions, Self::Pairs, Self::Errors];

    /// Its name in lower case, which is also that of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Mentions => "mentions",
            Self::Entities => "entities",
            Self::Attributions => "attributions",
            Self::Pairs => "pairs",
            Self::Errors => "errors",
            Self::Links => "links",
        }
    }
}

/// The columns of a table.
pub fn schema(which: Table) -> SchemaRef {
    let fields = match which {
        Table::Documents => vec![
            text("id"),
            maybe_text("title"),
            maybe_text("outlet"),
            maybe_text("date"),
            maybe_text("url"),
            list("warnings", DataType::LargeUtf8),
            Field::new("english", DataType::Float64, false),
            maybe_text("text"),
            list("blocks", DataType::Struct(block_fields())),
            vector(),
        ],
        Table::Mentions => vec![
            text("document_id"),
            text("id"),
            text("field"),
            Field::new("start", DataType::Int64, false),
            Field::new("end", DataType::Int64, false),
            text("text"),
            text("label"),
            text("entity"),
            text("name"),
            text("via"),
            figure("confidence"),
        ],
        Table::Entities => vec![
            text("document_id"),
            text("id"),
            text("name"),
            text("label"),
            list("mentions", DataType::LargeUtf8),
        ],
        Table::Links => vec![
            text("document_id"),
            text("entity"),
            text("name"),
            text("label"),
            text("corpus_entity"),
            text("corpus_name"),
            text("why"),
        ],
        Table::Attributions => attributions(),
        Table::Pairs => vec![
            text("document_id"),
            text("source_entity"),
            text("source_entity_id"),
            text("about"),
            text("about_id"),
            Field::new("attributions", DataType::Int64, false),
            vector(),
        ],
        Table::Errors => {
            vec![text("file"), Field::new("line", DataType::Int64, false), maybe_text("id"), text("reason")]
        }
    };
    Arc::new(Schema::new(fields).with_metadata(HashMap::from([("schema".to_owned(), SCHEMA.to_owned())])))
}

fn attributions() -> Vec<Field> {
    vec![
        text("document_id"),
        text("id"),
        maybe_text("parent"),
        text("field"),
        text("kind"),
        offset("source_start"),
        offset("source_end"),
        maybe_text("source_text"),
        maybe_text("source_entity"),
        maybe_text("source_entity_id"),
        maybe_text("source_kind"),
        offset("addressee_start"),
        offset("addressee_end"),
        maybe_text("addressee_text"),
        maybe_text("addressee_entity"),
        maybe_text("addressee_entity_id"),
        offset("cue_start"),
        offset("cue_end"),
        maybe_text("cue_text"),
        list("content", DataType::Struct(span_fields())),
        text("content_text"),
        maybe_text("act"),
        maybe_text("factuality"),
        Field::new("polarity", DataType::Int32, true),
        figure("certainty"),
        maybe_text("article_factuality"),
        maybe_text("about"),
        maybe_text("about_id"),
        figure("confidence"),
        figure("label_confidence_act"),
        figure("label_confidence_factuality"),
        figure("label_confidence_about"),
        figure("label_confidence_source_entity"),
        text("why"),
        vector(),
    ]
}

/// The fields of a span.
pub(super) fn span_fields() -> Fields {
    let offset = |name| Field::new(name, DataType::Int64, false);
    vec![offset("start"), offset("end")].into()
}

/// The fields of a block.
pub(super) fn block_fields() -> Fields {
    let kind = Arc::new(text("kind"));
    span_fields().iter().cloned().chain([kind]).collect()
}

/// What a list holds; the name is Arrow's own.
pub(super) fn item(of: DataType) -> FieldRef {
    Arc::new(Field::new("item", of, false))
}

/// A stance vector.
fn vector() -> Field {
    Field::new("vector", DataType::FixedSizeList(number(), FEATURES_LEN as i32), false)
}

/// What a vector holds.
pub(super) fn number() -> FieldRef {
    item(DataType::Float32)
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::LargeUtf8, false)
}

fn maybe_text(name: &str) -> Field {
    Field::new(name, DataType::LargeUtf8, true)
}

fn offset(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn figure(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::List(item(of)), false)
}
