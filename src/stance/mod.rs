//! Stance: what a source does with a content, how sure it is, and whom it blames or clears.

pub(crate) mod about;
mod commitment;
mod features;
mod feelings;
mod judged;
pub(crate) mod look;
mod matrix;
mod model;
mod pool;
mod ruled;
pub(crate) mod rules;
mod side;
pub(crate) mod targets;

pub use crate::labels::{Act, Factuality};
pub use features::{FEATURES, Feature, LAYOUT};
pub use feelings::Feelings;
pub use matrix::{Rows, rows};
#[cfg(feature = "train")]
pub(crate) use model::{
    ACTS, HIDDEN, LABELS, PLACES, Verdict, choose, ruled_act, ruled_factuality, scores, sharpened, weigh,
};
pub use model::{Model, StanceModel, Sureness};
pub use pool::{Pair, mean, pairs};

use crate::attribution::{Attribution, Layers, Sense};
use crate::entity::Entities;
use crate::tag::TermAt;
use look::Case;
use serde::{Deserialize, Serialize};

/// Act, factuality and target of one attribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// What the source does with the content.
    pub act: Act,
    /// What the source commits to.
    pub factuality: Factuality,
    /// What the article itself commits to.
    pub article: Factuality,
    /// Index of the entity that the content blames or clears.
    pub about: Option<u32>,
    /// How likely act, factuality and entity are right, in this order; see `docs/stance.md`.
    pub confidence: [Option<f32>; 3],
}

/// The stance of every attribution, and one row of [`FEATURES`] for each, one after the other.
///
/// `terms` are all hedges, boosters and negators of the text, in order. The mentions of `layers` are names, pronouns and
/// descriptions. Without a model the lists alone decide.
pub fn find(
    layers: Layers<'_>,
    terms: &[TermAt],
    attributions: &[(Attribution, Sense)],
    model: Option<&Model>,
    feelings: &Feelings<'_>,
    entities: &mut Entities,
) -> (Vec<Stance>, Vec<f32>) {
    let mut stances: Vec<Stance> = Vec::with_capacity(attributions.len());
    let mut vectors = Vec::with_capacity(attributions.len() * FEATURES.len());
    let known = targets::Known::new(layers);
    let mut likely = Vec::with_capacity(attributions.len());
    for (attribution, sense) in attributions {
        let reading = rules::read(layers, terms, sense);
        let case = Case::new(layers, terms, attribution, sense, feelings, &known);
        let mut stance = Stance {
            act: reading.act,
            factuality: reading.factuality,
            article: Factuality::Uncommitted,
            about: None,
            confidence: [None; 3],
        };
        let mut acts: Vec<f32> =
            Act::ALL.iter().map(|act| f32::from(u8::from(*act == reading.act))).collect();
        if let Some(model) = model {
            let verdict = model.judge(case, &reading);
            let about = about::find(case, attribution, verdict.act, model, entities);
            let confidence = [Some(verdict.act.1), Some(verdict.factuality.1), about.map(|(_, sure)| sure)];
            stance = Stance {
                act: verdict.act.0,
                factuality: verdict.factuality.0,
                article: Factuality::Uncommitted,
                about: about.map(|(entity, _)| entity),
                confidence,
            };
            acts = verdict.acts;
        }
        stances.push(stance);
        likely.push((case, acts));
    }
    let factualities: Vec<Factuality> = stances.iter().map(|stance| stance.factuality).collect();
    let commitments = commitment::commitments(layers, attributions, &factualities);
    for (stance, commitment) in stances.iter_mut().zip(commitments) {
        stance.article = commitment;
    }
    for (((attribution, _), stance), (case, acts)) in attributions.iter().zip(&stances).zip(likely) {
        let depth = depth(attributions, attribution);
        features::push(&mut vectors, case, attribution, stance, &acts, depth);
    }
    (stances, vectors)
}

/// How many attributions this one stands in.
fn depth(attributions: &[(Attribution, Sense)], attribution: &Attribution) -> usize {
    let mut depth = 0;
    let mut parent = attribution.parent;
    while let Some(p) = parent {
        depth += 1;
        // A parent stands before its children, so this ends.
        parent = attributions.get(p as usize).and_then(|(a, _)| a.parent).filter(|&q| q < p);
    }
    depth
}
