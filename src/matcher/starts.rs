//! Which two bytes a phrase may begin with: most words are turned away before the automaton sees them.

/// A set of first byte pairs, one bit each.
#[derive(Clone)]
pub(super) struct Starts {
    pairs: Box<[u64]>,
}

impl Default for Starts {
    fn default() -> Self {
        Self { pairs: vec![0; 1 << 10].into_boxed_slice() }
    }
}

impl Starts {
    /// Adds the beginning of `phrase`, which is not empty; ASCII letters in both cases if asked for.
    pub(super) fn add(&mut self, phrase: &[u8], ignore_case: bool) {
        let cases = |byte: u8| {
            if ignore_case { [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] } else { [byte, byte] }
        };
        for first in cases(phrase[0]) {
            match phrase.get(1) {
                Some(&second) => cases(second).into_iter().for_each(|second| self.insert(first, second)),
                None => (0..=255).for_each(|second| self.insert(first, second)),
            }
        }
    }

    fn insert(&mut self, first: u8, second: u8) {
        let pair = usize::from(first) << 8 | usize::from(second);
        self.pairs[pair >> 6] |= 1 << (pair & 63);
    }

    /// Whether a phrase may begin at `at`. The last byte of a text counts as if a zero byte followed.
    pub(super) fn may_begin(&self, text: &[u8], at: usize) -> bool {
        let Some(&first) = text.get(at) else { return false };
        let second = text.get(at + 1).copied().unwrap_or(0);
        let pair = usize::from(first) << 8 | usize::from(second);
        self.pairs[pair >> 6] & 1 << (pair & 63) != 0
    }
}
