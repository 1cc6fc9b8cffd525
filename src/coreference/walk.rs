//! On the way through a document: who was named, told of and meant so far, and who is one with whom.

use super::anaphor::{self, Anaphor, Form, Role};
use super::features::Case;
use super::history::{self, History, How, Place};
use super::nominal::{self, Nominal, Opening};
use super::referents::{Referents, Sort, Unnamed};
use super::speech::{self, Talk};
use super::{Choice, Link, Rows, Scene, described};
use crate::entity::{Chain, Entities};
use crate::labels::Label;
use crate::span::Span;
use crate::tagset::Rel;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Tokens around a phrase where the subject of its verb is looked for, so that time stays linear.
const NEAR: usize = 60;

/// Goes through a document from left to right; `decide` says which of the referents an anaphor is. Returns the chains.
pub(crate) fn walk(
    scene: Scene<'_>,
    descriptions: &[Anaphor],
    campaigns: &[Link],
    entities: &mut Entities,
    mut decide: impl FnMut(Choice<'_>, &Referents<'_>) -> Option<u32>,
) -> Vec<Chain> {
    let names = history::names(scene, campaigns);
    let mut named = vec![false; scene.segments.tokens.len()];
    names.iter().for_each(|name| named[name.token..=name.last].fill(true));
    let nominals = nominal::phrases(scene, &named);
    let (spoken, mut anaphors): (Vec<Anaphor>, Vec<Anaphor>) =
        anaphor::pronouns(scene).into_iter().partition(|anaphor| anaphor.form.is_speech());
    anaphors.extend_from_slice(descriptions);
    anaphors.sort_by_key(|anaphor| (anaphor.tokens.start, anaphor.tokens.end));

    let mut referents = Referents::new(entities, scene.segments.tokens.len());
    // Those behind too: "his deputy, Mrs. Finch" is one.
    names.iter().for_each(|name| (name.token..=name.last).for_each(|i| referents.mark(i, name.referent)));
    let history = History::default();
    let mut walk =
        Walk { scene, referents, history, subject_of: None, spoken: Vec::new(), quoted: Vec::new() };
    walk.speech(&spoken, &nominals);
    let (mut next, mut rows, mut candidates) = (0, Rows::default(), Vec::new());
    let mut phrases = nominals.iter().peekable();
    for anaphor in &anaphors {
        let start = anaphor.tokens.start;
        loop {
            let name = names.get(next).filter(|name| name.token < start);
            let phrase = phrases.peek().filter(|phrase| phrase.tokens.start < start);
            match (name, phrase) {
                (None, None) => break,
                (Some(name), phrase) if phrase.is_none_or(|p| name.token <= p.tokens.start) => {
                    walk.name(name);
                    next += 1;
                }
                _ => phrases.next().into_iter().for_each(|phrase| walk.phrase(phrase)),
            }
        }
        let ahead = names[next..].iter().take_while(|name| name.sentence == anaphor.sentence);
        let speaks = scene.source[anaphor.head] && anaphor.role == Role::Subject;
        walk.history.candidates(anaphor, speaks, ahead, &walk.referents, &mut candidates);
        rows.clear();
        let Walk { referents, history, .. } = &walk;
        let case = Case { scene, anaphor, referents, candidates: &candidates, history };
        let shared = case.shared();
        (0..=candidates.len()).for_each(|c| rows.push(|row| case.features(c, &shared, row)));
        let numbers: Vec<u32> = candidates.iter().map(|candidate| candidate.referent).collect();
        let told = candidates.iter().find(|candidate| case.is_told(candidate.referent));
        let told = told.map(|candidate| candidate.referent);
        let choice = Choice { anaphor, referents: &numbers, rows: &rows, told, count: 1 };
        let decided = decide(choice, referents);
        walk.pronoun(anaphor, decided);
    }
    names[next..].iter().for_each(|name| walk.name(name));
    phrases.for_each(|phrase| walk.phrase(phrase));
    [Form::I, Form::You].into_iter().for_each(|form| walk.identify(form, &spoken, &mut rows, &mut decide));
    walk.chains()
}

/// What is known on the way through a document.
struct Walk<'a, 'e> {
    scene: Scene<'a>,
    referents: Referents<'e>,
    history: History,
    /// "As a child, she ...": the verb, and who is its subject.
    subject_of: Option<(usize, u32)>,
    /// Who speaks and who is spoken to outside quotations, and where.
    spoken: Vec<(Form, u32, Vec<usize>)>,
    /// "I" in a quotation: where, and who says it.
    quoted: Vec<(usize, Range<usize>)>,
}

impl Walk<'_, '_> {
    fn name(&mut self, name: &Place) {
        self.history.add(*name, &self.referents);
        let tokens = name.token..name.last + 1;
        self.history.describe(name.referent, &described::nouns(self.scene, &tokens));
    }

    fn phrase(&mut self, phrase: &Nominal) {
        if self.referents.at(phrase.head).is_some() {
            return;
        }
        let scene = self.scene;
        let mut alone = phrase.alone(scene);
        alone.owner = phrase.owner.and_then(|owner| self.referents.at(owner));
        let same = phrase.same.and_then(|same| self.referents.at(same));
        let same = same.filter(|same| self.may_be(*same, alone.sort));
        let known = same.or_else(|| {
            let subject = match phrase.opening {
                Opening::As => self.subject(phrase).filter(|subject| self.may_be(*subject, alone.sort)),
                Opening::Called => self.referents.at(phrase.tokens.start),
                _ => None,
            };
            let described = || {
                let of = self.history.described(alone.head).filter(|_| phrase.opening == Opening::Definite);
                of.filter(|of| self.may_be(*of, alone.sort))
            };
            subject.or_else(described).or_else(|| self.same_noun(phrase, &alone))
        });
        let referent = known.unwrap_or_else(|| self.referents.add(alone));
        if phrase.opening == Opening::As && known.is_none() {
            self.subject_of = scene.governor(&phrase.tokens).map(|(verb, _)| (verb, referent));
        }
        self.history.call(alone.head, referent);
        self.referents.mark(phrase.head, referent);
        self.history.add(history::noun(scene, phrase, referent), &self.referents);
    }

    /// Who was called by the same noun before, where the phrase may mean them again.
    fn same_noun(&self, phrase: &Nominal, alone: &Unnamed) -> Option<u32> {
        let referent = self.referents.find(self.history.called(alone.head)?);
        let before = self.referents.unnamed(referent)?;
        let same = match phrase.opening {
            Opening::Proper => before.modifiers == alone.modifiers,
            Opening::Definite => {
                before.owner.is_none() && (alone.modifiers == 0 || alone.modifiers == before.modifiers)
            }
            Opening::Owned => alone.owner.is_some() && before.owner == alone.owner,
            _ => false,
        };
        (same && before.sort == alone.sort).then_some(referent)
    }

    /// The subject of the verb that a phrase hangs on, where it is known.
    fn subject(&self, phrase: &Nominal) -> Option<u32> {
        let (mut verb, _) = self.scene.governor(&phrase.tokens)?;
        let sentence = self.scene.segments.sentences[self.scene.sentence(verb) as usize].range();
        let near = phrase.head.saturating_sub(NEAR)..phrase.head + NEAR;
        let sentence = sentence.start.max(near.start)..sentence.end.min(near.end);
        for _ in 0..3 {
            let is = |i: &usize| {
                let arc = self.scene.syntax.arcs[*i];
                arc.is_some_and(|arc| {
                    arc.head as usize == verb && matches!(arc.rel, Rel::Nsubj | Rel::NsubjPass)
                })
            };
            if let Some(subject) = sentence.clone().find(is) {
                return self.referents.at(subject);
            }
            verb = self.scene.syntax.arcs[verb].filter(|arc| arc.head as usize != verb)?.head as usize;
        }
        None
    }

    /// Whether a noun of a sort may say what somebody is.
    fn may_be(&self, subject: u32, sort: Sort) -> bool {
        match self.referents.sort(subject) {
            Sort::Named(Label::Per) | Sort::Speaker | Sort::Person => sort == Sort::Person,
            Sort::Hearer => matches!(sort, Sort::Person | Sort::People),
            Sort::Speakers | Sort::People => matches!(sort, Sort::People | Sort::Body),
            Sort::Named(_) => matches!(sort, Sort::Thing | Sort::Body),
            Sort::Proper => matches!(sort, Sort::Person | Sort::Thing | Sort::Body),
            other => other == sort,
        }
    }

    /// Notes where somebody speaks or is spoken to.
    fn speech(&mut self, spoken: &[Anaphor], phrases: &[Nominal]) {
        // "you guys" is one phrase.
        let called = phrases.iter().filter(|phrase| phrase.opening == Opening::Called);
        let called: FxHashSet<usize> = called.map(|phrase| phrase.tokens.start).collect();
        for anaphor in spoken {
            let Some(sort) = anaphor.form.nobody() else { continue };
            if let Some(quotation) = self.scene.quotation[anaphor.head] {
                if anaphor.form == Form::I
                    && let Some(Some(source)) = self.scene.speakers.get(quotation as usize)
                {
                    self.quoted.push((anaphor.head, source.clone()));
                }
                continue;
            }
            let at = self.spoken.iter().position(|(form, ..)| *form == anaphor.form).unwrap_or_else(|| {
                self.spoken.push((anaphor.form, self.referents.add(Unnamed::speech(sort)), Vec::new()));
                self.spoken.len() - 1
            });
            self.referents.mark(anaphor.head, self.spoken[at].1);
            if !called.contains(&anaphor.head) {
                self.spoken[at].2.push(anaphor.head);
            }
        }
    }

    /// Decides who speaks, or is spoken to, in the document as a whole.
    fn identify(
        &mut self,
        form: Form,
        spoken: &[Anaphor],
        rows: &mut Rows,
        decide: &mut impl FnMut(Choice<'_>, &Referents<'_>) -> Option<u32>,
    ) {
        let Self { scene, referents, history, .. } = self;
        let of = |form: Form| self.spoken.iter().find(|(of, ..)| *of == form);
        let Some((_, party, tokens)) = of(form) else { return };
        let (Some(first), Some(middle)) = (tokens.first(), tokens.get(tokens.len() / 2)) else { return };
        let Some(anaphor) = spoken.iter().find(|anaphor| anaphor.head == *middle) else { return };
        let narrator =
            of(Form::I).filter(|_| form == Form::You).map(|(_, narrator, _)| referents.find(*narrator));
        let talk = Talk::new(*scene, form, spoken);
        let parties =
            speech::parties(*scene, form, history.places(), history.first(), narrator, *first, referents);
        rows.clear();
        for party in parties.iter().enumerate().map(Some).chain([None]) {
            rows.push(|row| speech::features(&talk, party, parties.len(), row));
        }
        let numbers: Vec<u32> = parties.iter().map(|party| party.referent).collect();
        let choice = Choice { anaphor, referents: &numbers, rows, told: None, count: tokens.len() };
        if let Some(referent) = decide(choice, referents) {
            let party = *party;
            self.referents.unite(party, referent);
        }
    }

    fn pronoun(&mut self, anaphor: &Anaphor, decided: Option<u32>) {
        let Some(referent) = decided else { return };
        if let Some(gender) = anaphor.form.gender() {
            self.referents.set_gender(referent, gender);
        }
        self.referents.mark(anaphor.head, referent);
        if let Some((verb, other)) = self.subject_of
            && anaphor.role == Role::Subject
            && self.scene.governor(&anaphor.tokens).is_some_and(|(at, _)| at == verb)
        {
            self.referents.unite(other, referent);
            self.subject_of = None;
        }
        self.history.add(history::again(self.scene, anaphor, self.referents.find(referent)), &self.referents);
    }

    /// All chains of two places and more that hold a name or a noun phrase, by their first place.
    fn chains(self) -> Vec<Chain> {
        let Self { scene, referents, history, spoken, quoted, .. } = self;
        let told = |place: &Place| !matches!(place.how, How::Again(_));
        let mut places: Vec<(usize, usize, u32, bool)> = history
            .places()
            .map(|place| (place.token, place.last, referents.find(place.referent), told(place)))
            .collect();
        for (_, referent, tokens) in spoken {
            let referent = referents.find(referent);
            places.extend(tokens.into_iter().map(|i| (i, i, referent, false)));
        }
        for (i, source) in quoted {
            // The head of the source, or the first in it who is known.
            let arc = |i: usize| scene.syntax.arcs[i];
            let top =
                source.clone().find(|&i| arc(i).is_some_and(|arc| !source.contains(&(arc.head as usize))));
            let speaker = top.into_iter().chain(source).find_map(|i| referents.at(i));
            places.extend(speaker.map(|speaker| (i, i, speaker, false)));
        }
        places.sort_unstable();
        places.dedup_by_key(|(first, last, referent, _)| (*first, *last, *referent));
        let mut chains: Vec<(Chain, bool)> = Vec::new();
        let mut of: FxHashMap<u32, usize> = FxHashMap::default();
        let tokens = &scene.segments.tokens;
        for (first, last, referent, told) in places {
            let at = *of.entry(referent).or_insert_with(|| {
                let entity = referents.is_named(referent).then_some(referent);
                chains.push((Chain { entity, places: Vec::new() }, false));
                chains.len() - 1
            });
            let (chain, holds) = &mut chains[at];
            chain.places.push(Span { start: tokens[first].span.start, end: tokens[last].span.end });
            *holds |= told;
        }
        let kept = chains.into_iter().filter(|(chain, told)| *told && chain.places.len() > 1);
        kept.map(|(chain, _)| chain).collect()
    }
}
