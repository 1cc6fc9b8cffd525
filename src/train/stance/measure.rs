//! What is right in texts that the model was not trained on, in percent.

use super::labels::Example;
use super::{Lesson, Settings};
use crate::labels::{Act, Factuality};
use crate::stance::about::{has_target, trust};
use crate::stance::{LABELS, Model, StanceModel, Verdict, shares};
use crate::train::card::Figure;
use crate::train::ranking::Choice;
use std::collections::BTreeMap;

const ACTS: usize = Act::ALL.len();

/// What models say of lessons that they were not trained on.
pub(in crate::train) struct Held {
    /// Scores of the attributions of each lesson.
    scores: Vec<Vec<[f32; LABELS]>>,
    pub(super) sharpness: [f32; 2],
}

impl Held {
    /// Trains on all parts but one and reads that, in turns; the sharpness is that which fits the texts of people best.
    pub(in crate::train) fn new(lessons: &[Lesson], folds: usize, settings: &Settings) -> Self {
        let mut held = Self { scores: vec![Vec::new(); lessons.len()], sharpness: [1.0; 2] };
        for fold in 0..folds {
            let rows = super::labels(lessons, &others(lessons, fold, folds), settings);
            let model = Model::new(&StanceModel { rows, ..StanceModel::nothing() });
            for (scores, lesson) in held.scores.iter_mut().zip(lessons).skip(fold).step_by(folds) {
                *scores = lesson.labels.iter().map(|e| model.scores(&e.features, &e.reading)).collect();
            }
        }
        held.sharpness = held.fitting(lessons);
        held
    }

    /// What a model says of other lessons.
    fn read(lessons: &[Lesson], model: &StanceModel) -> Self {
        let sharpness = model.sharpness;
        let model = Model::new(model);
        let scores =
            |lesson: &Lesson| lesson.labels.iter().map(|e| model.scores(&e.features, &e.reading)).collect();
        Self { scores: lessons.iter().map(scores).collect(), sharpness }
    }

    /// The choices of whom a content is about, where the act of a lesson's attribution seems to have somebody.
    pub(super) fn choices(&self, i: usize, lesson: &Lesson) -> Vec<Choice> {
        let model = self.model();
        let mut found = Vec::new();
        for (about, scores) in lesson.about.iter().zip(&self.scores[i]) {
            let act = model.choose(scores).act;
            found.extend(about.iter().filter(|_| has_target(act.0)).map(|about| about.choice(act)));
        }
        found
    }

    /// Sharpens scores.
    fn model(&self) -> Model {
        Model::new(&StanceModel { sharpness: self.sharpness, ..StanceModel::nothing() })
    }

    /// Labels with their scores, of the lessons of people.
    fn labels<'l>(&'l self, lessons: &'l [Lesson]) -> impl Iterator<Item = (&'l Example, &'l [f32; LABELS])> {
        let by_people = lessons.iter().zip(&self.scores).filter(|(lesson, _)| lesson.by_people);
        by_people.flat_map(|(lesson, scores)| lesson.labels.iter().zip(scores))
    }

    /// What scores are best multiplied by: where what is right is likeliest.
    fn fitting(&self, lessons: &[Lesson]) -> [f32; 2] {
        let best = |range: std::ops::Range<usize>, gold: fn(&Example) -> &[f32]| {
            let surprise = |by: f32| -> f32 {
                let one = |(example, scores): (&Example, &[f32; LABELS])| {
                    let shares = shares(&scores[range.clone()].iter().map(|s| s * by).collect::<Vec<_>>());
                    let right = gold(example).iter().position(|share| *share == 1.0).unwrap_or(0);
                    -shares[right].max(1e-9).ln()
                };
                self.labels(lessons).map(one).sum()
            };
            let steps = (4..=40).map(|step| step as f32 * 0.05);
            steps.min_by(|a, b| surprise(*a).total_cmp(&surprise(*b))).unwrap_or(1.0)
        };
        [best(0..ACTS, |e| &e.acts), best(ACTS..LABELS, |e| &e.factualities)]
    }

    /// Figures of labels.
    fn figures(&self, lessons: &[Lesson]) -> Vec<Figure> {
        let model = self.model();
        let is = |shares: &[f32], i: usize| shares[i] == 1.0;
        let mut right: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
        let mut acts = vec![[0.0f64; 3]; ACTS];
        let mut bins = [[0.0f64; 2]; 10];
        let mut count = |name: &'static str, yes: bool| {
            let sum = right.entry(name).or_default();
            *sum = [sum[0] + f64::from(u8::from(yes)), sum[1] + 1.0];
        };
        for (example, scores) in self.labels(lessons) {
            let Verdict { act: (act, sure), factuality: (factuality, _), .. } = model.choose(scores);
            let hit = is(&example.acts, act as usize);
            count("act", hit);
            count("factuality", is(&example.factualities, factuality as usize));
            let gold = Factuality::ALL.iter().copied().find(|f| is(&example.factualities, *f as usize));
            count("polarity", gold.is_some_and(|gold| gold.polarity() == factuality.polarity()));
            let gold = Act::ALL.iter().copied().find(|act| is(&example.acts, *act as usize));
            acts[act as usize][1] += 1.0;
            acts[act as usize][0] += f64::from(u8::from(hit));
            gold.into_iter().for_each(|gold| acts[gold as usize][2] += 1.0);
            let bin = &mut bins[((sure * 10.0) as usize).min(9)];
            *bin = [bin[0] + f64::from(u8::from(hit)), bin[1] + 1.0];
        }
        let share = |[hits, all]: [f64; 2]| 100.0 * hits / all.max(1.0);
        let mut figures: Vec<Figure> =
            right.into_iter().map(|(name, sum)| (name.to_owned(), share(sum))).collect();
        let f1 = |[hits, said, there]: [f64; 3]| 200.0 * hits / (said + there).max(1.0);
        let there: Vec<[f64; 3]> = acts.iter().copied().filter(|act| act[2] >= 5.0).collect();
        let mean = there.iter().map(|act| f1(*act)).sum::<f64>() / there.len().max(1) as f64;
        figures.push(("act macro F1".to_owned(), mean));
        for (act, sums) in Act::ALL.iter().zip(&acts) {
            figures.push((format!("{} F1", act.name()), f1(*sums)));
        }
        for (i, bin) in bins.iter().enumerate().filter(|(_, bin)| bin[1] > 0.0) {
            figures.push((format!("act right, confidence 0.{i}"), share(*bin)));
        }
        figures
    }
}

/// The lessons that are not in a part.
fn others(lessons: &[Lesson], fold: usize, folds: usize) -> Vec<usize> {
    (0..lessons.len()).filter(|i| i % folds != fold).collect()
}

/// How often who a content is about is right, where somebody is named or ought to be.
fn about_figure(lessons: &[Lesson], held: &Held, weights: impl Fn(usize) -> Vec<f32>) -> Figure {
    let (mut right, mut all) = (0, 0);
    let model = held.model();
    for (i, lesson) in lessons.iter().enumerate().filter(|(_, lesson)| lesson.by_people) {
        let ranker = Model::new(&StanceModel { about: weights(i), ..StanceModel::nothing() });
        for (about, scores) in lesson.about.iter().zip(&held.scores[i]) {
            let Some(about) = about else { continue };
            let none = about.right.len() - 1;
            let act = model.choose(scores).act;
            let rows = || ranker.weigh(&about.choice(act).rows, &trust(&about.signs, act.0));
            let shares = if has_target(act.0) { rows() } else { Vec::new() };
            let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap_or(none);
            all += usize::from(best != none || about.named);
            right += usize::from(best != none && about.right[best]);
        }
    }
    ("about".to_owned(), 100.0 * right as f64 / all.max(1) as f64)
}

/// The figures of the texts that people labelled, each by training on the other parts.
pub(in crate::train) fn cross_validated(
    lessons: &[Lesson],
    held: &Held,
    folds: usize,
    settings: &Settings,
) -> Vec<Figure> {
    let of = |fold| super::about(lessons, &others(lessons, fold, folds), held, settings);
    let weights: Vec<Vec<f32>> = (0..folds).map(of).collect();
    let mut figures = held.figures(lessons);
    figures.push(about_figure(lessons, held, |i| weights[i % folds].clone()));
    figures
}

/// The figures of a model on texts that it was not trained on.
pub(in crate::train) fn measure(lessons: &[Lesson], model: &StanceModel) -> Vec<Figure> {
    let held = Held::read(lessons, model);
    let mut figures = held.figures(lessons);
    figures.push(about_figure(lessons, &held, |_| model.about.clone()));
    figures
}
