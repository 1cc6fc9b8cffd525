//! Whom a content blames, clears, doubts, criticises or praises.

use super::act::Reading;
use crate::attribution::{Attribution, Layers, Sense};
use crate::entity::{Entities, Mention};
use crate::labels::{Act, Gender, Label};
use crate::lexicon::Class;
use crate::span::Span;

/// The main entity that the content is about, for the acts that have one.
pub(super) fn find(
    layers: Layers<'_>,
    attribution: &Attribution,
    sense: &Sense,
    reading: &Reading,
    entities: &mut Entities,
) -> Option<u32> {
    match reading.act {
        Act::Accuse | Act::Criticise | Act::Praise | Act::Doubt | Act::Disbelieve | Act::Speculate => {
            let named = first(layers, attribution, |m| Some(m.entity) != attribution.source_entity);
            let found = match (pronoun(layers, sense, attribution, entities), named) {
                (Some(person), _) => Some(person),
                (None, named) => named,
            };
            found.map(|entity| entities.speaker(entity, layers.lexicon))
        }
        Act::Deny => {
            if reading.own || own_side(layers, sense) {
                return side(layers, attribution, entities);
            }
            // Whoever is cleared may be the source itself: "denied any US involvement".
            match first(layers, attribution, |m| !owns_claim(layers, m)) {
                Some(entity) => Some(entities.speaker(entity, layers.lexicon)),
                None => side(layers, attribution, entities),
            }
        }
        _ => None,
    }
}

/// The first mention of an actor in the content that is accepted.
fn first(layers: Layers<'_>, attribution: &Attribution, accept: impl Fn(&Mention) -> bool) -> Option<u32> {
    attribution.content.iter().find_map(|span| {
        let all = within(layers, *span);
        let at = all.iter().position(|m| is_actor(layers, m) && accept(m))?;
        Some(head(layers, &all[at..]).entity)
    })
}

/// "Norvia manager Mara Quill": of names in one noun phrase the person at its end.
fn head<'a>(layers: Layers<'_>, mentions: &'a [Mention]) -> &'a Mention {
    let tokens = &layers.segments.tokens;
    let mut head = 0;
    for i in 1..mentions.len().min(4) {
        let from = tokens.partition_point(|t| t.span.start < mentions[i - 1].span.end);
        let to = tokens.partition_point(|t| t.span.start < mentions[i].span.start);
        let phrase = (from..to).all(|j| {
            tokens[j].kind == crate::segment::TokenKind::Word
                && !layers.tags[j].verb
                && !layers.tags[j].is(Class::PREPOSITION
                    | Class::CONJUNCTION
                    | Class::AUXILIARY
                    | Class::MODAL
                    | Class::SUBORDINATOR
                    | Class::TO)
        });
        if !phrase {
            break;
        }
        if mentions[i].label == Label::Per {
            head = i;
        }
    }
    &mentions[head]
}

fn within<'a>(layers: Layers<'a>, span: Span) -> &'a [Mention] {
    let from = layers.mentions.partition_point(|m| m.span.start < span.start);
    let to = layers.mentions.partition_point(|m| m.span.start < span.end);
    &layers.mentions[from..to.max(from)]
}

/// "he", "her": a person named before who is not the source, where the content begins with the pronoun.
fn pronoun(layers: Layers<'_>, sense: &Sense, attribution: &Attribution, entities: &Entities) -> Option<u32> {
    let range = sense.content.first()?;
    let i = range
        .clone()
        .take(3)
        .find(|&i| layers.tags[i].is(Class::PERSON) && layers.tags[i].gender.is_some())?;
    let gender: Option<Gender> = layers.tags[i].gender;
    let at = layers.segments.tokens[i].span.start;
    let before = layers.mentions.partition_point(|m| m.span.start < at);
    layers.mentions[..before].iter().rev().take(20).map(|m| m.entity).find(|&e| {
        entities.label(e) == Label::Per
            && Some(e) != attribution.source_entity
            && entities.facts(e).gender.is_none_or(|g| Some(g) == gender)
    })
}

/// "his country's", "her ministry", "its role", "it was": the source's own side stands in the content.
fn own_side(layers: Layers<'_>, sense: &Sense) -> bool {
    sense.content.first().is_some_and(|range| {
        range.clone().take(8).any(|i| {
            layers.tags[i].is(Class::POSSESSIVE)
                || matches!(layers.segments.tokens[i].span.of(layers.text), "it" | "he" | "she" | "they")
        })
    })
}

/// The side that a source speaks for: its country where a list tells it, else itself.
fn side(layers: Layers<'_>, attribution: &Attribution, entities: &mut Entities) -> Option<u32> {
    let source = attribution.source_entity?;
    if entities.label(source) != Label::Per {
        return Some(source);
    }
    // A spokesman, a minister, a president clears his country; anybody else himself.
    let entry = entities.facts(source).gazetteer.map(|row| &layers.lexicon.gazetteer.entries[row as usize]);
    let office = entry.is_some_and(|e| {
        let role = e.role.to_lowercase();
        ["spokes", "minister", "president of", "secretary", "ambassador"]
            .iter()
            .any(|office| role.contains(office))
    });
    match entry.and_then(|e| e.country).filter(|_| office) {
        Some(row) => Some(entities.known(row, layers.lexicon)),
        None => Some(source),
    }
}

/// "Russia's claim that": the one who made the claim is not the one it is about.
fn owns_claim(layers: Layers<'_>, m: &Mention) -> bool {
    let tokens = &layers.segments.tokens;
    let after = tokens.partition_point(|t| t.span.start < m.span.end);
    after + 1 < tokens.len()
        && layers.tags[after].is(Class::CLITIC)
        && layers.tags[after + 1..tokens.len().min(after + 4)].iter().any(|tag| tag.is(Class::CUE_NOUN))
}

/// Not a place where something happened, nor whom it happened to ("in Moscow", "attack on the Kremlin").
fn is_actor(layers: Layers<'_>, m: &Mention) -> bool {
    let tokens = &layers.segments.tokens;
    let at = tokens.partition_point(|t| t.span.start < m.span.start);
    let before =
        |words: &[&str]| (at.saturating_sub(2)..at).any(|i| words.contains(&tokens[i].span.of(layers.text)));
    m.label != Label::Loc && !before(&["in", "at", "near", "inside", "from", "outside", "against"])
}
