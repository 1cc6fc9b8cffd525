//! The network as a file stores it, and at work.

use super::features::{Case, Form, TABLES, UNKNOWN};
use super::network::{self, Graph, Shape, Trace, Vector, WIDTH};
use crate::error::{Error, Result};
use crate::model::{self, Kind};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Vectors in eight bits: a number stands for itself by the scale of its column.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Quantised {
    pub(crate) scales: Vec<f32>,
    /// Row by row, as bytes so that they are read in one go.
    #[serde(with = "serde_bytes")]
    pub(crate) numbers: Vec<u8>,
}

impl Quantised {
    #[cfg(feature = "train")]
    pub(crate) fn new(vectors: &[Vector]) -> Self {
        let scale = |column: usize| {
            let largest = vectors.iter().map(|vector| vector[column].abs()).fold(0.0, f32::max);
            (largest / 127.0).max(f32::MIN_POSITIVE)
        };
        let scales: Vec<f32> = (0..WIDTH).map(scale).collect();
        let number = |(x, scale): (&f32, &f32)| (x / scale).round() as i8 as u8;
        let numbers = vectors.iter().flat_map(|vector| vector.iter().zip(&scales).map(number)).collect();
        Self { scales, numbers }
    }

    fn rows(&self) -> usize {
        self.numbers.len() / WIDTH
    }

    fn is_sound(&self) -> bool {
        self.scales.len() == WIDTH
            && self.scales.iter().all(|scale| scale.is_finite())
            && self.numbers.len().is_multiple_of(WIDTH)
    }

    fn add(&self, row: usize, to: &mut Vector) {
        let numbers = &self.numbers[row * WIDTH..][..WIDTH];
        for ((to, number), scale) in to.iter_mut().zip(numbers).zip(&self.scales) {
            *to += f32::from(*number as i8) * scale;
        }
    }
}

/// A model as its file stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SentimentModel {
    /// The hashes of the words that have a vector, in the order of the rows behind those that no word has.
    pub(crate) hashes: Vec<u32>,
    pub(crate) words: Quantised,
    /// The rows of all small tables, one table after the other.
    pub(crate) small: Quantised,
    /// The rest; see [`Shape`].
    pub(crate) dense: Vec<f32>,
}

/// A model at work.
#[derive(Debug)]
pub struct Model {
    rows: FxHashMap<u32, u32>,
    words: Quantised,
    small: Quantised,
    dense: Vec<f32>,
}

/// The model in the package, with its name.
const FILE: (&str, &[u8]) =
    ("sentiment.model", include_bytes!("../../data/models/en/sentiment.model").as_slice());

/// Where the rows of each small table begin, and their number.
pub(crate) const STARTS: [usize; TABLES.len() + 1] = {
    let mut starts = [0; TABLES.len() + 1];
    let mut i = 0;
    while i < TABLES.len() {
        starts[i + 1] = starts[i] + TABLES[i];
        i += 1;
    }
    starts
};

/// What the network makes of a target: compiled twice, for any processor and for those with AVX2, which are most.
struct Forward<'a> {
    dense: &'a [f32],
    graph: &'a Graph<'a>,
    words: Vec<Vector>,
    trace: &'a mut Trace,
}

impl Forward<'_> {
    #[inline(always)]
    fn run(self) {
        network::forward(self.dense, self.graph, self.words, self.trace);
    }
}

#[cfg(target_arch = "x86_64")]
impl pulp::NullaryFnOnce for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.run();
    }
}

fn fast(forward: Forward<'_>) {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(forward);
    }
    forward.run();
}

impl Model {
    /// The model of the package, or one of a user, by path and content, in its place.
    ///
    /// # Errors
    /// See [`Model::read`].
    pub fn load(own: &[(PathBuf, Vec<u8>)]) -> Result<Self> {
        let (path, file) = model::chosen(Kind::Sentiment, own, FILE);
        Self::read(path, file)
    }

    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// What is no model of sentiment; see [`model::unpack`].
    pub fn read(path: &Path, file: &[u8]) -> Result<Self> {
        let model: SentimentModel = model::unpack(path, Kind::Sentiment, file)?;
        let sound = model.words.is_sound()
            && model.small.is_sound()
            && model.words.rows() >= model.hashes.len() + super::features::RESERVED
            && model.small.rows() == STARTS[TABLES.len()]
            && model.dense.len() == Shape::SIZE
            && model.dense.iter().all(|weight| weight.is_finite());
        if !sound {
            return Err(Error::file(path, "the parts of this sentiment model do not fit each other"));
        }
        Ok(Self::new(model))
    }

    pub(crate) fn new(model: SentimentModel) -> Self {
        let rows = model.hashes.iter().copied().zip(super::features::RESERVED as u32..).collect();
        Self { rows, words: model.words, small: model.small, dense: model.dense }
    }

    /// The chances of the labels.
    pub(crate) fn scores(&self, case: &Case) -> [f32; 3] {
        let vector = |seen: &super::features::Seen| {
            let mut vector = [0.0; WIDTH];
            let row = match seen.word {
                Form::Row(row) => row,
                Form::Hash(hash) => self.rows.get(&hash).copied().unwrap_or(UNKNOWN),
            };
            self.words.add(row as usize, &mut vector);
            for (start, row) in STARTS.iter().zip(seen.rows) {
                self.small.add(start + usize::from(row), &mut vector);
            }
            vector
        };
        let words: Vec<Vector> = case.tokens.iter().map(vector).collect();
        let heads: Vec<Option<u32>> = case.tokens.iter().map(|seen| seen.head).collect();
        let mut trace = Trace::default();
        let graph = Graph { heads: &heads, target: case.target.clone() };
        fast(Forward { dense: &self.dense, graph: &graph, words, trace: &mut trace });
        trace.scores
    }
}
