//! Which names of capitals and seats of power mean those whom they house: "Moscow denied it", not "drones over Moscow".
//!
//! As the one who speaks or acts, to whom something is said, or as the owner of a statement or of what states have, the
//! name means the government; everywhere else the place or the building itself.

use crate::entity::{Entities, Mention, Via};
use crate::language::Syntax;
use crate::lexicon::{Class, Lexicon, Part};
use crate::segment::{Segments, TokenKind};
use crate::tag::Tag;
use crate::tag::lemma::lemma_before;
use crate::tagset::{Pos, Rel};
use std::ops::Range;

/// The layers that the reading stands on; slices have an element a token.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) text: &'a str,
    pub(crate) segments: &'a Segments,
    pub(crate) tags: &'a [Tag],
    pub(crate) syntax: &'a Syntax,
    pub(crate) lexicon: &'a Lexicon,
}

/// Words between a name and its verb that are looked over where there is no tree: "Moscow has repeatedly denied".
const AUXILIARIES: usize = 4;
/// Words between an owner and what it owns: "Moscow's first full-scale invasion".
const MODIFIERS: usize = 4;
/// Steps up the tree from "Moscow and Tehran" to their verb.
const STEPS: usize = 4;

/// Gives every name that means the government behind it that entity.
pub(crate) fn read(around: Surroundings<'_>, mentions: &mut [Mention], entities: &mut Entities) {
    let tokens = &around.segments.tokens;
    for mention in mentions.iter_mut().filter(|m| m.via == Via::Gazetteer) {
        if !entities.houses(mention.entity, around.lexicon) {
            continue;
        }
        let start = tokens.partition_point(|t| t.span.end <= mention.span.start);
        let end = tokens.partition_point(|t| t.span.start < mention.span.end);
        if start < end && around.acts(start..end) {
            mean(mention, entities, around.lexicon);
        }
    }
}

/// The mention means those whom the place houses.
pub(crate) fn mean(mention: &mut Mention, entities: &mut Entities, lexicon: &Lexicon) {
    mention.entity = entities.speaker(mention.entity, lexicon);
    mention.via = Via::Metonym;
}

impl Surroundings<'_> {
    fn word(&self, i: usize) -> &str {
        self.segments.tokens[i].span.of(self.text)
    }

    fn is_word(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| word.eq_ignore_ascii_case(self.word(i)))
    }

    fn acts(&self, name: Range<usize>) -> bool {
        let tokens = &self.segments.tokens;
        let article = name.start > 0 && self.is_word(name.start - 1, &["the"]);
        let first = name.start - usize::from(article);
        if name.end < tokens.len() && self.tags[name.end].is(Class::CLITIC) {
            return self.owns(name.end + 1);
        }
        // "Moscow officials", "the Paris office": the place of somebody else. A comma may follow: "Moscow, which denied".
        if name.end < tokens.len()
            && tokens[name.end].kind == TokenKind::Word
            && matches!(self.syntax.tags[name.end].pos, Pos::Noun | Pos::Propn)
            && !self.tags[name.end].verb
        {
            return false;
        }
        if let Some(before) = first.checked_sub(1)
            && self.tags[before].is(Class::PREPOSITION)
            && !self
                .is_word(before, &["as", "but", "than", "that", "like", "before", "after", "since", "until"])
        {
            return match before.checked_sub(1) {
                Some(verb) if self.is_word(before, &["by"]) => self.tags[verb].is(Class::PARTICIPLE),
                Some(word) => self.is_word(before, &["to"]) && self.is_word(word, &["according"]),
                None => false,
            };
        }
        match self.governor(&name) {
            Some((verb, rel)) => match rel {
                Rel::Nsubj | Rel::NsubjOuter => self.tags[verb].verb_cue.is_some() || self.is_act(verb),
                // "Moscow was accused of", "accused Moscow of".
                Rel::NsubjPass | Rel::Obj | Rel::Iobj => self.tags[verb].verb_cue.is_some(),
                _ => false,
            },
            None => self.verb_behind(name.end).is_some_and(|verb| self.is_act(verb)),
        }
    }

    /// What the name hangs on in the tree, and as what; of a list of names the first tells it.
    fn governor(&self, name: &Range<usize>) -> Option<(usize, Rel)> {
        let mut tokens = name.clone();
        for _ in 0..STEPS {
            let (head, rel) = tokens.clone().find_map(|i| {
                let arc = self.syntax.arcs[i]?;
                (!tokens.contains(&(arc.head as usize)) || arc.head as usize == i)
                    .then_some((arc.head as usize, arc.rel))
            })?;
            let together = rel == Rel::Conj && self.syntax.tags[head].pos == Pos::Propn;
            if !together {
                return Some((head, rel));
            }
            tokens = head..head + 1;
        }
        None
    }

    /// The verb right behind the name, auxiliaries, adverbs and "not" between.
    fn verb_behind(&self, end: usize) -> Option<usize> {
        let sentences = &self.segments.sentences;
        let sentence = sentences.get(sentences.partition_point(|s| s.last as usize <= end))?.range();
        let mut behind = (end..sentence.end).take(AUXILIARIES);
        let over = |i: usize| {
            self.tags[i].is(Class::AUXILIARY | Class::MODAL | Class::ADVERB | Class::NEGATOR | Class::TIME)
        };
        behind.find(|&i| !over(i)).filter(|&i| self.syntax.tags[i].pos == Pos::Verb)
    }

    /// Whether a verb is what states do.
    fn is_act(&self, verb: usize) -> bool {
        let tags = self.syntax.tags[verb];
        let lemma = lemma_before(self.word(verb), tags.pos.name(), tags.fine.name(), "");
        tags.pos == Pos::Verb && self.lexicon.is_acting(&lemma, Part::Verb)
    }

    /// Whether what begins at token `first`, behind a possessive, is a statement or what states have.
    fn owns(&self, first: usize) -> bool {
        let sentences = &self.segments.sentences;
        let sentence = sentences.partition_point(|s| s.last as usize <= first);
        let Some(sentence) = sentences.get(sentence) else { return false };
        let nouns = (first..sentence.range().end).take(MODIFIERS);
        let phrase = nouns.take_while(|&i| {
            self.segments.tokens[i].kind == TokenKind::Word
                && !self.tags[i].is(Class::PREPOSITION | Class::CONJUNCTION)
                && self.syntax.tags[i].pos != Pos::Verb
        });
        // The last noun heads the phrase: "Moscow's war aims", "Kyiv's army museum".
        let head = phrase.filter(|&i| matches!(self.syntax.tags[i].pos, Pos::Noun | Pos::Propn)).last();
        head.is_some_and(|i| {
            self.tags[i].is(Class::CUE_NOUN)
                || self.lexicon.is_acting(&self.word(i).to_ascii_lowercase(), Part::Noun)
        })
    }
}
