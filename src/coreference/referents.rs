//! Who or what may be meant: the entities of the document, and behind them, by number, those without a name.

use crate::entity::Entities;
use crate::labels::{Gender, Label};

/// What kind of thing is meant, as far as its noun tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Named(Label),
    Person,
    People,
    Thing,
    Things,
    Body,
    /// A word in capitals that is no name that anybody knows.
    Proper,
    Propers,
    /// "I", "we" and "you" of whom nobody else is known.
    Speaker,
    Speakers,
    Hearer,
}

impl Sort {
    /// How many there are.
    pub(super) const COUNT: usize = Label::ALL.len() + 10;

    pub(super) fn number(self) -> usize {
        let behind = |n: usize| Label::ALL.len() + n;
        match self {
            Sort::Named(label) => label as usize,
            Sort::Person => behind(0),
            Sort::People => behind(1),
            Sort::Thing => behind(2),
            Sort::Things => behind(3),
            Sort::Body => behind(4),
            Sort::Proper => behind(5),
            Sort::Propers => behind(6),
            Sort::Speaker => behind(7),
            Sort::Speakers => behind(8),
            Sort::Hearer => behind(9),
        }
    }
}

/// What is known of somebody or something without a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unnamed {
    pub(super) sort: Sort,
    pub(super) gender: Option<Gender>,
    /// The noun, as a hash, and its class; 0 for a pronoun.
    pub(super) head: u32,
    pub(super) class: u32,
    /// Whose it is.
    pub(super) owner: Option<u32>,
    pub(super) modifiers: u32,
    /// Who it turned out to be.
    pub(super) into: Option<u32>,
}

impl Unnamed {
    /// Who speaks, or is spoken to, where nobody else is known.
    pub(super) fn speech(sort: Sort) -> Self {
        Self { sort, gender: None, head: 0, class: 0, owner: None, modifiers: 0, into: None }
    }
}

/// All that may be meant in one document.
pub(crate) struct Referents<'e> {
    pub(crate) entities: &'e mut Entities,
    named: u32,
    unnamed: Vec<Unnamed>,
    /// Who each token names; see [`Referents::at`].
    at: Vec<u32>,
}

const NOBODY: u32 = u32::MAX;

impl<'e> Referents<'e> {
    pub(super) fn new(entities: &'e mut Entities, tokens: usize) -> Self {
        let named = entities.entities.len() as u32;
        Self { entities, named, unnamed: Vec::new(), at: vec![NOBODY; tokens] }
    }

    /// Whether it is an entity of the document.
    pub(crate) fn is_named(&self, referent: u32) -> bool {
        referent < self.named
    }

    pub(super) fn unnamed(&self, referent: u32) -> Option<&Unnamed> {
        self.unnamed.get(referent.checked_sub(self.named)? as usize)
    }

    pub(super) fn add(&mut self, unnamed: Unnamed) -> u32 {
        self.unnamed.push(unnamed);
        self.named + self.unnamed.len() as u32 - 1
    }

    /// Who it turned out to be, or itself.
    pub(crate) fn find(&self, mut referent: u32) -> u32 {
        while let Some(into) = self.unnamed(referent).and_then(|unnamed| unnamed.into) {
            referent = into;
        }
        referent
    }

    /// Says that two are one; where both are without a name, or one is, the name stays.
    pub(super) fn unite(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        let (from, into) = match (self.is_named(one), self.is_named(other)) {
            (true, true) => return,
            (false, true) => (one, other),
            (true, false) => (other, one),
            (false, false) => (one.max(other), one.min(other)),
        };
        if from != into {
            self.unnamed[(from - self.named) as usize].into = Some(into);
        }
    }

    pub(super) fn sort(&self, referent: u32) -> Sort {
        match self.unnamed(referent) {
            Some(unnamed) => unnamed.sort,
            None => Sort::Named(self.entities.label(referent)),
        }
    }

    pub(super) fn gender(&self, referent: u32) -> Option<Gender> {
        match self.unnamed(referent) {
            Some(unnamed) => unnamed.gender,
            None => self.entities.facts(referent).gender,
        }
    }

    pub(super) fn set_gender(&mut self, referent: u32, gender: Gender) {
        match referent.checked_sub(self.named) {
            Some(i) => {
                if let Some(unnamed) = self.unnamed.get_mut(i as usize) {
                    unnamed.gender = unnamed.gender.or(Some(gender));
                }
            }
            None => self.entities.set_gender(referent, gender),
        }
    }

    /// Whether a list knows it.
    pub(super) fn is_known(&self, referent: u32) -> bool {
        self.is_named(referent) && self.entities.facts(referent).gazetteer.is_some()
    }

    /// Notes that a token names somebody.
    pub(super) fn mark(&mut self, token: usize, referent: u32) {
        if let Some(at) = self.at.get_mut(token) {
            *at = referent;
        }
    }

    /// Who a token names: the head of a phrase, any token of a name, a pronoun.
    pub(crate) fn at(&self, token: usize) -> Option<u32> {
        self.at.get(token).copied().filter(|at| *at != NOBODY).map(|at| self.find(at))
    }
}
