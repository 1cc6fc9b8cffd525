//! A trie over hashed words, as one table of all beginnings of names.
//!
//! A beginning is known by a hash that grows with each word, so a step through the trie is one look into the
//! table, and no node needs a number. Two beginnings may share a hash: whoever takes a name from here compares
//! its letters. Where to look at all is what [`super::sift`] tells.

use super::sift::Place;
use super::simd::{Simd, Work, dispatch};
use super::words::{Words, mix};

/// The table.
#[derive(Debug, Default)]
pub(super) struct Prefixes {
    /// A power of two of slots: most of the low half of a hash, whether longer names begin so, and in the low half of the
    /// slot one more than the group of names that end there, or zero. An empty slot is zero.
    pub(super) slots: Vec<u64>,
    /// What the hashes of words depend on.
    pub(super) seed: u64,
}

/// A place where a name may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its first word.
    pub(super) word: u32,
    /// One more than its last.
    pub(super) end: u32,
    /// The group of names.
    pub(super) group: u32,
}

/// Two names with different letters came to one slot: another seed will tell them apart.
#[derive(Debug)]
pub(super) struct Clash;

/// Longer names begin so: without that a walk would look for the word behind every name.
const ON: u64 = 1 << 33;
/// Slots that fit into fast memory.
const NEAR: usize = 1 << 13;

/// The beginnings of a name as hashes, each one word longer; the last is that of the name.
pub(super) fn keys(words: &Words, seed: u64) -> impl Iterator<Item = u64> + '_ {
    words.hashes(seed).enumerate().scan(0, |key, (i, hash)| {
        *key = if i == 0 { first(hash) } else { mix(*key, hash) };
        Some(*key)
    })
}

/// The hash of a beginning of one word: it does not matter what stands before that.
#[inline(always)]
fn first(hash: u64) -> u64 {
    hash | 1
}

impl Prefixes {
    /// A table of beginnings, with those of them that longer names have.
    pub(super) fn new(beginnings: &[u64], longer: &[u64], seed: u64) -> Self {
        let slots = (beginnings.len() * 2).next_power_of_two().max(16);
        let mut prefixes = Self { slots: vec![0; slots], seed };
        for &key in beginnings {
            let at = prefixes.place(key);
            prefixes.slots[at] |= mark(key);
        }
        for &key in longer {
            let at = prefixes.place(key);
            prefixes.slots[at] |= ON;
        }
        prefixes
    }

    /// Says that a beginning is a name.
    ///
    /// # Errors
    /// Where another group is there.
    pub(super) fn set(&mut self, key: u64, group: u32) -> Result<(), Clash> {
        let at = self.place(key);
        let old = self.slots[at] as u32;
        if old != 0 && old != group + 1 {
            return Err(Clash);
        }
        self.slots[at] |= mark(key) | u64::from(group + 1);
        Ok(())
    }

    /// The longest that may be a name at each of `places`. A large table lies in slow memory, and to ask for all places
    /// at once takes not much longer than to ask for one; `openings` is memory for that.
    pub(super) fn candidates(
        &self,
        words: &Words,
        places: &[Place],
        openings: &mut Vec<[u64; 2]>,
        into: &mut Vec<Candidate>,
    ) {
        dispatch(Walks { prefixes: self, words, places, openings, into });
    }

    #[inline(always)]
    fn walks(
        &self,
        words: &Words,
        places: &[Place],
        openings: &mut Vec<[u64; 2]>,
        into: &mut Vec<Candidate>,
    ) {
        openings.clear();
        openings.reserve(places.len());
        for place in places {
            openings.push(self.opening(words, place));
        }
        if self.slots.len() > NEAR {
            let slot = |key: u64| self.slots.get(high(key, self.slots.len())).copied().unwrap_or(0);
            let near = places
                .iter()
                .zip(&*openings)
                .fold(0, |near, (place, [one, two])| near | slot(if place.longer { *two } else { *one }));
            std::hint::black_box(near);
        }
        into.clear();
        for (place, opening) in places.iter().zip(&*openings) {
            if let Some((end, group)) = self.walk(words, place, words.len(), opening) {
                into.push(Candidate { word: place.word, end: end as u32, group });
            }
        }
    }

    /// The longest beginning at `word` that may be a name and has its end before `limit`: that end and its group.
    pub(super) fn longest(&self, words: &Words, word: u32, limit: usize) -> Option<(usize, u32)> {
        let place = Place { word, alone: true, longer: true };
        self.walk(words, &place, limit, &self.opening(words, &place))
    }

    /// The hashes of the beginnings of one and two words; the second only if it may be one.
    #[inline(always)]
    fn opening(&self, words: &Words, place: &Place) -> [u64; 2] {
        let word = place.word as usize;
        let span = words.span(word);
        let one = first(words.hash(span, self.seed));
        let longer = place.longer && word + 1 < words.len();
        [one, if longer { self.longer(words, one, word + 1, span.1) } else { 0 }]
    }

    /// The hash of the beginning that is longer by `word`, behind one that ends at the byte `before`.
    #[inline(always)]
    fn longer(&self, words: &Words, key: u64, word: usize, before: u32) -> u64 {
        let span = words.span(word);
        mix(key, words.hash(span, self.seed) | u64::from(span.0 != before))
    }

    #[inline(always)]
    fn walk(
        &self,
        words: &Words,
        place: &Place,
        limit: usize,
        &[one, two]: &[u64; 2],
    ) -> Option<(usize, u32)> {
        let (mut end, mut best) = (place.word as usize + 1, None);
        let slot = if place.alone { self.get(one) } else { ON };
        if let Some(group) = (slot as u32).checked_sub(1) {
            best = Some((end, group));
        }
        let (mut key, mut on) = (two, place.longer && slot & ON != 0);
        while on && end < limit {
            let slot = self.get(key);
            end += 1;
            if let Some(group) = (slot as u32).checked_sub(1) {
                best = Some((end, group));
            }
            on = slot & ON != 0;
            if on && end < limit {
                key = self.longer(words, key, end, words.span(end - 1).1);
            }
        }
        best
    }

    /// The slot of a hash, zero where there is none.
    #[inline(always)]
    fn get(&self, key: u64) -> u64 {
        self.slots[self.place(key)]
    }

    /// The slot of a hash, or the empty one where it belongs. A full table has neither: then any.
    #[inline(always)]
    fn place(&self, key: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = high(key, self.slots.len());
        for _ in 0..last {
            let slot = self.slots[at & last];
            if slot == 0 || (slot & !ON) >> 32 == mark(key) >> 32 {
                break;
            }
            at = (at + 1) & last;
        }
        at
    }
}

struct Walks<'p> {
    prefixes: &'p Prefixes,
    words: &'p Words,
    places: &'p [Place],
    openings: &'p mut Vec<[u64; 2]>,
    into: &'p mut Vec<Candidate>,
}

impl Work for Walks<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        self.prefixes.walks(self.words, self.places, self.openings, self.into);
    }
}

/// What a slot holds of a hash: never zero, so that no used slot looks empty.
#[inline(always)]
fn mark(key: u64) -> u64 {
    (key << 32 | 1 << 32) & !ON
}

/// As many of the upper bits as number `len` places, a power of two.
#[inline(always)]
fn high(key: u64, len: usize) -> usize {
    // Twice, since to move by all 64 bits is not defined.
    (key >> 1 >> (63 - len.trailing_zeros())) as usize & (len - 1)
}
