//! Names in texts: as many as there are, however they are written.
//!
//! A text is cut into words, and a name is a row of words. Two words are equal if they have the same letters: case
//! and diacritics do not count, apostrophes and quotation marks may be curly. Between the words of a name stands what
//! stands there in the gazetteer: nothing, or a space or hyphen, which are one. So a name ends where a word ends, and a
//! possessive ending behind it is neither asked for nor part of it. In scripts that put no spaces between words, every
//! letter is a word. Case counts for some names: [`Case`] says for which.
//!
//! Names are found from left to right, at each place the longest, and do not overlap.

mod automaton;
mod blocks;
mod build;
mod file;
mod filter;
mod fold;
mod names;
mod prefixes;
mod sift;
mod simd;
mod strings;
mod words;

pub use build::{Builder, Case, Row};
pub use file::{is_compiled, pack, unpack};

use crate::error::{Error, Result};
use crate::matcher::Kind;
use crate::span::Span;
use automaton::{Automaton, Stream};
use names::Names;
use prefixes::{Candidate, Prefixes};
use sift::{Place, Sift};
use words::Words;

/// A name found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Where it stands.
    pub span: Span,
    /// Which name it is, by its place in the gazetteer.
    pub name: u32,
}

/// How names are looked up. All find the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A trie over the hashes of words. The fastest for every number of names (benches/RESULTS.md).
    Words,
    /// The deterministic automaton of aho-corasick.
    Dfa,
    /// Its contiguous automaton, which is not deterministic.
    Nfa,
}

impl Engine {
    /// The engine that is called `name`: "words", "dfa" or "nfa".
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "words" => Engine::Words,
            "dfa" => Engine::Dfa,
            "nfa" => Engine::Nfa,
            _ => return None,
        })
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Words => "words",
            Engine::Dfa => "dfa",
            Engine::Nfa => "nfa",
        }
    }
}

/// Names that have been compiled for searching.
#[derive(Debug)]
pub struct Gazetteer {
    names: Names,
    sift: Sift,
    prefixes: Prefixes,
    automaton: Option<Automaton>,
}

/// Memory that one search leaves to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    words: Words,
    begun: Vec<u32>,
    places: Vec<Place>,
    openings: Vec<[u64; 2]>,
    candidates: Vec<Candidate>,
    stream: Stream,
    buffer: String,
}

impl Scratch {
    /// The code points before a byte of the text that was searched last; that of a [`Match`] begins or ends there.
    pub fn point(&self, byte: u32) -> u32 {
        self.words.point(byte)
    }
}

impl Gazetteer {
    /// All names in `text`, in order and without overlap. Linear in the text for names of bounded length.
    ///
    /// In a text of 2 GiB or more nothing is found: readers refuse those.
    pub fn find(&self, text: &str) -> Vec<Match> {
        let mut found = Vec::new();
        self.find_with(text, &mut Scratch::default(), |m| found.push(m));
        found
    }

    /// The same for a caller with many texts.
    pub fn find_with(&self, text: &str, scratch: &mut Scratch, mut found: impl FnMut(Match)) {
        // Folding may make a text longer, and offsets have 32 bits.
        if text.len() > i32::MAX as usize {
            return;
        }
        let Scratch { words, begun, places, openings, candidates, stream, buffer } = scratch;
        words.cut(text);
        match &self.automaton {
            None => {
                self.sift.places(words, begun, places);
                self.prefixes.candidates(words, places, openings, candidates);
                self.names.touch(candidates.iter().map(|candidate| candidate.group));
            }
            Some(automaton) => {
                stream.write(text, words);
                let longest = |word: usize| {
                    let (end, group) = automaton.longest(stream, word, words.len())?;
                    Some(Candidate { word: word as u32, end: end as u32, group })
                };
                candidates.clear();
                candidates.extend((0..words.len()).filter_map(longest));
            }
        }
        let mut next = 0;
        for &Candidate { word, end, group } in candidates.iter() {
            if word < next {
                continue;
            }
            let word = word as usize;
            let (mut end, mut group) = (end as usize, group);
            let name = loop {
                let name = self.names.equal(group, text, words, (word, end), buffer);
                // Case counts for the longest, or the hashes were those of other words.
                let shorter = || match &self.automaton {
                    None => self.prefixes.longest(words, word as u32, end - 1),
                    Some(automaton) => automaton.longest(stream, word, end - 1),
                };
                if name.is_some() || end - 1 == word {
                    break name;
                }
                let Some(shorter) = shorter() else { break None };
                (end, group) = shorter;
            };
            if let Some(name) = name {
                let span = Span { start: words.span(word).0, end: words.span(end - 1).1 };
                found(Match { span, name });
                next = end as u32;
            }
        }
    }

    /// The same names, looked up by another engine.
    ///
    /// # Errors
    /// More names than an automaton can hold.
    pub fn with_engine(mut self, engine: Engine) -> Result<Self> {
        let kind = match engine {
            Engine::Words => {
                self.automaton = None;
                return Ok(self);
            }
            Engine::Dfa => Kind::Dfa,
            Engine::Nfa => Kind::Nfa,
        };
        self.automaton = Some(Automaton::new(&self.streams(), kind)?);
        Ok(self)
    }

    /// Every group as a stream, with its first name.
    fn streams(&self) -> Vec<(String, u32)> {
        let (mut words, mut stream) = (Words::default(), Stream::default());
        let mut streams: Vec<(String, u32)> = Vec::with_capacity(self.len());
        for (place, text) in self.names.places().zip(self.names.texts.iter()) {
            words.cut(text);
            stream.write(text, &words);
            if streams.last().is_none_or(|(last, _)| last != stream.letters()) {
                streams.push((stream.letters().to_owned(), place));
            }
        }
        streams
    }

    /// The number of names; those that are equal count as one.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are no names.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A name as it was first given; empty where there is none.
    pub fn name(&self, name: u32) -> &str {
        self.names.texts.get(name as usize)
    }

    /// Whether case counts for a name.
    pub fn is_exact(&self, name: u32) -> bool {
        self.names.is_exact(name as usize)
    }

    /// The ids of a name, by their place among all, in the order in which they were given.
    pub fn ids(&self, name: u32) -> &[u32] {
        self.names.ids(name as usize)
    }

    /// All ids, each once, in the order in which they were given.
    pub fn all_ids(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.entities.iter()
    }

    /// An id in words.
    pub fn id(&self, id: u32) -> &str {
        self.names.entities.get(id as usize)
    }

    /// The label of an id; empty where it has none.
    pub fn label(&self, id: u32) -> &str {
        let label = self.names.label_of.get(id as usize);
        label.map_or("", |label| self.names.labels.get(*label as usize))
    }

    /// Bytes that the names take in memory, without those of an automaton.
    pub fn bytes(&self) -> usize {
        let Names { texts, forms, ids_at, ids, exact, entities, label_of, labels } = &self.names;
        let strings: usize = [texts, entities, labels].map(|s| s.bytes.len() + s.ends.len() * 4).iter().sum();
        let numbers = (ids_at.len() + ids.len() + label_of.len()) * 4;
        let Sift { firsts, openings } = &self.sift;
        let longs = self.prefixes.slots.len() + firsts.words().len() + openings.words().len() + exact.len();
        strings + forms.len() + numbers + longs * 8
    }

    /// Refuses what 32 bits cannot number.
    fn checked(size: usize) -> Result<()> {
        if size < u32::MAX as usize { Ok(()) } else { Err(Error::usage("expected less than 4 GiB of names")) }
    }
}

#[cfg(test)]
#[path = "properties.rs"]
mod tests;
