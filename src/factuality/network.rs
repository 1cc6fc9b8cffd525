//! A small network over hashed features: their rows summed, one hidden layer, a distribution over the values.

use crate::error::{Error, Result};
use crate::model::{self, Kind, Rows, Table};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Width of a row, which is that of the hidden layer.
pub(crate) const HIDDEN: usize = 32;
/// Values from -3 to 3, and how far each is from the next.
pub(crate) const VALUES: usize = 13;
pub(crate) const STEP: f32 = 0.5;
/// The largest weight of a row.
pub(crate) const LIMIT: i16 = 127;

/// A network as its file stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactualityModel {
    /// A row for every feature that counts.
    pub rows: Rows,
    /// What a weight of 1 in a row stands for.
    pub scale: f32,
    /// What is added to the sum of the rows.
    pub bias: Vec<f32>,
    /// So many of the nets are linear, the first ones.
    pub linear: u32,
    /// Weights of the values, one row of the hidden layer's width after the other.
    pub output: Vec<f32>,
    /// What is added to the scores of the values, of one net after the other. The nets share out the hidden layer, and what
    /// they say is averaged.
    pub output_bias: Vec<f32>,
}

/// A network at work.
#[derive(Debug)]
pub(crate) struct Network {
    table: Table<HIDDEN>,
    scale: f32,
    bias: [f32; HIDDEN],
    linear: usize,
    output: [[f32; HIDDEN]; VALUES],
    output_bias: Vec<[f32; VALUES]>,
}

impl Network {
    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// What is no model of this kind; see [`model::unpack`].
    pub(super) fn read(path: &Path, kind: Kind, file: &[u8]) -> Result<Self> {
        let model: FactualityModel = model::unpack(path, kind, file)?;
        Self::new(&model).ok_or_else(|| {
            Error::file(path, format!("the parts of this {} model do not fit each other", kind.name()))
        })
    }

    /// None where the parts do not fit each other.
    pub(crate) fn new(model: &FactualityModel) -> Option<Self> {
        let FactualityModel { rows, scale, bias, linear, output, output_bias } = model;
        let numbers = [scale].into_iter().chain(bias).chain(output).chain(output_bias);
        let (nets, linear) = (output_bias.len() / VALUES, *linear as usize);
        let fits = output.len() == VALUES * HIDDEN && output_bias.len() == VALUES * nets;
        let shared_out = nets > 0 && HIDDEN.is_multiple_of(nets) && linear <= nets;
        if !(rows.is_sound(HIDDEN, LIMIT)
            && { numbers }.all(|number| number.is_finite())
            && fits
            && shared_out)
        {
            return None;
        }
        let mut weights = [[0.0; HIDDEN]; VALUES];
        for (to, from) in weights.iter_mut().zip(output.chunks_exact(HIDDEN)) {
            to.copy_from_slice(from);
        }
        let output_bias = output_bias.chunks_exact(VALUES).filter_map(|net| net.try_into().ok()).collect();
        let bias = bias.as_slice().try_into().ok()?;
        Some(Self { table: Table::new(rows), scale: *scale, bias, linear, output: weights, output_bias })
    }

    /// The value of an event by its features, in [-3, 3], to two places.
    pub(crate) fn value(&self, features: &[u32]) -> f32 {
        let mut sums = [0; HIDDEN];
        self.table.add(features, &mut sums);
        let width = HIDDEN / self.output_bias.len();
        let mut hidden = self.bias;
        for (i, (unit, sum)) in hidden.iter_mut().zip(sums).enumerate() {
            *unit += self.scale * f32::from(sum);
            if i >= self.linear * width {
                *unit = unit.max(0.0);
            }
        }
        let mut all = [0.0; VALUES];
        for (net, bias) in self.output_bias.iter().enumerate() {
            let own = net * width..(net + 1) * width;
            let mut scores = *bias;
            for (score, row) in scores.iter_mut().zip(&self.output) {
                *score += dot(&row[own.clone()], &hidden[own.clone()]);
            }
            for (to, share) in all.iter_mut().zip(shares(&scores)) {
                *to += share / self.output_bias.len() as f32;
            }
        }
        // Two places hide what the last bit of an exponential may be on another machine.
        (middle(&all) * 100.0).round() / 100.0
    }
}

/// The sum of the products of two rows, from the first to the last.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Scores as shares of a whole.
pub(crate) fn shares(scores: &[f32; VALUES]) -> [f32; VALUES] {
    let most = scores.iter().fold(f32::MIN, |most, score| most.max(*score));
    let mut shares = scores.map(|score| (score - most).exp());
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

/// The value of a place in a distribution.
pub(crate) fn value_of(place: usize) -> f32 {
    place as f32 * STEP - 3.0
}

/// Half way between the mean of a distribution, which correlates best, and its median, which errs least.
fn middle(shares: &[f32; VALUES]) -> f32 {
    let mean: f32 = shares.iter().enumerate().map(|(place, share)| value_of(place) * share).sum();
    let (mut below, mut median) = (0.0, 3.0);
    for (place, share) in shares.iter().enumerate() {
        if below + share >= 0.5 {
            median = value_of(place) + STEP * ((0.5 - below) / share.max(1e-6) - 0.5);
            break;
        }
        below += share;
    }
    ((mean + median) / 2.0).clamp(-3.0, 3.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_lies_between_mean_and_median() {
        let mut scores = [0.0; VALUES];
        assert!(middle(&shares(&scores)).abs() < 1e-5);
        scores[12] = 20.0;
        assert!((middle(&shares(&scores)) - 3.0).abs() < 1e-3);
        scores[0] = 19.0;
        let split = middle(&shares(&scores));
        // Mean 3 * (0.731 - 0.269); the median stands near 3.
        assert!(split > 1.4 && split < 2.8, "{split}");
    }

    #[test]
    fn parts_that_do_not_fit_make_no_network() {
        let model = FactualityModel {
            rows: Rows::new(HIDDEN, vec![(7 << 20, vec![1; HIDDEN])]),
            scale: 0.1,
            bias: vec![0.0; HIDDEN],
            linear: 1,
            output: vec![0.1; VALUES * HIDDEN],
            output_bias: vec![0.0; 2 * VALUES],
        };
        assert!(Network::new(&model).is_some());
        assert!(Network::new(&FactualityModel { bias: vec![0.0; 3], ..model.clone() }).is_none());
        assert!(Network::new(&FactualityModel { scale: f32::NAN, ..model.clone() }).is_none());
        assert!(Network::new(&FactualityModel { linear: 3, ..model.clone() }).is_none());
        assert!(
            Network::new(&FactualityModel { output_bias: vec![0.0; 3 * VALUES], ..model.clone() }).is_none()
        );
        assert!(Network::new(&FactualityModel { output_bias: Vec::new(), ..model.clone() }).is_none());
        let rows = Rows::new(HIDDEN, vec![(7 << 20, vec![500; HIDDEN])]);
        assert!(Network::new(&FactualityModel { rows, ..model }).is_none());
    }
}
