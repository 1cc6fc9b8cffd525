//! What tells how a headline stands towards a claim: its words, those that the claim does not have, and the pattern
//! that they make with the words of the claim.

use super::features::{LITTLE, ONE, Row};
use super::overlap::Claim;
use super::reading::{Reading, Word};
use crate::model::join;

/// Symbols of the pattern: a word of the claim, any other word, the edges.
const SHARED: u32 = 1 << 16;
const OTHER: u32 = 2 << 16;
const START: u32 = 3 << 16;
const END: u32 = 4 << 16;
const SIGNAL: u32 = 5 << 16;

/// The words of `text` as signs: what of the claim is in it, what tells of a stance, and marks. Of equal signs without
/// a word in a row one stands.
fn pattern(claim: &Claim<'_>, text: &[Word]) -> Vec<u32> {
    let mut signs = vec![START];
    for word in text {
        let (bits, shared) = (u32::from(word.signals.bits()), claim.has(word));
        let sign = match (shared, bits) {
            (true, 0) if !word.is_content() => continue,
            (true, bits) => SHARED | bits,
            (false, 0) if word.is_mark() => word.form,
            (false, 0) if word.signals.is_function() => continue,
            (false, 0) => OTHER,
            (false, bits) => SIGNAL | bits,
        };
        if !(matches!(sign, SHARED | OTHER) && signs.last() == Some(&sign)) {
            signs.push(sign);
        }
    }
    signs.push(END);
    signs
}

/// Runs of `n` signs.
fn grams(template: u32, signs: &[u32], n: usize, row: &mut Row) {
    for run in signs.windows(n) {
        row.add(template + n as u32, run.iter().fold(n as u32, |all, sign| join(all, *sign)), ONE);
    }
}

pub(super) fn features(claim: &Claim<'_>, text: &Reading, row: &mut Row) {
    let words = &text.words;
    for word in words {
        row.add(100, word.lemma, ONE);
        row.add(101, word.form, ONE);
        if !claim.has_lemma(word) {
            row.add(102, word.lemma, ONE);
        }
    }
    // What is said beside the words of the claim.
    let mut beside = vec![START];
    for word in words {
        let known = claim.has_lemma(word) && !word.signals.is_function();
        let sign = if known { SHARED } else { word.lemma };
        if sign != SHARED || beside.last() != Some(&SHARED) {
            beside.push(sign);
        }
    }
    beside.push(END);
    grams(110, &beside, 2, row);
    grams(110, &beside, 3, row);

    let signs = pattern(claim, words);
    (1..=4).for_each(|n| grams(120, &signs, n, row));
    let dense: Vec<u32> = signs.iter().copied().filter(|sign| *sign != OTHER).collect();
    grams(130, &dense, 2, row);
    grams(130, &dense, 3, row);

    shares(claim, words, row);
    if text.asks() {
        row.add(140, 1, ONE);
    }
    if text.quotes.iter().any(|quotes| *quotes > 0) {
        row.add(140, 2, ONE);
    }
    tree(claim, text, row);
}

/// How much of the claim is in the headline, how much of the headline in the claim.
fn shares(claim: &Claim<'_>, words: &[Word], row: &mut Row) {
    let content = |word: &&Word| word.is_content();
    let shared = words.iter().fold(0, |all, word| all | claim.bits(word)).count_ones();
    row.fill(150, shared, claim.all().count_ones(), 8, ONE);
    let (all, known) =
        (words.iter().filter(content).count(), words.iter().filter(content).filter(|w| claim.has_lemma(w)));
    row.fill(151, known.count() as u32, all as u32, 8, ONE);
    row.reach(152, words.len() as u32, &[5, 8, 11, 14, 18], LITTLE);
}

/// What governs the words of the claim, and what they govern.
fn tree(claim: &Claim<'_>, text: &Reading, row: &mut Row) {
    let words = &text.words;
    for &root in &text.roots {
        row.add(160, words[root].lemma, ONE);
        row.add(161, words[root].fine as u32, ONE);
        row.add(162, u32::from(claim.has_lemma(&words[root])), ONE);
    }
    for (i, word) in words.iter().enumerate() {
        let head = word.head as usize;
        let Some(above) = words.get(head).filter(|_| head != i) else {
            continue;
        };
        match (claim.has_lemma(word), claim.has_lemma(above)) {
            (true, false) if !word.signals.is_function() => {
                row.add(163, above.lemma, ONE);
                row.add(164, u32::from(above.signals.bits()), ONE);
            }
            (false, true) => {
                row.add(165, word.lemma, ONE);
                row.add(166, u32::from(word.signals.bits()), ONE);
            }
            _ => {}
        }
    }
}
