//! What a name that no list knows may be: by its words and by what stands beside it.

use crate::labels::{Gender, Label, SourceKind};
use crate::lexicon::{Class, Lexicon};
use crate::segment::{Token, TokenKind};
use crate::tag::Tag;
use std::ops::Range;

/// What one place in the text says about a name. The places of one name are added up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    pub(super) label: Label,
    pub(super) gender: Option<Gender>,
    /// 16 the text says so, 4 its own words or a title tell, 2 its neighbours do, 1 a guess.
    pub(super) weight: u32,
}

/// A name in its place.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) tags: &'a [Tag],
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Place<'a> {
    fn word(&self, i: usize) -> &'a str {
        self.tokens[i].span.of(self.text)
    }

    fn is_word(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| w.eq_ignore_ascii_case(self.word(i)))
    }

    /// The gender that a given name tells.
    pub(super) fn given(&self, i: usize) -> Option<Gender> {
        self.tags[i].gender.filter(|_| self.tags[i].is(Class::GIVEN))
    }

    /// What the name in `range` may be here. `titled` is a title before it, with the gender that it tells.
    pub(super) fn evidence(&self, range: &Range<usize>, titled: Option<Option<Gender>>) -> Evidence {
        let first = self.tags[range.start];
        let given = self.given(range.start);
        let found = |label, weight| Evidence { label, gender: None, weight };
        if let Some(gender) = titled {
            return Evidence { label: Label::Per, gender: gender.or(given), weight: 4 };
        }
        if range.len() > 1 {
            let last = self.lexicon.name_word(self.word(range.end - 1));
            let head = self.lexicon.name_word(self.word(range.start)).filter(|label| *label != Label::Org);
            let inside = range.clone().any(|i| self.lexicon.name_word(self.word(i)) == Some(Label::Org));
            if let Some(label) = last.or(head).or(inside.then_some(Label::Org)) {
                return found(label, 4);
            }
            if first.is(Class::GIVEN) && range.len() <= 4 {
                return Evidence { label: Label::Per, gender: given, weight: 4 };
            }
        }
        self.neighbours(range)
    }

    fn neighbours(&self, range: &Range<usize>) -> Evidence {
        let found = |label, weight| Evidence { label, gender: None, weight };
        let before = range.start.checked_sub(1);
        let after = (range.end < self.tokens.len()).then_some(range.end);
        let role = |i: usize| self.tags[i].role;
        if range.len() <= 3
            && before.is_some_and(|b| role(b) == Some(SourceKind::Person) && !self.tags[b].capital)
        {
            return found(Label::Per, 2);
        }
        if let Some(label) = after.and_then(|a| self.apposition(a)) {
            return found(label, 2);
        }
        // "Norvia's government", "the government of Norvia", "the Norvia government"
        let government = |i: usize| {
            self.is_word(
                i,
                &[
                    "government",
                    "parliament",
                    "president",
                    "authorities",
                    "border",
                    "coast",
                    "capital",
                    "cabinet",
                    "minister",
                    "ministry",
                    "First",
                    "Foreign",
                    "Prime",
                ],
            )
        };
        // "the village of Lindqvist": whatever else the name may be.
        let settlement = |i: usize| self.is_word(i, &["village", "town", "city", "hamlet", "port", "suburb"]);
        if before.is_some_and(|b| b > 0 && self.is_word(b, &["of"]) && settlement(b - 1)) {
            return found(Label::Gpe, 16);
        }
        let owns = after.is_some_and(|a| {
            self.tags[a].is(Class::CLITIC) && a + 1 < self.tokens.len() && government(a + 1)
        });
        let of = before.is_some_and(|b| b > 0 && self.is_word(b, &["of"]) && government(b - 1));
        if owns || of || after.is_some_and(|a| government(a) && range.len() == 1) {
            return found(Label::Gpe, 2);
        }
        let last = self.word(range.end - 1);
        let capitals =
            last.chars().all(|c| !c.is_lowercase()) && last.chars().filter(|c| c.is_uppercase()).count() > 1;
        if range.len() == 1 && capitals {
            return found(Label::Org, 2);
        }
        let article = before.is_some_and(|b| self.is_word(b, &["the"]));
        if article {
            return found(Label::Org, 2);
        }
        if before.is_some_and(|b| self.is_word(b, &["in", "near", "from", "across", "to", "at"])) {
            return found(Label::Gpe, if self.is_word(range.start - 1, &["in", "near"]) { 2 } else { 1 });
        }
        match range.len() {
            1..=3 => found(Label::Per, 1),
            _ => found(Label::Org, 1),
        }
    }

    /// ", a spokesman for": a person. ", the operator of": an organisation. ", 45,": a person.
    fn apposition(&self, comma: usize) -> Option<Label> {
        if self.tokens[comma].kind != TokenKind::Comma {
            return None;
        }
        let next = comma + 1;
        let number = self.tokens.get(next).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() == 2);
        if number || next < self.tokens.len() && self.is_word(next, &["who"]) {
            return Some(Label::Per);
        }
        (next..self.tokens.len().min(next + 6))
            .take_while(|&i| {
                matches!(self.tokens[i].kind, TokenKind::Word | TokenKind::Number)
                    && !self.tags[i].is_finite()
            })
            .find_map(|i| self.tags[i].role)
            .and_then(|role| match role {
                SourceKind::Person => Some(Label::Per),
                SourceKind::Organisation => Some(Label::Org),
                SourceKind::Outlet => Some(Label::Outlet),
                _ => None,
            })
    }
}
