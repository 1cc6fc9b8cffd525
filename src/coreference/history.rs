//! What was named so far, and what each entity has been.

use super::anaphor::{Anaphor, Form, Role};
use super::nominal::{Nominal, Opening};
use super::referents::{Referents, Sort};
use super::{Link, Scene};
use crate::entity::Via;
use crate::labels::Label;
use crate::segment::TokenKind;
use crate::tagset::{Pos, Rel};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Places that are looked back at, of names and of others, so that time stays linear.
const BACK: [usize; 2] = [80, 48];
/// Candidates that are looked at, with a name and without; and of names behind the anaphor.
const MOST: [usize; 2] = [24, 12];
/// Nouns that are kept of what stands beside the names of an entity.
const NOUNS: usize = 32;

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Name,
    Short,
    /// By its nationality or party: "Norvian".
    People,
    /// By a noun phrase.
    Noun(Opening),
    Again(Form),
}

/// One place where somebody was named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its first and its last token.
    pub(super) token: usize,
    pub(super) last: usize,
    pub(super) referent: u32,
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
    /// With a name, and without.
    places: [Vec<Place>; 2],
    counts: FxHashMap<u32, Counts>,
    /// What stands beside the names of an entity, as hashes of nouns.
    described: FxHashMap<u32, Vec<u32>>,
    /// Who was described by a noun last.
    by_noun: FxHashMap<u32, u32>,
    /// Who was called by a noun last, of those without a name.
    by_head: FxHashMap<u32, u32>,
    most: u32,
    /// The first person.
    first: Option<u32>,
}

/// Somebody that an anaphor may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) referent: u32,
    pub(super) sort: Sort,
    /// Where it was named last before the anaphor, or next behind it.
    pub(super) place: Place,
    /// Named behind the anaphor, and not before it in the same sentence.
    pub(super) ahead: bool,
    /// How often so far.
    pub(super) counts: Counts,
    /// How many others of the same sort were named since.
    pub(super) rank: u32,
    /// Whether that place is the last source before the anaphor.
    pub(super) spoke: bool,
}

impl History {
    pub(super) fn add(&mut self, place: Place, referents: &Referents<'_>) {
        let named = referents.is_named(place.referent);
        if self.first.is_none() && referents.sort(place.referent) == Sort::Named(Label::Per) {
            self.first = Some(place.referent);
        }
        let counts = self.counts.entry(place.referent).or_default();
        counts.all += 1;
        counts.subject += u32::from(place.role == Role::Subject);
        if named {
            self.most = self.most.max(counts.all);
        }
        self.places[usize::from(!named)].push(place);
    }

    /// Notes what stands beside a name.
    pub(super) fn describe(&mut self, entity: u32, nouns: &[u32]) {
        let known = self.described.entry(entity).or_default();
        for noun in nouns {
            self.by_noun.insert(*noun, entity);
            if known.len() < NOUNS && !known.contains(noun) {
                known.push(*noun);
            }
        }
    }

    /// Whether a noun stood beside a name of the entity.
    pub(super) fn is_described(&self, entity: u32, noun: u32) -> bool {
        self.described.get(&entity).is_some_and(|nouns| nouns.contains(&noun))
    }

    /// The entity beside whose name a noun stood last.
    pub(super) fn described(&self, noun: u32) -> Option<u32> {
        self.by_noun.get(&noun).copied()
    }

    /// Who was called by a noun last.
    pub(super) fn called(&self, head: u32) -> Option<u32> {
        self.by_head.get(&head).copied()
    }

    /// Notes that somebody was called by a noun.
    pub(super) fn call(&mut self, head: u32, referent: u32) {
        self.by_head.insert(head, referent);
    }

    /// The first person named.
    pub(super) fn first(&self) -> Option<u32> {
        self.first
    }

    /// How often the entity was named that was named most often.
    pub(super) fn most(&self) -> u32 {
        self.most
    }

    /// All places.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().flatten()
    }

    /// Who was named before, nearest first, then those named only behind the anaphor in its sentence; where the anaphor
    /// `speaks` no mere things.
    pub(super) fn candidates<'p>(
        &self,
        anaphor: &Anaphor,
        speaks: bool,
        ahead: impl Iterator<Item = &'p Place>,
        referents: &Referents<'_>,
        found: &mut Vec<Candidate>,
    ) {
        found.clear();
        let mut spoke = None;
        let mut ranks = [0; Sort::COUNT];
        let mut left = MOST;
        let [mut named, mut others] = [0, 1].map(|i| self.places[i].iter().rev().take(BACK[i]).peekable());
        loop {
            let side = match (named.peek(), others.peek()) {
                (None, None) => break,
                (Some(_), None) => 0,
                (None, Some(_)) => 1,
                (Some(name), Some(other)) => usize::from(other.token > name.token),
            };
            let next = if side == 0 { named.next() } else { others.next() };
            let Some(place) = next else { break };
            let referent = referents.find(place.referent);
            if place.source && spoke.is_none() {
                spoke = Some(referent);
            }
            // Part of the description itself: "the Norvian ministry".
            if place.token >= anaphor.tokens.start
                || left[side] == 0
                || found.iter().any(|c| c.referent == referent)
            {
                continue;
            }
            let sort = referents.sort(referent);
            if !fits(anaphor.form, sort, referents, referent)
                || speaks && matches!(sort, Sort::Thing | Sort::Things)
            {
                continue;
            }
            left[side] -= 1;
            let rank = ranks[sort.number()];
            ranks[sort.number()] += 1;
            let counts = self.counts.get(&referent).copied().unwrap_or_default();
            let spoke = spoke == Some(referent);
            found.push(Candidate { referent, sort, place: *place, ahead: false, counts, rank, spoke });
        }
        for place in ahead.filter(|place| place.token >= anaphor.tokens.end).take(MOST[0]) {
            let sort = referents.sort(place.referent);
            let known = found.iter().any(|c| c.referent == place.referent);
            if !known && fits(anaphor.form, sort, referents, place.referent) {
                let counts = self.counts.get(&place.referent).copied().unwrap_or_default();
                let rank = found.len() as u32;
                let (referent, place) = (place.referent, *place);
                found.push(Candidate { referent, sort, place, ahead: true, counts, rank, spoke: false });
            }
        }
    }
}

/// Whether somebody may be meant at all: "he" is a person, and no other than a man as far as is known.
fn fits(form: Form, sort: Sort, referents: &Referents<'_>, referent: u32) -> bool {
    let gender = |wanted| referents.gender(referent).is_none_or(|known| known == wanted);
    match (form, sort) {
        (Form::Description, _) => matches!(sort, Sort::Named(_)),
        (Form::He | Form::She, Sort::Named(label)) => {
            form.gender().is_none_or(gender)
                && (label == Label::Per || !referents.is_known(referent) && label != Label::Norp)
        }
        (Form::He | Form::She, Sort::Person | Sort::Proper) => form.gender().is_none_or(gender),
        (Form::It, Sort::Named(label)) => label != Label::Per,
        (Form::It, Sort::Thing | Sort::Body | Sort::Proper) => true,
        (Form::They, Sort::Named(_)) => true,
        (Form::They, Sort::Person) => referents.gender(referent).is_none(),
        (Form::They, Sort::People | Sort::Things | Sort::Body | Sort::Propers) => true,
        _ => false,
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
pub(super) fn again(scene: Scene<'_>, anaphor: &Anaphor, referent: u32) -> Place {
    let place = scene.place(anaphor.tokens.clone(), referent, How::Again(anaphor.form));
    Place { role: anaphor.role, ..place }
}

/// The place of a noun phrase.
pub(super) fn noun(scene: Scene<'_>, nominal: &Nominal, referent: u32) -> Place {
    scene.place(nominal.tokens.clone(), referent, How::Noun(nominal.opening))
}

impl<'a> Scene<'a> {
    fn place(&self, tokens: Range<usize>, referent: u32, how: How) -> Place {
        Place {
            token: tokens.start,
            last: tokens.end - 1,
            referent,
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
                Rel::Obl | Rel::OblAgent => Role::Oblique,
                Rel::Nmod | Rel::NmodDesc => Role::Modifier,
                Rel::Vocative => Role::Vocative,
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
