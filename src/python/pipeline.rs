//! The class `Pipeline` behind the one of the package: records in, documents out.

use super::document::Document;
use super::factuality;
use super::held::Held;
use super::run::interruptible;
use crate::language::Parse;
use crate::lexicon::Own;
use crate::offsets::bytes_of;
use crate::pipeline::Options;
use crate::{Error, Record, Span, corpus, io};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The stages with their lexicon and gazetteer.
#[pyclass(frozen, module = "sayso._core")]
pub(super) struct Pipeline(pub(super) Arc<crate::Pipeline>);

/// A record as the package hands it over: id, text, title, outlet, date, url, warnings.
type Row<'py> = (
    Bound<'py, PyString>,
    Bound<'py, PyString>,
    Option<Bound<'py, PyString>>,
    Option<Bound<'py, PyString>>,
    Option<Bound<'py, PyString>>,
    Option<Bound<'py, PyString>>,
    Vec<String>,
);

#[pymethods]
impl Pipeline {
    #[new]
    #[allow(clippy::too_many_arguments)]
    #[pyo3(signature = (lexicon = Vec::new(), gazetteer = Vec::new(), names = Vec::new(), models = Vec::new(), parse = "cues", every_block = false, min_confidence = 0.0))]
    fn new(
        py: Python<'_>,
        lexicon: Vec<PathBuf>,
        gazetteer: Vec<PathBuf>,
        names: Vec<(String, String)>,
        models: Vec<PathBuf>,
        parse: &str,
        every_block: bool,
        min_confidence: f32,
    ) -> PyResult<Self> {
        let parse = Parse::from_name(parse).ok_or_else(|| {
            PyValueError::new_err(format!("parse: expected \"cues\", \"all\" or \"none\", not {parse:?}"))
        })?;
        let pipeline = py.detach(|| {
            let lexicon = lexicon.iter().map(|path| read(path)).collect::<crate::Result<_>>()?;
            let names = names.into_iter().map(|(name, id)| (name, id, None)).collect();
            let mut lists = Own { lexicon, gazetteer: Vec::new(), names };
            gazetteer.iter().try_for_each(|path| io::names::add(path, &mut lists))?;
            let models = models.into_iter().map(|path| {
                let file = std::fs::read(&path).map_err(|error| Error::file(&path, error))?;
                Ok((path, file))
            });
            let models = models.collect::<crate::Result<_>>()?;
            crate::Pipeline::new(&Options { lists, models, parse, every_block, min_confidence })
        })?;
        Ok(Self(Arc::new(pipeline)))
    }

    /// Lemma, universal and fine tag, number of the head (from 1, 0 for the root) and relation of each word of the
    /// sentences, whose words are taken as they are.
    fn tag(&self, py: Python<'_>, sentences: Vec<Vec<String>>) -> Vec<Vec<Word>> {
        py.detach(|| sentences.iter().map(|words| self.sentence(words)).collect())
    }

    /// Label and chances (negative, neutral, positive) of the sentiment towards each target, whose spans count in code
    /// points.
    fn sentiment(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyString>,
        spans: Vec<(i64, i64)>,
    ) -> PyResult<Vec<(&'static str, f64, f64, f64)>> {
        let (text, _) = string(text)?;
        let bytes = in_bytes(&text, &spans)?;
        let found = py.detach(|| self.0.sentiment(&text, &bytes));
        let rounded = |score: f32| (f64::from(score) * 1e4).round() / 1e4;
        let rows = found.into_iter().zip(&spans).enumerate().map(|(number, (judged, (start, end)))| {
            let judged = judged.ok_or_else(|| {
                PyValueError::new_err(format!(
                    "spans[{number}]: expected a word in ({start}, {end}), found none"
                ))
            })?;
            let [negative, neutral, positive] = judged.scores.map(rounded);
            Ok((judged.label.name(), negative, neutral, positive))
        });
        rows.collect()
    }

    /// Analyses records on `threads` threads, in their order, with the interpreter free.
    fn analyse(&self, py: Python<'_>, records: Vec<Row<'_>>, threads: usize) -> PyResult<Vec<Document>> {
        let records = records.into_iter().map(record).collect::<PyResult<Vec<Record>>>()?;
        let pipeline = Arc::clone(&self.0);
        let docs = interruptible(py, move |stop| corpus::analyse(&pipeline, records, threads, stop))??;
        Ok(docs.into_iter().map(|doc| Document(Held::new(doc))).collect())
    }

    /// How factual events of many texts are: of each text and the start and end of each of its events, in code points,
    /// the values, on `threads` threads. A value is a string that says what is wrong with the event where something is.
    fn factuality<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<factuality::Given<'py>>,
        scale: &str,
        threads: usize,
    ) -> PyResult<Vec<Vec<Bound<'py, PyAny>>>> {
        factuality::of_texts(py, &self.0, texts, scale, threads)
    }
}

/// Lemma, universal tag, fine tag, head, relation.
type Word = (String, &'static str, &'static str, u32, &'static str);

impl Pipeline {
    fn sentence(&self, words: &[String]) -> Vec<Word> {
        let tagged = self.0.tag(words).into_iter().enumerate();
        tagged
            .map(|(i, (lemma, tags, arc))| {
                let head = if arc.head as usize == i { 0 } else { arc.head + 1 };
                (lemma, tags.pos.name(), tags.fine.name(), head, arc.rel.name())
            })
            .collect()
    }
}

/// Spans in code points as spans in bytes; those that do not lie in the text are told by their number.
fn in_bytes(text: &str, spans: &[(i64, i64)]) -> PyResult<Vec<Span>> {
    let length = text.chars().count() as i64;
    let mut points = Vec::with_capacity(spans.len() * 2);
    for (number, &(start, end)) in spans.iter().enumerate() {
        if start < 0 || start >= end || end > length {
            return Err(PyValueError::new_err(format!(
                "spans[{number}]: expected 0 <= start < end <= {length}, the length of the text, found ({start}, {end})"
            )));
        }
        points.extend([start as u32, end as u32]);
    }
    let bytes = bytes_of(text, &points).unwrap_or_default();
    Ok(bytes.as_chunks::<2>().0.iter().map(|&[start, end]| Span { start, end }).collect())
}

/// A file of the user's with its name.
fn read(path: &Path) -> crate::Result<(String, String)> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
    Ok((path.display().to_string(), text))
}

fn record((id, text, title, outlet, date, url, mut warnings): Row<'_>) -> PyResult<Record> {
    let (text, replaced) = string(&text)?;
    if replaced > 0 {
        let s = if replaced == 1 { "" } else { "s" };
        warnings.push(format!("{replaced} lone surrogate{s} replaced by U+FFFD"));
    }
    let field = |value: Option<Bound<'_, PyString>>| -> PyResult<Option<String>> {
        value.map(|value| Ok(string(&value)?.0)).transpose()
    };
    Ok(Record {
        id: string(&id)?.0,
        text,
        title: field(title)?,
        outlet: field(outlet)?,
        date: field(date)?,
        url: field(url)?,
        warnings,
    })
}

/// A Python string, its lone surrogates replaced by U+FFFD one for one, so that no offset moves; and
/// how many of them there were.
pub(super) fn string(value: &Bound<'_, PyString>) -> PyResult<(String, usize)> {
    if let Ok(text) = value.to_str() {
        return Ok((text.to_owned(), 0));
    }
    let bytes = value.call_method1("encode", ("utf-8", "surrogatepass"))?.cast_into::<PyBytes>()?;
    let mut bytes = bytes.as_bytes().to_vec();
    let mut replaced = 0;
    // Valid UTF-8 has nothing from A0 upwards behind ED: those are the surrogates.
    for at in 0..bytes.len().saturating_sub(2) {
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
            replaced += 1;
        }
    }
    Ok((String::from_utf8_lossy(&bytes).into_owned(), replaced))
}
