//! Acts and factualities as a network learns them.

use super::gold::Chances;
use crate::labels::{Act, Factuality};
use crate::model::share_out;
use crate::stance::rules::Reading;
use crate::stance::{ACTS, LABELS};
use crate::train::network;

/// An attribution to learn from.
pub(super) struct Example {
    pub(super) features: Vec<u32>,
    /// What the rules read.
    pub(super) reading: Reading,
    pub(super) act: Act,
    pub(super) factuality: Factuality,
    /// What is learnt: how likely each is.
    pub(super) chances: Chances,
}

impl network::Example<LABELS> for Example {
    fn features(&self) -> &[u32] {
        &self.features
    }

    fn weight(&self) -> f32 {
        1.0
    }

    fn slopes(&self, scores: &[f32; LABELS]) -> [f32; LABELS] {
        let mut slopes = *scores;
        let (acts, factualities) = slopes.split_at_mut(ACTS);
        share_out(acts);
        share_out(factualities);
        slopes.iter_mut().zip(self.chances).for_each(|(slope, chance)| *slope -= chance);
        slopes
    }
}
