//! Relations as a model sees them: two linear-chain conditional random fields.
//!
//! The first reads paragraphs and says for each token how likely it is part of a source, a cue or a content. Where a
//! cue is likely, the second reads the window around it and marks the words of this relation alone. What the rules found
//! is among the features of both.

pub(crate) mod candidate;
pub(crate) mod chain;
pub(crate) mod framing;
pub(crate) mod judge;
pub(crate) mod resolve;
pub(crate) mod roles;
pub(crate) mod seen;
pub(crate) mod sight;
pub(crate) mod tagging;
mod tree;

use super::draft::Draft;
use crate::error::{Error, Result};
use crate::model::{self, Features, Kind, Rows, Table};
use candidate::{Candidate, candidates};
use chain::{Chain, Scores, Steps};
use framing::{Place, RuleRoles, Scene};
use judge::{Case, SIGNS, judge, signs};
use resolve::{Relation, relation, resolve};
use roles::{CUE, LABELS, OUTSIDE, PLACES, place};
use rustc_hash::FxHashMap;
use seen::Seen;
use serde::{Deserialize, Serialize};
use sight::{Mark, Sight};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The share of a cue below which a candidate is not looked at any further.
const LEAST: f32 = 0.05;

/// Tokens of the shortest content that may hold a relation.
pub(crate) const SHORTEST: usize = 4;

/// Weights in a row: the labels, and room to a power of two.
pub(crate) const WIDTH: usize = 8;

/// One stage as a model file stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StageModel {
    /// Weights of the features.
    pub rows: Rows,
    /// What a weight of 1 counts.
    pub scale: f32,
    /// Weights of the steps from label to label, by place.
    pub steps: Vec<f32>,
}

/// A model of attributions as its file stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttributionModel {
    /// Lemmas by their hashes, and how often each is a cue, in classes.
    pub often: Vec<(u32, u8)>,
    /// Who says, what, and where it is said, token by token.
    pub tagging: StageModel,
    /// The relation of one cue.
    pub framing: StageModel,
    /// The share of a cue above which a token is looked at in the second stage.
    pub candidate: f32,
    /// Weights of the signs that a relation is right.
    pub judge: Vec<f32>,
    /// The probability of being right above which a relation is kept.
    pub keep: f32,
}

/// Weights summed.
type Sums = [i16; WIDTH];

/// A stage at work.
#[derive(Debug)]
struct Stage {
    table: Table<WIDTH>,
    scale: f32,
    steps: Steps,
}

impl Stage {
    fn new(model: &StageModel) -> Self {
        Self { table: Table::new(&model.rows), scale: model.scale, steps: Steps::new(&model.steps) }
    }

    fn sum(&self, features: &[u32], mut sums: Sums) -> Sums {
        self.table.add(features, &mut sums);
        sums
    }

    fn score(&self, sums: Sums) -> Scores {
        std::array::from_fn(|label| f32::from(sums[label]) * self.scale)
    }
}

/// A model of attributions at work.
#[derive(Debug)]
pub struct Model {
    often: FxHashMap<u32, u8>,
    tagging: Stage,
    framing: Stage,
    candidate: f32,
    judge: Vec<f32>,
    keep: f32,
}

/// The model in the package, with its name.
const FILE: (&str, &[u8]) =
    ("attribution.model", include_bytes!("../../../data/models/en/attribution.model").as_slice());

impl Model {
    /// The model of the package, or one of a user, by path and content, in its place.
    ///
    /// # Errors
    /// See [`Model::read`].
    pub fn load(own: &[(PathBuf, Vec<u8>)]) -> Result<Self> {
        let (path, file) = model::chosen(Kind::Attribution, own, FILE);
        Self::read(path, file)
    }

    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// What is no model of attributions; see [`model::unpack`].
    pub fn read(path: &Path, file: &[u8]) -> Result<Self> {
        let model: AttributionModel = model::unpack(path, Kind::Attribution, file)?;
        let sound = |stage: &StageModel| {
            stage.rows.is_sound(WIDTH, 127)
                && stage.steps.len() == PLACES * LABELS * LABELS
                && stage.scale.is_finite()
                && stage.steps.iter().all(|w| w.is_finite())
        };
        if !sound(&model.tagging) || !sound(&model.framing) || model.judge.len() != SIGNS {
            return Err(Error::file(path, "the parts of this attribution model do not fit each other"));
        }
        Ok(Self::new(&model))
    }

    pub(crate) fn new(model: &AttributionModel) -> Self {
        Self {
            often: model.often.iter().copied().collect(),
            tagging: Stage::new(&model.tagging),
            framing: Stage::new(&model.framing),
            candidate: model.candidate,
            judge: model.judge.clone(),
            keep: model.keep,
        }
    }

    /// How often a lemma is a cue, in classes; see [`sight::Atom::often`].
    pub(crate) fn often(&self, lemma: u32) -> u8 {
        self.often.get(&lemma).copied().unwrap_or(0)
    }

    /// The relations of a document, in the order of their cues.
    pub(crate) fn find(&self, sight: &Sight, drafts: &[Draft]) -> Vec<Relation> {
        let mut relations = self.propose(sight, drafts);
        relations.retain(|relation| relation.confidence >= self.keep);
        resolve(relations, sight.atoms.len())
    }

    /// The best relation of every candidate, whatever it is worth.
    pub(crate) fn propose(&self, sight: &Sight, drafts: &[Draft]) -> Vec<Relation> {
        let posteriors = self.posteriors(sight);
        let candidates = candidates(sight, &posteriors, self.candidate);
        let rules: Vec<Option<RuleRoles>> = candidates.iter().map(|c| rule_of(c, drafts)).collect();
        let seen = Seen::all(&posteriors);
        // Sums of what tokens say by themselves, by the side of the cue of their sentence.
        let mut alone: Vec<[Option<Sums>; 3]> = vec![[None; 3]; seen.len()];
        let steps = &self.framing.steps;
        let mut chain = Chain::default();
        let (mut scores, mut places, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        let mut found = Features::new();
        let mut relations = Vec::new();
        for (number, candidate) in candidates.iter().enumerate() {
            let scene = Scene { sight, seen: &seen, candidates: &candidates, rules: &rules, number };
            let ways = framing::ways(scene);
            scores.clear();
            places.clear();
            let (mut reach, mut of_cue) = (u32::MAX, Sums::default());
            for i in candidate.window.clone() {
                let at = Place::new(scene, i);
                if at.reach != reach {
                    found.clear();
                    framing::cue_features(scene, at, |hash| found.push(hash));
                    (reach, of_cue) = (at.reach, self.framing.sum(&found, Sums::default()));
                }
                found.clear();
                framing::features(scene, i, at, &ways, |hash| found.push(hash));
                let mut sums = self.framing.sum(&found, of_cue);
                let mut of_token = || {
                    found.clear();
                    framing::token_features(scene, i, at, |hash| found.push(hash));
                    self.framing.sum(&found, Sums::default())
                };
                let of_token = match at.beside() {
                    Some(side) => *alone[i][side].get_or_insert_with(of_token),
                    None => of_token(),
                };
                sums.iter_mut().zip(of_token).for_each(|(sum, more)| *sum += more);
                scores.push(self.framing.score(sums));
                places.push(place(sight, i));
            }
            let share = share(&mut chain, &scores, &places, steps);
            if share < LEAST {
                continue;
            }
            chain.best(&scores, &places, steps, |_, _| true, &mut labels);
            if !labels.iter().any(|label| roles::role(usize::from(*label)) == 2) {
                let head = candidate.head - candidate.window.start;
                chain.best(&scores, &places, steps, |i, label| i != head || label == CUE, &mut labels);
            }
            let Some(mut relation) = relation(candidate, &labels) else { continue };
            chain.backward(&places, steps);
            let shares: Vec<Scores> = (0..scores.len()).map(|i| chain.at(i)).collect();
            let case = Case { sight, candidate, shares: &shares, rule: rules[number].as_ref() };
            relation.signs = signs(case, &relation, share);
            relation.confidence = judge(&self.judge, &relation.signs);
            relations.push(relation);
        }
        relations
    }

    /// What speaks for a relation, in words.
    pub(crate) fn reasons(&self, relation: &Relation) -> String {
        judge::reasons(&self.judge, &relation.signs)
    }

    /// The relations inside a content, which the model reads as a text of its own.
    pub(crate) fn find_within(
        &self,
        sight: &Sight,
        content: &Range<usize>,
        drafts: &[Draft],
    ) -> Vec<Relation> {
        if !may_attribute(sight, content.clone()) {
            return Vec::new();
        }
        let (part, content, drafts) = within(sight, content, drafts);
        let back = |range: Range<usize>| range.start + content.start..range.end + content.start;
        let found = self.find(&part, &drafts).into_iter().map(|relation| Relation {
            source: relation.source.map(back),
            cue: back(relation.cue),
            content: relation.content.into_iter().map(back).collect(),
            ..relation
        });
        found.collect()
    }

    /// The first stage: probabilities of the labels, a row a token.
    pub(crate) fn posteriors(&self, sight: &Sight) -> Vec<Scores> {
        let mut posteriors = Vec::with_capacity(sight.atoms.len());
        let mut chain = Chain::default();
        let (mut scores, mut places, mut found) = (Vec::new(), Vec::new(), Features::new());
        for paragraph in sight.paragraphs() {
            let (first, last) =
                (sight.sentences[paragraph.start].start, sight.sentences[paragraph.end - 1].end);
            scores.clear();
            places.clear();
            for i in first..last {
                found.clear();
                tagging::features(sight, i, first, last, |hash| found.push(hash));
                scores.push(self.tagging.score(self.tagging.sum(&found, Sums::default())));
                places.push(place(sight, i));
            }
            chain.read(&scores);
            chain.forward(&places, &self.tagging.steps, |_| true);
            chain.backward(&places, &self.tagging.steps);
            posteriors.extend((0..scores.len()).map(|i| chain.at(i)));
        }
        posteriors
    }
}

/// The first of some drafts, which stand in the order of their cues, whose cue may reach `token`.
pub(crate) fn first_at(drafts: &[Draft], token: usize) -> usize {
    drafts.partition_point(|draft| draft.cue.start <= token).saturating_sub(1)
}

/// Whether a content is long enough to hold an attribution, and has a word that is often a cue.
pub(crate) fn may_attribute(sight: &Sight, mut content: Range<usize>) -> bool {
    content.len() >= SHORTEST && content.any(|i| (1..=3).contains(&sight.atoms[i].often))
}

/// A content as a text of its own, its range without a "that" or a mark before it, and what the rules found in it. The
/// drafts stand in the order of their cues.
pub(crate) fn within(
    sight: &Sight,
    content: &Range<usize>,
    drafts: &[Draft],
) -> (Sight, Range<usize>, Vec<Draft>) {
    let opens = |i: usize| sight.atoms[i].word == sight.that() || sight.atoms[i].mark != Mark::Word;
    let mut content = content.clone();
    while content.len() > 1 && opens(content.start) {
        content.start += 1;
    }
    let inside = |range: &Range<usize>| content.start <= range.start && range.end <= content.end;
    let shift = |range: &Range<usize>| range.start - content.start..range.end - content.start;
    let drafts: Vec<Draft> = drafts[first_at(drafts, content.start)..]
        .iter()
        .take_while(|draft| draft.cue.start < content.end)
        .filter(|draft| draft.content.iter().chain(&draft.source).chain([&draft.cue]).all(inside))
        .map(|draft| Draft {
            source: draft.source.as_ref().map(shift),
            cue: shift(&draft.cue),
            content: draft.content.iter().map(shift).collect(),
            ..draft.clone()
        })
        .collect();
    (sight.within(&content, &drafts), content, drafts)
}

/// The probability that the window holds a cue: one less the share of all sequences without one.
pub(crate) fn share(chain: &mut Chain, scores: &[Scores], places: &[u8], steps: &Steps) -> f32 {
    chain.read(scores);
    let without = chain.forward(places, steps, |label| roles::role(label) != 2);
    let all = chain.forward(places, steps, |_| true);
    1.0 - (without - all).exp()
}

/// The relation of the rules whose cue overlaps the candidate. The drafts stand in the order of their cues.
pub(crate) fn rule_of(candidate: &Candidate, drafts: &[Draft]) -> Option<RuleRoles> {
    let range = &candidate.range;
    drafts[first_at(drafts, range.start)..]
        .iter()
        .take_while(|draft| draft.cue.start < range.end)
        .find(|draft| range.start < draft.cue.end)
        .map(|d| RuleRoles { source: d.source.clone(), cue: d.cue.clone(), content: d.content.clone() })
}

const _: () = assert!(OUTSIDE == 0 && LABELS <= WIDTH);
