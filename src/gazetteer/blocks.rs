//! Sixty-four bytes looked at together: which of them are letters, which are gaps, as sets of bits.

use super::fold::{Class, class};
use super::simd::Simd;
use super::words::raised;

/// Bytes that are looked at together.
pub(super) const BLOCK: usize = 64;

/// What is kept of a block, as sets of bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Block {
    /// Words are over before here.
    pub(super) ends: u64,
    /// Bytes of characters but their first.
    pub(super) inner: u64,
    /// How many such bytes there are in the blocks before.
    pub(super) before: u32,
}

/// Sets of bytes of a block and of the one behind it, into which its last character may reach.
#[derive(Clone, Copy, Default)]
pub(super) struct Sets {
    /// Bytes of letters.
    pub(super) word: u128,
    /// First bytes of characters that are words by themselves.
    pub(super) lone: u128,
    /// Their other bytes, and those of the marks that belong to them.
    pub(super) more: u128,
}

/// Whether bytes begin with a quotation mark or a dash of three bytes, by far the most of what is not ASCII, and the
/// mark folded; a dash stays as it is.
#[inline]
fn sign(bytes: &[u8]) -> Option<Option<u8>> {
    Some(match bytes {
        [0xE2, 0x80, 0x98 | 0x99, ..] => Some(raised(b'\'')),
        [0xE2, 0x80, 0x9C | 0x9D, ..] => Some(raised(b'"')),
        [0xE2, 0x80, 0x93 | 0x94, ..] => None,
        _ => return None,
    })
}

impl Sets {
    /// Adds the characters of the block at `base` that begin at `leads` and are not ASCII. `before` says whether the
    /// byte before the block belongs to a run of letters (1) or to a word by itself (2). Folds quotation marks in
    /// `letters`; says which characters are left to fold.
    pub(super) fn add(
        &mut self,
        text: &str,
        base: usize,
        mut leads: u64,
        before: u64,
        letters: &mut [u8; BLOCK],
    ) -> u64 {
        let mut left = 0;
        while leads != 0 {
            let at = leads.trailing_zeros();
            leads &= leads - 1;
            let Some(rest) = text.get(base + at as usize..) else { return left };
            if let Some(sign) = sign(rest.as_bytes())
                && let Some(room) = letters.get_mut(at as usize..at as usize + 3)
            {
                self.lone |= 1 << at;
                self.more |= 0b110 << at;
                if let Some(sign) = sign {
                    room.copy_from_slice(&[sign, 0, 0]);
                }
                continue;
            }
            left |= 1 << at;
            let Some(c) = rest.chars().next() else { return left };
            let bytes = ((1u128 << c.len_utf8()) - 1) << at;
            let is = |set: u128, carried: u64| if at == 0 { carried == 1 } else { set >> (at - 1) & 1 == 1 };
            match class(c) {
                Class::Word => self.word |= bytes,
                Class::Mark if is(self.word, before & 1) => self.word |= bytes,
                Class::Mark if is(self.lone | self.more, before >> 1) => self.more |= bytes,
                Class::Mark | Class::Gap => {}
                Class::Lone | Class::Sign => {
                    self.lone |= 1 << at;
                    self.more |= bytes & !(1 << at);
                }
            }
        }
        left
    }
}

/// What the bytes of a block are, where they are ASCII, as sets.
pub(super) struct Classes {
    pub(super) words: u64,
    pub(super) gaps: u64,
    /// Not ASCII.
    pub(super) high: u64,
}

/// Tells the bytes of a block apart, and puts its letters to `letters` as [`super::words::Words`] keeps them.
#[inline(always)]
pub(super) fn classes(block: &[u8; BLOCK], letters: &mut [u8; BLOCK], simd: impl Simd) -> Classes {
    let (mut words, mut gaps) = ([0; BLOCK], [0; BLOCK]);
    let flags = words.iter_mut().zip(gaps.iter_mut());
    // No branches: the compiler takes as many bytes at a time as the processor can.
    for ((&byte, letter), (word, gap)) in block.iter().zip(letters.iter_mut()).zip(flags) {
        let alpha = all((byte | 0x20).wrapping_sub(b'a') < 26);
        *word = alpha | all(byte.wrapping_sub(b'0') < 10) | all(byte == b'_');
        *gap = all(byte == b' ') | all(byte == b'-') | all(byte.wrapping_sub(9) < 5);
        *letter = (byte | alpha & 0x20 | !*word & 0x80) & !*gap;
    }
    Classes { words: simd.high_bits(&words), gaps: simd.high_bits(&gaps), high: simd.high_bits(block) }
}

/// A byte of ones or of zeros.
#[inline(always)]
pub(super) fn all(is: bool) -> u8 {
    u8::from(is).wrapping_neg()
}
