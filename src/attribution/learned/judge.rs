//! How likely a relation is right as a whole: a logistic regression over what the second stage was sure of and not.
//!
//! It is trained on articles that the stages did not see, so its probabilities are those that users will meet.

use super::candidate::Candidate;
use super::chain::Scores;
use super::framing::RuleRoles;
use super::resolve::Relation;
use super::roles::{CONTENT, CUE, SOURCE};
use super::sight::Sight;
use std::ops::Range;

/// How many signs there are.
pub(crate) const SIGNS: usize = 28;

/// The signs of a relation, in the order of [`NAMES`].
pub(crate) type Signs = [f32; SIGNS];

/// What each sign says where it speaks for a relation; empty where there are no words for it.
pub(crate) const NAMES: [&str; SIGNS] = [
    "",
    "its cue",
    "",
    "a source",
    "the words of its source",
    "the edges of its source",
    "the words of its content",
    "where its content begins",
    "where its content ends",
    "the words of its cue",
    "content in several pieces",
    "content in quotation marks",
    "a verb for a cue",
    "a noun for a cue",
    "a cue that mostly attributes",
    "a cue that now and then attributes",
    "a cue that was never seen to attribute",
    "a rule that knows the cue",
    "a rule that finds the same content",
    "a rule that finds the same source",
    "a long content",
    "a pronoun for a source",
    "a name in its source",
    "content in other sentences",
    "a content around it",
    "one source before the cue",
    "content right behind the cue",
    "a headline",
];

/// The logarithm of the odds, in reason.
fn odds(p: f32) -> f32 {
    let p = p.clamp(0.002, 0.998);
    (p / (1.0 - p)).ln()
}

/// All that a relation is judged by.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) sight: &'a Sight,
    pub(crate) candidate: &'a Candidate,
    /// The probabilities of the second stage, a row a token of the window.
    pub(crate) shares: &'a [Scores],
    pub(crate) rule: Option<&'a RuleRoles>,
}

/// The signs of a relation whose window holds a cue with the probability `share`.
pub(crate) fn signs(case: Case<'_>, relation: &Relation, share: f32) -> Signs {
    let Case { sight, candidate, shares, rule } = case;
    let at = |i: usize| &shares[i - candidate.window.start];
    let part = |i: usize, begin: usize| at(i)[begin] + at(i)[begin + 1];
    let mean = |range: &Range<usize>, begin: usize| {
        range.clone().map(|i| part(i, begin)).sum::<f32>() / range.len().max(1) as f32
    };
    let ends = |range: &Range<usize>, begin: usize| {
        if range.end < candidate.window.end { 1.0 - at(range.end)[begin + 1] } else { 1.0 }
    };
    let cue = &sight.atoms[candidate.head];
    let words: usize = relation.content.iter().map(Range::len).sum();
    let content: f32 = relation.content.iter().map(|r| mean(r, CONTENT) * r.len() as f32).sum();
    let first = relation.content.iter().map(|r| at(r.start)[CONTENT]).fold(1.0, f32::min);
    let last = relation.content.iter().map(|r| ends(r, CONTENT)).fold(1.0, f32::min);
    let yes = |is: bool| f32::from(u8::from(is));
    let overlap = |a: &[Range<usize>], b: &[Range<usize>]| {
        let size = |r: &[Range<usize>]| r.iter().map(Range::len).sum::<usize>();
        let both: usize = a
            .iter()
            .flat_map(|x| b.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start))))
            .sum();
        2 * both >= size(a) + size(b) - both
    };
    let quoted =
        relation.content.iter().flat_map(Range::clone).filter(|&i| sight.atoms[i].quote == 2).count();
    let own = sight.at[candidate.head];
    let source = relation.source.as_ref();
    [
        1.0,
        odds(share),
        odds(share).powi(2) / 6.0,
        yes(source.is_some()),
        source.map_or(0.0, |s| odds(mean(s, SOURCE))),
        source.map_or(0.0, |s| odds(at(s.start)[SOURCE] * ends(s, SOURCE))),
        odds(content / words.max(1) as f32),
        odds(first),
        odds(last),
        odds(mean(&relation.cue, CUE)),
        yes(relation.content.len() > 1),
        yes(quoted * 5 > words * 4),
        yes(cue.is_verb()),
        yes(cue.is_noun()),
        yes(matches!(cue.often, 1 | 2)),
        yes(matches!(cue.often, 3 | 4)),
        yes(matches!(cue.often, 0 | 7)),
        yes(rule.is_some()),
        yes(rule.is_some_and(|rule| overlap(&rule.content, &relation.content))),
        yes(rule.is_some_and(|rule| rule.source.as_ref() == source)),
        (words as f32).ln(),
        yes(source.is_some_and(|s| s.len() == 1 && sight.atoms[s.start].is_pronoun())),
        yes(source.is_some_and(|s| s.clone().any(|i| sight.atoms[i].name != 0))),
        yes(relation.content.iter().any(|r| sight.at[r.start] != own || sight.at[r.end - 1] != own)),
        yes(sight.inner),
        yes(source.is_some_and(|s| s.end == relation.cue.start)),
        yes(relation.content.iter().any(|r| r.start == relation.cue.end)),
        yes(sight.headline[own as usize]),
    ]
}

/// The probability by the weights of the signs.
pub(crate) fn judge(weights: &[f32], signs: &Signs) -> f32 {
    let sum: f32 = weights.iter().zip(signs).map(|(weight, sign)| weight * sign).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The strongest signs for the relation, in words.
pub(crate) fn reasons(weights: &[f32], signs: &Signs) -> String {
    let mut strong: Vec<(f32, &str)> = weights
        .iter()
        .zip(signs)
        .zip(NAMES)
        .map(|((weight, sign), name)| (weight * sign, name))
        .filter(|(by, name)| *by > 0.2 && !name.is_empty())
        .collect();
    strong.sort_by(|a, b| b.0.total_cmp(&a.0));
    strong.iter().take(2).map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
}
