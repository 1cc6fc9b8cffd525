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

/// A word at which a name may begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) word: u32,
    /// It may be one by itself.
    pub(super) alone: bool,
    /// It may be one with others behind it.
    pub(super) longer: bool,
}

/// How the names of a gazetteer open.
#[derive(Debug, Default)]
pub(super) struct Openings {
    firsts: Vec<u64>,
    openings: Vec<u64>,
    memory: Vec<u32>,
}

impl Openings {
    /// Adds a name.
    pub(super) fn add(&mut self, words: &mut Words) {
        words.pick(&mut self.memory, |_| false);
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
    /// Where in `words` a name may begin; `begun` is memory for that.
    pub(super) fn places(&self, words: &mut Words, begun: &mut Vec<u32>, places: &mut Vec<Place>) {
        dispatch(Places { sift: self, words, begun, places });
    }
}

struct Places<'s> {
    sift: &'s Sift,
    words: &'s mut Words,
    begun: &'s mut Vec<u32>,
    places: &'s mut Vec<Place>,
}

impl Work for Places<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        let Self { sift, words, begun, places } = self;
        let (firsts, openings) = (sift.firsts.view(), sift.openings.view());
        let count = words.pick(begun, |hash| firsts.may_have(hash));
        places.resize(count, Place::default());
        let (shorts, mut sifted) = (words.shorts(), 0);
        for &word in &begun[..count] {
            // Behind the last word there is a zero, which leads to nothing.
            let Some([one, two]) = shorts.get(word as usize..).and_then(|rest| rest.first_chunk()) else {
                break;
            };
            let (alone, longer) = (openings.may_have(*one), openings.may_have(pair(*one, *two)));
            places[sifted] = Place { word, alone, longer };
            sifted += usize::from(alone | longer);
        }
        places.truncate(sifted);
    }
}

/// The hash of two words, of those of each.
#[inline(always)]
fn pair(one: u64, two: u64) -> u64 {
    (one.rotate_left(32) ^ two).wrapping_mul(0xd6e8_feb8_6659_fd93)
}
