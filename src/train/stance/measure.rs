//! What is right in texts that the model was not trained on, in percent.

use super::Lesson;
use super::labels::Example;
use crate::labels::Act;
use crate::model::{Network, NetworkModel};
use crate::stance::about::{best, has_target, trust};
use crate::stance::{
    self, ACTS, LABELS, StanceModel, Sureness, Verdict, ruled_act, ruled_factuality, sharpened, weigh,
};
use crate::train::card::Figure;
use crate::train::logistic;
use crate::train::network::Settings;
use crate::train::ranking::Choice;
use std::collections::BTreeMap;

/// What models say of lessons that they were not trained on.
pub(in crate::train) struct Held {
    /// Scores of the attributions of each lesson.
    scores: Vec<Vec<[f32; LABELS]>>,
    pub(super) sureness: [Sureness; 2],
}

impl Held {
    /// Trains on all parts but one and reads that, in turns; how sure it is then fits the measured texts best.
    pub(in crate::train) fn new(lessons: &[Lesson], folds: usize, settings: &Settings) -> Self {
        let mut held = Self { scores: vec![Vec::new(); lessons.len()], sureness: [Sureness::NONE; 2] };
        for fold in 0..folds {
            let model = super::labels(lessons, &others(lessons, fold, folds), settings);
            let held = held.scores.iter_mut().skip(fold).step_by(folds);
            for (scores, found) in held.zip(scores(lessons.iter().skip(fold).step_by(folds), &model)) {
                *scores = found;
            }
        }
        held.sharpen(lessons);
        held.calibrate(lessons);
        held
    }

    /// What a model says of other lessons.
    fn read(lessons: &[Lesson], model: &StanceModel) -> Self {
        Self { scores: scores(lessons.iter(), &model.labels), sureness: model.sureness }
    }

    /// The choices of whom a content is about, where the act of a lesson's attribution seems to have somebody.
    pub(super) fn choices(&self, i: usize, lesson: &Lesson) -> Vec<Choice> {
        let mut found = Vec::new();
        for ((about, scores), example) in lesson.about.iter().zip(&self.scores[i]).zip(&lesson.labels) {
            let act = self.choose(scores, example).act;
            found.extend(about.iter().filter(|_| has_target(act.0)).map(|about| about.choice(act)));
        }
        found
    }

    fn choose(&self, scores: &[f32; LABELS], example: &Example) -> Verdict {
        stance::choose(scores, &example.reading, &self.sureness)
    }

    /// Labels with their scores, of the lessons of people.
    fn labels<'l>(&'l self, lessons: &'l [Lesson]) -> impl Iterator<Item = (&'l Example, &'l [f32; LABELS])> {
        let measured = lessons.iter().zip(&self.scores).filter(|(lesson, _)| lesson.measured);
        measured.flat_map(|(lesson, scores)| lesson.labels.iter().zip(scores))
    }

    /// Finds what scores are best multiplied by: where what is right is likeliest.
    fn sharpen(&mut self, lessons: &[Lesson]) {
        let gold = |example: &Example| [example.act as usize, example.factuality as usize];
        for kind in 0..2 {
            let surprise = |by: f32| -> f32 {
                let sureness = [Sureness { sharpness: by, ..Sureness::NONE }; 2];
                let one = |(example, scores): (&Example, &[f32; LABELS])| {
                    -sharpened(scores, &sureness)[kind][gold(example)[kind]].max(1e-9).ln()
                };
                self.labels(lessons).map(one).sum()
            };
            let steps = (4..=40).map(|step| step as f32 * 0.05);
            self.sureness[kind].sharpness =
                steps.min_by(|a, b| surprise(*a).total_cmp(&surprise(*b))).unwrap_or(1.0);
        }
    }

    /// Finds how likely the likeliest labels are right, by their shares.
    fn calibrate(&mut self, lessons: &[Lesson]) {
        let (mut acts, mut factualities) = (Vec::new(), Vec::new());
        for (example, scores) in self.labels(lessons) {
            let Verdict { act: (act, _), factuality: (factuality, _), .. } = self.choose(scores, example);
            let [shares, of_factualities] = sharpened(scores, &self.sureness);
            let signs = Sureness::signs(shares[act as usize], ruled_act(&example.reading, act));
            acts.push((signs, example.act == act));
            let ruled = ruled_factuality(&example.reading, factuality);
            let signs = Sureness::signs(of_factualities[factuality as usize], ruled);
            factualities.push((signs, example.factuality == factuality));
        }
        self.sureness[0].weights = logistic::fit(&acts);
        self.sureness[1].weights = logistic::fit(&factualities);
    }

    /// Figures of labels.
    fn figures(&self, lessons: &[Lesson]) -> Vec<Figure> {
        let mut right: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
        let mut acts = vec![[0.0f64; 3]; ACTS];
        let mut bins = [[0.0f64; 2]; 10];
        let mut count = |name: &'static str, yes: bool| {
            let sum = right.entry(name).or_default();
            *sum = [sum[0] + f64::from(u8::from(yes)), sum[1] + 1.0];
        };
        for (example, scores) in self.labels(lessons) {
            let Verdict { act: (act, sure), factuality: (factuality, _), .. } = self.choose(scores, example);
            let hit = example.act == act;
            count("act", hit);
            count("factuality", example.factuality == factuality);
            count("polarity", example.factuality.polarity() == factuality.polarity());
            acts[act as usize][1] += 1.0;
            acts[act as usize][0] += f64::from(u8::from(hit));
            acts[example.act as usize][2] += 1.0;
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

/// The scores of the attributions of lessons; of a model whose parts do not fit each other there are none.
fn scores<'l>(lessons: impl Iterator<Item = &'l Lesson>, model: &NetworkModel) -> Vec<Vec<[f32; LABELS]>> {
    let network = Network::new(model);
    let one = |e: &Example| network.as_ref().map(|network| stance::scores(network, &e.features, &e.reading));
    lessons.map(|lesson| lesson.labels.iter().filter_map(one).collect()).collect()
}

/// The lessons that are not in a part.
fn others(lessons: &[Lesson], fold: usize, folds: usize) -> Vec<usize> {
    (0..lessons.len()).filter(|i| i % folds != fold).collect()
}

/// How often who a content is about is right, where somebody is named or ought to be.
fn about_figure(lessons: &[Lesson], held: &Held, weights: impl Fn(usize) -> Vec<f32>) -> Figure {
    let (mut right, mut all) = (0, 0);
    for (i, lesson) in lessons.iter().enumerate().filter(|(_, lesson)| lesson.measured) {
        let weights = weights(i);
        for ((about, scores), example) in lesson.about.iter().zip(&held.scores[i]).zip(&lesson.labels) {
            let Some(about) = about else { continue };
            let none = about.right.len() - 1;
            let act = held.choose(scores, example).act;
            let rows = || weigh(&weights, &about.choice(act).rows, &trust(&about.signs, act.0));
            let shares = if has_target(act.0) { rows() } else { Vec::new() };
            let best = best(&shares).unwrap_or(none);
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
