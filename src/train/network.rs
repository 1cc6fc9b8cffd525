//! Networks in training: gradients by hand, steps by Adam (Kingma and Ba 2015) on the rows that a batch touches.

use super::random::Random;
use crate::model::{LIMIT, NetworkModel, Rows, dot};

/// How a network is trained.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    /// Nets that share out the hidden layer, and so many of them linear.
    pub(super) nets: usize,
    pub(super) linear: usize,
    /// Passes and rate of all rows, and of those that are kept.
    pub(super) passes: [usize; 2],
    pub(super) rate: [f32; 2],
    /// Of the features of an example so many are left out at every look, and of the hidden units.
    pub(super) feature_dropout: f32,
    pub(super) unit_dropout: f32,
    /// How often a feature has to be met, and the most rows that are kept.
    pub(super) rare: usize,
    pub(super) most: usize,
    pub(super) seed: u64,
}

const BATCH: usize = 64;

/// What a network of `OUT` labels learns.
pub(super) trait Example<const OUT: usize> {
    /// So many tasks have weights of the labels of their own; those of the first are kept.
    const TASKS: usize = 1;
    fn features(&self) -> &[u32];
    /// How much it counts.
    fn weight(&self) -> f32;
    /// What its loss grows by with each score.
    fn slopes(&self, scores: &[f32; OUT]) -> [f32; OUT];
    fn task(&self) -> usize {
        0
    }
}

type Row<const HIDDEN: usize> = [f32; HIDDEN];

/// Numbers that learn, with the running means of their gradients and of the squares of these.
#[derive(Clone, Copy)]
struct Learning<const HIDDEN: usize> {
    weights: Row<HIDDEN>,
    mean: Row<HIDDEN>,
    square: Row<HIDDEN>,
    gradient: Row<HIDDEN>,
}

impl<const HIDDEN: usize> Learning<HIDDEN> {
    fn new(weights: Row<HIDDEN>) -> Self {
        Self { weights, mean: [0.0; HIDDEN], square: [0.0; HIDDEN], gradient: [0.0; HIDDEN] }
    }

    fn step(&mut self, rate: f32) {
        const MEAN: f32 = 0.9;
        const SQUARE: f32 = 0.999;
        for i in 0..HIDDEN {
            let gradient = std::mem::take(&mut self.gradient[i]);
            self.mean[i] += (1.0 - MEAN) * (gradient - self.mean[i]);
            self.square[i] += (1.0 - SQUARE) * (gradient * gradient - self.square[i]);
            self.weights[i] -= rate * self.mean[i] / (self.square[i].sqrt() + 1e-8);
        }
    }
}

/// A network that has learnt all examples, in an order of chance; then the rows are left that move the most, and it has
/// learnt on with these.
pub(super) fn learn<const HIDDEN: usize, const OUT: usize, E: Example<OUT>>(
    examples: &[&E],
    settings: &Settings,
) -> NetworkModel {
    let mut trainer = Trainer::<HIDDEN, OUT, E>::new(examples, *settings);
    let Settings { passes, rate, .. } = *settings;
    trainer.learn_all(passes[0], rate[0]);
    trainer.prune();
    trainer.learn_all(passes[1], rate[1]);
    trainer.model()
}

/// A network that learns.
struct Trainer<'e, const HIDDEN: usize, const OUT: usize, E> {
    settings: Settings,
    examples: &'e [&'e E],
    /// The hash of every row, sorted.
    hashes: Vec<u32>,
    rows: Vec<Learning<HIDDEN>>,
    bias: Learning<HIDDEN>,
    /// Of the labels, those of one task after the other.
    output: Vec<Learning<HIDDEN>>,
    /// Of the nets, those of one task after the other; in the first `OUT` places.
    output_bias: Vec<Learning<HIDDEN>>,
    random: Random,
}

/// An example by the numbers of its rows.
struct Case<'e, E> {
    rows: Vec<u32>,
    example: &'e E,
}

impl<'e, const HIDDEN: usize, const OUT: usize, E: Example<OUT>> Trainer<'e, HIDDEN, OUT, E> {
    fn new(examples: &'e [&'e E], settings: Settings) -> Self {
        let mut random = Random::new(settings.seed);
        let mut all: Vec<u32> = examples.iter().flat_map(|example| example.features()).copied().collect();
        all.sort_unstable();
        let often = |group: &[u32]| (group.len() >= settings.rare).then(|| group[0]);
        let hashes: Vec<u32> = all.chunk_by(|a, b| a == b).filter_map(often).collect();
        let mut small = |size: f32| std::array::from_fn(|_| (random.unit() - 0.5) * 2.0 * size);
        let rows = hashes.iter().map(|_| Learning::new(small(0.08))).collect();
        let output = (0..E::TASKS * OUT).map(|_| Learning::new(small(0.15))).collect();
        let zero = Learning::new([0.0; HIDDEN]);
        Self {
            settings,
            examples,
            hashes,
            rows,
            bias: zero,
            output,
            output_bias: vec![zero; E::TASKS * settings.nets],
            random,
        }
    }

    fn learn_all(&mut self, passes: usize, rate: f32) {
        let row = |hash: &u32| self.hashes.binary_search(hash).ok().map(|row| row as u32);
        let case = |example: &&'e E| Case {
            rows: example.features().iter().filter_map(row).collect(),
            example: *example,
        };
        let mut cases: Vec<Case<'e, E>> = self.examples.iter().map(case).collect();
        let steps = (passes * cases.len().div_ceil(BATCH)) as f32;
        let mut step = 0.0;
        for _ in 0..passes {
            self.random.shuffle(&mut cases);
            for batch in cases.chunks(BATCH) {
                let mut touched = Vec::new();
                for case in batch {
                    self.learn(case, 1.0 / batch.len() as f32, &mut touched);
                }
                touched.sort_unstable();
                touched.dedup();
                let rate = rate * (1.0 - step / steps);
                touched.iter().for_each(|&row| self.rows[row as usize].step(rate));
                self.output.iter_mut().for_each(|row| row.step(rate));
                self.bias.step(rate);
                self.output_bias.iter_mut().for_each(|row| row.step(rate));
                step += 1.0;
            }
        }
    }

    /// Adds the gradients of one example.
    fn learn(&mut self, case: &Case<'_, E>, share: f32, touched: &mut Vec<u32>) {
        let Settings { feature_dropout, unit_dropout, nets, linear, .. } = self.settings;
        let first = touched.len();
        for &row in &case.rows {
            if self.random.unit() >= feature_dropout {
                touched.push(row);
            }
        }
        let rows = &touched[first..];
        // The sum stands for that of all.
        let whole = 1.0 / (1.0 - feature_dropout);
        let mut hidden: Row<HIDDEN> = [0.0; HIDDEN];
        for &row in rows {
            for (to, weight) in hidden.iter_mut().zip(&self.rows[row as usize].weights) {
                *to += weight * whole;
            }
        }
        let mut open: Row<HIDDEN> = [0.0; HIDDEN];
        for i in 0..HIDDEN {
            hidden[i] += self.bias.weights[i];
            if (hidden[i] > 0.0 || i < linear * HIDDEN / nets) && self.random.unit() >= unit_dropout {
                open[i] = 1.0 / (1.0 - unit_dropout);
            }
            hidden[i] *= open[i];
        }
        let mut back = self.learn_output(case.example, &hidden, share);
        for i in 0..HIDDEN {
            back[i] *= open[i];
            self.bias.gradient[i] += back[i];
        }
        for &row in &touched[first..] {
            for (to, gradient) in self.rows[row as usize].gradient.iter_mut().zip(&back) {
                *to += gradient * whole;
            }
        }
    }

    /// Adds the gradients of what the nets say of an example, and gives those of the hidden layer.
    fn learn_output(&mut self, example: &E, hidden: &Row<HIDDEN>, share: f32) -> Row<HIDDEN> {
        let nets = self.settings.nets;
        let (width, task) = (HIDDEN / nets, example.task());
        let weight = share * example.weight();
        let mut back: Row<HIDDEN> = [0.0; HIDDEN];
        for net in 0..nets {
            let own = net * width..(net + 1) * width;
            let mut scores = [0.0; OUT];
            for (v, score) in scores.iter_mut().enumerate() {
                let row = &self.output[task * OUT + v].weights[own.clone()];
                *score = self.output_bias[task * nets + net].weights[v] + dot(row, &hidden[own.clone()]);
            }
            for (v, slope) in example.slopes(&scores).into_iter().enumerate() {
                let gradient = weight * slope;
                self.output_bias[task * nets + net].gradient[v] += gradient;
                let row = &mut self.output[task * OUT + v];
                for i in own.clone() {
                    row.gradient[i] += gradient * hidden[i];
                    back[i] += gradient * row.weights[i];
                }
            }
        }
        back
    }

    /// Leaves the rows that move the most: those with large weights and those that are often met.
    fn prune(&mut self) {
        let mut met = vec![0.0f32; self.hashes.len()];
        for hash in self.examples.iter().flat_map(|example| example.features()) {
            if let Ok(row) = self.hashes.binary_search(hash) {
                met[row] += 1.0;
            }
        }
        let size = |row: usize| dot(&self.rows[row].weights, &self.rows[row].weights) * met[row].sqrt();
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
        order.truncate(self.settings.most);
        order.sort_unstable();
        self.hashes = order.iter().map(|&row| self.hashes[row]).collect();
        self.rows = order.iter().map(|&row| self.rows[row]).collect();
    }

    /// The network with its weights rounded.
    fn model(&self) -> NetworkModel {
        let most = self.rows.iter().flat_map(|row| row.weights).fold(0.0, |most: f32, w| most.max(w.abs()));
        let scale = most.max(1e-6) / f32::from(LIMIT);
        let round = |row: &Learning<HIDDEN>| row.weights.iter().map(|w| (w / scale).round() as i16).collect();
        let rows = self.hashes.iter().zip(&self.rows).map(|(hash, row)| (*hash, round(row))).collect();
        NetworkModel {
            rows: Rows::new(HIDDEN, rows),
            scale,
            bias: self.bias.weights.to_vec(),
            output: self.output[..OUT].iter().flat_map(|row| row.weights).collect(),
            output_bias: self.output_bias[..self.settings.nets]
                .iter()
                .flat_map(|row| row.weights[..OUT].to_vec())
                .collect(),
            linear: self.settings.linear as u32,
        }
    }
}
