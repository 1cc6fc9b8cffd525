//! A set of hashes that answers "no" or "perhaps".

/// A Bloom filter whose two bits of a hash lie in one word, so that a look costs one access.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// A power of two of words, or none.
    words: Vec<u64>,
    /// How far a hash is moved down to number them.
    shift: u32,
}

/// Bits for each hash: at least, since their number is a power of two.
const BITS: usize = 16;
/// Bits of the smallest filter.
const SMALLEST: usize = 1 << 13;

impl Filter {
    /// A filter of these hashes.
    pub(super) fn new(hashes: &[u64]) -> Self {
        let words = (hashes.len() * BITS).next_power_of_two().max(SMALLEST) / 64;
        let mut filter = Self { words: vec![0; words], shift: 64 - words.trailing_zeros() };
        for hash in hashes {
            let at = (hash >> filter.shift) as usize;
            filter.words[at] |= 1 << (hash >> 1 & 63) | 1 << (hash >> 7 & 63);
        }
        filter
    }

    /// The filter with these words, as [`Filter::words`] gave them; `None` where their number is none that it can be.
    pub(super) fn of(words: Vec<u64>) -> Option<Self> {
        let shift = 64 - words.len().trailing_zeros();
        (words.len().is_power_of_two() && words.len() > 1).then_some(Self { words, shift })
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    /// The filter for many looks in a row.
    #[inline(always)]
    pub(super) fn view(&self) -> View<'_> {
        View { words: &self.words, shift: self.shift }
    }
}

/// A filter whose parts the processor has at hand.
#[derive(Clone, Copy)]
pub(super) struct View<'f> {
    words: &'f [u64],
    shift: u32,
}

impl View<'_> {
    /// Whether a hash may be in the set.
    #[inline(always)]
    pub(super) fn may_have(self, hash: u64) -> bool {
        let word = self.words.get((hash >> self.shift) as usize).copied().unwrap_or(0);
        word >> (hash >> 1 & 63) & word >> (hash >> 7 & 63) & 1 == 1
    }
}
