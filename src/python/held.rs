//! A document as Python holds it, and its spans in code points.

use crate::document::Document;
use crate::offsets::Marks;
use pyo3::prelude::*;
use serde::Serialize;
use std::sync::{Arc, OnceLock};

/// A document, shared by all objects that look into it, and the table that turns its bytes into
/// code points, built when the first span is asked for.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) doc: Document,
    marks: OnceLock<Marks>,
}

impl Held {
    pub(super) fn new(doc: Document) -> Arc<Self> {
        Arc::new(Self { doc, marks: OnceLock::new() })
    }

    pub(super) fn span(&self, span: crate::Span) -> Span {
        let text = self.doc.analysed();
        let points = self.marks.get_or_init(|| Marks::new(text)).over(text);
        let (field, place) = self.doc.place(span);
        // Where the field begins in the analysed string.
        let base = points.point(span.start - place.start);
        Span {
            start: points.point(span.start) - base,
            end: points.point(span.end) - base,
            text: self.doc.slice(span).to_owned(),
            field: word(&field),
        }
    }

    /// Whether two objects look into the same document.
    pub(super) fn same(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        Arc::ptr_eq(self, other) || self.doc == other.doc
    }
}

/// The word that files use for a label ("CT+", "official_group").
pub(super) fn word(label: &impl Serialize) -> String {
    match serde_json::to_value(label) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A stretch of the text or of the title.
#[pyclass(frozen, eq, hash, get_all, module = "sayso")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Span {
    /// The first code point, counted in the field.
    start: u32,
    /// One past the last code point.
    end: u32,
    /// The words.
    text: String,
    /// Where the span counts: "text", or "title" where the record's title is analysed apart.
    field: String,
}

impl Span {
    pub(super) fn first(&self) -> u32 {
        self.start
    }

    pub(super) fn last(&self) -> u32 {
        self.end
    }

    pub(super) fn in_title(&self) -> bool {
        self.field == "title"
    }

    pub(super) fn words(&self) -> &str {
        &self.text
    }
}

#[pymethods]
impl Span {
    #[new]
    #[pyo3(signature = (start, end, text, field = "text"))]
    fn new(start: u32, end: u32, text: String, field: &str) -> Self {
        Self { start, end, text, field: field.to_owned() }
    }

    fn __getnewargs__(&self) -> (u32, u32, &str, &str) {
        (self.start, self.end, &self.text, &self.field)
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        let field = if self.field == "text" { String::new() } else { format!(", {:?}", self.field) };
        format!("Span({}, {}, {:?}{field})", self.start, self.end, self.text)
    }
}
