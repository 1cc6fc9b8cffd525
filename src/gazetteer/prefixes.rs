//! A trie over hashed words, as one table of all beginnings of names.
//!
//! A beginning is known by a hash that grows with each word, so a step through the trie is one look into the
//! table, and no node needs a number. Two beginnings may share a hash: whoever takes a name from here compares
//! its letters. Where to look at all is what [`super::sift`] tells.

use super::sift::Place;
use super::words::{Words, mix};

/// The table.
#[derive(Debug, Default)]
pub(super) struct Prefixes {
    /// A power of two of slots: the low half of a hash, and in the low half of the slot one more than the group of
    /// names that end there, or zero. An empty slot is zero.
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
    /// A table of beginnings.
    pub(super) fn new(beginnings: &[u64], seed: u64) -> Self {
        let slots = (beginnings.len() * 2).next_power_of_two().max(16);
        let mut prefixes = Self { slots: vec![0; slots], seed };
        for &key in beginnings {
            let at = prefixes.place(key);
            prefixes.slots[at] = mark(key) | u64::from(prefixes.slots[at] as u32);
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
        self.slots[at] = mark(key) | u64::from(group + 1);
        Ok(())
    }

    /// The longest that may be a name at each of `places`. A large table lies in slow memory, and to ask for all places
    /// at once takes not much longer than to ask for one; `openings` is memory for that.
    #[inline(always)]
    pub(super) fn candidates(
        &self,
        words: &Words,
        places: &[Place],
        openings: &mut Vec<[u64; 2]>,
        into: &mut Vec<Candidate>,
    ) {
        openings.clear();
        openings.extend(places.iter().map(|place| self.opening(words, place)));
        if self.slots.len() > NEAR {
            let slot = |key: u64| self.slots.get(high(key, self.slots.len())).copied().unwrap_or(0);
            let near = places
                .iter()
                .zip(&*openings)
                .fold(0, |near, (place, [one, two])| near | slot(if place.longer { *two } else { *one }));
            std::hint::black_box(near);
        }
        into.clear();
        into.extend(places.iter().zip(&*openings).filter_map(|(place, opening)| {
            let (end, group) = self.walk(words, place, words.len(), opening)?;
            Some(Candidate { word: place.word, end: end as u32, group })
        }));
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
        let mut end = place.word as usize + 1;
        let group = if place.alone { self.get(one).unwrap_or(0) } else { 0 };
        let mut best = group.checked_sub(1).map(|group| (end, group));
        if !place.longer {
            return best;
        }
        let mut key = two;
        while end < limit {
            end += 1;
            match self.get(key) {
                None => break,
                Some(0) => {}
                Some(group) => best = Some((end, group - 1)),
            }
            if end < limit {
                key = self.longer(words, key, end, words.span(end - 1).1);
            }
        }
        best
    }

    #[inline(always)]
    fn get(&self, key: u64) -> Option<u32> {
        let slot = self.slots[self.place(key)];
        (slot != 0).then_some(slot as u32)
    }

    /// The slot of a hash, or the empty one where it belongs. A full table has neither: then any.
    #[inline(always)]
    fn place(&self, key: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = high(key, self.slots.len());
        for _ in 0..last {
            let slot = self.slots[at & last];
            if slot == 0 || slot >> 32 == mark(key) >> 32 {
                break;
            }
            at = (at + 1) & last;
        }
        at
    }
}

/// What a slot holds of a hash: never zero, so that no used slot looks empty.
#[inline(always)]
fn mark(key: u64) -> u64 {
    (key | 1) << 32
}

/// As many of the upper bits as number `len` places, a power of two.
#[inline(always)]
fn high(key: u64, len: usize) -> usize {
    // Twice, since to move by all 64 bits is not defined.
    (key >> 1 >> (63 - len.trailing_zeros())) as usize & (len - 1)
}
