//! A text cut into words, each with the hash of its folded letters.
//!
//! Most of a news text is ASCII, so sixty-four bytes are looked at together: which are letters, which are
//! gaps, as two sets of bits; the letters that are not ASCII are then added to the sets one by one. Where
//! words begin and end are operations on the sets.

use super::blocks::{BLOCK, Classes, Sets, all, classes, sign};
use super::fold::{Class, class, fold};
use super::simd::{Simd, Work, dispatch};

/// Bytes of a word that are read together, so that behind the last word there have to be as many.
const PIECE: usize = 16;

/// The words of one text. A holder uses one again and again, for its memory.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The text in lower case as far as it is ASCII, then the folded letters of `special`.
    letters: Vec<u8>,
    starts: Vec<u32>,
    ends: Vec<u32>,
    hashes: Vec<u64>,
    /// How many of these count.
    words: usize,
    /// Words that are not all ASCII, in order.
    special: Vec<Special>,
    buffer: String,
}

/// Where the folded letters of a word are, and that word.
#[derive(Clone, Copy, Debug)]
struct Special {
    word: u32,
    at: u32,
    len: u32,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// A hyphen, or space within a paragraph.
    Spaced,
    /// Hyphens and spaces: a dash.
    Dashed,
    /// The end of a paragraph: no name goes on behind it.
    Broken,
}

impl Words {
    /// Cuts `text`. The hashes depend on `seed`.
    pub(super) fn cut(&mut self, text: &str, seed: u64) {
        dispatch(Cut { words: self, text, seed });
    }

    #[inline(always)]
    fn blocks(&mut self, text: &str, simd: impl Simd) {
        let bytes = text.as_bytes();
        let blocks = bytes.len() / BLOCK + 1;
        self.special.clear();
        let need = blocks * BLOCK + PIECE;
        if self.letters.len() < need {
            self.letters.resize(need, 0);
        }
        let (mut begun, mut ended) = (0, 0);
        let mut sets = Sets::default();
        // Whether the byte before the block belongs to a run of letters, and to a word by itself.
        let (mut word, mut lone) = (0, 0);
        for i in 0..blocks {
            let base = i * BLOCK;
            let mut padded = [b' '; BLOCK];
            let block = match bytes[base..].first_chunk::<BLOCK>() {
                Some(block) => block,
                None => {
                    padded[..bytes.len() - base].copy_from_slice(&bytes[base..]);
                    &padded
                }
            };
            let Some(letters) = self.letters[base..].first_chunk_mut::<BLOCK>() else { return };
            let Classes { words: ascii, gaps, high } = classes(block, letters, simd);
            sets.word |= u128::from(ascii);
            sets.lone |= u128::from(!(ascii | gaps | high));
            let leads = if high == 0 { 0 } else { simd.high_bits(&block.map(|byte| all(byte >= 0xC0))) };
            if high != 0 {
                sets.add(text, base, leads, word | lone << 1);
            }
            let (w, l, m) = (sets.word as u64, sets.lone as u64, sets.more as u64);
            let before = w << 1 | word;
            let start = w & !before | l;
            let end = before & !w | ((l | m) << 1 | lone) & !m;
            if leads & (w | l | m) != 0 {
                self.mark(start, leads & (w | l | m), begun);
            }
            spread(start, base, &mut self.starts, &mut begun);
            spread(end, base, &mut self.ends, &mut ended);
            (word, lone) = (w >> 63, (l | m) >> 63);
            sets = Sets { word: sets.word >> 64, lone: sets.lone >> 64, more: sets.more >> 64 };
        }
        self.words = begun.min(ended);
        self.fold(text, need);
    }

    /// Notes the words of a block in which the characters that begin at `leads` stand.
    fn mark(&mut self, start: u64, mut leads: u64, begun: usize) {
        while leads != 0 {
            let upto = start & (u64::MAX >> (63 - leads.trailing_zeros()));
            // The word that began last, here or in a block before; none does before a gap at the beginning.
            let word = (begun + upto.count_ones() as usize).wrapping_sub(1) as u32;
            if word != u32::MAX && self.special.last().is_none_or(|last| last.word != word) {
                self.special.push(Special { word, at: 0, len: 0 });
            }
            leads &= leads - 1;
        }
    }

    /// Folds the words that are not ASCII, behind the text.
    fn fold(&mut self, text: &str, mut at: usize) {
        at -= PIECE;
        for special in &mut self.special {
            let word = special.word as usize;
            let word = text.get(self.starts[word] as usize..self.ends[word] as usize).unwrap_or("");
            self.buffer.clear();
            match sign(word.as_bytes()) {
                Some(sign) if word.len() == 3 => self.buffer.push_str(sign),
                _ => fold(word, false, &mut self.buffer),
            }
            let len = self.buffer.len();
            if self.letters.len() < at + len + PIECE {
                self.letters.resize((at + len + PIECE).next_power_of_two(), 0);
            }
            self.letters[at..at + len].copy_from_slice(self.buffer.as_bytes());
            (special.at, special.len) = (at as u32, len as u32);
            at += len;
        }
    }

    #[inline(always)]
    fn hash(&mut self, seed: u64) {
        // One more, so that a pair of the last word and the one behind it may be looked at.
        if self.hashes.len() <= self.words {
            self.hashes.resize((self.words + 1).next_power_of_two(), 0);
        }
        let letters = self.letters.as_slice();
        let spans = self.starts[..self.words].iter().zip(&self.ends[..self.words]);
        let mut before = 0;
        for ((&start, &end), hash) in spans.zip(&mut self.hashes[..self.words]) {
            *hash = hashed(letters, start as usize, (end - start) as usize, seed) << 1
                | u64::from(start != before);
            before = end;
        }
        for special in &self.special {
            let hash = &mut self.hashes[special.word as usize];
            *hash = hashed(letters, special.at as usize, special.len as usize, seed) << 1 | *hash & 1;
        }
        self.hashes[self.words] = 0;
    }

    pub(super) fn len(&self) -> usize {
        self.words
    }

    /// The hashes of the words, and a zero. The lowest bit says whether something stands before a word.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes[..=self.words]
    }

    pub(super) fn starts(&self) -> &[u32] {
        &self.starts[..self.words]
    }

    pub(super) fn ends(&self) -> &[u32] {
        &self.ends[..self.words]
    }

    /// The folded letters of a word.
    pub(super) fn letters(&self, word: usize) -> &[u8] {
        let (at, len) = match self.special(word) {
            Some(special) => (special.at, special.len),
            None => (self.starts[word], self.ends[word] - self.starts[word]),
        };
        &self.letters[at as usize..(at + len) as usize]
    }

    /// Whether a word is all ASCII.
    pub(super) fn is_ascii(&self, word: usize) -> bool {
        self.special(word).is_none()
    }

    fn special(&self, word: usize) -> Option<&Special> {
        let at = self.special.binary_search_by_key(&(word as u32), |special| special.word);
        self.special.get(at.ok()?)
    }

    /// What stands between a word and the next in the text that was cut.
    pub(super) fn gap(&self, text: &str, word: usize) -> Gap {
        let (from, to) = (self.ends[word] as usize, self.starts[word + 1] as usize);
        match text.as_bytes().get(from..to) {
            Some(b"") => Gap::Glued,
            Some(b" " | b"-" | b"\n") => Gap::Spaced,
            _ => between(text.get(from..to).unwrap_or("")),
        }
    }
}

impl Gap {
    /// How it is written between folded words, in which there are neither spaces nor hyphens.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Gap::Glued => "",
            Gap::Spaced => " ",
            Gap::Dashed => "-",
            Gap::Broken => "\n",
        }
    }
}

fn between(gap: &str) -> Gap {
    let (mut spaces, mut lines, mut hyphens) = (0, 0, 0);
    for c in gap.chars().filter(|c| class(*c) == Class::Gap) {
        match c {
            '\n' | '\u{85}' | '\u{2028}' => lines += 1,
            '\u{b}' | '\u{c}' | '\u{2029}' => lines += 2,
            _ if c.is_whitespace() => spaces += 1,
            _ => hyphens += 1,
        }
    }
    match hyphens {
        _ if lines > 1 => Gap::Broken,
        0 => Gap::Spaced,
        1 if spaces + lines == 0 => Gap::Spaced,
        _ => Gap::Dashed,
    }
}

/// Cuts a text.
struct Cut<'w, 't> {
    words: &'w mut Words,
    text: &'t str,
    seed: u64,
}

impl Work for Cut<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        self.words.blocks(self.text, simd);
        self.words.hash(self.seed);
    }
}

/// Writes the members of a set, `base` added, behind the first `count` of `into`.
#[inline(always)]
fn spread(mut set: u64, base: usize, into: &mut Vec<u32>, count: &mut usize) {
    if into.len() < *count + BLOCK {
        grow(into, *count + BLOCK);
    }
    let Some(slots) = into[*count..].first_chunk_mut::<BLOCK>() else { return };
    let members = set.count_ones() as usize;
    *count += members;
    // A block has a dozen words: to write a fixed number and count fewer is cheaper than to ask after each.
    let (pairs, _) = slots.as_chunks_mut::<2>();
    for pair in pairs.iter_mut().take(members.max(USUAL).div_ceil(2)) {
        for slot in pair {
            // What is written of an empty set is overwritten.
            *slot = base as u32 + set.trailing_zeros();
            set &= set.wrapping_sub(1);
        }
    }
}

#[cold]
#[inline(never)]
fn grow(into: &mut Vec<u32>, len: usize) {
    into.resize(len.next_power_of_two(), 0);
}

/// Words that a block seldom has more of.
const USUAL: usize = 14;

/// The hash of `len` bytes at `at`, behind which there are sixteen more.
#[inline(always)]
fn hashed(letters: &[u8], at: usize, len: usize, seed: u64) -> u64 {
    match (KEPT.get(len), letters.get(at..at + PIECE).and_then(|piece| piece.first_chunk::<PIECE>())) {
        (Some([low, high]), Some(piece)) => {
            let piece = u128::from_le_bytes(*piece);
            mix(piece as u64 & low ^ seed, (piece >> 64) as u64 & high ^ len as u64)
        }
        _ => hashed_long(letters, at, len, seed),
    }
}

/// The same for a long word. Apart, so that the short ones have the processor to themselves.
#[cold]
#[inline(never)]
fn hashed_long(letters: &[u8], at: usize, len: usize, seed: u64) -> u64 {
    letters[at..at + len].chunks(PIECE).fold(seed, |hash, piece| {
        let mut padded = [0; PIECE];
        padded[..piece.len()].copy_from_slice(piece);
        let piece = u128::from_le_bytes(padded);
        mix(piece as u64 ^ hash, (piece >> 64) as u64 ^ len as u64)
    })
}

/// Which bits of sixteen bytes belong to a word of so many.
const KEPT: [[u64; 2]; PIECE + 1] = {
    let mut kept = [[0; 2]; PIECE + 1];
    let mut len = 1;
    while len <= PIECE {
        let bits = u128::MAX >> (128 - 8 * len);
        kept[len] = [bits as u64, (bits >> 64) as u64];
        len += 1;
    }
    kept
};

/// Two numbers into one whose bits depend on all of theirs.
#[inline(always)]
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0x9e37_79b9_7f4a_7c15) * u128::from(b ^ 0xd6e8_feb8_6659_fd93);
    product as u64 ^ (product >> 64) as u64
}
