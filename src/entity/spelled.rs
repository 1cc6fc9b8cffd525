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

/// The candidates, those in two pieces together where a list has them the other way round.
pub(super) fn join_inverted<'a>(
    place: Place<'a>,
    segments: &Segments,
    candidates: Vec<Candidate<'a>>,
) -> Vec<Candidate<'a>> {
    let mut joined: Vec<Candidate<'a>> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        match joined.last_mut().filter(|surname| is_inverted(place, surname, &candidate)) {
            Some(surname) => {
                let range = surname.range.start..candidate.range.end;
                let name = span(segments, &range).of(place.text);
                *surname = Candidate { range, name, surface: None, seen: Some(Label::Per), titled: None };
            }
            None => joined.push(candidate),
        }
    }
    joined
}

/// Whether a surname and a comma stand before a given name, and together they are somebody on the lists.
fn is_inverted(place: Place<'_>, surname: &Candidate<'_>, given: &Candidate<'_>) -> bool {
    let (comma, end) = (surname.range.end, given.range.end);
    let behind = place.tokens.get(end).map(|token| token.span.of(place.text));
    surname.titled.is_none()
        && comma + 1 == given.range.start
        && place.tokens[comma].kind == TokenKind::Comma
        && given.range.len() <= 2
        && !place.tags.get(end).is_some_and(|tag| tag.capital)
        && !behind.is_some_and(|word| word.eq_ignore_ascii_case("and"))
        && place.lexicon.people.find(&straight(given.name, surname.name)).is_some()
}

/// "Vladimir Putin" of "Putin, Vladimir".
fn straight(given: &str, surname: &str) -> String {
    format!("{} {}", given.trim(), surname.trim())
}
