//! Where the gazetteer and the model are reconciled: one list of places that may name something, none over another.
//!
//! Of two that overlap the longer one holds, for a name is rarely shorter than either thinks; of two that are the same,
//! both are kept together, unless the model sees another kind of thing than the gazetteer knows under a single word
//! ("Jordan" before a surname).

use super::shape::Place;
use crate::labels::{Gender, Label};
use crate::lexicon::{Class, Form, Name as Listed, Surface};
use crate::names::{Hit, Name};
use crate::segment::{Segments, TokenKind};
use crate::span::Span;
use std::ops::Range;

/// A run of tokens that may be a name, before anything is decided.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) range: Range<usize>,
    pub(super) name: &'a str,
    /// A gazetteer surface that covers the range.
    pub(super) surface: Option<&'a Surface>,
    /// What the model takes it for; none where the model sees no name.
    pub(super) seen: Option<Label>,
    /// A title stands before it, with the gender that it tells.
    pub(super) titled: Option<Option<Gender>>,
}

pub(super) fn span(segments: &Segments, range: &Range<usize>) -> Span {
    Span { start: segments.tokens[range.start].span.start, end: segments.tokens[range.end - 1].span.end }
}

/// All candidates of a document, in text order.
pub(super) fn candidates<'a>(
    place: Place<'a>,
    segments: &Segments,
    headline: &[bool],
    hits: &[Hit],
    names: &[Name],
) -> Vec<Candidate<'a>> {
    let names = cut(place, hits, names);
    let mut found = Vec::new();
    let mut n = 0;
    for (sentence, &headline) in segments.sentences.iter().zip(headline) {
        let range = sentence.range();
        let mut i = range.start;
        let mut titled = None;
        while i < range.end {
            n += names[n..].iter().take_while(|(name, _)| name.start < i).count();
            let name = names.get(n).filter(|(name, _)| name.start == i && name.end <= range.end).cloned();
            let surface = match hits[i] {
                Some((length, Listed::Title(gender))) if name.is_none() => {
                    titled = Some(titled.flatten().or(gender));
                    i += length;
                    continue;
                }
                Some((length, Listed::Surface(s))) if i + length <= range.end => {
                    Some((i..i + length, &place.lexicon.gazetteer.surfaces[s as usize]))
                }
                _ => None,
            };
            // A longer name that begins inside the surface takes its place.
            let cut = names.get(n).is_some_and(|(name, _)| {
                surface
                    .as_ref()
                    .is_some_and(|(s, _)| i < name.start && name.start < s.end && s.end < name.end)
            });
            let weak = headline || i == range.start || opens(place.tokens[i - 1].kind);
            let candidate = match (surface, name) {
                _ if cut => None,
                (Some((range, surface)), Some((name, label))) if range == name => {
                    let known = label_of(place, surface);
                    let other = range.len() == 1 && differs(known, label);
                    Some((range, (!other).then_some(surface), Some(label)))
                }
                (Some((range, _)), Some((name, label))) if range.len() < name.len() => {
                    Some((name, None, Some(label)))
                }
                (None, Some((name, label))) => Some((name, None, Some(label))),
                (Some((range, surface)), name) => {
                    let full = surface.form != Form::Short || !weak;
                    full.then(|| (range, Some(surface), name.map(|(_, label)| label)))
                }
                (None, None) => None,
            };
            match candidate {
                Some((range, surface, seen)) => {
                    i = range.end;
                    let name = span(segments, &range).of(place.text);
                    found.push(Candidate { range, name, surface, seen, titled });
                }
                // A capital that nobody knows: a body by its last word, or perhaps a short form of a name told elsewhere.
                None if place.tags[i].capital
                    && place.tokens[i].kind == TokenKind::Word
                    && !common(place, i, weak) =>
                {
                    let (end, seen) = match body(place, i, range.end).filter(|_| !headline) {
                        Some((end, label)) => (end, Some(label)),
                        None => (i + 1, None),
                    };
                    let name = span(segments, &(i..end)).of(place.text);
                    found.push(Candidate { range: i..end, name, surface: None, seen, titled });
                    i = end;
                }
                None => i += 1,
            }
            titled = None;
        }
    }
    found
}

/// Bodies of a state: the people before them ("Polish Ministry of Culture") are no part of their name.
const BODIES: [&str; 14] = [
    "Ministry",
    "Foreign",
    "Defence",
    "Defense",
    "Interior",
    "Finance",
    "Justice",
    "Health",
    "Parliament",
    "Embassy",
    "Army",
    "Navy",
    "Coast",
    "Supreme",
];

/// The names of the model without the titles before them, and the people before a body of state apart.
fn cut(place: Place<'_>, hits: &[Hit], names: &[Name]) -> Vec<Name> {
    let mut found = Vec::with_capacity(names.len());
    for (name, label) in names {
        let mut start = name.start;
        while let Some((length, listed)) = hits[start].filter(|(length, _)| start + length < name.end) {
            match listed {
                Listed::Title(_) if *label == Label::Per => {}
                // "US President Iven Maro": the country before the title.
                Listed::Surface(s) if *label == Label::Per && is_state(place, s) => {
                    if !matches!(hits[start + length], Some((_, Listed::Title(_)))) {
                        break;
                    }
                }
                Listed::Surface(s) if *label == Label::Org => {
                    let people = place.lexicon.gazetteer.surfaces[s as usize].form == Form::Demonym;
                    if !(people && BODIES.contains(&place.tokens[start + length].span.of(place.text))) {
                        break;
                    }
                    found.push((start..start + length, Label::Norp));
                }
                _ => break,
            }
            start += length;
        }
        // "Some Democrats", "Fellow Republicans": only the people are named.
        let listed =
            |i: usize| matches!(hits[i], Some((length, Listed::Surface(_))) if i + length == name.end);
        if start + 1 < name.end && !listed(start) && listed(start + 1) && quantifies(place, start) {
            start += 1;
        }
        // "US President" names nobody.
        let title = |i: usize| matches!(hits[i], Some((length, Listed::Title(_))) if i + length == name.end);
        if start == name.start || !title(start) {
            found.push((start..name.end, *label));
        }
    }
    found
}

/// A country or its people.
fn is_state(place: Place<'_>, surface: u32) -> bool {
    let gazetteer = &place.lexicon.gazetteer;
    let surface = &gazetteer.surfaces[surface as usize];
    let row = surface.entries.first().map(|row| &gazetteer.entries[*row as usize]);
    surface.form != Form::Short && row.is_some_and(|row| row.id.starts_with("country:"))
}

/// A word that says how many, or which of them.
fn quantifies(place: Place<'_>, i: usize) -> bool {
    let word = place.tokens[i].span.of(place.text);
    let which = ["Fellow", "Other", "Top", "Senior", "Most", "Many", "Some", "Several", "Few", "Former"];
    which.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn label_of(place: Place<'_>, surface: &Surface) -> Option<Label> {
    match surface.form {
        Form::Demonym => Some(Label::Norp),
        _ => surface.entries.first().map(|row| place.lexicon.gazetteer.entries[*row as usize].label),
    }
}

/// A person is no place and no body; the other kinds shade into each other.
fn differs(known: Option<Label>, seen: Label) -> bool {
    known.is_some_and(|known| (known == Label::Per) != (seen == Label::Per))
}

/// The end of a run of capitals that begins at `i` and ends in a word that ends names, "Shipping", and what it names.
fn body(place: Place<'_>, i: usize, end: usize) -> Option<(usize, Label)> {
    let capital = |j: usize| place.tags[j].capital && place.tokens[j].kind == TokenKind::Word;
    let run = (i..end.min(i + 4)).take_while(|&j| capital(j)).last()?;
    let label = place.lexicon.name_word(place.tokens[run].span.of(place.text))?;
    (run > i).then_some((run + 1, label))
}

/// A word that has its capital from its place, or that every text has.
fn common(place: Place<'_>, i: usize, weak: bool) -> bool {
    let class = place.tags[i].class;
    class.any(Class::WEEKDAY | Class::MONTH | Class::SUBJECT | Class::DETERMINER | Class::POSSESSIVE)
        || class.without(Class::GIVEN | Class::PLURAL) != Class::NONE && !place.tags[i].is(Class::GIVEN)
        || weak && class.without(Class::GIVEN) != Class::NONE
}

fn opens(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::OpenQuote | TokenKind::Colon | TokenKind::Stop | TokenKind::Dash)
}
