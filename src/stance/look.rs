//! What the model of acts looks at: the cue, what it does to its content, and the first sentence of the content.
//!
//! What the rules read ([`super::rules`]) is one feature among others, so the lists decide where little was learnt.

use super::feelings::Feelings;
use super::rules::Reading;
use super::targets::{Known, within};
use crate::attribution::{Attribution, Layers, Sense};
use crate::lexicon::{Class, Term};
use crate::model::{bytes, feature, join};
use crate::segment::TokenKind;
use crate::tag::TermAt;
use crate::tag::lemma::lemma_before;
use crate::tagset::{Fine, Pos, Rel};
use std::ops::Range;

/// Words of the first sentence, and of the rest of the content, that are looked at.
pub(super) const FIRST: usize = 30;
const REST: usize = 40;
/// Entities of the content towards which sentiment is asked.
const TARGETS: usize = 2;

/// An attribution before its act is known.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) layers: Layers<'a>,
    /// Hedges, boosters, negators and judgements of the text, in order.
    pub(crate) terms: &'a [TermAt],
    pub(crate) sense: &'a Sense,
    /// It stands in the content of another.
    inner: bool,
    pub(super) feelings: &'a Feelings<'a>,
    pub(super) known: &'a Known,
    /// The least neutral of what is felt towards the first entities in the content.
    pub(super) felt: [f32; 3],
}

/// What is known of one word.
#[derive(Clone, Copy)]
pub(super) struct Atom {
    pub(super) word: u32,
    pub(super) lemma: u32,
    pub(super) pos: Pos,
    fine: Fine,
    class: u32,
}

const NONE: Atom = Atom { word: 3, lemma: 3, pos: Pos::X, fine: Fine::Blank, class: 0 };

impl<'a> Case<'a> {
    pub(crate) fn new(
        layers: Layers<'a>,
        terms: &'a [TermAt],
        attribution: &Attribution,
        sense: &'a Sense,
        feelings: &'a Feelings<'a>,
        known: &'a Known,
    ) -> Self {
        let named = attribution.content.iter().flat_map(|span| within(layers, *span)).take(TARGETS);
        let felt = named.map(|mention| feelings.towards(mention.span));
        let felt = felt.min_by(|a, b| a[1].total_cmp(&b[1])).unwrap_or([0.0, 1.0, 0.0]);
        Self { layers, terms, sense, inner: attribution.parent.is_some(), feelings, known, felt }
    }

    pub(super) fn atom(&self, i: usize) -> Atom {
        let Layers { text, segments, syntax, .. } = self.layers;
        let word = |i: usize| segments.tokens.get(i).map_or("", |token| token.span.of(text));
        let tags = syntax.tags[i];
        let lemma = lemma_before(word(i), tags.pos.name(), tags.fine.name(), word(i + 1));
        Atom {
            word: syntax.words[i].lower,
            lemma: bytes(lemma.as_bytes()),
            pos: tags.pos,
            fine: tags.fine,
            class: u32::from(syntax.words[i].known.class),
        }
    }

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.layers.tags[i].is(class)
    }

    fn word(&self, i: usize) -> &'a str {
        self.layers.segments.tokens[i].span.of(self.layers.text)
    }

    pub(super) fn head(&self, i: usize) -> Option<(usize, Rel)> {
        let arc = self.layers.syntax.arcs[i]?;
        (arc.head as usize != i).then_some((arc.head as usize, arc.rel))
    }

    /// The word of a range that the others hang on, a verb first.
    pub(super) fn top(&self, range: &Range<usize>) -> Option<usize> {
        let tops = || {
            range.clone().filter(|&i| {
                self.layers.syntax.tags[i].pos != Pos::Punct
                    && self.head(i).is_none_or(|(head, _)| !range.contains(&head))
            })
        };
        let verb = tops().find(|&i| matches!(self.layers.syntax.tags[i].pos, Pos::Verb | Pos::Aux));
        verb.or_else(|| tops().next())
    }

    fn terms_in(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, Term)> + 'a {
        let tokens = &self.layers.segments.tokens;
        let (start, end) = match range.is_empty() {
            true => (0, 0),
            false => (tokens[range.start].span.start, tokens[range.end - 1].span.end),
        };
        let terms = self.terms;
        let from = terms.partition_point(|(span, _)| span.start < start);
        let first = range.start;
        terms[from..].iter().take_while(move |(span, _)| span.end <= end).map(move |(span, term)| {
            let at = tokens.partition_point(|token| token.span.end <= span.start);
            (at.saturating_sub(first), *term)
        })
    }

    /// Hands out the features one by one; `clause` is the first sentence of the content.
    pub(crate) fn features(&self, reading: &Reading, clause: &Range<usize>, mut give: impl FnMut(u32)) {
        let mut add = |template: u32, value: u32| give(feature(template, value));
        let Sense { cue, content, source, .. } = self.sense;
        add(1, 0);
        let rule = join(reading.act as u32, reading.factuality as u32);
        add(2, reading.act as u32);
        add(3, reading.factuality as u32);
        add(4, rule);
        let last = self.cue(cue, &mut add);
        let quoted = self.complement(cue, content, clause, last, &mut add);
        add(5, join(rule, u32::from(quoted)));
        add(6, join(reading.act as u32, last));
        self.clause(clause, last, quoted, &mut add);
        let whole = content.iter().flat_map(Range::clone);
        for i in whole.filter(|i| !clause.contains(i)).take(REST) {
            let atom = self.atom(i);
            if matches!(atom.pos, Pos::Noun | Pos::Verb | Pos::Adj | Pos::Adv) {
                add(90, atom.lemma);
            }
        }
        self.felt(reading, last, quoted, clause, &mut add);
        let words: usize = content.iter().map(Range::len).sum();
        add(91, (words / 6).min(6) as u32);
        add(92, content.len().min(3) as u32);
        add(93, u32::from(self.inner));
        match source {
            Some(source) => {
                add(94, self.atom(source.start).word);
                add(95, self.top(source).map_or(0, |i| self.atom(i).lemma));
                add(96, source.len().min(4) as u32);
            }
            None => add(97, 0),
        }
    }

    /// Features of the cue; gives the lemma of its last word with a meaning.
    fn cue(&self, cue: &Range<usize>, add: &mut impl FnMut(u32, u32)) -> u32 {
        let atoms: Vec<Atom> = cue.clone().map(|i| self.atom(i)).collect();
        let means = |atom: &&Atom| matches!(atom.pos, Pos::Verb | Pos::Noun | Pos::Adj);
        let last = *atoms.iter().rev().find(means).or(atoms.last()).unwrap_or(&NONE);
        let top = self.top(cue);
        let head = top.map_or(NONE, |i| self.atom(i));
        let negated = cue.clone().any(|i| self.is(i, Class::NEGATOR));
        add(10, atoms.iter().fold(0, |all, atom| join(all, atom.lemma)));
        add(11, head.lemma);
        add(12, last.lemma);
        add(13, last.class);
        add(14, u32::from(negated));
        add(15, join(last.lemma, u32::from(negated)));
        add(16, head.fine as u32);
        add(17, join(last.lemma, head.fine as u32));
        add(18, top.and_then(|i| self.head(i)).map_or(99, |(_, rel)| rel as u32));
        for (atom, next) in atoms.iter().zip(atoms.iter().skip(1).chain([&NONE])) {
            if atom.pos != Pos::Punct {
                add(19, atom.lemma);
                add(20, join(atom.lemma, next.lemma));
                add(21, atom.class);
            }
        }
        for i in cue.clone().filter(|&i| self.is(i, Class::MODAL)) {
            let modal = self.atom(i).word;
            add(22, modal);
            add(23, join(modal, last.lemma));
        }
        for i in cue.clone() {
            let tag = &self.layers.tags[i];
            for index in [tag.verb_cue, tag.noun_cue, tag.adjective_cue].into_iter().flatten() {
                for sense in &self.layers.lexicon.cues[usize::from(index)].senses {
                    add(24, join(sense.act as u32, u32::from(negated)));
                    add(25, sense.factuality as u32);
                }
            }
        }
        self.terms_in(cue).for_each(|(_, term)| add(26, term as u32));
        let opinions = &self.layers.lexicon.opinions;
        for (n, atom) in atoms.iter().enumerate() {
            let phrase = opinions.phrase(atoms[n..].iter().map(|atom| atom.lemma));
            if let Some(opinion) = phrase.or_else(|| opinions.word(atom.lemma, atom.pos)) {
                add(27, join(opinion as u32, u32::from(negated)));
            }
        }
        last.lemma
    }

    /// Features of what follows what; gives whether the content is quoted.
    fn complement(
        &self,
        cue: &Range<usize>,
        content: &[Range<usize>],
        clause: &Range<usize>,
        last: u32,
        add: &mut impl FnMut(u32, u32),
    ) -> bool {
        let kind = |i: usize| self.layers.segments.tokens[i].kind;
        let quoted = content.iter().any(|range| {
            range.clone().take(2).any(|i| kind(i) == TokenKind::OpenQuote)
                || range.start > 0 && kind(range.start - 1) == TokenKind::OpenQuote
        });
        let first = clause.clone().find(|&i| matches!(kind(i), TokenKind::Word | TokenKind::Number));
        let first = first.map_or(NONE, |i| self.atom(i));
        let opener = matches!(
            first.fine,
            Fine::In | Fine::To | Fine::Wrb | Fine::Wp | Fine::Wdt | Fine::Dt | Fine::Md
        );
        let complement = match (quoted, opener) {
            (true, _) => 1,
            (_, true) => first.word,
            _ => first.fine as u32,
        };
        let behind = content.first().is_some_and(|range| range.start >= cue.end);
        add(30, complement);
        add(31, join(complement, last));
        add(32, first.word);
        add(33, join(first.word, last));
        add(34, join(u32::from(behind), last));
        add(35, u32::from(behind) << 1 | u32::from(quoted));
        add(36, join(complement, first.fine as u32));
        quoted
    }

    /// Features of the first sentence: its predicate with what hangs on it, its words, its terms.
    fn clause(&self, clause: &Range<usize>, last: u32, quoted: bool, add: &mut impl FnMut(u32, u32)) {
        let q = u32::from(quoted);
        if let Some(top) = self.top(clause) {
            self.predicate(clause, top, last, q, add);
        }
        self.opinions(clause, last, q, add);
        let mut before = NONE;
        let (mut negated, mut condition, mut person) = (false, false, false);
        for (n, i) in clause.clone().take(FIRST).enumerate() {
            let atom = self.atom(i);
            if atom.pos == Pos::Punct {
                if self.word(i) == "?" {
                    add(60, q);
                    add(61, last);
                }
                continue;
            }
            negated |= self.is(i, Class::NEGATOR);
            condition |= matches!(self.word(i), "if" | "If" | "unless");
            person |= n < 8 && matches!(self.word(i), "I" | "We" | "we");
            add(62, atom.lemma);
            add(63, join(before.word, atom.word));
            if n < 6 {
                add(64, join(n as u32 / 3, atom.word));
            }
            if matches!(atom.pos, Pos::Adj | Pos::Noun | Pos::Verb | Pos::Adv) {
                add(65, join(atom.lemma, q));
                add(66, atom.class);
            }
            before = atom;
        }
        for i in clause.clone().take(FIRST).filter(|&i| self.is(i, Class::MODAL)) {
            let modal = self.atom(i).word;
            add(70, modal);
            add(71, join(modal, u32::from(condition)));
            add(72, join(modal, last));
        }
        for (on, template) in [(negated, 73), (condition, 76), (person, 79)] {
            if on {
                add(template, 0);
                add(template + 1, last);
                add(template + 2, q);
            }
        }
        let near = clause.start..clause.end.min(clause.start + FIRST);
        for (place, term) in self.terms_in(&near) {
            add(82, term as u32);
            add(83, join(term as u32, last));
            add(84, join(term as u32, q));
            add(85, join(term as u32, (place / 5).min(3) as u32));
            add(86, join(term as u32, u32::from(negated)));
        }
    }

    fn predicate(
        &self,
        clause: &Range<usize>,
        top: usize,
        last: u32,
        quoted: u32,
        add: &mut impl FnMut(u32, u32),
    ) {
        let head = self.atom(top);
        let under = clause.clone().filter_map(|i| {
            let (at, rel) = self.head(i)?;
            (at == top).then_some((i, rel))
        });
        let under: Vec<(usize, Rel)> = under.collect();
        let negated = u32::from(under.iter().any(|(i, _)| self.is(*i, Class::NEGATOR)));
        let subject = under.iter().find(|(_, rel)| matches!(rel.base(), Rel::Nsubj | Rel::Csubj | Rel::Expl));
        let subject = subject.map(|(i, _)| self.atom(*i));
        let agent = subject.map_or(0, |atom| if atom.pos == Pos::Pron { atom.word } else { atom.pos as u32 });
        add(40, head.lemma);
        add(41, head.fine as u32);
        add(42, negated);
        add(43, join(head.lemma, negated));
        add(44, agent);
        add(45, join(agent, head.fine as u32));
        add(46, join(agent, head.lemma));
        add(47, join(agent, quoted));
        add(48, join(join(head.fine as u32, u32::from(subject.is_some())), quoted));
        add(49, join(agent, last));
        add(50, head.class);
        if let Some(opinion) = self.layers.lexicon.opinions.word(head.lemma, head.pos) {
            let opinion = join(opinion as u32, negated);
            add(110, opinion);
            add(111, join(opinion, agent));
            add(112, join(opinion, quoted));
        }
        let tag = &self.layers.tags[top];
        let senses = [tag.verb_cue, tag.adjective_cue].into_iter().flatten();
        for sense in senses.flat_map(|index| &self.layers.lexicon.cues[usize::from(index)].senses) {
            add(51, join(sense.act as u32, negated));
            add(52, join(sense.act as u32, agent));
        }
        for (i, rel) in under {
            let atom = self.atom(i);
            match rel.base() {
                Rel::Aux => {
                    add(53, atom.word);
                    add(54, join(atom.word, agent));
                    add(55, join(atom.word, quoted));
                }
                Rel::Advmod | Rel::Amod => add(56, atom.lemma),
                Rel::Xcomp
                | Rel::Ccomp
                | Rel::Obj
                | Rel::Acl
                | Rel::Advcl
                | Rel::Cop
                | Rel::Mark
                | Rel::Obl => {
                    add(57, rel as u32);
                    add(58, join(rel as u32, atom.lemma));
                    if matches!(rel.base(), Rel::Xcomp | Rel::Ccomp) {
                        add(59, join(join(head.lemma, agent), rel as u32));
                    }
                }
                _ => {}
            }
        }
    }
}
