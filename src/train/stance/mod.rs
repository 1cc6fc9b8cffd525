//! Training of stance: acts and factualities by a network, whom a content is about by a ranker.

mod gold;
mod labels;
mod marks;
mod measure;
mod silver;

pub(super) use gold::{Labels, Marked, read, read_labels};
pub(super) use measure::{Held, cross_validated, measure};
pub(super) use silver::{read_silver, teach, write};

use super::coreference::simple;
use super::network::{self, Settings};
use super::ranking::{self, Choice};
use crate::labels::Act;
use crate::model::NetworkModel;
use crate::pipeline::Pipeline;
use crate::stance::about::{Signs, rows, signs};
use crate::stance::look::Case;
use crate::stance::targets::{Known, targets};
use crate::stance::{HIDDEN, LABELS, PLACES, StanceModel, rules};
use labels::Example;

/// The settings that did best in the folds.
pub(super) fn settings(seed: u64) -> Settings {
    Settings {
        nets: 2,
        linear: 0,
        passes: [6, 1],
        rate: [0.003, 0.001],
        feature_dropout: 0.3,
        unit_dropout: 0.2,
        rare: 2,
        most: 50_000,
        seed,
    }
}

/// What is learnt from one text.
pub(super) struct Lesson {
    labels: Vec<Example>,
    /// One for each attribution, where it is known whom its content is about.
    about: Vec<Option<About>>,
    /// Part of the corpus that is measured, else learnt from alone.
    pub(super) measured: bool,
}

/// Whom a content is about.
struct About {
    signs: Signs,
    /// Which of the targets it is, and whether it is none of them.
    right: Vec<bool>,
    /// Somebody is named, who may be none of the targets.
    named: bool,
}

impl About {
    /// The choice, where the act is taken for that.
    fn choice(&self, act: (Act, f32)) -> Choice {
        Choice { rows: rows(&self.signs, act), right: self.right.clone(), weight: 1.0 }
    }
}

/// The texts as training sees them.
pub(super) fn lessons(texts: &[Marked], pipeline: &Pipeline, measured: bool) -> Vec<Lesson> {
    texts.iter().map(|marked| lesson(marked, pipeline, measured)).collect()
}

fn lesson(marked: &Marked, pipeline: &Pipeline, measured: bool) -> Lesson {
    let relations = |segments: &crate::segment::Segments| marked.relations(segments);
    pipeline.with_marked(&marked.text, relations, |layers, terms, found, feelings, entities| {
        let known = Known::new(layers);
        let mut lesson = Lesson { labels: Vec::new(), about: Vec::new(), measured };
        let pairs = found.iter().zip(&marked.attributions);
        // A cue that covers no word is no place to look at.
        for ((attribution, sense), labelled) in pairs.filter(|((_, sense), _)| !sense.cue.is_empty()) {
            let reading = rules::read(layers, terms, sense);
            let case = Case::new(layers, terms, attribution, sense, feelings, &known);
            let mut features = Vec::new();
            case.features(&reading, &rules::clause(layers, sense), |hash| features.push(hash));
            let gold::Labels { act, factuality, .. } = labelled.labels;
            let chances = labelled.chances;
            lesson.labels.push(Example { features, reading, act, factuality, chances });
            lesson.about.push(labelled.labels.about.as_ref().map(|about| {
                let targets = targets(layers, attribution, &known, entities);
                let speaks: Vec<u32> =
                    targets.iter().map(|target| entities.speaker(target.entity, layers.lexicon)).collect();
                let wanted: Vec<String> =
                    about.iter().flat_map(|name| name.split("; ")).map(simple).collect();
                let is = |entity: &u32| wanted.contains(&simple(&entities.entities[*entity as usize].name));
                let mut right: Vec<bool> = speaks.iter().map(is).collect();
                right.push(!right.contains(&true));
                let signs = signs(case, attribution, &targets, entities);
                About { signs, right, named: about.is_some() }
            }));
        }
        lesson
    })
}

/// A model of stance by what cross-validation found.
pub(super) fn train(lessons: &[Lesson], held: &Held, settings: &Settings) -> StanceModel {
    let all: Vec<usize> = (0..lessons.len()).collect();
    let labels = labels(lessons, &all, settings);
    let about = about(lessons, &all, held, settings);
    StanceModel { labels, sureness: held.sureness, about }
}

/// The weights of acts and factualities, by some of the lessons.
fn labels(lessons: &[Lesson], of: &[usize], settings: &Settings) -> NetworkModel {
    let examples: Vec<&Example> = of.iter().flat_map(|i| &lessons[*i].labels).collect();
    network::learn::<HIDDEN, LABELS, Example>(&examples, settings)
}

/// The weights of whom contents are about, by the attributions whose act has a target: not the right act, but that of a
/// model that did not see them, as it is a guess on other texts too.
fn about(lessons: &[Lesson], of: &[usize], held: &Held, settings: &Settings) -> Vec<f32> {
    let choices: Vec<Choice> = of.iter().flat_map(|i| held.choices(*i, &lessons[*i])).collect();
    let settings = ranking::Settings { passes: 8, rate: 0.03, decay: 1e-4, seed: settings.seed };
    ranking::learn(&choices, PLACES, &settings)
}
