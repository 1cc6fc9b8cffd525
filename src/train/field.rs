//! A linear-chain conditional random field in training: gradients of the log-likelihood, a step of its own for each
//! weight (Duchi, Hazan & Singer 2011).

use super::perceptron::Weights;
use crate::names::{OUTSIDE, may_follow};
use rustc_hash::FxHashMap;

/// Weights in training.
pub(super) struct Field {
    rows: FxHashMap<u32, u32>,
    hashes: Vec<u32>,
    weights: Vec<f32>,
    /// Of each weight the sum of its squared gradients.
    squares: Vec<f32>,
    /// Sum of the weights at the moments that were remembered.
    sums: Vec<f32>,
    times: f32,
    width: usize,
    pub(super) rate: f32,
}

impl Field {
    pub(super) fn new(width: usize, rate: f32) -> Self {
        Self {
            rows: FxHashMap::default(),
            hashes: Vec::new(),
            weights: Vec::new(),
            squares: Vec::new(),
            sums: Vec::new(),
            times: 0.0,
            width,
            rate,
        }
    }

    /// The rows of features, added where they are new.
    pub(super) fn rows(&mut self, features: &[u32]) -> Vec<u32> {
        let mut rows = Vec::with_capacity(features.len());
        for &hash in features {
            let next = self.hashes.len() as u32;
            let row = *self.rows.entry(hash).or_insert(next);
            if row == next {
                self.hashes.push(hash);
                self.weights.resize(self.hashes.len() * self.width, 0.0);
                self.squares.resize(self.hashes.len() * self.width, 1.0);
            }
            rows.push(row);
        }
        rows
    }

    fn row(&self, row: u32) -> &[f32] {
        &self.weights[row as usize * self.width..][..self.width]
    }

    fn step(&mut self, row: u32, label: usize, gradient: f32) {
        let at = row as usize * self.width + label;
        self.squares[at] += gradient * gradient;
        self.weights[at] += self.rate * gradient / self.squares[at].sqrt();
    }

    /// Learns from a run of words that stands between words outside: `rows` are the features of each, `steps` those of
    /// the label before, `right` the labels that are right, as bits.
    pub(super) fn learn(&mut self, rows: &[Vec<u32>], steps: &[u32], right: &[u16]) {
        let width = self.width;
        let mut scores = vec![0.0f32; rows.len() * width];
        for (scores, rows) in scores.chunks_exact_mut(width).zip(rows) {
            for row in rows {
                scores.iter_mut().zip(self.row(*row)).for_each(|(score, weight)| *score += weight);
            }
        }
        let chain: Vec<f32> = steps.iter().flat_map(|row| self.row(*row).to_vec()).collect();
        let free = Marginals::new(&scores, &chain, width, |_, _| true);
        let held = Marginals::new(&scores, &chain, width, |i, label| right[i] >> label & 1 == 1);
        // A name that the candidates cut in two cannot be told.
        let (Some(free), Some(held)) = (free, held) else { return };
        for (i, rows) in rows.iter().enumerate() {
            for label in 0..width {
                let gradient = held.single[i * width + label] - free.single[i * width + label];
                if gradient.abs() > 1e-4 {
                    for row in rows {
                        self.step(*row, label, gradient);
                    }
                }
            }
        }
        for (from, row) in steps.iter().enumerate() {
            for to in 0..width {
                let gradient = held.pairs[from * width + to] - free.pairs[from * width + to];
                if gradient.abs() > 1e-4 {
                    self.step(*row, to, gradient);
                }
            }
        }
    }

    /// Adds the weights as they are to the mean.
    pub(super) fn remember(&mut self) {
        self.sums.resize(self.weights.len(), 0.0);
        self.sums.iter_mut().zip(&self.weights).for_each(|(sum, weight)| *sum += weight);
        self.times += 1.0;
    }

    /// The mean of the weights remembered.
    pub(super) fn average(self) -> Weights {
        let Self { rows, hashes, mut sums, weights, times, width, .. } = self;
        sums.resize(weights.len(), 0.0);
        sums.iter_mut().for_each(|sum| *sum /= times.max(1.0));
        Weights::new(rows, hashes, sums, width)
    }
}

/// Probabilities of each label at each word, and of each pair summed over the words.
struct Marginals {
    single: Vec<f32>,
    pairs: Vec<f32>,
}

impl Marginals {
    /// Forward and backward in scaled probabilities; none where no sequence is allowed.
    fn new(
        scores: &[f32],
        chain: &[f32],
        width: usize,
        allowed: impl Fn(usize, usize) -> bool,
    ) -> Option<Self> {
        let count = scores.len() / width;
        let mut own = vec![0.0f32; scores.len()];
        for i in 0..count {
            let row = &scores[i * width..(i + 1) * width];
            let top = row.iter().copied().fold(f32::MIN, f32::max);
            for label in (0..width).filter(|label| allowed(i, *label)) {
                own[i * width + label] = (row[label] - top).exp().max(1e-12);
            }
        }
        let mut step = vec![0.0f32; width * width];
        for from in 0..width {
            for to in (0..width).filter(|to| may_follow(from, *to)) {
                step[from * width + to] = chain[from * width + to].exp();
            }
        }
        let mut forward = vec![0.0f32; scores.len()];
        for i in 0..count {
            for to in 0..width {
                let before = if i == 0 {
                    step[OUTSIDE * width + to]
                } else {
                    (0..width).map(|from| forward[(i - 1) * width + from] * step[from * width + to]).sum()
                };
                forward[i * width + to] = before * own[i * width + to];
            }
            let sum: f32 = forward[i * width..(i + 1) * width].iter().sum();
            if sum <= 0.0 || !sum.is_finite() {
                return None;
            }
            forward[i * width..(i + 1) * width].iter_mut().for_each(|f| *f /= sum);
        }
        let mut backward = vec![0.0f32; scores.len()];
        for label in 0..width {
            backward[(count - 1) * width + label] = step[label * width + OUTSIDE];
        }
        for i in (0..count - 1).rev() {
            for from in 0..width {
                backward[i * width + from] = (0..width)
                    .map(|to| {
                        step[from * width + to] * own[(i + 1) * width + to] * backward[(i + 1) * width + to]
                    })
                    .sum();
            }
            let sum: f32 = backward[i * width..(i + 1) * width].iter().sum();
            backward[i * width..(i + 1) * width].iter_mut().for_each(|b| *b /= sum.max(1e-30));
        }
        let mut single = vec![0.0f32; scores.len()];
        let mut pairs = vec![0.0f32; width * width];
        for i in 0..count {
            let range = i * width..(i + 1) * width;
            let sum: f32 = range.clone().map(|k| forward[k] * backward[k]).sum();
            if sum <= 0.0 || !sum.is_finite() {
                return None;
            }
            for k in range.clone() {
                single[k] = forward[k] * backward[k] / sum;
            }
            if i == 0 {
                for to in 0..width {
                    pairs[OUTSIDE * width + to] += single[to];
                }
                continue;
            }
            let joint = |from: usize, to: usize| {
                forward[(i - 1) * width + from]
                    * step[from * width + to]
                    * own[i * width + to]
                    * backward[i * width + to]
            };
            let mut sum = 0.0;
            for from in 0..width {
                for to in 0..width {
                    sum += joint(from, to);
                }
            }
            for from in 0..width {
                for to in 0..width {
                    pairs[from * width + to] += joint(from, to) / sum.max(1e-30);
                }
            }
        }
        for label in 0..width {
            pairs[label * width + OUTSIDE] += single[(count - 1) * width + label];
        }
        Some(Self { single, pairs })
    }
}
