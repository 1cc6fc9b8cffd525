//! Training of the finder of names.
//!
//! A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) over corpora that know less than we do:
//! where one says LOC, a country or a sea may stand, and where it says nothing, a nationality. So each word has a set of labels that are right, and the
//! model learns to put its probability on the sequences within these sets.

use super::annotated::{Annotated, Scheme};
use super::card::Figure;
use super::field::Field;
use super::perceptron::Weights;
use super::random::Random;
use super::text::lines;
use crate::labels::Label;
use crate::lexicon::Lexicon;
use crate::model::Rows;
use crate::names::{
    BEGIN, Echo, Hint, INSIDE, LABELS, Name, Names, NamesModel, OUTSIDE, View, WIDTH, echo, features, hints,
    hits, mark, memory, previous,
};
use crate::segment;
use crate::tag::{self, Tagger, Word};
use crate::tagset::{Fine, Tags};
use std::ops::Range;

/// How the finder of names is trained.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) passes: usize,
    pub(super) dropout: f32,
    /// How often what tells all labels is read in a pass.
    pub(super) whole: usize,
    /// Length of a step in the first pass; it falls to a third.
    pub(super) rate: f32,
    /// Runs with other seeds whose weights are averaged.
    pub(super) runs: u64,
    pub(super) rows: usize,
    pub(super) seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { passes: 12, dropout: 0.5, whole: 3, rate: 0.2, runs: 3, rows: 90_000, seed: 1 }
    }
}

/// A document as training sees it.
pub(super) struct Example {
    words: Vec<Word>,
    tags: Vec<Tags>,
    hints: Vec<Hint>,
    memory: Vec<u8>,
    echo: Vec<Echo>,
    sentences: Vec<Range<usize>>,
    /// Which labels are right for each word, as bits.
    right: Vec<u16>,
    /// All labels are told: nothing is left open.
    whole: bool,
}

/// An annotated text.
pub(super) fn example(document: &Annotated, scheme: Scheme, tagger: &Tagger, lexicon: &Lexicon) -> Example {
    let text = &document.text;
    let segments = segment::segment(text, &lines(text));
    let headline = vec![false; segments.sentences.len()];
    let (classes, _) = tag::tag(text, &segments, &headline, lexicon);
    let hits = hits(text, &segments.tokens, lexicon);
    let all = hints(text, &segments.tokens, &classes, &hits, lexicon);
    let words: Vec<Word> = segments.tokens.iter().map(|t| tagger.word(t.span.of(text))).collect();
    let mut tags = Vec::new();
    for sentence in &segments.sentences {
        tagger.tag(&words[sentence.range()], &mut Vec::new(), &mut tags);
    }
    let memory = memory(&segments, &words, &tags, &all);
    let group = |i: usize| group(&all[i], tags[i]);
    let mut right: Vec<u16> = (0..words.len()).map(|i| scheme.outside(group(i))).collect();
    for (span, label) in &document.names {
        let tokens = &segments.tokens;
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let inside = (first..tokens.len()).take_while(|&i| tokens[i].span.start < span.end);
        for (n, i) in inside.enumerate().filter(|(_, i)| span.contains(tokens[*i].span)) {
            right[i] = scheme.labels(label, if n == 0 { BEGIN } else { INSIDE }, group(i));
        }
    }
    let sentences = segments.sentences.iter().map(segment::Sentence::range).collect();
    let whole = scheme.is_whole();
    Example { words, tags, hints: all, memory, echo: Vec::new(), sentences, right, whole }
}

/// Whether a word may name a nationality, a religion or the like where a corpus is silent on it.
fn group(hint: &Hint, tags: Tags) -> bool {
    hint.is_norp() || matches!(tags.fine, Fine::Jj | Fine::Nnps)
}

impl Example {
    fn view(&self) -> View<'_> {
        let Self { words, tags, hints, memory, echo, .. } = self;
        View { words, tags, hints, memory, echo }
    }
}

/// The bit of a label.
pub(super) fn bit(label: Label, place: usize) -> u16 {
    1 << (label as usize * 2 + place)
}

/// A finder for the names of the examples. The second reading learns from what first readings make of documents that
/// they did not see.
pub(super) fn train(examples: &mut [&mut Example], settings: &Settings) -> NamesModel {
    let rows = |examples: &[&Example], runs: u64| {
        let mut all = weights(examples, settings, settings.seed);
        for run in 1..runs {
            all.merge(&weights(examples, settings, settings.seed + run));
        }
        all.rows(settings.rows, WIDTH, 127, 0.0005)
    };
    for example in examples.iter_mut() {
        example.echo.clear();
    }
    let mut echoes: Vec<(usize, Vec<Echo>)> = Vec::new();
    for half in 0..2 {
        let own = |i: usize| i % 2 == half;
        let others: Vec<&Example> = (0..examples.len()).filter(|i| !own(*i)).map(|i| &*examples[i]).collect();
        let first = Names::new(&NamesModel { first: rows(&others, 1), second: Rows::default() });
        let reads = |i: usize| {
            (i, echo(&examples[i].words, &first.first(&examples[i].sentences, examples[i].view())))
        };
        echoes.extend((0..examples.len()).filter(|i| own(*i)).map(reads));
    }
    let first = rows(&examples.iter().map(|e| &**e).collect::<Vec<_>>(), settings.runs);
    for (i, echo) in echoes {
        examples[i].echo = echo;
    }
    let second = rows(&examples.iter().map(|e| &**e).collect::<Vec<_>>(), settings.runs);
    NamesModel { first, second }
}

fn weights(examples: &[&Example], settings: &Settings, seed: u64) -> Weights {
    let mut field = Field::new(LABELS, settings.rate);
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut candidates, mut hashes) = (Vec::new(), Vec::new());
    let befores: Vec<u32> = (0..LABELS).map(previous).collect();
    for pass in 0..=settings.passes {
        random.shuffle(&mut order);
        field.rate = settings.rate * (1.0 - 0.7 * pass as f32 / settings.passes as f32);
        // What tells everything goes first, so that what leaves something open finds weights to choose by.
        let wanted = |e: &&Example| pass > 0 || e.whole;
        // What tells everything is little, and is read several times.
        let times = |e: &'_ Example| if e.whole { settings.whole } else { 1 };
        let again = |e: usize| std::iter::repeat_n(examples[e], times(examples[e]));
        for example in order.iter().flat_map(|e| again(*e)).filter(wanted) {
            for range in &example.sentences {
                let view = example.view().sentence(range);
                mark(view, &mut candidates);
                let mut at = 0;
                while let Some(start) = (at..candidates.len()).find(|i| candidates[*i]) {
                    let end = (start..candidates.len()).find(|i| !candidates[*i]).unwrap_or(candidates.len());
                    let mut rows = Vec::with_capacity(end - start);
                    for i in start..end {
                        hashes.clear();
                        features(view, i, |hash| {
                            if random.unit() >= settings.dropout {
                                hashes.push(hash);
                            }
                        });
                        rows.push(field.rows(&hashes));
                    }
                    let steps = field.rows(&befores);
                    field.learn(&rows, &steps, &example.right[range.start + start..range.start + end]);
                    at = end;
                }
            }
        }
        if pass * 2 >= settings.passes {
            field.remember();
        }
    }
    field.average()
}

/// Spans with labels of both sides: those that agree, all of the gold, all that were found.
#[derive(Clone, Copy, Default)]
struct Count {
    both: usize,
    gold: usize,
    found: usize,
}

/// Documents that are left out by turns.
const FOLDS: usize = 5;

/// The same over documents, each read by a model that did not see it but the rest of them and the `others`.
pub(super) fn cross_validate(
    name: &str,
    documents: &mut [Example],
    others: &mut [&mut Example],
    settings: &Settings,
) -> Vec<Figure> {
    let mut models: Vec<Names> = Vec::new();
    for fold in 0..FOLDS {
        let rest = documents.iter_mut().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, d)| d);
        let mut seen: Vec<&mut Example> = others.iter_mut().map(|e| &mut **e).chain(rest).collect();
        models.push(Names::new(&train(&mut seen, settings)));
    }
    measure(&format!("{name} five-fold"), &documents.iter().collect::<Vec<_>>(), |i| &models[i % FOLDS])
}

/// Exact spans with labels, F1 in percent, in the scheme of the corpus: GPE is LOC and OUTLET is ORG where it knows no
/// better, and NORP counts only where all labels are told.
pub(super) fn measure<'n>(
    name: &str,
    examples: &[&Example],
    names: impl Fn(usize) -> &'n Names,
) -> Vec<Figure> {
    let mut counts = vec![Count::default(); Label::ALL.len() + 1];
    for (i, example) in examples.iter().enumerate() {
        let found = names(i).find(&example.sentences, View { echo: &[], ..example.view() });
        let coarse = |label: Label| match label {
            Label::Gpe if !example.whole => Label::Loc,
            Label::Outlet if !example.whole => Label::Org,
            label => label,
        };
        let counted = |label: Label| example.whole || label != Label::Norp;
        let found: Vec<Name> =
            found.into_iter().map(|(r, l)| (r, coarse(l))).filter(|(_, l)| counted(*l)).collect();
        let gold: Vec<Name> = gold(&example.right).into_iter().map(|(r, l)| (r, coarse(l))).collect();
        for (list, of) in [(&gold, 0), (&found, 1)] {
            for name in list {
                for count in [Label::ALL.len(), name.1 as usize] {
                    let count = &mut counts[count];
                    match of {
                        0 => count.gold += 1,
                        _ => count.found += 1,
                    }
                    count.both += usize::from(of == 1 && gold.contains(name));
                }
            }
        }
    }
    let f1 = |c: &Count| 200.0 * c.both as f64 / (c.gold + c.found).max(1) as f64;
    let labels = Label::ALL.iter().map(|l| l.name()).chain(["names"]);
    labels.zip(&counts).filter(|(_, c)| c.gold > 0).map(|(l, c)| (format!("{name} {l} F1"), f1(c))).collect()
}

/// The names that the annotation tells for sure.
fn gold(right: &[u16]) -> Vec<Name> {
    let label = |bits: u16, place: usize| {
        Label::ALL.iter().copied().rev().find(|l| bits & 1 << OUTSIDE == 0 && bits & bit(*l, place) != 0)
    };
    let mut names: Vec<Name> = Vec::new();
    for (i, bits) in right.iter().enumerate() {
        if let Some(label) = label(*bits, BEGIN) {
            names.push((i..i + 1, label));
        } else if label(*bits, INSIDE).is_some()
            && let Some(last) = names.last_mut().filter(|(range, _)| range.end == i)
        {
            last.0.end += 1;
        }
    }
    names
}
