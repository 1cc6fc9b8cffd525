//! The sample story, embedded.

use pyo3::prelude::*;

macro_rules! articles {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../data/demo/", $name, ".txt")))),+]
    };
}

/// Names and texts of the six articles of the sample story.
#[pyfunction]
pub(super) fn demo() -> Vec<(&'static str, &'static str)> {
    articles![
        "atlantic-ledger",
        "evening-packet",
        "harbour-herald",
        "northline",
        "radio-mell",
        "stavenport-courier",
    ]
    .to_vec()
}
