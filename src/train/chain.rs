//! A linear-chain conditional random field over places in training: gradients of the log-likelihood, a step of its own
//! for each weight (Duchi, Hazan & Singer 2011), dropout of features, a penalty on squares.

use super::perceptron::Weights;
use super::random::Random;
use crate::attribution::learned::chain::{Chain, Scores, Steps};
use crate::attribution::learned::roles::{LABELS, OUTSIDE, PLACES};
use crate::attribution::learned::{StageModel, WIDTH};
use rustc_hash::FxHashMap;

/// A sequence to learn from.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    /// Feature rows of all tokens, one token after the other.
    pub(super) rows: Vec<u32>,
    /// Where the rows of each token begin, and the end.
    pub(super) starts: Vec<u32>,
    pub(super) places: Vec<u8>,
    /// The right labels.
    pub(super) gold: Vec<u8>,
    /// How much the sequence counts.
    pub(super) weight: f32,
}

/// How a field is trained.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) passes: usize,
    /// Length of a step in the first pass; it falls to a third.
    pub(super) rate: f32,
    /// Share of the features that are left out.
    pub(super) dropout: f32,
    /// Penalty on the square of a weight, over the number of times that its feature occurs.
    pub(super) penalty: f32,
    /// Features that occur less often are left out.
    pub(super) least: u32,
    pub(super) seed: u64,
}

/// Features by hash, with how often they occur.
#[derive(Debug, Default)]
pub(super) struct Index {
    rows: FxHashMap<u32, u32>,
    hashes: Vec<u32>,
    counts: Vec<u32>,
}

impl Index {
    /// Of all features that occur at least `least` times, by falling frequency, so that those that are met together
    /// stand together.
    pub(super) fn new(counts: FxHashMap<u32, u32>, least: u32) -> Self {
        let mut order: Vec<(u32, u32)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
        order.sort_unstable_by_key(|(hash, count)| (std::cmp::Reverse(*count), *hash));
        let rows = order.iter().zip(0..).map(|((hash, _), row)| (*hash, row)).collect();
        Self {
            rows,
            hashes: order.iter().map(|(hash, _)| *hash).collect(),
            counts: order.iter().map(|(_, count)| *count).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    pub(super) fn row(&self, hash: u32) -> Option<u32> {
        self.rows.get(&hash).copied()
    }
}

/// What was learnt: the weights of the features, `LABELS` a row, and those of the steps.
#[derive(Debug)]
pub(super) struct Trained {
    weights: Vec<f32>,
    steps: Vec<f32>,
}

impl Trained {
    /// The mean of several runs, which errs less than each.
    pub(super) fn mean(runs: Vec<Trained>) -> Trained {
        let count = runs.len().max(1) as f32;
        let sum = |of: fn(&Trained) -> &Vec<f32>| {
            let mut sums = vec![0.0; runs.first().map_or(0, |run| of(run).len())];
            for run in &runs {
                sums.iter_mut().zip(of(run)).for_each(|(sum, weight)| *sum += weight / count);
            }
            sums
        };
        Trained { weights: sum(|run| &run.weights), steps: sum(|run| &run.steps) }
    }

    /// As a model file stores it, with the `keep` rows whose weights are the largest.
    pub(super) fn stage(&self, index: &Index, keep: usize) -> StageModel {
        let weights = Weights::new(index.rows.clone(), index.hashes.clone(), self.weights.clone(), LABELS);
        let (rows, scale) = weights.scaled_rows(keep, WIDTH, 127, 0.001);
        StageModel { rows, scale, steps: self.steps.clone() }
    }

    /// The probabilities of the labels of a sequence, a row a token.
    pub(super) fn shares(&self, sequence: &Sequence) -> Vec<Scores> {
        let count = sequence.gold.len();
        let mut scores = vec![[0.0; LABELS]; count];
        for (i, score) in scores.iter_mut().enumerate() {
            for row in &sequence.rows[sequence.starts[i] as usize..sequence.starts[i + 1] as usize] {
                let weights = &self.weights[*row as usize * LABELS..][..LABELS];
                score.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
            }
        }
        let steps = Steps::new(&self.steps);
        let mut chain = Chain::default();
        chain.read(&scores);
        chain.forward(&sequence.places, &steps, |_| true);
        chain.backward(&sequence.places, &steps);
        (0..count).map(|i| chain.at(i)).collect()
    }
}

/// Features in a row, padded so that a row is a line of the cache with its steps.
const ROW: usize = 8;

/// Weights in training.
pub(super) struct Learner {
    weights: Vec<f32>,
    /// Of each weight the sum of its squared gradients.
    squares: Vec<f32>,
    sums: Vec<f32>,
    steps: Vec<f32>,
    step_squares: Vec<f32>,
    step_sums: Vec<f32>,
}

impl Learner {
    /// Learns from sequences.
    pub(super) fn train(index: &Index, sequences: &[&Sequence], settings: &Settings) -> Trained {
        let (features, steps) = (index.hashes.len() * ROW, PLACES * LABELS * LABELS);
        let mut learner = Self {
            weights: vec![0.0; features],
            squares: vec![1.0; features],
            sums: vec![0.0; features],
            steps: vec![0.0; steps],
            step_squares: vec![1.0; steps],
            step_sums: vec![0.0; steps],
        };
        let penalties: Vec<f32> = index.counts.iter().map(|count| settings.penalty / *count as f32).collect();
        let mut random = Random::new(settings.seed);
        let mut order: Vec<usize> = (0..sequences.len()).collect();
        let (mut chain, mut kept) = (Chain::default(), Vec::new());
        let total = (settings.passes * sequences.len()).max(1) as f32;
        let mut done = 0.0;
        for pass in 0..settings.passes {
            random.shuffle(&mut order);
            for s in &order {
                let rate = settings.rate * (1.0 - 2.0 / 3.0 * done / total);
                learner.learn(
                    sequences[*s],
                    rate,
                    settings.dropout,
                    &penalties,
                    &mut random,
                    &mut chain,
                    &mut kept,
                );
                done += 1.0;
            }
            if pass > 0 || settings.passes == 1 {
                learner.sums.iter_mut().zip(&learner.weights).for_each(|(sum, weight)| *sum += weight);
                learner.step_sums.iter_mut().zip(&learner.steps).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let times = settings.passes.saturating_sub(1).max(1) as f32;
        let mean: Vec<f32> = learner
            .sums
            .chunks_exact(ROW)
            .flat_map(|row| row[..LABELS].iter().map(|sum| sum / times).collect::<Vec<_>>())
            .collect();
        let steps = learner.step_sums.iter().map(|sum| sum / times).collect();
        Trained { weights: mean, steps }
    }

    #[allow(clippy::too_many_arguments)]
    fn learn(
        &mut self,
        sequence: &Sequence,
        rate: f32,
        dropout: f32,
        penalties: &[f32],
        random: &mut Random,
        chain: &mut Chain,
        kept: &mut Vec<(u32, u32)>,
    ) {
        let Sequence { rows, starts, places, gold, weight } = sequence;
        let count = gold.len();
        kept.clear();
        let mut scores: Vec<Scores> = vec![[0.0; LABELS]; count];
        let threshold = (dropout * 256.0) as u64;
        for (i, score) in scores.iter_mut().enumerate() {
            let (mut chance, mut left) = (0, 0);
            for row in &rows[starts[i] as usize..starts[i + 1] as usize] {
                if left == 0 {
                    (chance, left) = (random.next(), 7);
                }
                let drop = chance & 0xFF < threshold;
                chance >>= 8;
                left -= 1;
                if drop {
                    continue;
                }
                kept.push((i as u32, *row));
                let weights = &self.weights[*row as usize * ROW..][..ROW];
                for label in 0..LABELS {
                    score[label] += weights[label];
                }
            }
        }
        let steps = Steps::new(&self.steps);
        chain.read(&scores);
        chain.forward(places, &steps, |_| true);
        chain.backward(places, &steps);
        let mut gradients: Vec<[f32; ROW]> = Vec::with_capacity(count);
        for (i, right) in gold.iter().enumerate() {
            let mut gradient = [0.0; ROW];
            for (label, (gradient, share)) in gradient.iter_mut().zip(chain.at(i)).enumerate() {
                let right = if usize::from(*right) == label { 1.0 } else { 0.0 };
                *gradient = (right - share) * weight;
            }
            gradients.push(gradient);
        }
        for &(i, row) in kept.iter() {
            let gradient = &gradients[i as usize];
            if gradient.iter().all(|g| g.abs() < 1e-3) {
                continue;
            }
            let penalty = penalties[row as usize];
            let start = row as usize * ROW;
            let weights = &mut self.weights[start..start + ROW];
            let squares = &mut self.squares[start..start + ROW];
            for k in 0..ROW {
                let g = gradient[k] - penalty * weights[k];
                squares[k] += g * g;
                weights[k] += rate * g / squares[k].sqrt();
            }
        }
        self.learn_steps(sequence, rate, chain, &steps);
    }

    fn learn_steps(&mut self, sequence: &Sequence, rate: f32, chain: &Chain, steps: &Steps) {
        let Sequence { places, gold, weight, .. } = sequence;
        let mut gradients = vec![0.0f32; self.steps.len()];
        for i in 0..gold.len() {
            let factors = steps.factors(places[i]);
            let base = usize::from(places[i]) * LABELS * LABELS;
            let mut joint = [0.0; LABELS * LABELS];
            let mut sum = 0.0;
            for from in 0..LABELS {
                let before = match i {
                    0 if from == OUTSIDE => 1.0,
                    0 => 0.0,
                    _ => chain.forward[i - 1][from],
                };
                for to in 0..LABELS {
                    let p = before * factors[from][to] * chain.own[i][to] * chain.backward[i][to];
                    joint[from * LABELS + to] = p;
                    sum += p;
                }
            }
            for (k, p) in joint.iter().enumerate() {
                gradients[base + k] -= p / sum.max(1e-30) * weight;
            }
            let from = if i == 0 { OUTSIDE } else { usize::from(gold[i - 1]) };
            gradients[base + from * LABELS + usize::from(gold[i])] += weight;
        }
        for (k, g) in gradients.iter().enumerate().filter(|(_, g)| g.abs() > 1e-6) {
            self.step_squares[k] += g * g;
            self.steps[k] += rate * g / self.step_squares[k].sqrt();
        }
    }
}
