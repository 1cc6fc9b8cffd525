//! What tells how an article stands towards a claim: how often it refutes, hedges and reports, at its top, near the
//! words of the claim and all through; its words; and how the claim itself is put.

use super::features::{LITTLE, ONE, Row, SOME};
use super::overlap::{Claim, Overlap};
use super::reading::Reading;
use crate::lexicon::SIGNALS;
use crate::model::join;
use rustc_hash::FxHashSet;

/// Words of each class.
type Counts = [u32; SIGNALS.len()];

fn counts(text: &Reading, sentence: usize) -> Counts {
    let mut counts = Counts::default();
    for word in &text.words[text.sentences[sentence].clone()] {
        let bits = word.signals.bits();
        counts.iter_mut().enumerate().for_each(|(i, count)| *count += u32::from(bits >> i & 1));
    }
    counts
}

fn sum(all: &[Counts], of: impl Iterator<Item = usize>) -> Counts {
    let mut total = Counts::default();
    for sentence in of.filter_map(|i| all.get(i)) {
        total.iter_mut().zip(sentence).for_each(|(total, count)| *total += count);
    }
    total
}

pub(super) fn features(claim: &Claim<'_>, text: &Reading, overlap: &Overlap, row: &mut Row) {
    let all: Vec<Counts> = (0..text.sentences.len()).map(|i| counts(text, i)).collect();
    let near = overlap.near();
    let put = put(claim);
    let regions = [sum(&all, 0..all.len().min(3)), sum(&all, near.iter().copied()), sum(&all, 0..all.len())];
    for (region, counts) in regions.iter().enumerate() {
        for (class, count) in counts.iter().enumerate() {
            let template = 210 + 10 * region as u32 + class as u32;
            both(template, *count, &[1, 2, 4, 8], &put, row);
        }
    }
    // A long article has more of everything.
    let sentences = all.len().max(1) as u32;
    for (class, count) in regions[2].iter().enumerate() {
        both(240 + class as u32, 20 * count / sentences, &[1, 2, 4, 6, 10, 16, 24], &put, row);
    }
    place(text, overlap, row);
    words(claim, text, row);
}

/// A count alone and together with how the claim is put.
fn both(template: u32, amount: u32, steps: &[u32], put: &[u32], row: &mut Row) {
    for step in steps.iter().filter(|step| amount >= **step) {
        row.add(template, *step, SOME);
        put.iter().for_each(|put| row.add(template + 100, join(*step, *put), SOME));
    }
}

/// How a claim is put: the classes of its words, or that it has none; whether it asks.
fn put(claim: &Claim<'_>) -> Vec<u32> {
    let bits = claim.reading.words.iter().fold(0, |bits, word| bits | word.signals.bits());
    let mut put: Vec<u32> = (0..SIGNALS.len() as u32).filter(|i| bits >> i & 1 == 1).collect();
    if put.is_empty() {
        put.push(30);
    }
    if claim.reading.asks() {
        put.push(31);
    }
    put
}

/// Where the article speaks of the claim, and how long it is.
fn place(text: &Reading, overlap: &Overlap, row: &mut Row) {
    let steps = [1, 2, 4, 8, 16];
    row.reach(250, overlap.best as u32, &steps, SOME);
    row.reach(251, text.sentences.len() as u32, &[2, 4, 8, 16, 32], SOME);
    let above = overlap.weights.iter().filter(|weight| 10 * **weight > 3 * overlap.total).count();
    row.reach(252, above as u32, &steps, SOME);
    let quotes: u32 = text.quotes.iter().map(|quotes| u32::from(*quotes)).sum();
    row.fill(253, quotes, text.sentences.len() as u32, 8, SOME);
    let near =
        overlap.near().iter().filter(|i| text.quotes.get(**i).is_some_and(|quotes| *quotes > 0)).count();
    row.reach(254, near as u32, &steps, SOME);
    row.reach(255, text.asks.iter().filter(|asks| **asks).count() as u32, &steps, SOME);
}

/// The words of the claim, those of it that are missing, the words of the article and of its top.
fn words(claim: &Claim<'_>, text: &Reading, row: &mut Row) {
    let there: FxHashSet<u32> = text.words.iter().map(|word| word.lemma).collect();
    for word in &claim.reading.words {
        row.add(260, word.lemma, SOME);
        if !there.contains(&word.lemma) {
            row.add(261, word.lemma, SOME);
        }
    }
    for pair in claim.reading.words.windows(2) {
        row.add(262, join(pair[0].lemma, pair[1].lemma), LITTLE);
    }
    row.reach(263, claim.reading.words.len() as u32, &[5, 8, 11, 14, 18], ONE);
    let top = text.sentences.get(1).or(text.sentences.first()).map_or(0, |range| range.end);
    for (i, word) in text.words.iter().enumerate() {
        if !word.is_mark() {
            row.add(264, word.lemma, LITTLE);
        }
        if i < top {
            row.add(265, word.lemma, LITTLE);
        }
    }
}
