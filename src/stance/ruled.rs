//! Whom rules take a content to blame or to clear, by the words alone: signs for the ranker of `about`.

use super::targets::within;
use crate::attribution::{Attribution, Layers, Sense};
use crate::entity::Mention;
use crate::labels::Label;
use crate::lexicon::Class;
use crate::segment::TokenKind;

/// Who it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ruled {
    Entity(u32),
    /// Whom the source speaks for.
    Side,
    /// The source itself, where it speaks for another.
    Source,
    Nobody,
}

/// The one who is blamed, doubted, criticised or praised: the first actor who is not the source.
pub(super) fn blamed(layers: Layers<'_>, attribution: &Attribution) -> Ruled {
    first(layers, attribution, |m| Some(m.entity) != attribution.source_entity)
        .map_or(Ruled::Nobody, Ruled::Entity)
}

/// The one who is cleared: the first actor, who may be the source itself ("denied any US involvement"), else its side.
pub(super) fn cleared(layers: Layers<'_>, attribution: &Attribution, sense: &Sense) -> Ruled {
    if let Some(own) = own(layers, attribution, sense) {
        return own;
    }
    first(layers, attribution, |m| !owns_claim(layers, m)).map_or(Ruled::Side, Ruled::Entity)
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
    let apart = Class::PREPOSITION
        | Class::CONJUNCTION
        | Class::AUXILIARY
        | Class::MODAL
        | Class::SUBORDINATOR
        | Class::TO;
    let mut head = 0;
    for i in 1..mentions.len().min(4) {
        let from = tokens.partition_point(|t| t.span.start < mentions[i - 1].span.end);
        let to = tokens.partition_point(|t| t.span.start < mentions[i].span.start);
        let is_one =
            |j: usize| tokens[j].kind == TokenKind::Word && !layers.tags[j].verb && !layers.tags[j].is(apart);
        if !(from..to).all(is_one) {
            break;
        }
        if mentions[i].label == Label::Per {
            head = i;
        }
    }
    &mentions[head]
}

/// "he was", "my role": the source itself stands at the head of the content; "his country's", "our troops", "it was": its
/// side.
fn own(layers: Layers<'_>, attribution: &Attribution, sense: &Sense) -> Option<Ruled> {
    let word = |i: usize| layers.segments.tokens[i].span.of(layers.text).to_lowercase();
    sense.content.first()?.clone().take(8).find_map(|i| match word(i).as_str() {
        "i" | "my" | "me" | "myself" => Some(Ruled::Source),
        "he" | "she" => Some(meant(layers, attribution, i)),
        "it" | "they" | "we" | "us" => Some(Ruled::Side),
        _ => layers.tags[i].is(Class::POSSESSIVE).then_some(Ruled::Side),
    })
}

/// Whom a pronoun means: the source, where nobody else is found.
fn meant(layers: Layers<'_>, attribution: &Attribution, i: usize) -> Ruled {
    let mention = within(layers, layers.segments.tokens[i].span).first();
    match mention.map(|mention| mention.entity) {
        Some(entity) if Some(entity) != attribution.source_entity => Ruled::Entity(entity),
        _ => Ruled::Source,
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
