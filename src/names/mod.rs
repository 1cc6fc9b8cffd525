//! Names as a model sees them: which runs of words name something, and what kind of thing.
//!
//! A linear model over hashed features, decoded by Viterbi. The gazetteer is among its features, not above it: what
//! both say is reconciled in [`crate::entity`].

mod decode;
mod echo;
mod features;
mod hints;
mod memory;

pub(crate) use decode::LABELS;
#[cfg(feature = "train")]
pub(crate) use decode::{BEGIN, INSIDE, OUTSIDE, may_follow};
pub(crate) use echo::{Echo, echo};
pub(crate) use features::{features, previous};
pub use hints::{Hint, Hit, hints, hits};
pub(crate) use memory::memory;

use crate::error::{Error, Result};
use crate::labels::Label;
use crate::model::{self, Features, Kind, Rows, Table};
use crate::tag::{Shape, Word};
use crate::tagset::{Fine, Pos, Tags};
use decode::Lattice;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::path::Path;

/// Weights in a row: the labels, and room to a power of two.
pub(crate) const WIDTH: usize = 16;

/// A model of names as its file stores it.
#[derive(Debug, Serialize, Deserialize)]
pub struct NamesModel {
    /// Weights of the features, and of the label before as a feature.
    pub first: Rows,
    /// The same for the second reading, which knows what the first one made of the whole document.
    pub second: Rows,
}

/// A finder of names at work.
#[derive(Debug)]
pub struct Names {
    first: Reading,
    second: Reading,
}

/// The weights of one reading.
#[derive(Debug)]
struct Reading {
    table: Table<WIDTH>,
    /// For each label the scores of those that follow it.
    steps: [[i16; WIDTH]; LABELS],
}

/// A name: a range of words of the sentence, and what kind of thing it names.
pub type Name = (Range<usize>, Label);

/// The words of a sentence and all that is known of them; the slices have an element a word.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) tags: &'a [Tags],
    pub(crate) hints: &'a [Hint],
    /// What the document shows of each word; see [`memory`].
    pub(crate) memory: &'a [u8],
    /// What the first reading made of each word, here and elsewhere; see [`echo`]. Empty in the first reading.
    pub(crate) echo: &'a [Echo],
}

impl<'a> View<'a> {
    /// The part of one sentence.
    pub(crate) fn sentence(self, range: &Range<usize>) -> View<'a> {
        View {
            words: &self.words[range.clone()],
            tags: &self.tags[range.clone()],
            hints: &self.hints[range.clone()],
            memory: &self.memory[range.clone()],
            echo: self.echo.get(range.clone()).unwrap_or(&[]),
        }
    }
}

/// Memory, kept from sentence to sentence.
#[derive(Default)]
struct Scratch {
    lattice: Lattice,
    candidates: Vec<bool>,
    found: Features,
}

impl Names {
    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// What is no model of names; see [`model::unpack`].
    pub fn read(path: &Path, file: &[u8]) -> Result<Self> {
        let model: NamesModel = model::unpack(path, Kind::Names, file)?;
        if !model.first.is_sound(WIDTH, 127) || !model.second.is_sound(WIDTH, 127) {
            return Err(Error::file(path, "the parts of this names model do not fit each other"));
        }
        Ok(Self::new(&model))
    }

    pub(crate) fn new(model: &NamesModel) -> Self {
        Self { first: Reading::new(&model.first), second: Reading::new(&model.second) }
    }

    /// What the first reading finds.
    #[cfg(feature = "train")]
    pub(crate) fn first(&self, sentences: &[Range<usize>], view: View<'_>) -> Vec<Name> {
        self.first.read(sentences, view, &mut Scratch::default())
    }

    /// The names of a document in ranges of its tokens, in order; `sentences` are ranges of them.
    pub(crate) fn find(&self, sentences: &[Range<usize>], view: View<'_>) -> Vec<Name> {
        let mut scratch = Scratch::default();
        let found = self.first.read(sentences, view, &mut scratch);
        let echo = echo(view.words, &found);
        self.second.read(sentences, View { echo: &echo, ..view }, &mut scratch)
    }
}

impl Reading {
    fn new(rows: &Rows) -> Self {
        let table = Table::new(rows);
        let mut steps = [[0; WIDTH]; LABELS];
        for (label, scores) in steps.iter_mut().enumerate() {
            table.add(&[previous(label)], scores);
        }
        Self { table, steps }
    }

    fn read(&self, sentences: &[Range<usize>], view: View<'_>, scratch: &mut Scratch) -> Vec<Name> {
        let mut found = Vec::new();
        for range in sentences {
            let names = self.find(view.sentence(range), scratch);
            found.extend(
                names.into_iter().map(|(r, label)| (r.start + range.start..r.end + range.start, label)),
            );
        }
        found
    }

    /// The names of one sentence.
    fn find(&self, view: View<'_>, scratch: &mut Scratch) -> Vec<Name> {
        let Scratch { lattice, candidates, found } = scratch;
        mark(view, candidates);
        let words = view.words;
        let mut names = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if !candidates[at] {
                at += 1;
                continue;
            }
            let end = (at..words.len()).find(|&i| !candidates[i]).unwrap_or(words.len());
            lattice.clear();
            for i in at..end {
                let mut scores = [0; WIDTH];
                found.clear();
                features(view, i, |hash| found.push(hash));
                self.table.add(found, &mut scores);
                lattice.push(&scores[..LABELS].try_into().unwrap_or([0; LABELS]));
            }
            lattice.decode(|from, to| self.steps[from][to], at, &mut names);
            at = end;
        }
        names
    }
}

/// Marks the words that may be part of a name: those with a capital or a tag of names, those that the gazetteer knows,
/// and up to three between two of them.
pub(crate) fn mark(view: View<'_>, candidates: &mut Vec<bool>) {
    let View { words, tags, hints, .. } = view;
    candidates.clear();
    // In another script only two capitals side by side are sign enough of a name.
    let foreign = |i: usize| words.get(i).is_some_and(|w| w.foreign && w.shape & Shape::CAPITAL != 0);
    candidates.extend((0..words.len()).map(|i| {
        let tagged = tags[i].pos == Pos::Propn || matches!(tags[i].fine, Fine::Nnp | Fine::Nnps);
        let looks = if words[i].foreign {
            foreign(i) && (foreign(i + 1) || i > 0 && foreign(i - 1))
        } else {
            words[i].shape & Shape::UPPER != 0 || tagged
        };
        looks || hints[i].is_name()
    }));
    let mut last: Option<usize> = None;
    for i in 0..words.len() {
        if candidates[i] {
            if let Some(last) = last.filter(|last| i - last <= 4) {
                candidates[last..i].fill(true);
            }
            last = Some(i);
        }
    }
}
