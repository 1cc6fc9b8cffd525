//! What a text shares with a claim: which of the claim's words stand in which sentence, and how rare they are.

use super::features::{Row, SOME};
use super::reading::{Reading, Word};
use crate::model::join;
use crate::tagset::Pos;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// How rare words are: inverse document frequencies (Spärck Jones 1972) in sixteenths.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rarity {
    /// Words that stand in two texts or more, by the hash of their lemma.
    pub words: Vec<(u32, u8)>,
    /// Any other word.
    pub unseen: u8,
}

impl Rarity {
    /// Of the lemmas of some texts.
    #[cfg(feature = "train")]
    pub(crate) fn of<'r>(texts: impl Iterator<Item = &'r Reading>) -> Self {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        let mut all = 0u32;
        for text in texts {
            all += 1;
            let lemmas: FxHashSet<u32> = text.words.iter().map(|word| word.lemma).collect();
            lemmas.into_iter().for_each(|lemma| *counts.entry(lemma).or_default() += 1);
        }
        let rarity =
            |count: u32| (16.0 * (f64::from(all.max(1)) / f64::from(count)).ln()).round().clamp(1.0, 255.0);
        let mut words: Vec<(u32, u8)> = counts
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(lemma, count)| (lemma, rarity(count) as u8))
            .collect();
        words.sort_unstable();
        Self { words, unseen: rarity(1) as u8 }
    }

    fn get(&self, lemma: u32) -> u32 {
        let at = self.words.binary_search_by_key(&lemma, |(lemma, _)| *lemma);
        u32::from(at.map_or(self.unseen, |at| self.words[at].1))
    }
}

/// Words of a claim that are looked for; what a longer one has more is left out.
const MOST: usize = 64;

/// The words of a claim, ready to be looked for.
#[derive(Debug)]
pub(super) struct Claim<'r> {
    pub(super) reading: &'r Reading,
    /// Lemmas and forms of all words.
    known: FxHashSet<u32>,
    /// Content words by lemma and form, as bits.
    places: FxHashMap<u32, u64>,
    /// Neighbours by their lemmas, as bits.
    pairs: FxHashMap<u32, u64>,
    /// What each bit weighs, and its part of speech.
    weights: Vec<(u32, Pos)>,
}

impl<'r> Claim<'r> {
    pub(super) fn new(reading: &'r Reading, rarity: &Rarity) -> Self {
        let mut claim = Self {
            reading,
            known: reading.words.iter().flat_map(|word| [word.lemma, word.form]).collect(),
            places: FxHashMap::default(),
            pairs: FxHashMap::default(),
            weights: Vec::new(),
        };
        for word in reading.words.iter().filter(|word| word.is_content()).take(MOST) {
            let bit = 1u64 << claim.weights.len();
            claim.weights.push((rarity.get(word.lemma), word.pos));
            for hash in [word.lemma, word.form] {
                *claim.places.entry(hash).or_default() |= bit;
            }
        }
        for (i, pair) in reading.words.windows(2).take(MOST).enumerate() {
            *claim.pairs.entry(join(pair[0].lemma, pair[1].lemma)).or_default() |= 1u64 << i;
        }
        claim
    }

    /// Whether the claim has the lemma.
    pub(super) fn has_lemma(&self, word: &Word) -> bool {
        self.known.contains(&word.lemma)
    }

    /// Whether the claim has the lemma or the form.
    pub(super) fn has(&self, word: &Word) -> bool {
        self.known.contains(&word.lemma) || self.known.contains(&word.form)
    }

    /// The bits of a word of a text.
    pub(super) fn bits(&self, word: &Word) -> u64 {
        let bits = |hash| self.places.get(hash).copied().unwrap_or(0);
        if self.weights.is_empty() { 0 } else { bits(&word.lemma) | bits(&word.form) }
    }

    /// What the words of a set weigh together.
    pub(super) fn weight(&self, bits: u64) -> u32 {
        let has = |i: usize| bits >> i & 1 == 1;
        self.weights.iter().enumerate().filter(|(i, _)| has(*i)).map(|(_, (weight, _))| weight).sum()
    }

    /// All words.
    pub(super) fn all(&self) -> u64 {
        (0..self.weights.len()).fold(0, |all, i| all | 1 << i)
    }

    /// The words with a part of speech.
    pub(super) fn of(&self, pos: Pos) -> u64 {
        let is = |(i, (_, other)): (usize, &(u32, Pos))| if *other == pos { 1u64 << i } else { 0 };
        self.weights.iter().enumerate().map(is).fold(0, |all, bit| all | bit)
    }

    fn rarest(&self, bits: u64) -> u32 {
        let has = |i: usize| bits >> i & 1 == 1;
        let of = self.weights.iter().enumerate().filter(|(i, _)| has(*i));
        of.map(|(_, (weight, _))| *weight).max().unwrap_or(0)
    }
}

/// Which words of a claim stand where in a text.
#[derive(Debug)]
pub(super) struct Overlap {
    /// The words in each sentence.
    pub(super) words: Vec<u64>,
    /// What they weigh.
    pub(super) weights: Vec<u32>,
    /// The words in the whole text.
    pub(super) shared: u64,
    pub(super) shared_pairs: u64,
    /// The first sentence that shares most.
    pub(super) best: usize,
    /// What all words of the claim weigh; at least 1.
    pub(super) total: u32,
    /// Neighbours that the claim has.
    pub(super) all_pairs: u32,
}

impl Overlap {
    pub(super) fn new(claim: &Claim<'_>, text: &Reading) -> Self {
        let mut words = Vec::with_capacity(text.sentences.len());
        let mut shared_pairs = 0;
        let pair = |two: &[Word]| claim.pairs.get(&join(two[0].lemma, two[1].lemma)).copied().unwrap_or(0);
        for range in &text.sentences {
            let sentence = &text.words[range.clone()];
            words.push(sentence.iter().fold(0, |all, word| all | claim.bits(word)));
            shared_pairs |= sentence.windows(2).fold(0, |all, two| all | pair(two));
        }
        let weights: Vec<u32> = words.iter().map(|bits| claim.weight(*bits)).collect();
        let best = (0..weights.len()).fold(0, |best, i| if weights[i] > weights[best] { i } else { best });
        let shared = words.iter().fold(0, |all, bits| all | bits);
        let total = claim.weight(claim.all()).max(1);
        let all_pairs = claim.reading.words.len().saturating_sub(1).min(MOST) as u32;
        Self { words, weights, shared, shared_pairs, best, total, all_pairs }
    }

    /// What the first `n` sentences share.
    pub(super) fn lead(&self, n: usize) -> u64 {
        self.words.iter().take(n).fold(0, |all, bits| all | bits)
    }

    /// The sentences that share nearly as much as the best one; the first where none shares anything.
    pub(super) fn near(&self) -> Vec<usize> {
        let top = self.weights.get(self.best).copied().unwrap_or(0);
        if top == 0 {
            return (0..self.weights.len().min(1)).collect();
        }
        (0..self.weights.len()).filter(|i| 10 * self.weights[*i] >= 6 * top).collect()
    }
}

/// What tells whether the text is about the claim at all.
pub(super) fn features(claim: &Claim<'_>, text: &Reading, overlap: &Overlap, row: &mut Row) {
    const STEPS: u32 = 12;
    let Overlap { weights, total, shared, all_pairs, best, .. } = overlap;
    let at = |i: usize| weights.get(i).copied().unwrap_or(0);
    let cover = claim.weight(*shared);
    let lead = claim.weight(overlap.lead(3));
    let mut sorted = weights.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let second = sorted.get(1).copied().unwrap_or(0);
    let mean = weights.iter().sum::<u32>() / (weights.len().max(1) as u32);
    let pairs = overlap.shared_pairs.count_ones();
    for (template, part) in [(1, cover), (2, lead), (3, at(*best)), (4, at(0)), (5, second), (6, 2 * mean)] {
        row.fill(template, part, *total, STEPS, SOME);
    }
    row.fill(7, pairs, *all_pairs, STEPS, SOME);
    for (template, pos) in [(8, Pos::Propn), (9, Pos::Noun), (10, Pos::Verb), (11, Pos::Num)] {
        let of = claim.of(pos);
        row.fill(template, claim.weight(of & shared), claim.weight(of), 6, SOME);
        row.add(12, join(template, u32::from(of == 0)), SOME);
    }
    let (rarest, missed) = (claim.rarest(*shared), claim.rarest(claim.all() & !shared));
    row.fill(13, rarest, 128, 16, SOME);
    row.fill(14, missed, 128, 16, SOME);
    row.reach(15, (claim.all() & !shared).count_ones(), &[1, 2, 3, 4, 6, 8, 12], SOME);
    row.reach(16, shared.count_ones(), &[1, 2, 3, 4, 5, 6, 8, 10], SOME);
    row.reach(17, text.sentences.len() as u32, &[2, 4, 8, 16, 32, 64], SOME);
    // Two at a time.
    let sixth = |part: u32| (6 * part / total).min(6);
    for (template, a, b) in [
        (18, sixth(cover), sixth(at(*best))),
        (19, sixth(cover), sixth(lead)),
        (20, sixth(lead), rarest / 10),
        (21, sixth(at(*best)), rarest / 10),
        (22, sixth(cover), pairs.min(6)),
        (23, rarest / 10, missed / 10),
        (24, sixth(2 * mean), sixth(lead)),
    ] {
        row.add(template, join(a, b), SOME);
    }
}
