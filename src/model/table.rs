//! A sparse table of weights: from the hash of a feature to a row of small integers.

use serde::{Deserialize, Serialize};
use std::ops::Range;

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
            && self.numbers(0..self.columns.len() / 2).all(|number| number <= zigzag(limit))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.steps.len() / 4
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The weights of one label, of some rows.
    fn column(&self, label: usize, rows: Range<usize>) -> impl Iterator<Item = i16> + '_ {
        let first = label * self.len();
        self.numbers(first + rows.start..first + rows.end).map(unzigzag)
    }

    /// Some of all weights, zigzag.
    fn numbers(&self, range: Range<usize>) -> impl Iterator<Item = u16> + '_ {
        let (low, high) = self.columns.split_at(self.columns.len() / 2);
        let pairs = low[range.clone()].iter().zip(&high[range]);
        pairs.map(|(low, high)| u16::from_le_bytes([*low, *high]))
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

/// Slots that are looked through at once.
const BUCKET: usize = 4;

/// Rows that are compiled together, so that they stay in a near cache while their columns are read one after the other.
const BLOCK: usize = 1024;

/// Features that are looked up together; callers may hand over more.
const BATCH: usize = 96;

/// A weight as a table holds it, and the number that its sums fit into.
pub trait Weight: Copy + Default {
    /// Of sums.
    type Score: Copy + std::ops::AddAssign + From<Self>;
    /// The stored weight, which is in the range of this type.
    fn new(weight: i16) -> Self;
}

impl Weight for i8 {
    type Score = i16;
    fn new(weight: i16) -> Self {
        weight as i8
    }
}

impl Weight for i16 {
    type Score = i32;
    fn new(weight: i16) -> Self {
        weight
    }
}

/// Rows compiled for use: `W` weights a row, found in a bucket of four slots.
///
/// A slot holds 14 bits of the hash and 18 bits of the row's number. A look takes in its bucket whole and never goes on
/// to another, so it has no branch that could be guessed wrong: whether a feature has a row is as good as chance. The
/// price is that a bucket keeps four rows, those with the largest weights; of 2^18 rows in 2^19 slots some 4 % go.
pub struct Table<const W: usize, T = i8> {
    buckets: Vec<[u32; BUCKET]>,
    mask: u32,
    /// The first row is that of all features that have none.
    lines: Vec<Line<T>>,
}

/// Weights that begin with a line of the cache: a row of 64 bytes is one line, and smaller ones never lie across two.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line<T>([T; LINE]);

const LINE: usize = 64;

impl<const W: usize, T: Weight> Table<W, T> {
    /// Rows in a line.
    const ROWS: usize = LINE / W;

    /// Compiles rows, which have to be sound; see [`Rows::is_sound`].
    pub fn new(stored: &Rows) -> Self {
        let count = stored.len();
        let mask = (count * 2 / BUCKET).next_power_of_two() as u32 - 1;
        let mut lines = vec![Line([T::default(); LINE]); (count + 1).div_ceil(Self::ROWS)];
        let mut sizes = vec![0u32; count + 1];
        for first in (0..count).step_by(BLOCK) {
            let rows = first..count.min(first + BLOCK);
            for label in 0..W {
                for (row, weight) in (first + 1..).zip(stored.column(label, rows.clone())) {
                    lines[row / Self::ROWS].0[row % Self::ROWS * W + label] = T::new(weight);
                    sizes[row] += u32::from(weight.unsigned_abs());
                }
            }
        }
        let mut buckets = vec![[0; BUCKET]; mask as usize + 1];
        for (hash, row) in stored.hashes().zip(1u32..) {
            let mut slot = hash & !ROW | row;
            let bucket = &mut buckets[(hash & mask) as usize];
            // Of two that a slot cannot tell apart the larger stays, of equal ones the first.
            let alike = |other: &&mut u32| **other & ROW != 0 && (**other ^ slot) & !ROW == 0;
            if let Some(other) = bucket.iter_mut().find(alike) {
                if sizes[(*other & ROW) as usize] < sizes[row as usize] {
                    *other = slot;
                }
                continue;
            }
            // The smallest of the five goes; of equal ones the last.
            for place in bucket {
                if sizes[(*place & ROW) as usize] < sizes[(slot & ROW) as usize] {
                    std::mem::swap(place, &mut slot);
                }
            }
        }
        Self { buckets, mask, lines }
    }

    /// The number of a feature's row; 0 where it has none.
    #[inline(always)]
    fn row(&self, hash: u32) -> u32 {
        let [a, b, c, d] = self.buckets[(hash & self.mask) as usize];
        let row = |slot: u32| if (slot ^ hash) & !ROW == 0 { slot & ROW } else { 0 };
        row(a) | row(b) | row(c) | row(d)
    }

    /// Adds the rows of features to the scores: compiled twice, for any processor and for those with AVX2, which are most.
    #[inline]
    pub fn add(&self, features: &[u32], scores: &mut [T::Score; W]) {
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            return simd.vectorize(Add { table: self, features, scores });
        }
        self.sum(features, scores);
    }

    #[inline(always)]
    fn sum(&self, features: &[u32], scores: &mut [T::Score; W]) {
        let mut found = [0; BATCH];
        let mut sums = *scores;
        for batch in features.chunks(BATCH) {
            let mut count = 0;
            for hash in batch {
                let row = self.row(*hash);
                found[count] = row;
                count += usize::from(row != 0);
            }
            for row in &found[..count] {
                let row = *row as usize;
                let row = &self.lines[row / Self::ROWS].0[row % Self::ROWS * W..][..W];
                for i in 0..W {
                    sums[i] += row[i].into();
                }
            }
        }
        *scores = sums;
    }
}

/// A sum to be made.
#[cfg(target_arch = "x86_64")]
struct Add<'a, const W: usize, T: Weight> {
    table: &'a Table<W, T>,
    features: &'a [u32],
    scores: &'a mut [T::Score; W],
}

#[cfg(target_arch = "x86_64")]
impl<const W: usize, T: Weight> pulp::NullaryFnOnce for Add<'_, W, T> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.table.sum(self.features, self.scores);
    }
}

impl<const W: usize, T> std::fmt::Debug for Table<W, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table<{W}>({} lines)", self.lines.len())
    }
}

/// The features of one decision, gathered before any is looked up, so that no look waits for another.
#[derive(Debug)]
pub struct Features {
    hashes: [u32; Features::ROOM],
    count: usize,
}

impl Features {
    /// The most that a decision can have; what is beyond it is lost.
    pub const ROOM: usize = 2 * BATCH;

    /// None as yet.
    pub fn new() -> Self {
        Self { hashes: [0; Self::ROOM], count: 0 }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.count = 0;
    }

    /// Takes one more.
    #[inline]
    pub fn push(&mut self, hash: u32) {
        if let Some(place) = self.hashes.get_mut(self.count) {
            *place = hash;
            self.count += 1;
        }
    }
}

impl Default for Features {
    fn default() -> Self {
        Self::new()
    }
}

impl std::ops::Deref for Features {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.hashes[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        Rows::new(2, vec![(7 << 20, vec![-127, 127]), (3 << 20, vec![0, -1]), (u32::MAX, vec![5, -5])])
    }

    #[test]
    fn rows_come_back_by_their_hashes() {
        let table = Table::<2>::new(&rows());
        for (hash, row) in
            [(3 << 20, [0, -1]), (7 << 20, [-127, 127]), (u32::MAX, [5, -5]), (8 << 20, [0, 0])]
        {
            let mut scores = [0, 0];
            table.add(&[hash], &mut scores);
            assert_eq!(scores, row);
        }
        let mut scores = [1, 1];
        table.add(&[7 << 20, 9 << 20], &mut scores);
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
