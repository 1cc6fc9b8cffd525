//! Training of the networks of factuality.

mod gold;
mod network;

pub(super) use gold::{Task, read};
pub(super) use network::Settings;

use crate::factuality::{FactualityModel, Network, Scale};
use gold::Event;
use network::Trainer;

impl Settings {
    /// Those that did best on the development parts.
    pub(super) fn new(scale: Scale, seed: u64) -> Self {
        let common = Self {
            nets: 2,
            linear: 0,
            passes: [8, 0],
            rate: [0.003, 0.001],
            feature_dropout: 0.3,
            unit_dropout: 0.2,
            seed,
        };
        match scale {
            // Fewer events: nets that are simpler, and more of them.
            Scale::Uw => Self { nets: 4, linear: 2, passes: [8, 4], unit_dropout: 0.1, ..common },
            Scale::Uds => Self { feature_dropout: 0.5, ..common },
        }
    }
}

/// A network that has learnt all events.
pub(super) fn train(events: &[&Event], settings: &Settings) -> FactualityModel {
    let mut trainer = Trainer::new(events, *settings);
    trainer.train(events);
    trainer.model()
}

/// Sentences make so many parts, each a run of them, so that those of an article stay together.
const FOLDS: usize = 5;

/// The figures of training on four fifths of the sentences and all `others`, and telling the rest, in turns.
pub(super) fn cross_validate(
    events: &[Event],
    others: &[Event],
    settings: &Settings,
) -> Vec<(&'static str, f64)> {
    let mut pairs = Vec::with_capacity(events.len());
    let count = events.last().map_or(0, |event| event.sentence) + 1;
    for fold in 0..FOLDS {
        let (held, rest): (Vec<&Event>, Vec<&Event>) =
            events.iter().partition(|event| event.sentence * FOLDS / count == fold);
        let rest: Vec<&Event> = rest.into_iter().chain(others).collect();
        pairs.extend(told(&held, &train(&rest, settings)));
    }
    figures(&pairs)
}

/// The figures of a model.
pub(super) fn measure(events: &[Event], model: &FactualityModel) -> Vec<(&'static str, f64)> {
    figures(&told(&events.iter().collect::<Vec<_>>(), model))
}

/// What people said of events and what the model says.
fn told(events: &[&Event], model: &FactualityModel) -> Vec<(f64, f64)> {
    let Some(found) = Network::new(model) else { return Vec::new() };
    events.iter().map(|event| (event.value.into(), found.value(&event.features).into())).collect()
}

/// Mean absolute error and Pearson's r.
fn figures(pairs: &[(f64, f64)]) -> Vec<(&'static str, f64)> {
    let count = pairs.len().max(1) as f64;
    let error = pairs.iter().map(|(gold, said)| (gold - said).abs()).sum::<f64>() / count;
    let mean = |side: fn(&(f64, f64)) -> f64| pairs.iter().map(side).sum::<f64>() / count;
    let (gold, said) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |a: fn(f64, f64) -> f64| pairs.iter().map(|(g, s)| a(g - gold, s - said)).sum::<f64>();
    let spread = (sum(|g, _| g * g) * sum(|_, s| s * s)).sqrt();
    let r = if spread > 0.0 { sum(|g, s| g * s) / spread } else { 0.0 };
    vec![("mean absolute error, in hundredths", error * 100.0), ("Pearson r, in hundredths", r * 100.0)]
}
