//! A log-linear model over hashed features: how likely an anaphor is each of the entities, or none.

use crate::error::{Error, Result};
use crate::model::{self, Kind};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Weights of the model; features are hashed into as many places (Weinberger et al. 2009).
pub(crate) const DIMENSIONS: usize = 1 << 16;

/// A ranker as its file stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CoreferenceModel {
    /// A weight a feature.
    pub weights: Vec<f32>,
}

/// Rows of features, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    features: Vec<u16>,
    ends: Vec<usize>,
}

impl Rows {
    pub(super) fn clear(&mut self) {
        self.features.clear();
        self.ends.clear();
    }

    /// Adds a row, which `fill` writes behind the others.
    pub(crate) fn push(&mut self, fill: impl FnOnce(&mut Vec<u16>)) {
        fill(&mut self.features);
        self.ends.push(self.features.len());
    }

    #[cfg(feature = "train")]
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The rows that are marked.
    #[cfg(feature = "train")]
    pub(crate) fn only(&self, keep: &[bool]) -> Self {
        let mut kept = Self::default();
        let rows = self.iter().zip(keep).filter(|(_, keep)| **keep);
        rows.for_each(|(row, _)| kept.push(|to| to.extend_from_slice(row)));
        kept
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u16]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.features[start..*end])
    }
}

/// A ranker at work.
#[derive(Debug)]
pub struct Ranker {
    weights: Vec<f32>,
}

/// The model in the package, with its name.
const FILE: (&str, &[u8]) =
    ("coreference.model", include_bytes!("../../data/models/en/coreference.model").as_slice());

impl Ranker {
    /// The model of the package, or one of a user, by path and content, in its place.
    ///
    /// # Errors
    /// See [`Ranker::read`].
    pub fn load(own: &[(PathBuf, Vec<u8>)]) -> Result<Self> {
        let (path, file) = model::chosen(Kind::Coreference, own, FILE);
        Self::read(path, file)
    }

    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// What is no model of coreference; see [`model::unpack`].
    pub fn read(path: &Path, file: &[u8]) -> Result<Self> {
        let model: CoreferenceModel = model::unpack(path, Kind::Coreference, file)?;
        if model.weights.len() != DIMENSIONS || !model.weights.iter().all(|weight| weight.is_finite()) {
            return Err(Error::file(path, "the parts of this coreference model do not fit each other"));
        }
        Ok(Self::new(model))
    }

    pub(crate) fn new(model: CoreferenceModel) -> Self {
        Self { weights: model.weights }
    }

    /// The row with the highest score, of equal ones the first, and its probability; `bonus` is added to the scores of
    /// rows that it is asked for.
    pub(crate) fn best(&self, rows: &Rows, bonus: impl Fn(usize) -> f32) -> (usize, f32) {
        let score = |row: &[u16]| row.iter().map(|at| self.weights[usize::from(*at)]).sum::<f32>();
        let scores: Vec<f32> = rows.iter().map(score).collect();
        let sum = |i: usize| scores[i] + bonus(i);
        let best = (0..scores.len()).fold(0, |best, i| if sum(i) > sum(best) { i } else { best });
        let sum: f32 = scores.iter().map(|score| (score - scores[best]).exp()).sum();
        (best, 1.0 / sum)
    }
}
