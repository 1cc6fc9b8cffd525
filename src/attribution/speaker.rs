//! Who a source is, and what kind of source.

use super::draft::Draft;
use super::{source, view::View};
use crate::entity::{Coreference, Entities, Mention, Via};
use crate::labels::{Label, SourceKind};
use crate::lexicon::Class;
use crate::segment::TokenKind;
use std::ops::Range;

/// Entity and kind of a source.
pub(super) struct Speaker {
    pub(super) entity: Option<u32>,
    pub(super) kind: Option<SourceKind>,
}

/// Finds who the source of `draft` is, and notes that it spoke.
pub(super) fn resolve(
    view: &View<'_>,
    draft: &Draft,
    people: &mut Coreference<'_>,
    entities: &mut Entities,
    described: &mut Vec<Mention>,
) -> Speaker {
    let Some(range) = &draft.source else { return Speaker { entity: None, kind: None } };
    let span = view.span(range);
    let first = view.tag(range.start);
    let (entity, kind) = if range.len() == 1 && first.is(Class::SUBJECT | Class::RELATIVE | Class::POSSESSIVE)
    {
        let (entity, kind) = pronoun(view, range.start, people, entities, described);
        if let Some(entity) = entity {
            described.push(Mention { span, label: entities.label(entity), entity, via: Via::Pronoun });
        }
        (entity, kind)
    } else {
        phrase(view, range, people, entities, described)
    };
    people.spoke(span.start, entity, kind);
    Speaker { entity, kind }
}

fn by_label(label: Label) -> SourceKind {
    match label {
        Label::Per => SourceKind::Person,
        Label::Gpe | Label::Loc => SourceKind::State,
        Label::Outlet => SourceKind::Outlet,
        Label::Org => SourceKind::Organisation,
        Label::Norp => SourceKind::Public,
    }
}

/// Entity and kind behind a pronoun.
fn pronoun(
    view: &View<'_>,
    i: usize,
    people: &Coreference<'_>,
    entities: &mut Entities,
    described: &mut Vec<Mention>,
) -> (Option<u32>, Option<SourceKind>) {
    let at = view.segments.tokens[i].span.start;
    if view.is(i, Class::RELATIVE) && !view.is(i, Class::POSSESSIVE) {
        // "a clerk who said": the noun phrase before it.
        let first =
            (0..i).rev().take(40).take_while(|&j| view.kind(j) != TokenKind::Stop).last().unwrap_or(i);
        let end = if i > first && view.kind(i - 1) == TokenKind::Comma { i - 1 } else { i };
        return match source::before(view, end, first) {
            Some(antecedent) => phrase(view, &antecedent, people, entities, described),
            None => (None, Some(SourceKind::Public)),
        };
    }
    if view.is(i, Class::PERSON) {
        return (people.person(at, view.tag(i).gender, entities), Some(SourceKind::Person));
    }
    if view.is_word(i, &["they", "their"]) {
        return people.group(at).unwrap_or((None, Some(SourceKind::Public)));
    }
    if view.is_word(i, &["it", "its"]) {
        let entity = people.body(at, entities);
        return (entity, Some(entity.map_or(SourceKind::Organisation, |e| by_label(entities.label(e)))));
    }
    let kind = if view.is_word(i, &["i"]) { SourceKind::Person } else { SourceKind::Public };
    (None, Some(kind))
}

/// The entity that a noun phrase names, without looking behind it.
pub(super) fn named(view: &View<'_>, range: &Range<usize>, people: &Coreference<'_>) -> Option<u32> {
    head(view, range, people).map(|m| m.entity)
}

/// The mention that heads a noun phrase: the last one before its first comma or preposition, a person first.
fn head<'m>(view: &View<'_>, range: &Range<usize>, people: &Coreference<'m>) -> Option<&'m Mention> {
    let all = people.within(view.span(range));
    let stop = (range.start + 1..range.end)
        .find(|&i| matches!(view.kind(i), TokenKind::Comma | TokenKind::OpenBracket))
        .unwrap_or(range.end);
    let stop = view.segments.tokens[stop - 1].span.end;
    let front: Vec<&Mention> = all.iter().filter(|m| m.span.end <= stop).collect();
    let owns = |m: &Mention| {
        let after = view.segments.tokens.partition_point(|t| t.span.start < m.span.end);
        after < range.end && view.is(after, Class::CLITIC)
    };
    let person =
        front.iter().rev().find(|m| m.label == Label::Per && !owns(m) && ends_phrase(view, m, range));
    // "A port spokesman, Emeric Daunt," names the person behind the comma.
    let behind = || {
        let free = front.iter().all(|m| m.label != Label::Per);
        all.iter().find(|m| free && m.label == Label::Per && (stop..=stop + 2).contains(&m.span.start))
    };
    let last = || {
        front
            .iter()
            .rev()
            .find(|m| m.span.end == stop && !matches!(m.label, Label::Norp | Label::Loc))
            .copied()
    };
    person
        .copied()
        .or_else(behind)
        .or_else(last)
        .or_else(|| front.first().copied())
        .or_else(|| all.iter().find(|m| m.label == Label::Per))
}

/// Whether a name is not just the modifier of a noun ("Trump campaign", "Quill's lawyer").
fn ends_phrase(view: &View<'_>, m: &Mention, range: &Range<usize>) -> bool {
    let after = view.segments.tokens.partition_point(|t| t.span.start < m.span.end);
    after >= range.end
        || view.kind(after) != TokenKind::Word
        || view.is(after, Class::PREPOSITION | Class::CONJUNCTION | Class::RELATIVE | Class::ADVERB)
}

/// The last common noun of the head: "officials" of "two senior US officials familiar with the matter".
fn head_noun(view: &View<'_>, range: &Range<usize>) -> Option<usize> {
    let stop = (range.start + 1..range.end)
        .find(|&i| {
            view.kind(i) == TokenKind::Comma
                || view.is(i, Class::PREPOSITION | Class::RELATIVE)
                || view.tag(i).verb && view.is(i, Class::PARTICIPLE | Class::ING)
        })
        .unwrap_or(range.end);
    (range.start..stop)
        .rev()
        .find(|&i| view.tag(i).role.is_some())
        .or_else(|| range.clone().find(|&i| view.tag(i).role.is_some() && !view.tag(i).capital))
}

fn phrase(
    view: &View<'_>,
    range: &Range<usize>,
    people: &Coreference<'_>,
    entities: &mut Entities,
    described: &mut Vec<Mention>,
) -> (Option<u32>, Option<SourceKind>) {
    let noun = head_noun(view, range);
    let role = noun.and_then(|i| view.tag(i).role);
    if anonymous(view, range, role) {
        return (None, Some(SourceKind::Anonymous));
    }
    let head = head(view, range, people);
    if let Some(m) = head {
        let person = m.label == Label::Per && ends_phrase(view, m, range);
        if person {
            return (Some(m.entity), Some(SourceKind::Person));
        }
        let modifies = !ends_phrase(view, m, range)
            || m.label == Label::Norp
            || noun.is_some_and(|n| {
                view.segments.tokens[n].span.start > m.span.end
                    || view.segments.tokens[n].span.end < m.span.start
            });
        if !modifies || noun.is_none() {
            // "Democrats" speak for their party, "Norvians" for nobody but themselves.
            if m.label == Label::Norp && entities.label(m.entity) != Label::Org {
                return (None, Some(SourceKind::Public));
            }
            let kind = match entities.label(m.entity) {
                Label::Org if entities.speaker(m.entity, view.lexicon) != m.entity => SourceKind::State,
                label => by_label(label),
            };
            return (Some(entities.speaker(m.entity, view.lexicon)), Some(kind));
        }
        let entity = match role {
            Some(SourceKind::Document | SourceKind::Public) => None,
            _ => Some(entities.speaker(m.entity, view.lexicon)),
        };
        return (entity, role);
    }
    // "the newspaper", "the ministry", "the president": the last one named of that kind.
    let entity = noun.and_then(|noun| described_as(view, range, noun, people, entities));
    if let Some(entity) = entity {
        described.push(Mention {
            span: view.span(range),
            label: entities.label(entity),
            entity,
            via: Via::Description,
        });
    }
    (entity, role.or(Some(SourceKind::Public)))
}

fn anonymous(view: &View<'_>, range: &Range<usize>, role: Option<SourceKind>) -> bool {
    role == Some(SourceKind::Anonymous)
        || range.clone().any(|i| view.is_word(i, &["anonymity", "unnamed", "unidentified"]))
        || (range.start..range.end.saturating_sub(2)).any(|i| {
            view.is_word(i, &["not"]) && view.is_word(i + 1, &["to"]) && view.is_word(i + 2, &["be"])
        })
        || (range.start..range.end.saturating_sub(1))
            .any(|i| view.is_word(i, &["familiar", "briefed"]) && view.is_word(i + 1, &["with", "on"]))
}

fn described_as(
    view: &View<'_>,
    range: &Range<usize>,
    noun: usize,
    people: &Coreference<'_>,
    entities: &Entities,
) -> Option<u32> {
    if !view.is(range.start, Class::DETERMINER) || !view.is_word(range.start, &["the", "that", "this"]) {
        return None;
    }
    let at = view.segments.tokens[range.start].span.start;
    let word = view.word(noun).to_ascii_lowercase();
    match view.tag(noun).role? {
        SourceKind::Outlet => people.last(at, |e| entities.label(e) == Label::Outlet),
        SourceKind::Organisation => people.last(at, |e| {
            entities.label(e) == Label::Org
                && entities.entities[e as usize].name.to_lowercase().contains(&word)
        }),
        SourceKind::Person => people.last(at, |e| {
            entities.label(e) == Label::Per
                && entities.facts(e).gazetteer.is_some_and(|row| {
                    view.lexicon.gazetteer.entries[row as usize].role.to_lowercase().contains(&word)
                })
        }),
        _ => None,
    }
}
