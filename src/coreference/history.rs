//! What was named so far, and what each entity has been.

use super::anaphor::{Anaphor, Form, Role};
use super::{Link, Scene};
use crate::entity::{Entities, Via};
use crate::labels::Label;
use crate::segment::TokenKind;
use crate::tagset::{Pos, Rel};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Mentions that are looked back at, so that time stays linear.
const BACK: usize = 80;
/// Entities that are looked at, before the anaphor and behind it.
const MOST: usize = 24;
/// Nouns that are kept of what stands beside the names of an entity.
const NOUNS: usize = 32;

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Name,
    Short,
    /// By its nationality or party: "Norvian".
    People,
    Again(Form),
}

/// One place where an entity was named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its first and its last token.
    pub(super) token: usize,
    pub(super) last: usize,
    pub(super) entity: u32,
    pub(super) sentence: u32,
    pub(super) how: How,
    pub(super) role: Role,
    /// Whether it is a source.
    pub(super) source: bool,
}

/// How often an entity was named, and how often as a subject.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) all: u32,
    pub(super) subject: u32,
}

/// What was named so far.
#[derive(Default)]
pub(super) struct History {
    places: Vec<Place>,
    counts: FxHashMap<u32, Counts>,
    /// What stands beside the names of an entity, as hashes of nouns.
    described: FxHashMap<u32, Vec<u32>>,
    most: u32,
    /// The first person.
    first: Option<u32>,
}

/// An entity that an anaphor may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) entity: u32,
    /// Where it was named last before the anaphor, or next behind it.
    pub(super) place: Place,
    /// Named behind the anaphor, and not before it in the same sentence.
    pub(super) ahead: bool,
    /// How often so far.
    pub(super) counts: Counts,
    /// How many others of the same label were named since.
    pub(super) rank: u32,
    /// Whether that place is the last source before the anaphor.
    pub(super) spoke: bool,
}

impl History {
    pub(super) fn add(&mut self, place: Place, entities: &Entities) {
        if self.first.is_none() && entities.label(place.entity) == Label::Per {
            self.first = Some(place.entity);
        }
        let counts = self.counts.entry(place.entity).or_default();
        counts.all += 1;
        counts.subject += u32::from(place.role == Role::Subject);
        self.most = self.most.max(counts.all);
        self.places.push(place);
    }

    /// Notes what stands beside a name.
    pub(super) fn describe(&mut self, entity: u32, nouns: &[u32]) {
        let known = self.described.entry(entity).or_default();
        for noun in nouns {
            if known.len() < NOUNS && !known.contains(noun) {
                known.push(*noun);
            }
        }
    }

    /// Whether a noun stood beside a name of the entity.
    pub(super) fn is_described(&self, entity: u32, noun: u32) -> bool {
        self.described.get(&entity).is_some_and(|nouns| nouns.contains(&noun))
    }

    /// The first person named.
    pub(super) fn first(&self) -> Option<u32> {
        self.first
    }

    /// How often the entity was named that was named most often.
    pub(super) fn most(&self) -> u32 {
        self.most
    }

    /// The entities named before, nearest first, then those named only behind the anaphor in its sentence.
    pub(super) fn candidates<'p>(
        &self,
        anaphor: &Anaphor,
        ahead: impl Iterator<Item = &'p Place>,
        entities: &Entities,
    ) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let mut spoke = None;
        for place in self.places.iter().rev().take(BACK) {
            if place.source && spoke.is_none() {
                spoke = Some(place.entity);
            }
            // Part of the description itself: "the Norvian ministry".
            if place.token >= anaphor.tokens.start || found.iter().any(|c| c.entity == place.entity) {
                continue;
            }
            if found.len() == MOST {
                break;
            }
            let label = entities.label(place.entity);
            if !fits(anaphor.form, label, entities, place.entity) {
                continue;
            }
            let rank = found.iter().filter(|c| entities.label(c.entity) == label).count() as u32;
            let counts = self.counts.get(&place.entity).copied().unwrap_or_default();
            let spoke = spoke == Some(place.entity);
            found.push(Candidate { entity: place.entity, place: *place, ahead: false, counts, rank, spoke });
        }
        for place in ahead.filter(|place| place.token >= anaphor.tokens.end).take(MOST) {
            let known = found.iter().any(|c| c.entity == place.entity);
            if !known && fits(anaphor.form, entities.label(place.entity), entities, place.entity) {
                let counts = self.counts.get(&place.entity).copied().unwrap_or_default();
                let rank = found.len() as u32;
                found.push(Candidate {
                    entity: place.entity,
                    place: *place,
                    ahead: true,
                    counts,
                    rank,
                    spoke: false,
                });
            }
        }
        found
    }
}

/// Whether an entity may be meant at all: "he" is a person, and no other than a man as far as is known.
fn fits(form: Form, label: Label, entities: &Entities, entity: u32) -> bool {
    let facts = entities.facts(entity);
    match form.gender() {
        Some(gender) => {
            facts.gender.is_none_or(|known| known == gender)
                && (label == Label::Per || facts.gazetteer.is_none() && label != Label::Norp)
        }
        None => form == Form::Description || label != Label::Per || form == Form::They,
    }
}

/// All names as places, in text order.
pub(super) fn names(scene: Scene<'_>, campaigns: &[Link]) -> Vec<Place> {
    let tokens = &scene.segments.tokens;
    let mut found = Vec::with_capacity(scene.mentions.len());
    for mention in scene.mentions {
        let token = tokens.partition_point(|t| t.span.end <= mention.span.start);
        let end = tokens.partition_point(|t| t.span.start < mention.span.end).max(token + 1);
        if end > tokens.len() {
            continue;
        }
        let how = match (mention.label, mention.via) {
            (Label::Norp, _) => How::People,
            (_, Via::Surname) => How::Short,
            _ => How::Name,
        };
        found.push(scene.place(token..end, mention.entity, how));
    }
    let place = |link: &Link| scene.place(link.anaphor.tokens.clone(), link.entity, How::Name);
    found.extend(campaigns.iter().map(place));
    found.sort_by_key(|place| (place.token, place.last));
    found
}

/// The place of an anaphor that is resolved.
pub(super) fn again(scene: Scene<'_>, anaphor: &Anaphor, entity: u32) -> Place {
    let place = scene.place(anaphor.tokens.clone(), entity, How::Again(anaphor.form));
    Place { role: anaphor.role, ..place }
}

impl<'a> Scene<'a> {
    fn place(&self, tokens: Range<usize>, entity: u32, how: How) -> Place {
        Place {
            token: tokens.start,
            last: tokens.end - 1,
            entity,
            sentence: self.sentence(tokens.start),
            how,
            role: self.role(&tokens),
            source: self.source[tokens.start],
        }
    }

    pub(crate) fn word(&self, i: usize) -> &'a str {
        self.segments.tokens[i].span.of(self.text)
    }

    /// The number of the sentence of token `i`.
    pub(super) fn sentence(&self, i: usize) -> u32 {
        self.segments.sentences.partition_point(|s| s.last as usize <= i) as u32
    }

    /// The verb or noun that a phrase hangs on, by the tree.
    pub(super) fn governor(&self, tokens: &Range<usize>) -> Option<(usize, Rel)> {
        tokens.clone().find_map(|i| {
            let arc = self.syntax.arcs[i]?;
            let head = arc.head as usize;
            (!tokens.contains(&head)).then_some((head, arc.rel))
        })
    }

    /// What a phrase is in its sentence: by the tree, and where there is none by its neighbours.
    pub(super) fn role(&self, tokens: &Range<usize>) -> Role {
        if let Some((_, rel)) = self.governor(tokens) {
            return match rel {
                Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter | Rel::Csubj => Role::Subject,
                Rel::Obj | Rel::Iobj => Role::Object,
                Rel::NmodPoss => Role::Possessive,
                Rel::Obl | Rel::Nmod | Rel::OblAgent | Rel::NmodDesc => Role::Oblique,
                _ => Role::Other,
            };
        }
        let pos = |i: usize| self.syntax.tags[i].pos;
        let next = (tokens.end < self.segments.tokens.len()).then_some(tokens.end);
        if next.is_some_and(|i| self.tags[i].is(crate::lexicon::Class::CLITIC)) {
            return Role::Possessive;
        }
        if next.is_some_and(|i| {
            matches!(pos(i), Pos::Verb | Pos::Aux) || self.segments.tokens[i].kind == TokenKind::Comma
        }) {
            return Role::Subject;
        }
        match tokens.start.checked_sub(1).map(pos) {
            Some(Pos::Adp) => Role::Oblique,
            Some(Pos::Verb) => Role::Object,
            _ => Role::Other,
        }
    }
}
