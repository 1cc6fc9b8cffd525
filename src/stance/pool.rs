//! Vectors of more than one attribution: what a source does with a target, and what a document does.

use super::{FEATURES, Stance};
use crate::attribution::Attribution;
use std::collections::BTreeMap;

/// A source and whom it speaks about, with the attributions in which it does, as indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The entity that speaks.
    pub source: u32,
    /// The entity that the contents are about.
    pub about: u32,
    /// The attributions, in text order.
    pub attributions: Vec<u32>,
}

/// All pairs of a source and a target that are known, in the order of their first attribution.
pub fn pairs(attributions: &[Attribution], stances: &[Stance]) -> Vec<Pair> {
    let mut places: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut found: Vec<Pair> = Vec::new();
    for (i, (attribution, stance)) in (0..).zip(attributions.iter().zip(stances)) {
        let (Some(source), Some(about)) = (attribution.source_entity, stance.about) else { continue };
        let place = *places.entry((source, about)).or_insert(found.len());
        if place == found.len() {
            found.push(Pair { source, about, attributions: Vec::new() });
        }
        found[place].attributions.push(i);
    }
    found
}

/// The mean of some rows of `vectors`; zeros where there are none.
pub fn mean(vectors: &[f32], rows: impl Iterator<Item = usize>) -> Vec<f32> {
    let width = FEATURES.len();
    let (mut sum, mut count) = (vec![0.0f64; width], 0u32);
    for row in rows.filter_map(|row| vectors.get(row * width..(row + 1) * width)) {
        sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += f64::from(*value));
        count += 1;
    }
    sum.into_iter().map(|sum| (sum / f64::from(count.max(1))) as f32).collect()
}
