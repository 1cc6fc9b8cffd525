//! Features as a row of hashed places with small weights (Weinberger et al. 2009).

use crate::model::feature;

/// The features of one pair: each place once, in order, with its value in eighths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    places: Vec<(u32, u8)>,
}

/// A feature that is there or not.
pub(super) const ONE: u8 = 8;
/// One of many that tell the same.
pub(super) const SOME: u8 = 6;
/// One of very many.
pub(super) const LITTLE: u8 = 4;

impl Row {
    pub(super) fn clear(&mut self) {
        self.places.clear();
    }

    /// Notes that the feature `template` has the value `value`.
    #[inline]
    pub(super) fn add(&mut self, template: u32, value: u32, weight: u8) {
        self.places.push((feature(template, value), weight));
    }

    /// Notes every threshold of `steps` that `amount` reaches.
    pub(super) fn reach(&mut self, template: u32, amount: u32, steps: &[u32], weight: u8) {
        for step in steps.iter().filter(|step| amount >= **step) {
            self.add(template, *step, weight);
        }
    }

    /// Notes how many of `of` equal parts of the whole a share fills.
    pub(super) fn fill(&mut self, template: u32, part: u32, whole: u32, of: u32, weight: u8) {
        let full = (of * part).checked_div(whole).unwrap_or(0);
        (1..=full.min(of)).for_each(|step| self.add(template, step, weight));
    }

    /// Folds the hashes to `dimensions` places, a power of two; of what falls together the first counts.
    pub(super) fn settle(&mut self, dimensions: usize) {
        let mask = dimensions as u32 - 1;
        self.places.iter_mut().for_each(|(at, _)| *at &= mask);
        self.places.sort_by_key(|(at, _)| *at);
        self.places.dedup_by_key(|(at, _)| *at);
    }

    /// The places with their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, i32)> + '_ {
        self.places.iter().map(|(at, weight)| (*at as usize, i32::from(*weight)))
    }
}
