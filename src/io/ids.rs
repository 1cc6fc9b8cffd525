//! Which ids have been seen, and where first.

use rustc_hash::FxHashMap;
use std::hash::{BuildHasher, RandomState};

/// A set of ids that keeps 128 bits of each, however long it is. The hash is keyed at random, so
/// that nobody can write an id that passes for another.
#[derive(Default)]
pub(super) struct Ids {
    keys: (RandomState, RandomState),
    seen: FxHashMap<(u64, u64), (u32, u32)>,
}

impl Ids {
    /// Where `id` was first seen (file and line), or `None` if it is now.
    pub(super) fn first(&mut self, id: &str, file: usize, line: u64) -> Option<(usize, u64)> {
        let hash = (self.keys.0.hash_one(id), self.keys.1.hash_one(id));
        let here = (file as u32, u32::try_from(line).unwrap_or(u32::MAX));
        match self.seen.entry(hash) {
            std::collections::hash_map::Entry::Occupied(first) => {
                let (file, line) = *first.get();
                Some((file as usize, u64::from(line)))
            }
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(here);
                None
            }
        }
    }
}
