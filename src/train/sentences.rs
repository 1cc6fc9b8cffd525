//! Trains the weights that decide where sentences end, from treebanks as CoNLL-U.
//!
//! A logistic model over the features of [`boundary`], by stochastic descent with a step of its own for each weight.
//! The order of the paragraphs is shuffled with a fixed seed and no function of a mathematical library is called, so
//! the same files give the same bytes on every machine.

use crate::segment::boundary::{self, BUCKETS, Features};
use crate::segment::{Token, model, paragraph_tokens};
use crate::span::Span;

/// Parts of the treebanks that are left out by turns.
const FOLDS: usize = 5;
const EPOCHS: usize = 10;
/// Epochs whose weights are averaged: the last ones.
const AVERAGED: usize = 5;
const STEP: f32 = 0.1;
/// Draws each weight that is touched towards zero.
const DECAY: f32 = 2e-5;
/// Steps of a weight of 1 in the file, where weights are signed bytes.
const SCALE: f32 = 24.0;

/// Raw text as the treebanks print it, paragraph by paragraph, with the ends of its sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// The sentences with a space between any two.
    pub(super) text: String,
    /// The byte behind each sentence.
    pub(super) ends: Vec<usize>,
    /// Which document of the treebank it is from.
    pub(super) document: usize,
}

/// The paragraphs of a treebank: what stands between "# newpar" and "# newdoc" lines.
pub(super) fn paragraphs(conllu: &str) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let (mut fresh, mut document) = (true, 0);
    for line in conllu.lines() {
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            fresh = true;
            document += usize::from(line.starts_with("# newdoc"));
        } else if let Some(text) = line.strip_prefix("# text = ") {
            if std::mem::replace(&mut fresh, false) {
                all.push(Paragraph { document, ..Paragraph::default() });
            }
            let Some(paragraph) = all.last_mut() else { continue };
            if !paragraph.text.is_empty() {
                paragraph.text.push(' ');
            }
            paragraph.text.push_str(text.trim());
            paragraph.ends.push(paragraph.text.len());
        }
    }
    all
}

/// A paragraph with its tokens.
struct Example<'p> {
    paragraph: &'p Paragraph,
    tokens: Vec<Token>,
}

impl<'p> Example<'p> {
    fn new(paragraph: &'p Paragraph) -> Self {
        Self { paragraph, tokens: paragraph_tokens(&paragraph.text, Span::new(0, paragraph.text.len())) }
    }

    fn ends_before(&self, at: usize) -> bool {
        let end = self.tokens[at - 1].span.end as usize;
        let next = self.tokens[at].span.start as usize;
        let ends = &self.paragraph.ends;
        ends.get(ends.partition_point(|e| *e < end)).is_some_and(|e| *e <= next)
    }
}

/// Trains on the paragraphs of treebanks: the bytes of the model file.
pub(super) fn train(treebanks: &[Vec<Paragraph>]) -> Vec<u8> {
    let examples: Vec<Example<'_>> = treebanks.iter().flatten().map(Example::new).collect();
    let mut file = model::HEADER.to_vec();
    file.extend(fit(&examples.iter().collect::<Vec<_>>()));
    file
}

/// F1 of sentences in percent for each treebank, each document read with a model that has not seen it.
pub(super) fn cross_validate(treebanks: &[Vec<Paragraph>]) -> Vec<f64> {
    let examples: Vec<Vec<Example<'_>>> =
        treebanks.iter().map(|t| t.iter().map(Example::new).collect()).collect();
    let mut counts = vec![(0usize, 0usize); treebanks.len()];
    for fold in 0..FOLDS {
        let left_out = |e: &&Example<'_>| e.paragraph.document % FOLDS == fold;
        let seen: Vec<&Example<'_>> = examples.iter().flatten().filter(|e| !left_out(e)).collect();
        let weights = fit(&seen);
        for (treebank, (right, all)) in examples.iter().zip(&mut counts) {
            for example in treebank.iter().filter(left_out) {
                count(example, &weights, right, all);
            }
        }
    }
    counts.into_iter().map(|(right, all)| 200.0 * right as f64 / all.max(1) as f64).collect()
}

/// Adds the sentences of one example that were found, and all that were found or are there.
fn count(example: &Example<'_>, weights: &[u8], right: &mut usize, all: &mut usize) {
    let Some(last) = example.tokens.len().checked_sub(1) else { return };
    let mut found = vec![example.tokens[last].span.end as usize];
    boundary::walk(
        &example.paragraph.text,
        &example.tokens,
        |_, verdict, features| model::decides(weights, verdict, &features()),
        |at| found.push(example.tokens[at - 1].span.end as usize),
    );
    found.rotate_left(1);
    let ends = &example.paragraph.ends;
    let sentence = |ends: &[usize], i: usize| (i.checked_sub(1).map(|before| ends[before]), ends[i]);
    *right += (0..found.len())
        .filter(|&i| {
            ends.binary_search(&found[i]).is_ok_and(|gold| sentence(ends, gold) == sentence(&found, i))
        })
        .count();
    *all += found.len() + ends.len();
}

/// The weights, a signed byte each.
fn fit(examples: &[&Example<'_>]) -> Vec<u8> {
    let mut learner = Learner { weights: vec![0.0; BUCKETS], squares: vec![1e-3; BUCKETS] };
    let mut sum = vec![0.0f32; BUCKETS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 0x5eed_u64;
    for epoch in 0..EPOCHS {
        shuffle(&mut order, &mut seed);
        for &i in &order {
            let example = examples[i];
            let decide = |at: usize, _, features: &mut dyn FnMut() -> Features| {
                let gold = example.ends_before(at);
                let found = learner.learn(&features(), gold);
                // At first the truth stands behind, later what prediction will see.
                if epoch < EPOCHS / 2 { gold } else { found }
            };
            boundary::walk(&example.paragraph.text, &example.tokens, decide, |_| {});
        }
        if epoch + AVERAGED >= EPOCHS {
            sum.iter_mut().zip(&learner.weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let quantised = |sum: &f32| (sum / AVERAGED as f32 * SCALE).round().clamp(-127.0, 127.0) as i8;
    sum.iter().map(|sum| quantised(sum) as u8).collect()
}

struct Learner {
    weights: Vec<f32>,
    /// Sums of the squared gradients.
    squares: Vec<f32>,
}

impl Learner {
    /// Learns one place; what it held before.
    fn learn(&mut self, features: &Features, gold: bool) -> bool {
        let score: f32 = features.iter().map(|f| self.weights[usize::from(*f)]).sum();
        // A sigmoid without an exponential.
        let share = 0.5 + 0.5 * score / (1.0 + score.abs());
        let gradient = share - f32::from(u8::from(gold));
        for feature in features {
            let i = usize::from(*feature);
            self.squares[i] += gradient * gradient;
            self.weights[i] -= STEP * gradient / self.squares[i].sqrt() + DECAY * self.weights[i];
        }
        score > 0.0
    }
}

/// Fisher and Yates, with a generator of Marsaglia's.
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for i in (1..order.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        order.swap(i, (*seed % (i as u64 + 1)) as usize);
    }
}
