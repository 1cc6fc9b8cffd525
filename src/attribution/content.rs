//! What is said: what follows a cue, where it ends, and what stands before it.

use super::cue::{CueAt, Form};
use super::view::View;
use crate::labels::Act;
use crate::lexicon::{Class, Complement, Part, Sense};
use crate::segment::TokenKind;
use std::ops::Range;

/// What stands to the right of a cue.
#[derive(Clone, Debug)]
pub(super) struct Right<'a> {
    pub(super) sense: &'a Sense,
    /// Where the cue ends, prepositions of its own included.
    pub(super) cue_end: usize,
    /// Where the content begins.
    pub(super) start: usize,
    /// Who is told.
    pub(super) addressee: Option<Range<usize>>,
    /// Whether it begins with a quotation.
    pub(super) quote: bool,
    /// What it is, for the reason given.
    pub(super) what: &'static str,
}

/// A verb without a subject of its own, as [`Right::what`].
pub(super) const RELATIVE: &str = "the verb of a relative clause";

/// Reads the complement of `cue` up to `end`, the end of the sentence.
pub(super) fn right<'a>(view: &View<'a>, cue: &CueAt<'a>, end: usize) -> Option<Right<'a>> {
    let mut cue_end = cue.group.end;
    let mut at = view.skip_adjuncts(cue_end, end);
    // "said in a statement that": where it was said belongs to the cue when "that" or a quotation follows at once.
    let take = |sense: &'a Sense, cue_end: usize, start: usize, quote: bool, what: &'static str| {
        Some(Right { sense, cue_end, start, addressee: None, quote, what })
    };
    let c = cue.cue;
    if at >= end {
        return None;
    }
    // A comma or colon, then a quotation; a colon, then anything.
    if matches!(view.kind(at), TokenKind::Comma | TokenKind::Colon) {
        let next = at + 1;
        if next < end && view.kind(next) == TokenKind::OpenQuote && view.quotation(next).is_some() {
            let sense =
                c.sense(&Complement::Quote).or(c.sense(&Complement::Clause)).or_else(|| spoken(cue))?;
            return take(sense, cue_end, next, true, "quotation after it");
        }
        if next < end && view.kind(at) == TokenKind::Colon && view.word(at) == ":" {
            let sense = c.sense(&Complement::Clause).or(c.sense(&Complement::Quote))?;
            return take(sense, cue_end, next, false, "text after its colon");
        }
        return None;
    }
    if view.kind(at) == TokenKind::OpenQuote {
        let sense =
            c.sense(&Complement::Quote).or(c.sense(&Complement::Object)).or(c.sense(&Complement::Clause))?;
        return take(sense, cue_end, at, view.quotation(at).is_some(), "quotation after it");
    }
    if view.kind(at) != TokenKind::Word
        && view.kind(at) != TokenKind::Number
        && view.kind(at) != TokenKind::Symbol
    {
        return None;
    }
    let clause = c.sense(&Complement::Clause);
    let that = clause.or(c.sense(&Complement::That));
    if view.is(at, Class::THAT)
        && let Some(sense) = that
    {
        return take(sense, cue_end, at, false, "that-clause");
    }
    if view.is(at, Class::WH)
        && let Some(sense) = c.sense(&Complement::Wh).or(clause)
    {
        return take(sense, cue_end, at, false, "wh-clause");
    }
    if view.is(at, Class::TO)
        && at + 1 < end
        && view.is(at + 1, Class::BASE | Class::AUXILIARY | Class::ADVERB)
        && let Some(sense) = c.sense(&Complement::To)
    {
        return take(sense, cue_end, at, false, "infinitive");
    }
    // "does not think so"
    if at == cue_end
        && view.is_word(at, &["so"])
        && (at + 1 >= end || matches!(view.kind(at + 1), TokenKind::Stop | TokenKind::Comma))
        && let Some(sense) = clause.filter(|sense| sense.act == Act::Believe)
    {
        return take(sense, cue_end, at, false, "\"so\" after it");
    }
    let word = view.word(at).to_ascii_lowercase();
    if at == cue_end
        && let Some(sense) = c.preposition(&word)
    {
        cue_end = at + 1;
        at = cue_end;
        if at >= end || view.kind(at) == TokenKind::Stop || view.kind(at) == TokenKind::Comma {
            return None;
        }
        return take(
            sense,
            cue_end,
            at,
            view.kind(at) == TokenKind::OpenQuote && view.quotation(at).is_some(),
            "its preposition",
        );
    }
    if view.is(at, Class::PREPOSITION)
        && !view.is(at, Class::DETERMINER | Class::SUBORDINATOR | Class::RELATIVE)
    {
        return None;
    }
    if view.is(at, Class::ING)
        && let Some(sense) = c.sense(&Complement::Gerund)
    {
        return take(sense, cue_end, at, false, "gerund");
    }
    if view.is(at, Class::CONJUNCTION) || cue.form == Form::Passive {
        return None;
    }
    // "which Moscow said targeted ...": what is said is the verb that follows.
    if at == cue_end
        && (view.tag(at).verb && view.is(at, Class::FINITE) || view.is(at, Class::AUXILIARY | Class::MODAL))
    {
        return take(clause?, cue_end, at, false, RELATIVE);
    }
    noun_phrase(view, cue, cue_end, at, end)
}

/// What follows begins with a noun phrase: an addressee, an object, or the subject of a bare clause.
fn noun_phrase<'a>(
    view: &View<'a>,
    cue: &CueAt<'a>,
    cue_end: usize,
    at: usize,
    end: usize,
) -> Option<Right<'a>> {
    let c = cue.cue;
    let phrase = view.phrase_end(at, end);
    let subject = view.is(at, Class::SUBJECT) && !view.is(at, Class::OBJECT);
    if phrase > at && phrase <= end && !subject {
        if phrase < end
            && view.is(phrase, Class::TO)
            && view.is(
                (phrase + 1).min(end - 1),
                Class::BASE | Class::AUXILIARY | Class::ADVERB | Class::NEGATOR,
            )
            && let Some(sense) = c.sense(&Complement::ObjectTo)
        {
            return Some(Right {
                sense,
                cue_end,
                start: at,
                addressee: Some(at..phrase),
                quote: false,
                what: "somebody to do it",
            });
        }
        if let Some(sense) = c.sense(&Complement::Addressee) {
            let mut next = view.skip_adjuncts(phrase, end);
            // "told CNN in an interview, "..." ": the quotation may follow a comma.
            let kind = |i: usize| (i < end).then(|| view.kind(i));
            let quoted = kind(next) == Some(TokenKind::Comma) && kind(next + 1) == Some(TokenKind::OpenQuote);
            if quoted || kind(next) == Some(TokenKind::Colon) {
                next += 1;
            }
            if next < end
                && (view.kind(next) == TokenKind::OpenQuote
                    || view.is(
                        next,
                        Class::THAT | Class::WH | Class::SUBJECT | Class::DETERMINER | Class::POSSESSIVE,
                    ) && view.has_clause(next..end)
                    || view.is_word(next, &["about", "of", "not"]))
            {
                let quote = view.kind(next) == TokenKind::OpenQuote && view.quotation(next).is_some();
                return Some(Right {
                    sense,
                    cue_end,
                    start: next,
                    addressee: Some(at..phrase),
                    quote,
                    what: "what somebody is told",
                });
            }
        }
    }
    if let Some(sense) = c.sense(&Complement::Clause)
        && (subject || view.has_clause(at..end))
        && (c.sense(&Complement::Object).is_none() || clause_soon(view, at, end))
    {
        return Some(Right {
            sense,
            cue_end,
            start: at,
            addressee: None,
            quote: false,
            what: "clause after it",
        });
    }
    if let Some(sense) = c.sense(&Complement::Object)
        && !view.is(at, Class::TIME)
        && !view.is_word(at, &["themselves", "himself", "herself", "itself", "themself"])
    {
        return Some(Right { sense, cue_end, start: at, addressee: None, quote: false, what: "object" });
    }
    None
}

/// Whether the noun phrase at `at` is directly followed by a verb: the subject of a clause, not an object.
fn clause_soon(view: &View<'_>, at: usize, end: usize) -> bool {
    let mut i = at;
    while i < end {
        let tag = view.tag(i);
        match view.kind(i) {
            TokenKind::Word
                if tag.is(Class::RELATIVE | Class::TO | Class::SUBORDINATOR)
                    && !tag.is(Class::PREPOSITION | Class::SUBJECT) =>
            {
                return false;
            }
            TokenKind::Word if tag.is_finite() && !tag.is(Class::ING) => {
                return !(tag.verb
                    && tag.is(Class::PARTICIPLE)
                    && view.is((i + 1).min(end - 1), Class::PREPOSITION));
            }
            TokenKind::Word | TokenKind::Number | TokenKind::Symbol => {}
            _ => return false,
        }
        i += 1;
    }
    false
}

/// The sense of a verb that can carry a quotation though no row says so: none for verbs of wanting and doing.
fn spoken<'a>(cue: &CueAt<'a>) -> Option<&'a Sense> {
    cue.cue.sense(&Complement::Addressee)
}

/// Where the content that begins at `start` ends: the end of its quotation, or of its clause.
pub(super) fn end(view: &View<'_>, start: usize, sentence_end: usize) -> usize {
    let mut i = start;
    let mut brackets = 0usize;
    let clause = view.clause_end(start, sentence_end);
    while i < sentence_end {
        if view.kind(i) == TokenKind::OpenQuote
            && let Some(q) = view.quotation(i)
        {
            // A quotation is taken whole, also over several sentences.
            let close = view.quoted(q).end;
            if close >= sentence_end || ends_after(view, close, sentence_end) {
                return close;
            }
            i = close;
            continue;
        }
        match view.kind(i) {
            TokenKind::OpenBracket => brackets += 1,
            TokenKind::CloseBracket => brackets = brackets.saturating_sub(1),
            _ if brackets > 0 => {}
            TokenKind::Stop if i + 1 >= sentence_end || i > start => return i,
            TokenKind::Colon if view.word(i) == ";" => return i,
            TokenKind::Dash if i > start => return i,
            TokenKind::Comma if i > start => {
                let ends = match clause {
                    Some(end) => i + 1 >= end || breaks_off(view, i, sentence_end),
                    None => breaks_off(view, i, sentence_end) || main_verb(view, start, i, sentence_end),
                };
                if ends {
                    return i;
                }
            }
            TokenKind::CloseQuote if view.quotation(start).is_none() && view.quotation(i).is_some() => {
                return i;
            }
            _ => {}
        }
        if brackets == 0
            && i > start
            && (view.tag(i).phrase > 0 && view.is_phrase_cue(i)
                || view.is_word(i, &["but"]) && view.has_clause(i + 1..sentence_end))
        {
            return i;
        }
        i += 1;
    }
    while i > start + 1 && view.kind(i - 1) == TokenKind::Stop {
        i -= 1;
    }
    i
}

/// Whether nothing of the clause goes on behind a closing mark.
fn ends_after(view: &View<'_>, close: usize, sentence_end: usize) -> bool {
    match view.kind(close) {
        TokenKind::Stop | TokenKind::Colon | TokenKind::Dash => true,
        TokenKind::Comma => true,
        // "..." he said
        _ => {
            view.kind(close - 1) == TokenKind::CloseQuote
                && close >= 2
                && matches!(view.kind(close - 2), TokenKind::Comma | TokenKind::Stop)
                && close <= sentence_end
        }
    }
}

/// "who said he slept, was grounded": a verb behind the first comma of the content belongs to the clause around it.
fn main_verb(view: &View<'_>, start: usize, comma: usize, end: usize) -> bool {
    let next = comma + 1;
    next < end
        && (view.is(next, Class::AUXILIARY | Class::MODAL)
            || view.tag(next).verb && view.is(next, Class::FINITE))
        && !(start..comma).any(|i| view.kind(i) == TokenKind::Comma)
        && view.has_clause(start..comma)
}

/// Whether the clause ends at the comma `i`: measured on the training articles, half and more of contents end
/// before these words.
fn breaks_off(view: &View<'_>, i: usize, end: usize) -> bool {
    let next = i + 1;
    if next >= end {
        return true;
    }
    let tag = view.tag(next);
    if view.is_word(next, &["and", "but", "so", "yet"]) {
        return view.has_clause(next + 1..end);
    }
    if view.is_word(next, &["which", "while", "though", "although", "despite", "where", "whereas"]) {
        return true;
    }
    // ", an allegation rejected by ..."
    if tag.is(Class::DETERMINER) && next + 1 < end && view.is(next + 1, Class::CUE_NOUN) {
        return true;
    }
    // ", with Quill saying that ..."
    if view.is_word(next, &["with"])
        && (next + 1..end.min(next + 7))
            .any(|j| view.tag(j).verb && view.is(j, Class::ING) && view.tag(j).verb_cue.is_some())
    {
        return true;
    }
    if tag.verb && tag.is(Class::ING) && !tag.is(Class::PREPOSITION)
        || tag.is(Class::PAST) && tag.is(Class::PARTICIPLE)
    {
        return true;
    }
    if tag.is(Class::SUBJECT) && !tag.is(Class::RELATIVE | Class::DETERMINER | Class::THAT) && !tag.capital {
        return true;
    }
    // ", Kirby said", ", according to"
    tag.phrase > 0 && view.is_phrase_cue(next)
}

/// The quotations of the paragraphs before that the quotation ending at `content` goes on with, first to last.
pub(super) fn paragraphs_before(view: &View<'_>, content: &Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut q = view.quotation(content.end - 1);
    while let Some(before) = q.and_then(|q| view.segments.quotations[q as usize].continues) {
        pieces.push(view.quoted(before));
        q = Some(before);
    }
    pieces.reverse();
    pieces
}

/// What is said before the cue: from the quotation or clause that ends right before `stop`.
pub(super) fn left(
    view: &View<'_>,
    stop: usize,
    sentence_start: usize,
    paragraph_start: usize,
) -> Option<(Range<usize>, bool)> {
    let mut last = stop.checked_sub(1)?;
    if last < paragraph_start {
        return None;
    }
    let mut comma = false;
    while last > paragraph_start && matches!(view.kind(last), TokenKind::Comma | TokenKind::Dash) {
        comma = true;
        last -= 1;
    }
    if view.kind(last) == TokenKind::CloseQuote
        && let Some(q) = view.quotation(last)
    {
        let quoted = view.quoted(q);
        // "The plan is "a joke," he said": the words before the mark belong to it, if they are no attribution.
        let mixed = sentence_start < quoted.start
            && view.has_clause(sentence_start..quoted.start)
            && quoted.start > sentence_start + 1;
        let start = if mixed && quoted.start >= sentence_start { sentence_start } else { quoted.start };
        return Some((start.max(paragraph_start)..last + 1, true));
    }
    let sentence_start = (sentence_start..last)
        .rev()
        .find(|&i| view.kind(i) == TokenKind::Colon && view.word(i) == ";")
        .map_or(sentence_start, |i| i + 1);
    (comma && sentence_start < last && view.has_clause(sentence_start..last + 1))
        .then_some((sentence_start..last + 1, false))
}

impl View<'_> {
    /// Whether a cue phrase ("according to") begins at `i`.
    pub(super) fn is_phrase_cue(&self, i: usize) -> bool {
        self.tag(i).verb_cue.is_some_and(|cue| self.lexicon.cues[cue as usize].part == Part::Phrase)
    }
}
