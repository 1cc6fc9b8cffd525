//! What the ranker looks at: an anaphor, one of the entities that it may be, and what stands between them.

use super::anaphor::{Anaphor, Form, Role};
use super::history::{Candidate, History, How};
use super::referents::{Referents, Sort};
use super::{DIMENSIONS, Scene, described};
use crate::labels::Label;
use crate::model::{bytes, feature, join};

/// An anaphor with all that it may be.
pub(super) struct Case<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) anaphor: &'a Anaphor,
    pub(super) referents: &'a Referents<'a>,
    pub(super) candidates: &'a [Candidate],
    pub(super) history: &'a History,
}

/// What all rows of a case share.
pub(super) struct Shared {
    /// The form, with the noun of a description.
    kind: u32,
    source: u32,
    /// How many candidates there are of each sort.
    sorts: [u32; Sort::COUNT],
    /// The nearest subject.
    subject: Option<u32>,
    /// The tokens that the anaphor hangs on, from the nearest up.
    above: [usize; 8],
    /// Its governor, and as what.
    governor: Option<(usize, u32)>,
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
    pub(super) fn shared(&self) -> Shared {
        let Anaphor { head, form, .. } = *self.anaphor;
        let word = if form == Form::Description { self.scene.syntax.words[head].lower } else { 0 };
        let mut sorts = [0; Sort::COUNT];
        for candidate in self.candidates {
            sorts[candidate.sort.number()] += 1;
        }
        let subject = self.candidates.iter().find(|c| c.place.role == Role::Subject && !c.ahead);
        let mut above = [usize::MAX; 8];
        let mut at = head;
        for place in &mut above {
            let Some(arc) = self.scene.syntax.arcs[at].filter(|arc| arc.head as usize != at) else { break };
            at = arc.head as usize;
            *place = at;
        }
        Shared {
            kind: join(form as u32, word),
            source: u32::from(self.scene.source[head]),
            sorts,
            subject: subject.map(|c| c.referent),
            above,
            governor: self.scene.governor(&self.anaphor.tokens).map(|(at, rel)| (at, rel as u32)),
        }
    }

    /// Adds the features of candidate `c`; of none of them where there are no more.
    pub(super) fn features(&self, c: usize, shared: &Shared, found: &mut Vec<u16>) {
        let Anaphor { head, form, role, .. } = *self.anaphor;
        let mut add =
            |template: u32, value: u32| found.push((feature(template, value) as usize % DIMENSIONS) as u16);
        let quoted = u32::from(self.scene.quotation[head].is_some());
        match self.candidates.get(c) {
            Some(candidate) => self.pair(candidate, shared, &mut add),
            None => {
                let next = self.scene.syntax.words.get(head + 1).map_or(0, |word| word.lower);
                let best = self
                    .candidates
                    .iter()
                    .map(|c| self.anaphor.sentence - c.place.sentence.min(self.anaphor.sentence))
                    .min();
                add(1, form as u32);
                add(2, shared.kind);
                add(3, join(form as u32, role as u32));
                add(4, join(form as u32, next));
                add(5, join(form as u32, shared.source << 1 | quoted));
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
    }

    /// Where the noun of a description stands beside or in the names of an entity.
    fn told(&self, entity: u32) -> Told {
        let noun = self.scene.word(self.anaphor.head).to_lowercase();
        let name = self.referents.entities.entities[entity as usize].name.to_lowercase();
        let rows = &self.scene.lexicon.gazetteer.entries;
        let row = self.referents.entities.facts(entity).gazetteer;
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
        here || office || inside && self.referents.entities.label(entity) != Label::Per
    }

    fn pair(&self, candidate: &Candidate, shared: &Shared, add: &mut impl FnMut(u32, u32)) {
        let Anaphor { head, form, role, sentence, .. } = *self.anaphor;
        let Candidate { referent, sort, place, ahead, counts, rank, spoke } = *candidate;
        let &Shared { kind, source, .. } = shared;
        let count = counts.all;
        let form = form as u32;
        let label = sort.number() as u32;
        let known = u32::from(self.referents.is_known(referent));
        let gender = u32::from(self.referents.gender(referent).is_some());
        let sentences = near((sentence - place.sentence.min(sentence)) as usize);
        let how = match place.how {
            How::Name => 0,
            How::Short => 1,
            How::People => 2,
            How::Again(other) if other as u32 == form => 3,
            How::Again(_) => 4,
            How::Noun(opening) => 5 + opening as u32,
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
        let theirs_at = self.scene.governor(&(place.token..place.last + 1));
        if place.sentence == sentence {
            let gap = if ahead { place.token - head } else { head.saturating_sub(place.last) };
            add(36, join(form, near(gap) << 4 | before << 3 | role as u32));
            add(37, join(form, join(there, near(gap) << 4 | before << 3 | role as u32)));
            if let (Some((ours, rel)), Some((theirs, other))) = (shared.governor, theirs_at) {
                // Two arguments of one verb are two, unless one is reflexive.
                let same = u32::from(ours == theirs);
                let hangs = u32::from((place.token..=place.last).contains(&ours));
                add(38, join(form, same << 4 | hangs << 3 | role as u32));
                add(39, join(form, join(rel, other as u32)));
                add(40, join(same, join(rel, other as u32)));
            }
        } else {
            let opens = self.scene.segments.sentences[place.sentence as usize].first as usize;
            add(41, join(form, join(there, sentences << 4 | near(place.token - opens))));
        }
        let early = u32::from(place.sentence == 0);
        add(42, join(form, early << 3 | there));
        let topic = u32::from(self.history.first() == Some(referent));
        add(44, join(form, topic << 4 | sentences));
        add(45, join(form, join(topic << 3 | rank, often)));
        let nearest = u32::from(shared.subject == Some(referent));
        add(46, join(form, join(nearest << 3 | role as u32, sentences)));
        add(47, join(form, join(label, rank << 4 | shared.sorts[sort.number()].min(6))));
        add(48, join(form, counts.subject.min(4) << 3 | rank));
        let opens = self.scene.segments.sentences[sentence as usize].first as usize;
        add(49, join(form, join(near(head - opens) << 3 | there, sentences.min(2) << 1 | before)));
        // Who said it: the subject of the verb that the clause hangs on.
        let theirs = theirs_at.map(|(verb, _)| verb);
        let step = theirs.and_then(|theirs| shared.above.iter().position(|at| *at == theirs));
        if let Some(step) = step {
            let below = if step == 0 { head } else { shared.above[step - 1] };
            let rel = self.scene.syntax.arcs[below].map_or(0, |arc| arc.rel as u32);
            add(60, join(form, join(rel, there << 3 | role as u32)));
            add(61, join((step as u32).min(3), join(rel, there << 3 | role as u32)));
        }
        if let Some(unnamed) = self.referents.unnamed(referent) {
            add(70, join(form, unnamed.head));
            add(71, join(form, unnamed.class));
            add(73, join(form, join(label, how << 4 | sentences)));
        }
        add(76, join(form, join(label, rank << 4 | sentences)));
        add(81, join(form, join(label, how << 3 | role as u32)));
        if form == Form::Description as u32 {
            let noun = self.scene.word(head).to_lowercase();
            let Told { inside, office, here } = self.told(referent);
            add(50, u32::from(inside) << 4 | label);
            add(51, join(u32::from(inside), sentences << 3 | rank));
            add(52, join(u32::from(office), label));
            let here = u32::from(here);
            add(62, join(here, label));
            add(63, join(here, rank << 4 | sentences));
            add(64, join(here, self.candidates.len().min(6) as u32));
            let rows = &self.scene.lexicon.gazetteer.entries;
            let row = self.referents.entities.facts(referent).gazetteer;
            let also = row.map_or(0, |row| {
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
