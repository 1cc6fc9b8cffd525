//! A sparse table of weights: from the hash of a feature to a row of small integers.

use serde::{Deserialize, Serialize};

/// Rows as a model file stores them: sorted by hash, weights in the range of the table that they are compiled to.
///
/// Both are kept as bytes that are read in one go: a file is opened at every start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Weights in a row.
    width: u32,
    /// The hash of the first row, then each hash less the one before, as four bytes each: all first bytes, then all
    /// second ones, and so on, which compresses best.
    #[serde(with = "serde_bytes")]
    steps: Vec<u8>,
    /// The weights, column by column, zigzag, as two bytes each in the same way: most are small, so one of the bytes is 0.
    #[serde(with = "serde_bytes")]
    columns: Vec<u8>,
}

impl Rows {
    /// Of hashes with their rows, in any order; no hash twice.
    pub fn new(width: usize, mut rows: Vec<(u32, Vec<i16>)>) -> Self {
        rows.sort_by_key(|(hash, _)| *hash);
        let mut last = 0;
        let steps: Vec<[u8; 4]> =
            rows.iter().map(|(hash, _)| (hash - std::mem::replace(&mut last, *hash)).to_le_bytes()).collect();
        let weights: Vec<[u8; 2]> =
            (0..width).flat_map(|c| rows.iter().map(move |(_, row)| zigzag(row[c]).to_le_bytes())).collect();
        Self { width: width as u32, steps: planes(&steps), columns: planes(&weights) }
    }

    /// Whether the parts fit each other and no weight is beyond `limit`.
    pub fn is_sound(&self, width: usize, limit: i16) -> bool {
        self.width as usize == width
            && self.columns.len() == self.len() * width * 2
            && self.steps.len() == self.len() * 4
            && self.len() < 1 << ROW_BITS
            && self.columns().all(|column| column.into_iter().all(|weight| weight.abs() <= limit))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.steps.len() / 4
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The weights of one label after the other.
    pub fn columns(&self) -> impl Iterator<Item = Vec<i16>> + '_ {
        let (count, half) = (self.len(), self.columns.len() / 2);
        (0..self.width as usize).map(move |c| {
            let low = self.columns[..half].iter().skip(c * count);
            let high = self.columns[half..].iter().skip(c * count);
            low.zip(high).take(count).map(|(low, high)| unzigzag(u16::from_le_bytes([*low, *high]))).collect()
        })
    }

    /// The hash of every row.
    pub fn hashes(&self) -> impl Iterator<Item = u32> + '_ {
        let count = self.len();
        (0..count).scan(0u32, move |hash, i| {
            let byte = |plane: usize| self.steps[plane * count + i];
            *hash = hash.wrapping_add(u32::from_le_bytes([byte(0), byte(1), byte(2), byte(3)]));
            Some(*hash)
        })
    }
}

/// 0, -1, 1, -2, ... as 0, 1, 2, 3, ...
fn zigzag(weight: i16) -> u16 {
    ((weight << 1) ^ (weight >> 15)) as u16
}

fn unzigzag(number: u16) -> i16 {
    (number >> 1) as i16 ^ -((number & 1) as i16)
}

/// All first bytes, then all second ones, and so on.
fn planes<const N: usize>(items: &[[u8; N]]) -> Vec<u8> {
    (0..N).flat_map(|plane| items.iter().map(move |bytes| bytes[plane])).collect()
}

const ROW_BITS: u32 = 18;
const ROW: u32 = (1 << ROW_BITS) - 1;

/// Rows compiled for use: `W` weights a row, found through one slot of four bytes.
///
/// A slot holds 14 bits of the hash and 18 bits of the row's number plus one, so that a feature that no row has, which
/// most are, costs one look.
pub struct Table<const W: usize> {
    slots: Vec<u32>,
    mask: u32,
    rows: Vec<[i8; W]>,
}

impl<const W: usize> Table<W> {
    /// Compiles rows, which have to be sound; see [`Rows::is_sound`].
    pub fn new(stored: &Rows) -> Self {
        let count = stored.len();
        let size = (count * 2).next_power_of_two().max(16);
        let mask = size as u32 - 1;
        let mut slots = vec![0; size];
        for (i, hash) in stored.hashes().enumerate() {
            let mut at = hash & mask;
            while slots[at as usize] != 0 {
                at = (at + 1) & mask;
            }
            slots[at as usize] = hash & !ROW | (i as u32 + 1);
        }
        let mut rows = vec![[0; W]; count];
        for (c, column) in stored.columns().enumerate().take(W) {
            for (row, weight) in rows.iter_mut().zip(column) {
                row[c] = weight as i8;
            }
        }
        Self { slots, mask, rows }
    }

    /// The row of a feature.
    #[inline]
    pub fn get(&self, hash: u32) -> Option<&[i8; W]> {
        let mut at = hash & self.mask;
        loop {
            let slot = self.slots[at as usize];
            if slot == 0 {
                return None;
            }
            if (slot ^ hash) & !ROW == 0 {
                return self.rows.get((slot & ROW) as usize - 1);
            }
            at = (at + 1) & self.mask;
        }
    }

    /// Adds the row of a feature to the scores.
    #[inline]
    pub fn add(&self, hash: u32, scores: &mut [i16; W]) {
        if let Some(row) = self.get(hash) {
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += i16::from(*weight);
            }
        }
    }
}

impl<const W: usize> std::fmt::Debug for Table<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table<{W}>({} rows)", self.rows.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        Rows::new(2, vec![(7 << 20, vec![-127, 127]), (3, vec![0, -1]), (u32::MAX, vec![5, -5])])
    }

    #[test]
    fn rows_come_back_by_their_hashes() {
        let table = Table::<2>::new(&rows());
        for (hash, row) in [(3, [0, -1]), (7 << 20, [-127, 127]), (u32::MAX, [5, -5])] {
            assert_eq!(table.get(hash), Some(&row));
        }
        assert_eq!(table.get(8), None);
        let mut scores = [1, 1];
        table.add(7 << 20, &mut scores);
        table.add(9, &mut scores);
        assert_eq!(scores, [-126, 128]);
    }

    #[test]
    fn parts_that_do_not_fit_are_unsound() {
        assert!(rows().is_sound(2, 127));
        assert!(!rows().is_sound(2, 126) && !rows().is_sound(3, 127));
        let mut cut = rows();
        cut.columns.pop();
        assert!(!cut.is_sound(2, 127));
        let mut cut = rows();
        cut.steps.pop();
        assert!(!cut.is_sound(2, 127));
    }

    #[test]
    fn every_weight_comes_back() {
        for weight in [0, 1, -1, 127, -127, 2047, -2047, i16::MAX, i16::MIN] {
            assert_eq!(unzigzag(zigzag(weight)), weight);
        }
    }
}
