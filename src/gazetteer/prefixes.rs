//! A trie over hashed words, as one table of all beginnings of names.
//!
//! A beginning is known by a hash that grows with each word, so a step through the trie is one look into the
//! table, and no node needs a number. Two beginnings may share a hash: whoever takes a name from here compares
//! its letters. Most words begin no name at all, and most of the others none with the word that follows: two
//! filters tell, and neither asks anything of the branch predictor.

use super::filter::Filter;
use super::simd::{Simd, Work, dispatch};
use super::words::{Words, mix};

/// The table and its filters.
#[derive(Debug, Default)]
pub(super) struct Prefixes {
    /// A power of two of slots: the low half of a hash, and in the low half of the slot one more than the group of
    /// names that end there, or zero. An empty slot is zero.
    pub(super) slots: Vec<u64>,
    /// First words.
    pub(super) firsts: Filter,
    /// First two words, and only words.
    pub(super) openings: Filter,
}

/// Two names with different letters came to one slot: another seed will tell them apart.
#[derive(Debug)]
pub(super) struct Clash;

/// The beginnings of a name as hashes, each one word longer; the last is that of the name.
pub(super) fn keys(words: &Words) -> impl Iterator<Item = u64> + '_ {
    let hashes = &words.hashes()[..words.len()];
    hashes.iter().enumerate().scan(0, |key, (i, &hash)| {
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
    pub(super) fn new(beginnings: &[u64], firsts: &[u64], openings: &[u64]) -> Self {
        let slots = (beginnings.len() * 2).next_power_of_two().max(16);
        let (firsts, openings) = (Filter::new(firsts), Filter::new(openings));
        let mut prefixes = Self { slots: vec![0; slots], firsts, openings };
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

    /// Puts the words where a name may begin to the front of `places`, and says how many there are.
    pub(super) fn sift(&self, words: &Words, places: &mut Vec<u32>) -> usize {
        dispatch(Sift { prefixes: self, words, places })
    }

    #[inline(always)]
    fn sifted(&self, words: &Words, places: &mut Vec<u32>) -> usize {
        let hashes = words.hashes();
        if places.len() < hashes.len() {
            places.resize(hashes.len().next_power_of_two(), 0);
        }
        let Some(places) = places.get_mut(..hashes.len()) else { return 0 };
        let (firsts, openings) = (self.firsts.view(), self.openings.view());
        let mut begun = 0;
        for (word, &hash) in hashes[..words.len()].iter().enumerate() {
            places[begun] = word as u32;
            begun += usize::from(firsts.may_have(first(hash)));
        }
        let mut count = 0;
        for i in 0..begun {
            let word = places[i];
            // Behind the last word there is a zero, which leads to nothing.
            let Some([one, two]) = hashes.get(word as usize..).and_then(|rest| rest.first_chunk()) else {
                break;
            };
            let one = first(*one);
            places[count] = word;
            count += usize::from(openings.may_have(one) | openings.may_have(mix(one, *two)));
        }
        count
    }

    /// The longest beginning at `word` that may be a name and has its end before `limit`: that end and its group.
    pub(super) fn longest(&self, words: &Words, word: usize, limit: usize) -> Option<(usize, u32)> {
        let mut key = first(words.hashes()[word]);
        let (mut best, mut end) = (None, word + 1);
        // Where no name has this word alone there is a longer beginning to look at, and only that.
        let mut group = if self.openings.view().may_have(key) { self.get(key)? } else { 0 };
        loop {
            if let Some(group) = group.checked_sub(1) {
                best = Some((end, group));
            }
            if end >= limit {
                return best;
            }
            key = mix(key, words.hashes()[end]);
            end += 1;
            let Some(next) = self.get(key) else { return best };
            group = next;
        }
    }

    /// Brings to the processor what [`Prefixes::longest`] will look at: a large table lies in slow memory, and to ask for
    /// all places at once takes not much longer than to ask for one.
    pub(super) fn touch(&self, words: &Words, places: &[u32]) {
        let hashes = words.hashes();
        let slot = |word: &u32| {
            let two = mix(first(hashes[*word as usize]), hashes[*word as usize + 1]);
            self.slots.get(high(two, self.slots.len())).copied().unwrap_or(0)
        };
        std::hint::black_box(places.iter().fold(0, |seen, word| seen | slot(word)));
    }

    fn get(&self, key: u64) -> Option<u32> {
        let slot = self.slots[self.place(key)];
        (slot != 0).then_some(slot as u32)
    }

    /// The slot of a hash, or the empty one where it belongs. A full table has neither: then any.
    fn place(&self, key: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = high(key, self.slots.len());
        for _ in 0..last {
            let slot = self.slots[at];
            if slot == 0 || slot >> 32 == mark(key) >> 32 {
                break;
            }
            at = (at + 1) & last;
        }
        at
    }
}

/// Finds the places where a name may begin.
struct Sift<'s> {
    prefixes: &'s Prefixes,
    words: &'s Words,
    places: &'s mut Vec<u32>,
}

impl Work for Sift<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<S: Simd>(self, _: S) -> usize {
        self.prefixes.sifted(self.words, self.places)
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
