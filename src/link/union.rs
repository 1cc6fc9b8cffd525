//! Sets of names that are one, with what forbids that two become one.

/// Names by rank, in sets; the smallest rank of a set stands for it.
#[derive(Debug)]
pub(super) struct Union {
    parent: Vec<u32>,
    /// Of a set, by the rank that stands for it: the rank whose id a list knows.
    known: Vec<Option<u32>>,
}

impl Union {
    /// Every name alone; `known` says of each which number its id has in a list, if any.
    pub(super) fn new(known: Vec<Option<u32>>) -> Self {
        Self { parent: (0..known.len() as u32).collect(), known }
    }

    /// What stands for the set of a name.
    pub(super) fn find(&mut self, rank: u32) -> u32 {
        let mut root = rank;
        while self.parent[root as usize] != root {
            root = self.parent[root as usize];
        }
        let mut at = rank;
        while self.parent[at as usize] != root {
            at = std::mem::replace(&mut self.parent[at as usize], root);
        }
        root
    }

    /// The number that a list has for the set.
    pub(super) fn known(&mut self, rank: u32) -> Option<u32> {
        let root = self.find(rank);
        self.known[root as usize]
    }

    /// Makes two sets one, unless lists know them as two; says whether they are one now.
    pub(super) fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = (a.min(b), a.max(b));
        match (self.known[low as usize], self.known[high as usize]) {
            _ if low == high => return true,
            (Some(one), Some(other)) if one != other => return false,
            (None, other) => self.known[low as usize] = other,
            _ => {}
        }
        self.parent[high as usize] = low;
        true
    }
}
