//! Training of the tagger.

use super::card::{Figure, corpus};
use super::conllu::Sentence;
use super::perceptron::{Perceptron, Weights};
use super::random::Random;
use crate::tag::{Dictionary, Known, Tagger, TaggerModel, WIDTH, Word, features};
use crate::tagset::Tags;
use std::collections::BTreeMap;
use std::path::Path;

/// How the tagger is trained.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// Passes over the treebank.
    pub(super) passes: usize,
    /// The first of them that take the silver sentences along.
    pub(super) silver: usize,
    /// Share of the features that are left out of a decision.
    pub(super) dropout: f32,
    /// Runs with other seeds whose weights are averaged.
    pub(super) runs: u64,
    /// Rows of weights that are kept.
    pub(super) rows: usize,
    /// Where chance begins.
    pub(super) seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { passes: 14, silver: 4, dropout: 0.4, runs: 3, rows: 1 << 17, seed: 1 }
    }
}

/// A tagger for the tags of a treebank; `classes` are word classes by the hash of the lower form. The `silver`
/// sentences, which a teacher labelled, come first, so that the treebank has the last word.
pub(super) fn train(
    sentences: &[Sentence],
    silver: &[Sentence],
    classes: &BTreeMap<u32, u16>,
    settings: &Settings,
) -> TaggerModel {
    let labels = labels(sentences);
    let treebank = sentences.len();
    let sentences: Vec<&Sentence> = sentences.iter().chain(silver).collect();
    let gold: Vec<Vec<u8>> =
        sentences.iter().map(|s| s.tags.iter().map(|t| label(&labels, *t)).collect()).collect();
    let words = dictionary(&sentences, &gold, classes);
    let dictionary = Dictionary::new(&words);
    let words_of = |s: &&Sentence| s.words.iter().map(|w| Word::new(w, &dictionary)).collect();
    let read: Vec<Vec<Word>> = sentences.iter().map(words_of).collect();
    let mut weights: Option<Weights> = None;
    for run in 0..settings.runs {
        let found = pass(&read, &gold, treebank, labels.len(), settings, settings.seed + run);
        match &mut weights {
            Some(all) => all.merge(&found),
            None => weights = Some(found),
        }
    }
    let rows = weights.map_or_else(Default::default, |w| w.rows(settings.rows, WIDTH, 127, 0.0005));
    TaggerModel { labels, words, rows }
}

/// How often the tags of gold words are right, in percent; news apart.
pub(super) fn measure(tagger: &Tagger, path: &Path, sentences: &[Sentence]) -> Vec<Figure> {
    let folder = corpus(path);
    let mut figures = Vec::new();
    for (name, news) in [(folder.clone(), false), (format!("{folder} news"), true)] {
        let (mut all, mut pos, mut fine) = (0.0, 0.0, 0.0);
        for sentence in sentences.iter().filter(|s| !news || s.genre == "news") {
            for (found, gold) in tagger.tag_words(&sentence.words).iter().zip(&sentence.tags) {
                all += 1.0;
                pos += f64::from(u8::from(found.pos == gold.pos));
                fine += f64::from(u8::from(found.fine == gold.fine));
            }
        }
        if all > 0.0 {
            figures.push((format!("{name} UPOS"), 100.0 * pos / all));
            figures.push((format!("{name} XPOS"), 100.0 * fine / all));
        }
    }
    figures
}

/// Tags for the words of every sentence, from taggers that did not see it: what the parser learns from.
pub(super) fn jackknife(
    sentences: &[Sentence],
    silver: &[Sentence],
    classes: &BTreeMap<u32, u16>,
    settings: &Settings,
    folds: usize,
) -> Vec<Vec<Tags>> {
    let fold = |i: usize| i / 40 % folds;
    let mut tags = vec![Vec::new(); sentences.len()];
    for k in 0..folds {
        let others: Vec<Sentence> =
            sentences.iter().enumerate().filter(|(i, _)| fold(*i) != k).map(|(_, s)| s.clone()).collect();
        let tagger = Tagger::new(&train(&others, silver, classes, &Settings { runs: 1, ..settings.clone() }));
        for (i, sentence) in sentences.iter().enumerate().filter(|(i, _)| fold(*i) == k) {
            tags[i] = tagger.tag_words(&sentence.words);
        }
    }
    tags
}

/// The tags of the treebank, most frequent first.
fn labels(sentences: &[Sentence]) -> Vec<Tags> {
    let mut counts: BTreeMap<Tags, usize> = BTreeMap::new();
    for tags in sentences.iter().flat_map(|s| &s.tags) {
        *counts.entry(*tags).or_default() += 1;
    }
    let mut labels: Vec<(Tags, usize)> = counts.into_iter().collect();
    labels.sort_by_key(|(tags, count)| (std::cmp::Reverse(*count), *tags));
    labels.truncate(WIDTH);
    labels.into_iter().map(|(tags, _)| tags).collect()
}

/// The number of a tag; a rare one stands with the most frequent of its universal part of speech.
fn label(labels: &[Tags], tags: Tags) -> u8 {
    let same = labels.iter().position(|l| *l == tags);
    same.or_else(|| labels.iter().position(|l| l.pos == tags.pos)).unwrap_or(0) as u8
}

/// How often a word has to stand in the treebank for its tags to be known, and to be sure.
const SEEN: u32 = 4;
const SURE: u32 = 40;

fn dictionary(sentences: &[&Sentence], gold: &[Vec<u8>], classes: &BTreeMap<u32, u16>) -> Vec<(u32, Known)> {
    let blank = Dictionary::default();
    let mut counts: BTreeMap<u32, BTreeMap<u8, u32>> = BTreeMap::new();
    for (sentence, labels) in sentences.iter().zip(gold) {
        for (word, label) in sentence.words.iter().zip(labels) {
            *counts.entry(Word::new(word, &blank).lower).or_default().entry(*label).or_default() += 1;
        }
    }
    let mut sets: BTreeMap<(u8, bool, Vec<u8>), u16> = BTreeMap::new();
    let mut known: BTreeMap<u32, Known> =
        classes.iter().map(|(hash, class)| (*hash, Known { class: *class, ..Known::default() })).collect();
    for (hash, tags) in counts {
        let all: u32 = tags.values().sum();
        if all < SEEN {
            continue;
        }
        let often: Vec<u8> = tags.iter().filter(|(_, n)| **n * 20 >= all).map(|(label, _)| *label).collect();
        let (top, most) =
            tags.iter().max_by_key(|(label, n)| (**n, std::cmp::Reverse(**label))).unwrap_or((&0, &0));
        let next = sets.len() as u16 + 1;
        let set = *sets.entry((*top, *most * 10 >= all * 9, often)).or_insert(next);
        let entry = known.entry(hash).or_default();
        entry.tags = set;
        entry.sure = (tags.len() == 1 && all >= SURE).then_some(*top);
    }
    known.into_iter().collect()
}

fn pass(
    words: &[Vec<Word>],
    gold: &[Vec<u8>],
    treebank: usize,
    width: usize,
    settings: &Settings,
    seed: u64,
) -> Weights {
    let mut perceptron = Perceptron::new(width);
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..words.len()).collect();
    let (mut hashes, mut rows, mut scores) = (Vec::new(), Vec::new(), vec![0.0; width]);
    for pass in 0..settings.passes {
        random.shuffle(&mut order);
        for &s in order.iter().filter(|s| **s < treebank || pass < settings.silver) {
            let mut tags = Vec::with_capacity(words[s].len());
            for i in 0..words[s].len() {
                if let Some(sure) = words[s][i].known.sure {
                    tags.push(sure);
                    continue;
                }
                hashes.clear();
                features(&words[s], i, &tags, |hash| {
                    if random.unit() >= settings.dropout {
                        hashes.push(hash);
                    }
                });
                perceptron.rows(&hashes, &mut rows);
                tags.push(perceptron.learn(&rows, &mut scores, usize::from(gold[s][i])) as u8);
            }
        }
    }
    perceptron.average()
}
