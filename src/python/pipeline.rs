//! The class `Pipeline` behind the one of the package: records in, documents out.

use super::document::Document;
use super::held::Held;
use super::run::interruptible;
use crate::lexicon::Own;
use crate::{Error, Record, corpus};
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
    #[pyo3(signature = (lexicon = Vec::new(), gazetteer = Vec::new(), names = Vec::new()))]
    fn new(
        py: Python<'_>,
        lexicon: Vec<PathBuf>,
        gazetteer: Vec<PathBuf>,
        names: Vec<(String, String)>,
    ) -> PyResult<Self> {
        let pipeline = py.detach(|| {
            let lexicon = lexicon.iter().map(|path| read(path)).collect::<crate::Result<_>>()?;
            let gazetteer = gazetteer.iter().map(|path| read(path)).collect::<crate::Result<_>>()?;
            crate::Pipeline::new(&Own { lexicon, gazetteer, names })
        })?;
        Ok(Self(Arc::new(pipeline)))
    }

    /// Analyses records on `threads` threads, in their order, with the interpreter free.
    fn analyse(&self, py: Python<'_>, records: Vec<Row<'_>>, threads: usize) -> PyResult<Vec<Document>> {
        let records = records.into_iter().map(record).collect::<PyResult<Vec<Record>>>()?;
        let pipeline = Arc::clone(&self.0);
        let docs = interruptible(py, move |stop| corpus::analyse(&pipeline, records, threads, stop))??;
        Ok(docs.into_iter().map(|doc| Document(Held::new(doc))).collect())
    }
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
fn string(value: &Bound<'_, PyString>) -> PyResult<(String, usize)> {
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
