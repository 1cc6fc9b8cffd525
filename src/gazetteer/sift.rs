//! Where in a text a name may begin.
//!
//! Most words begin no name at all, and most of the others none with the word that follows. Two filters tell, by the
//! short hashes of words and without a question to the branch predictor: the first while the words are listed, so
//! that all that a word costs is some twenty instructions.

use super::filter::Filter;
use super::simd::{Simd, Work, dispatch};
use super::words::Words;

/// The filters.
#[derive(Debug, Default)]
pub(super) struct Sift {
    /// First words.
    pub(super) firsts: Filter<1>,
    /// First two words, and only words.
    pub(super) openings: Filter<2>,
}

/// How the names of a gazetteer open.
#[derive(Debug, Default)]
pub(super) struct Openings {
    firsts: Vec<u64>,
    openings: Vec<u64>,
}

impl Openings {
    /// Adds a name.
    pub(super) fn add(&mut self, words: &Words) {
        let shorts = &words.shorts()[..words.len()];
        self.firsts.extend(shorts.first());
        self.openings.extend(match shorts {
            [one, two, ..] => Some(pair(*one, *two)),
            _ => shorts.first().copied(),
        });
    }

    /// The filters for all of them.
    pub(super) fn sift(mut self) -> Sift {
        for hashes in [&mut self.firsts, &mut self.openings] {
            hashes.sort_unstable();
            hashes.dedup();
        }
        Sift { firsts: Filter::new(&self.firsts), openings: Filter::new(&self.openings) }
    }
}

impl Sift {
    /// Cuts `text` into `words`, puts those where a name may begin to the front of `places`, and says how many there are.
    pub(super) fn cut(&self, text: &str, words: &mut Words, places: &mut Vec<u32>) -> usize {
        dispatch(Cut { sift: self, text, words, places })
    }
}

struct Cut<'s, 't> {
    sift: &'s Sift,
    text: &'t str,
    words: &'s mut Words,
    places: &'s mut Vec<u32>,
}

impl Work for Cut<'_, '_> {
    type Output = usize;

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> usize {
        let Self { sift, text, words, places } = self;
        words.scan(text, simd);
        let (firsts, openings) = (sift.firsts.view(), sift.openings.view());
        let begun = words.list(places, |hash| firsts.may_have(hash));
        let (shorts, mut count) = (words.shorts(), 0);
        for i in 0..begun {
            let word = places[i];
            // Behind the last word there is a zero, which leads to nothing.
            let Some([one, two]) = shorts.get(word as usize..).and_then(|rest| rest.first_chunk()) else {
                break;
            };
            places[count] = word;
            count += usize::from(openings.may_have(*one) | openings.may_have(pair(*one, *two)));
        }
        count
    }
}

/// The hash of two words, of those of each.
#[inline(always)]
fn pair(one: u64, two: u64) -> u64 {
    (one.rotate_left(32) ^ two).wrapping_mul(0xd6e8_feb8_6659_fd93)
}
