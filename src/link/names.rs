//! The names of a census, sorted, each taken apart and with what the gazetteer knows of it.

use super::Kind;
use super::body::Body;
use super::census::{Census, Tally};
use super::person::Person;
use super::variants::Variants;
use crate::entity::{prefix, slug};
use crate::labels::Label;
use crate::lexicon::{Class, Form as Surety, Lexicon};
use crate::spelling::{folded, skeleton};
use rustc_hash::{FxHashMap, FxHashSet};

/// A name taken apart as its kind is.
#[derive(Debug)]
pub(super) enum Form {
    Person(Person),
    Body(Body),
    /// What is equal in equal names.
    Whole(String),
}

/// A name of the census.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) tally: Tally,
    /// Its number in the census.
    pub(super) number: u32,
    pub(super) kind: Kind,
    /// Of an id that a list knows, which of them.
    pub(super) known: Option<u32>,
    /// The name itself, and those that a list has for it. Empty where nothing can be compared.
    pub(super) forms: Vec<Form>,
}

impl Name {
    pub(super) fn people(&self) -> impl Iterator<Item = &Person> {
        self.forms.iter().filter_map(|form| match form {
            Form::Person(person) => Some(person),
            _ => None,
        })
    }

    pub(super) fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.forms.iter().filter_map(|form| match form {
            Form::Body(body) => Some(body),
            _ => None,
        })
    }
}

/// All names in an order of their own, whatever the order in which they came.
pub(super) fn sorted(census: Census, lexicon: &Lexicon, variants: &Variants) -> Vec<Name> {
    let mut tallies: Vec<(u32, Tally)> = (0..).zip(census.names).collect();
    tallies.sort_by(|(_, a), (_, b)| a.key.cmp(&b.key));
    let listed = listed(&tallies, lexicon);
    let mut numbers: FxHashMap<Box<str>, u32> = FxHashMap::default();
    let mut names = Vec::with_capacity(tallies.len());
    for (number, tally) in tallies {
        let row = lexicon.gazetteer.find(&tally.key.id);
        let kind = Kind::of(tally.key.label);
        let known = (row.is_some() || !from_letters(&tally)).then(|| {
            let next = numbers.len() as u32;
            *numbers.entry(tally.key.id.clone()).or_insert(next)
        });
        let others = row.and_then(|row| listed.get(&row)).into_iter().flatten().copied();
        let mut forms: Vec<Form> = Vec::new();
        for text in std::iter::once(&*tally.key.name).chain(others) {
            forms.extend(form(kind, text, lexicon, variants));
        }
        names.push(Name { tally, number, kind, known, forms });
    }
    names
}

/// Whether the id is the one that a name gets which no list knows.
fn from_letters(tally: &Tally) -> bool {
    let parts = tally.key.id.split_once(':');
    parts.is_some_and(|(kind, letters)| kind == prefix(tally.key.label) && letters == slug(&tally.key.name))
}

/// The other names that the gazetteer has for the entities of the census, by their rows.
fn listed<'l>(tallies: &[(u32, Tally)], lexicon: &'l Lexicon) -> FxHashMap<u32, Vec<&'l str>> {
    let rows: FxHashSet<u32> =
        tallies.iter().filter_map(|(_, tally)| lexicon.gazetteer.find(&tally.key.id)).collect();
    let mut listed: FxHashMap<u32, Vec<&str>> = FxHashMap::default();
    for surface in lexicon.gazetteer.surfaces.iter().filter(|surface| surface.form == Surety::Full) {
        for row in surface.entries.iter().filter(|row| rows.contains(row)) {
            listed.entry(*row).or_default().push(&surface.text);
        }
    }
    listed
}

fn form(kind: Kind, text: &str, lexicon: &Lexicon, variants: &Variants) -> Option<Form> {
    match kind {
        Kind::Person if is_body(text, lexicon) => whole(text).map(Form::Whole),
        Kind::Person => Person::new(text, lexicon, variants).map(Form::Person),
        Kind::Body => Some(Form::Body(Body::new(text, lexicon, variants))),
        Kind::Place | Kind::People => whole(text).map(Form::Whole),
    }
}

/// Whether what was taken for a person has the name of a body ("Radio Estmark"): it has no surname then.
fn is_body(text: &str, lexicon: &Lexicon) -> bool {
    let mut words = text.split_whitespace().peekable();
    let given = |word: &&str| {
        lexicon.words.get(word.to_lowercase().as_bytes()).is_some_and(|known| known.class.any(Class::GIVEN))
    };
    let body = |word: &str| matches!(lexicon.name_word(word), Some(Label::Org | Label::Outlet));
    !words.peek().is_some_and(given) && text.contains(' ') && words.any(body)
}

/// The letters of the name of a place or a people.
fn whole(text: &str) -> Option<String> {
    let lower = folded(text);
    let mut rest = lower.trim();
    for opening in ["the ", "city of ", "town of ", "village of "] {
        rest = rest.strip_prefix(opening).unwrap_or(rest);
    }
    let words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(|word| {
        if word == "st" {
            "saint"
        } else if word == "mt" {
            "mount"
        } else {
            word
        }
    });
    let letters: Vec<String> = words.map(|word| ending(&skeleton(word))).collect();
    (!letters.is_empty()).then(|| letters.join(""))
}

/// Ukrainian and Russian endings of one place ("Zarichiv", "Zarichev", "Zarichov") as one.
fn ending(word: &str) -> String {
    match word.strip_suffix("ev").or(word.strip_suffix("ov")) {
        Some(stem) if stem.chars().count() > 3 => format!("{stem}iv"),
        _ => word.to_owned(),
    }
}
