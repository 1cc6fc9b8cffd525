//! The model of acts: a log-linear model over hashed features for act and factuality, and a ranker of whom a content is
//! about.

use super::look::Case;
use super::rules::{self, Reading};
use crate::error::{Error, Result};
use crate::labels::{Act, Factuality};
use crate::model::{self, Kind, Rows, Table};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Acts, then factualities; a row of weights is half a line of the cache.
pub(crate) const WIDTH: usize = 32;
const ACTS: usize = Act::ALL.len();
/// Labels of a row.
pub(crate) const LABELS: usize = ACTS + Factuality::ALL.len();
/// Weights of the ranker; features are hashed into as many places (Weinberger et al. 2009).
pub(crate) const PLACES: usize = 1 << 13;
/// What the rules' act and factuality gain beyond what was learnt of them: the articles that were learnt from are all of one
/// election, the lists know of other news too.
const TRUST: [f32; 3] = [1.0, 3.0, 2.0];
/// What a weight of 1 is stored as.
pub(crate) const SCALE: f32 = 256.0;

/// A model of stance as its file stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StanceModel {
    /// Weights by feature.
    pub rows: Rows,
    /// What scores of acts and of factualities are multiplied by, so that their shares are those that hold on articles which
    /// training did not see (Guo et al. 2017).
    pub sharpness: [f32; 2],
    /// Weights of whom a content is about.
    pub about: Vec<f32>,
}

impl StanceModel {
    /// A model that has learnt nothing.
    #[cfg(feature = "train")]
    pub(crate) fn nothing() -> Self {
        Self { rows: Rows::new(WIDTH, Vec::new()), sharpness: [1.0; 2], about: vec![0.0; PLACES] }
    }
}

/// The model at work.
#[derive(Debug)]
pub struct Model {
    table: Table<WIDTH, i16>,
    sharpness: [f32; 2],
    about: Vec<f32>,
}

/// The model in the package, with its name.
const FILE: (&str, &[u8]) = ("stance.model", include_bytes!("../../data/models/en/stance.model").as_slice());

/// A label and how likely it is right, in two places.
pub(crate) type Sure<L> = (L, f32);

/// What the model says of an attribution.
pub(crate) struct Verdict {
    pub(crate) act: Sure<Act>,
    pub(crate) factuality: Sure<Factuality>,
    /// How likely each act is.
    pub(crate) acts: Vec<f32>,
}

impl Model {
    /// The model of the package, or one of a user, by path and content, in its place.
    ///
    /// # Errors
    /// See [`Model::read`].
    pub fn load(own: &[(PathBuf, Vec<u8>)]) -> Result<Self> {
        let (path, file) = model::chosen(Kind::Stance, own, FILE);
        Self::read(path, file)
    }

    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// What is no model of stance; see [`model::unpack`].
    pub fn read(path: &Path, file: &[u8]) -> Result<Self> {
        let model: StanceModel = model::unpack(path, Kind::Stance, file)?;
        let finite = model.about.iter().chain(&model.sharpness).all(|weight| weight.is_finite());
        if !model.rows.is_sound(WIDTH, i16::MAX) || model.about.len() != PLACES || !finite {
            return Err(Error::file(path, "the parts of this stance model do not fit each other"));
        }
        Ok(Self::new(&model))
    }

    pub(crate) fn new(model: &StanceModel) -> Self {
        let (table, about) = (Table::new(&model.rows), model.about.clone());
        Self { table, sharpness: model.sharpness, about }
    }

    /// Act and factuality of an attribution, by the model and what the rules read.
    pub(super) fn judge(&self, case: Case<'_>, reading: &Reading) -> Verdict {
        let mut features = Vec::with_capacity(400);
        let clause = rules::clause(case.layers, case.sense);
        case.features(reading, &clause, |hash| features.push(hash));
        self.choose(&self.scores(&features, reading))
    }

    /// The scores of acts and factualities, as they are before they are sharpened.
    pub(crate) fn scores(&self, features: &[u32], reading: &Reading) -> [f32; LABELS] {
        let mut sums = [0i32; WIDTH];
        self.table.add(features, &mut sums);
        let mut scores = std::array::from_fn(|i| sums[i] as f32 / SCALE);
        let told = reading.act != Act::Assert;
        scores[reading.act as usize] += TRUST[usize::from(told)];
        scores[ACTS + reading.factuality as usize] += TRUST[2];
        scores
    }

    /// The likeliest act and the likeliest factuality that goes with it.
    pub(crate) fn choose(&self, scores: &[f32; LABELS]) -> Verdict {
        let sharp = |scores: &[f32], by: f32| shares(&scores.iter().map(|s| s * by).collect::<Vec<_>>());
        let acts = sharp(&scores[..ACTS], self.sharpness[0]);
        let act = best(Act::ALL, &acts, |_| true);
        let factualities = sharp(&scores[ACTS..], self.sharpness[1]);
        let factuality = best(Factuality::ALL, &factualities, |f| fits(act.0, f));
        Verdict { act, factuality, acts }
    }

    /// How likely each of the rows of [`super::about::rows`] is, where each gains what the rules say.
    pub(crate) fn weigh(&self, rows: &[Vec<u16>], trust: &[f32]) -> Vec<f32> {
        let weigh = |row: &Vec<u16>| row.iter().map(|at| self.about[usize::from(*at)]).sum::<f32>();
        shares(&rows.iter().zip(trust).map(|(row, trust)| weigh(row) + trust).collect::<Vec<f32>>())
    }
}

/// The likeliest label that is accepted, of equal ones the first.
fn best<L: Copy>(labels: &[L], shares: &[f32], accept: impl Fn(L) -> bool) -> Sure<L> {
    let mut best = (labels[0], -1.0);
    for (label, share) in labels.iter().zip(shares) {
        if accept(*label) && *share > best.1 {
            best = (*label, *share);
        }
    }
    // As it is written.
    (best.0, (best.1 * 100.0).round() / 100.0)
}

/// Act and factuality go together: what is denied or doubted is not so, what is asked or wanted is not claimed.
fn fits(act: Act, factuality: Factuality) -> bool {
    match act {
        Act::Deny | Act::Disbelieve | Act::Doubt => factuality.polarity() < 0,
        Act::Question | Act::Intend | Act::Urge | Act::Decline => factuality == Factuality::Uncommitted,
        _ => true,
    }
}

/// Scores as probabilities.
pub(crate) fn shares(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raised: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|share| share / sum).collect()
}
