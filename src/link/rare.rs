//! Which names tell something by standing beside others.

use super::census::Tally;
use super::names::Name;
use rustc_hash::FxHashMap;

/// Which names beside a name are rare enough to tell something: those in at most as many documents as the root of all.
pub(super) struct Rare {
    spread: FxHashMap<u32, u64>,
    most: u64,
}

impl Rare {
    pub(super) fn new(names: &[Name], documents: u64) -> Self {
        let mut spread: FxHashMap<u32, u64> = FxHashMap::default();
        for name in names {
            *spread.entry(name.tally.hash()).or_default() += name.tally.documents;
        }
        Self { spread, most: documents.isqrt().max(3) }
    }

    /// Whether two names have stood beside the same rare one.
    pub(super) fn shared(&self, a: &Tally, b: &Tally) -> bool {
        let rare = |hash: &u32| self.spread.get(hash).is_some_and(|spread| *spread <= self.most);
        a.company.iter().filter(|hash| b.company.binary_search(hash).is_ok()).any(rare)
    }
}
