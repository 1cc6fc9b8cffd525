//! Words that tell how a text stands towards a claim: it refutes it, hedges, reports, confirms.

use super::reader;
use crate::error::Result;
use crate::model;
use rustc_hash::FxHashMap;

/// The classes of a word that tell of a stance, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals(u8);

/// The classes that a text can have many of, by their bits in [`Signals`].
pub const SIGNALS: [&str; 6] = ["refute", "negate", "hedge", "report", "confirm", "question"];

/// The bit behind them: the word has no content of its own.
const FUNCTION: u8 = 1 << SIGNALS.len();

impl Signals {
    /// Whether it is a function word.
    pub fn is_function(self) -> bool {
        self.0 & FUNCTION != 0
    }

    /// The classes without that of function words, as bits.
    pub fn bits(self) -> u8 {
        self.0 & !FUNCTION
    }

    /// The classes of either.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// All words with their classes, by the hash of their lower-case letters.
#[derive(Debug)]
pub struct StanceWords {
    table: FxHashMap<u32, Signals>,
}

impl StanceWords {
    /// Reads the built-in list.
    ///
    /// # Errors
    /// A row that is not what it should be: file, line and what was expected.
    pub fn new() -> Result<Self> {
        Self::read("claim_words.tsv", super::embedded("lexicon/en/claim_words.tsv"))
    }

    fn read(file: &str, text: &str) -> Result<Self> {
        let mut table: FxHashMap<u32, Signals> = FxHashMap::default();
        for row in reader::rows(file, text, &["word", "class"])? {
            let class = match row.get(1) {
                "function" => FUNCTION,
                name => match SIGNALS.iter().position(|signal| *signal == name) {
                    Some(bit) => 1 << bit,
                    None => {
                        let known = SIGNALS.join(", ");
                        return Err(row.expected(format!("expected {known} or function, found {name:?}")));
                    }
                },
            };
            let word = row.filled(0, "word")?.to_lowercase();
            table.entry(model::bytes(word.as_bytes())).or_default().0 |= class;
        }
        Ok(Self { table })
    }

    /// The classes of the word with this hash.
    pub fn get(&self, lower: u32) -> Signals {
        self.table.get(&lower).copied().unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_classes_of_all_its_rows() {
        let words =
            StanceWords::read("w.tsv", "word\tclass\nHoax\trefute\nnot\tnegate\nnot\tfunction\n").unwrap();
        assert_eq!(words.get(model::bytes(b"hoax")).bits(), 1);
        let not = words.get(model::bytes(b"not"));
        assert!(not.is_function() && not.bits() == 2);
        assert_eq!(words.get(model::bytes(b"harbour")), Signals::default());
    }

    #[test]
    fn an_unknown_class_is_told_with_its_line() {
        let fault = StanceWords::read("w.tsv", "word\tclass\nhoax\tlie\n").unwrap_err().to_string();
        assert!(fault.starts_with("w.tsv:2: expected refute, "), "{fault}");
    }
}
