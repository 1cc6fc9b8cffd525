//! From the relations of single candidates to relations that share no word.

use super::candidate::Candidate;
use super::judge::{SIGNS, Signs};
use super::roles::{CONTENT, CUE, SOURCE, role};
use std::ops::Range;

/// A relation as token ranges, in text order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Relation {
    pub(crate) source: Option<Range<usize>>,
    pub(crate) cue: Range<usize>,
    pub(crate) content: Vec<Range<usize>>,
    /// How likely all of it is right.
    pub(crate) confidence: f32,
    /// What that rests on.
    pub(crate) signs: Signs,
}

/// The relation that the labels of a candidate's window spell out; none where they hold no cue or no content.
pub(crate) fn relation(candidate: &Candidate, labels: &[u8]) -> Option<Relation> {
    let mut runs: [Vec<Range<usize>>; 4] = Default::default();
    for (at, &label) in labels.iter().enumerate().filter(|(_, label)| **label > 0) {
        let i = candidate.window.start + at;
        let run = &mut runs[role(usize::from(label))];
        let begins = [SOURCE, CUE, CONTENT].contains(&usize::from(label));
        match run.last_mut() {
            Some(last) if !begins && last.end == i => last.end = i + 1,
            _ => run.push(i..i + 1),
        }
    }
    let [_, sources, cues, content] = runs;
    let gap = |range: &Range<usize>| {
        range.start.saturating_sub(candidate.head)
            + candidate.head.saturating_sub(range.end.saturating_sub(1))
    };
    let cue = cues.into_iter().min_by_key(gap)?;
    let source = sources.into_iter().min_by_key(gap);
    (!content.is_empty()).then_some(Relation { source, cue, content, confidence: 1.0, signs: [0.0; SIGNS] })
}

/// Takes the relations by falling confidence: one whose cue is taken goes, and one that has most of its content taken; what
/// is taken of another is cut off. A source may speak twice.
pub(crate) fn resolve(mut relations: Vec<Relation>, count: usize) -> Vec<Relation> {
    relations.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.cue.start.cmp(&b.cue.start)));
    let mut taken = vec![false; count];
    let mut kept: Vec<Relation> = Vec::new();
    for mut relation in relations {
        if relation.cue.clone().any(|i| taken[i]) {
            continue;
        }
        let all: usize = relation.content.iter().map(Range::len).sum();
        relation.content = relation.content.iter().flat_map(|range| free(range, &taken)).collect();
        let left: usize = relation.content.iter().map(Range::len).sum();
        if left * 2 < all || left == 0 {
            continue;
        }
        for range in relation.content.iter().chain([&relation.cue]) {
            taken[range.clone()].fill(true);
        }
        kept.push(relation);
    }
    kept.sort_by_key(|relation| relation.cue.start);
    kept
}

/// The parts of a range that are not taken.
fn free(range: &Range<usize>, taken: &[bool]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for i in range.clone().filter(|&i| !taken[i]) {
        match parts.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => parts.push(i..i + 1),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(
        source: Option<Range<usize>>,
        cue: Range<usize>,
        content: Vec<Range<usize>>,
        confidence: f32,
    ) -> Relation {
        Relation { source, cue, content, confidence, signs: [0.0; SIGNS] }
    }

    #[test]
    fn labels_spell_a_relation() {
        let candidate = Candidate { range: 12..13, head: 12, window: 10..18 };
        let labels = [1, 2, 3, 0, 5, 6, 5, 0];
        let relation = relation(&candidate, &labels).map(|r| (r.source, r.cue, r.content));
        assert_eq!(relation, Some((Some(10..12), 12..13, vec![14..16, 16..17])));
        assert!(super::relation(&candidate, &[1, 2, 3, 0, 0, 0, 0, 0]).is_none(), "nothing is said");
    }

    #[test]
    fn the_surer_relation_keeps_its_words_and_a_source_may_speak_twice() {
        let sure = found(Some(0..1), 1..2, vec![2..8], 0.9);
        let cut = found(Some(0..1), 8..9, vec![6..7, 9..12], 0.5);
        let inside = found(None, 3..4, vec![4..6], 0.8);
        let mostly = found(None, 12..13, vec![3..8, 13..14], 0.4);
        let kept = resolve(vec![mostly, cut, inside, sure.clone()], 20);
        assert_eq!(kept, [sure, found(Some(0..1), 8..9, vec![9..12], 0.5)]);
    }
}
