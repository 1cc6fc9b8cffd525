//! What the lists alone say of act and factuality: the cue's own, turned by negation, weakened by hedges, overruled by what is said.

use crate::attribution::{Layers, Sense};
use crate::labels::{Act, Factuality};
use crate::lexicon::{Class, Complement, Term};
use crate::segment::TokenKind;
use crate::tag::TermAt;
use std::ops::Range;

/// Act and factuality, and how they came about.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) act: Act,
    pub(crate) factuality: Factuality,
}

/// One attribution as it is read: the cue and the part of the content that counts.
struct Reader<'a> {
    layers: Layers<'a>,
    terms: &'a [TermAt],
    sense: &'a Sense,
    /// The first sentence of the content.
    clause: Range<usize>,
}

pub(crate) fn read(layers: Layers<'_>, terms: &[TermAt], sense: &Sense) -> Reading {
    Reader { layers, terms, sense, clause: clause(layers, sense) }.read()
}

/// The first sentence of the content, marks included.
pub(crate) fn clause(layers: Layers<'_>, sense: &Sense) -> Range<usize> {
    let pieces = &sense.content;
    // A piece of a few words ("Yes,", "a charge") leaves the say to the next.
    let Some(first) = pieces.iter().find(|piece| piece.len() > 3).or(pieces.last()) else { return 0..0 };
    let kind = |i: usize| layers.segments.tokens[i].kind;
    let stop = first.clone().find(|&i| kind(i) == TokenKind::Stop && i > first.start);
    first.start..stop.map_or(first.end, |i| i + 1).min(first.end)
}

impl<'a> Reader<'a> {
    fn word(&self, i: usize) -> &'a str {
        self.layers.segments.tokens[i].span.of(self.layers.text)
    }

    fn is(&self, i: usize, class: Class) -> bool {
        self.layers.tags[i].is(class)
    }

    fn read(&self) -> Reading {
        let own = self
            .clause
            .clone()
            .take(8)
            .any(|i| matches!(self.word(i), "I" | "We" | "we" | "our" | "Our" | "my" | "My"));
        let reading = |act, factuality| Reading { act, factuality };
        if self.sense.cue.clone().any(|i| self.is(i, Class::NEGATOR)) || self.nobody() {
            let (act, factuality) = self.negated_cue();
            return reading(act, factuality);
        }
        let lemma = self.sense.lemma.as_str();
        if matches!(lemma, "decline" | "refuse" | "refusal") {
            let act = if self.declines_to_speak() { Act::Decline } else { Act::Intend };
            return reading(act, Factuality::Uncommitted);
        }
        let (mut act, mut factuality) = (self.sense.act, self.sense.factuality);
        if act == Act::Assert && !self.clause.is_empty() {
            if let Some((act, factuality)) = self.inner_attitude() {
                return reading(act, factuality);
            }
            act = self.said(own);
            match act {
                Act::Deny => return reading(act, Factuality::CertainNot),
                Act::Doubt => return reading(act, Factuality::ProbableNot),
                Act::Question | Act::Intend | Act::Urge => return reading(act, Factuality::Uncommitted),
                _ => {}
            }
        }
        if let Some(limit) = self.hedge() {
            factuality = factuality.weakened(limit);
            if lemma == "suggest" && limit == Factuality::Possible {
                act = Act::Speculate;
            }
        }
        if self.conditional() {
            factuality = Factuality::Uncommitted;
        }
        reading(act, factuality)
    }

    /// "No one expected", "Neither of them said", but not "None other than the mayor".
    fn nobody(&self) -> bool {
        let Some(source) = &self.sense.source else { return false };
        let is = |at: usize, words: &[&str]| {
            source.contains(&at) && words.iter().any(|word| word.eq_ignore_ascii_case(self.word(at)))
        };
        let first = source.start;
        (is(first, &["nobody", "no-one", "none", "neither", "few"])
            || is(first, &["no"]) && is(first + 1, &["one"]))
            && !is(first + 1, &["other", "but"])
    }

    /// "did not say", "does not believe", "has not ruled out", "would not comment".
    fn negated_cue(&self) -> (Act, Factuality) {
        match self.sense.act {
            Act::Believe if self.sense.lemma == "know" => (Act::Question, Factuality::Uncommitted),
            Act::Believe => (Act::Disbelieve, Factuality::ProbableNot),
            Act::Disbelieve => (Act::Speculate, Factuality::Possible),
            Act::Deny => (Act::Confirm, Factuality::Certain),
            Act::Doubt => (Act::Believe, Factuality::Probable),
            Act::Assert | Act::Confirm if self.stays_silent() => (Act::Decline, Factuality::Uncommitted),
            other => (other, Factuality::Uncommitted),
        }
    }

    /// "would not say", "did not comment", but not "never said".
    fn stays_silent(&self) -> bool {
        let silent = matches!(
            self.sense.lemma.as_str(),
            "say"
                | "comment"
                | "respond"
                | "reply"
                | "answer"
                | "elaborate"
                | "tell"
                | "speak"
                | "discuss"
                | "explain"
                | "disclose"
                | "publish"
                | "confirm"
        );
        let statement = self.clause.clone().next().is_some_and(|i| self.is(i, Class::THAT));
        silent
            && (!statement || self.sense.lemma == "confirm")
            && !self.sense.cue.clone().any(|i| matches!(self.word(i), "never" | "does" | "has"))
    }

    /// What is declined: to speak, or to act.
    fn declines_to_speak(&self) -> bool {
        const SPEAKING: &[&str] = &[
            "comment",
            "say",
            "answer",
            "elaborate",
            "discuss",
            "respond",
            "speak",
            "confirm",
            "provide",
            "give",
            "disclose",
            "talk",
            "identify",
            "name",
            "address",
            "specify",
        ];
        // The verb may be part of the cue: "declined to say".
        let mut words = self.sense.cue.clone().chain(self.clause.clone().take(4));
        words.any(|i| SPEAKING.contains(&self.word(i)))
    }

    /// "said he doubted that", "said she hopes to": the attitude inside is the act of the whole.
    fn inner_attitude(&self) -> Option<(Act, Factuality)> {
        let verb = self.clause.clone().take(5).find(|&i| self.layers.tags[i].verb)?;
        let mut subject = self.clause.start;
        if self.is(subject, Class::THAT) {
            subject += 1;
        }
        if subject >= verb
            || !matches!(
                self.word(subject),
                "he" | "she" | "they" | "it" | "I" | "we" | "We" | "He" | "She" | "They"
            )
        {
            return None;
        }
        let cue = &self.layers.lexicon.cues[self.layers.tags[verb].verb_cue? as usize];
        let next = (verb + 1).min(self.clause.end - 1);
        let sense = if self.is(next, Class::THAT) {
            cue.sense(&Complement::Clause).or(cue.sense(&Complement::That))
        } else if self.is(next, Class::TO) {
            cue.sense(&Complement::To)
        } else if self.is(next, Class::WH) {
            cue.sense(&Complement::Wh).or(cue.sense(&Complement::Clause))
        } else if self.is(next, Class::PREPOSITION) {
            cue.preposition(self.word(next))
        } else {
            cue.sense(&Complement::Clause).or(cue.sense(&Complement::Object))
        }?;
        let carries = matches!(
            sense.act,
            Act::Doubt
                | Act::Disbelieve
                | Act::Intend
                | Act::Believe
                | Act::Praise
                | Act::Criticise
                | Act::Warn
                | Act::Urge
                | Act::Deny
                | Act::Speculate
        );
        let past_deed = matches!(sense.act, Act::Intend | Act::Urge)
            && self.is(verb, Class::PAST)
            && self.is(subject, Class::SUBJECT)
            && self.word(subject) == "I";
        if !carries || past_deed {
            return None;
        }
        let negated = (subject..verb).any(|i| self.is(i, Class::NEGATOR));
        Some(match (sense.act, negated) {
            (Act::Believe, true) if &*cue.cue == "know" => (Act::Question, Factuality::Uncommitted),
            (Act::Believe, true) => (Act::Disbelieve, Factuality::ProbableNot),
            (act, false) => (act, sense.factuality),
            (act, true) => (act, Factuality::Uncommitted),
        })
    }

    /// What a plain statement does by what is said in its first sentence.
    fn said(&self, own: bool) -> Act {
        let last = self.word(self.clause.end - 1);
        if last == "?" || self.word(self.clause.end.saturating_sub(2).max(self.clause.start)) == "?" {
            return Act::Question;
        }
        let negated = self.clause.clone().take(14).any(|i| self.is(i, Class::NEGATOR));
        let judged = |term: Term| self.first_term(term);
        let insists = matches!(self.sense.lemma.as_str(), "insist" | "maintain")
            && self.clause.clone().take(6).any(|i| self.is(i, Class::NEGATOR));
        if self.own_denial() || insists || judged(Term::Untrue) {
            return Act::Deny;
        }
        if judged(Term::Doubtful) {
            return Act::Doubt;
        }
        if judged(Term::Guilt) && !negated {
            return Act::Accuse;
        }
        if own && self.clause.clone().take(6).any(|i| matches!(self.word(i), "will" | "'ll" | "\u{2019}ll")) {
            return Act::Intend;
        }
        if self.clause.clone().take(9).any(|i| matches!(self.word(i), "must" | "should")) || self.is_order() {
            return Act::Urge;
        }
        match (judged(Term::Good), judged(Term::Bad), negated) {
            (true, false, false) | (false, true, true) => Act::Praise,
            (false, true, false) | (true, false, true) => Act::Criticise,
            _ => self.sense.act,
        }
    }

    /// "We did not do it", "I had no part": the source itself, then a negation.
    fn own_denial(&self) -> bool {
        let first = self.clause.clone().take(4).find(|&i| self.is(i, Class::SUBJECT));
        first.is_some_and(|s| {
            matches!(self.word(s), "I" | "We" | "we")
                && (s + 1..self.clause.end.min(s + 4)).any(|i| self.is(i, Class::NEGATOR))
                && (s + 1..self.clause.end.min(s + 3))
                    .any(|i| matches!(self.word(i), "did" | "do" | "had" | "have" | "were" | "was" | "are"))
                && !(s + 1..self.clause.end.min(s + 6)).any(|i| {
                    matches!(
                        self.word(i),
                        "know" | "think" | "want" | "need" | "believe" | "see" | "understand"
                    )
                })
        })
    }

    /// A quoted order: "Wait for the court."
    fn is_order(&self) -> bool {
        let mut i = self.clause.start;
        while i < self.clause.end && self.layers.segments.tokens[i].kind == TokenKind::OpenQuote {
            i += 1;
        }
        i > self.clause.start && i < self.clause.end && {
            let tag = &self.layers.tags[i];
            tag.is(Class::BASE)
                && !tag.is(Class::PAST | Class::ROLE | Class::CUE_NOUN | Class::AUXILIARY | Class::GIVEN)
                || matches!(self.word(i), "Do" | "Don't" | "Let")
        }
    }

    /// The terms inside a range of tokens.
    fn terms_in(&self, range: &Range<usize>) -> impl Iterator<Item = Term> + 'a {
        let tokens = &self.layers.segments.tokens;
        let (start, end) = if range.is_empty() {
            (0, 0)
        } else {
            (tokens[range.start].span.start, tokens[range.end - 1].span.end)
        };
        let terms = self.terms;
        let from = terms.partition_point(|(span, _)| span.start < start);
        terms[from..].iter().take_while(move |(span, _)| span.end <= end).map(|(_, term)| *term)
    }

    /// Whether a term of this kind stands in the first 25 tokens of the content.
    fn first_term(&self, kind: Term) -> bool {
        let near = self.clause.start..self.clause.end.min(self.clause.start + 25);
        self.terms_in(&near).any(|term| term == kind)
    }

    /// The weakest hedge in the cue or at the head of the content.
    fn hedge(&self) -> Option<Factuality> {
        let near = self.clause.start..self.clause.end.min(self.clause.start + 16);
        self.terms_in(&self.sense.cue)
            .chain(self.terms_in(&near))
            .filter_map(|term| match term {
                Term::Probable => Some(Factuality::Probable),
                Term::Possible => Some(Factuality::Possible),
                _ => None,
            })
            .min_by(|a, b| a.certainty().total_cmp(&b.certainty()))
    }

    /// "would ..., if": nothing is claimed to be so.
    fn conditional(&self) -> bool {
        self.clause.clone().any(|i| self.word(i) == "would")
            && self.clause.clone().any(|i| matches!(self.word(i), "if" | "If" | "unless"))
    }
}
