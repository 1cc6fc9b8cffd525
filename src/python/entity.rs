//! The classes `Mention`, `Entity` and `Block`, and what the parts of a document share.

use super::attribution::two_places;
use super::document::Document;
use super::held::{Held, Span, word};
use crate::{clean, entity};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyType;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// A document and an index into one of its layers.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) held: Arc<Held>,
    pub(super) index: usize,
}

impl Part {
    pub(super) fn each(held: &Arc<Held>, count: usize) -> impl Iterator<Item = Self> {
        (0..count).map(|index| Self { held: Arc::clone(held), index })
    }

    pub(super) fn other(&self, index: usize) -> Self {
        Self { held: Arc::clone(&self.held), index }
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.index == other.index && self.held.same(&other.held)
    }

    pub(super) fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.held.doc.id, self.index).hash(&mut hasher);
        hasher.finish()
    }

    /// A pickle of a part is the document and the index.
    pub(super) fn reduce<'py>(&self, class: Bound<'py, PyType>) -> PyResult<Reduced<'py>> {
        Ok((class.getattr("_restore")?, (Document(Arc::clone(&self.held)), self.index)))
    }
}

/// What `__reduce__` of a part returns.
pub(super) type Reduced<'py> = (Bound<'py, PyAny>, (Document, usize));

/// A place in the text that names something.
#[pyclass(frozen, module = "sayso")]
pub(super) struct Mention(Part);

impl Mention {
    pub(super) fn all(held: &Arc<Held>) -> Vec<Self> {
        Part::each(held, held.doc.mentions.len()).map(Self).collect()
    }

    fn core(&self) -> PyResult<&entity::Mention> {
        let told = "a document without this mention: this is a bug";
        self.0.held.doc.mentions.get(self.0.index).ok_or_else(|| PyRuntimeError::new_err(told))
    }
}

#[pymethods]
impl Mention {
    /// The document's id, "#m" and its number among the mentions, from 1.
    #[getter]
    fn id(&self) -> String {
        format!("{}#m{}", self.0.held.doc.id, self.0.index + 1)
    }

    /// Where it stands.
    #[getter]
    fn span(&self) -> PyResult<Span> {
        Ok(self.0.held.span(self.core()?.span))
    }

    /// The first code point.
    #[getter]
    fn start(&self) -> PyResult<u32> {
        Ok(self.span()?.first())
    }

    /// One past the last code point.
    #[getter]
    fn end(&self) -> PyResult<u32> {
        Ok(self.span()?.last())
    }

    /// The words.
    #[getter]
    fn text(&self) -> PyResult<&str> {
        Ok(self.0.held.doc.slice(self.core()?.span))
    }

    /// Where the span counts: "text", or "title" where the record's title is analysed apart.
    #[getter]
    fn field(&self) -> PyResult<String> {
        Ok(word(&self.0.held.doc.place(self.core()?.span).0))
    }

    /// One of `sayso.LABELS`.
    #[getter]
    fn label(&self) -> PyResult<String> {
        Ok(word(&self.core()?.label))
    }

    /// What it names.
    #[getter]
    fn entity(&self) -> PyResult<Entity> {
        Ok(Entity(self.0.other(self.core()?.entity as usize)))
    }

    /// The canonical name of what it names.
    #[getter]
    fn name(&self) -> PyResult<Option<&str>> {
        let index = self.core()?.entity as usize;
        Ok(self.0.held.doc.entities.get(index).map(|entity| entity.name.as_str()))
    }

    /// One of `sayso.VIAS`: how it was found.
    #[getter]
    fn via(&self) -> PyResult<String> {
        Ok(word(&self.core()?.via))
    }

    /// How likely the entity is right, where the mention is a pronoun or a description; None for names.
    #[getter]
    fn confidence(&self) -> PyResult<Option<f64>> {
        Ok(self.core()?.confidence.map(two_places))
    }

    /// Why it names this entity, in words.
    #[getter]
    fn why(&self) -> PyResult<String> {
        self.core()?;
        Ok(self.0.held.doc.why_mention(self.0.index))
    }

    /// The document it stands in.
    #[getter]
    fn document(&self) -> Document {
        Document(Arc::clone(&self.0.held))
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!("<{:?} {}: {}>", self.text()?, self.label()?, self.name()?.unwrap_or("?")))
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

/// What mentions of one document name.
#[pyclass(frozen, module = "sayso")]
pub(super) struct Entity(Part);

impl Entity {
    pub(super) fn all(held: &Arc<Held>) -> Vec<Self> {
        Part::each(held, held.doc.entities.len()).map(Self).collect()
    }

    fn core(&self) -> PyResult<&entity::Entity> {
        let told = "a document without this entity: this is a bug";
        self.0.held.doc.entities.get(self.0.index).ok_or_else(|| PyRuntimeError::new_err(told))
    }
}

#[pymethods]
impl Entity {
    /// Such as "country:UKR"; a name that no list knows gets an id from its letters.
    #[getter]
    fn id(&self) -> PyResult<&str> {
        Ok(&self.core()?.id)
    }

    /// The canonical name.
    #[getter]
    fn name(&self) -> PyResult<&str> {
        Ok(&self.core()?.name)
    }

    /// One of `sayso.LABELS`.
    #[getter]
    fn label(&self) -> PyResult<String> {
        Ok(word(&self.core()?.label))
    }

    /// The places that name it, in text order.
    #[getter]
    fn mentions(&self) -> Vec<Mention> {
        let mine = self.0.index as u32;
        let all = self.0.held.doc.mentions.iter().enumerate();
        all.filter(|(_, mention)| mention.entity == mine).map(|(i, _)| Mention(self.0.other(i))).collect()
    }

    /// The document it belongs to.
    #[getter]
    fn document(&self) -> Document {
        Document(Arc::clone(&self.0.held))
    }

    fn __repr__(&self) -> PyResult<String> {
        let core = self.core()?;
        Ok(format!("<{} {}: {}>", core.name, self.label()?, core.id))
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

/// A run of the text and what it is: copy, or something that came along with it.
#[pyclass(frozen, eq, hash, get_all, module = "sayso")]
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Block {
    /// Where it stands.
    span: Span,
    /// One of `sayso.BLOCK_KINDS`.
    kind: String,
}

impl Block {
    pub(super) fn new(held: &Held, block: &clean::Block) -> Self {
        Self { span: held.span(block.span), kind: word(&block.kind) }
    }
}

#[pymethods]
impl Block {
    #[new]
    fn from_parts(span: Py<Span>, kind: String) -> Self {
        Self { span: span.get().clone(), kind }
    }

    /// The first code point.
    #[getter]
    fn start(&self) -> u32 {
        self.span.first()
    }

    /// One past the last code point.
    #[getter]
    fn end(&self) -> u32 {
        self.span.last()
    }

    /// The words.
    #[getter]
    fn text(&self) -> &str {
        self.span.words()
    }

    fn __repr__(&self) -> String {
        format!("<{} {}..{}>", self.kind, self.start(), self.end())
    }

    fn __getnewargs__(&self) -> (Span, &str) {
        (self.span.clone(), &self.kind)
    }
}
