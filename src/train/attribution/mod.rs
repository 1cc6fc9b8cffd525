//! Training of the attributions: two fields, the second on what the first says of articles that it did not see.

mod example;
mod measure;
mod sequences;

pub(super) use example::{examples, has_inner, inner};
pub(super) use measure::measure;

use super::chain::{Index, Learner, Sequence, Settings as Field, Trained};
use super::logistic;
use crate::attribution::learned::chain::Scores;
use crate::attribution::learned::judge::SIGNS;
use crate::attribution::learned::{AttributionModel, Model, StageModel};
use example::{Counts, Example};
use measure::is_right;
use sequences::{framing_sequences, tagging_sequences};

/// How the attributions are trained.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) tagging: Field,
    pub(super) framing: Field,
    /// Parts that the articles are cut into; each gets what a model says that was trained on the others.
    pub(super) folds: usize,
    /// Weight of an article that a teacher labelled.
    pub(super) silver: f32,
    pub(super) candidate: f32,
    pub(super) keep: f32,
    pub(super) rows: [usize; 2],
}

impl Settings {
    pub(super) fn new(seed: u64) -> Self {
        let field = Field { passes: 3, rate: 0.02, dropout: 0.3, penalty: 0.5, least: 3, seed };
        Self {
            tagging: field.clone(),
            framing: Field { rate: 0.015, ..field },
            folds: 2,
            silver: 1.0,
            candidate: 0.2,
            keep: 0.2,
            rows: [100_000, 131_000],
        }
    }
}

/// Runs with other seeds whose weights are averaged.
const RUNS: u64 = 5;

/// A model of attributions, learnt from articles and from contents as texts of their own.
pub(super) fn train(examples: &mut [Example], settings: &Settings) -> AttributionModel {
    // What is inner to articles stands in them already.
    let count = |example: &Example| if example.sight.inner { Counts::default() } else { Counts::of(example) };
    let own: Vec<Counts> = examples.iter().map(count).collect();
    let mut counts = Counts::default();
    own.iter().for_each(|own| counts.add(own));
    for (example, own) in examples.iter_mut().zip(&own) {
        example.sight.set_often(|lemma| counts.class(lemma, Some(own)));
    }
    let mut often: Vec<(u32, u8)> =
        counts.0.keys().map(|lemma| (*lemma, counts.class(*lemma, None))).filter(|(_, c)| *c > 0).collect();
    often.sort_unstable();

    // Contents stand in other parts than their articles: with each in that of its article the model finds half a point less.
    let folds = settings.folds;
    let (index, sequences) = tagging_sequences(examples, &settings.tagging);
    eprintln!("tagging: {} features", index.len());
    let (parts, tagging) = learn(&index, &sequences, &settings.tagging, folds);
    let posteriors: Vec<Vec<Scores>> = sequences
        .iter()
        .enumerate()
        .map(|(e, paragraphs)| paragraphs.iter().flat_map(|s| parts[e % folds].shares(s)).collect())
        .collect();
    let stages = |parts: Vec<Trained>, whole: Trained, index: &Index, rows: usize| {
        let parts: Vec<StageModel> = parts.iter().map(|part| part.stage(index, rows)).collect();
        (parts, whole.stage(index, rows))
    };
    let (tagging_parts, tagging) = stages(parts, tagging, &index, settings.rows[0]);
    drop((index, sequences));

    let (index, sequences) = framing_sequences(examples, &posteriors, settings);
    eprintln!(
        "framing: {} features, {} candidates",
        index.len(),
        sequences.iter().map(Vec::len).sum::<usize>()
    );
    let (parts, framing) = learn(&index, &sequences, &settings.framing, folds);
    let (framing_parts, framing) = stages(parts, framing, &index, settings.rows[1]);
    drop((index, sequences));

    // What is right among the relations of articles that neither stage saw.
    let of = |tagging, framing, judge| AttributionModel {
        often: often.clone(),
        tagging,
        framing,
        candidate: settings.candidate,
        judge,
        keep: settings.keep,
    };
    let models: Vec<Model> = tagging_parts
        .into_iter()
        .zip(framing_parts)
        .map(|(tagging, framing)| Model::new(&of(tagging, framing, vec![0.0; SIGNS])))
        .collect();
    let mut cases = Vec::new();
    let gold = examples.iter().enumerate().filter(|(_, example)| example.by_people);
    for (e, example) in gold {
        for relation in models[e % folds].propose(&example.sight, &example.drafts) {
            cases.push((relation.signs, example.gold.iter().any(|gold| is_right(&relation, gold))));
        }
    }
    of(tagging, framing, logistic::fit(&cases).to_vec())
}

/// The models of all folds, each of which left its own out, and that of the whole, the mean of several runs. They share
/// nothing that is written.
fn learn(index: &Index, sequences: &[Vec<Sequence>], field: &Field, folds: usize) -> (Vec<Trained>, Trained) {
    let run = |left_out: Option<usize>, seed: u64| {
        let kept = sequences.iter().enumerate().filter(|(e, _)| Some(e % folds) != left_out);
        let field = Field { seed: field.seed + seed, ..field.clone() };
        Learner::train(index, &kept.flat_map(|(_, s)| s).collect::<Vec<_>>(), &field)
    };
    let done = |job: std::thread::ScopedJoinHandle<'_, Trained>| {
        job.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    };
    std::thread::scope(|scope| {
        let run = &run;
        let parts: Vec<_> = (0..folds).map(|fold| scope.spawn(move || run(Some(fold), 0))).collect();
        let runs: Vec<_> = (1..RUNS).map(|seed| scope.spawn(move || run(None, seed))).collect();
        let first = run(None, 0);
        let runs = [first].into_iter().chain(runs.into_iter().map(done)).collect();
        (parts.into_iter().map(done).collect(), Trained::mean(runs))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{self, Kind};
    use crate::pipeline::Pipeline;
    use crate::train::relations::{self, Article};

    /// The sample articles of the project, without what stands inside others.
    fn samples() -> Vec<Article> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/story");
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.to_string_lossy().ends_with(".gold.json"));
        paths.sort();
        let article = |path: &std::path::PathBuf| {
            let mut article = relations::article(&std::fs::read_to_string(path).unwrap()).unwrap();
            article.relations.retain(|gold| gold.parent.is_none());
            article
        };
        paths.iter().map(article).collect()
    }

    #[test]
    fn a_few_articles_are_learnt_to_the_same_bytes_on_every_run() {
        let (articles, pipeline) = (samples(), Pipeline::below_attributions().unwrap());
        let settings = Settings::new(1);
        let bytes = || {
            let model = train(&mut examples(&articles, &pipeline, None), &settings);
            let found = measure(&articles, &pipeline, &model);
            (model::pack(Kind::Attribution, &model).unwrap(), found)
        };
        let (first, figures) = bytes();
        assert_eq!(first, bytes().0);
        let of_all = figures.iter().find(|(name, _)| name == "relations, F1").unwrap();
        assert!(of_all.1 > 40.0, "of what it was trained on it finds {figures:?}");
        let read: AttributionModel = model::unpack("own.model".as_ref(), Kind::Attribution, &first).unwrap();
        assert_eq!(read.judge.len(), SIGNS);
    }
}
