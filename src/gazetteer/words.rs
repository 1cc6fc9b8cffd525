//! A text cut into words: where they begin and end, and their folded letters.
//!
//! Most of a news text is ASCII, so sixty-four bytes are looked at together: which are letters, which are
//! gaps, as two sets of bits; the letters that are not ASCII are then added to the sets one by one. Where
//! words begin and end are operations on the sets. What most words need nothing of, their ends and the
//! hashes of all their letters, is worked out when somebody asks.

use super::blocks::{BLOCK, Block, Classes, Sets, all, classes};
use super::fold::{Class, class, fold};
use super::simd::{Simd, Work, dispatch};

/// Bytes of a word that are read together.
const PIECE: usize = 16;

/// The words of one text. A holder uses one again and again, for its memory.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The folded letters of every word where it stands in the text, and zeros where they are fewer than there; signs
    /// have their highest bit set, gaps are zeros. So a word is over before the first byte that is no ASCII letter.
    letters: Vec<u8>,
    blocks: Vec<Block>,
    /// How many of these count.
    used: usize,
    starts: Vec<u32>,
    /// A short hash of each: of its first letters alone, up to the first that is not ASCII.
    shorts: Vec<u64>,
    words: usize,
    /// Words that are not all ASCII, by where they start, in order.
    special: Vec<u32>,
    /// Those of them whose folded letters have no room in the text.
    roomless: Vec<(u32, Vec<u8>)>,
    buffer: String,
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
    /// Cuts `text`.
    pub(super) fn cut(&mut self, text: &str) {
        dispatch(Cut { words: self, text });
    }

    #[inline(always)]
    fn scan(&mut self, text: &str, simd: impl Simd) {
        let bytes = text.as_bytes();
        self.used = bytes.len() / BLOCK + 1;
        self.special.clear();
        // A block more, since who reads a word does not ask whether the text goes on.
        let room = (self.used + 1) * BLOCK;
        if self.letters.len() < room {
            self.letters.resize(room.next_power_of_two(), 0);
        }
        if self.blocks.len() < self.used {
            self.blocks.resize(self.used.next_power_of_two(), Block::default());
        }
        let mut sets = Sets::default();
        // Whether the byte before the block belongs to a run of letters, and to a word by itself.
        let (mut word, mut lone) = (0, 0);
        let (mut last, mut inner, mut begun) = (u32::MAX, 0, 0);
        let blocks = self.blocks[..self.used].iter_mut().zip(self.letters.as_chunks_mut::<BLOCK>().0);
        for (i, (kept, letters)) in blocks.enumerate() {
            let base = i * BLOCK;
            let mut padded = [b' '; BLOCK];
            let block = match bytes[base..].first_chunk::<BLOCK>() {
                Some(block) => block,
                None => {
                    padded[..bytes.len() - base].copy_from_slice(&bytes[base..]);
                    &padded
                }
            };
            let Classes { words: ascii, gaps, high } = classes(block, letters, simd);
            let (mut w, mut l, mut m) = (ascii, !(ascii | gaps | high), 0);
            let (mut leads, mut odd) = (0, 0);
            if high != 0 {
                sets.word |= u128::from(w);
                sets.lone |= u128::from(l);
                leads = simd.high_bits(&block.map(|byte| all(byte >= 0xC0)));
                odd = sets.add(text, base, leads, word | lone << 1, letters);
                (w, l, m) = (sets.word as u64, sets.lone as u64, sets.more as u64);
                sets = Sets { word: sets.word >> 64, lone: sets.lone >> 64, more: sets.more >> 64 };
            }
            let before = w << 1 | word;
            let begins = w & !before | l;
            let ends = before & !w | ((l | m) << 1 | lone) & !m;
            if odd & (w | l | m) != 0 {
                self.special.extend(marked(begins, odd & (w | l | m), base, last, self.special.last()));
            }
            if begins != 0 {
                last = base as u32 + begins.ilog2();
            }
            spread(begins, base, &mut self.starts, &mut begun);
            *kept = Block { ends, inner: high & !leads, before: inner };
            inner += (high & !leads).count_ones();
            (word, lone) = (w >> 63, (l | m) >> 63);
        }
        self.words = begun;
        self.roomless.clear();
        if !self.special.is_empty() {
            self.fold(text);
        }
    }

    /// Folds the words that are not ASCII, each where it stands.
    #[inline(never)]
    fn fold(&mut self, text: &str) {
        for i in 0..self.special.len() {
            let start = self.special[i];
            let span = start as usize..self.end(start) as usize;
            self.buffer.clear();
            fold(text.get(span.clone()).unwrap_or(""), false, &mut self.buffer);
            let folded = self.buffer.bytes().map(raised);
            if self.buffer.len() > span.len() {
                self.roomless.push((start, folded.clone().collect()));
            }
            // The first letters of a word that has no room have: a character whose letters are ASCII never has more of
            // them than bytes of its own.
            let padded = folded.chain(std::iter::repeat(0));
            self.letters[span].iter_mut().zip(padded).for_each(|(letter, folded)| *letter = folded);
        }
    }

    /// Hashes the words, and puts those whose short hashes `pick` takes to the front of `picked`; says how many those are.
    #[inline(always)]
    pub(super) fn pick(&mut self, picked: &mut Vec<u32>, pick: impl Fn(u64) -> bool) -> usize {
        // One more, so that a pair of the last word and the one behind it may be looked at.
        let room = (self.words + 1).next_multiple_of(BLOCK);
        for list in [&mut self.starts, picked] {
            if list.len() < room {
                grow(list, room);
            }
        }
        if self.shorts.len() < room {
            self.shorts.resize(room.next_power_of_two(), 0);
        }
        let (starts, shorts) = (self.starts.as_chunks::<BLOCK>().0, self.shorts.as_chunks_mut::<BLOCK>().0);
        let (letters, mut count) = (self.letters.as_slice(), 0);
        for (i, (starts, shorts)) in starts.iter().zip(shorts).take(room / BLOCK).enumerate() {
            let first = i * BLOCK;
            let mut taken = 0u64;
            let (fours, _) = starts.as_chunks::<4>();
            for (starts, shorts) in fours.iter().zip(shorts.as_chunks_mut::<4>().0) {
                let eights = starts.map(|at| eight(letters, at as usize));
                *shorts = eights.map(short);
                for hash in *shorts {
                    taken = taken << 1 | u64::from(pick(hash));
                }
            }
            // The first of them is now the highest; what others a longer text left behind does not count.
            let members = self.words.saturating_sub(first).min(BLOCK) as u32;
            taken &= !u64::MAX.checked_shr(members).unwrap_or(0);
            let Some(into) = picked[count..].first_chunk_mut::<BLOCK>() else { break };
            count += each(taken, first as u32, into);
        }
        if let Some(behind) = self.shorts.get_mut(self.words) {
            *behind = 0;
        }
        count
    }

    pub(super) fn len(&self) -> usize {
        self.words
    }

    /// The bytes where the words start.
    pub(super) fn starts(&self) -> &[u32] {
        &self.starts[..self.words]
    }

    /// The short hashes of the words, and a zero, after [`Words::pick`].
    pub(super) fn shorts(&self) -> &[u64] {
        self.shorts.get(..=self.words).unwrap_or(&[])
    }

    /// The byte where a word is over that starts at `start`.
    #[inline(always)]
    pub(super) fn end(&self, start: u32) -> u32 {
        let from = start as usize + 1;
        let mut at = from / BLOCK;
        let mut set = self.blocks.get(at).map_or(0, |block| block.ends & u64::MAX << (from % BLOCK));
        while set == 0 && at < self.used {
            at += 1;
            set = self.blocks.get(at).map_or(0, |block| block.ends);
        }
        (at * BLOCK) as u32 + set.trailing_zeros()
    }

    /// The bytes of a word.
    #[inline(always)]
    pub(super) fn span(&self, word: usize) -> (u32, u32) {
        let start = self.starts[word];
        (start, self.end(start))
    }

    /// The code points of the text before a byte.
    #[inline]
    pub(super) fn point(&self, byte: u32) -> u32 {
        let Some(block) = self.blocks.get(byte as usize / BLOCK) else { return byte };
        let inner = block.inner & !(u64::MAX << (byte as usize % BLOCK));
        byte - block.before - inner.count_ones()
    }

    /// The folded letters of the word in some bytes, those that are signs with their highest bit set.
    #[inline]
    pub(super) fn letters(&self, (start, end): (u32, u32)) -> &[u8] {
        if !self.roomless.is_empty()
            && let Ok(at) = self.roomless.binary_search_by_key(&start, |(start, _)| *start)
        {
            return &self.roomless[at].1;
        }
        let mut letters = &self.letters[start as usize..end as usize];
        while let [rest @ .., 0] = letters {
            letters = rest;
        }
        letters
    }

    /// The hash of all letters of the word in some bytes; its lowest bit is not set.
    #[inline(always)]
    pub(super) fn hash(&self, (start, end): (u32, u32), seed: u64) -> u64 {
        let piece = self.letters[start as usize..].first_chunk::<PIECE>();
        match (KEPT.get((end - start) as usize), piece) {
            (Some([low, high]), Some(piece)) if self.roomless.is_empty() => {
                let piece = u128::from_le_bytes(*piece);
                mix(piece as u64 & low ^ seed, (piece >> 64) as u64 & high) << 1
            }
            _ => hashed(self.letters((start, end)), seed) << 1,
        }
    }

    /// The hashes of all words; the lowest bit says whether something stands before a word.
    pub(super) fn hashes(&self, seed: u64) -> impl Iterator<Item = u64> + '_ {
        self.starts().iter().scan(0, move |before, &start| {
            let end = self.end(start);
            let hash = self.hash((start, end), seed) | u64::from(start != *before);
            *before = end;
            Some(hash)
        })
    }

    /// What stands between two words in the text that was cut: behind one that ends at `from`, before one that starts
    /// at `to`.
    pub(super) fn gap(text: &str, (from, to): (u32, u32)) -> Gap {
        let (from, to) = (from as usize, to as usize);
        match text.as_bytes().get(from..to) {
            Some(b"") => Gap::Glued,
            Some(b" " | b"-" | b"\n") => Gap::Spaced,
            _ => between(text.get(from..to).unwrap_or("")),
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

/// Where the words of a block start in which the characters that begin at `odd` stand; `last` is the word that
/// began last in the blocks before. Each once, and not `known`.
fn marked(
    begins: u64,
    mut odd: u64,
    base: usize,
    last: u32,
    known: Option<&u32>,
) -> impl Iterator<Item = u32> + use<> {
    // None begins before a gap at the beginning.
    let mut known = known.copied().unwrap_or(u32::MAX);
    std::iter::from_fn(move || {
        while odd != 0 {
            let upto = begins & (u64::MAX >> (63 - odd.trailing_zeros()));
            odd &= odd - 1;
            let start = upto.checked_ilog2().map_or(last, |at| base as u32 + at);
            if start != known && start != u32::MAX {
                known = start;
                return Some(start);
            }
        }
        None
    })
}

/// Cuts a text.
struct Cut<'w, 't> {
    words: &'w mut Words,
    text: &'t str,
}

impl Work for Cut<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        self.words.scan(self.text, simd);
    }
}

/// Writes the members of a set, counted from its highest bit and `first` added, to the front of `into`; says how many.
#[inline(always)]
fn each(mut set: u64, first: u32, into: &mut [u32; BLOCK]) -> usize {
    let members = set.count_ones() as usize;
    let (fours, _) = into.as_chunks_mut::<4>();
    for four in fours.iter_mut().take(members.div_ceil(4)) {
        for slot in four {
            let at = set.leading_zeros();
            *slot = first + at;
            set &= !(1 << 63 >> (at & 63));
        }
    }
    members
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

/// A byte of folded letters as [`Words`] keeps it: signs are raised above the letters.
pub(super) fn raised(byte: u8) -> u8 {
    if byte.is_ascii_alphanumeric() || byte == b'_' { byte } else { byte | 0x80 }
}

/// The bytes at `at`, which may be beyond the text.
#[inline(always)]
fn eight(letters: &[u8], at: usize) -> u64 {
    letters
        .get(at..at + 8)
        .and_then(|eight| eight.first_chunk())
        .map_or(0, |eight| u64::from_le_bytes(*eight))
}

/// The hash of a word, by its first eight bytes: up to its seventh letter or to the first that is not ASCII; of its first
/// byte, if that is none already. Its upper bits depend on all of that.
#[inline(always)]
fn short(eight: u64) -> u64 {
    // The highest bit of each byte that is zero, or is not ASCII. Above the first of them there may be wrong ones.
    let over = (eight.wrapping_sub(0x0101_0101_0101_0101) | eight) & 0x8080_8080_8080_8080;
    let upto = over ^ over.wrapping_sub(1);
    (eight & (upto >> 8 | 0xFF)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The hash of some letters.
#[inline(never)]
fn hashed(letters: &[u8], seed: u64) -> u64 {
    letters.chunks(PIECE).fold(seed, |hash, piece| {
        let mut padded = [0; PIECE];
        padded[..piece.len()].copy_from_slice(piece);
        let piece = u128::from_le_bytes(padded);
        mix(piece as u64 ^ hash, (piece >> 64) as u64)
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
