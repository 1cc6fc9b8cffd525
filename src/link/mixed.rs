//! Names that got another label in one document than in the next: labels of names that no list knows are guesses.
//!
//! Two names of different kinds are one where they are equal and of several words. A single word that was taken for a
//! person, the commonest guess, though no list knows it as a given name or a surname and nobody of the corpus has it as
//! one, is the body or the place of that name where both stand in the same company and never beside each other.

use super::Kind;
use super::names::{Form, Name};
use super::rare::Rare;
use super::short::Open;
use super::union::Union;
use crate::spelling::folded;
use std::collections::{BTreeMap, BTreeSet};

/// Joins names of different kinds.
pub(super) fn join(names: &[Name], union: &mut Union, open: &Open, rare: &Rare) {
    whole(names, union);
    let mut others: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (rank, name) in (0..).zip(names).filter(|(_, name)| matches!(name.kind, Kind::Body | Kind::Place)) {
        let letters = letters(&name.tally.key.name);
        if !letters.contains(' ') {
            others.entry(letters).or_default().insert(rank);
        }
    }
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for rank in 0..names.len() as u32 {
        *sizes.entry(union.find(rank)).or_default() += 1;
    }
    for (rank, name) in (0..).zip(names) {
        let set = union.find(rank);
        // One that is joined with a longer name, or could be, has its place.
        if name.known.is_some() || sizes.get(&set) != Some(&1) || open.contains_key(&set) || !alone(name) {
            continue;
        }
        let Some(ranks) = others.get(&letters(&name.tally.key.name)) else { continue };
        let found = ranks.iter().copied().find(|other| meet(name, &names[*other as usize], rare));
        let sets: BTreeSet<u32> = ranks.iter().map(|rank| union.find(*rank)).collect();
        if let (Some(found), 1) = (found, sets.len()) {
            union.join(found, rank);
        }
    }
}

/// Joins equal names of several words.
fn whole(names: &[Name], union: &mut Union) {
    let mut equal: BTreeMap<String, u32> = BTreeMap::new();
    for (rank, name) in (0..).zip(names).filter(|(_, name)| name.kind != Kind::People) {
        let letters = letters(&name.tally.key.name);
        if letters.contains(' ') {
            let first = *equal.entry(letters).or_insert(rank);
            union.join(first, rank);
        }
    }
}

/// A single word that no list knows as the name of a person.
fn alone(name: &Name) -> bool {
    match &name.forms[..] {
        [Form::Person(person)] => {
            matches!(&person.tokens[..], [token] if !token.given && !token.surname && !token.initial)
        }
        _ => false,
    }
}

/// Whether two names stand in the same company, but not beside each other.
fn meet(a: &Name, b: &Name, rare: &Rare) -> bool {
    let beside = a.tally.company.binary_search(&b.tally.hash()).is_ok();
    !beside && rare.shared(&a.tally, &b.tally)
}

fn letters(name: &str) -> String {
    let lower = folded(name);
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ").trim_start_matches("the ").to_owned()
}
