//! What the ranker looks at: an anaphor, one of the entities that it may be, and what stands between them.

use super::anaphor::{Anaphor, Form, Role};
use super::history::{Candidate, History, How};
use super::{DIMENSIONS, Scene, described};
use crate::entity::Entities;
use crate::labels::Label;
use crate::model::{bytes, join, mix};

/// An anaphor with all that it may be.
pub(super) struct Case<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) anaphor: &'a Anaphor,
    pub(super) entities: &'a Entities,
    pub(super) candidates: &'a [Candidate],
    pub(super) history: &'a History,
}

/// Where the noun of a description stands: in the name, in the office that a list knows, beside a name in the text.
struct Told {
    inside: bool,
    office: bool,
    here: bool,
}

fn near(distance: usize) -> u32 {
    match distance {
        0..=3 => distance as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=14 => 6,
        15..=25 => 7,
        _ => 8,
    }
}

impl Case<'_> {
    /// The features of candidate `c`; of none of them where there are no more.
    pub(super) fn features(&self, c: usize) -> Vec<u16> {
        let Anaphor { head, form, role, .. } = *self.anaphor;
        let word = if form == Form::Description { self.scene.syntax.words[head].lower } else { 0 };
        let kind = join(form as u32, word);
        let mut found = Vec::with_capacity(40);
        let mut add =
            |template: u32, value: u32| found.push((mix(template, value) as usize % DIMENSIONS) as u16);
        let source = u32::from(self.scene.source[head]);
        let quotation = self.scene.quotation[head];
        let quoted = u32::from(quotation.is_some());
        match self.candidates.get(c) {
            Some(candidate) => self.pair(candidate, kind, source, &mut add),
            None => {
                let next = self.scene.syntax.words.get(head + 1).map_or(0, |word| word.lower);
                let best = self
                    .candidates
                    .iter()
                    .map(|c| self.anaphor.sentence - c.place.sentence.min(self.anaphor.sentence))
                    .min();
                add(1, form as u32);
                add(2, kind);
                add(3, join(form as u32, role as u32));
                add(4, join(form as u32, next));
                add(5, join(form as u32, source << 1 | quoted));
                add(6, join(form as u32, near(best.unwrap_or(99) as usize)));
                add(7, join(form as u32, self.candidates.len().min(4) as u32));
                let opens = self.scene.segments.sentences[self.anaphor.sentence as usize].first as usize;
                add(8, join(form as u32, near(head - opens).min(3)));
                if form == Form::Description {
                    add(9, bytes(self.scene.word(self.anaphor.tokens.start).to_ascii_lowercase().as_bytes()));
                    add(10, self.anaphor.tokens.len().min(5) as u32);
                }
            }
        }
        found
    }

    /// Where the noun of a description stands beside or in the names of an entity.
    fn told(&self, entity: u32) -> Told {
        let noun = self.scene.word(self.anaphor.head).to_lowercase();
        let name = self.entities.entities[entity as usize].name.to_lowercase();
        let rows = &self.scene.lexicon.gazetteer.entries;
        let row = self.entities.facts(entity).gazetteer;
        Told {
            inside: name.split(' ').any(|word| word == noun),
            office: row.is_some_and(|row| rows[row as usize].role.to_lowercase().contains(&noun)),
            here: self.history.is_described(entity, described::noun(self.scene, self.anaphor.head)),
        }
    }

    /// Whether the text, or what is known of the entity, says what the description says.
    pub(super) fn is_told(&self, entity: u32) -> bool {
        if self.anaphor.form != Form::Description {
            return false;
        }
        let Told { inside, office, here } = self.told(entity);
        here || office || inside && self.entities.label(entity) != Label::Per
    }

    fn pair(&self, candidate: &Candidate, kind: u32, source: u32, add: &mut impl FnMut(u32, u32)) {
        let Anaphor { head, form, role, sentence, .. } = *self.anaphor;
        let Candidate { entity, place, ahead, counts, rank, spoke } = *candidate;
        let count = counts.all;
        let form = form as u32;
        let label = self.entities.label(entity) as u32;
        let facts = self.entities.facts(entity);
        let known = u32::from(facts.gazetteer.is_some());
        let gender = u32::from(facts.gender.is_some());
        let sentences = near((sentence - place.sentence.min(sentence)) as usize);
        let how = match place.how {
            How::Name => 0,
            How::Short => 1,
            How::People => 2,
            How::Again(other) if other as u32 == form => 3,
            How::Again(_) => 4,
        };
        let there = place.role as u32;
        let rank = rank.min(5);
        let often = match count {
            0..=3 => count,
            4..=6 => 4,
            7..=12 => 5,
            _ => 6,
        };
        let top = u32::from(count > 1 && count == self.history.most());
        let before = u32::from(ahead);
        let from = u32::from(place.source);
        add(20, form << 4 | label);
        add(21, join(kind, label));
        add(22, join(form, label << 2 | known << 1 | gender));
        add(23, join(form, sentences << 1 | before));
        add(24, join(form, rank << 1 | before));
        add(25, join(form, rank << 4 | sentences));
        add(26, join(form, how << 4 | sentences));
        add(27, join(form, there << 3 | role as u32));
        add(28, join(form, join(there << 3 | role as u32, sentences.min(2) << 1 | before)));
        add(29, join(form, often << 1 | top));
        add(30, join(form, top << 4 | sentences));
        add(31, join(form, u32::from(spoke) << 2 | source << 1 | from));
        add(32, join(form, join(u32::from(spoke) << 2 | source << 1 | from, sentences)));
        add(33, join(form, join(how << 3 | there, rank)));
        // Quotations: whoever speaks inside marks seldom says "he" of himself.
        let (here, other) = (self.scene.quotation[head], self.scene.quotation[place.token]);
        let marks = match (here, other) {
            (None, None) => 0,
            (Some(a), Some(b)) if a == b => 1,
            (Some(_), Some(_)) => 2,
            (Some(_), None) => 3,
            (None, Some(_)) => 4,
        };
        add(34, join(form, marks << 1 | from));
        add(35, join(form, join(marks << 1 | from, sentences)));
        if place.sentence == sentence {
            let gap = if ahead { place.token - head } else { head.saturating_sub(place.last) };
            add(36, join(form, near(gap) << 4 | before << 3 | role as u32));
            add(37, join(form, join(there, near(gap) << 4 | before << 3 | role as u32)));
            let ours = self.scene.governor(&self.anaphor.tokens);
            let theirs = self.scene.governor(&(place.token..place.last + 1));
            if let (Some((ours, rel)), Some((theirs, other))) = (ours, theirs) {
                // Two arguments of one verb are two, unless one is reflexive.
                let same = u32::from(ours == theirs);
                let hangs = u32::from((place.token..=place.last).contains(&ours));
                add(38, join(form, same << 4 | hangs << 3 | role as u32));
                add(39, join(form, join(rel as u32, other as u32)));
                add(40, join(same, join(rel as u32, other as u32)));
            }
        } else {
            let opens = self.scene.segments.sentences[place.sentence as usize].first as usize;
            add(41, join(form, join(there, sentences << 4 | near(place.token - opens))));
        }
        let early = u32::from(place.sentence == 0);
        add(42, join(form, early << 3 | there));
        let topic = u32::from(self.history.first() == Some(entity));
        add(44, join(form, topic << 4 | sentences));
        add(45, join(form, join(topic << 3 | rank, often)));
        let subjects = self.candidates.iter().position(|c| c.place.role == Role::Subject && !c.ahead);
        let nearest = u32::from(subjects.is_some_and(|s| self.candidates[s].entity == entity));
        add(46, join(form, join(nearest << 3 | role as u32, sentences)));
        let people = self.candidates.iter().filter(|c| self.entities.label(c.entity) as u32 == label).count();
        add(47, join(form, rank << 4 | people.min(6) as u32));
        add(48, join(form, counts.subject.min(4) << 3 | rank));
        let opens = self.scene.segments.sentences[sentence as usize].first as usize;
        add(49, join(form, join(near(head - opens) << 3 | there, sentences.min(2) << 1 | before)));
        // Who said it: the subject of the verb that the clause hangs on.
        let theirs = self.scene.governor(&(place.token..place.last + 1)).map(|(verb, _)| verb);
        let mut at = head;
        for step in 0..8 {
            let Some(arc) = self.scene.syntax.arcs[at].filter(|arc| arc.head as usize != at) else { break };
            at = arc.head as usize;
            if theirs == Some(at) {
                add(60, join(form, join(arc.rel as u32, there << 3 | role as u32)));
                add(61, join(step.min(3), join(arc.rel as u32, there << 3 | role as u32)));
                break;
            }
        }
        if form == Form::Description as u32 {
            let noun = self.scene.word(head).to_lowercase();
            let Told { inside, office, here } = self.told(entity);
            add(50, u32::from(inside) << 4 | label);
            add(51, join(u32::from(inside), sentences << 3 | rank));
            add(52, join(u32::from(office), label));
            let here = u32::from(here);
            add(62, join(here, label));
            add(63, join(here, rank << 4 | sentences));
            add(64, join(here, self.candidates.len().min(6) as u32));
            let rows = &self.scene.lexicon.gazetteer.entries;
            let also = facts.gazetteer.map_or(0, |row| {
                let role = rows[row as usize].role.to_lowercase();
                let words = self.anaphor.tokens.clone().filter(|i| *i != head).map(|i| self.scene.word(i));
                words.filter(|word| word.len() > 3 && role.contains(&word.to_lowercase())).count()
            });
            add(58, join(u32::from(office) << 2 | also.min(3) as u32, label));
            add(53, join(kind, gender << 1 | known));
            add(54, join(label, rank));
            add(55, join(label, join(sentences, there)));
            add(56, join(label, often << 1 | top));
            let plural = u32::from(noun.ends_with('s'));
            add(57, plural << 4 | label);
        }
        let parallel = u32::from(place.role == role) << 1 | u32::from(role == Role::Subject);
        add(43, join(form, parallel << 4 | sentences));
    }
}
