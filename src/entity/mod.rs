//! Mentions: places that name something. Entities: what they name.

use crate::span::Span;
use serde::{Deserialize, Serialize};

pub use crate::labels::{Label, Via};

/// A place in the text that names something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What kind of thing it names.
    pub label: Label,
    /// Index into the document's entities.
    pub entity: u32,
    /// How it was found.
    pub via: Via,
}

/// What mentions of one document name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// `country:UKR`, `person:volodymyr-zelenskyy`, ...; a name that no list knows gets one from its letters.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What kind of thing it is.
    pub label: Label,
}
