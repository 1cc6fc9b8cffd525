//! Entities across documents: which names of a corpus mean one thing.
//!
//! A first pass collects the distinct names ([`Census`]); they are sorted, so that the order of the documents tells
//! nothing, and joined where their letters say that they are one ([`Corpus`]). A second pass looks where the short names
//! stand that could mean several people, a third one gives every entity of every document its place ([`Links`]).
//!
//! What is kept is bounded by the number of distinct names: of each at most [`census::ALIASES`] other forms and
//! [`census::COMPANY`] hashes of the names beside it; of each of the people that a short name could mean at most
//! [`context::COMPANY`] names beside them.
//!
//! Precision comes first: two ids of the gazetteer are never one, nor are two people whose given names differ; names of
//! different kinds are joined only where one of the labels is likely wrong; a short name that could mean several stays an
//! entity of its document.

mod body;
pub mod census;
pub mod context;
mod groups;
mod mixed;
mod names;
mod naming;
mod people;
mod person;
mod rare;
mod short;
mod union;
mod variants;

pub use census::{Census, Named};
pub use context::{Corpus, Link, Links};

pub use crate::labels::Reason;

use crate::labels::Label;

/// Labels that shade into each other, as one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Person,
    Body,
    Place,
    People,
}

impl Kind {
    fn of(label: Label) -> Self {
        match label {
            Label::Per => Self::Person,
            Label::Org | Label::Outlet => Self::Body,
            Label::Gpe | Label::Loc => Self::Place,
            Label::Norp => Self::People,
        }
    }
}
