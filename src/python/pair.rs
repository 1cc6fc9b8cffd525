//! The class `Pair`: a source and whom it speaks about.

use super::attribution::Attribution;
use super::document::Document;
use super::held::Held;
use crate::stance;
use numpy::PyArray1;
use pyo3::prelude::*;
use std::sync::Arc;

/// A source with whom it speaks about, in one document: both are known entities.
#[pyclass(frozen, module = "sayso")]
pub(super) struct Pair {
    held: Arc<Held>,
    pair: stance::Pair,
}

impl Pair {
    pub(super) fn all(held: &Arc<Held>) -> Vec<Self> {
        held.doc.pairs().into_iter().map(|pair| Self { held: Arc::clone(held), pair }).collect()
    }

    fn entity(&self, index: u32) -> (&str, &str) {
        let entity = self.held.doc.entities.get(index as usize);
        entity.map_or(("", ""), |entity| (&entity.name, &entity.id))
    }
}

#[pymethods]
impl Pair {
    /// The canonical name of who speaks.
    #[getter]
    fn source(&self) -> &str {
        self.entity(self.pair.source).0
    }

    /// The id of who speaks.
    #[getter]
    fn source_id(&self) -> &str {
        self.entity(self.pair.source).1
    }

    /// The canonical name of whom it speaks about.
    #[getter]
    fn about(&self) -> &str {
        self.entity(self.pair.about).0
    }

    /// The id of whom it speaks about.
    #[getter]
    fn about_id(&self) -> &str {
        self.entity(self.pair.about).1
    }

    /// The attributions in which it does, in text order.
    #[getter]
    fn attributions(&self) -> Vec<Attribution> {
        self.pair.attributions.iter().map(|i| Attribution::at(&self.held, *i as usize)).collect()
    }

    /// The mean of their stance vectors: float32, one number for each of `sayso.FEATURES`.
    #[getter]
    fn vector<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray1<f32>>> {
        Ok(PyArray1::from_vec(py, self.held.doc.pair_vector(&self.pair)?))
    }

    /// The document it stands in.
    #[getter]
    fn document(&self) -> Document {
        Document(Arc::clone(&self.held))
    }

    fn __repr__(&self) -> String {
        format!("<{} | {} | {}>", self.source(), self.about(), self.pair.attributions.len())
    }
}
