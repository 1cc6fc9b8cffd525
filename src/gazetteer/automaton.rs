//! The same search by an automaton over the folded letters.

use super::fold::fold;
use super::words::{Gap, Words};
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
        let mut before = 0;
        for word in 0..words.len() {
            let (start, end) = words.span(word);
            if word > 0 {
                self.letters.push_str(sign(Words::gap(text, (before, start))));
            }
            self.starts.push(self.letters.len() as u32);
            let word = text.get(start as usize..end as usize).unwrap_or("");
            if word.is_ascii() {
                self.letters.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
            } else {
                fold(word, false, &mut self.letters);
            }
            self.letters.push(END);
            before = end;
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

/// How a gap is written.
fn sign(gap: Gap) -> &'static str {
    match gap {
        Gap::Glued => "",
        Gap::Spaced => " ",
        Gap::Dashed => "-",
        Gap::Broken => "\n",
    }
}
