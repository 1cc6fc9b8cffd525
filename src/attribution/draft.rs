//! Attributions as token ranges, before they are linked: from each cue its source and its content.

use super::content::{self, Right};
use super::cue::{self, CueAt, Form};
use super::view::View;
use super::{frames, source};
use crate::labels::{Act, Factuality};
use crate::lexicon::{Class, Complement, Part};
use crate::segment::TokenKind;
use std::ops::Range;

/// A source, a cue and contents as token ranges, with what the lexicon says of the cue.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) source: Option<Range<usize>>,
    pub(crate) cue: Range<usize>,
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) addressee: Option<Range<usize>>,
    /// The cue's row in the lexicon.
    pub(crate) index: Option<u16>,
    pub(crate) act: Act,
    pub(crate) factuality: Factuality,
    pub(crate) why: String,
    /// The content is a statement (a clause, a quotation) or what a noun says of another, not a thing or a deed: what
    /// counts also where the model finds nothing.
    pub(crate) statement: bool,
    /// A quotation is part of the content.
    pub(crate) quoted: bool,
    pub(crate) parent: Option<usize>,
    /// How likely it is right, by the model; none where a rule alone found it.
    pub(crate) confidence: Option<f32>,
}

impl Draft {
    /// All tokens from the first to the last.
    pub(super) fn extent(&self) -> Range<usize> {
        let ranges = self.content.iter().chain(&self.source).chain([&self.cue]);
        let (start, end) = ranges.fold((usize::MAX, 0), |(s, e), r| (s.min(r.start), e.max(r.end)));
        start..end
    }
}

/// The stretch in which a cue may find its source and content.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) paragraph: usize,
}

/// All drafts of one sentence.
pub(super) fn of_sentence(view: &View<'_>, sentence: Range<usize>, paragraph: usize) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for cue in cue::find(view, sentence.clone()) {
        let scope = match view.quotation(cue.head) {
            Some(q) => {
                let quoted = view.quoted(q);
                Scope {
                    first: sentence.start.max(quoted.start + 1),
                    end: sentence.end.min(quoted.end),
                    paragraph: sentence.start.max(quoted.start + 1),
                }
            }
            None => Scope { first: sentence.start, end: sentence.end, paragraph },
        };
        let draft = match cue.cue.part {
            Part::Phrase => frames::phrase(view, &cue, scope),
            Part::Noun => frames::noun(view, &cue, scope),
            Part::Verb | Part::Adjective if cue.form == Form::Passive => frames::passive(view, &cue, scope),
            Part::Verb | Part::Adjective => active(view, &cue, scope, &drafts),
        };
        drafts.extend(draft);
    }
    drafts
}

pub(super) fn draft(
    cue: &CueAt<'_>,
    right: Option<&Right<'_>>,
    source: Option<Range<usize>>,
    content: Vec<Range<usize>>,
    why: String,
) -> Draft {
    let sense = right.map(|r| r.sense).or_else(|| speech(cue)).unwrap_or(&cue.cue.senses[0]);
    let statement = sense.complements.iter().any(|c| {
        matches!(c, Complement::Quote | Complement::Clause | Complement::That | Complement::Addressee)
    }) && right
        .is_none_or(|r| !matches!(r.what, "object" | "infinitive" | "gerund" | "somebody to do it"));
    Draft {
        source,
        cue: cue.group.start..right.map_or(cue.group.end, |r| r.cue_end),
        content,
        addressee: right.and_then(|r| r.addressee.clone()),
        index: Some(cue.index),
        act: sense.act,
        factuality: sense.factuality,
        why,
        statement,
        quoted: right.is_some_and(|r| r.quote),
        parent: None,
        confidence: None,
    }
}

fn speech<'a>(cue: &CueAt<'a>) -> Option<&'a crate::lexicon::Sense> {
    let c = cue.cue;
    c.sense(&Complement::Quote).or(c.sense(&Complement::Clause)).or(c.sense(&Complement::Addressee))
}

/// "X said that ...", "..., X said", "..., said X", "..., saying that".
fn active(view: &View<'_>, cue: &CueAt<'_>, scope: Scope, earlier: &[Draft]) -> Option<Draft> {
    if cue.form == Form::Infinitive {
        return None;
    }
    let right = content::right(view, cue, scope.end);
    let (mut source, mut from) = (None, cue.group.start);
    if cue.form == Form::Finite || cue.form == Form::Participial {
        // "citing Quill as saying that"
        let as_ = cue.form == Form::Participial
            && cue.group.start > scope.first
            && view.is_word(cue.group.start - 1, &["as"]);
        if let Some(found) = source::before(view, cue.group.start - usize::from(as_), scope.first) {
            from = found.start;
            source = Some(found);
        }
    }
    // "..., said Kirby": the source behind the verb, where something is said before it.
    if source.is_none() && right_is_source(view, cue, right.as_ref(), scope) {
        let at = cue.group.end;
        if let Some((left, quote)) = content::left(view, cue.group.start, scope.first, scope.paragraph)
            && let Some(found) = source::after(view, at, scope.end, true)
        {
            speech(cue)?;
            let mut made = draft(
                cue,
                None,
                Some(found.clone()),
                vec![left],
                format!("\"{}\" behind its content, its source behind it", cue.cue.cue),
            );
            made.quoted = quote;
            open_paragraphs(view, &mut made);
            more_quotation(view, &mut made, found.end, scope.end);
            return Some(made);
        }
    }
    if cue.form == Form::Participial && (source.is_none() || before_comma(view, cue, scope)) {
        // "..., saying that": the one who spoke or acted before in the sentence.
        source = earlier
            .iter()
            .rev()
            .find(|d| d.cue.end <= cue.group.start)
            .and_then(|d| d.source.clone())
            .or_else(|| subject(view, scope, cue.group.start));
        right.as_ref()?;
    } else if source.is_none() && cue.form == Form::Finite {
        // "X denied ... and accused Y": the subject of the verb before.
        let joint = cue.group.start.checked_sub(1).filter(|&i| i >= scope.first)?;
        if !(view.is(joint, Class::CONJUNCTION) || view.kind(joint) == TokenKind::Comma) {
            return None;
        }
        source = Some(
            earlier
                .iter()
                .rev()
                .find(|d| d.cue.end <= cue.group.start && d.parent.is_none())
                .and_then(|d| d.source.clone())
                .or_else(|| subject(view, scope, joint))?,
        );
        right.as_ref()?;
    }
    if right.as_ref().is_some_and(|r| r.what == content::RELATIVE) {
        let source = source.as_ref()?;
        let relative = source.start > scope.first && view.is(source.start - 1, Class::RELATIVE | Class::THAT);
        if !relative {
            return None;
        }
    }
    if right.as_ref().is_some_and(|r| {
        is_anonymity(view, r.start, scope.end)
            || cue.form == Form::Participial && as_saying(view, r, scope.end)
    }) {
        return None;
    }
    let left = match &right {
        // "A," he said, "B."
        Some(r) if !r.quote => None,
        _ => speech(cue).and_then(|_| content::left(view, from, scope.first, scope.paragraph)),
    };
    let name = &cue.cue.cue;
    match (right, left) {
        (Some(right), None) => {
            let end = joint_verb(view, &right, content::end(view, right.start, scope.end));
            if end <= right.start {
                return None;
            }
            // "a charge its embassy called absurd"
            let claimed = source.as_ref().and_then(|source| claim(view, cue, source, scope));
            let why = match &claimed {
                Some((_, why)) => format!("\"{name}\" {why}"),
                None => format!("\"{name}\" with {}", right.what),
            };
            let mut content = claimed.map_or(Vec::new(), |(content, _)| content);
            content.push(right.start..end);
            Some(draft(cue, Some(&right), source, content, why))
        }
        (Some(right), Some((left, _))) => {
            let end = content::end(view, right.start, scope.end);
            Some(draft(
                cue,
                Some(&right),
                source,
                vec![left, right.start..end],
                format!("\"{name}\" between two pieces of a quotation"),
            ))
        }
        (None, Some((left, quote))) => {
            let mut made = draft(cue, None, source, vec![left], format!("\"{name}\" behind its content"));
            if let Some(addressee) = addressee(view, cue, scope.end) {
                made.addressee = Some(addressee);
            }
            made.quoted = quote;
            open_paragraphs(view, &mut made);
            more_quotation(view, &mut made, cue.group.end, scope.end);
            Some(made)
        }
        (None, None) => {
            let source = source?;
            around(view, cue, &source, scope)
                .or_else(|| claim(view, cue, &source, scope))
                .map(|(content, why)| draft(cue, None, Some(source), content, format!("\"{name}\" {why}")))
        }
    }
}

/// "citing a clerk as saying that": the one who says it is the source, not the one who cites.
fn as_saying(view: &View<'_>, right: &Right<'_>, end: usize) -> bool {
    let says = |i: usize| {
        view.is_word(i, &["as"]) && view.is(i + 1, Class::ING) && view.tag(i + 1).verb_cue.is_some()
    };
    right.what == "object" && (right.start..end.saturating_sub(1).min(right.start + 10)).any(says)
}

/// "asked not to be named": a condition of speaking, nothing that is said.
fn is_anonymity(view: &View<'_>, start: usize, end: usize) -> bool {
    view.is_word(start, &["not"])
        && (start..end.min(start + 5)).any(|i| view.is_word(i, &["named", "identified", "quoted"]))
}

/// "The strike, Voss said, would last": the content stands on both sides.
fn around(
    view: &View<'_>,
    cue: &CueAt<'_>,
    source: &Range<usize>,
    scope: Scope,
) -> Option<(Vec<Range<usize>>, &'static str)> {
    speech(cue)?;
    let (before, after) = (source.start.checked_sub(1)?, cue.group.end);
    let commas = before > scope.first
        && view.kind(before) == TokenKind::Comma
        && after + 1 < scope.end
        && view.kind(after) == TokenKind::Comma;
    if !commas || view.is(after + 1, Class::CONJUNCTION | Class::ING) || view.is_phrase_cue(scope.first) {
        return None;
    }
    let end = content::end(view, after + 1, scope.end);
    let verb = view.has_clause(scope.first..before)
        || view.has_clause(after + 1..end)
        || view.tag(after + 1).is_finite();
    (verb && end > after + 1)
        .then(|| (vec![scope.first..before, after + 1..end], "between two pieces of its content"))
}

/// "..., a claim the council denied": a noun for what was said, right before the source.
fn claim(
    view: &View<'_>,
    cue: &CueAt<'_>,
    source: &Range<usize>,
    scope: Scope,
) -> Option<(Vec<Range<usize>>, &'static str)> {
    let noun = source.start.checked_sub(1).filter(|&i| i > scope.first && view.is(i, Class::CUE_NOUN))?;
    let article = (scope.first..noun).rev().take(4).find(|&i| view.is(i, Class::DETERMINER))?;
    (cue.cue.takes(&Complement::Object) && cue.form == Form::Finite)
        .then(|| (vec![article..noun + 1], "behind a noun for what was said"))
}

/// "welcomed the report and called for restraint": a second cue of the same subject ends the first content.
fn joint_verb(view: &View<'_>, right: &Right<'_>, end: usize) -> usize {
    let clause = right.what.contains("clause") || right.what == "what somebody is told";
    (right.start + 1..end.saturating_sub(1))
        .find(|&i| {
            let next = view.tag(i + 1);
            view.is_word(i, &["and", "but"])
                && view.quotation(i).is_none()
                && next.verb
                && next.is(Class::FINITE)
                && next.verb_cue.is_some_and(|cue| {
                    let cue = &view.lexicon.cues[cue as usize];
                    !clause || cue.takes(&Complement::Quote)
                })
        })
        .map_or(end, |i| if view.kind(i - 1) == TokenKind::Comma { i - 1 } else { i })
}

/// A quotation over several paragraphs that is attributed in its last.
fn open_paragraphs(view: &View<'_>, made: &mut Draft) {
    if made.quoted
        && let Some(first) = made.content.first()
    {
        let before = content::paragraphs_before(view, first);
        made.content.splice(0..0, before);
    }
}

/// "A," said Kirby, "B.": the rest of the quotation in the same sentence.
fn more_quotation(view: &View<'_>, made: &mut Draft, from: usize, end: usize) {
    if !made.quoted {
        return;
    }
    let open = (from..end).find(|&i| view.kind(i) == TokenKind::OpenQuote && view.quotation(i).is_some());
    if let Some(open) = open
        && open > 0
        && matches!(view.kind(open - 1), TokenKind::Comma | TokenKind::Colon)
        && open - from < 25
        && let Some(q) = view.quotation(open)
    {
        made.content.push(view.quoted(q));
    }
}

/// Who is told, where nothing else follows: "..., he told CNN."
fn addressee(view: &View<'_>, cue: &CueAt<'_>, end: usize) -> Option<Range<usize>> {
    cue.cue.sense(&Complement::Addressee)?;
    let at = cue.group.end;
    let stop = view.phrase_end(at, end);
    let stop =
        (at..stop).find(|&i| i > at && view.is(i, Class::PREPOSITION | Class::WEEKDAY)).unwrap_or(stop);
    (stop > at).then_some(at..stop)
}

fn before_comma(view: &View<'_>, cue: &CueAt<'_>, scope: Scope) -> bool {
    cue.group.start > scope.first && view.kind(cue.group.start - 1) == TokenKind::Comma
}

/// Whether what follows the verb may be its source: a name or a phrase, and something was said before.
fn right_is_source(view: &View<'_>, cue: &CueAt<'_>, right: Option<&Right<'_>>, scope: Scope) -> bool {
    let before = cue.group.start;
    if before == scope.first || cue.form != Form::Finite || cue.group.len() > 1 {
        return false;
    }
    let closes = matches!(view.kind(before - 1), TokenKind::Comma | TokenKind::CloseQuote | TokenKind::Dash);
    closes && right.is_none_or(|r| !r.quote && matches!(r.what, "object" | "clause after it"))
}

/// The subject of the first finite verb of the scope that stands before `stop`.
fn subject(view: &View<'_>, scope: Scope, stop: usize) -> Option<Range<usize>> {
    (scope.first..stop)
        .find(|&i| view.tag(i).is_finite() && !view.is(i, Class::ING))
        .and_then(|i| source::before(view, i, scope.first))
}
