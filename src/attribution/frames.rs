//! Cues that are no verbs with a subject: passives, nouns and phrases.

use super::content::{self, Right};
use super::cue::CueAt;
use super::draft::{Draft, Scope, draft, subject};
use super::source;
use super::view::View;
use crate::labels::Act;
use crate::lexicon::{Class, Complement};
use crate::segment::TokenKind;
use crate::tagset::Fine;
use std::ops::Range;

/// "was accused of", "is expected to", "rejected by Washington".
pub(super) fn passive(view: &View<'_>, cue: &CueAt<'_>, scope: Scope) -> Option<Draft> {
    let after = view.skip_adjuncts(cue.group.end, scope.end);
    let agent = (after < scope.end && view.is_word(after, &["by"]))
        .then(|| source::after(view, after + 1, scope.end, false))
        .flatten();
    let subject = source::before(view, cue.group.start, scope.first);
    let c = cue.cue;
    let name = &c.cue;
    if let Some(agent) = agent {
        // "accused by two nuns of theft": the charge is no part of the agent.
        let charge = agent.clone().find(|&i| {
            i > agent.start
                && view.is_word(i, &["of", "for"])
                && matches!(c.senses[0].act, Act::Accuse | Act::Criticise | Act::Praise)
        });
        let agent = agent.start..charge.unwrap_or(agent.end);
        // "by" and a gerund is a means, not an agent.
        if view.is(agent.start, Class::ING) {
            return None;
        }
        // Without an auxiliary only verbs that take an object: "rejected by", not "said by telephone".
        let whole = c.sense(&Complement::Clause).filter(|_| cue.group.len() > 1);
        let sense = c.sense(&Complement::Object).or(whole)?;
        let subject = subject.or_else(|| {
            // "an allegation rejected by": the noun phrase right before, relative pronoun or not.
            source::before(view, cue.group.start, scope.first)
        })?;
        let mut content = vec![subject];
        content.extend(charge.map(|i| i..content::end(view, i, scope.end)));
        let mut made = draft(
            cue,
            None,
            Some(agent),
            content,
            format!("\"{name}\" in the passive, its source behind \"by\""),
        );
        made.act = sense.act;
        made.factuality = sense.factuality;
        made.statement = false;
        return Some(made);
    }
    if after >= scope.end {
        return None;
    }
    let subject = subject?;
    let to = view.is(after, Class::TO);
    let of = view.is_word(after, &["of", "for"])
        && matches!(c.senses[0].act, Act::Accuse | Act::Criticise | Act::Praise);
    let that = view.is(after, Class::THAT) && view.is_word(subject.start, &["it"]);
    let sense = if to {
        c.sense(&Complement::ObjectTo).or(c.sense(&Complement::Clause))?
    } else if of {
        c.sense(&Complement::Object)?
    } else if that {
        c.sense(&Complement::Clause)?
    } else {
        return None;
    };
    let end = content::end(view, after, scope.end);
    let mut content = vec![after..end];
    if !that {
        content.insert(0, subject);
    }
    let mut made = draft(cue, None, None, content, format!("\"{name}\" in the passive, no source named"));
    made.act = sense.act;
    made.factuality = sense.factuality;
    made.statement = false;
    Some(made)
}

/// "X's claim that ...", "his criticism of ...", "the claim by X that ...", "in the hope that".
pub(super) fn noun(view: &View<'_>, cue: &CueAt<'_>, scope: Scope) -> Option<Draft> {
    let own = content::right(view, cue, scope.end)
        .filter(|right| is_told(right.what) || right.what == "its preposition");
    let Some(right) = own else { return noun_before(view, cue, scope) };
    let end = end(view, cue, right.start, scope.end);
    if end <= right.start {
        return None;
    }
    if let Some(source) = owner(view, cue, scope) {
        let why = format!("somebody's \"{}\" with {}", cue.cue.cue, right.what);
        return Some(draft(cue, Some(&right), Some(source), vec![right.start..end], why));
    }
    held(view, cue, &right, scope)
        .or_else(|| by_behind(view, cue, &right, scope))
        .or_else(|| noun_before(view, cue, scope))
}

/// Where the content of a noun ends: before the verb whose subject the noun is, at the latest.
fn end(view: &View<'_>, cue: &CueAt<'_>, start: usize, sentence_end: usize) -> usize {
    let end = content::end(view, start, sentence_end);
    view.predicate_of(cue.head).filter(|verb| (start + 1..end).contains(verb)).unwrap_or(end)
}

/// "waited in the hope that": the hope of who waited.
fn held(view: &View<'_>, cue: &CueAt<'_>, right: &Right<'_>, scope: Scope) -> Option<Draft> {
    let start = cue.head.checked_sub(2).filter(|&i| i > scope.first)?;
    if right.what != "that-clause" || !view.is_word(start, &["in"]) || !view.is_word(start + 1, &["the"]) {
        return None;
    }
    let source = subject(view, scope, start)?;
    let end = content::end(view, right.start, scope.end);
    let why = format!("\"in the {}\" of the subject", cue.cue.cue);
    let mut made = draft(cue, Some(right), Some(source), vec![right.start..end], why);
    made.cue = start..cue.head + 1;
    Some(made)
}

/// "the criticism of X by Y".
fn by_behind(view: &View<'_>, cue: &CueAt<'_>, right: &Right<'_>, scope: Scope) -> Option<Draft> {
    if right.what != "its preposition" {
        return None;
    }
    let stop = view.phrase_end(right.start, scope.end);
    let by = (right.start + 1..stop).find(|&i| view.is_word(i, &["by"]))?;
    let source = source::after(view, by + 1, scope.end, false)?;
    // "by two drivers filled": the verb is no part of the source.
    let verb = (source.start + 1..source.end)
        .find(|&i| matches!(view.syntax.tags[i].fine, Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Md));
    let source = source.start..verb.unwrap_or(source.end);
    let why = format!("\"{}\" of its content, its source behind \"by\"", cue.cue.cue);
    let mut made = draft(cue, Some(right), Some(source.clone()), vec![right.start..by], why);
    made.statement = true;
    (!view.is(source.start, Class::ING)).then_some(made)
}

/// Who stands before a noun as a possessive.
fn owner(view: &View<'_>, cue: &CueAt<'_>, scope: Scope) -> Option<Range<usize>> {
    // Over adjectives to the possessive.
    let owner = (scope.first..cue.head).rev().take(4).find(|&i| {
        view.is(i, Class::CLITIC | Class::POSSESSIVE)
            || view.kind(i) != TokenKind::Word
            || view.is(i, Class::DETERMINER | Class::PREPOSITION | Class::VERB_FORM)
    })?;
    if view.is(owner, Class::CLITIC) {
        Some(source::before(view, owner, scope.first)?.start..owner + 1)
    } else {
        view.is(owner, Class::POSSESSIVE).then_some(owner..owner + 1)
    }
}

fn is_told(what: &str) -> bool {
    matches!(what, "that-clause" | "infinitive")
}

/// What stands between a noun and its source.
pub(crate) const BEFORE_SOURCE: [&str; 4] = ["by", "from", "of", "among"];

/// "the claim by X that ...", "fears among X that ...", "a promise of X to ...", "questions from X about ...".
fn noun_before(view: &View<'_>, cue: &CueAt<'_>, scope: Scope) -> Option<Draft> {
    let by = cue.group.end;
    if by + 1 >= scope.end || !view.is_word(by, &BEFORE_SOURCE) {
        return None;
    }
    let mut source = source::after(view, by + 1, scope.end, false)?;
    // What is said is no part of who says it.
    let infinitive = |i: usize| view.is(i, Class::TO) && i + 1 < scope.end && view.is(i + 1, Class::BASE);
    let own = |i: usize| cue.cue.preposition(&view.word(i).to_ascii_lowercase()).is_some();
    let told = |i: &usize| view.is(*i, Class::THAT) || infinitive(*i) || own(*i);
    source.end = (source.start + 1..source.end).find(told).unwrap_or(source.end);
    let group = cue.group.start..source.end;
    let right = content::right(view, &CueAt { group, ..*cue }, scope.end)
        .filter(|right| is_told(right.what) || right.what == "its preposition")?;
    let end = end(view, cue, right.start, scope.end);
    let why = format!("\"{}\" before its source with {}", cue.cue.cue, right.what);
    let mut made = draft(cue, Some(&right), Some(source), vec![right.start..end], why);
    made.cue = cue.group.clone();
    made.statement = true;
    (end > right.start).then_some(made)
}

/// "According to X, ...", "..., according to X".
pub(super) fn phrase(view: &View<'_>, cue: &CueAt<'_>, scope: Scope) -> Option<Draft> {
    if view.word(cue.head).eq_ignore_ascii_case("per") {
        // "per cent", "per head": only behind a comma or first, and before a name.
        let opens = cue.head == scope.first || view.kind(cue.head - 1) == TokenKind::Comma;
        if !opens
            || !view.tag(cue.group.end.min(scope.end - 1)).capital
                && !view.is(cue.group.end.min(scope.end - 1), Class::DETERMINER)
        {
            return None;
        }
    }
    let source = source::after(view, cue.group.end, scope.end, false)?;
    let mut content = Vec::new();
    let before = cue.head;
    let mut quoted = false;
    if before > scope.first {
        match content::left(view, before, scope.first, scope.paragraph) {
            Some((left, quote)) => {
                quoted = quote;
                content.push(left);
            }
            None => content.push(scope.first..before),
        }
    }
    let mut rest = source.end;
    while rest < scope.end && matches!(view.kind(rest), TokenKind::Comma | TokenKind::Colon) {
        rest += 1;
    }
    if rest < scope.end
        && (content.is_empty()
            || view.has_clause(rest..scope.end) && !view.is(rest, Class::SUBORDINATOR | Class::CONJUNCTION))
        && rest > source.end
    {
        let end = content::end(view, rest, scope.end);
        if end > rest {
            quoted |= view.kind(rest) == TokenKind::OpenQuote;
            content.push(rest..end);
        }
    }
    content.retain(|r| !r.is_empty());
    if content.is_empty() {
        return None;
    }
    let mut made = draft(cue, None, Some(source), content, format!("\"{}\" before its source", cue.cue.cue));
    made.quoted = quoted;
    made.statement = true;
    Some(made)
}
