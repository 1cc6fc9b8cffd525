//! Files in, files out.

use super::pipeline::Pipeline;
use crate::corpus::{self, Progress, RunOptions};
use crate::io::{self, Columns, Extract};
use crate::{Error, Record};
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// A record as plain values: id, text, title, outlet, date, url, warnings.
type Row = (String, String, Option<String>, Option<String>, Option<String>, Option<String>, Vec<String>);

/// The records of a file. `extract` turns the markup of an HTML page into its text.
#[pyfunction]
pub(super) fn load(py: Python<'_>, path: PathBuf, extract: Py<PyAny>) -> PyResult<Vec<Row>> {
    py.detach(|| {
        io::open(&[path], &Columns::default())?
            .with_html(extractor(extract))
            .map(|row| match row {
                Ok(Record { id, text, title, outlet, date, url, warnings }) => {
                    Ok((id, text, title, outlet, date, url, warnings))
                }
                Err(error) if error.line == 0 => {
                    Err(Error::usage(format!("{}: {}", error.file, error.reason)).into())
                }
                Err(error) => Err(Error::row(error.file, error.line as usize, error.reason).into()),
            })
            .collect()
    })
}

/// Documents, attributions, errors, bytes and seconds of a run.
type Summary = (u64, u64, u64, u64, f64);

/// Reads, analyses and writes with the interpreter free; on Ctrl-C nothing is left behind.
///
/// `columns` names those of text, id, title, outlet, date and url. `progress` is called about every 50 ms
/// with the numbers of documents, attributions and errors, and the bytes read of those there are.
#[pyfunction]
#[pyo3(signature = (pipeline, inputs, out, *, columns, threads, text, vectors, extract, progress))]
#[allow(clippy::too_many_arguments)]
pub(super) fn run(
    py: Python<'_>,
    pipeline: &Bound<'_, Pipeline>,
    inputs: Vec<PathBuf>,
    out: PathBuf,
    columns: [String; 6],
    threads: usize,
    text: bool,
    vectors: bool,
    extract: Py<PyAny>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Summary> {
    let pipeline = Arc::clone(&pipeline.get().0);
    let [of_text, id, title, outlet, date, url] = columns;
    let columns = Columns { text: of_text, id, title, outlet, date, url };
    let options = RunOptions { threads, text, vectors };
    let mut raised = None;
    let mut tick = |now: Progress| {
        let told = Python::attach(|py| {
            py.check_signals()?;
            if let Some(progress) = &progress {
                let Progress { documents, attributions, errors, read, total, .. } = now;
                progress.call1(py, (documents, attributions, errors, read, total))?;
            }
            Ok(())
        });
        // The first one counts: what comes while the work winds down is the same one again.
        raised = raised.take().or(told.err());
        raised.is_none()
    };
    let done = py.detach(|| {
        let reader = io::open(&inputs, &columns)?.with_html(extractor(extract));
        corpus::run(&pipeline, reader, &out, &options, &mut tick)
    });
    match (done, raised) {
        (_, Some(error)) => Err(error),
        (Err(error), None) => Err(error.into()),
        (Ok(done), None) => Ok((done.documents, done.attributions, done.errors, done.bytes, done.seconds)),
    }
}

/// A Python function from markup to text; what it raises becomes the reason of an errors row.
fn extractor(extract: Py<PyAny>) -> Extract {
    Box::new(move |markup| {
        Python::attach(|py| extract.call1(py, (markup,))?.extract::<String>(py))
            .map_err(|error| Python::attach(|py| error.value(py).to_string()))
    })
}
