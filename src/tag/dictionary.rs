//! What training saw of a word: its class among words that stand in the same places, and which tags it took.

use serde::{Deserialize, Serialize};

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its class, induced from raw text; 0 where it is too rare.
    pub class: u16,
    /// The set of tags that it took, as a number; 0 where it is too rare.
    pub tags: u16,
    /// Its tag, where it had no other: an index into the labels of the tagger.
    pub sure: Option<u8>,
}

/// Words by the hash of their lower form.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    slots: Vec<(u32, Known)>,
    mask: usize,
}

impl Dictionary {
    /// Of hashes and what is known of them.
    pub fn new(words: &[(u32, Known)]) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(2);
        let mask = size - 1;
        let mut slots = vec![(0, Known::default()); size];
        for &(hash, known) in words {
            let mut at = hash as usize & mask;
            while slots[at].0 != 0 && slots[at].0 != hash {
                at = (at + 1) & mask;
            }
            slots[at] = (hash, known);
        }
        Self { slots, mask }
    }

    /// What is known of a word; nothing of one that was never seen.
    #[inline]
    pub fn get(&self, hash: u32) -> Known {
        let mut at = hash as usize & self.mask;
        while let Some((found, known)) = self.slots.get(at) {
            if *found == hash {
                return *known;
            }
            if *found == 0 {
                break;
            }
            at = (at + 1) & self.mask;
        }
        Known::default()
    }
}
