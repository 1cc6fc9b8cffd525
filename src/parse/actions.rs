//! Weights of the actions: sixteen bits of the hash and four weights of twelve bits in one word of memory.

use crate::model::Rows;

/// The largest weight.
pub(crate) const LIMIT: i16 = 2047;

/// From the hash of a feature to the weights of the four actions, in one look.
pub(crate) struct Actions {
    slots: Vec<u64>,
    mask: u32,
}

impl Actions {
    /// Compiles rows of width 4, which have to be sound for [`LIMIT`].
    pub(crate) fn new(rows: &Rows) -> Self {
        let size = (rows.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![0u64; size];
        let mask = size as u32 - 1;
        let mut packed = vec![0u64; rows.len()];
        for column in rows.columns() {
            for (all, weight) in packed.iter_mut().zip(column) {
                *all = *all << 12 | (weight as u64 & 0xFFF);
            }
        }
        for (hash, weights) in rows.hashes().zip(packed) {
            let mut at = hash & mask;
            while slots[at as usize] != 0 {
                at = (at + 1) & mask;
            }
            slots[at as usize] = weights << 16 | u64::from(hash >> 16);
        }
        Self { slots, mask }
    }

    /// Adds the weights of a feature to the scores.
    #[inline]
    pub(crate) fn add(&self, hash: u32, scores: &mut [i32; 4]) {
        let mut at = hash & self.mask;
        loop {
            let slot = self.slots[at as usize];
            if slot == 0 {
                return;
            }
            if slot as u32 & 0xFFFF == hash >> 16 {
                let weights = slot as i64;
                scores[0] += (weights >> 52) as i32;
                scores[1] += (weights << 12 >> 52) as i32;
                scores[2] += (weights << 24 >> 52) as i32;
                scores[3] += (weights << 36 >> 52) as i32;
                return;
            }
            at = (at + 1) & self.mask;
        }
    }
}

impl std::fmt::Debug for Actions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Actions({} slots)", self.slots.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_with_their_signs() {
        let rows = Rows::new(4, vec![(7 << 20, vec![-2047, 2047, 0, -1]), (9 << 20, vec![1, 2, 3, 4])]);
        let actions = Actions::new(&rows);
        let mut scores = [0; 4];
        actions.add(7 << 20, &mut scores);
        assert_eq!(scores, [-2047, 2047, 0, -1]);
        actions.add(9 << 20, &mut scores);
        actions.add(8 << 20, &mut scores);
        assert_eq!(scores, [-2046, 2049, 3, 3]);
    }
}
