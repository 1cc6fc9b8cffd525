//! One document as the rules see it: tokens, tags, sentences and quotations, and small questions about them.

use super::Layers;
use crate::coreference::Scene;
use crate::entity::Mention;
use crate::language::Syntax;
use crate::lexicon::{Class, Lexicon};
use crate::segment::{Segments, TokenKind};
use crate::span::Span;
use crate::tag::Tag;
use crate::tagset::Rel;
use std::ops::Range;

/// The layers below, borrowed, and which quotation each token stands in.
pub(crate) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) segments: &'a Segments,
    pub(super) tags: &'a [Tag],
    pub(super) syntax: &'a Syntax,
    pub(super) mentions: &'a [Mention],
    pub(super) lexicon: &'a Lexicon,
    /// For each sentence whether it is a headline.
    pub(super) headline: &'a [bool],
    /// How many tokens stand in a title that is analysed apart from the text.
    title: usize,
    /// For each token the outermost quotation that it stands in, scare quotes aside.
    quotation: Vec<Option<u32>>,
}

impl<'a> View<'a> {
    pub(super) fn new(layers: Layers<'a>) -> Self {
        let Layers { text, segments, tags, syntax, mentions, headline, body, lexicon } = layers;
        let mut quotation = vec![None; segments.tokens.len()];
        let mut at = 0;
        for (q, quoted) in segments.quotations.iter().enumerate() {
            if quoted.depth > 0 || quoted.scare {
                continue;
            }
            at += segments.tokens[at..].partition_point(|t| t.span.start < quoted.span.start);
            let end = at + segments.tokens[at..].partition_point(|t| t.span.start < quoted.span.end);
            quotation[at..end].fill(Some(q as u32));
            at = end;
        }
        let title = segments.tokens.partition_point(|t| t.span.start < body);
        Self { text, segments, tags, syntax, mentions, lexicon, headline, title, quotation }
    }

    /// What coreference sees of it; `source` says of each token whether it is part of a source, `speakers` of each
    /// quotation who says it.
    pub(super) fn scene<'s>(&'s self, source: &'s [bool], speakers: &'s [Option<Range<usize>>]) -> Scene<'s> {
        Scene {
            text: self.text,
            segments: self.segments,
            tags: self.tags,
            syntax: self.syntax,
            mentions: self.mentions,
            quotation: &self.quotation,
            source,
            speakers,
            lexicon: self.lexicon,
        }
    }

    pub(super) fn word(&self, i: usize) -> &'a str {
        self.segments.tokens[i].span.of(self.text)
    }

    pub(super) fn kind(&self, i: usize) -> TokenKind {
        self.segments.tokens[i].kind
    }

    pub(super) fn tag(&self, i: usize) -> &'a Tag {
        &self.tags[i]
    }

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.tags[i].is(class)
    }

    pub(super) fn is_word(&self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        words.iter().any(|w| w.eq_ignore_ascii_case(word))
    }

    /// The mentions inside a span.
    pub(super) fn mentions_in(&self, span: Span) -> &'a [Mention] {
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        let to = self.mentions.partition_point(|m| m.span.start < span.end);
        &self.mentions[from..to.max(from)]
    }

    /// The token behind a mention.
    pub(super) fn after(&self, mention: &Mention) -> usize {
        self.segments.tokens.partition_point(|t| t.span.start < mention.span.end)
    }

    /// Whether token `i` stands in a headline.
    pub(super) fn in_headline(&self, i: usize) -> bool {
        let s = self.segments.sentences.partition_point(|s| s.last as usize <= i);
        self.headline.get(s).copied().unwrap_or(false)
    }

    /// Cuts a content whose cue stands in the title at the end of that: what a title says does not go on in the text.
    pub(super) fn within_title(&self, cue: &Range<usize>, content: &mut Vec<Range<usize>>) {
        if cue.start < self.title {
            content.retain(|range| range.start < self.title);
        }
        content.iter_mut().for_each(|range| *range = self.in_one_field(range));
    }

    /// The part of a range that stands in the field in which it begins.
    pub(super) fn in_one_field(&self, range: &Range<usize>) -> Range<usize> {
        let end = if range.start < self.title { self.title } else { usize::MAX };
        range.start..range.end.min(end)
    }

    /// The quotation around token `i`.
    pub(super) fn quotation(&self, i: usize) -> Option<u32> {
        self.quotation.get(i).copied().flatten()
    }

    /// The tokens of quotation `q`, marks included.
    pub(super) fn quoted(&self, q: u32) -> Range<usize> {
        let span = self.segments.quotations[q as usize].span;
        let tokens = &self.segments.tokens;
        tokens.partition_point(|t| t.span.start < span.start)
            ..tokens.partition_point(|t| t.span.start < span.end)
    }

    /// The span from the first to the last token of a range, without commas and colons at its edges; that of no token is
    /// empty.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        if range.is_empty() {
            return Span::default();
        }
        let loose = |i: usize| matches!(self.kind(i), TokenKind::Comma | TokenKind::Colon | TokenKind::Dash);
        let (mut start, mut end) = (range.start, range.end);
        while start + 1 < end && loose(start) {
            start += 1;
        }
        while end > start + 1 && loose(end - 1) {
            end -= 1;
        }
        let tokens = &self.segments.tokens;
        Span { start: tokens[start].span.start, end: tokens[end - 1].span.end }
    }

    /// Whether a verb that can head a clause stands in the range before the clause breaks off.
    pub(super) fn has_clause(&self, range: Range<usize>) -> bool {
        for i in range {
            match self.kind(i) {
                TokenKind::Stop | TokenKind::Colon | TokenKind::Dash => return false,
                _ if self.is(i, Class::TO) => return false,
                _ if self.tag(i).is_finite() && !self.is(i, Class::ING) => return true,
                _ => {}
            }
        }
        false
    }

    /// One past the last token of the clause that begins at `start`, by the tree: of all that hangs on the first word
    /// from there whose head stands before. None where the sentence was not parsed.
    pub(super) fn clause_end(&self, start: usize, end: usize) -> Option<usize> {
        let head = |i: usize| self.syntax.arcs.get(i).copied().flatten().map(|arc| arc.head as usize);
        let top = (start..end).find(|&i| head(i).is_some_and(|head| head < start))?;
        // Hyphenated words that are whole again may close a circle, so the way up is counted.
        let below = |mut i: usize| {
            for _ in start..end {
                match head(i) {
                    _ if i == top => return true,
                    Some(next) if next != i => i = next,
                    _ => return false,
                }
            }
            false
        };
        (top..end).rev().find(|&i| below(i)).map(|last| last + 1)
    }

    /// Where the verb group begins whose subject token `i` is, by the tree; where it stands behind `i`.
    pub(super) fn predicate_of(&self, i: usize) -> Option<usize> {
        let arc = self.syntax.arcs.get(i).copied().flatten()?;
        let head = arc.head as usize;
        let hangs = |j: &usize| {
            self.syntax.arcs[*j].is_some_and(|arc| {
                arc.head as usize == head && matches!(arc.rel.base(), Rel::Aux | Rel::Cop | Rel::Advmod)
            })
        };
        let group = (i + 1..head).rev().take_while(hangs).last();
        (head > i && arc.rel.base() == Rel::Nsubj).then(|| group.unwrap_or(head))
    }

    /// Steps over adverbs, days and "in a statement" after a cue.
    pub(super) fn skip_adjuncts(&self, mut i: usize, end: usize) -> usize {
        loop {
            let next = self.adjunct_end(i, end);
            if next == i {
                return i;
            }
            i = next;
        }
    }

    /// The end of the adverbial that begins at `i`, `i` itself where there is none.
    pub(super) fn adjunct_end(&self, i: usize, end: usize) -> usize {
        if i >= end {
            return i;
        }
        let tag = self.tag(i);
        if tag.is(Class::WEEKDAY) {
            return if i + 1 < end && self.is(i + 1, Class::TIME) && !self.is(i + 1, Class::DETERMINER) {
                i + 2
            } else {
                i + 1
            };
        }
        if i + 1 < end
            && self.is_word(i, &["on", "late", "early", "last", "this", "next"])
            && self.is(i + 1, Class::TIME)
            && !self.is(i + 1, Class::DETERMINER)
        {
            return self.time_end(i + 1, end);
        }
        if tag.is(Class::ADVERB)
            && !tag.is(Class::SUBORDINATOR
                | Class::PREPOSITION
                | Class::DETERMINER
                | Class::NEGATOR
                | Class::TIME)
        {
            return i + 1;
        }
        // "in a statement", "during an interview with CNN", "at a news conference", "on Twitter"
        if self.is_word(i, &["in", "during", "at", "on", "via", "through", "to", "with"]) {
            let stop = self.phrase_end(i + 1, end);
            let names = (i + 1..stop).any(|j| self.is_word(j, OCCASIONS));
            if names && stop < end {
                return stop;
            }
        }
        i
    }

    fn time_end(&self, mut i: usize, end: usize) -> usize {
        while i < end
            && (self.is(i, Class::TIME) && !self.is(i, Class::DETERMINER)
                || self.kind(i) == TokenKind::Number)
        {
            i += 1;
        }
        i
    }

    /// The end of a short noun phrase that begins at `i`: to the next verb, mark or clause.
    pub(super) fn phrase_end(&self, i: usize, end: usize) -> usize {
        let mut at = i;
        while at < end {
            let tag = self.tag(at);
            let stops = match self.kind(at) {
                TokenKind::Word => {
                    tag.is(Class::THAT) && at > i
                        || tag.is(Class::TO)
                        || at > i && tag.is(Class::WH | Class::SUBORDINATOR | Class::SUBJECT)
                        || at > i
                            && tag.is(Class::DETERMINER | Class::POSSESSIVE)
                            && !self.is(at - 1, Class::PREPOSITION | Class::CONJUNCTION | Class::DETERMINER)
                        || tag.is_finite()
                }
                TokenKind::Number | TokenKind::Symbol => false,
                _ => true,
            };
            if stops {
                break;
            }
            at += 1;
        }
        at
    }
}

/// Where and how something is said: what does not belong to the content.
const OCCASIONS: &[&str] = &[
    "statement",
    "interview",
    "interviews",
    "conference",
    "briefing",
    "speech",
    "email",
    "e-mail",
    "letter",
    "tweet",
    "tweets",
    "post",
    "memo",
    "report",
    "testimony",
    "debate",
    "rally",
    "Twitter",
    "Facebook",
    "Instagram",
    "Telegram",
    "release",
    "column",
    "editorial",
    "op-ed",
    "appearance",
    "call",
    "message",
    "remarks",
    "broadcast",
    "hearing",
    "television",
    "radio",
    "press",
];
