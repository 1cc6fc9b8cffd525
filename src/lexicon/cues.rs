//! Cues: the words that attribute, their senses, and what may follow each.

use super::reader;
use crate::error::Result;
use crate::labels::{Act, Factuality};

/// What part of speech a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A verb, or a verb and more words, of which the first is inflected.
    Verb,
    /// A noun after a possessive.
    Noun,
    /// An adjective after "be".
    Adjective,
    /// A phrase before its source.
    Phrase,
}

/// What may follow a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complement {
    /// A quotation beside it.
    Quote,
    /// A clause with or without "that".
    Clause,
    /// A clause with "that".
    That,
    /// whether, if, how, ...
    Wh,
    /// An infinitive.
    To,
    /// A noun phrase that is the content.
    Object,
    /// A noun phrase and an infinitive.
    ObjectTo,
    /// Who is told, then a clause.
    Addressee,
    /// A verb in -ing.
    Gerund,
    /// A preposition or particle that belongs to the cue.
    Preposition(Box<str>),
}

/// What a cue means with certain complements.
#[derive(Clone, Debug)]
pub struct Sense {
    /// What follows.
    pub complements: Vec<Complement>,
    /// What the source does.
    pub act: Act,
    /// What the source commits to where nothing weakens or turns it.
    pub factuality: Factuality,
}

/// A cue and its senses.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The lemma or phrase, in lower case.
    pub cue: Box<str>,
    /// Its part of speech.
    pub part: Part,
    /// In the order of the file.
    pub senses: Vec<Sense>,
}

impl Cue {
    /// The first sense that takes `complement`.
    pub fn sense(&self, complement: &Complement) -> Option<&Sense> {
        self.senses.iter().find(|sense| sense.complements.contains(complement))
    }

    /// Whether a sense takes `complement`.
    pub fn takes(&self, complement: &Complement) -> bool {
        self.sense(complement).is_some()
    }

    /// The sense that takes the preposition `word`.
    pub fn preposition(&self, word: &str) -> Option<&Sense> {
        self.senses.iter().find(|sense| {
            sense.complements.iter().any(|c| matches!(c, Complement::Preposition(p) if **p == *word))
        })
    }
}

/// Reads cues from a TSV file into `cues`; rows for a cue that is there already replace its senses.
pub(super) fn read(cues: &mut Vec<Cue>, file: &str, text: &str) -> Result<()> {
    let known = cues.len();
    for row in reader::rows(file, text, &["cue", "part", "complements", "act", "factuality"])? {
        let part = match row.get(1) {
            "verb" => Part::Verb,
            "noun" => Part::Noun,
            "adjective" => Part::Adjective,
            "phrase" => Part::Phrase,
            other => {
                return Err(
                    row.expected(format!("expected verb, noun, adjective or phrase, found {other:?}"))
                );
            }
        };
        let complements = row
            .get(2)
            .split(',')
            .filter(|c| !c.is_empty())
            .map(|c| {
                complement(c).ok_or_else(|| {
                    row.expected(format!(
                        "expected quote, clause, ..., or prep:WORD as a complement, found {c:?}"
                    ))
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let act = Act::from_name(row.get(3))
            .ok_or_else(|| row.expected(format!("expected an act, found {:?}", row.get(3))))?;
        let factuality = Factuality::from_name(row.get(4))
            .ok_or_else(|| row.expected(format!("expected a factuality, found {:?}", row.get(4))))?;
        let cue: Box<str> = row.filled(0, "cue")?.to_lowercase().into();
        let sense = Sense { complements, act, factuality };
        match cues.iter().position(|c| c.cue == cue && c.part == part) {
            Some(i) if i >= known => cues[i].senses.push(sense),
            Some(i) => {
                // A user's row for a built-in cue: moved behind the built-in ones, so that more rows add up.
                cues[i].senses.clear();
                cues[i].cue = "".into();
                cues.push(Cue { cue, part, senses: vec![sense] });
            }
            None => cues.push(Cue { cue, part, senses: vec![sense] }),
        }
    }
    cues.retain(|cue| !cue.cue.is_empty());
    Ok(())
}

fn complement(name: &str) -> Option<Complement> {
    Some(match name {
        "quote" => Complement::Quote,
        "clause" => Complement::Clause,
        "that" => Complement::That,
        "wh" => Complement::Wh,
        "to" => Complement::To,
        "object" => Complement::Object,
        "object-to" => Complement::ObjectTo,
        "addressee" => Complement::Addressee,
        "gerund" => Complement::Gerund,
        _ => Complement::Preposition(name.strip_prefix("prep:").filter(|p| !p.is_empty())?.into()),
    })
}
