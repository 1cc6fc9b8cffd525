//! Short forms: a surname, initials and a surname, an acronym, the first word of a firm. One that can mean a single longer name
//! of the corpus is joined with it; one that could mean several is left open.

use super::Kind;
use super::body::{Body, acronym};
use super::names::{Form, Name};
use super::person::{Person, Token};
use super::union::Union;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Initials before a surname that more full names have are left alone, so that time does not grow with the square of them.
const CROWD: usize = 4096;

/// Short names that could mean several, by the rank that stands for their set: what they could mean.
pub(super) type Open = BTreeMap<u32, Choice>;

/// What a short name could mean.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The ranks of the longer names.
    pub(super) among: BTreeSet<u32>,
    /// Where nothing decides: one with the equal names of other documents, or an entity of its document alone.
    pub(super) together: bool,
}

/// Longer names by what is said instead of them.
#[derive(Default)]
struct Index(FxHashMap<String, Vec<u32>>);

impl Index {
    fn put(&mut self, short: impl Into<String>, rank: u32) {
        self.0.entry(short.into()).or_default().push(rank);
    }

    fn get(&self, short: &str) -> &[u32] {
        self.0.get(short).map_or(&[], Vec::as_slice)
    }

    /// The sets that a short form could mean, but for its own.
    fn sets(&self, short: &str, own: u32, union: &mut Union) -> BTreeSet<u32> {
        sets(self.get(short).iter().copied(), own, union)
    }
}

fn sets(ranks: impl Iterator<Item = u32>, own: u32, union: &mut Union) -> BTreeSet<u32> {
    let own = union.find(own);
    ranks.map(|rank| union.find(rank)).filter(|set| *set != own).collect()
}

/// Joins or opens one short name; says whether it was open.
fn settle(rank: u32, among: BTreeSet<u32>, together: bool, union: &mut Union, open: &mut Open) {
    let own = union.find(rank);
    match among.first() {
        Some(one) if among.len() == 1 && !together => {
            union.join(own, *one);
        }
        Some(_) => {
            open.insert(own, Choice { among, together });
        }
        None => {}
    }
}

/// Short names of people. `torn` are full names that fit several that are not one.
pub(super) fn people(names: &[Name], torn: &[u32], union: &mut Union) -> Open {
    let torn: FxHashSet<u32> = torn.iter().map(|rank| union.find(*rank)).collect();
    let mut surnames = Index::default();
    let mut parts = Index::default();
    // Those that may be short for something, by how much they say.
    let mut shorter: [Vec<(u32, &Person)>; 3] = Default::default();
    for (rank, name) in (0..).zip(names) {
        let known = name.known.is_some();
        for (i, person) in name.people().enumerate() {
            let full = person.is_full() && !torn.contains(&union.find(rank));
            if full {
                enter(rank, person, &mut surnames, &mut parts);
            }
            // The names of a list are never short for something else.
            if i == 0 && !known {
                let level = if full || torn.contains(&union.find(rank)) {
                    0
                } else if person.tokens.len() > 1 {
                    1
                } else {
                    2
                };
                shorter[level].push((rank, person));
            }
        }
    }
    let of = |rank: u32| names[rank as usize].people().filter(|person| person.is_full());
    let mut open = Open::new();
    // "García Márquez", which looks like a given name and a surname; and a full name that fits two.
    for (rank, person) in &shorter[0] {
        let set = union.find(*rank);
        let among = if torn.contains(&set) {
            let fitting = |other: &u32| of(*other).any(|full| may_be(person, full));
            sets(surnames.get(&person.last().skeleton).iter().copied().filter(fitting), *rank, union)
        } else if person.tokens[0].given && !person.tokens[0].surname {
            continue;
        } else {
            parts.sets(&person.joined(), *rank, union)
        };
        settle(*rank, among, false, union, &mut open);
    }
    // "J. R. Kellen", which then stands for who else is called Kellen.
    for (rank, person) in &shorter[1] {
        let fitting = |other: &u32| of(*other).any(|full| may_be(person, full));
        let called = surnames.get(&person.last().skeleton);
        if called.len() > CROWD {
            continue;
        }
        let among = sets(called.iter().copied().filter(fitting), *rank, union);
        settle(*rank, among, false, union, &mut open);
    }
    for (rank, person) in &shorter[1] {
        if !open.contains_key(&union.find(*rank)) {
            surnames.put(&*person.last().skeleton, *rank);
        }
    }
    for (rank, person) in &shorter[2] {
        let among = surnames.sets(&person.last().skeleton, *rank, union);
        settle(*rank, among, false, union, &mut open);
    }
    open
}

/// Enters a full name under what may be said instead of it.
fn enter(rank: u32, person: &Person, surnames: &mut Index, parts: &mut Index) {
    let tokens = &person.tokens;
    surnames.put(&*person.last().skeleton, rank);
    // The first of two surnames, and one that stands first.
    let surname = |token: &Token| !token.initial && !token.given;
    for token in person.middle().iter().filter(|token| surname(token)) {
        surnames.put(&*token.skeleton, rank);
    }
    if tokens[0].surname && !tokens[0].given {
        surnames.put(&*tokens[0].skeleton, rank);
    }
    // "García Márquez" and "Gabriel García" for Gabriel García Márquez.
    for (i, token) in (1..).zip(person.middle()) {
        parts.put(person.stretch(i..tokens.len()), rank);
        if surname(token) {
            parts.put(person.stretch(0..1) + &token.skeleton, rank);
        }
    }
}

/// Whether a name with initials, or one that says less, may be a full name of the same surname.
fn may_be(short: &Person, full: &Person) -> bool {
    let given = &full.tokens[..full.tokens.len() - 1];
    let said = &short.tokens[..short.tokens.len() - 1];
    let Some(first) = said.first() else { return true };
    if !first.fits(&given[0]) {
        return false;
    }
    let mut rest = given[1..].iter();
    let middle = &said[1..];
    // A full name that says fewer does not speak against more.
    given.len() == 1 || middle.iter().all(|token| rest.any(|other| token.fits(other)))
}

/// Short names of bodies.
pub(super) fn bodies(names: &[Name], union: &mut Union) -> Open {
    let mut index = Bodies::default();
    for (rank, name) in (0..).zip(names) {
        if name.kind == Kind::Place {
            index.places.extend(name.forms.iter().filter_map(|form| match form {
                Form::Whole(letters) => Some(letters.clone()),
                _ => None,
            }));
        }
        for body in name.bodies() {
            index.enter(rank, body);
        }
        if name.kind == Kind::Body {
            for (_, alias) in &name.tally.aliases {
                if let Some(acronym) = acronym(alias) {
                    index.told.put(acronym, rank);
                }
            }
        }
    }
    let mut open = Open::new();
    for (rank, name) in (0..).zip(names) {
        if name.known.is_some() {
            continue;
        }
        if let Some(Form::Body(body)) = name.forms.first() {
            let (among, together) = index.among(rank, body, union);
            settle(rank, among, together, union, &mut open);
        }
    }
    open
}

/// Bodies by what is said instead of their names.
#[derive(Default)]
struct Bodies {
    /// Acronyms that a document had for them.
    told: Index,
    /// Their first letters.
    initials: Index,
    first: Index,
    last: Index,
    narrower: Index,
    /// The general words of bodies that have one of their own too.
    general: Index,
    places: FxHashSet<String>,
}

impl Bodies {
    fn enter(&mut self, rank: u32, body: &Body) {
        if body.acronym.is_some() || body.words.len() < 2 {
            return;
        }
        let [capitals, all] = &body.initials;
        self.initials.put(capitals.as_str(), rank);
        if capitals != all {
            self.initials.put(all.as_str(), rank);
        }
        let (first, last) = (&body.words[0], &body.words[body.words.len() - 1]);
        if !first.general {
            self.first.put(&*first.letters, rank);
        }
        self.last.put(&*last.letters, rank);
        if let Some(narrower) = body.narrower() {
            self.narrower.put(narrower, rank);
        }
        if body.qualified().is_some() {
            self.general.put(body.general(), rank);
        }
    }

    /// What a short name could mean, and whether it is one with its equals where nothing decides.
    fn among(&self, rank: u32, body: &Body, union: &mut Union) -> (BTreeSet<u32>, bool) {
        let none = (BTreeSet::new(), false);
        if let Some(acronym) = &body.acronym {
            let told = self.told.sets(acronym, rank, union);
            if !told.is_empty() {
                return (told, false);
            }
            let long = acronym.chars().count() > 2;
            return if long { (self.initials.sets(acronym, rank, union), false) } else { none };
        }
        match &body.words[..] {
            [] => none,
            [word] if body.kind_alone || word.general => (self.last.sets(&word.letters, rank, union), true),
            [word] if word.letters.chars().count() < 4 || self.places.contains(&word.letters) => none,
            [word] => (self.first.sets(&word.letters, rank, union), false),
            _ if body.is_general() => (self.general.sets(&body.general(), rank, union), true),
            _ => (self.narrower.sets(&body.key(), rank, union), false),
        }
    }
}
