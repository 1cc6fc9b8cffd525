//! The same search by an automaton over the folded letters.

use super::words::Words;
use crate::error::Result;
use crate::matcher::{Kind, Matcher};

/// Ends a word in the stream of folded letters; no word has it in it.
const END: char = '\n';

/// Names as patterns over a stream in which every word ends with [`END`] and a gap has its sign before the next.
#[derive(Debug)]
pub(super) struct Automaton {
    matcher: Matcher,
}

/// A text as that stream.
#[derive(Debug, Default)]
pub(super) struct Stream {
    letters: String,
    /// Where each word begins, and the end.
    starts: Vec<u32>,
}

impl Stream {
    /// The words of `text`, which they were cut from.
    pub(super) fn write(&mut self, text: &str, words: &Words) {
        self.letters.clear();
        self.starts.clear();
        for word in 0..words.len() {
            if word > 0 {
                self.letters.push_str(words.gap(text, word - 1).sign());
            }
            self.starts.push(self.letters.len() as u32);
            // Folded letters are whole characters.
            self.letters.push_str(std::str::from_utf8(words.letters(word)).unwrap_or(""));
            self.letters.push(END);
        }
        self.starts.push(self.letters.len() as u32);
    }

    pub(super) fn letters(&self) -> &str {
        &self.letters
    }

    /// The number of words that begin before the byte `end`.
    fn words(&self, end: u32) -> usize {
        self.starts.partition_point(|start| *start < end)
    }
}

impl Automaton {
    /// Compiles streams of names, each with its group.
    ///
    /// # Errors
    /// More names than an automaton can hold.
    pub(super) fn new(streams: &[(String, u32)], kind: Kind) -> Result<Self> {
        let numbered = streams.iter().map(|(name, group)| (name.as_str(), *group));
        Ok(Self { matcher: Matcher::of(kind, numbered, false)? })
    }

    /// The longest name at `word` that has its end before `limit`: that end and its group.
    pub(super) fn longest(&self, stream: &Stream, word: usize, limit: usize) -> Option<(usize, u32)> {
        let letters = &stream.letters[..stream.starts[limit] as usize];
        let found = self.matcher.find_at(letters, stream.starts[word] as usize)?;
        Some((stream.words(found.span.end), found.id))
    }
}
