//! What the first reading made of a word: here, and in the other places of the document where it stands.
//!
//! A name is clear in one place and not in another; the second reading knows both.

use super::Name;
use super::decode::{BEGIN, INSIDE};
use crate::labels::Label;
use crate::tag::{Shape, Word};
use rustc_hash::FxHashMap;

/// The first reading's word on a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Echo {
    /// Its label here.
    pub(crate) here: u8,
    /// The kind of thing it is mostly taken for elsewhere, from 2; 1 for none of them, 0 where it stands nowhere else.
    /// The highest bit tells that all places agree.
    pub(crate) elsewhere: u8,
}

/// For each word of a document what the names that were found say of it.
pub(crate) fn echo(words: &[Word], names: &[Name]) -> Vec<Echo> {
    let mut echo = vec![Echo::default(); words.len()];
    for (range, label) in names {
        for i in range.clone() {
            let place = if i == range.start { BEGIN } else { INSIDE };
            echo[i].here = (*label as usize * 2 + place) as u8;
        }
    }
    const KINDS: usize = Label::ALL.len() + 1;
    let kind = |echo: &Echo| usize::from(echo.here.div_ceil(2));
    let named = |word: &Word| word.shape & Shape::UPPER != 0;
    let mut counts: FxHashMap<u32, [u16; KINDS]> = FxHashMap::default();
    for (word, echo) in words.iter().zip(&echo).filter(|(word, _)| named(word)) {
        let count = &mut counts.entry(word.lower).or_default()[kind(echo)];
        *count = count.saturating_add(1);
    }
    for (word, echo) in words.iter().zip(&mut echo).filter(|(word, _)| named(word)) {
        let Some(mut others) = counts.get(&word.lower).copied() else { continue };
        others[kind(echo)] = others[kind(echo)].saturating_sub(1);
        let all: u32 = others.iter().map(|n| u32::from(*n)).sum();
        if all > 0 {
            let top = (0..KINDS).fold(0, |top, k| if others[k] > others[top] { k } else { top });
            let agreed = u32::from(others[top]) == all;
            echo.elsewhere = (top as u8 + 1) | if agreed { 0x80 } else { 0 };
        }
    }
    echo
}
