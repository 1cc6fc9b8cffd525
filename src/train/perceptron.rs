//! An averaged perceptron with a margin and dropout, over hashed features.

use crate::model::Rows;
use rustc_hash::FxHashMap;

/// Weights in training.
pub(super) struct Perceptron {
    rows: FxHashMap<u32, u32>,
    /// The hash of every row, in the order in which they were first seen.
    hashes: Vec<u32>,
    weights: Vec<f32>,
    /// Of each weight the sum of its changes, each times the moment of the change: what averaging needs.
    sums: Vec<f64>,
    width: usize,
    clock: f64,
}

/// No such row.
const NONE: u32 = u32::MAX;

impl Perceptron {
    pub(super) fn new(width: usize) -> Self {
        Self {
            rows: FxHashMap::default(),
            hashes: Vec::new(),
            weights: Vec::new(),
            sums: Vec::new(),
            width,
            clock: 1.0,
        }
    }

    /// The rows of features, added where they are new.
    pub(super) fn rows(&mut self, features: &[u32], rows: &mut Vec<u32>) {
        rows.clear();
        for &hash in features {
            let next = self.hashes.len() as u32;
            let row = *self.rows.entry(hash).or_insert(next);
            if row == next {
                self.hashes.push(hash);
                self.weights.resize(self.hashes.len() * self.width, 0.0);
                self.sums.resize(self.hashes.len() * self.width, 0.0);
            }
            rows.push(row);
        }
    }

    /// The rows of features as far as they are there.
    pub(super) fn known(&self, features: &[u32], rows: &mut Vec<u32>) {
        rows.clear();
        rows.extend(features.iter().map(|hash| self.rows.get(hash).copied().unwrap_or(NONE)));
    }

    pub(super) fn scores(&self, rows: &[u32], scores: &mut [f32]) {
        scores.fill(0.0);
        for row in rows.iter().filter(|row| **row != NONE) {
            let start = *row as usize * self.width;
            for (score, weight) in scores.iter_mut().zip(&self.weights[start..start + self.width]) {
                *score += weight;
            }
        }
    }

    pub(super) fn change(&mut self, rows: &[u32], label: usize, by: f32) {
        for row in rows {
            let at = *row as usize * self.width + label;
            self.weights[at] += by;
            self.sums[at] += self.clock * f64::from(by);
        }
    }

    /// One decision is over.
    pub(super) fn tick(&mut self) {
        self.clock += 1.0;
    }

    /// Learns from one decision: the right label has to lead every other by one. Returns the label that leads.
    pub(super) fn learn(&mut self, rows: &[u32], scores: &mut [f32], right: usize) -> usize {
        self.scores(rows, scores);
        let rival = best(scores, |label| label != right).unwrap_or(right);
        let wrong = scores[rival] > scores[right];
        if rival != right && scores[right] - scores[rival] < 1.0 {
            self.change(rows, right, 1.0);
            self.change(rows, rival, -1.0);
        }
        self.tick();
        if wrong { rival } else { right }
    }

    /// The mean of the weights over all decisions so far.
    pub(super) fn average(self) -> Weights {
        let Self { rows, hashes, mut weights, sums, width, clock } = self;
        for (weight, sum) in weights.iter_mut().zip(&sums) {
            *weight -= (sum / clock) as f32;
        }
        Weights { rows, hashes, weights, width }
    }
}

/// The label with the highest score among those that are allowed; of equal ones the first.
pub(super) fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best = None;
    for (label, score) in scores.iter().enumerate().filter(|(label, _)| allowed(*label)) {
        if best.is_none_or(|b: usize| *score > scores[b]) {
            best = Some(label);
        }
    }
    best
}

/// Weights after training.
pub(super) struct Weights {
    rows: FxHashMap<u32, u32>,
    hashes: Vec<u32>,
    weights: Vec<f32>,
    width: usize,
}

impl Weights {
    /// Of the rows by hash, the hash of each row, and the weights, `width` a row.
    pub(super) fn new(rows: FxHashMap<u32, u32>, hashes: Vec<u32>, weights: Vec<f32>, width: usize) -> Self {
        Self { rows, hashes, weights, width }
    }

    /// Adds the weights of another run: the mean of several runs errs less than each.
    pub(super) fn merge(&mut self, other: &Weights) {
        for (hash, row) in other.hashes.iter().zip(other.weights.chunks_exact(self.width)) {
            let next = self.hashes.len() as u32;
            let at = *self.rows.entry(*hash).or_insert(next);
            if at == next {
                self.hashes.push(*hash);
                self.weights.extend_from_slice(row);
            } else {
                let start = at as usize * self.width;
                for (weight, more) in self.weights[start..].iter_mut().zip(row) {
                    *weight += more;
                }
            }
        }
    }

    /// The `keep` rows with the largest weights as integers up to `limit` in rows of `width`. All but `clip` of the weights
    /// keep their proportion; the few largest are cut to it.
    pub(super) fn rows(&self, keep: usize, width: usize, limit: i16, clip: f64) -> Rows {
        self.scaled_rows(keep, width, limit, clip).0
    }

    /// The same, with what an integer weight of 1 counts.
    pub(super) fn scaled_rows(&self, keep: usize, width: usize, limit: i16, clip: f64) -> (Rows, f32) {
        let row = |i: usize| &self.weights[i * self.width..(i + 1) * self.width];
        let mut order: Vec<(f32, usize)> = (0..self.hashes.len())
            .map(|i| (row(i).iter().map(|w| w * w).sum::<f32>(), i))
            .filter(|(size, _)| *size > 0.0)
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.truncate(keep);
        let mut sizes: Vec<f32> =
            order.iter().flat_map(|(_, i)| row(*i)).map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let top =
            sizes.get(((sizes.len() as f64 * (1.0 - clip)) as usize).min(sizes.len().saturating_sub(1)));
        let limit = f32::from(limit);
        let scale = limit / top.copied().unwrap_or(1.0);
        let integers = |i: usize| {
            let mut cells = vec![0; width];
            for (cell, weight) in cells.iter_mut().zip(row(i)) {
                *cell = (weight * scale).round().clamp(-limit, limit) as i16;
            }
            cells
        };
        let kept = order.iter().map(|(_, i)| (self.hashes[*i], integers(*i)));
        (Rows::new(width, kept.filter(|(_, cells)| cells.iter().any(|c| *c != 0)).collect()), 1.0 / scale)
    }
}
