//! Choices among rows of hashed features: the likeliest weights, by gradients (AdaGrad, Duchi et al. 2011).

use super::random::Random;

/// A choice with its answer, however it holds its rows.
pub(super) trait Answered {
    /// The features of each thing that may be chosen.
    fn rows(&self) -> impl Iterator<Item = &[u16]>;
    /// Which of them are right.
    fn right(&self) -> &[bool];
    fn weight(&self) -> f32;
}

/// A choice with its answer: the features of each thing that may be chosen; which of them are right.
pub(super) struct Choice {
    pub(super) rows: Vec<Vec<u16>>,
    pub(super) right: Vec<bool>,
    pub(super) weight: f32,
}

impl Answered for Choice {
    fn rows(&self) -> impl Iterator<Item = &[u16]> {
        self.rows.iter().map(Vec::as_slice)
    }

    fn right(&self) -> &[bool] {
        &self.right
    }

    fn weight(&self) -> f32 {
        self.weight
    }
}

/// How weights are learnt.
pub(super) struct Settings {
    pub(super) passes: usize,
    pub(super) rate: f32,
    /// Pulls weights to 0 at every step.
    pub(super) decay: f32,
    pub(super) seed: u64,
}

/// The weights of a model with as many `dimensions`.
pub(super) fn learn(choices: &[impl Answered], dimensions: usize, settings: &Settings) -> Vec<f32> {
    let (mut weights, mut squares) = (vec![0.0f32; dimensions], vec![1e-6f32; dimensions]);
    let mut random = Random::new(settings.seed);
    let mut order: Vec<usize> = (0..choices.len()).collect();
    for _ in 0..settings.passes {
        random.shuffle(&mut order);
        for &i in &order {
            let choice = &choices[i];
            for (row, slope) in choice.rows().zip(slopes(choice, &weights)) {
                for &at in row {
                    let at = usize::from(at);
                    let slope = slope * choice.weight() - settings.decay * weights[at];
                    squares[at] += slope * slope;
                    weights[at] += settings.rate * slope / squares[at].sqrt();
                }
            }
        }
    }
    weights
}

/// How the logarithm of the probability of what is right grows with the score of each row.
fn slopes(choice: &impl Answered, weights: &[f32]) -> Vec<f32> {
    let scores: Vec<f32> =
        choice.rows().map(|row| row.iter().map(|at| weights[usize::from(*at)]).sum()).collect();
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let shares: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let all: f32 = shares.iter().sum();
    let good: f32 =
        shares.iter().zip(choice.right()).filter(|(_, right)| **right).map(|(share, _)| share).sum();
    let slope = |(share, right): (&f32, &bool)| if *right { share / good } else { 0.0 } - share / all;
    shares.iter().zip(choice.right()).map(slope).collect()
}
