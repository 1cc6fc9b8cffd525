//! Training of the networks of factuality.

mod gold;

pub(super) use gold::{Task, read};

use super::network::{self, Example, Settings};
use crate::factuality::{HIDDEN, Scale, VALUES, value, value_of};
use crate::model::{Network, NetworkModel, share_out};
use gold::Event;

/// How much the distance of the mean counts beside the likelihood of the values.
const DISTANCE: f32 = 0.5;
/// How much an event learnt beside counts.
const BESIDE: f32 = 0.5;

/// The settings that did best on the development parts.
pub(super) fn settings(scale: Scale, seed: u64) -> Settings {
    let common = Settings {
        nets: 2,
        linear: 0,
        passes: [8, 0],
        rate: [0.003, 0.001],
        feature_dropout: 0.3,
        unit_dropout: 0.2,
        rare: 3,
        most: 17_000,
        seed,
    };
    match scale {
        // Fewer events: nets that are simpler, and more of them.
        Scale::Uw => Settings { nets: 4, linear: 2, passes: [8, 4], unit_dropout: 0.1, ..common },
        Scale::Uds => Settings { feature_dropout: 0.5, ..common },
    }
}

impl Example<VALUES> for Event {
    /// The scale of its own and the one beside have each their own weights of the values.
    const TASKS: usize = 2;

    fn features(&self) -> &[u32] {
        &self.features
    }

    fn weight(&self) -> f32 {
        if self.task == Task::Own { 1.0 } else { BESIDE }
    }

    fn slopes(&self, scores: &[f32; VALUES]) -> [f32; VALUES] {
        let mut found = *scores;
        share_out(&mut found);
        let mean: f32 = found.iter().enumerate().map(|(v, share)| value_of(v) * share).sum();
        let side = (mean - self.value).signum() * DISTANCE;
        std::array::from_fn(|v| found[v] - self.shares[v] + side * found[v] * (value_of(v) - mean))
    }

    fn task(&self) -> usize {
        self.task as usize
    }
}

/// A network that has learnt all events.
pub(super) fn train(events: &[&Event], settings: &Settings) -> NetworkModel {
    network::learn::<HIDDEN, VALUES, Event>(events, settings)
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
pub(super) fn measure(events: &[Event], model: &NetworkModel) -> Vec<(&'static str, f64)> {
    figures(&told(&events.iter().collect::<Vec<_>>(), model))
}

/// What people said of events and what the model says.
fn told(events: &[&Event], model: &NetworkModel) -> Vec<(f64, f64)> {
    let Some(found) = Network::new(model) else { return Vec::new() };
    events.iter().map(|event| (event.value.into(), value(&found, &event.features).into())).collect()
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
