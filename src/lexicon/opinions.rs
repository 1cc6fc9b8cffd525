//! Words that judge: what a source thinks of what it speaks of.

use super::reader;
use crate::error::Result;
use crate::labels::labels;
use crate::model::{bytes, join};
use crate::tagset::Pos;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

labels! {
    /// What a word says of what it is said of.
    Opinion {
        Good = "good",
        /// Judges badly, without a deed.
        Bad = "bad",
        /// A wrongful deed, or who does it.
        Wrong = "wrong",
        /// Bad, and nobody's deed.
        Harm = "harm",
        /// Bad, and still to come.
        Danger = "danger",
        /// Not so.
        False = "false",
        Like = "like",
        Dislike = "dislike",
        Wish = "wish",
        Duty = "duty",
        Resolve = "resolve",
        Doubt = "doubt",
        Sure = "sure",
    }
}

/// Lemmas in a phrase, at most.
const LONGEST: usize = 4;

/// Words and phrases by the hashes of their lemmas.
#[derive(Debug, Default)]
pub struct Opinions {
    words: FxHashMap<u32, Opinion>,
    phrases: FxHashMap<u32, Opinion>,
}

impl Opinions {
    /// Reads the list.
    ///
    /// # Errors
    /// A row with an unknown part or kind, or a phrase that is too long.
    pub(super) fn read(file: &str, text: &str) -> Result<Self> {
        let mut found = Self::default();
        for row in reader::rows(file, text, &["word", "part", "kind"])? {
            let word = row.filled(0, "word")?;
            let kind =
                Opinion::from_name(row.get(2)).ok_or_else(|| row.expected("expected a kind of opinion"))?;
            let part = match row.get(1) {
                "noun" => Some(Pos::Noun),
                "verb" => Some(Pos::Verb),
                "adj" => Some(Pos::Adj),
                "adv" => Some(Pos::Adv),
                "phrase" => None,
                _ => return Err(row.expected("expected noun, verb, adj, adv or phrase")),
            };
            match part {
                Some(part) => found.words.insert(join(bytes(word.as_bytes()), part as u32), kind),
                None => {
                    let lemmas: Vec<u32> = word.split(' ').map(|lemma| bytes(lemma.as_bytes())).collect();
                    if !(2..=LONGEST).contains(&lemmas.len()) {
                        return Err(row.expected("expected a phrase of two to four words"));
                    }
                    found.phrases.insert(lemmas.into_iter().fold(0, join), kind)
                }
            };
        }
        Ok(found)
    }

    /// What a word says, by the hash of its lemma.
    pub fn word(&self, lemma: u32, pos: Pos) -> Option<Opinion> {
        self.words.get(&join(lemma, pos as u32)).copied()
    }

    /// What the longest phrase says that begins with the first of these lemmas.
    pub fn phrase(&self, lemmas: impl Iterator<Item = u32>) -> Option<Opinion> {
        let mut found = None;
        let mut hash = 0;
        for lemma in lemmas.take(LONGEST) {
            hash = join(hash, lemma);
            found = self.phrases.get(&hash).copied().or(found);
        }
        found
    }
}
