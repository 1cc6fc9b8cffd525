//! A small network over hashed features: their rows summed, one hidden layer, scores of labels.

use super::{Rows, Table};
use serde::{Deserialize, Serialize};

/// The largest weight of a row.
pub(crate) const LIMIT: i16 = 127;
/// Rows whose sum is within the range of what they are summed in.
const PART: usize = (i16::MAX / LIMIT) as usize;
/// Beyond this no number of a model is sound: sums would leave the range of numbers.
pub(crate) const MOST: f32 = 1e6;

/// A network as its file stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NetworkModel {
    /// A row for every feature that counts.
    pub rows: Rows,
    /// What a weight of 1 in a row stands for.
    pub scale: f32,
    /// What is added to the sum of the rows.
    pub bias: Vec<f32>,
    /// So many of the nets are linear, the first ones.
    pub linear: u32,
    /// Weights of the labels, one row of the hidden layer's width after the other.
    pub output: Vec<f32>,
    /// What is added to the scores of the labels, of one net after the other. The nets share out the hidden layer, and
    /// what they say is averaged.
    pub output_bias: Vec<f32>,
}

/// A network with a hidden layer of `HIDDEN` units, which is the width of a row, and `OUT` labels at work.
#[derive(Debug)]
pub(crate) struct Network<const HIDDEN: usize, const OUT: usize> {
    table: Table<HIDDEN>,
    scale: f32,
    bias: [f32; HIDDEN],
    linear: usize,
    output: [[f32; HIDDEN]; OUT],
    output_bias: Vec<[f32; OUT]>,
}

impl<const HIDDEN: usize, const OUT: usize> Network<HIDDEN, OUT> {
    /// None where the parts do not fit each other.
    pub(crate) fn new(model: &NetworkModel) -> Option<Self> {
        let NetworkModel { rows, scale, bias, linear, output, output_bias } = model;
        let numbers = [scale].into_iter().chain(bias).chain(output).chain(output_bias);
        let (nets, linear) = (output_bias.len() / OUT, *linear as usize);
        let fits = output.len() == OUT * HIDDEN && output_bias.len() == OUT * nets;
        let shared_out = nets > 0 && HIDDEN.is_multiple_of(nets) && linear <= nets;
        if !(rows.is_sound(HIDDEN, LIMIT)
            && { numbers }.all(|number| number.abs() < MOST)
            && fits
            && shared_out)
        {
            return None;
        }
        let mut weights = [[0.0; HIDDEN]; OUT];
        for (to, from) in weights.iter_mut().zip(output.chunks_exact(HIDDEN)) {
            to.copy_from_slice(from);
        }
        let output_bias = output_bias.chunks_exact(OUT).filter_map(|net| net.try_into().ok()).collect();
        let bias = bias.as_slice().try_into().ok()?;
        Some(Self { table: Table::new(rows), scale: *scale, bias, linear, output: weights, output_bias })
    }

    /// What each of the nets says of the labels, by the features.
    pub(crate) fn scores(&self, features: &[u32]) -> impl ExactSizeIterator<Item = [f32; OUT]> {
        let mut sums = [0i32; HIDDEN];
        for part in features.chunks(PART) {
            let mut part_sums = [0i16; HIDDEN];
            self.table.add(part, &mut part_sums);
            sums.iter_mut().zip(part_sums).for_each(|(sum, more)| *sum += i32::from(more));
        }
        let width = HIDDEN / self.output_bias.len();
        let mut hidden = self.bias;
        for (i, (unit, sum)) in hidden.iter_mut().zip(sums).enumerate() {
            *unit += self.scale * sum as f32;
            if i >= self.linear * width {
                *unit = unit.max(0.0);
            }
        }
        self.output_bias.iter().enumerate().map(move |(net, bias)| {
            let own = net * width..(net + 1) * width;
            let mut scores = *bias;
            for (score, row) in scores.iter_mut().zip(&self.output) {
                *score += dot(&row[own.clone()], &hidden[own.clone()]);
            }
            scores
        })
    }
}

/// The sum of the products of two rows, from the first to the last.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Turns scores into shares of a whole.
pub(crate) fn share_out(scores: &mut [f32]) {
    let most = scores.iter().fold(f32::MIN, |most, score| most.max(*score));
    scores.iter_mut().for_each(|score| *score = (*score - most).exp());
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|share| *share /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_do_not_fit_make_no_network() {
        const HIDDEN: usize = 32;
        const OUT: usize = 13;
        let model = NetworkModel {
            rows: Rows::new(HIDDEN, vec![(7 << 20, vec![1; HIDDEN])]),
            scale: 0.1,
            bias: vec![0.0; HIDDEN],
            linear: 1,
            output: vec![0.1; OUT * HIDDEN],
            output_bias: vec![0.0; 2 * OUT],
        };
        let is_one = |model: &NetworkModel| Network::<HIDDEN, OUT>::new(model).is_some();
        assert!(is_one(&model));
        assert!(!is_one(&NetworkModel { bias: vec![0.0; 3], ..model.clone() }));
        assert!(!is_one(&NetworkModel { scale: f32::NAN, ..model.clone() }));
        assert!(!is_one(&NetworkModel { linear: 3, ..model.clone() }));
        assert!(!is_one(&NetworkModel { output_bias: vec![0.0; 3 * OUT], ..model.clone() }));
        assert!(!is_one(&NetworkModel { output_bias: Vec::new(), ..model.clone() }));
        let rows = Rows::new(HIDDEN, vec![(7 << 20, vec![500; HIDDEN])]);
        assert!(!is_one(&NetworkModel { rows, ..model }));
    }
}
