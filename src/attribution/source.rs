//! Who speaks: the noun phrase before a verb group, or after it.

use super::view::View;
use crate::labels::SourceKind;
use crate::lexicon::Class;
use crate::segment::TokenKind;
use std::ops::Range;

/// The subject that ends right before token `verb`, looking back no farther than `first`.
pub(super) fn before(view: &View<'_>, verb: usize, first: usize) -> Option<Range<usize>> {
    let mut end = verb;
    // "Kirby, however, said": step over an aside. "Kirby, a spokesman for X, said": keep the apposition.
    let mut tail = verb;
    let mut steps = 0;
    while end > first && view.kind(end - 1) == TokenKind::Comma {
        let close = end - 1;
        let open = (first..close).rev().take(30).find(|&i| view.kind(i) == TokenKind::Comma)?;
        steps += 1;
        if steps > 4 || open == first {
            return None;
        }
        if is_aside(view, open + 1..close) {
            if tail == end {
                tail = open;
            }
            end = open;
        } else if is_apposition(view, open + 1..close) {
            if tail == end {
                tail = close;
            }
            end = open;
            // One apposition is enough unless another comma closes before it ("Quill, 45, a teacher, said").
            if end > first && view.kind(end - 1) != TokenKind::Number {
                break;
            }
        } else {
            return None;
        }
    }
    let start = match head_start(view, end, first) {
        Some(start) => start,
        None if end == verb => return with_relative(view, verb, first),
        None => return None,
    };
    // "Brandt on Wednesday accused": the day is no part of the source.
    let mut tail = tail.max(end);
    while tail > start + 1 && view.is(tail - 1, Class::WEEKDAY) {
        tail -= if tail > start + 2 && view.is_word(tail - 2, &["on"]) { 2 } else { 1 };
    }
    Some(start..tail)
}

/// "two officials who asked not to be named told": a relative clause without commas between noun and verb.
fn with_relative(view: &View<'_>, verb: usize, first: usize) -> Option<Range<usize>> {
    let relative = (first..verb)
        .rev()
        .take(14)
        .take_while(|&i| matches!(view.kind(i), TokenKind::Word | TokenKind::Number))
        .find(|&i| view.is_word(i, &["who"]))?;
    let start = head_start(view, relative, first)?;
    Some(start..verb)
}

/// "however", "for example", "in turn".
fn is_aside(view: &View<'_>, range: Range<usize>) -> bool {
    range.len() <= 4
        && range.clone().all(|i| {
            view.is(i, Class::ADVERB | Class::PREPOSITION | Class::TIME | Class::WEEKDAY)
                || view.is_word(
                    i,
                    &["example", "instance", "turn", "part", "one", "addition", "response", "fact"],
                )
        })
}

/// "a spokesman for X", "45", "who led the board", "director of Y", "D-Ohio".
fn is_apposition(view: &View<'_>, range: Range<usize>) -> bool {
    let Some(i) = (!range.is_empty()).then_some(range.start) else { return false };
    view.kind(i) == TokenKind::Number
        || view.is(i, Class::DETERMINER | Class::RELATIVE | Class::POSSESSIVE | Class::ROLE)
        || view.tag(i).capital
        || view.is(i, Class::ING | Class::PARTICIPLE | Class::ADJECTIVE)
        || view.is_word(
            i,
            &[
                "former",
                "then",
                "himself",
                "herself",
                "including",
                "speaking",
                "citing",
                "chief",
                "senior",
                "executive",
                "associate",
                "assistant",
            ],
        )
        || range.clone().any(|j| view.tag(j).role == Some(SourceKind::Person))
}

/// Where the noun phrase that ends before `end` begins.
fn head_start(view: &View<'_>, end: usize, first: usize) -> Option<usize> {
    let last = end.checked_sub(1).filter(|&i| i >= first)?;
    let tag = view.tag(last);
    if tag.is(Class::SUBJECT | Class::RELATIVE) && !tag.capital_name() && !view.is_word(last, &["there"]) {
        return (!view.is_word(last, &["where", "whose", "whom"])).then_some(last);
    }
    if !matches!(
        view.kind(last),
        TokenKind::Word | TokenKind::Number | TokenKind::CloseBracket | TokenKind::CloseQuote
    ) {
        return None;
    }
    if tag.is(Class::ADVERB | Class::PREPOSITION | Class::CONJUNCTION | Class::SUBORDINATOR | Class::WH)
        && !tag.is(Class::DETERMINER)
    {
        return None;
    }
    let mut start = end;
    let mut i = last;
    loop {
        if !continues(view, i, first, end) {
            break;
        }
        start = i;
        if i == first {
            break;
        }
        i -= 1;
    }
    start = strip_front(view, start, end);
    let named = (start..end).any(|i| {
        let tag = view.tag(i);
        tag.capital
            || tag.is(Class::ROLE | Class::PLURAL | Class::DETERMINER | Class::POSSESSIVE | Class::CUE_NOUN)
            || view.kind(i) == TokenKind::Number
    });
    (start < end && named).then_some(start)
}

/// Whether token `i` still belongs to the noun phrase on its right.
fn continues(view: &View<'_>, i: usize, first: usize, end: usize) -> bool {
    let tag = view.tag(i);
    match view.kind(i) {
        TokenKind::Word => {}
        TokenKind::Number | TokenKind::Symbol => return true,
        TokenKind::CloseBracket | TokenKind::OpenBracket => return end - i < 12,
        // "Clinton, Sanders and other Democrats said"
        TokenKind::Comma => return listed(view, i, end),
        _ => return false,
    }
    if tag.is(Class::SUBJECT) && !tag.capital_name()
        || tag.is(Class::THAT | Class::WH | Class::MODAL | Class::AUXILIARY)
    {
        return false;
    }
    if tag.is(Class::SUBORDINATOR) && !tag.is(Class::PREPOSITION)
        || view.is_word(i, &["as", "but", "than", "like", "after", "before", "since", "until"])
    {
        return false;
    }
    // "a claim | the council denied": a determiner after a noun begins another phrase.
    let noun = Class::PREPOSITION | Class::CONJUNCTION | Class::DETERMINER | Class::ADVERB | Class::CLITIC;
    if i + 1 < end && view.is(i + 1, Class::DETERMINER | Class::POSSESSIVE) && !tag.verb && !tag.is(noun) {
        return false;
    }
    if tag.is(Class::CONJUNCTION) {
        let right = view.tag(i + 1);
        let left = i.checked_sub(1).filter(|&l| l >= first).map(|l| view.tag(l));
        return left.is_some_and(|l| {
            (l.capital || l.is(Class::ROLE | Class::PLURAL))
                && (right.capital || right.is(Class::ROLE | Class::PLURAL | Class::DETERMINER))
        }) && !clause_before(view, i, first);
    }
    if tag.verb {
        // "officials briefed on the matter": a participle after its noun.
        let reduced = tag.is(Class::PARTICIPLE)
            && i > first
            && view.is(i - 1, Class::PLURAL | Class::ROLE)
            && view.is(i + 1, Class::PREPOSITION);
        return reduced || tag.is(Class::ING) && i > first && view.is(i - 1, Class::PLURAL | Class::ROLE);
    }
    true
}

/// Whether a finite verb stands between the last break and `i`: then "and" joins clauses.
fn clause_before(view: &View<'_>, i: usize, first: usize) -> bool {
    (first..i).rev().take_while(|&j| view.kind(j) == TokenKind::Word).any(|j| view.tag(j).is_finite())
}

/// Whether the comma at `i` stands in a list that ends in "and".
fn listed(view: &View<'_>, i: usize, end: usize) -> bool {
    let and = (i + 1..end).take(8).find(|&j| view.is_word(j, &["and", "or"]));
    and.is_some_and(|a| {
        (i + 1..a)
            .all(|j| view.tag(j).capital || view.kind(j) == TokenKind::Comma || view.is(j, Class::PLURAL))
    }) && i > 0
        && view.tag(i - 1).capital
}

/// Steps over "But", "Earlier on Thursday", "In Washington": what stands before the noun phrase itself.
fn strip_front(view: &View<'_>, mut start: usize, end: usize) -> usize {
    loop {
        if start >= end {
            return end;
        }
        let tag = view.tag(start);
        if tag.is(Class::CONJUNCTION | Class::ADVERB) && !tag.is(Class::DETERMINER)
            || view.kind(start) == TokenKind::Comma
        {
            start += 1;
            continue;
        }
        if tag.is(Class::WEEKDAY) && start + 1 < end {
            start += 1;
            continue;
        }
        if tag.is(Class::PREPOSITION) && !tag.is(Class::DETERMINER) {
            // "On Thursday Kirby", "In a speech he": the noun phrase after the time or before a new determiner.
            let next = (start + 1..end).rev().find(|&i| {
                i > start + usize::from(!view.is_word(start, &["with"]))
                    && (view.tag(i).capital || view.is(i, Class::DETERMINER | Class::POSSESSIVE))
                    && !view.is(
                        i - 1,
                        Class::PREPOSITION | Class::DETERMINER | Class::POSSESSIVE | Class::CONJUNCTION,
                    )
                    && !view.tag(i - 1).capital_name()
            });
            match next {
                Some(next) => {
                    start = next;
                    continue;
                }
                None => return end,
            }
        }
        return start;
    }
}

/// The noun phrase that begins at `start`: after "said", "according to" or "by".
pub(super) fn after(view: &View<'_>, start: usize, end: usize, inverted: bool) -> Option<Range<usize>> {
    if start >= end {
        return None;
    }
    let tag = view.tag(start);
    if tag.is(Class::SUBJECT | Class::OBJECT) && !tag.capital_name() {
        return Some(start..start + 1);
    }
    let mut i = start;
    while i < end {
        let tag = view.tag(i);
        match view.kind(i) {
            TokenKind::Word => {
                let breaks = i > start
                    && (tag.is(Class::THAT | Class::WH) && !tag.is(Class::RELATIVE)
                        || tag.is(Class::WEEKDAY)
                        || tag.is(Class::SUBORDINATOR) && !tag.is(Class::PREPOSITION | Class::RELATIVE)
                        || view.is_word(
                            i,
                            &[
                                "on", "late", "early", "last", "during", "after", "before", "when", "as",
                                "while",
                            ],
                        ) && view.adjunct_end(i, end) > i
                        || tag.is(Class::SUBJECT) && !tag.is(Class::RELATIVE)
                        || inverted
                            && view.is_word(i, &["in", "during", "after", "as", "when", "while", "before"])
                        || tag.is_finite() && !tag.is(Class::PARTICIPLE) && !relative_inside(view, start, i));
                if breaks || view.is_word(i, &["but"]) {
                    break;
                }
            }
            TokenKind::Number | TokenKind::Symbol => {}
            TokenKind::OpenBracket => {
                i = (i..end).take(12).find(|&j| view.kind(j) == TokenKind::CloseBracket).unwrap_or(i);
            }
            TokenKind::Comma => {
                // An apposition to its closing comma or the end.
                let close = (i + 1..end)
                    .take(25)
                    .find(|&j| {
                        !matches!(view.kind(j), TokenKind::Word | TokenKind::Number | TokenKind::Symbol)
                    })
                    .unwrap_or(end);
                let apposition = i + 1 < end
                    && !view.tag(i + 1).verb
                    && (view.is(i + 1, Class::DETERMINER)
                        || view.tag(i + 1).role.is_some()
                        || view.is_word(i + 1, &["who", "former", "chief", "senior"])
                        || (i + 1..close).take(5).any(|j| view.tag(j).role == Some(SourceKind::Person)))
                    && !(i + 1..close).any(|j| view.tag(j).is_finite() && !view.is(i + 1, Class::RELATIVE));
                if apposition && view.tag(i - 1).capital {
                    i = close;
                    return Some(start..i);
                }
                break;
            }
            _ => break,
        }
        i += 1;
    }
    (i > start).then_some(start..i)
}

/// Whether "who" or "which" stands between, so that the verb at `i` belongs to the noun phrase.
fn relative_inside(view: &View<'_>, start: usize, i: usize) -> bool {
    (start..i).any(|j| view.is(j, Class::RELATIVE))
}

impl crate::tag::Tag {
    /// A capital on a word that is no pronoun in disguise ("US").
    fn capital_name(&self) -> bool {
        self.capital && self.class.without(Class::OBJECT | Class::GIVEN | Class::PLURAL) == Class::NONE
    }
}
