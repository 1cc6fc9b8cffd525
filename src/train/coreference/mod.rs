//! Training of the ranker of anaphors.

mod gold;

pub(super) use gold::{read, simple};

use super::ranking::{self, Answered, Settings};
use crate::coreference::{self, CoreferenceModel, DIMENSIONS, Form, Ranker, Rows};
use crate::pipeline::Pipeline;
use gold::{Document, Gold, Known};

/// How the ranker is trained.
pub(super) fn settings(seed: u64) -> Settings {
    Settings { passes: 8, rate: 0.03, decay: 1e-5, seed }
}

/// A choice with its answer: the features of each entity and, last, of none; which of them are right.
struct Case {
    rows: Rows,
    right: Vec<bool>,
    /// Which of them have a name.
    named: Vec<bool>,
    form: Form,
    weight: f32,
}

/// All choices whose answer is known; the others are made by `ranker`, if there is one.
fn cases(documents: &[Document], pipeline: &Pipeline, ranker: Option<&Ranker>) -> Vec<Case> {
    let mut found = Vec::new();
    for document in documents {
        pipeline.with_scene(&document.text, |scene, descriptions, entities| {
            let mut descriptions = descriptions.to_vec();
            descriptions.extend(document.descriptions(scene));
            descriptions.sort_by_key(|anaphor| (anaphor.tokens.start, anaphor.tokens.end));
            descriptions.dedup_by_key(|anaphor| anaphor.tokens.clone());
            let weight = if matches!(document.known, Known::Sources(_)) { 2.0 } else { 1.0 };
            let campaigns = coreference::campaigns(scene, entities);
            coreference::walk(scene, &descriptions, &campaigns, entities, |choice, referents| {
                let guess = || choice.referents.get(ranker?.best(choice.rows, |_| 0.0).0).copied();
                let gold = document.gold(scene, choice.anaphor, referents);
                let (unnamed, names) = (matches!(gold, Gold::Unnamed), matches!(gold, Gold::Names(_)));
                let (mut right, is): (Vec<bool>, _) = match gold {
                    Gold::Referents(right) | Gold::Names(right) => {
                        let is = choice.referents.iter().find(|referent| right.contains(referent));
                        (
                            choice.referents.iter().map(|referent| right.contains(referent)).collect(),
                            is.copied(),
                        )
                    }
                    Gold::Unnamed => {
                        let unnamed = |referent: &u32| !referents.is_named(*referent);
                        let is = guess().filter(unnamed);
                        (choice.referents.iter().map(unnamed).collect(), is)
                    }
                    Gold::Unknown => return guess(),
                };
                right.push(unnamed || is.is_none());
                let mut rows = choice.rows.clone();
                let form = choice.anaphor.form;
                let weight = if form == Form::Description { 4.0 * weight } else { weight };
                let weight = weight * (choice.count as f32).sqrt();
                let mut named: Vec<bool> =
                    choice.referents.iter().map(|referent| referents.is_named(*referent)).collect();
                if names {
                    // A neighbour may be the woman with a name, and nobody says so.
                    let keep: Vec<bool> = named.iter().copied().chain([true]).collect();
                    rows = rows.only(&keep);
                    let mut keep = keep.iter();
                    right.retain(|_| *keep.next().unwrap_or(&true));
                    named.retain(|named| *named);
                }
                found.push(Case { rows, right, named, form, weight });
                is
            });
        });
    }
    found
}

/// A ranker that learnt twice: what is not known of the first reading, it fills in for the second.
pub(super) fn train(documents: &[Document], pipeline: &Pipeline, settings: &Settings) -> CoreferenceModel {
    let first = learn(&cases(documents, pipeline, None), settings);
    learn(&cases(documents, pipeline, Some(&Ranker::new(first))), settings)
}

fn learn(cases: &[Case], settings: &Settings) -> CoreferenceModel {
    CoreferenceModel { weights: ranking::learn(cases, DIMENSIONS, settings) }
}

impl Answered for Case {
    fn rows(&self) -> impl Iterator<Item = &[u16]> {
        self.rows.iter()
    }

    fn right(&self) -> &[bool] {
        &self.right
    }

    fn weight(&self) -> f32 {
        self.weight
    }
}

/// Shares in percent of a corpus: of the links made, of those there are, by form.
pub(super) fn measure(
    documents: &[Document],
    pipeline: &Pipeline,
    model: &CoreferenceModel,
) -> Vec<(String, f64)> {
    let ranker = Ranker::new(model.clone());
    let cases = cases(documents, pipeline, Some(&ranker));
    let mut figures = Vec::new();
    let pronoun = |form: Form| form != Form::Description;
    for (name, of) in [("pronouns", true), ("descriptions", false)] {
        let (mut right, mut said, mut there) = (0, 0, 0);
        for case in cases.iter().filter(|case| pronoun(case.form) == of) {
            let (best, _) = ranker.best(&case.rows, |_| 0.0);
            let none = case.rows.len() - 1;
            // Of some it is known only that they mean nobody with a name.
            if case.right[none] && best != none && case.right[best] {
                continue;
            }
            said += usize::from(best != none);
            there += usize::from(!case.right[none]);
            right += usize::from(best != none && case.right[best]);
        }
        let share = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
        figures.push((format!("{name}, precision"), share(said)));
        figures.push((format!("{name}, recall"), share(there)));
    }
    // Whether the probabilities of names are what they say.
    for (low, high) in [(0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 2.0)] {
        let (mut right, mut said) = (0, 0);
        for case in cases.iter().filter(|case| pronoun(case.form)) {
            let (best, share) = ranker.best(&case.rows, |_| 0.0);
            if case.named.get(best) == Some(&true) && (low..high).contains(&share) {
                said += 1;
                right += usize::from(case.right[best]);
            }
        }
        let name = format!("pronouns linked at {low} or more, below {}, right", high.min(1.0));
        figures.push((name, 100.0 * right as f64 / said.max(1) as f64));
    }
    figures
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{self, Kind};
    use crate::span::Span;

    /// "she" is the first of two women.
    fn documents() -> Vec<Document> {
        let names = [("Anna Rook", "Berta Finch"), ("Clara Voss", "Dora Quill"), ("Emma Holt", "Greta Lind")];
        let document = |(a, b): (&str, &str)| {
            let text = format!("{a} left the port with {b}. Then she spoke of the strike.");
            let span = |word: &str| {
                let start = text.find(word).unwrap();
                Span::new(start, start + word.len())
            };
            let known = Known::Pronoun { at: span("she"), names: [(span(a), true), (span(b), false)] };
            Document { known, text }
        };
        names.into_iter().map(document).collect()
    }

    #[test]
    fn a_few_pronouns_are_learnt_to_the_same_bytes_on_every_run() {
        let (documents, pipeline) = (documents(), Pipeline::below_coreference().unwrap());
        let bytes = || {
            let model = train(&documents, &pipeline, &settings(1));
            let right = measure(&documents, &pipeline, &model)
                .into_iter()
                .find(|(name, _)| name == "pronouns, recall")
                .unwrap();
            (model::pack(Kind::Coreference, &model).unwrap(), right.1)
        };
        let (first, recall) = bytes();
        assert_eq!(first, bytes().0);
        assert_eq!(recall, 100.0);
        let read = Ranker::read("own.model".as_ref(), &first).unwrap();
        let mut empty = Rows::default();
        (0..2).for_each(|_| empty.push(|_| ()));
        assert_eq!(read.best(&empty, |_| 0.0), (0, 0.5));
    }

    #[test]
    fn a_model_of_another_size_is_refused() {
        let short = model::pack(Kind::Coreference, &CoreferenceModel { weights: vec![0.0; 7] }).unwrap();
        let fault = Ranker::read("own.model".as_ref(), &short).err().unwrap();
        assert!(fault.to_string().contains("do not fit each other"), "{fault}");
    }
}
