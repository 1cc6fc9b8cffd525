//! Candidates for cues, and the window in which each finds its source and its content.

use super::chain::Scores;
use super::roles::CUE;
use super::sight::{Mark, Sight};
use std::ops::Range;

/// A run of tokens that may be a cue.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) range: Range<usize>,
    /// The token that is a cue most surely by itself.
    pub(crate) head: usize,
    /// The tokens that are looked at.
    pub(crate) window: Range<usize>,
}

/// Tokens of a sentence that may belong to a quotation beside it: "He was clear about it."
const BRIEF: usize = 10;
/// Sentences with quotations that a window takes in, behind the cue and before it.
const BEHIND: usize = 10;
const BEFORE: usize = 6;
/// Tokens of the longest window on either side of the cue, so that time stays linear.
const REACH: usize = 300;

/// Candidates in as many tokens of one sentence.
const MOST: usize = 40;

/// How likely a token is part of a cue.
pub(crate) fn cue_share(posterior: &Scores) -> f32 {
    posterior[CUE] + posterior[CUE + 1]
}

/// The candidates of a document: runs of tokens whose share of a cue is above `least`, cut where another one is likely
/// to begin.
pub(crate) fn candidates(sight: &Sight, posteriors: &[Scores], least: f32) -> Vec<Candidate> {
    let mut found = Vec::new();
    let share = |i: usize| cue_share(&posteriors[i]);
    let mut i = 0;
    while i < posteriors.len() {
        if share(i) <= least {
            i += 1;
            continue;
        }
        let start = i;
        i += 1;
        while i < posteriors.len()
            && share(i) > least
            && sight.at[i] == sight.at[start]
            && posteriors[i][CUE] <= posteriors[i][CUE + 1]
        {
            i += 1;
        }
        found.push(start..i);
    }
    bound(sight, posteriors, &mut found);
    let quoted: Vec<bool> =
        sight.sentences.iter().map(|range| range.clone().any(|i| sight.atoms[i].quote != 0)).collect();
    let candidate = |range: Range<usize>| {
        let weight = |j: usize| share(j) * if (1..=5).contains(&sight.atoms[j].often) { 1.0 } else { 0.3 };
        let head = range.clone().fold(range.start, |best, j| if weight(j) > weight(best) { j } else { best });
        Candidate { range, head, window: window(sight, &quoted, head) }
    };
    found.into_iter().map(candidate).collect()
}

/// Keeps the likeliest candidates of every [`REACH`] tokens of a sentence, where a text has more than any text of people.
fn bound(sight: &Sight, posteriors: &[Scores], found: &mut Vec<Range<usize>>) {
    let stretch = |range: &Range<usize>| {
        let s = sight.at[range.start] as usize;
        (s, (range.start - sight.sentences[s].start) / REACH)
    };
    let share = |range: &Range<usize>| range.clone().map(|i| cue_share(&posteriors[i])).fold(0.0, f32::max);
    let mut kept = Vec::with_capacity(found.len());
    for group in found.chunk_by(|a, b| stretch(a) == stretch(b)) {
        if group.len() <= MOST {
            kept.extend_from_slice(group);
            continue;
        }
        let mut best: Vec<&Range<usize>> = group.iter().collect();
        best.sort_by(|a, b| share(b).total_cmp(&share(a)).then(a.start.cmp(&b.start)));
        best.truncate(MOST);
        best.sort_by_key(|range| range.start);
        kept.extend(best.into_iter().cloned());
    }
    *found = kept;
}

/// The cue's sentence, and the next one behind a colon. A sentence with quoted text, or one so brief that it may belong
/// to some, goes with those beside it that hold quoted text.
fn window(sight: &Sight, quoted: &[bool], head: usize) -> Range<usize> {
    let own = sight.at[head] as usize;
    let mut last = own + 1;
    let leaves = quoted[own] || sight.sentences[own].len() <= BRIEF;
    let colon = sight.sentences[own].clone().last().is_some_and(|i| sight.atoms[i].mark == Mark::Colon);
    if colon && last < sight.sentences.len() {
        last += 1;
    }
    while last < sight.sentences.len() && last - own <= BEHIND && quoted[last] && (leaves || colon) {
        last += 1;
    }
    let mut first = own;
    while first > 0 && own - first < BEFORE && quoted[first - 1] && leaves {
        first -= 1;
    }
    let range = sight.sentences[first].start..sight.sentences[last - 1].end;
    range.start.max(head.saturating_sub(REACH))..range.end.min(head + REACH)
}
