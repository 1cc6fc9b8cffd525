//! The tagger: from left to right, each word gets the tag with the highest score.
//!
//! An averaged perceptron over hashed features (Collins 2002), with a dictionary of the words that took one tag only,
//! which are not scored at all.

use super::dictionary::{Dictionary, Known};
use super::features::features;
use super::word::Word;
use crate::error::{Error, Result};
use crate::model::{self, Features, Kind, Rows, Table};
use crate::tagset::Tags;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Labels of the widest tagger: a row of weights is one line of the cache.
pub const WIDTH: usize = 64;

/// A tagger as its file stores it.
#[derive(Debug, Serialize, Deserialize)]
pub struct TaggerModel {
    /// What a word can be, by number.
    pub labels: Vec<Tags>,
    /// Words by the hash of their lower form.
    pub words: Vec<(u32, Known)>,
    /// Weights.
    pub rows: Rows,
}

/// A tagger at work.
#[derive(Debug)]
pub struct Tagger {
    labels: Vec<Tags>,
    dictionary: Dictionary,
    table: Table<WIDTH>,
}

impl Tagger {
    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// What is no tagger model; see [`model::unpack`].
    pub fn read(path: &Path, file: &[u8]) -> Result<Self> {
        let model: TaggerModel = model::unpack(path, Kind::Tagger, file)?;
        let sure = |known: &Known| known.sure.is_none_or(|label| usize::from(label) < model.labels.len());
        let sound = (1..=WIDTH).contains(&model.labels.len())
            && model.rows.is_sound(WIDTH, 127)
            && model.words.iter().all(|(_, known)| sure(known));
        if !sound {
            return Err(Error::file(path, "the parts of this tagger model do not fit each other"));
        }
        Ok(Self::new(&model))
    }

    pub(crate) fn new(model: &TaggerModel) -> Self {
        Self {
            labels: model.labels.clone(),
            dictionary: Dictionary::new(&model.words),
            table: Table::new(&model.rows),
        }
    }

    /// A word as this tagger sees it.
    pub fn word(&self, word: &str) -> Word {
        Word::new(word, &self.dictionary)
    }

    /// Tags the words of one sentence; `labels` is for scratch.
    pub fn tag(&self, words: &[Word], labels: &mut Vec<u8>, tags: &mut Vec<Tags>) {
        labels.clear();
        let mut found = Features::new();
        for (i, word) in words.iter().enumerate() {
            let label = word.known.sure.unwrap_or_else(|| self.best(words, i, labels, &mut found));
            labels.push(label);
            tags.push(self.labels[usize::from(label)]);
        }
    }

    /// Tags the words of one sentence.
    pub fn tag_words(&self, words: &[impl AsRef<str>]) -> Vec<Tags> {
        let words: Vec<Word> = words.iter().map(|word| self.word(word.as_ref())).collect();
        let (mut labels, mut tags) = (Vec::new(), Vec::with_capacity(words.len()));
        self.tag(&words, &mut labels, &mut tags);
        tags
    }

    fn best(&self, words: &[Word], i: usize, labels: &[u8], found: &mut Features) -> u8 {
        let mut scores = [0; WIDTH];
        found.clear();
        features(words, i, labels, |hash| found.push(hash));
        self.table.add(found, &mut scores);
        let mut best = 0;
        for (label, score) in scores.iter().enumerate().take(self.labels.len()).skip(1) {
            if *score > scores[best] {
                best = label;
            }
        }
        best as u8
    }
}
