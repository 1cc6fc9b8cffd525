//! Sixty-four bytes looked at together: which of them are letters, which are gaps, as sets of bits.

use super::fold::{Class, class};
use super::simd::Simd;

/// Bytes that are looked at together.
pub(super) const BLOCK: usize = 64;

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

/// A dash or a quotation mark at the beginning of some bytes, folded: by far the most of what is not ASCII.
#[inline]
pub(super) fn sign(bytes: &[u8]) -> Option<&'static str> {
    Some(match bytes {
        [0xE2, 0x80, 0x98 | 0x99, ..] => "'",
        [0xE2, 0x80, 0x9C | 0x9D, ..] => "\"",
        [0xE2, 0x80, 0x93, ..] => "–",
        [0xE2, 0x80, 0x94, ..] => "—",
        _ => return None,
    })
}

impl Sets {
    /// Adds the characters of the block at `base` that begin at `leads` and are not ASCII. `before` says whether the
    /// byte before the block belongs to a run of letters (1) or to a word by itself (2).
    pub(super) fn add(&mut self, text: &str, base: usize, mut leads: u64, before: u64) {
        while leads != 0 {
            let at = leads.trailing_zeros();
            leads &= leads - 1;
            let Some(rest) = text.get(base + at as usize..) else { return };
            if sign(rest.as_bytes()).is_some() {
                self.lone |= 1 << at;
                self.more |= 0b110 << at;
                continue;
            }
            let Some(c) = rest.chars().next() else { return };
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
    }
}

/// What the bytes of a block are, where they are ASCII, as sets.
pub(super) struct Classes {
    pub(super) words: u64,
    pub(super) gaps: u64,
    /// Not ASCII.
    pub(super) high: u64,
}

/// Tells the bytes of a block apart, and puts it to `lower` in lower case.
#[inline(always)]
pub(super) fn classes(block: &[u8; BLOCK], lower: &mut [u8; BLOCK], simd: impl Simd) -> Classes {
    let (mut words, mut gaps) = ([0; BLOCK], [0; BLOCK]);
    let flags = words.iter_mut().zip(gaps.iter_mut());
    // No branches: the compiler takes as many bytes at a time as the processor can.
    for ((&byte, lower), (word, gap)) in block.iter().zip(lower.iter_mut()).zip(flags) {
        let alpha = all((byte | 0x20).wrapping_sub(b'a') < 26);
        *lower = byte | alpha & 0x20;
        *word = alpha | all(byte.wrapping_sub(b'0') < 10) | all(byte == b'_');
        *gap = all(byte == b' ') | all(byte == b'-') | all(byte.wrapping_sub(9) < 5);
    }
    Classes { words: simd.high_bits(&words), gaps: simd.high_bits(&gaps), high: simd.high_bits(block) }
}

/// A byte of ones or of zeros.
#[inline(always)]
pub(super) fn all(is: bool) -> u8 {
    u8::from(is).wrapping_neg()
}
