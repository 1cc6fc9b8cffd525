//! Stance: what a source does with a content, and how sure it is.

use serde::{Deserialize, Serialize};

/// What the source does with the content; `docs/stance.md` defines them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Act {
    Assert,
    Confirm,
    Deny,
    Accuse,
    Criticise,
    Praise,
    Warn,
    Believe,
    Disbelieve,
    Doubt,
    Speculate,
    Question,
    Intend,
    Urge,
    Decline,
}

/// What the source commits to, in FactBank's terms (Saurí and Pustejovsky, 2009).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Factuality {
    /// Certainly so.
    #[serde(rename = "CT+")]
    Certain,
    /// Probably so.
    #[serde(rename = "PR+")]
    Probable,
    /// Possibly so.
    #[serde(rename = "PS+")]
    Possible,
    /// Certainly not.
    #[serde(rename = "CT-")]
    CertainNot,
    /// Probably not.
    #[serde(rename = "PR-")]
    ProbableNot,
    /// Possibly not.
    #[serde(rename = "PS-")]
    PossibleNot,
    /// Uncommitted.
    #[serde(rename = "Uu")]
    Uncommitted,
}

impl Factuality {
    /// The sign: 1 so, -1 not so, 0 uncommitted.
    pub fn polarity(self) -> i8 {
        match self {
            Self::Certain | Self::Probable | Self::Possible => 1,
            Self::CertainNot | Self::ProbableNot | Self::PossibleNot => -1,
            Self::Uncommitted => 0,
        }
    }

    /// The degree in [0, 1]: certain 1, probable 0.75, possible 0.5, uncommitted 0.
    pub fn certainty(self) -> f32 {
        match self {
            Self::Certain | Self::CertainNot => 1.0,
            Self::Probable | Self::ProbableNot => 0.75,
            Self::Possible | Self::PossibleNot => 0.5,
            Self::Uncommitted => 0.0,
        }
    }
}

/// Act, factuality and target of one attribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// What the source does with the content.
    pub act: Act,
    /// What the source commits to.
    pub factuality: Factuality,
    /// Index of the entity that the content blames or clears.
    pub about: Option<u32>,
}

/// Number of dimensions of a stance vector.
pub const WIDTH: usize = 4;
