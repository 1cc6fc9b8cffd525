//! Training of the network that judges sentiment, by gradients of the cross-entropy with gold labels and with the
//! chances that a teacher gives (distillation, Hinton et al. 2015).

mod adam;
mod gold;
mod gradient;
mod vectors;

pub(super) use gold::read;
pub(super) use vectors::read as read_vectors;

use super::random::Random;
use crate::sentiment::network::{FOUND, Graph, LAYERS, NEIGHBOURS, Shape, Trace, Vector, WIDTH, judge, look};
use crate::sentiment::{Form, Judgement, Model, Quantised, RESERVED, STARTS, SentimentModel};
use adam::Adam;
use gold::Example;
use std::collections::BTreeMap;

/// How the network is trained.
pub(super) struct Settings {
    passes: usize,
    rate: f32,
    /// Pulls dense weights to 0.
    decay: f32,
    batch: usize,
    /// How often a word is hidden, and a number of a word's vector, and one of what the target found.
    hidden_words: f32,
    hidden_inputs: f32,
    hidden_found: f32,
    /// How much a target counts that a teacher labelled.
    silver: f32,
    /// Words in the vocabulary at most, and how often each has to occur.
    words: usize,
    fewest: usize,
    seed: u64,
}

impl Settings {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            passes: 5,
            rate: 2e-3,
            decay: 0.01,
            batch: 32,
            hidden_words: 0.1,
            hidden_inputs: 0.1,
            hidden_found: 0.3,
            silver: 1.0,
            words: 20_000,
            fewest: 2,
            seed,
        }
    }
}

/// Shares of a batch that are worked out side by side, and added up in their order.
const SHARES: usize = 4;

/// The network while it is trained.
struct Learner {
    hashes: Vec<u32>,
    rows: BTreeMap<u32, u32>,
    words: Vec<f32>,
    small: Vec<f32>,
    dense: Vec<f32>,
}

/// What a share of a batch asks for.
struct Slopes {
    dense: Vec<f32>,
    small: Vec<f32>,
    words: Vec<(u32, Vector)>,
}

/// Trains on gold and on what a teacher labelled. `vectors` are those of words by the hash of their lower form, to begin with.
pub(super) fn train(
    gold: &[Example],
    silver: &[Example],
    vectors: &BTreeMap<u32, Vector>,
    settings: &Settings,
) -> SentimentModel {
    let mut random = Random::new(settings.seed);
    let mut learner = Learner::new(&vocabulary(gold, silver, settings), vectors, &mut random);
    let examples: Vec<(&Example, f32)> =
        gold.iter().map(|e| (e, 1.0)).chain(silver.iter().map(|e| (e, settings.silver))).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let steps = settings.passes * order.len().div_ceil(settings.batch);
    let mut moments =
        [Adam::new(learner.dense.len()), Adam::new(learner.small.len()), Adam::new(learner.words.len())];
    let mut done = 0;
    for _ in 0..settings.passes {
        random.shuffle(&mut order);
        for batch in order.chunks(settings.batch) {
            // The rate rises over the first steps and falls to 0.
            let left = (steps - done) as f32 / steps as f32;
            let rate = settings.rate * left.min((done + 1) as f32 / 200.0);
            let slopes = learner.batch(batch, &examples, settings, random.next());
            learner.step(&slopes, &mut moments, rate, settings.decay, done);
            done += 1;
        }
    }
    learner.model()
}

/// The hashes of the words that occur often enough, the most frequent ones.
fn vocabulary(gold: &[Example], silver: &[Example], settings: &Settings) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for seen in gold.iter().chain(silver).flat_map(|example| &example.case.tokens) {
        if let Form::Hash(hash) = seen.word {
            *counts.entry(hash).or_default() += 1;
        }
    }
    let mut found: Vec<(usize, u32)> =
        counts.into_iter().filter(|(_, n)| *n >= settings.fewest).map(|(hash, n)| (n, hash)).collect();
    found.sort_by_key(|(n, hash)| (usize::MAX - n, *hash));
    found.truncate(settings.words);
    found.into_iter().map(|(_, hash)| hash).collect()
}

impl Learner {
    fn new(hashes: &[u32], vectors: &BTreeMap<u32, Vector>, random: &mut Random) -> Self {
        let mut chance = |size: f32| (random.unit() * 2.0 - 1.0) * size;
        let mut words: Vec<f32> = (0..RESERVED * WIDTH).map(|_| chance(0.1)).collect();
        for hash in hashes {
            match vectors.get(hash) {
                Some(vector) => words.extend(vector),
                None => words.extend((0..WIDTH).map(|_| chance(0.1))),
            }
        }
        let small = (0..STARTS[STARTS.len() - 1] * WIDTH).map(|_| chance(0.1)).collect();
        let mut dense = vec![0.0; Shape::SIZE];
        let parts = [
            (0..Shape::mixing_bias(0), (3.0 / (NEIGHBOURS * WIDTH * LAYERS) as f32).sqrt()),
            (Shape::query(0)..Shape::query_bias(0), (3.0 / WIDTH as f32).sqrt()),
            (Shape::hidden()..Shape::hidden_bias(), (6.0 / FOUND as f32).sqrt()),
            (Shape::out()..Shape::out_bias(), 0.2),
        ];
        for (range, size) in parts {
            dense[range].iter_mut().for_each(|weight| *weight = chance(size));
        }
        let rows = hashes.iter().copied().zip(RESERVED as u32..).collect();
        Self { hashes: hashes.to_vec(), rows, words, small, dense }
    }

    fn row(&self, form: Form) -> u32 {
        match form {
            Form::Row(row) => row,
            Form::Hash(hash) => self.rows.get(&hash).copied().unwrap_or(0),
        }
    }

    /// The slopes of a batch, a mean over its targets.
    fn batch(&self, batch: &[usize], examples: &[(&Example, f32)], settings: &Settings, seed: u64) -> Slopes {
        let share = |number: usize| {
            let mut random = Random::new(seed.wrapping_add(number as u64));
            let mut slopes = Slopes {
                dense: vec![0.0; Shape::SIZE],
                small: vec![0.0; self.small.len()],
                words: Vec::new(),
            };
            for &i in batch.iter().skip(number).step_by(SHARES) {
                let (example, weight) = examples[i];
                self.learn(example, weight / batch.len() as f32, settings, &mut random, &mut slopes);
            }
            slopes
        };
        let shares = std::thread::scope(|scope| {
            let share = &share;
            let started: Vec<_> = (0..SHARES).map(|number| scope.spawn(move || share(number))).collect();
            let joined = started.into_iter().map(|thread| thread.join());
            joined
                .map(|share| share.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect::<Vec<_>>()
        });
        let mut all =
            Slopes { dense: vec![0.0; Shape::SIZE], small: vec![0.0; self.small.len()], words: Vec::new() };
        let add = |to: &mut [f32], from: &[f32]| to.iter_mut().zip(from).for_each(|(to, x)| *to += x);
        for share in shares {
            add(&mut all.dense, &share.dense);
            add(&mut all.small, &share.small);
            all.words.extend(share.words);
        }
        all
    }

    fn learn(
        &self,
        example: &Example,
        weight: f32,
        settings: &Settings,
        random: &mut Random,
        slopes: &mut Slopes,
    ) {
        let case = &example.case;
        let mut kept = |chance: f32| if random.unit() < chance { 0.0 } else { 1.0 / (1.0 - chance) };
        let (mut rows, mut words, mut masks) = (Vec::new(), Vec::new(), Vec::new());
        for seen in &case.tokens {
            let row = if kept(settings.hidden_words) == 0.0 { 0 } else { self.row(seen.word) };
            let mut vector = [0.0; WIDTH];
            vector.copy_from_slice(&self.words[row as usize * WIDTH..][..WIDTH]);
            for (start, at) in STARTS.iter().zip(seen.rows) {
                let small = &self.small[(start + usize::from(at)) * WIDTH..][..WIDTH];
                vector.iter_mut().zip(small).for_each(|(to, x)| *to += x);
            }
            let mask: Vector = std::array::from_fn(|_| kept(settings.hidden_inputs));
            vector.iter_mut().zip(&mask).for_each(|(x, mask)| *x *= mask);
            rows.push(row);
            words.push(vector);
            masks.push(mask);
        }
        let heads: Vec<Option<u32>> = case.tokens.iter().map(|seen| seen.head).collect();
        let graph = Graph { heads: &heads, target: case.target.clone() };
        let mut trace = Trace::default();
        look(&self.dense, &graph, words, &mut trace);
        let mask: Vec<f32> = (0..FOUND).map(|_| kept(settings.hidden_found)).collect();
        trace.found.iter_mut().zip(&mask).for_each(|(x, mask)| *x *= mask);
        judge(&self.dense, &mut trace);
        let missed = std::array::from_fn(|i| (trace.scores[i] - example.labels[i]) * weight);
        let back = gradient::backward(&self.dense, &graph, &trace, missed, &mask, &mut slopes.dense);
        for (((mut slope, mask), row), seen) in back.into_iter().zip(masks).zip(rows).zip(&case.tokens) {
            slope.iter_mut().zip(&mask).for_each(|(x, mask)| *x *= mask);
            for (start, at) in STARTS.iter().zip(seen.rows) {
                let small = &mut slopes.small[(start + usize::from(at)) * WIDTH..][..WIDTH];
                small.iter_mut().zip(&slope).for_each(|(to, x)| *to += x);
            }
            slopes.words.push((row, slope));
        }
    }

    fn step(&mut self, slopes: &Slopes, moments: &mut [Adam; 3], rate: f32, decay: f32, done: usize) {
        let [dense, small, words] = moments;
        self.dense.iter_mut().for_each(|weight| *weight -= rate * decay * *weight);
        dense.step(&mut self.dense, 0, &slopes.dense, rate, done);
        small.step(&mut self.small, 0, &slopes.small, rate, done);
        let mut sums: BTreeMap<u32, Vector> = BTreeMap::new();
        for (row, slope) in &slopes.words {
            let sum = sums.entry(*row).or_insert([0.0; WIDTH]);
            sum.iter_mut().zip(slope).for_each(|(sum, x)| *sum += x);
        }
        for (row, slope) in sums {
            words.step(&mut self.words, row as usize * WIDTH, &slope, rate, done);
        }
    }

    fn model(self) -> SentimentModel {
        let vectors = |numbers: &[f32]| Quantised::new(numbers.as_chunks::<WIDTH>().0);
        SentimentModel {
            words: vectors(&self.words),
            small: vectors(&self.small),
            hashes: self.hashes,
            dense: self.dense,
        }
    }
}

/// Macro F1 over the labels, accuracy and F1 of each label, in percent.
pub(super) fn measure(examples: &[Example], model: &SentimentModel) -> Vec<(String, f64)> {
    let model = Model::new(model.clone());
    let mut counts = [[0usize; 3]; 3];
    for example in examples {
        let best = |scores: [f32; 3]| Judgement::new(scores).label as usize;
        counts[best(example.labels)][best(model.scores(&example.case))] += 1;
    }
    let f1: Vec<f64> = (0..3)
        .map(|label| {
            let gold: usize = counts[label].iter().sum();
            let said: usize = counts.iter().map(|row| row[label]).sum();
            200.0 * counts[label][label] as f64 / (gold + said).max(1) as f64
        })
        .collect();
    let right: usize = (0..3).map(|label| counts[label][label]).sum();
    let mut figures = vec![
        ("macro F1".to_owned(), f1.iter().sum::<f64>() / 3.0),
        ("accuracy".to_owned(), 100.0 * right as f64 / examples.len().max(1) as f64),
    ];
    let names = crate::sentiment::Sentiment::ALL.iter();
    figures.extend(names.zip(f1).map(|(label, f1)| (format!("{label} F1"), f1)));
    figures
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{self, Kind};
    use crate::pipeline::Pipeline;
    use std::path::{Path, PathBuf};

    fn file(name: &str, lines: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("sayso-{}-{name}", std::process::id()));
        std::fs::write(&path, lines).unwrap();
        path
    }

    fn read_lines(name: &str, lines: &str) -> crate::Result<Vec<Example>> {
        let path = file(name, lines);
        let found = read(&path, &Pipeline::below_attributions().unwrap());
        std::fs::remove_file(path).unwrap();
        found
    }

    const LINES: &str = r#"{"text": "The board praised Rook.", "start": 18, "end": 22, "label": "positive"}
        {"text": "The court jailed Rook.", "start": 17, "end": 21, "label": "negative"}
        {"text": "The train carried Rook.", "start": 18, "end": 22, "scores": [0.1, 0.8, 0.1]}
    "#;

    #[test]
    fn a_few_targets_are_learnt_to_the_same_bytes_on_every_run() {
        let examples = read_lines("learn.jsonl", LINES).unwrap();
        let settings = Settings { passes: 400, fewest: 1, batch: 3, ..Settings::new(1) };
        let bytes = || {
            let model = train(&examples, &[], &BTreeMap::new(), &settings);
            (measure(&examples, &model)[0].1, model::pack(Kind::Sentiment, &model).unwrap())
        };
        let (f1, first) = bytes();
        assert_eq!(f1, 100.0);
        assert_eq!(first, bytes().1);
        assert!(Model::read(Path::new("own.model"), &first).is_ok());
    }

    #[test]
    fn a_model_whose_parts_do_not_fit_is_refused() {
        let examples = read_lines("fit.jsonl", LINES).unwrap();
        let settings = Settings { passes: 0, fewest: 1, ..Settings::new(1) };
        let whole = train(&examples, &[], &BTreeMap::new(), &settings);
        let broken: [fn(&mut SentimentModel); 4] = [
            |model| model.dense.truncate(7),
            |model| model.hashes.push(7),
            |model| model.small.numbers.truncate(WIDTH),
            |model| model.words.scales.clear(),
        ];
        for spoil in broken {
            let mut model = whole.clone();
            spoil(&mut model);
            let file = model::pack(Kind::Sentiment, &model).unwrap();
            let fault = Model::read(Path::new("own.model"), &file).err().unwrap();
            assert!(fault.to_string().contains("do not fit each other"), "{fault}");
        }
    }

    #[test]
    fn a_line_that_is_no_target_is_told() {
        let cases = [
            (
                r#"{"text": "He left.", "start": 0, "end": 99, "label": "neutral"}"#,
                "expected a span in the text, found 0..99",
            ),
            (
                r#"{"text": "He left.", "start": 2, "end": 1, "label": "neutral"}"#,
                "expected a span in the text, found 2..1",
            ),
            (r#"{"text": "He left.", "start": 0, "end": 2, "label": "mixed"}"#, "found \"mixed\""),
            (r#"{"text": "He left.", "start": 0, "end": 2}"#, "expected a \"label\", or three \"scores\""),
            (
                r#"{"text": "He left.", "start": 0, "end": 2, "scores": [2, 0, 0]}"#,
                "three \"scores\" from 0 to 1",
            ),
            (r#"{"text": "He left."}"#, "missing field"),
        ];
        for (line, expected) in cases {
            let fault = read_lines("faults.jsonl", line).err().unwrap().to_string();
            assert!(fault.contains("faults.jsonl:1: ") && fault.contains(expected), "{fault}");
        }
        let path = file("vectors.tsv", "port\t0.1\t0.2\n");
        let fault = read_vectors(&path).err().unwrap().to_string();
        assert!(fault.contains("vectors.tsv:1: expected a word and 40 numbers"), "{fault}");
    }
}
