//! Stance vectors as a matrix.

use super::FEATURES;
use ndarray::ArrayView2;

/// One row an attribution, one column a feature.
pub type Rows<'a> = ArrayView2<'a, f32>;

/// The vectors of a document as a matrix, without a copy.
pub fn rows(vectors: &[f32]) -> Rows<'_> {
    let width = FEATURES.len();
    let whole = &vectors[..vectors.len() / width * width];
    // The shape always fits: `whole` was cut to it.
    ArrayView2::from_shape((whole.len() / width, width), whole)
        .unwrap_or_else(|_| ndarray::aview2(&[[0.0; 0]; 0]))
}
