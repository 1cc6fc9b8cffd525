//! From what the networks say to a value: each gives a distribution over the values, and the mean of these has a middle.

use crate::error::{Error, Result};
use crate::model::{self, Kind, Network, share_out};
use std::path::Path;

/// Width of the hidden layer.
pub(crate) const HIDDEN: usize = 32;
/// Values from -3 to 3, and how far each is from the next.
pub(crate) const VALUES: usize = 13;
pub(crate) const STEP: f32 = 0.5;

/// Reads the bytes of a model file.
///
/// # Errors
/// What is no model of this kind; see [`model::unpack`].
pub(super) fn read(path: &Path, kind: Kind, file: &[u8]) -> Result<Network<HIDDEN, VALUES>> {
    Network::new(&model::unpack(path, kind, file)?).ok_or_else(|| {
        Error::file(path, format!("the parts of this {} model do not fit each other", kind.name()))
    })
}

/// The value of an event by its features, in [-3, 3], to two places.
pub(crate) fn value(network: &Network<HIDDEN, VALUES>, features: &[u32]) -> f32 {
    let mut all = [0.0; VALUES];
    let nets = network.scores(features);
    let count = nets.len() as f32;
    for mut scores in nets {
        share_out(&mut scores);
        all.iter_mut().zip(scores).for_each(|(to, share)| *to += share / count);
    }
    // Two places hide what the last bit of an exponential may be on another machine.
    (middle(&all) * 100.0).round() / 100.0
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
        let middle_of = |mut scores: [f32; VALUES]| {
            share_out(&mut scores);
            middle(&scores)
        };
        let mut scores = [0.0; VALUES];
        assert!(middle_of(scores).abs() < 1e-5);
        scores[12] = 20.0;
        assert!((middle_of(scores) - 3.0).abs() < 1e-3);
        scores[0] = 19.0;
        let split = middle_of(scores);
        // Mean 3 * (0.731 - 0.269); the median stands near 3.
        assert!(split > 1.4 && split < 2.8, "{split}");
    }
}
