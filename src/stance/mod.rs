//! Stance: what a source does with a content, how sure it is, and whom it blames or clears.

mod about;
mod act;
mod features;
mod matrix;

pub use crate::labels::{Act, Factuality};
pub use features::{FEATURES, Feature};
pub use matrix::{Rows, rows};

use crate::attribution::{Attribution, Layers, Sense};
use crate::entity::Entities;
use crate::tag::TermAt;
use serde::{Deserialize, Serialize};

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

/// The stance of every attribution, and one row of [`FEATURES`] for each, one after the other.
///
/// `terms` are all hedges, boosters and negators of the text, in order.
pub fn find(
    layers: Layers<'_>,
    terms: &[TermAt],
    attributions: &[(Attribution, Sense)],
    entities: &mut Entities,
) -> (Vec<Stance>, Vec<f32>) {
    let mut stances: Vec<Stance> = Vec::with_capacity(attributions.len());
    let mut vectors = Vec::with_capacity(attributions.len() * FEATURES.len());
    for (attribution, sense) in attributions {
        let reading = act::read(layers, terms, sense);
        let about = about::find(layers, attribution, sense, &reading, entities);
        let stance = Stance { act: reading.act, factuality: reading.factuality, about };
        let depth = depth(attributions, attribution);
        features::push(&mut vectors, layers, terms, attribution, sense, &stance, depth);
        stances.push(stance);
    }
    (stances, vectors)
}

/// How many attributions this one stands in.
fn depth(attributions: &[(Attribution, Sense)], attribution: &Attribution) -> usize {
    let mut depth = 0;
    let mut parent = attribution.parent;
    while let Some(p) = parent {
        depth += 1;
        // A parent stands before its children, so this ends.
        parent = attributions.get(p as usize).and_then(|(a, _)| a.parent).filter(|&q| q < p);
    }
    depth
}
