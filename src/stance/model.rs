//! The model of acts: a small network over hashed features for act and factuality, and a ranker of whom a content is about.

use super::look::Case;
use super::rules::{self, Reading};
use crate::error::{Error, Result};
use crate::labels::{Act, Factuality};
use crate::model::{self, Kind, MOST, Network, NetworkModel, share_out};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

pub(crate) const ACTS: usize = Act::ALL.len();
/// Width of the hidden layer of the network of labels.
pub(crate) const HIDDEN: usize = 64;
/// Acts, then factualities.
pub(crate) const LABELS: usize = ACTS + Factuality::ALL.len();
/// Weights of the ranker; features are hashed into as many places (Weinberger et al. 2009).
pub(crate) const PLACES: usize = 1 << 16;
/// What the act and the factuality that the rules read gain beyond what was learnt of them, where they are not those of a plain
/// statement: what is learnt from is never all news, and the lists know of more.
const TRUST: [f32; 2] = [1.0, 1.0];

/// What makes scores the shares that hold on articles which training did not see.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Sureness {
    /// What the scores are multiplied by (Guo et al. 2017).
    pub sharpness: f32,
    /// Of the likeliest label, weights in a logistic regression (Platt 1999): a constant, the logarithm of the odds of its share,
    /// and whether the rules read it.
    pub weights: [f32; 3],
}

impl Sureness {
    /// Scores as they are.
    #[cfg(feature = "train")]
    pub(crate) const NONE: Self = Self { sharpness: 1.0, weights: [0.0, 1.0, 0.0] };

    /// A constant, the logarithm of the odds of a share, and whether it gained by what the rules read.
    pub(crate) fn signs(share: f32, ruled: bool) -> [f32; 3] {
        let share = share.clamp(0.001, 0.999);
        [1.0, (share / (1.0 - share)).ln(), f32::from(u8::from(ruled))]
    }

    /// How likely a label with this share is right.
    fn of(&self, share: f32, ruled: bool) -> f32 {
        let sum: f32 =
            Self::signs(share, ruled).iter().zip(&self.weights).map(|(sign, weight)| sign * weight).sum();
        // As it is written.
        (100.0 / (1.0 + (-sum).exp())).round() / 100.0
    }
}

/// A model of stance as its file stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StanceModel {
    /// Act and factuality.
    pub labels: NetworkModel,
    /// How sure its acts and its factualities are.
    pub sureness: [Sureness; 2],
    /// Weights of whom a content is about.
    pub about: Vec<f32>,
}

/// The model at work.
#[derive(Debug)]
pub struct Model {
    labels: Network<HIDDEN, LABELS>,
    sureness: [Sureness; 2],
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
        Self::new(model)
            .ok_or_else(|| Error::file(path, "the parts of this stance model do not fit each other"))
    }

    /// None where the parts do not fit each other.
    fn new(model: StanceModel) -> Option<Self> {
        let StanceModel { labels, sureness, about } = model;
        let sure = sureness.iter().flat_map(|sure| sure.weights.iter().chain([&sure.sharpness]));
        let finite = about.iter().chain(sure).all(|weight| weight.abs() < MOST);
        let labels = Network::new(&labels).filter(|_| about.len() == PLACES && finite)?;
        Some(Self { labels, sureness, about })
    }

    /// Act and factuality of an attribution, by the model and what the rules read.
    pub(super) fn judge(&self, case: Case<'_>, reading: &Reading) -> Verdict {
        let mut features = Vec::with_capacity(400);
        let clause = rules::clause(case.layers, case.sense);
        case.features(reading, &clause, |hash| features.push(hash));
        choose(&scores(&self.labels, &features, reading), reading, &self.sureness)
    }

    /// How likely each of the rows of [`super::about::rows`] is, where each gains what the rules say.
    pub(super) fn weigh(&self, rows: &[Vec<u16>], trust: &[f32]) -> Vec<f32> {
        weigh(&self.about, rows, trust)
    }
}

/// The scores of acts and factualities, as they are before they are sharpened.
pub(crate) fn scores(labels: &Network<HIDDEN, LABELS>, features: &[u32], reading: &Reading) -> [f32; LABELS] {
    let mut scores = [0.0; LABELS];
    let trust = |ruled: bool, gain: f32| if ruled { gain } else { 0.0 };
    let Reading { act, factuality, .. } = *reading;
    scores[act as usize] += trust(ruled_act(reading, act), TRUST[0]);
    scores[ACTS + factuality as usize] += trust(ruled_factuality(reading, factuality), TRUST[1]);
    let nets = labels.scores(features);
    let count = nets.len() as f32;
    for net in nets {
        scores.iter_mut().zip(net).for_each(|(sum, score)| *sum += score / count);
    }
    scores
}

/// The likeliest act and the likeliest factuality that goes with it.
pub(crate) fn choose(scores: &[f32; LABELS], reading: &Reading, sureness: &[Sureness; 2]) -> Verdict {
    let [acts, factualities] = sharpened(scores, sureness);
    let (act, share) = best(Act::ALL, &acts, |_| true);
    let act = (act, sureness[0].of(share, ruled_act(reading, act)));
    let (factuality, share) = best(Factuality::ALL, &factualities, |f| fits(act.0, f));
    let factuality = (factuality, sureness[1].of(share, ruled_factuality(reading, factuality)));
    Verdict { act, factuality, acts }
}

/// The shares of acts and of factualities.
pub(crate) fn sharpened(scores: &[f32; LABELS], sureness: &[Sureness; 2]) -> [Vec<f32>; 2] {
    let (acts, factualities) = scores.split_at(ACTS);
    let sharp = |scores: &[f32], sure: Sureness| {
        shares(&scores.iter().map(|score| score * sure.sharpness).collect::<Vec<_>>())
    };
    [sharp(acts, sureness[0]), sharp(factualities, sureness[1])]
}

/// Whether an act is one that the rules read, other than a plain statement.
pub(crate) fn ruled_act(reading: &Reading, act: Act) -> bool {
    act == reading.act && act != Act::Assert
}

/// Whether a factuality is one that the rules read, other than that of a plain statement.
pub(crate) fn ruled_factuality(reading: &Reading, factuality: Factuality) -> bool {
    factuality == reading.factuality && factuality != Factuality::Certain
}

/// How likely each of the rows of [`super::about::rows`] is by the weights of whom a content is about, where each gains
/// what the rules say.
pub(crate) fn weigh(about: &[f32], rows: &[Vec<u16>], trust: &[f32]) -> Vec<f32> {
    let weigh = |row: &Vec<u16>| row.iter().map(|at| about[usize::from(*at)]).sum::<f32>();
    shares(&rows.iter().zip(trust).map(|(row, trust)| weigh(row) + trust).collect::<Vec<f32>>())
}

/// The likeliest label that is accepted, of equal ones the first.
fn best<L: Copy>(labels: &[L], shares: &[f32], accept: impl Fn(L) -> bool) -> Sure<L> {
    let mut best = (labels[0], -1.0);
    for (label, share) in labels.iter().zip(shares) {
        if accept(*label) && *share > best.1 {
            best = (*label, *share);
        }
    }
    best
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
    let mut shares = scores.to_vec();
    share_out(&mut shares);
    shares
}
