//! A set of hashes that answers "no" or "perhaps".

/// A Bloom filter whose `PROBES` bits of a hash lie in one word, so that a look costs one access.
#[derive(Debug, Default)]
pub(super) struct Filter<const PROBES: u32> {
    /// A power of two of words, or none.
    words: Vec<u64>,
    /// How far a hash is moved down to number them.
    shift: u32,
}

/// Bits for each hash: at least, since their number is a power of two.
const BITS: usize = 16;
/// Where in a hash the number of its first bit is, below the number of its word.
const BIT: u32 = 40;
/// Bits of the smallest filter.
const SMALLEST: usize = 1 << 15;

impl<const PROBES: u32> Filter<PROBES> {
    /// A filter of these hashes, whose upper bits count.
    pub(super) fn new(hashes: &[u64]) -> Self {
        let words = (hashes.len() * BITS).next_power_of_two().max(SMALLEST) / 64;
        let mut filter = Self { words: vec![0; words], shift: 64 - words.trailing_zeros() };
        for &hash in hashes {
            let at = (hash >> filter.shift) as usize;
            filter.words[at] |= (0..PROBES).fold(0, |bits, i| bits | 1 << (hash >> (BIT - 6 * i) & 63));
        }
        filter
    }

    /// The filter with these words, as [`Filter::words`] gave them; `None` where their number is none that it can be.
    pub(super) fn of(words: Vec<u64>) -> Option<Self> {
        let shift = 64 - words.len().trailing_zeros();
        (words.len().is_power_of_two() && words.len() >= SMALLEST / 64).then_some(Self { words, shift })
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    /// The filter for many looks in a row.
    #[inline(always)]
    pub(super) fn view(&self) -> View<'_, PROBES> {
        View { words: &self.words, shift: self.shift }
    }
}

/// A filter whose parts the processor has at hand.
#[derive(Clone, Copy)]
pub(super) struct View<'f, const PROBES: u32> {
    words: &'f [u64],
    shift: u32,
}

impl<const PROBES: u32> View<'_, PROBES> {
    /// Whether a hash may be in the set.
    #[inline(always)]
    pub(super) fn may_have(self, hash: u64) -> bool {
        let word = self.words.get((hash >> (self.shift & 63)) as usize).copied().unwrap_or(0);
        (0..PROBES).fold(1, |bits, i| bits & word >> (hash >> (BIT - 6 * i) & 63)) & 1 == 1
    }
}
