//! The class `Token`.

use super::document::Document;
use super::entity::{Part, Reduced};
use super::held::{Held, Span, word};
use crate::document;
use crate::tag::lemma::lemma_before;
use crate::tagset::Rel;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::Arc;

/// A word or mark of the text: its lemma, its tags, and the word that it hangs on.
#[pyclass(frozen, module = "sayso")]
pub(super) struct Token(Part);

impl Token {
    pub(super) fn all(held: &Arc<Held>) -> Vec<Self> {
        Part::each(held, held.doc.tokens.0.len()).map(Self).collect()
    }

    fn core(&self) -> PyResult<&document::Token> {
        let told = "a document without this token: this is a bug";
        self.0.held.doc.tokens.0.get(self.0.index).ok_or_else(|| PyRuntimeError::new_err(told))
    }
}

#[pymethods]
impl Token {
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

    /// The word.
    #[getter]
    fn text(&self) -> PyResult<&str> {
        Ok(self.0.held.doc.slice(self.core()?.span))
    }

    /// Where the span counts: "text", or "title" where the record's title is analysed apart.
    #[getter]
    fn field(&self) -> PyResult<String> {
        Ok(word(&self.0.held.doc.place(self.core()?.span).0))
    }

    /// Its place among the tokens of the document.
    #[getter]
    fn index(&self) -> usize {
        self.0.index
    }

    /// The form that a dictionary has: "say" of "said".
    #[getter]
    fn lemma(&self) -> PyResult<String> {
        let (token, doc) = (self.core()?, &self.0.held.doc);
        let next = doc.tokens.0.get(self.0.index + 1).filter(|next| next.sentence == token.sentence);
        let next = next.map_or("", |next| doc.slice(next.span));
        Ok(lemma_before(self.text()?, token.tags.pos.name(), token.tags.fine.name(), next).into_owned())
    }

    /// Fine part of speech, as the Penn treebank has it: "VBD".
    #[getter]
    fn tag(&self) -> PyResult<&'static str> {
        Ok(self.core()?.tags.fine.name())
    }

    /// Universal part of speech: "VERB".
    #[getter]
    fn pos(&self) -> PyResult<&'static str> {
        Ok(self.core()?.tags.pos.name())
    }

    /// The token that it hangs on; None for the root of a sentence, and where the sentence was not parsed.
    #[getter]
    fn head(&self) -> PyResult<Option<Self>> {
        let arc = self.core()?.arc.filter(|arc| arc.rel != Rel::Root);
        Ok(arc.map(|arc| Self(self.0.other(arc.head as usize))))
    }

    /// What it is to its head, in the words of Universal Dependencies: "nsubj"; None where the sentence was not parsed.
    #[getter]
    fn dep(&self) -> PyResult<Option<&'static str>> {
        Ok(self.core()?.arc.map(|arc| arc.rel.name()))
    }

    /// The number of its sentence among `doc.sentences`.
    #[getter]
    fn sentence(&self) -> PyResult<u32> {
        Ok(self.core()?.sentence)
    }

    fn __str__(&self) -> PyResult<&str> {
        self.text()
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!("Token({:?}, {}, {})", self.text()?, self.pos()?, self.dep()?.unwrap_or("not parsed")))
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
