//! A word as the models see it: hashes of its form and pieces, its shape, and what the dictionary knows of it.

use super::dictionary::{Dictionary, Known};
use crate::model;

/// Bytes of the longest word that is read in the buffer; longer ones take the slow way.
const SHORT: usize = 48;

/// The last of the letters that English texts have in names.
const LATIN: char = '\u{24f}';

/// What the models know of a word alone, without its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Hash of the word, digits as 0, apostrophes straight.
    pub form: u32,
    /// The same in lower case.
    pub lower: u32,
    /// The last one to four bytes of the lower form.
    pub suffix: [u32; 4],
    /// The first one to three bytes of it.
    pub prefix: [u32; 3],
    /// Which kinds of characters it has, as bits; see [`Shape`].
    pub shape: u32,
    /// What the dictionary knows of it.
    pub known: Known,
    /// Has letters of another script than the Latin one.
    pub foreign: bool,
}

/// The bits of a shape.
pub struct Shape;

impl Shape {
    /// Has a capital.
    pub const UPPER: u32 = 1;
    /// Has a small letter.
    pub const LOWER: u32 = 2;
    /// Has a digit.
    pub const DIGIT: u32 = 4;
    const HYPHEN: u32 = 8;
    const OTHER: u32 = 16;
    /// Begins with a capital.
    pub const CAPITAL: u32 = 32;
    const DOT: u32 = 64;
    const SINGLE: u32 = 128;
}

const KINDS: [u32; 128] = {
    let mut kinds = [Shape::OTHER; 128];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'A'..=b'Z' => Shape::UPPER,
            b'a'..=b'z' => Shape::LOWER,
            b'0'..=b'9' => Shape::DIGIT,
            b'-' => Shape::HYPHEN,
            b'.' => Shape::DOT,
            _ => Shape::OTHER,
        };
        byte += 1;
    }
    kinds
};

impl Word {
    /// Reads a word.
    pub fn new(word: &str, dictionary: &Dictionary) -> Self {
        let mut form = [0; SHORT];
        let bytes = word.as_bytes();
        let mut found = if bytes.len() <= SHORT && word.is_ascii() {
            let mut shape = 0;
            for (to, &byte) in form.iter_mut().zip(bytes) {
                let kind = KINDS[byte as usize & 127];
                shape |= kind;
                *to = if kind == Shape::DIGIT { b'0' } else { byte };
            }
            let form = &mut form[..bytes.len()];
            let hash = model::bytes(form);
            form.make_ascii_lowercase();
            Self::of(hash, form, shape)
        } else {
            Self::any(word)
        };
        let mut chars = word.chars();
        found.shape |= if chars.next().is_some_and(char::is_uppercase) { Shape::CAPITAL } else { 0 };
        found.shape |= if chars.next().is_none() { Shape::SINGLE } else { 0 };
        found.known = dictionary.get(found.lower);
        found
    }

    /// Any word, one character after the other.
    fn any(word: &str) -> Self {
        let (mut shape, mut foreign) = (0, false);
        let form: String = word
            .chars()
            .map(|c| {
                let (c, kind) = match c {
                    '\u{2019}' | '\u{2018}' | '\u{2bc}' => ('\'', Shape::OTHER),
                    '\u{2010}' | '\u{2011}' => ('-', Shape::HYPHEN),
                    c if c.is_ascii() => (c, KINDS[c as usize & 127]),
                    c if c.is_uppercase() => (c, Shape::UPPER),
                    c if c.is_alphabetic() => (c, Shape::LOWER),
                    c if c.is_numeric() => (c, Shape::DIGIT),
                    c => (c, Shape::OTHER),
                };
                shape |= kind;
                foreign |= c.is_alphabetic() && c > LATIN;
                if c.is_ascii_digit() { '0' } else { c }
            })
            .collect();
        Self { foreign, ..Self::of(model::bytes(form.as_bytes()), form.to_lowercase().as_bytes(), shape) }
    }

    fn of(form: u32, lower: &[u8], shape: u32) -> Self {
        let n = lower.len();
        let last = lower.iter().skip(n.saturating_sub(4)).fold(0u32, |all, &byte| all << 8 | u32::from(byte));
        let first = lower.iter().take(3).fold(0u32, |all, &byte| all << 8 | u32::from(byte));
        let first = first << (8 * (3 - n.min(3)));
        Self {
            form,
            lower: model::bytes(lower),
            suffix: [last & 0xFF, last & 0xFFFF, last & 0xFF_FFFF, last],
            prefix: [first & 0xFF_0000, first & 0xFF_FF00, first],
            shape,
            known: Known::default(),
            foreign: false,
        }
    }
}

/// The word beyond the edge of a sentence.
pub(crate) const EDGE: Word = Word {
    form: 1,
    lower: 1,
    suffix: [1; 4],
    prefix: [1; 3],
    shape: 0x1000,
    known: Known { class: 0x7FFF, tags: 0x7FFF, sure: None },
    foreign: false,
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word(text: &str) -> Word {
        Word::new(text, &Dictionary::default())
    }

    #[test]
    fn what_is_written_alike_is_one_word() {
        assert_eq!(word("didn’t").lower, word("Didn't").lower);
        assert_eq!(word("1984").form, word("2026").form);
        assert_ne!(word("May").form, word("may").form);
        assert_eq!(word("may").suffix[2], word("may").suffix[3]);
    }

    proptest! {
        #[test]
        fn the_short_way_and_the_long_way_agree(text in "[ -~]{1,48}") {
            let (short, mut long) = (word(&text), Word::any(&text));
            long.shape |= short.shape & (Shape::CAPITAL | Shape::SINGLE);
            prop_assert_eq!(short, long);
        }

        #[test]
        fn any_text_is_a_word(text in "\\PC{0,80}") {
            word(&text);
        }
    }
}
