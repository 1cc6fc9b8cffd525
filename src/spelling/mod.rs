//! Spellings of one name: letters as they are compared, and given names that are one in several languages.

mod given;
mod letters;

pub(crate) use given::GivenNames;
pub(crate) use letters::{consonants, folded, skeleton, vowels_apart};
