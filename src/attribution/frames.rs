//! Cues that are no verbs with a subject: passives, nouns and phrases.

use super::content::{self, Right};
use super::cue::CueAt;
use super::draft::{Draft, Scope, draft};
use super::source;
use super::view::View;
use crate::coreference::names_people;
use crate::labels::{Act, Label};
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
    let end = content_end(view, cue, right.start, scope.end);
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

/// Where the content of a noun ends: before the verb whose subject the noun is, where the tree tells.
fn content_end(view: &View<'_>, cue: &CueAt<'_>, start: usize, sentence_end: usize) -> usize {
    let end = content::end(view, start, sentence_end);
    view.predicate_of(cue.head).filter(|verb| (start + 1..end).contains(verb)).unwrap_or(end)
}

/// What somebody acts in.
const HELD: [&str; 7] = ["hope", "belief", "conviction", "expectation", "fear", "knowledge", "assumption"];

/// "waited in the hope that": the hope of who waited.
fn held(view: &View<'_>, cue: &CueAt<'_>, right: &Right<'_>, scope: Scope) -> Option<Draft> {
    let start = cue.head.checked_sub(2).filter(|&i| i > scope.first)?;
    let acts = right.what == "that-clause"
        && HELD.contains(&&*cue.cue.cue)
        && view.is_word(start, &["in"])
        && view.is_word(start + 1, &["the"]);
    let verb =
        (scope.first..start).rev().find(|&i| acts && view.tag(i).is_finite() && !view.is(i, Class::ING))?;
    // "were arrested in the belief": whose belief it was is not told.
    if (scope.first.max(verb.saturating_sub(2))..=verb).any(|i| view.is(i, Class::BE)) {
        return None;
    }
    let source = source::before(view, verb, scope.first)?;
    let end = content_end(view, cue, right.start, scope.end);
    let why = format!("\"in the {}\" of the subject", cue.cue.cue);
    let mut made = draft(cue, Some(right), Some(source), vec![right.start..end], why);
    made.cue = start..cue.head + 1;
    Some(made)
}

/// Nouns for what somebody says of another: who stands behind their "by" speaks. Who stands behind that of "allegations of
/// bribery" or "warnings of floods" may be who does the deed.
const JUDGEMENTS: [&str; 5] = ["criticism", "condemnation", "denunciation", "praise", "endorsement"];

/// "the criticism of X by Y".
fn by_behind(view: &View<'_>, cue: &CueAt<'_>, right: &Right<'_>, scope: Scope) -> Option<Draft> {
    if right.what != "its preposition" || !JUDGEMENTS.contains(&&*cue.cue.cue) {
        return None;
    }
    let stop = view.phrase_end(right.start, scope.end);
    let by = (right.start + 1..stop).find(|&i| view.is_word(i, &["by"]))?;
    // "praise for a novel by Y" is another's: what is judged is known already, or has a name.
    let known = view.is_word(right.start, &["the", "this", "that", "these", "those"])
        || view.is(right.start, Class::POSSESSIVE)
        || view.mentions_in(view.span(&(right.start..by))).iter().any(|m| m.label == Label::Per);
    if !known {
        return None;
    }
    // "the plan drawn up by"
    if (right.start..by).any(|i| matches!(view.syntax.tags[i].fine, Fine::Vbn | Fine::Vbd | Fine::Vbg)) {
        return None;
    }
    let source = somebody(view, source::after(view, by + 1, scope.end, false)?, scope)?;
    let why = format!("\"{}\" of its content, its source behind \"by\"", cue.cue.cue);
    let mut made = draft(cue, Some(right), Some(source), vec![right.start..by], why);
    made.statement = true;
    Some(made)
}

/// A source behind a noun up to the verb or the clause that follows it, if it is a name or a role.
fn somebody(view: &View<'_>, source: Range<usize>, scope: Scope) -> Option<Range<usize>> {
    let ends = |&i: &usize| {
        view.is(i, Class::RELATIVE)
            || is_infinitive(view, i, scope.end)
            || !view.tag(i).capital
                && matches!(view.syntax.tags[i].fine, Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Md)
    };
    let end = (source.start + 1..source.end).find(ends).unwrap_or(source.end);
    let source = source.start..end;
    let named = || view.mentions_in(view.span(&source)).iter().any(|mention| mention.label != Label::Loc);
    let is_one = source.clone().any(|i| is_person(view, i)) || named();
    let gerund = view.is(source.start, Class::ING);
    (is_one && !gerund).then_some(source)
}

fn is_person(view: &View<'_>, i: usize) -> bool {
    view.tag(i).role.is_some() || names_people(view.syntax.words[i].lower)
}

fn is_infinitive(view: &View<'_>, i: usize, end: usize) -> bool {
    view.is(i, Class::TO) && i + 1 < end && view.is(i + 1, Class::BASE)
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
    let told = |i: &usize| view.is(*i, Class::THAT) || is_infinitive(view, *i, scope.end);
    source.end = (source.start + 1..source.end).find(told).unwrap_or(source.end);
    let behind = |source: &Range<usize>| {
        content::right(view, &CueAt { group: cue.group.start..source.end, ..*cue }, scope.end)
    };
    let mut right = behind(&source).filter(|right| is_told(right.what));
    if right.is_none() && !view.is_word(by, &["of"]) {
        let own = |i: &usize| cue.cue.preposition(&view.word(*i).to_ascii_lowercase()).is_some();
        source.end = (source.start + 1..source.end).find(own)?;
        source = somebody(view, source, scope)?;
        right = behind(&source).filter(|right| right.what == "its preposition");
    }
    let right = right?;
    let end = content_end(view, cue, right.start, scope.end);
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
