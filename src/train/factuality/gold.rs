//! Sentences with events: JSON lines with "text" and "events", each a "start", an "end" and a "value".

use crate::clean;
use crate::error::{Error, Result};
use crate::factuality::{self, STEP, VALUES, features};
use crate::language::Language;
use crate::offsets;
use crate::span::Span;
use crate::train::text;
use std::iter::repeat_n;
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

/// Sentences that were written to be learnt from are learnt so many times.
const WRITTEN: usize = 3;

/// The events of a file with their features; one in `.txt` has a sentence a line, with its events in brackets.
pub(in crate::train) fn read(path: &Path, language: &Language, task: Task) -> Result<Vec<Event>> {
    let text = text::read(path)?;
    let marked = path.extension().is_some_and(|extension| extension == "txt");
    let times = if marked { WRITTEN } else { 1 };
    let mut found = Vec::new();
    for (sentence, line) in text.lines().enumerate() {
        if marked && (line.is_empty() || line.starts_with('#')) {
            continue;
        }
        let wrong = |what: &str| Error::row(path.to_string_lossy(), sentence + 1, format!("expected {what}"));
        let row: Row = if marked {
            in_brackets(line).ok_or_else(|| wrong("events with their values, \"They [left|2.8].\""))?
        } else {
            let object = "a JSON object with \"text\" and \"events\" of \"start\", \"end\" and \"value\"";
            serde_json::from_str(line).map_err(|error| wrong(&format!("{object}: {error}")))?
        };
        let points: Vec<u32> = row.events.iter().flat_map(|event| [event.start, event.end]).collect();
        let bytes = offsets::bytes_of(&row.text, &points).ok_or_else(|| wrong("places inside the text"))?;
        let spans: Vec<Span> = bytes.chunks_exact(2).map(|b| Span { start: b[0], end: b[1] }).collect();
        let seen = factuality::read(language, &row.text, &clean::all(&row.text), &spans, features);
        for (event, features) in row.events.iter().zip(seen) {
            let event = features.map(|features| {
                let shares = places(event.value);
                Event { features, shares, value: event.value, sentence, task }
            });
            found.extend(event.iter().flat_map(|event| repeat_n(event.clone(), times)));
        }
    }
    Ok(found)
}

/// A sentence with its events in brackets, each with its value: "They [left|2.8]."
fn in_brackets(line: &str) -> Option<Row> {
    let mut row = Row { text: String::new(), events: Vec::new() };
    let mut rest = line;
    while let Some((before, event)) = rest.split_once('[') {
        let (event, after) = event.split_once(']')?;
        let (words, value) = event.split_once('|')?;
        row.text.push_str(before);
        let start = row.text.chars().count() as u32;
        row.text.push_str(words);
        let value = value.parse().ok().filter(|value: &f32| (-3.0..=3.0).contains(value))?;
        row.events.push(Given { start, end: row.text.chars().count() as u32, value });
        rest = after;
    }
    row.text.push_str(rest);
    Some(row)
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::factuality::value_of;

    #[test]
    fn brackets_hold_events_and_their_values() {
        let row = in_brackets("Ærø [denied|3] that it [left|-1.5].").unwrap();
        assert_eq!(row.text, "Ærø denied that it left.");
        let events: Vec<_> = row.events.iter().map(|event| (event.start, event.end, event.value)).collect();
        assert_eq!(events, [(4, 10, 3.0), (19, 23, -1.5)]);
        for wrong in ["They [left].", "They [left|x].", "They [left|4].", "They [left|2"] {
            assert!(in_brackets(wrong).is_none(), "{wrong}");
        }
    }

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
