//! People of the gazetteer in spellings that it does not list, and with the surname first: "Putin, Vladimir".

use super::candidates::{Candidate, span};
use super::shape::Place;
use crate::labels::Label;
use crate::segment::{Segments, TokenKind};

/// The row of the person whose name this is in another spelling.
pub(super) fn spelled(place: Place<'_>, candidate: &Candidate<'_>) -> Option<u32> {
    if candidate.seen != Some(Label::Per) {
        return None;
    }
    match candidate.name.split_once(',') {
        Some((surname, given)) => place.lexicon.people.find(&straight(given, surname)),
        None => place.lexicon.people.find(candidate.name),
    }
}

/// Puts names in two pieces together where a list has them the other way round.
pub(super) fn join_inverted<'a>(place: Place<'a>, segments: &Segments, candidates: &mut Vec<Candidate<'a>>) {
    let kind = |i: usize| place.tokens.get(i).map(|token| token.kind);
    let mut i = 0;
    while i + 1 < candidates.len() {
        let (surname, given) = (&candidates[i], &candidates[i + 1]);
        let (first, comma, end) = (surname.range.start, surname.range.end, given.range.end);
        let behind = place.tags.get(end).is_some_and(|tag| tag.capital);
        let apart = surname.titled.is_none()
            && comma + 1 == given.range.start
            && kind(comma) == Some(TokenKind::Comma)
            && given.range.len() <= 2
            && !behind
            && !place.tokens.get(end).is_some_and(|t| t.span.of(place.text).eq_ignore_ascii_case("and"));
        if apart && place.lexicon.people.find(&straight(given.name, surname.name)).is_some() {
            let range = first..end;
            let name = span(segments, &range).of(place.text);
            candidates[i] = Candidate { range, name, surface: None, seen: Some(Label::Per), titled: None };
            candidates.remove(i + 1);
        }
        i += 1;
    }
}

/// "Vladimir Putin" of "Putin, Vladimir".
fn straight(given: &str, surname: &str) -> String {
    format!("{} {}", given.trim(), surname.trim())
}
