//! Who a pronoun or a description is: a ranker over the entities named so far and whoever was told of without a name,
//! which may answer that it is none of them.
//!
//! From left to right: every name, every noun phrase, every pronoun that is resolved and every description adds to what
//! is known of whom it means (how often, how near, in which role), and the next anaphor chooses among all of them (Denis &
//! Baldridge 2008).

mod anaphor;
mod described;
mod features;
mod history;
mod nominal;
mod people;
mod ranker;
mod referents;
mod speech;
mod walk;

pub(crate) use anaphor::{Anaphor, Form};
pub(crate) use people::names_people;
pub use ranker::{CoreferenceModel, Ranker};
pub(crate) use ranker::{DIMENSIONS, Rows};
#[cfg(feature = "train")]
pub(crate) use referents::Referents;
pub(crate) use walk::walk;

use crate::entity::{Chain, Entities, Mention};
use crate::labels::Label;
use crate::language::Syntax;
use crate::lexicon::{Class, Lexicon};
use crate::segment::Segments;
use crate::tag::Tag;
use std::ops::Range;

/// The layers that coreference stands on; slices have an element a token unless they say otherwise.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) segments: &'a Segments,
    pub(crate) tags: &'a [Tag],
    pub(crate) syntax: &'a Syntax,
    /// Names, in text order.
    pub(crate) mentions: &'a [Mention],
    /// The quotation that a token stands in.
    pub(crate) quotation: &'a [Option<u32>],
    /// Whether it is part of the source of an attribution.
    pub(crate) source: &'a [bool],
    /// For each quotation the source that says it, in tokens.
    pub(crate) speakers: &'a [Option<Range<usize>>],
    pub(crate) lexicon: &'a Lexicon,
}

/// An anaphor and the entity that it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) anaphor: Anaphor,
    pub(crate) entity: u32,
    /// The ranker's probability; none where the name itself stands in the words.
    pub(crate) confidence: Option<f32>,
}

/// What an anaphor may be: a row of features for each referent, and the last one for none of them.
pub(crate) struct Choice<'c> {
    pub(crate) anaphor: &'c Anaphor,
    pub(crate) referents: &'c [u32],
    pub(crate) rows: &'c Rows,
    /// The nearest entity whose name, title or office says what a description says: "the authority".
    pub(crate) told: Option<u32>,
    /// How many anaphors it decides; what training makes of it.
    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub(crate) count: usize,
}

/// How much a chain that gives nobody a name is worth the risk, as a logarithm of odds: chosen by cross-validation on
/// OntoGUM. Pronouns that would get a name by it are left alone.
const LEAN: f32 = 1.0;

/// Resolves pronouns, and the descriptions that are given, in text order: those that mean an entity, and all chains of
/// two places and more.
pub(crate) fn resolve(
    scene: Scene<'_>,
    descriptions: &[Anaphor],
    entities: &mut Entities,
    ranker: &Ranker,
) -> (Vec<Link>, Vec<Chain>) {
    let campaigns = campaigns(scene, entities);
    let mut links = campaigns.clone();
    let chains = walk(scene, descriptions, &campaigns, entities, |choice, referents| {
        let speech = choice.anaphor.form.is_speech();
        let somebody = |i: usize| if speech && i < choice.referents.len() { LEAN } else { 0.0 };
        let (mut best, mut confidence) = ranker.best(choice.rows, somebody);
        if best == choice.referents.len() && !speech && choice.anaphor.form != Form::Description {
            let unnamed = |i: usize| match choice.referents.get(i) {
                Some(referent) if referents.is_named(*referent) => f32::NEG_INFINITY,
                Some(_) => LEAN,
                None => 0.0,
            };
            (best, confidence) = ranker.best(choice.rows, unnamed);
        }
        // As it is written: two places.
        let confidence = Some((confidence * 100.0).round() / 100.0);
        let (referent, confidence) = match choice.referents.get(best) {
            Some(referent) => (*referent, confidence),
            // What the words tell holds where the ranker, which saw few descriptions, gives none.
            None => (choice.told?, None),
        };
        if referents.is_named(referent) && !choice.anaphor.form.is_speech() {
            links.push(Link { anaphor: choice.anaphor.clone(), entity: referent, confidence });
        }
        Some(referent)
    });
    (links, chains)
}

/// "Clinton's campaign", "the Sanders campaign": the campaign of a candidate is one more who may be meant.
pub(crate) fn campaigns(scene: Scene<'_>, entities: &mut Entities) -> Vec<Link> {
    let tokens = &scene.segments.tokens;
    let mut found = Vec::new();
    for mention in scene.mentions.iter().filter(|m| m.label == Label::Per) {
        let start = tokens.partition_point(|t| t.span.end <= mention.span.start);
        let after = tokens.partition_point(|t| t.span.start < mention.span.end);
        let owned = after < tokens.len() && scene.tags[after].is(Class::CLITIC);
        let noun = after + usize::from(owned);
        if noun < tokens.len() && scene.word(noun).eq_ignore_ascii_case("campaign") {
            let anaphor = Anaphor::description(scene, start..noun + 1, noun);
            found.push(Link { anaphor, entity: entities.campaign(mention.entity), confidence: None });
        }
    }
    found
}
