//! Log-linear models over hashed features: is the text about the claim, and if so, how does it stand towards it?

use super::features::Row;
use super::overlap::Rarity;
use serde::{Deserialize, Serialize};

/// Weights of one question; features are hashed into as many places. Stored as bytes, which one factor scales.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Weights {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    scale: f32,
    bias: f32,
}

impl Weights {
    /// Rounds weights to bytes.
    #[cfg(feature = "train")]
    pub(crate) fn new(weights: &[f64], bias: f64) -> Self {
        let most = weights.iter().fold(0.0f64, |most, weight| most.max(weight.abs()));
        let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
        let bytes = weights.iter().map(|weight| (weight / scale).round() as i8 as u8).collect();
        Self { bytes, scale: scale as f32, bias: bias as f32 }
    }

    /// The probability of a yes.
    pub(crate) fn probability(&self, row: &Row) -> f64 {
        let sum: i64 = row.iter().map(|(at, value)| i64::from(self.bytes[at] as i8) * i64::from(value)).sum();
        let score = f64::from(self.bias) + f64::from(self.scale) * sum as f64 / 8.0;
        1.0 / (1.0 + (-score).exp())
    }
}

/// A model as its file stores it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct StanceModel {
    /// How rare words are.
    pub rarity: Rarity,
    /// Whether the text is about the claim.
    pub related: Weights,
    /// Whether it agrees, disagrees, discusses.
    pub stances: [Weights; 3],
    /// What the three count: rare stances more, so that they are found too.
    pub factors: [f32; 3],
}

impl StanceModel {
    /// Whether the parts fit each other.
    pub(super) fn is_sound(&self) -> bool {
        let dimensions = self.dimensions();
        let fits = |weights: &Weights| {
            weights.bytes.len() == dimensions && weights.scale.is_finite() && weights.bias.is_finite()
        };
        let factor = |factor: &f32| factor.is_finite() && *factor > 0.0;
        dimensions.is_power_of_two()
            && fits(&self.related)
            && self.stances.iter().all(fits)
            && self.factors.iter().all(factor)
            && self.rarity.words.is_sorted_by_key(|(lemma, _)| *lemma)
    }

    /// Places that features are hashed into.
    pub(super) fn dimensions(&self) -> usize {
        self.related.bytes.len()
    }

    /// What speaks for agree, disagree, discuss and unrelated; together 1.
    pub(crate) fn scores(&self, about: &Row, stance: &Row) -> [f64; 4] {
        weighed(self.raw(about, stance), self.factors)
    }

    /// The same before the factors.
    pub(crate) fn raw(&self, about: &Row, stance: &Row) -> [f64; 4] {
        let related = self.related.probability(about);
        let [a, d, o] = self.stances.each_ref().map(|weights| weights.probability(stance));
        let sum = a + d + o;
        [related * a / sum, related * d / sum, related * o / sum, 1.0 - related]
    }
}

/// Scores with the first three multiplied by their factors, together 1.
pub(crate) fn weighed(mut scores: [f64; 4], factors: [f32; 3]) -> [f64; 4] {
    scores.iter_mut().zip(factors).for_each(|(score, factor)| *score *= f64::from(factor));
    let sum: f64 = scores.iter().sum();
    scores.map(|score| score / sum)
}
