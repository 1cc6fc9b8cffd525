//! Two words written as one: "cannot", "gonna", "dont", and figures with their unit, "10km".

use crate::tsv::rows;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

const CONTRACTIONS: &str = include_str!("../../data/lexicon/en/contractions.tsv");
const UNITS: &str = include_str!("../../data/lexicon/en/units.tsv");

/// Bytes of the longest contraction.
const LONGEST: usize = 8;
/// A capital makes another word of a shorter one: "Ive", "IM".
const ANY_CASE: usize = 4;

/// Contractions with the number of bytes of their first word, and which two bytes they may end with: nearly all
/// words are turned away by these.
struct Contractions {
    words: FxHashMap<&'static [u8], usize>,
    ends: Box<[bool; 1 << 10]>,
}

static LISTED: LazyLock<Contractions> = LazyLock::new(|| {
    let mut listed = Contractions { words: FxHashMap::default(), ends: Box::new([false; 1 << 10]) };
    for mut cells in rows(CONTRACTIONS) {
        let (Some(word), Some(Ok(letters))) = (cells.next(), cells.next().map(str::parse)) else { continue };
        listed.ends[end(word.as_bytes())] = true;
        listed.words.insert(word.as_bytes(), letters);
    }
    listed
});

static UNIT_WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| rows(UNITS).filter_map(|mut cells| cells.next()).collect());

/// The last two letters of a word, case aside.
fn end(word: &[u8]) -> usize {
    match word {
        [.., a, b] => usize::from(a & 31) << 5 | usize::from(b & 31),
        _ => 0,
    }
}

/// Where a word of letters is cut in two.
pub(super) fn contraction(word: &[u8]) -> Option<usize> {
    if word.len() > LONGEST || word.len() < 2 || !LISTED.ends[end(word)] {
        return None;
    }
    if word.len() < ANY_CASE {
        return LISTED.words.get(word).copied();
    }
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    LISTED.words.get(&*lower).copied()
}

/// Where a word that begins with a digit is cut before its unit: "10|km", "6:30|pm", "4.5|bn".
pub(super) fn unit(word: &str) -> Option<usize> {
    let letters = word.find(|c: char| c.is_alphabetic())?;
    UNIT_WORDS.contains(&word[letters..]).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        for cells in rows(CONTRACTIONS) {
            let cells: Vec<&str> = cells.collect();
            let cut = contraction(cells[0].as_bytes());
            assert!(cells.len() == 3 && cut.is_some_and(|cut| cut > 0 && cut < cells[0].len()), "{cells:?}");
        }
        assert_eq!(contraction(b"Ive"), None);
        assert_eq!(contraction(b"CANNOT"), Some(3));
        assert_eq!((unit("10km"), unit("20th"), unit("6:30pm")), (Some(2), None, Some(4)));
    }
}
