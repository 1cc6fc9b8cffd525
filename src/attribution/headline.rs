//! Headlines and transcripts: a colon or a dash is the cue.

use super::draft::Draft;
use super::view::View;
use crate::labels::{Act, Factuality, Label};
use crate::lexicon::Class;
use crate::segment::TokenKind;
use std::ops::Range;

/// "Norvia: spill was staged", "Spill was staged - ministry", "Spill was staged: report".
pub(super) fn of_headline(view: &View<'_>, sentence: Range<usize>) -> Option<Draft> {
    let (start, end) = (sentence.start, trimmed(view, &sentence));
    let mark =
        |i: usize| view.kind(i) == TokenKind::Dash || view.kind(i) == TokenKind::Colon && view.word(i) == ":";
    let last = (start + 1..end).rev().find(|&i| mark(i))?;
    let tail = last + 1..end;
    if !tail.is_empty() && tail.len() <= 5 && last > start + 2 && names_source(view, &tail) {
        return Some(draft(tail, last, start..last, "mark at the end of a headline, its source behind it"));
    }
    let first = (start + 1..end).find(|&i| mark(i) && view.kind(i) == TokenKind::Colon)?;
    let head = start..first;
    (head.len() <= 6 && first + 2 < end && names_speaker(view, &head))
        .then(|| draft(head, first, first + 1..end, "colon of a headline, its source before it"))
}

/// "QUILL: We never knew." at the start of a paragraph.
pub(super) fn of_transcript(view: &View<'_>, paragraph: Range<usize>) -> Option<Draft> {
    let colon = (paragraph.start + 1..paragraph.end.min(paragraph.start + 7))
        .find(|&i| view.kind(i) == TokenKind::Colon && view.word(i) == ":")?;
    let head = paragraph.start..colon;
    let shouted = head.clone().all(|i| {
        let word = view.word(i);
        word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase) && word.len() > 1
            || view.kind(i) == TokenKind::Comma
    });
    let named = named(view, &head, |label| label == Label::Per);
    (colon + 2 < paragraph.end && (shouted || named && head.len() <= 3))
        .then(|| draft(head, colon, colon + 1..paragraph.end, "name and colon at the start of a paragraph"))
}

fn draft(source: Range<usize>, mark: usize, content: Range<usize>, why: &str) -> Draft {
    Draft {
        source: Some(source),
        cue: mark..mark + 1,
        content: vec![content],
        addressee: None,
        index: None,
        act: Act::Assert,
        factuality: Factuality::Certain,
        why: why.to_string(),
        statement: true,
        quoted: false,
        parent: None,
        confidence: None,
    }
}

fn trimmed(view: &View<'_>, sentence: &Range<usize>) -> usize {
    let mut end = sentence.end;
    while end > sentence.start && view.kind(end - 1) == TokenKind::Stop {
        end -= 1;
    }
    end
}

fn named(view: &View<'_>, range: &Range<usize>, accept: impl Fn(Label) -> bool) -> bool {
    let span = view.span(range);
    view.mentions_in(span).iter().any(|m| m.span.end == span.end && accept(m.label))
}

/// A name or a common noun for a source, and no verb.
fn names_source(view: &View<'_>, range: &Range<usize>) -> bool {
    let last = range.end - 1;
    (view.tag(last).role.is_some() || named(view, range, |label| label != Label::Loc && label != Label::Norp))
        && !range.clone().any(|i| view.tag(i).verb && !view.tag(i).capital)
}

fn names_speaker(view: &View<'_>, range: &Range<usize>) -> bool {
    named(view, range, |label| matches!(label, Label::Per | Label::Org | Label::Outlet | Label::Gpe))
        && !range.clone().any(|i| view.tag(i).is_finite() && view.is(i, Class::AUXILIARY | Class::MODAL))
}
