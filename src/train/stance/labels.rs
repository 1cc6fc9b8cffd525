//! The likeliest weights of acts and factualities, by gradients with a step of its own for each weight (AdaGrad, Duchi et al.
//! 2011); the answer may be a distribution, as a teacher gives it.

use super::Settings;
use crate::labels::{Act, Factuality};
use crate::model::Rows;
use crate::stance::rules::Reading;
use crate::stance::{LABELS, SCALE, WIDTH, shares};
use crate::train::random::Random;
use rustc_hash::FxHashMap;

const ACTS: usize = Act::ALL.len();

/// An attribution to learn from.
pub(super) struct Example {
    pub(super) features: Vec<u32>,
    /// What the rules read.
    pub(super) reading: Reading,
    pub(super) acts: [f32; ACTS],
    pub(super) factualities: [f32; Factuality::ALL.len()],
    pub(super) weight: f32,
}

/// The weights of features that occur often enough.
pub(super) fn learn(examples: &[&Example], settings: &Settings) -> Rows {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for hash in examples.iter().flat_map(|example| &example.features) {
        *counts.entry(*hash).or_default() += 1;
    }
    let mut hashes: Vec<u32> =
        counts.into_iter().filter(|(_, count)| *count >= settings.least).map(|(hash, _)| hash).collect();
    hashes.sort_unstable();
    let index: FxHashMap<u32, usize> = hashes.iter().zip(0..).map(|(hash, i)| (*hash, i)).collect();
    let features: Vec<Vec<usize>> = examples
        .iter()
        .map(|example| example.features.iter().filter_map(|hash| index.get(hash).copied()).collect())
        .collect();
    let mut weights = vec![[0.0f32; LABELS]; hashes.len()];
    let mut squares = vec![[1e-3f32; LABELS]; hashes.len()];
    let mut random = Random::new(settings.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for pass in 0..settings.passes {
        let rate = settings.rate / (1.0 + pass as f32 * 0.2);
        random.shuffle(&mut order);
        for &i in &order {
            let mut scores = [0.0f32; LABELS];
            for &f in &features[i] {
                scores.iter_mut().zip(&weights[f]).for_each(|(score, weight)| *score += weight);
            }
            let example = examples[i];
            let wanted = example.acts.iter().chain(&example.factualities);
            let given = [shares(&scores[..ACTS]), shares(&scores[ACTS..])].concat();
            let slopes: Vec<f32> =
                wanted.zip(&given).map(|(wanted, given)| (wanted - given) * example.weight).collect();
            for &f in &features[i] {
                for ((weight, square), slope) in weights[f].iter_mut().zip(&mut squares[f]).zip(&slopes) {
                    let slope = slope - settings.decay * *weight;
                    *square += slope * slope;
                    *weight += rate * slope / square.sqrt();
                }
            }
        }
    }
    let stored = |row: &[f32; LABELS]| {
        let mut stored = vec![0i16; WIDTH];
        stored.iter_mut().zip(row).for_each(|(to, weight)| *to = (weight * SCALE).round() as i16);
        stored
    };
    let rows = hashes.into_iter().zip(&weights).map(|(hash, row)| (hash, stored(row)));
    Rows::new(WIDTH, rows.filter(|(_, row)| row.iter().any(|weight| *weight != 0)).collect())
}
