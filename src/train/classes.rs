//! Word classes from raw text: words that stand in the same places.
//!
//! The exchange algorithm over bigrams of classes (Martin, Liermann & Ney 1998): each word in turn moves to the class
//! that makes the text likeliest.

use crate::error::{Error, Result};
use crate::tag::{Dictionary, Word};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;

/// The classes of the words that stand at least `rare` times in the sentences, from 1 to `count`, by the hash of the
/// lower form.
pub(super) fn classes(
    sentences: &[Vec<String>],
    count: usize,
    rare: u32,
    passes: usize,
) -> BTreeMap<u32, u16> {
    let blank = Dictionary::default();
    let read = |s: &Vec<String>| s.iter().map(|w| Word::new(w, &blank).lower).collect();
    let text: Vec<Vec<u32>> = sentences.iter().map(read).collect();
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for hash in text.iter().flatten() {
        *counts.entry(*hash).or_default() += 1;
    }
    let mut words: Vec<(u32, u32)> = counts.into_iter().filter(|(_, n)| *n >= rare).collect();
    words.sort_by_key(|(hash, n)| (std::cmp::Reverse(*n), *hash));
    let mut exchange = Exchange::new(&text, &words, count);
    for _ in 0..passes {
        for word in 0..words.len() {
            exchange.place(word);
        }
    }
    words.iter().zip(&exchange.class).map(|((hash, _), class)| (*hash, *class as u16 + 1)).collect()
}

/// Reads the classes that [`classes`] found, a line each: hash, tab, class.
pub(super) fn read(path: &Path) -> Result<BTreeMap<u32, u16>> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
    let row = |(i, line): (usize, &str)| {
        let cells =
            line.split_once('\t').and_then(|(hash, class)| Some((hash.parse().ok()?, class.parse().ok()?)));
        cells.ok_or_else(|| {
            Error::row(path.to_string_lossy(), i + 1, "expected the hash of a word, a tab and its class")
        })
    };
    text.lines().enumerate().map(row).collect()
}

struct Exchange {
    /// Classes that words can move to; two more hold the edge of a sentence and the rare words.
    count: usize,
    all: usize,
    class: Vec<usize>,
    /// How often each word stands.
    own: Vec<i64>,
    /// Which words stand right and left of each, and how often.
    right: Vec<Vec<(usize, i64)>>,
    left: Vec<Vec<(usize, i64)>>,
    /// How often each class stands, and each pair of them.
    single: Vec<i64>,
    pairs: Vec<i64>,
    /// n log n.
    logs: Vec<f32>,
}

impl Exchange {
    fn new(text: &[Vec<u32>], words: &[(u32, u32)], count: usize) -> Self {
        let index: FxHashMap<u32, usize> =
            words.iter().enumerate().map(|(i, (hash, _))| (*hash, i)).collect();
        let (edge, rare, all) = (words.len(), words.len() + 1, count + 2);
        let mut bigrams: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        let mut own = vec![0; words.len() + 2];
        for sentence in text {
            let mut before = edge;
            for word in sentence.iter().map(|hash| index.get(hash).copied().unwrap_or(rare)).chain([edge]) {
                *bigrams.entry((before, word)).or_default() += 1;
                own[word] += 1;
                before = word;
            }
        }
        let mut class: Vec<usize> = (0..words.len()).map(|i| i % count).collect();
        class.extend([count, count + 1]);
        let (mut right, mut left) = (vec![Vec::new(); own.len()], vec![Vec::new(); own.len()]);
        let (mut single, mut pairs) = (vec![0; all], vec![0; all * all]);
        for (&(a, b), &n) in &bigrams {
            right[a].push((b, n));
            left[b].push((a, n));
            pairs[class[a] * all + class[b]] += n;
        }
        for (word, n) in own.iter().enumerate() {
            single[class[word]] += n;
        }
        let most = own.iter().sum::<i64>() as usize + 1;
        let logs = (0..=most).map(|n| if n == 0 { 0.0 } else { n as f32 * (n as f32).ln() }).collect();
        Self { count, all, class, own, right, left, single, pairs, logs }
    }

    /// Puts a word where it fits best.
    fn place(&mut self, word: usize) {
        let sides = [self.profile(word, &self.right[word]), self.profile(word, &self.left[word])];
        let itself = self.right[word].iter().find(|(other, _)| *other == word).map_or(0, |(_, n)| *n);
        self.put(word, self.class[word], &sides, itself, -1);
        let mut best = (self.class[word], f32::MIN);
        for class in 0..self.count {
            let gain = self.gain(word, class, &sides, itself);
            if gain > best.1 {
                best = (class, gain);
            }
        }
        self.class[word] = best.0;
        self.put(word, best.0, &sides, itself, 1);
    }

    /// How often each class stands on one side of a word, the word itself left out.
    fn profile(&self, word: usize, neighbours: &[(usize, i64)]) -> Vec<(usize, i64)> {
        let mut counts = vec![0; self.all];
        for (other, n) in neighbours.iter().filter(|(other, _)| *other != word) {
            counts[self.class[*other]] += n;
        }
        counts.into_iter().enumerate().filter(|(_, n)| *n > 0).collect()
    }

    fn put(
        &mut self,
        word: usize,
        class: usize,
        [right, left]: &[Vec<(usize, i64)>; 2],
        itself: i64,
        sign: i64,
    ) {
        self.single[class] += sign * self.own[word];
        self.pairs[class * self.all + class] += sign * itself;
        for (other, n) in right {
            self.pairs[class * self.all + other] += sign * n;
        }
        for (other, n) in left {
            self.pairs[other * self.all + class] += sign * n;
        }
    }

    fn gain(
        &self,
        word: usize,
        class: usize,
        [right, left]: &[Vec<(usize, i64)>; 2],
        mut itself: i64,
    ) -> f32 {
        let rise = |from: i64, by: i64| self.logs[(from + by) as usize] - self.logs[from as usize];
        let mut gain = -2.0 * rise(self.single[class], self.own[word]);
        for (other, n) in right {
            if *other == class {
                itself += n;
            } else {
                gain += rise(self.pairs[class * self.all + other], *n);
            }
        }
        for (other, n) in left {
            if *other == class {
                itself += n;
            } else {
                gain += rise(self.pairs[other * self.all + class], *n);
            }
        }
        gain + rise(self.pairs[class * self.all + class], itself)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_same_places_are_one_class() {
        let mut text = Vec::new();
        for name in ["Quill", "Orsen", "Vell"] {
            for verb in ["sank", "left", "sailed"] {
                text.push(vec![name.to_owned(), verb.to_owned(), "early".to_owned()]);
            }
        }
        let found = classes(&text, 3, 1, 10);
        let class = |word: &str| found[&Word::new(word, &Dictionary::default()).lower];
        assert!(class("quill") == class("orsen") && class("orsen") == class("vell"));
        assert!(class("sank") == class("left") && class("left") == class("sailed"));
        assert_ne!(class("quill"), class("sank"));
    }
}
