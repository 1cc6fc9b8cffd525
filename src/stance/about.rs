//! Whom a content blames, clears, doubts, criticises or praises.

use super::act::Reading;
use crate::attribution::{Attribution, Layers, Sense};
use crate::entity::{Entities, Mention};
use crate::labels::{Act, Label};
use crate::lexicon::Class;

/// The main entity that the content is about, for the acts that have one.
pub(super) fn find(
    layers: Layers<'_>,
    attribution: &Attribution,
    sense: &Sense,
    reading: &Reading,
    entities: &mut Entities,
) -> Option<u32> {
    let targeted = matches!(
        reading.act,
        Act::Accuse
            | Act::Deny
            | Act::Doubt
            | Act::Disbelieve
            | Act::Speculate
            | Act::Criticise
            | Act::Praise
            | Act::Warn
    );
    if !targeted {
        return None;
    }
    if reading.act == Act::Deny && (reading.own || own_side(layers, sense)) {
        return side(layers, attribution, entities);
    }
    if matches!(reading.act, Act::Warn) {
        return None;
    }
    let mention = attribution.content.iter().find_map(|span| {
        let from = layers.mentions.partition_point(|m| m.span.start < span.start);
        layers.mentions[from..].iter().take_while(|m| m.span.end <= span.end).find(|m| {
            m.label != Label::Loc && Some(m.entity) != attribution.source_entity && is_actor(layers, m)
        })
    });
    mention.map(|m| entities.speaker(m.entity, layers.lexicon))
}

/// "his country's", "her ministry", "its role": the source's own side stands in the content.
fn own_side(layers: Layers<'_>, sense: &Sense) -> bool {
    sense
        .content
        .first()
        .is_some_and(|range| range.clone().take(6).any(|i| layers.tags[i].is(Class::POSSESSIVE)))
}

/// The side that a source speaks for: its country where a list or its own description tells it, else itself.
fn side(layers: Layers<'_>, attribution: &Attribution, entities: &mut Entities) -> Option<u32> {
    let source = attribution.source_entity?;
    if entities.label(source) != Label::Per {
        return Some(source);
    }
    let country = entities
        .facts(source)
        .gazetteer
        .and_then(|row| layers.lexicon.gazetteer.entries[row as usize].country);
    match country {
        Some(row) => Some(entities.known(row, layers.lexicon)),
        None => Some(source),
    }
}

/// Not a place where something happened ("in Moscow").
fn is_actor(layers: Layers<'_>, m: &Mention) -> bool {
    let tokens = &layers.segments.tokens;
    let at = tokens.partition_point(|t| t.span.start < m.span.start);
    let place = matches!(m.label, Label::Gpe | Label::Loc);
    !(place
        && at > 0
        && matches!(
            tokens[at - 1].span.of(layers.text),
            "in" | "at" | "near" | "inside" | "from" | "outside"
        ))
}
