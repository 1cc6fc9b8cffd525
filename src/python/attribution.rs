//! The classes `Attribution` and `Content`.

use super::document::Document;
use super::entity::{Part, Reduced};
use super::held::{Held, Span, word};
use crate::attribution as core;
use crate::entity;
use crate::stance::Stance;
use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyList};
use std::sync::Arc;

/// Who says what: a source, the cue that attributes, the content, and what the source makes of it.
#[pyclass(frozen, module = "sayso")]
pub(super) struct Attribution(pub(super) Part);

impl Attribution {
    pub(super) fn all(held: &Arc<Held>) -> Vec<Self> {
        Part::each(held, held.doc.attributions.len()).map(Self).collect()
    }

    /// The attribution at an index of the document.
    pub(super) fn at(held: &Arc<Held>, index: usize) -> Self {
        Self(Part { held: Arc::clone(held), index })
    }

    fn core(&self) -> PyResult<&core::Attribution> {
        self.0.held.doc.attributions.get(self.0.index).ok_or_else(missing)
    }

    fn stance(&self) -> PyResult<&Stance> {
        self.0.held.doc.stances.get(self.0.index).ok_or_else(missing)
    }

    fn span_of(&self, span: Option<crate::Span>) -> Option<Span> {
        span.map(|span| self.0.held.span(span))
    }

    fn entity(&self, index: Option<u32>) -> Option<&entity::Entity> {
        self.0.held.doc.entities.get(index? as usize)
    }

    fn name(&self, index: Option<u32>) -> Option<&str> {
        self.entity(index).map(|entity| entity.name.as_str())
    }

    fn identity(&self, index: Option<u32>) -> Option<&str> {
        self.entity(index).map(|entity| entity.id.as_str())
    }

    fn parent_part(&self) -> PyResult<Option<Self>> {
        Ok(self.core()?.parent.map(|parent| Self(self.0.other(parent as usize))))
    }
}

fn missing() -> PyErr {
    PyRuntimeError::new_err("a document without this attribution: this is a bug")
}

#[pymethods]
impl Attribution {
    /// The document's id, "#" and its number among the attributions, from 1.
    #[getter]
    fn id(&self) -> String {
        format!("{}#{}", self.0.held.doc.id, self.0.index + 1)
    }

    /// The attribution in whose content this one stands.
    #[getter]
    fn parent(&self) -> PyResult<Option<Self>> {
        self.parent_part()
    }

    /// The attributions that stand right in the content of this one.
    #[getter]
    fn children(&self) -> Vec<Self> {
        let mine = Some(self.0.index as u32);
        let all = self.0.held.doc.attributions.iter().enumerate();
        all.filter(|(_, one)| one.parent == mine).map(|(i, _)| Self(self.0.other(i))).collect()
    }

    /// This attribution, its parent, its parent's parent: the way the content came.
    #[getter]
    fn chain(&self) -> PyResult<Vec<Self>> {
        let mut chain = vec![Self(self.0.clone())];
        // A parent stands before its children, so the walk ends.
        while let Some(last) = chain.last()
            && let Some(parent) = last.parent_part()?
            && parent.0.index < last.0.index
        {
            chain.push(parent);
        }
        Ok(chain)
    }

    /// Where its spans count: "text", or "title" where the record's title is analysed apart.
    #[getter]
    fn field(&self) -> PyResult<String> {
        let core = self.core()?;
        let first = core.cue.or_else(|| core.content.first().copied()).or(core.source).unwrap_or_default();
        Ok(word(&self.0.held.doc.place(first).0))
    }

    /// One of `sayso.KINDS`: whether the content stands in quotation marks.
    #[getter]
    fn kind(&self) -> PyResult<String> {
        Ok(word(&self.core()?.kind))
    }

    /// Who says it, as the text has it.
    #[getter]
    fn source(&self) -> PyResult<Option<Span>> {
        Ok(self.span_of(self.core()?.source))
    }

    /// The canonical name of the source.
    #[getter]
    fn source_entity(&self) -> PyResult<Option<&str>> {
        Ok(self.name(self.core()?.source_entity))
    }

    /// The id of the source, such as "country:UKR".
    #[getter]
    fn source_entity_id(&self) -> PyResult<Option<&str>> {
        Ok(self.identity(self.core()?.source_entity))
    }

    /// One of `sayso.SOURCE_KINDS`.
    #[getter]
    fn source_kind(&self) -> PyResult<Option<String>> {
        Ok(self.core()?.source_kind.as_ref().map(word))
    }

    /// Who is told.
    #[getter]
    fn addressee(&self) -> PyResult<Option<Span>> {
        Ok(self.span_of(self.core()?.addressee))
    }

    /// The canonical name of who is told.
    #[getter]
    fn addressee_entity(&self) -> PyResult<Option<&str>> {
        Ok(self.name(self.core()?.addressee_entity))
    }

    /// The id of who is told.
    #[getter]
    fn addressee_entity_id(&self) -> PyResult<Option<&str>> {
        Ok(self.identity(self.core()?.addressee_entity))
    }

    /// The words that attribute.
    #[getter]
    fn cue(&self) -> PyResult<Option<Span>> {
        Ok(self.span_of(self.core()?.cue))
    }

    /// What is said.
    #[getter]
    fn content(&self) -> PyResult<Content> {
        Ok(Content(self.core()?.content.iter().map(|span| self.0.held.span(*span)).collect()))
    }

    /// One of `sayso.ACTS`: what the source does with the content.
    #[getter]
    fn act(&self) -> PyResult<String> {
        Ok(word(&self.stance()?.act))
    }

    /// One of `sayso.FACTUALITIES`: what the source commits to.
    #[getter]
    fn factuality(&self) -> PyResult<String> {
        Ok(word(&self.stance()?.factuality))
    }

    /// The sign of the factuality: 1 so, -1 not so, 0 uncommitted.
    #[getter]
    fn polarity(&self) -> PyResult<i8> {
        Ok(self.stance()?.factuality.polarity())
    }

    /// The degree of the factuality, from 0 to 1.
    #[getter]
    fn certainty(&self) -> PyResult<f32> {
        Ok(self.stance()?.factuality.certainty())
    }

    /// One of `sayso.FACTUALITIES`: what the article itself commits to.
    #[getter]
    fn article_factuality(&self) -> PyResult<String> {
        Ok(word(&self.stance()?.article))
    }

    /// The canonical name of the entity that the content blames or clears.
    #[getter]
    fn about(&self) -> PyResult<Option<&str>> {
        Ok(self.name(self.stance()?.about))
    }

    /// The id of the entity that the content blames or clears.
    #[getter]
    fn about_id(&self) -> PyResult<Option<&str>> {
        Ok(self.identity(self.stance()?.about))
    }

    /// How likely source, cue and content are right, measured on articles: None where a rule alone found it.
    #[getter]
    fn confidence(&self) -> PyResult<Option<f64>> {
        Ok(self.core()?.confidence.map(two_places))
    }

    /// How likely each label is right, measured on articles that training did not see: those of `act` and `factuality`,
    /// that of `about` where it is not None, and that of `source_entity` where the source is a pronoun or a description.
    #[getter]
    fn label_confidence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let labels = PyDict::new(py);
        let sure = self.stance().map_or([None; 3], |stance| stance.confidence);
        for (label, sure) in ["act", "factuality", "about"].into_iter().zip(sure) {
            labels.set_item(label, sure.map(two_places))?;
        }
        labels.set_item("source_entity", self.core()?.source_confidence.map(two_places))?;
        Ok(labels)
    }

    /// The rule that knows the cue, and what the model goes by, in words.
    #[getter]
    fn why(&self) -> PyResult<&str> {
        Ok(&self.core()?.why)
    }

    /// Its row of the document's stance vectors.
    #[getter]
    fn vector<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Bound::new(py, self.document())?.getattr("vectors")?.get_item(self.0.index)
    }

    /// The document it stands in.
    #[getter]
    fn document(&self) -> Document {
        Document(Arc::clone(&self.0.held))
    }

    fn __repr__(&self) -> PyResult<String> {
        let (core, stance) = (self.core()?, self.stance()?);
        let words = |span: Option<crate::Span>| span.map_or("", |span| self.0.held.doc.slice(span));
        let source = self.name(core.source_entity).unwrap_or_else(|| words(core.source));
        let content: Vec<&str> = core.content.iter().map(|span| words(Some(*span))).collect();
        Ok(format!(
            "<{} | {} | {} | {} {}>",
            brief(if source.is_empty() { "?" } else { source }, 40),
            brief(words(core.cue), 30),
            brief(&content.join(GAP), 80),
            word(&stance.act),
            word(&stance.factuality),
        ))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0.same(&other.0)
    }

    fn __hash__(&self) -> u64 {
        self.0.hash()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        slf.get().0.reduce(slf.get_type())
    }

    #[staticmethod]
    fn _restore(document: &Bound<'_, Document>, index: usize) -> Self {
        Self(Part { held: Arc::clone(&document.get().0), index })
    }
}

/// What stands between the pieces of a content.
const GAP: &str = " … ";

/// At most `most` characters of `words`, on one line.
fn brief(words: &str, most: usize) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}

/// What is said: one or more spans in text order, a sequence of them.
#[pyclass(frozen, eq, hash, sequence, module = "sayso")]
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Content(Vec<Span>);

#[pymethods]
impl Content {
    #[new]
    fn new(spans: Vec<Py<Span>>) -> Self {
        Self(spans.iter().map(|span| span.get().clone()).collect())
    }

    /// The words, the pieces joined by " … ".
    #[getter]
    fn text(&self) -> String {
        self.0.iter().map(Span::words).collect::<Vec<_>>().join(GAP)
    }

    /// The pieces.
    #[getter]
    fn spans(&self) -> Vec<Span> {
        self.0.clone()
    }

    /// The first code point of the first piece.
    #[getter]
    fn start(&self) -> Option<u32> {
        self.0.first().map(Span::first)
    }

    /// One past the last code point of the last piece.
    #[getter]
    fn end(&self) -> Option<u32> {
        self.0.last().map(Span::last)
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<Span> {
        let index = if index < 0 { index + self.0.len() as isize } else { index };
        let span = usize::try_from(index).ok().and_then(|index| self.0.get(index));
        span.cloned().ok_or_else(|| PyIndexError::new_err("content index out of range"))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        PyList::new(py, self.0.iter().cloned())?.try_iter()
    }

    fn __str__(&self) -> String {
        self.text()
    }

    fn __repr__(&self) -> String {
        format!("Content({:?})", self.text())
    }

    fn __getnewargs__(&self) -> (Vec<Span>,) {
        (self.0.clone(),)
    }
}

/// A share as it is shown.
pub(super) fn two_places(share: f32) -> f64 {
    (f64::from(share) * 100.0).round() / 100.0
}
