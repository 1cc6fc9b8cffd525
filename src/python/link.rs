//! Linking across documents.

use super::document::in_chunks;
use super::run::interruptible;
use super::table::Table;
use crate::corpus::{Linked, Linking};
use crate::io::write::LinksOut;
use crate::io::written::{Documents, joined, written};
use crate::lexicon::{Lexicon, Own};
use crate::table::{self, links};
use crate::{Error, Result};
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// The table of links of documents, in their order.
#[pyfunction]
pub(super) fn link(py: Python<'_>, docs: &Bound<'_, PyAny>) -> PyResult<Table> {
    let mut linking = Linking::default();
    in_chunks(py, docs, |chunk| {
        Ok(py.detach(|| chunk.iter().try_for_each(|doc| linking.document(&doc.get().0.doc)))?)
    })?;
    interruptible(py, move |_| settled(linking).and_then(rows))?.map_err(PyErr::from)
}

/// The table of links of the documents whose entities and mentions these tables hold.
#[pyfunction]
pub(super) fn link_tables(py: Python<'_>, entities: &Table, mentions: &Table) -> PyResult<Table> {
    let batches = |table: &Table| table.batches.clone().into_iter().map(Ok);
    let docs: Documents = Box::new(joined(batches(entities), batches(mentions)));
    interruptible(py, move |stop| read(vec![Ok(docs)].into_iter(), stop).and_then(rows))?.map_err(PyErr::from)
}

/// The table of links of what runs wrote, file after file.
#[pyfunction]
pub(super) fn link_files(py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<Table> {
    interruptible(py, move |stop| read(paths.iter().map(|path| written(path)), stop).and_then(rows))?
        .map_err(PyErr::from)
}

/// Writes the table of links of what runs wrote to a file, and returns the number of its rows and of those
/// that are left open.
#[pyfunction]
pub(super) fn write_links(py: Python<'_>, paths: Vec<PathBuf>, out: PathBuf) -> PyResult<(u64, u64)> {
    let work = move |stop: &AtomicBool| {
        let mut sink = LinksOut::create(&out)?;
        let mut linked = read(paths.iter().map(|path| written(path)), stop)?;
        let (mut count, mut open) = (0, 0);
        linked.rows(|rows| {
            if stop.load(Relaxed) {
                return Err(Error::interrupted());
            }
            count += rows.len() as u64;
            open += rows.iter().filter(|row| row.why == crate::link::Reason::Open).count() as u64;
            sink.put(rows)
        })?;
        sink.finish()?;
        Ok((count, open))
    };
    interruptible(py, work)?.map_err(|error: Error| PyErr::from(error))
}

fn read(sources: impl Iterator<Item = Result<Documents>>, stop: &AtomicBool) -> Result<Linked> {
    let mut linking = Linking::default();
    for documents in sources {
        for document in documents? {
            if stop.load(Relaxed) {
                return Err(Error::interrupted());
            }
            linking.written(&document?)?;
        }
    }
    settled(linking)
}

fn settled(linking: Linking) -> Result<Linked> {
    linking.settle(&Lexicon::new(&Own::default())?)
}

fn rows(mut linked: Linked) -> Result<Table> {
    let mut made = Table::new(table::Table::Links);
    linked.rows(|rows| {
        made.batches.push(links(rows)?);
        Ok(())
    })?;
    Ok(made)
}
