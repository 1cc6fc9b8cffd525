//! Mentions: places that name something. Entities: what they name.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Label {
    /// A person.
    Per,
    /// An organisation.
    Org,
    /// A country, region or city with a government.
    Gpe,
    /// Any other place.
    Loc,
    /// A nationality, religion or political group.
    Norp,
    /// A news outlet or agency.
    Outlet,
}

/// How a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// A name of the gazetteer.
    Gazetteer,
    /// A name that no list knows, from its shape and surroundings.
    Model,
    /// A pronoun.
    Pronoun,
    /// A surname, first name, acronym or short form of something named in full elsewhere.
    Surname,
    /// A place or seat that speaks for a state or body.
    Metonym,
    /// A description without a name ("the ministry").
    Description,
}

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
