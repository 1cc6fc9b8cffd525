//! The best sequence of labels (Viterbi): a name is one beginning and any number of insides of its kind.

use super::Name;
use crate::labels::Label;

/// Outside, and a beginning and an inside for every kind of thing.
pub(crate) const LABELS: usize = 1 + 2 * Label::ALL.len();
/// No name.
pub(crate) const OUTSIDE: usize = 0;
/// The first word of a name of the first kind; those of the others follow in steps of two.
pub(crate) const BEGIN: usize = 1;
/// A later word of it.
pub(crate) const INSIDE: usize = 2;

/// Whether the label may stand behind the other.
pub(crate) fn may_follow(from: usize, to: usize) -> bool {
    to == OUTSIDE || to % 2 == BEGIN || from == to || from + 1 == to
}

/// The scores of a run of words and the best way to each.
#[derive(Default)]
pub(crate) struct Lattice {
    scores: Vec<[i16; LABELS]>,
    back: Vec<[u8; LABELS]>,
}

impl Lattice {
    pub(super) fn clear(&mut self) {
        self.scores.clear();
    }

    pub(super) fn push(&mut self, scores: &[i16; LABELS]) {
        self.scores.push(*scores);
    }

    /// Adds the names of the best sequence; the run begins at word `first`, and stands between words outside.
    pub(super) fn decode(&mut self, step: impl Fn(usize, usize) -> i16, first: usize, names: &mut Vec<Name>) {
        self.back.clear();
        let mut best = [i32::MIN / 2; LABELS];
        best[OUTSIDE] = 0;
        for scores in &self.scores {
            let mut next = [i32::MIN / 2; LABELS];
            let mut from = [0u8; LABELS];
            for to in 0..LABELS {
                for (before, score) in best.iter().enumerate().filter(|(before, _)| may_follow(*before, to)) {
                    let score = score + i32::from(step(before, to));
                    if score > next[to] {
                        next[to] = score;
                        from[to] = before as u8;
                    }
                }
                next[to] += i32::from(scores[to]);
            }
            best = next;
            self.back.push(from);
        }
        let end = |label: usize| best[label] + i32::from(step(label, OUTSIDE));
        let mut label =
            (0..LABELS).fold(OUTSIDE, |top, label| if end(label) > end(top) { label } else { top });
        let mut stop = None;
        let known = names.len();
        for i in (0..self.scores.len()).rev() {
            if label != OUTSIDE {
                let stop_here = *stop.get_or_insert(i + 1);
                if label % 2 == BEGIN {
                    names.push((first + i..first + stop_here, Label::ALL[(label - 1) / 2]));
                    stop = None;
                }
            }
            label = usize::from(self.back[i][label]);
        }
        names[known..].reverse();
    }
}
