//! The closed sets of labels, the dimensions of the stance vectors, and the versions.

use super::held::word;
use crate::clean::BlockKind;
use crate::labels::{Act, Factuality, Kind, Label, SourceKind, Stance, Via};
use crate::stance;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// A dimension of the stance vectors.
#[pyclass(frozen, get_all, eq, module = "sayso")]
#[derive(PartialEq)]
pub(super) struct Feature {
    /// Its name.
    name: &'static str,
    /// What it says.
    meaning: &'static str,
    /// Its least value.
    low: f32,
    /// Its greatest value.
    high: f32,
}

#[pymethods]
impl Feature {
    fn __repr__(&self) -> String {
        format!("<{} [{}, {}]: {}>", self.name, self.low, self.high, self.meaning)
    }
}

/// Adds the constants to the module.
pub(super) fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    let features = stance::FEATURES.iter().map(|feature| {
        let stance::Feature { name, meaning, low, high, .. } = *feature;
        Feature { name, meaning, low, high }
    });
    module.add("LAYOUT", stance::LAYOUT)?;
    module.add("FEATURES", PyTuple::new(py, features.collect::<Vec<_>>())?)?;
    let words = |name: &str, labels: Vec<&'static str>| module.add(name, PyTuple::new(py, labels)?);
    words("ACTS", Act::ALL.iter().map(|label| label.name()).collect())?;
    words("FACTUALITIES", Factuality::ALL.iter().map(|label| label.name()).collect())?;
    words("SOURCE_KINDS", SourceKind::ALL.iter().map(|label| label.name()).collect())?;
    words("STANCES", Stance::ALL.iter().map(|label| label.name()).collect())?;
    words("LABELS", Label::ALL.iter().map(|label| label.name()).collect())?;
    words("KINDS", Kind::ALL.iter().map(|label| label.name()).collect())?;
    let blocks = [
        BlockKind::Title,
        BlockKind::Caption,
        BlockKind::Body,
        BlockKind::Teaser,
        BlockKind::Form,
        BlockKind::Credit,
        BlockKind::Dateline,
        BlockKind::Boilerplate,
    ];
    module.add("BLOCK_KINDS", PyTuple::new(py, blocks.iter().map(word))?)?;
    words("VIAS", Via::ALL.iter().map(|label| label.name()).collect())
}

/// The version of sayso and a checksum (CRC-32) of each of its lexicon and gazetteer files.
#[pyfunction]
pub(super) fn versions() -> Vec<(&'static str, String)> {
    let sum = |text: &str| {
        let mut sum = flate2::Crc::new();
        sum.update(text.as_bytes());
        format!("{:08x}", sum.sum())
    };
    let files = crate::lexicon::FILES.iter().map(|(name, text)| (*name, sum(text)));
    std::iter::once(("sayso", env!("CARGO_PKG_VERSION").to_owned())).chain(files).collect()
}
