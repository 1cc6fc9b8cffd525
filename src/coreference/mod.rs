//! Who a pronoun or a description is: a ranker over the entities named so far, which may answer that it is none of them.
//!
//! From left to right: every name, every pronoun that is resolved and every description adds to what is known of its
//! entity (how often, how near, in which role), and the next anaphor chooses among all of them (Denis & Baldridge 2008).

mod anaphor;
mod described;
mod features;
mod history;
mod ranker;

pub(crate) use anaphor::{Anaphor, Form};
pub(crate) use ranker::DIMENSIONS;
pub use ranker::{CoreferenceModel, Ranker};

use crate::entity::{Entities, Mention};
use crate::labels::Label;
use crate::language::Syntax;
use crate::lexicon::{Class, Lexicon};
use crate::segment::Segments;
use crate::tag::Tag;
use features::Case;
use history::History;

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

/// What an anaphor may be: a row of features for each entity, and the last one for none of them.
pub(crate) struct Choice<'c> {
    pub(crate) anaphor: &'c Anaphor,
    pub(crate) entities: &'c [u32],
    pub(crate) rows: &'c [Vec<u16>],
    /// The nearest entity whose name, title or office says what a description says: "the authority".
    pub(crate) told: Option<u32>,
}

/// Resolves pronouns, and the descriptions that are given, in text order.
pub(crate) fn resolve(
    scene: Scene<'_>,
    descriptions: &[Anaphor],
    entities: &mut Entities,
    ranker: &Ranker,
) -> Vec<Link> {
    let campaigns = campaigns(scene, entities);
    let mut links = campaigns.clone();
    walk(scene, descriptions, &campaigns, entities, |choice, _| {
        let (best, confidence) = ranker.best(choice.rows);
        // As it is written: two places.
        let confidence = Some((confidence * 100.0).round() / 100.0);
        let (entity, confidence) = match choice.entities.get(best) {
            Some(entity) => (*entity, confidence),
            // What the words tell holds where the ranker, which saw few descriptions, gives none.
            None => (choice.told?, None),
        };
        links.push(Link { anaphor: choice.anaphor.clone(), entity, confidence });
        Some(entity)
    });
    links
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

/// Goes through a document from left to right; `decide` says which of the entities an anaphor is.
pub(crate) fn walk(
    scene: Scene<'_>,
    descriptions: &[Anaphor],
    campaigns: &[Link],
    entities: &mut Entities,
    mut decide: impl FnMut(Choice<'_>, &Entities) -> Option<u32>,
) {
    let names = history::names(scene, campaigns);
    let mut history = History::default();
    let mut anaphors = anaphor::pronouns(scene);
    anaphors.extend_from_slice(descriptions);
    anaphors.sort_by_key(|anaphor| (anaphor.tokens.start, anaphor.tokens.end));
    let (mut next, mut rows) = (0, Vec::new());
    for anaphor in &anaphors {
        while let Some(name) = names.get(next).filter(|name| name.token < anaphor.tokens.start) {
            history.add(*name, entities);
            history.describe(name.entity, &described::nouns(scene, &(name.token..name.last + 1)));
            next += 1;
        }
        let ahead = names[next..].iter().take_while(|name| name.sentence == anaphor.sentence);
        let candidates = history.candidates(anaphor, ahead, entities);
        rows.clear();
        let case = Case { scene, anaphor, entities, candidates: &candidates, history: &history };
        rows.extend((0..=candidates.len()).map(|c| case.features(c)));
        let numbers: Vec<u32> = candidates.iter().map(|candidate| candidate.entity).collect();
        let told = candidates.iter().find(|candidate| case.is_told(candidate.entity));
        let told = told.map(|candidate| candidate.entity);
        let choice = Choice { anaphor, entities: &numbers, rows: &rows, told };
        if let Some(entity) = decide(choice, entities) {
            if let Some(gender) = anaphor.form.gender() {
                entities.set_gender(entity, gender);
            }
            history.add(history::again(scene, anaphor, entity), entities);
        }
    }
}
