//! The stance vectors of a document as a NumPy array over its own memory.

use super::document::Document;
use numpy::{PyArray2, PyArrayMethods};
use pyo3::prelude::*;

/// A read-only view of the vectors, one row for each attribution; it keeps the document alive.
#[allow(unsafe_code)]
pub(super) fn view<'py>(document: &Bound<'py, Document>) -> PyResult<Bound<'py, PyArray2<f32>>> {
    let view = crate::stance::rows(document.get().0.doc.whole_vectors()?);
    // SAFETY: the vectors sit behind an `Arc` that the frozen Python object holds for as long as it
    // lives, nothing changes or moves them, and the object becomes the base of the array.
    let array = unsafe { PyArray2::borrow_from_array(&view, document.clone().into_any()) };
    array.readwrite().make_nonwriteable();
    Ok(array)
}
