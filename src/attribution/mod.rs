//! Attributions: a source, a cue and a content.

use crate::span::Span;
use serde::{Deserialize, Serialize};

pub use crate::labels::{Kind, SourceKind};

/// Who says what: a source, the cue that attributes, and the content. At least the content or the cue is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Index of the attribution in whose content this one stands.
    pub parent: Option<u32>,
    /// Whether the content stands in quotation marks.
    pub kind: Kind,
    /// Who says it.
    pub source: Option<Span>,
    /// Index into the document's entities.
    pub source_entity: Option<u32>,
    /// What kind of source it is.
    pub source_kind: Option<SourceKind>,
    /// Who is told.
    pub addressee: Option<Span>,
    /// Index into the document's entities.
    pub addressee_entity: Option<u32>,
    /// The words that attribute.
    pub cue: Option<Span>,
    /// What is said, in text order.
    pub content: Vec<Span>,
    /// The rule that found it, in words.
    pub why: String,
}
