//! Examples as the fields learn from them: rows of features, places, labels.

use super::Settings;
use super::example::{Example, Roles};
use crate::attribution::learned::candidate::{Candidate, candidates};
use crate::attribution::learned::chain::Scores;
use crate::attribution::learned::framing::{self, Place, Scene};
use crate::attribution::learned::roles::place;
use crate::attribution::learned::seen::Seen;
use crate::attribution::learned::{rule_of, tagging};
use crate::train::chain::{Index, Sequence, Settings as Field};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The rows of the features of each token, added to a sequence.
struct Rows<'i> {
    index: &'i Index,
    sequence: Sequence,
}

impl Rows<'_> {
    fn token(&mut self, features: &[u32]) {
        self.sequence.starts.push(self.sequence.rows.len() as u32);
        self.sequence.rows.extend(features.iter().filter_map(|hash| self.index.row(*hash)));
    }

    fn end(mut self, places: Vec<u8>, gold: Vec<u8>, weight: f32) -> Sequence {
        self.sequence.starts.push(self.sequence.rows.len() as u32);
        Sequence { places, gold, weight, ..self.sequence }
    }
}

/// Paragraphs, a list an example.
pub(super) fn tagging_sequences(examples: &[Example], field: &Field) -> (Index, Vec<Vec<Sequence>>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for example in examples {
        for range in paragraphs(example) {
            for i in range.clone() {
                let count = |hash| *counts.entry(hash).or_default() += 1;
                tagging::features(&example.sight, i, range.start, range.end, count);
            }
        }
    }
    let index = Index::new(counts, field.least);
    let sequence = |example: &Example, range: Range<usize>, gold: &[&Roles]| {
        let mut rows = Rows { index: &index, sequence: Sequence::default() };
        let mut found = Vec::new();
        for i in range.clone() {
            found.clear();
            tagging::features(&example.sight, i, range.start, range.end, |hash| found.push(hash));
            rows.token(&found);
        }
        let places = range.clone().map(|i| place(&example.sight, i)).collect();
        rows.end(places, example.labels(range, gold), example.weight)
    };
    let of = |example: &Example| {
        let gold: Vec<&Roles> = example.gold.iter().collect();
        paragraphs(example).map(|range| sequence(example, range, &gold)).collect()
    };
    let all = examples.iter().map(of).collect();
    (index, all)
}

/// The paragraphs of an example, as ranges of tokens.
fn paragraphs(example: &Example) -> impl Iterator<Item = Range<usize>> + '_ {
    let sentences = &example.sight.sentences;
    example.sight.paragraphs().into_iter().map(|p| sentences[p.start].start..sentences[p.end - 1].end)
}

/// The windows of all candidates.
pub(super) fn framing_sequences(
    examples: &[Example],
    posteriors: &[Vec<Scores>],
    settings: &Settings,
) -> (Index, Vec<Vec<Sequence>>) {
    let found: Vec<Vec<Candidate>> = examples
        .iter()
        .zip(posteriors)
        .map(|(example, posteriors)| candidates(&example.sight, posteriors, settings.candidate))
        .collect();
    let walk = |e: usize, each: &mut dyn FnMut(usize, usize, &[u32])| {
        let (example, candidates) = (&examples[e], &found[e]);
        let (sight, seen) = (&example.sight, Seen::all(&posteriors[e]));
        let rules: Vec<_> = candidates.iter().map(|c| rule_of(c, &example.drafts)).collect();
        let mut hashes = Vec::new();
        for number in 0..candidates.len() {
            let scene = Scene { sight, seen: &seen, candidates, rules: &rules, number };
            let ways = framing::ways(scene);
            for i in candidates[number].window.clone() {
                hashes.clear();
                let place = Place::new(scene, i);
                framing::cue_features(scene, place, |hash| hashes.push(hash));
                framing::token_features(scene, i, place, |hash| hashes.push(hash));
                framing::features(scene, i, place, &ways, |hash| hashes.push(hash));
                each(number, i, &hashes);
            }
        }
    };
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for e in 0..examples.len() {
        walk(e, &mut |_, _, hashes| hashes.iter().for_each(|hash| *counts.entry(*hash).or_default() += 1));
    }
    let index = Index::new(counts, settings.framing.least);
    let mut all = Vec::with_capacity(examples.len());
    for (e, example) in examples.iter().enumerate() {
        let mut sequences = Vec::new();
        let mut open: Option<(usize, Rows<'_>)> = None;
        let close = |open: Option<(usize, Rows<'_>)>, sequences: &mut Vec<Sequence>| {
            let Some((number, rows)) = open else { return };
            let candidate = &found[e][number];
            let window = candidate.window.clone();
            let touches = |roles: &&Roles| {
                roles[1].iter().any(|cue| cue.start < candidate.range.end && candidate.range.start < cue.end)
            };
            let gold: Vec<&Roles> = example.gold.iter().filter(touches).take(1).collect();
            let places = window.clone().map(|i| place(&example.sight, i)).collect();
            sequences.push(rows.end(places, example.labels(window, &gold), example.weight));
        };
        walk(e, &mut |number, _, hashes| {
            if open.as_ref().is_none_or(|(n, _)| *n != number) {
                close(open.take(), &mut sequences);
                open = Some((number, Rows { index: &index, sequence: Sequence::default() }));
            }
            if let Some((_, rows)) = &mut open {
                rows.token(hashes);
            }
        });
        close(open, &mut sequences);
        all.push(sequences);
    }
    (index, all)
}
