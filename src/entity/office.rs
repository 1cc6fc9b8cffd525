//! People named by their office alone: "the US president", "the prime minister of Japan".
//!
//! Whom the document itself calls so holds the office in it; else the list of offices tells who held it on the record's
//! date, and where neither does nobody is named.

use super::candidates::span;
use super::shape::Place;
use super::{Entities, Mention, Via};
use crate::date::Period;
use crate::labels::Label;
use crate::lexicon::{Class, OfficeAt};
use crate::segment::{Segments, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Words of the longest name of an office.
const LONGEST: usize = 8;

/// People whom one document may call the holder of one office, so that time stays linear.
const MOST: usize = 8;

/// Words before an office that make it another one, or that of another time.
const OTHERS: [&str; 22] = [
    "former",
    "ex",
    "deputy",
    "acting",
    "vice",
    "assistant",
    "under",
    "shadow",
    "future",
    "next",
    "late",
    "then",
    "first",
    "last",
    "previous",
    "interim",
    "ousted",
    "deposed",
    "onetime",
    "fellow",
    "junior",
    "one-time",
];
/// Words between the article and an office that leave it what it is.
const SAME: [&str; 6] = ["current", "new", "incumbent", "outgoing", "embattled", "longtime"];
/// Words behind which an office is what somebody is or may become.
const PREDICATES: [&str; 11] = [
    "as",
    "become",
    "becomes",
    "became",
    "becoming",
    "elected",
    "named",
    "appointed",
    "remain",
    "remains",
    "remained",
];

/// An office in the text, of the country or body that the words beside it name.
struct Office<'l> {
    /// From the article or the name of the country to the last word.
    tokens: Range<usize>,
    of: u32,
    offices: &'l [u16],
    /// Stands as a noun phrase by itself.
    definite: bool,
}

struct Finder<'a, 'm> {
    place: Place<'a>,
    mentions: &'m [Mention],
    entities: &'m Entities,
}

/// Adds the mentions of those named by their office alone.
pub(super) fn find(
    place: Place<'_>,
    segments: &Segments,
    headline: &[bool],
    date: Option<Period>,
    mentions: &mut Vec<Mention>,
    entities: &mut Entities,
) {
    let lexicon = place.lexicon;
    let finder = Finder { place, mentions, entities };
    let mut told: FxHashMap<(u32, u16), Vec<u32>> = FxHashMap::default();
    let mut alone = Vec::new();
    for (sentence, &headline) in segments.sentences.iter().zip(headline) {
        let mut i = sentence.range().start;
        while i < sentence.range().end {
            let Some((words, at)) = finder.office(i, sentence.range().end) else {
                i += 1;
                continue;
            };
            i = words.end;
            let Some(office) = finder.held(words, at, sentence.range(), headline) else { continue };
            match finder.named(&office.tokens) {
                Some(person) => {
                    for number in office.offices {
                        let holders = told.entry((office.of, *number)).or_default();
                        if holders.len() < MOST && !holders.contains(&person) {
                            holders.push(person);
                        }
                    }
                }
                None if office.definite => alone.push(office),
                None => {}
            }
        }
    }
    let mut found = Vec::new();
    for Office { tokens, of, offices, .. } in alone {
        let mut named: Vec<u32> = Vec::new();
        for person in offices.iter().filter_map(|office| told.get(&(of, *office))).flatten() {
            if !named.contains(person) {
                named.push(*person);
            }
        }
        let dated = date.and_then(|days| lexicon.offices.holder(of, offices, days));
        let dated = dated.map(|row| entities.known(row, lexicon));
        let entity = match (named.as_slice(), dated) {
            (&[one], _) => Some(one),
            (named, Some(person)) if named.is_empty() || named.contains(&person) => Some(person),
            _ => None,
        };
        if let Some(entity) = entity {
            let span = span(segments, &tokens);
            found.push(Mention { span, label: Label::Per, entity, via: Via::Description, confidence: None });
        }
    }
    if !found.is_empty() {
        mentions.append(&mut found);
        mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    }
}

impl<'a> Finder<'a, '_> {
    fn word(&self, i: usize) -> &'a str {
        self.place.tokens[i].span.of(self.place.text)
    }

    fn is_word(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| word.eq_ignore_ascii_case(self.word(i)))
    }

    fn is(&self, i: usize, class: Class) -> bool {
        self.place.tags[i].is(class)
    }

    /// The name of an office that begins at token `i`; hyphens stand for spaces.
    fn office(&self, i: usize, end: usize) -> Option<(Range<usize>, OfficeAt<'a>)> {
        let mut lower = [0u8; 16];
        let first = self.word(i);
        let lower = lower.get_mut(..first.len())?;
        lower.copy_from_slice(first.as_bytes());
        lower.make_ascii_lowercase();
        let first = std::str::from_utf8(lower).ok()?;
        let behind = |k: usize| {
            (i..end.min(i + 2 * LONGEST)).filter(|&j| !matches!(self.word(j), "-" | "\u{2010}")).nth(k)
        };
        let at = self.place.lexicon.offices.at(first, |k| behind(k).map(|j| self.word(j)))?;
        Some((i..behind(at.words - 1)? + 1, at))
    }

    /// The office of the country or body that stands before it or behind "of".
    fn held(
        &self,
        words: Range<usize>,
        at: OfficeAt<'a>,
        sentence: Range<usize>,
        headline: bool,
    ) -> Option<Office<'a>> {
        let tokens = self.place.tokens;
        let mut range = words.clone();
        let mut owned = false;
        let mut of = None;
        if words.start > sentence.start {
            let last = words.start - 1;
            let clitic = self.is(last, Class::CLITIC);
            let name = if clitic { last.checked_sub(1)? } else { last };
            if let Some(m) = self.ends_at(name) {
                of = self.row(m);
                range.start = tokens.partition_point(|t| t.span.end <= m.span.start);
                owned = clitic;
            }
        }
        if of.is_none() && words.end + 1 < sentence.end && self.is_word(words.end, &["of"]) {
            let name = words.end + 1 + usize::from(self.is_word(words.end + 1, &["the"]));
            if let Some(m) = self.begins_at(name) {
                of = self.row(m);
                range.end = tokens.partition_point(|t| t.span.start < m.span.end);
            }
        }
        let of = of.or(at.of)?;
        let before = |start: usize| start.checked_sub(1).filter(|&i| i >= sentence.start);
        if let Some(i) = before(words.start)
            && self.is_word(i, &OTHERS)
        {
            return None;
        }
        let mut definite = owned || headline || range.start == sentence.start;
        if let Some(mut i) = before(range.start) {
            if self.is_word(i, &OTHERS) || matches!(self.word(i), "-" | "\u{2010}") {
                return None;
            }
            if self.is_word(i, &SAME) && i > sentence.start {
                i -= 1;
            }
            if self.is_word(i, &["the"]) {
                definite = true;
                range.start = i;
            }
        }
        // What somebody is, or what belongs to the office: "became the US president", "the US president's wife".
        let predicate =
            before(range.start).is_some_and(|i| self.is(i, Class::BE) || self.is_word(i, &PREDICATES));
        let modifies = range.end < sentence.end
            && (self.is(range.end, Class::CLITIC)
                || self.place.tags[range.end].role.is_some()
                || matches!(self.word(range.end), "-" | "\u{2010}"));
        Some(Office { tokens: range, of, offices: at.offices, definite: definite && !predicate && !modifies })
    }

    /// The person whom the words beside an office name: "President Maro", "the president, Iven Maro,".
    fn named(&self, office: &Range<usize>) -> Option<u32> {
        let comma = |i: usize| self.place.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Comma);
        let person = |m: &&Mention| m.label == Label::Per;
        let behind = self.begins_at(office.end + usize::from(comma(office.end))).filter(person);
        let before = || {
            let at = office.start.checked_sub(2)?;
            self.ends_at(at).filter(person).filter(|_| comma(at + 1))
        };
        behind.or_else(before).map(|m| m.entity)
    }

    fn begins_at(&self, token: usize) -> Option<&Mention> {
        let start = self.place.tokens.get(token)?.span.start;
        let at = self.mentions.partition_point(|m| m.span.start < start);
        self.mentions.get(at).filter(|m| m.span.start == start)
    }

    fn ends_at(&self, token: usize) -> Option<&Mention> {
        let end = self.place.tokens.get(token)?.span.end;
        let at = self.mentions.partition_point(|m| m.span.end < end);
        self.mentions.get(at).filter(|m| m.span.end == end)
    }

    fn row(&self, mention: &Mention) -> Option<u32> {
        self.entities.facts(mention.entity).gazetteer
    }
}
