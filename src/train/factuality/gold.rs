//! Sentences with events: JSON lines with "text" and "events", each a "start", an "end" and a "value".

use crate::clean::{Block, BlockKind};
use crate::error::{Error, Result};
use crate::factuality::{self, STEP, VALUES, features};
use crate::language::Language;
use crate::offsets;
use crate::span::Span;
use crate::train::text;
use std::path::Path;

/// Whose judgements a value is one of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::train) enum Task {
    /// Those that the model is to tell.
    Own,
    /// Those on another scale, learnt beside.
    Beside,
}

/// An event as the network learns it.
#[derive(Clone)]
pub(in crate::train) struct Event {
    pub(super) features: Vec<u32>,
    /// In [-3, 3].
    pub(super) value: f32,
    /// The value as shares of the two places next to it.
    pub(super) shares: [f32; VALUES],
    /// The number of its sentence.
    pub(super) sentence: usize,
    pub(super) task: Task,
}

#[derive(serde::Deserialize)]
struct Row {
    text: String,
    events: Vec<Given>,
}

#[derive(serde::Deserialize)]
struct Given {
    start: u32,
    end: u32,
    value: f32,
}

/// The events of a file with their features.
pub(in crate::train) fn read(path: &Path, language: &Language, task: Task) -> Result<Vec<Event>> {
    let mut found = Vec::new();
    for (sentence, line) in text::read(path)?.lines().enumerate() {
        let row: Row = serde_json::from_str(line).map_err(|error| {
            let expected = "a JSON object with \"text\" and \"events\" of \"start\", \"end\" and \"value\"";
            Error::row(path.to_string_lossy(), sentence + 1, format!("expected {expected}: {error}"))
        })?;
        let points: Vec<u32> = row.events.iter().flat_map(|event| [event.start, event.end]).collect();
        let bytes = offsets::bytes_of(&row.text, &points).ok_or_else(|| {
            Error::row(path.to_string_lossy(), sentence + 1, "expected places inside the text")
        })?;
        let spans: Vec<Span> = bytes.chunks_exact(2).map(|b| Span { start: b[0], end: b[1] }).collect();
        let blocks = [Block { span: Span::new(0, row.text.len()), kind: BlockKind::Body }];
        let seen = factuality::read(language, &row.text, &blocks, &spans, features);
        for (event, features) in row.events.iter().zip(seen) {
            found.extend(features.map(|features| {
                let shares = places(event.value);
                Event { features, shares, value: event.value, sentence, task }
            }));
        }
    }
    Ok(found)
}

/// A value as shares of the two places next to it.
fn places(value: f32) -> [f32; VALUES] {
    let place = ((value + 3.0) / STEP).clamp(0.0, (VALUES - 1) as f32);
    let low = (place as usize).min(VALUES - 2);
    let mut shares = [0.0; VALUES];
    shares[low + 1] = place - low as f32;
    shares[low] = 1.0 - shares[low + 1];
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factuality::value_of;

    #[test]
    fn a_value_comes_back_from_its_places() {
        for value in [-3.0, -2.9, -0.25, 0.0, 1.3, 2.75, 3.0] {
            let shares = places(value);
            let mean: f32 = shares.iter().enumerate().map(|(i, share)| value_of(i) * share).sum();
            assert!((mean - value).abs() < 1e-5, "{value}: {mean}");
            assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
    }
}
