//! Stance: what a source does with a content, and how sure it is.

use serde::{Deserialize, Serialize};

pub use crate::labels::{Act, Factuality};

/// Act, factuality and target of one attribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// What the source does with the content.
    pub act: Act,
    /// What the source commits to.
    pub factuality: Factuality,
    /// Index of the entity that the content blames or clears.
    pub about: Option<u32>,
}

/// Number of dimensions of a stance vector.
pub const WIDTH: usize = 4;
