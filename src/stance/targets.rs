//! Whom a content may be about: the entities in it and near it.

use super::side;
use crate::attribution::{Attribution, Layers};
use crate::entity::{Entities, Mention};
use crate::labels::Label;
use crate::span::Span;
use rustc_hash::FxHashMap;

/// Entities that are looked at, by how they came to be targets, in the order of [`From`].
const MOST: [usize; 6] = [6, 2, 1, 4, 2, 1];

/// An entity that the content may be about.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) entity: u32,
    /// Its first mention there; who is spoken for or named most often needs none.
    pub(super) mention: Option<&'a Mention>,
    /// How it came to be one.
    pub(super) from: From,
    /// How many came to be one in that way before it.
    pub(super) rank: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Content,
    /// Named between the cue and the content, or in the cue: "accused Norvia of".
    Cue,
    /// Whom the source speaks for.
    Side,
    /// Among the entities named last before the attribution.
    Before,
    /// Among those that the text names most often.
    Often,
    /// The source itself, where it speaks for another.
    Source,
}

/// All that the content may be about, those in the content first.
pub(crate) fn targets<'a>(
    layers: Layers<'a>,
    attribution: &Attribution,
    known: &Known,
    entities: &mut Entities,
) -> Vec<Target<'a>> {
    let mut found: Vec<Target<'a>> = Vec::new();
    let mut add = |entity: u32, mention: Option<&'a Mention>, from: From| {
        let rank = found.iter().filter(|target| target.from == from).count();
        if rank < MOST[from as usize] && found.iter().all(|target| target.entity != entity) {
            found.push(Target { entity, mention, from, rank: rank as u32 });
        }
    };
    for span in &attribution.content {
        within(layers, *span).iter().for_each(|m| add(m.entity, Some(m), From::Content));
    }
    let source = attribution.source.unwrap_or_default();
    let free = |m: &&Mention| !source.overlaps(m.span);
    if let (Some(cue), Some(first)) = (attribution.cue, attribution.content.first()) {
        let between = Span { start: cue.start.min(first.start), end: cue.end.max(first.start) };
        within(layers, between).iter().filter(free).for_each(|m| add(m.entity, Some(m), From::Cue));
    }
    if let Some(side) = side(layers, attribution, known, entities) {
        add(side, None, From::Side);
    }
    if let Some(source) = attribution.source_entity {
        add(source, None, From::Source);
    }
    let start = [attribution.cue, attribution.source, attribution.content.first().copied()];
    let start = start.into_iter().flatten().map(|span| span.start).min().unwrap_or(0);
    let before = layers.mentions.partition_point(|m| m.span.start < start);
    let other = |entity: u32| Some(entity) != attribution.source_entity;
    let last = layers.mentions[..before].iter().rev().filter(free);
    last.take(40).filter(|m| other(m.entity)).for_each(|m| add(m.entity, Some(m), From::Before));
    known.ranked.iter().filter(|entity| other(**entity)).for_each(|entity| add(*entity, None, From::Often));
    found
}

pub(super) fn within<'a>(layers: Layers<'a>, span: Span) -> &'a [Mention] {
    let from = layers.mentions.partition_point(|m| m.span.start < span.start);
    let to = layers.mentions.partition_point(|m| m.span.start < span.end);
    &layers.mentions[from..to.max(from)]
}

/// Who holds one of these speaks for a country.
const OFFICES: [&str; 5] = ["spokes", "minister", "president of", "secretary", "ambassador"];

/// The side that a source speaks for: its country where a list tells it, else for whom the text says, else itself.
fn side(
    layers: Layers<'_>,
    attribution: &Attribution,
    known: &Known,
    entities: &mut Entities,
) -> Option<u32> {
    let source = attribution.source_entity?;
    if entities.label(source) != Label::Per {
        return Some(source);
    }
    // A spokesman, a minister, a president clears his country; anybody else himself.
    let entry = entities.facts(source).gazetteer.map(|row| &layers.lexicon.gazetteer.entries[row as usize]);
    let office = entry.is_some_and(|e| {
        let holds = |role: &str| OFFICES.iter().any(|office| role.contains(office));
        e.role.to_lowercase().split('|').any(|role| !role.starts_with("former ") && holds(role))
    });
    match entry.and_then(|e| e.country).filter(|_| office) {
        Some(row) => Some(entities.known(row, layers.lexicon)),
        None => Some(known.sides.get(&source).copied().unwrap_or(source)),
    }
}

/// What the whole text says of those in it.
pub(crate) struct Known {
    /// How often each entity is mentioned.
    pub(super) often: Vec<u32>,
    /// The entities that are mentioned most, in order.
    pub(super) ranked: Vec<u32>,
    /// Whom people speak for.
    sides: FxHashMap<u32, u32>,
}

impl Known {
    pub(crate) fn new(layers: Layers<'_>) -> Self {
        let mut often = Vec::new();
        for entity in layers.mentions.iter().map(|mention| mention.entity as usize) {
            often.resize(often.len().max(entity + 1), 0);
            often[entity] += 1;
        }
        let named = |entity: &u32| often[*entity as usize] > 0;
        let mut ranked: Vec<u32> = (0..often.len() as u32).filter(named).collect();
        ranked.sort_by_key(|entity| (std::cmp::Reverse(often[*entity as usize]), *entity));
        ranked.truncate(4);
        Self { often, ranked, sides: side::sides(layers) }
    }
}
