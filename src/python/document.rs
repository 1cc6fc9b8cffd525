//! The class `Document`.

use super::attribution::Attribution;
use super::entity::{Block, Entity, Mention};
use super::errors::SaysoError;
use super::factuality;
use super::held::{Held, Span};
use super::pair::Pair;
use super::token::Token;
use super::vectors;
use crate::entity::Chain;
use crate::io::write::to_conllu;
use crate::render::Layers;
use crate::{json, render};
use numpy::{PyArray1, PyArray2};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// An analysed article: the text as it was given and every layer over it.
///
/// Spans count in Unicode code points, so that `doc.text[span.start:span.end] == span.text`; those whose
/// `field` is "title" count in `doc.title`. Documents compare by value, hash and pickle.
#[pyclass(frozen, module = "sayso")]
pub(super) struct Document(pub(super) Arc<Held>);

/// What a pickle was written by: the layout is that of the version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What `__reduce__` returns: how to restore the document, the version and the bytes.
type Reduced<'py> = (Bound<'py, PyAny>, (&'static str, Bound<'py, PyBytes>));

#[pymethods]
impl Document {
    /// The record's own id, or its place in the input.
    #[getter]
    fn id(&self) -> &str {
        &self.0.doc.id
    }

    /// The text as it was given; lone surrogates, which no file can hold, are replaced by U+FFFD.
    #[getter]
    fn text(&self) -> &str {
        self.0.doc.text()
    }

    /// The headline, where it was given apart from the text.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.doc.title.as_deref()
    }

    /// Who published it.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.0.doc.outlet.as_deref()
    }

    /// When, as it was given.
    #[getter]
    fn date(&self) -> Option<&str> {
        self.0.doc.date.as_deref()
    }

    /// Where it was found.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.0.doc.url.as_deref()
    }

    /// What a reader should know about the reading of it: another encoding, no text, not English.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.0.doc.warnings.clone()
    }

    /// The share of the words that look like English, from 0 to 1.
    #[getter]
    fn english(&self) -> f64 {
        // Two places, as it is written; the nearest float of twice the width would show many more.
        (f64::from(self.0.doc.english) * 100.0).round() / 100.0
    }

    /// The blocks of the text and what each of them is.
    #[getter]
    fn blocks(&self) -> Vec<Block> {
        self.0.doc.blocks.iter().map(|block| Block::new(&self.0, block)).collect()
    }

    /// The sentences of the copy.
    #[getter]
    fn sentences(&self) -> Vec<Span> {
        self.0.doc.sentences.iter().map(|span| self.0.span(*span)).collect()
    }

    /// The words and marks of the sentences, with their tags and heads. Empty in a document that comes from JSON.
    #[getter]
    fn tokens(&self) -> Vec<Token> {
        Token::all(&self.0)
    }

    /// The document in CoNLL-U, with the places of the words in the last column.
    fn to_conllu(&self, py: Python<'_>) -> String {
        py.detach(|| to_conllu(&self.0.doc))
    }

    /// The places that name something, in text order.
    #[getter]
    fn mentions(&self) -> Vec<Mention> {
        Mention::all(&self.0)
    }

    /// What the mentions name, in the order of their first mention.
    #[getter]
    fn entities(&self) -> Vec<Entity> {
        Entity::all(&self.0)
    }

    /// For everybody and everything told of twice or more, with a name or without, the places that mean it: names,
    /// pronouns, noun phrases up to their head noun. Empty in a document that comes from JSON.
    #[getter]
    fn chains(&self) -> Vec<Vec<Span>> {
        let places = |chain: &Chain| chain.places.iter().map(|span| self.0.span(*span)).collect();
        self.0.doc.chains.0.iter().map(places).collect()
    }

    /// Who says what, in text order; an outer one stands before those in its content.
    #[getter]
    fn attributions(&self) -> Vec<Attribution> {
        Attribution::all(&self.0)
    }

    /// The stance vectors: one row for each attribution, one column for each of `sayso.FEATURES`.
    ///
    /// A read-only float32 view of the document's own memory.
    #[getter]
    fn vectors<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyArray2<f32>>> {
        vectors::view(slf)
    }

    /// The mean of the stance vectors: float32, one number for each of `sayso.FEATURES`; zeros without attributions.
    #[getter]
    fn vector<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray1<f32>>> {
        Ok(PyArray1::from_vec(py, self.0.doc.vector()?))
    }

    /// The sources with whom they speak about, where both are known, in the order of their first attribution.
    #[getter]
    fn pairs(&self) -> Vec<Pair> {
        Pair::all(&self.0)
    }

    /// How certain the text is that events happened: a float32 array with a value from -3 to 3 for each span.
    ///
    /// `spans`: pairs of start and end in code points of the text, or objects with `start` and `end`, each the
    /// word of an event or a phrase, whose head counts. `scale` is "uw" (what the author holds: "will come"
    /// is nearly certain) or "uds" (whether it has happened yet: "will come" has not). The sentences are parsed
    /// for it where they are not, by the built-in models.
    ///
    /// Raises `ValueError` for another scale, for a span outside the text, reversed or empty, and for one where no
    /// word of a sentence stands.
    #[pyo3(signature = (spans, *, scale = "uw"))]
    fn factuality<'py>(
        &self,
        py: Python<'py>,
        spans: &Bound<'py, PyAny>,
        scale: &str,
    ) -> PyResult<Bound<'py, PyArray1<f32>>> {
        factuality::of_document(py, self, spans, scale)
    }

    /// The document as one line of JSON, in the schema "sayso/1"; with `vectors` the stance vectors too.
    #[pyo3(signature = (*, text = true, vectors = false))]
    fn to_json(&self, py: Python<'_>, text: bool, vectors: bool) -> String {
        py.detach(|| json::to_json(&self.0.doc, text, vectors))
    }

    /// The document as plain dicts and lists, in the shape of `to_json`.
    #[pyo3(signature = (*, text = true, vectors = false))]
    fn to_dict<'py>(&self, py: Python<'py>, text: bool, vectors: bool) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json(py, text, vectors),))
    }

    /// Reads back what `to_json` wrote with its text.
    #[staticmethod]
    fn from_json(py: Python<'_>, line: &str) -> PyResult<Self> {
        Ok(Self(Held::new(py.detach(|| json::from_json(line))?)))
    }

    /// The text as HTML with its layers marked; with `page` a whole page of its own. All text is escaped.
    ///
    /// `layers` chooses among "attributions", "mentions" and "blocks"; a page shows attributions and blocks.
    #[pyo3(signature = (*, layers = None, page = false))]
    fn to_html(&self, py: Python<'_>, layers: Option<Vec<String>>, page: bool) -> PyResult<String> {
        let doc = &self.0.doc;
        let layers = layers.map_or(Ok(Layers::default()), Layers::parse)?;
        let title = doc.title.as_deref().unwrap_or(&doc.id);
        Ok(py.detach(|| if page { render::page(title, "", &[doc]) } else { render::html(doc, layers) }))
    }

    /// The text as a terminal shows it, `width` characters wide, with its attributions marked and listed;
    /// with `color` in ANSI colours.
    #[pyo3(signature = (*, color = false, width = 100))]
    fn to_text(&self, py: Python<'_>, color: bool, width: usize) -> String {
        py.detach(|| render::terminal(&self.0.doc, color, width))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.to_html(py, None, false)
    }

    fn __str__(&self, py: Python<'_>) -> String {
        self.to_text(py, false, 100)
    }

    fn __repr__(&self) -> String {
        let doc = &self.0.doc;
        let (said, named) = (doc.attributions.len(), doc.mentions.len());
        format!("<sayso.Document {:?}: {said} attributions, {named} mentions>", doc.id)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0.same(&other.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.0.doc.id, self.0.doc.analysed()).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        let py = slf.py();
        let held = &slf.get().0;
        let bytes = py
            .detach(|| postcard::to_allocvec(&held.doc))
            .map_err(|error| SaysoError::new_err(error.to_string()))?;
        Ok((slf.get_type().getattr("_restore")?, (VERSION, PyBytes::new(py, &bytes))))
    }

    #[staticmethod]
    fn _restore(py: Python<'_>, version: &str, bytes: &[u8]) -> PyResult<Self> {
        if version != VERSION {
            let told =
                format!("pickled by sayso {version}, read by {VERSION}: keep documents as JSON instead");
            return Err(SaysoError::new_err(told));
        }
        match py.detach(|| postcard::from_bytes(bytes)) {
            Ok(doc) => Ok(Self(Held::new(doc))),
            Err(error) => Err(SaysoError::new_err(format!("a broken pickle: {error}"))),
        }
    }
}

/// Several documents as one self-contained HTML page: who accuses and who denies, and each text marked.
#[pyfunction]
#[pyo3(signature = (docs, *, title, intro = ""))]
pub(super) fn page(py: Python<'_>, docs: Vec<Py<Document>>, title: &str, intro: &str) -> String {
    py.detach(|| {
        let docs: Vec<&crate::Document> = docs.iter().map(|doc| &doc.get().0.doc).collect();
        render::page(title, intro, &docs)
    })
}

/// Documents taken from Python at a time: enough to make the columns of a batch long, few enough to keep memory flat.
const CHUNK: usize = 1024;

/// Goes through documents in chunks, between which Ctrl-C is heard.
pub(super) fn in_chunks(
    py: Python<'_>,
    docs: &Bound<'_, PyAny>,
    mut each: impl FnMut(&[Py<Document>]) -> PyResult<()>,
) -> PyResult<()> {
    let mut docs = docs.try_iter()?;
    loop {
        let mut chunk: Vec<Py<Document>> = Vec::with_capacity(CHUNK);
        for doc in docs.by_ref().take(CHUNK) {
            chunk.push(doc?.cast_into::<Document>()?.unbind());
        }
        if chunk.is_empty() {
            return Ok(());
        }
        each(&chunk)?;
        py.check_signals()?;
    }
}
