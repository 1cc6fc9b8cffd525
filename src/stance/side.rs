//! Whom people speak for, where the text tells: "Norvian Rail boss Ana Berg", "Ana Berg, a lawyer for Norvian Rail".

use crate::attribution::Layers;
use crate::entity::Mention;
use crate::labels::Label;
use crate::lexicon::Class;
use crate::segment::TokenKind;
use rustc_hash::FxHashMap;

/// Words between a person and the one spoken for.
const NEAR: usize = 6;

/// By person the entity spoken for, the first that the text tells of.
pub(super) fn sides(layers: Layers<'_>) -> FxHashMap<u32, u32> {
    let mut sides = FxHashMap::default();
    for (m, person) in layers.mentions.iter().enumerate().filter(|(_, m)| m.label == Label::Per) {
        let near = &layers.mentions[m.saturating_sub(1)..layers.mentions.len().min(m + 3)];
        let spoken_for = near.iter().find(|other| {
            let speaks = matches!(other.label, Label::Gpe | Label::Org | Label::Outlet | Label::Per);
            speaks
                && other.entity != person.entity
                && (before(layers, other, person) || behind(layers, person, other))
        });
        if let Some(other) = spoken_for {
            sides.entry(person.entity).or_insert(other.entity);
        }
    }
    sides
}

fn is_role(layers: Layers<'_>, i: usize) -> bool {
    layers.tags[i].is(Class::ROLE)
}

/// "Norvian Rail's boss Ana Berg": a role and nothing but nouns and adjectives between the two.
fn before(layers: Layers<'_>, other: &Mention, person: &Mention) -> bool {
    let tokens = &layers.segments.tokens;
    let from = tokens.partition_point(|t| t.span.start < other.span.end);
    let to = tokens.partition_point(|t| t.span.start < person.span.start);
    let apart = Class::PREPOSITION | Class::CONJUNCTION | Class::AUXILIARY | Class::MODAL | Class::DETERMINER;
    let plain =
        |i: usize| tokens[i].kind == TokenKind::Word && !layers.tags[i].verb && !layers.tags[i].is(apart);
    from < to && to - from <= NEAR && (from..to).all(plain) && (from..to).any(|i| is_role(layers, i))
}

/// "Ana Berg, a lawyer for Norvian Rail": an apposition whose role has it behind a preposition.
fn behind(layers: Layers<'_>, person: &Mention, other: &Mention) -> bool {
    let tokens = &layers.segments.tokens;
    let from = tokens.partition_point(|t| t.span.start < person.span.end);
    let to = tokens.partition_point(|t| t.span.start < other.span.start);
    if from + 2 >= to || tokens[from].kind != TokenKind::Comma || to - from > 2 * NEAR {
        return false;
    }
    let word = |i: usize| tokens[i].span.of(layers.text);
    let role = (from + 1..to - 1).find(|&i| is_role(layers, i) && matches!(word(i + 1), "of" | "for" | "at"));
    role.is_some_and(|role| {
        let told = (from + 1..to).any(|i| layers.tags[i].verb || layers.tags[i].is(Class::AUXILIARY));
        !told && to - role <= NEAR
    })
}
