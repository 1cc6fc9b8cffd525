//! What a document shows of a word elsewhere: whether it stands there without a capital, behind a title, after "in".
//!
//! A name is told by its clearest place (Ratinov & Roth 2009 aggregate contexts the same way).

use super::hints::Hint;
use crate::segment::Segments;
use crate::tag::{Shape, Word};
use crate::tagset::{Pos, Tags};
use rustc_hash::FxHashMap;

const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const TITLED: u8 = 4;
const GIVEN_BEFORE: u8 = 8;
const PLACE: u8 = 16;
const CAPITAL_BEFORE: u8 = 32;
const CAPITAL_AFTER: u8 = 64;
const ARTICLE: u8 = 128;

/// For each token what the document shows of its word, as bits; 0 for what is written small.
pub(crate) fn memory(segments: &Segments, words: &[Word], tags: &[Tags], hints: &[Hint]) -> Vec<u8> {
    let capital = |i: usize| words[i].shape & Shape::CAPITAL != 0;
    let mut seen: FxHashMap<u32, u8> = FxHashMap::default();
    for sentence in &segments.sentences {
        let range = sentence.range();
        for i in range.clone().filter(|&i| capital(i)) {
            let first = i == range.start;
            let last = i + 1 == range.end;
            let mut bits = if first { 0 } else { CAPITAL };
            if !first {
                bits |= if hints[i - 1].is_title() { TITLED } else { 0 };
                bits |= if hints[i - 1].is_given() { GIVEN_BEFORE } else { 0 };
                bits |= if tags[i - 1].pos == Pos::Adp { PLACE } else { 0 };
                bits |= if capital(i - 1) { CAPITAL_BEFORE } else { 0 };
                bits |= if tags[i - 1].pos == Pos::Det { ARTICLE } else { 0 };
            }
            bits |= if !last && capital(i + 1) { CAPITAL_AFTER } else { 0 };
            *seen.entry(words[i].lower).or_default() |= bits;
        }
    }
    for word in words.iter().filter(|word| word.shape & Shape::UPPER == 0) {
        if let Some(bits) = seen.get_mut(&word.lower) {
            *bits |= SMALL;
        }
    }
    (0..words.len())
        .map(|i| if capital(i) { seen.get(&words[i].lower).copied().unwrap_or(0) } else { 0 })
        .collect()
}
