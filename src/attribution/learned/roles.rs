//! What a token can be in a relation: nothing, or the beginning or a later token of source, cue or content.

use super::sight::{Mark, Sight};

/// How many labels there are.
pub(crate) const LABELS: usize = 7;
/// Part of nothing.
pub(crate) const OUTSIDE: usize = 0;
/// The first token of a source; the later ones follow.
pub(crate) const SOURCE: usize = 1;
/// The same of a cue.
pub(crate) const CUE: usize = 3;
/// The same of a content.
pub(crate) const CONTENT: usize = 5;

/// The role that a label belongs to: none, source, cue, content.
pub(crate) fn role(label: usize) -> usize {
    label.div_ceil(2)
}

/// Whether a label may stand behind another: a later token only behind one of its own role.
pub(crate) fn may_follow(from: usize, to: usize) -> bool {
    to == OUTSIDE || to % 2 == 1 || from == to || from + 1 == to
}

/// Kinds of places between two tokens; each has weights of its own for the step from label to label.
pub(crate) const PLACES: usize = 7;

/// The place before token `i`.
pub(crate) fn place(sight: &Sight, i: usize) -> u8 {
    let atom = &sight.atoms[i];
    let before = i.checked_sub(1).map(|j| &sight.atoms[j]);
    match before {
        _ if sight.opens_paragraph(i) => 0,
        _ if sight.sentence(i).start == i => 1,
        _ if atom.mark == Mark::Open => 2,
        Some(before) if before.mark == Mark::Open => 3,
        Some(before) if before.mark == Mark::Close => 4,
        Some(before) if before.mark == Mark::Comma => 5,
        _ => 6,
    }
}
