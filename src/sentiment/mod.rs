//! Sentiment of a sentence towards a target in it: whether it shows the target in a bad light, a good one, or neither.
//!
//! A small network reads the words around the target, each with its tag, its place in the tree and its way to the
//! target. It does not see the target's own name, so that nobody is judged by who he is. What it gives follows from
//! the layers below documents alone: words, tags and arcs.

mod features;
mod model;
pub(crate) mod network;

pub(crate) use features::case;
#[cfg(feature = "train")]
pub(crate) use features::{Case, Form, RESERVED};
pub use model::{Model, SentimentModel};
#[cfg(feature = "train")]
pub(crate) use model::{Quantised, STARTS};

use crate::labels::labels;
use crate::language::Tagged;
use crate::parse::Arc;
use crate::segment::Segments;
use crate::span::Span;
use serde::{Deserialize, Serialize};

labels! {
    /// How a sentence speaks of a target.
    Sentiment { Negative = "negative", Neutral = "neutral", Positive = "positive" }
}

/// What a sentence says of a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// The likeliest label.
    pub label: Sentiment,
    /// How likely each label is, in the order of [`Sentiment::ALL`]; they add up to 1.
    pub scores: [f32; 3],
}

impl Judgement {
    pub(crate) fn new(scores: [f32; 3]) -> Self {
        let best = (1..3).fold(0, |best, i| if scores[i] > scores[best] { i } else { best });
        Self { label: Sentiment::ALL[best], scores }
    }
}

/// What sentiment stands on.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// Tokens as the treebanks cut them, sentences, quotations.
    pub segments: &'a Segments,
    /// The words and their tags.
    pub tagged: &'a Tagged,
    /// The arc that leaves each token; none where the sentence was not parsed.
    pub arcs: &'a [Option<Arc>],
}

impl Model {
    /// The sentiment towards the target at `span`; none where no word is.
    pub fn towards(&self, layers: Layers<'_>, span: Span) -> Option<Judgement> {
        let case = case(layers, span)?;
        Some(Judgement::new(self.scores(&case)))
    }
}
