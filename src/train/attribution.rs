//! Training of the attributions: two fields, the second on what the first says of articles that it did not see.

use super::card::Figure;
use super::chain::{Index, Learner, Sequence, Settings as Field, Trained};
use super::logistic;
use super::relations::{Article, Gold};
use crate::attribution::learned::candidate::{Candidate, candidates};
use crate::attribution::learned::chain::Scores;
use crate::attribution::learned::framing::{self, Scene};
use crate::attribution::learned::judge::SIGNS;
use crate::attribution::learned::resolve::Relation;
use crate::attribution::learned::roles::{CONTENT, CUE, OUTSIDE, SOURCE, place};
use crate::attribution::learned::sight::{Atom, Mark, Sight};
use crate::attribution::learned::{AttributionModel, Model, SHORTEST, StageModel, rule_of, tagging, within};
use crate::attribution::{Draft, read};
use crate::pipeline::Pipeline;
use crate::span::Span;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

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
            framing: Field { rate: 0.015, passes: 3, dropout: 0.3, ..field },
            folds: 2,
            silver: 1.0,
            candidate: 0.15,
            keep: 0.2,
            rows: [100_000, 131_000],
        }
    }
}

/// Runs with other seeds whose weights are averaged.
const RUNS: u64 = 3;

/// A relation in tokens, by role.
type Roles = [Vec<Range<usize>>; 3];

/// An article as training sees it.
pub(super) struct Example {
    sight: Sight,
    drafts: Vec<Draft>,
    gold: Vec<Roles>,
    weight: f32,
    /// People marked it, and not a teacher.
    by_people: bool,
}

/// Articles, read by the pipeline up to what the rules find; those of a teacher count `silver`, if that is given.
pub(super) fn examples(articles: &[Article], pipeline: &Pipeline, silver: Option<f32>) -> Vec<Example> {
    let (weight, by_people) = (silver.unwrap_or(1.0), silver.is_none());
    articles
        .iter()
        .map(|article| {
            let reading = pipeline.read(&article.text);
            let layers = reading.layers(&article.text, pipeline.lexicon());
            let (sight, drafts) = read(layers, |_| 0);
            let tokens: Vec<Span> = layers.segments.tokens.iter().map(|token| token.span).collect();
            let gold = article.relations.iter().map(|gold| roles(gold, &tokens)).collect();
            Example { sight, drafts, gold, weight, by_people }
        })
        .collect()
}

/// The contents of articles as texts of their own, with the relations inside them.
pub(super) fn inner(articles: &[Article], pipeline: &Pipeline) -> Vec<Example> {
    let mut examples = Vec::new();
    for (article, whole) in articles.iter().zip(self::examples(articles, pipeline, None)) {
        for (outer, content) in article.relations.iter().zip(&whole.gold) {
            for range in content[2].iter().filter(|range| range.len() >= SHORTEST) {
                let (sight, range, drafts) = within(&whole.sight, range, &whole.drafts);
                let inside = |r: &&Range<usize>| range.start <= r.start && r.end <= range.end;
                let shift = |r: &Range<usize>| r.start - range.start..r.end - range.start;
                let inner = article.relations.iter().zip(&whole.gold);
                let inner = inner.filter(|(gold, _)| gold.parent.as_ref() == Some(&outer.id));
                let gold: Vec<Roles> = inner
                    .map(|(_, roles)| roles.each_ref().map(|r| r.iter().filter(inside).map(shift).collect()))
                    .filter(|roles: &Roles| !roles[1].is_empty())
                    .collect();
                examples.push(Example { sight, drafts, gold, weight: 1.0, by_people: true });
            }
        }
    }
    examples
}

fn roles(gold: &Gold, tokens: &[Span]) -> Roles {
    gold.roles.each_ref().map(|spans| {
        let range = |span: &Span| {
            let first = tokens.partition_point(|token| token.end <= span.start);
            let last = tokens.partition_point(|token| token.start < span.end);
            first..last
        };
        spans.iter().map(range).filter(|range| !range.is_empty()).collect()
    })
}

impl Example {
    /// The labels of tokens `range` for some relations; one that is open at the start of a paragraph begins anew.
    fn labels(&self, range: Range<usize>, relations: &[&Roles]) -> Vec<u8> {
        let mut labels = vec![OUTSIDE as u8; range.len()];
        for roles in relations {
            for (role, begin) in roles.iter().zip([SOURCE, CUE, CONTENT]).rev() {
                for span in role {
                    for i in span.start.max(range.start)..span.end.min(range.end) {
                        let begins = i == span.start || i == range.start || self.sight.opens_paragraph(i);
                        labels[i - range.start] = (begin + usize::from(!begins)) as u8;
                    }
                }
            }
        }
        // Where another relation cuts in, the rest begins anew.
        for i in 0..labels.len() {
            let (before, label) =
                (if i > 0 { usize::from(labels[i - 1]) } else { OUTSIDE }, usize::from(labels[i]));
            if label > 0 && label % 2 == 0 && before != label && before + 1 != label {
                labels[i] -= 1;
            }
        }
        labels
    }
}

/// How often each lemma stands at all and in a cue.
#[derive(Default)]
struct Counts(FxHashMap<u32, (u32, u32)>);

impl Counts {
    fn of(example: &Example) -> Self {
        let mut counts = Self::default();
        let mut cue = vec![false; example.sight.atoms.len()];
        for range in example.gold.iter().flat_map(|roles| &roles[1]) {
            cue[range.clone()].fill(true);
        }
        for (atom, cue) in example.sight.atoms.iter().zip(cue) {
            let count = counts.0.entry(atom.lemma).or_default();
            count.0 += 1;
            count.1 += u32::from(cue);
        }
        counts
    }

    fn add(&mut self, other: &Counts) {
        for (lemma, (all, cue)) in &other.0 {
            let count = self.0.entry(*lemma).or_default();
            count.0 += all;
            count.1 += cue;
        }
    }

    /// The class of a lemma, `own` taken away.
    fn class(&self, lemma: u32, own: Option<&Counts>) -> u8 {
        let (all, cue) = self.0.get(&lemma).copied().unwrap_or_default();
        let (own_all, own_cue) = own.and_then(|own| own.0.get(&lemma)).copied().unwrap_or_default();
        let (all, cue) = (all - own_all, cue - own_cue);
        match f64::from(cue) / f64::from(all + 2) {
            _ if all == 0 => 0,
            _ if cue == 0 => 7,
            share if share >= 0.6 => 1,
            share if share >= 0.3 => 2,
            share if share >= 0.12 => 3,
            share if share >= 0.04 => 4,
            share if share >= 0.01 => 5,
            _ => 6,
        }
    }
}

/// A model of attributions. What is `inner` to contents says only how likely the relations there are right: in flat
/// corpora nothing is marked in them.
pub(super) fn train(
    examples: &mut [Example],
    inner: &mut [Example],
    settings: &Settings,
) -> AttributionModel {
    let own: Vec<Counts> = examples.iter().map(Counts::of).collect();
    let mut counts = Counts::default();
    own.iter().for_each(|own| counts.add(own));
    for (example, own) in examples.iter_mut().zip(&own) {
        example.sight.set_often(|lemma| counts.class(lemma, Some(own)));
    }
    for example in &mut *inner {
        example.sight.set_often(|lemma| counts.class(lemma, None));
    }
    let mut often: Vec<(u32, u8)> =
        counts.0.keys().map(|lemma| (*lemma, counts.class(*lemma, None))).filter(|(_, c)| *c > 0).collect();
    often.sort_unstable();

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
    for (e, example) in gold.chain(inner.iter().enumerate()) {
        for relation in models[e % folds].propose(&example.sight, &example.drafts) {
            cases.push((relation.signs, example.gold.iter().any(|gold| is_right(&relation, gold))));
        }
    }
    of(tagging, framing, logistic::fit(&cases))
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

/// Whether a relation is right in its parts: half of the words of content and source, and a word of the cue.
fn is_right(relation: &Relation, gold: &Roles) -> bool {
    let half = |a: &[Range<usize>], b: &[Range<usize>]| {
        let size = |ranges: &[Range<usize>]| ranges.iter().map(Range::len).sum::<usize>();
        let common =
            |x: &Range<usize>, y: &Range<usize>| x.end.min(y.end).saturating_sub(x.start.max(y.start));
        let both: usize = a.iter().flat_map(|x| b.iter().map(move |y| common(x, y))).sum();
        2 * both >= size(a) + size(b) - both
    };
    let cue = &relation.cue;
    half(&relation.content, &gold[2])
        && half(relation.source.as_slice(), &gold[0])
        && gold[1].iter().any(|c| c.start < cue.end && cue.start < c.end)
}

/// The rows of the features of each token, added to a sequence.
struct Rows<'i> {
    index: &'i Index,
    sequence: Sequence,
}

impl Rows<'_> {
    fn token(&mut self, features: &[u32]) {
        self.sequence.starts.push(self.sequence.rows.len() as u32);
        self.sequence.rows.extend(features.iter().filter_map(|hash| self.index.row(*hash)));
    }

    fn end(mut self, places: Vec<u8>, gold: Vec<u8>, weight: f32) -> Sequence {
        self.sequence.starts.push(self.sequence.rows.len() as u32);
        Sequence { places, gold, weight, ..self.sequence }
    }
}

/// Paragraphs, a list an example.
fn tagging_sequences(examples: &[Example], field: &Field) -> (Index, Vec<Vec<Sequence>>) {
    let walk =
        |example: &Example,
         mut paragraph: Box<dyn FnMut(Range<usize>, &mut dyn FnMut(usize, &mut Vec<u32>)) + '_>| {
            for sentences in example.sight.paragraphs() {
                let range = example.sight.sentences[sentences.start].start
                    ..example.sight.sentences[sentences.end - 1].end;
                let (first, last) = (range.start, range.end);
                paragraph(range, &mut |i, found| {
                    found.clear();
                    tagging::features(&example.sight, i, first, last, |hash| found.push(hash));
                });
            }
        };
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    let mut found = Vec::new();
    for example in examples {
        walk(
            example,
            Box::new(|range, features| {
                for i in range {
                    features(i, &mut found);
                    found.iter().for_each(|hash| *counts.entry(*hash).or_default() += 1);
                }
            }),
        );
    }
    let index = Index::new(counts, field.least);
    let mut all = Vec::with_capacity(examples.len());
    for example in examples {
        let mut sequences = Vec::new();
        let gold: Vec<&Roles> = example.gold.iter().collect();
        walk(
            example,
            Box::new(|range, features| {
                let mut rows = Rows { index: &index, sequence: Sequence::default() };
                for i in range.clone() {
                    features(i, &mut found);
                    rows.token(&found);
                }
                let places = range.clone().map(|i| place(&example.sight, i)).collect();
                sequences.push(rows.end(places, example.labels(range, &gold), example.weight));
            }),
        );
        all.push(sequences);
    }
    (index, all)
}

/// The windows of all candidates.
fn framing_sequences(
    examples: &[Example],
    posteriors: &[Vec<Scores>],
    settings: &Settings,
) -> (Index, Vec<Vec<Sequence>>) {
    let found: Vec<Vec<Candidate>> = examples
        .iter()
        .zip(posteriors)
        .map(|(example, posteriors)| candidates(&example.sight, posteriors, settings.candidate))
        .collect();
    let walk = |e: usize, each: &mut dyn FnMut(usize, usize, &[u32])| {
        let (example, candidates) = (&examples[e], &found[e]);
        let rules: Vec<_> = candidates.iter().map(|c| rule_of(c, &example.drafts)).collect();
        let mut hashes = Vec::new();
        for number in 0..candidates.len() {
            let (sight, posteriors) = (&example.sight, posteriors[e].as_slice());
            let scene = Scene { sight, posteriors, candidates, rules: &rules, number };
            for (i, way) in candidates[number].window.clone().zip(framing::ways(scene)) {
                hashes.clear();
                framing::features(scene, i, way, |hash| hashes.push(hash));
                each(number, i, &hashes);
            }
        }
    };
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for e in 0..examples.len() {
        walk(e, &mut |_, _, hashes| hashes.iter().for_each(|hash| *counts.entry(*hash).or_default() += 1));
    }
    let index = Index::new(counts, settings.framing.least);
    let mut all = Vec::with_capacity(examples.len());
    for (e, example) in examples.iter().enumerate() {
        let mut sequences = Vec::new();
        let mut open: Option<(usize, Rows<'_>)> = None;
        let close = |open: Option<(usize, Rows<'_>)>, sequences: &mut Vec<Sequence>| {
            let Some((number, rows)) = open else { return };
            let candidate = &found[e][number];
            let window = candidate.window.clone();
            let touches = |roles: &&Roles| {
                roles[1].iter().any(|cue| cue.start < candidate.range.end && candidate.range.start < cue.end)
            };
            let gold: Vec<&Roles> = example.gold.iter().filter(touches).take(1).collect();
            let places = window.clone().map(|i| place(&example.sight, i)).collect();
            sequences.push(rows.end(places, example.labels(window, &gold), example.weight));
        };
        walk(e, &mut |number, _, hashes| {
            if open.as_ref().is_none_or(|(n, _)| *n != number) {
                close(open.take(), &mut sequences);
                open = Some((number, Rows { index: &index, sequence: Sequence::default() }));
            }
            if let Some((_, rows)) = &mut open {
                rows.token(hashes);
            }
        });
        close(open, &mut sequences);
        all.push(sequences);
    }
    (index, all)
}

/// How much of other articles is found and right, in percent: by publisher, by the kind of cue, by the kind of content.
pub(super) fn measure(articles: &[Article], pipeline: &Pipeline, model: &AttributionModel) -> Vec<Figure> {
    let model = Model::new(model);
    // Hits, predicted, gold.
    let mut sums: BTreeMap<String, [f64; 3]> = BTreeMap::new();
    for (article, mut example) in articles.iter().zip(examples(articles, pipeline, None)) {
        example.sight.set_often(|lemma| model.often(lemma));
        let mut left = model.find(&example.sight, &example.drafts);
        let all = [String::new(), format!(" of {}", article.publisher)];
        all.iter().for_each(|group| sums.entry(group.clone()).or_default()[1] += left.len() as f64);
        for gold in &example.gold {
            let found = left.iter().position(|relation| is_right(relation, gold));
            found.map(|at| left.swap_remove(at));
            let kinds = [
                format!(" with {}", cue_kind(&example.sight, gold)),
                format!(" with {} content", content_kind(&example.sight, gold)),
            ];
            for group in all.iter().chain(&kinds) {
                let sum = sums.entry(group.clone()).or_default();
                sum[0] += f64::from(u8::from(found.is_some()));
                sum[2] += 1.0;
            }
        }
    }
    let figure = |(group, [hit, predicted, gold]): (String, [f64; 3])| {
        if predicted > 0.0 {
            (format!("relations{group}, F1"), 200.0 * hit / (predicted + gold).max(1.0))
        } else {
            (format!("relations{group}, recall"), 100.0 * hit / gold.max(1.0))
        }
    };
    sums.into_iter().map(figure).collect()
}

/// What a cue is, by its words.
fn cue_kind(sight: &Sight, gold: &Roles) -> &'static str {
    let mut atoms = gold[1].iter().flat_map(Range::clone).map(|i| &sight.atoms[i]);
    match () {
        () if atoms.clone().any(Atom::is_verb) => "a verb for a cue",
        () if atoms.any(Atom::is_noun) => "a noun for a cue",
        () => "another cue",
    }
}

/// Whether a content stands in quotation marks.
fn content_kind(sight: &Sight, gold: &Roles) -> &'static str {
    let words = gold[2].iter().flat_map(Range::clone).filter(|&i| sight.atoms[i].mark == Mark::Word);
    let (mut all, mut quoted) = (0, 0);
    for i in words {
        all += 1;
        quoted += usize::from(sight.atoms[i].quote != 0);
    }
    match quoted {
        0 => "indirect",
        quoted if quoted == all => "direct",
        _ => "mixed",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::relations;
    use super::*;
    use crate::model::{self, Kind};

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
            let model = train(&mut examples(&articles, &pipeline, None), &mut [], &settings);
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
