//! What the model of acts sees of judgements: the words of a content that judge, and how it speaks of those in it.

use super::look::{Atom, Case, FIRST};
use super::rules::Reading;
use crate::lexicon::Class;
use crate::model::join;
use crate::tagset::{Pos, Rel};
use std::ops::Range;

/// How negative and how positive it is, in eighths.
pub(super) fn steps([negative, _, positive]: [f32; 3]) -> u32 {
    let step = |x: f32| ((x * 8.0) as u32).min(7);
    step(negative) * 8 + step(positive)
}

impl Case<'_> {
    /// Features of how the content speaks of those in it, and of its own subject.
    pub(super) fn felt(
        &self,
        reading: &Reading,
        last: u32,
        quoted: bool,
        clause: &Range<usize>,
        add: &mut impl FnMut(u32, u32),
    ) {
        let subject = || {
            let top = self.top(clause)?;
            let is = |i: &usize| {
                self.head(*i).is_some_and(|(at, rel)| at == top && matches!(rel.base(), Rel::Nsubj))
            };
            clause.clone().find(is)
        };
        let subject = subject().filter(|&i| self.layers.syntax.tags[i].pos != Pos::Pron);
        let subject = subject.map(|i| self.feelings.towards(self.layers.segments.tokens[i].span));
        for (felt, template) in [Some(self.felt), subject].into_iter().zip([120, 130]) {
            let Some(felt) = felt else { continue };
            let steps = steps(felt);
            add(template, steps);
            add(template + 1, steps / 8);
            add(template + 2, steps % 8);
            add(template + 3, join(steps, last));
            add(template + 4, join(steps, u32::from(quoted)));
            add(template + 5, join(steps, reading.act as u32));
        }
    }

    /// Features of the words that judge.
    pub(super) fn opinions(
        &self,
        clause: &Range<usize>,
        last: u32,
        quoted: u32,
        add: &mut impl FnMut(u32, u32),
    ) {
        let atoms: Vec<Atom> = clause.clone().take(FIRST).map(|i| self.atom(i)).collect();
        let opinions = &self.layers.lexicon.opinions;
        let mut seen = 0u32;
        let mut negated = false;
        let mut who = 0;
        for (n, (atom, i)) in atoms.iter().zip(clause.clone()).enumerate() {
            negated |= self.is(i, Class::NEGATOR);
            if atom.pos == Pos::Pron {
                who = atom.word;
            }
            let phrase = opinions.phrase(atoms[n..].iter().map(|atom| atom.lemma));
            let Some(opinion) = phrase.or_else(|| opinions.word(atom.lemma, atom.pos)) else { continue };
            let opinion = opinion as u32;
            add(100, opinion);
            add(101, join(opinion, quoted));
            add(102, join(opinion, last));
            add(103, join(opinion, u32::from(negated)));
            add(104, join(opinion, (n as u32 / 5).min(3)));
            add(105, join(opinion, who));
            if seen & 1 << opinion == 0 {
                add(106, join(opinion, seen));
            }
            seen |= 1 << opinion;
        }
        add(107, seen);
        add(108, join(seen, u32::from(negated)));
        add(109, join(seen, quoted));
    }
}
