//! What a whole corpus says: which names are one, and, where a short name could mean several, which of them a document means.

use super::census::Census;
use super::names::{self, Name};
use super::naming::{best, reason};
use super::rare::Rare;
use super::short::{self, Choice, Open};
use super::union::Union;
use super::variants::Variants;
use super::{Reason, groups, mixed, people};
use crate::labels::Label;
use crate::lexicon::Lexicon;
use crate::spelling::folded;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// How many of the names beside one that a short name could mean are kept: those that stand in the fewest documents.
pub const COMPANY: usize = 256;

/// Of a short name that could mean more than these only what is named in full in the same document is looked at.
pub const AMONG: usize = 64;

/// An entity of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its id: that of a list, or of its commonest full name.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// What kind of thing it is.
    pub label: Label,
}

/// Where an entity of a document stands in the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'l> {
    /// The id of the corpus entity; the same in all documents.
    pub id: std::borrow::Cow<'l, str>,
    /// Its name.
    pub name: &'l str,
    /// What kind of thing it is.
    pub label: Label,
    /// Why it is this one.
    pub reason: Reason,
}

/// The settled names of a corpus, which learns where short names stand.
#[derive(Debug)]
pub struct Corpus {
    things: Vec<Thing>,
    /// Of each number of the census: the thing and the reason, and for short names that are open the choice.
    places: Vec<(u32, Reason)>,
    keys: Vec<(Box<str>, Box<str>, Label)>,
    /// Of a thing that is open: the things that it could be, and whether it is one with its equals otherwise.
    open: BTreeMap<u32, (Vec<u32>, bool)>,
    /// In how many documents a thing is.
    spread: Vec<u64>,
    /// Of a thing that an open one could be: the things beside it, rarest first.
    company: BTreeMap<u32, BTreeSet<(u64, u32)>>,
    documents: u64,
}

/// The answer: what each entity of each document is in the corpus.
#[derive(Debug)]
pub struct Links(Corpus);

impl Corpus {
    /// Settles which names are one.
    pub fn new(census: Census, lexicon: &Lexicon) -> Self {
        let documents = census.documents;
        let variants = Variants::new();
        let names = names::sorted(census, lexicon, &variants);
        let mut union = Union::new(names.iter().map(|name| name.known).collect());
        groups::equal(&names, &mut union);
        groups::qualified(&names, &mut union);
        let rare = Rare::new(&names, documents);
        let torn = people::join(&names, &mut union, |a, b| {
            rare.shared(&names[a as usize].tally, &names[b as usize].tally)
        });
        let mut open = short::people(&names, &torn, &mut union);
        open.extend(short::bodies(&names, &mut union));
        mixed::join(&names, &mut union, &open, &rare);
        Self::told(names, union, open, documents)
    }

    fn told(names: Vec<Name>, mut union: Union, open: Open, documents: u64) -> Self {
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for rank in 0..names.len() as u32 {
            members.entry(union.find(rank)).or_default().push(rank);
        }
        let mut number = FxHashMap::default();
        let (mut things, mut spread) = (Vec::new(), Vec::new());
        let mut places = vec![(0, Reason::Name); names.len()];
        let mut taken: FxHashSet<Box<str>> = FxHashSet::default();
        let mut again: FxHashMap<Box<str>, u64> = FxHashMap::default();
        // Ids of lists first, so that no other name takes them.
        let listed = |set: &&u32, union: &mut Union| union.known(**set).is_some();
        let mut sets: Vec<&u32> = members.keys().collect();
        sets.sort_by_key(|set| !listed(set, &mut union));
        for set in sets {
            let ranks = &members[set];
            let best = best(ranks, &names);
            let mut thing = Thing {
                id: best.tally.key.id.clone(),
                name: best.tally.key.name.clone(),
                label: best.tally.key.label,
            };
            // Signs have no place in an id, so that two names may have one.
            while !taken.insert(thing.id.clone()) {
                let again = again.entry(best.tally.key.id.clone()).or_insert(1);
                *again += 1;
                thing.id = format!("{}-{again}", best.tally.key.id).into();
            }
            let letters = folded(&thing.name);
            for rank in ranks {
                let name = &names[*rank as usize];
                places[name.number as usize] = (things.len() as u32, reason(name, best, &letters));
            }
            spread.push(ranks.iter().map(|rank| names[*rank as usize].tally.documents).sum());
            number.insert(*set, things.len() as u32);
            things.push(thing);
        }
        // What a list knows is nobody else, however many others have its name.
        let unsure: Vec<_> = open.into_iter().filter(|(rank, _)| union.known(*rank).is_none()).collect();
        let mut of = |rank: u32| number.get(&union.find(rank)).copied();
        let mut choices = BTreeMap::new();
        for (rank, Choice { among, together }) in unsure {
            let Some(own) = of(rank) else { continue };
            let among: BTreeSet<u32> =
                among.into_iter().filter_map(&mut of).filter(|thing| *thing != own).collect();
            if !among.is_empty() {
                choices.insert(own, (among.into_iter().collect::<Vec<_>>(), together));
            }
        }
        let few = choices.values().filter(|(among, _)| among.len() <= AMONG);
        let company = few.flat_map(|(among, _)| among.iter().map(|thing| (*thing, BTreeSet::new())));
        let company = company.collect();
        let mut keys: Vec<_> = names
            .into_iter()
            .map(|name| (name.number, (name.tally.key.id, name.tally.key.name, name.tally.key.label)))
            .collect();
        keys.sort_by_key(|(number, _)| *number);
        let keys = keys.into_iter().map(|(_, key)| key).collect();
        Self { things, places, keys, open: choices, spread, company, documents }
    }

    /// Whether some names could mean several, so that the documents have to be looked at once more.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Learns which names stand together in a document, given by their numbers.
    pub fn note(&mut self, numbers: &[u32]) {
        let things = self.sure(numbers);
        for thing in &things {
            let Some(company) = self.company.get_mut(thing) else { continue };
            for other in things.iter().filter(|other| *other != thing) {
                company.insert((self.spread[*other as usize], *other));
            }
            // The rarest are kept: what is dropped can never come back, whatever the order of the documents.
            while company.len() > COMPANY {
                company.pop_last();
            }
        }
    }

    /// The things of a document that are not open.
    fn sure(&self, numbers: &[u32]) -> BTreeSet<u32> {
        let thing = |number: &u32| self.places.get(*number as usize).map(|(thing, _)| *thing);
        numbers.iter().filter_map(thing).filter(|thing| !self.open.contains_key(thing)).collect()
    }

    /// The answer.
    pub fn links(self) -> Links {
        Links(self)
    }

    /// Which of the things that an open one could be a document means, by what else is in it.
    fn choose(&self, among: &[u32], here: &BTreeSet<u32>) -> Option<u32> {
        // Named in full in the same document.
        let mut present = here.iter().copied().filter(|thing| among.binary_search(thing).is_ok());
        match (present.next(), present.next()) {
            (Some(one), None) => return Some(one),
            _ if among.len() > AMONG => return None,
            _ => {}
        }
        let mut scores: Vec<(f64, u32)> =
            among.iter().map(|thing| (self.shared(*thing, among, here), *thing)).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, thing) = *scores.first()?;
        let second = scores.get(1).map_or(0.0, |(score, _)| *score);
        (best > 0.0 && best >= 2.0 * second).then_some(thing)
    }

    /// How much of what stands beside a thing elsewhere is in a document too; what is in few documents counts most.
    fn shared(&self, thing: u32, among: &[u32], here: &BTreeSet<u32>) -> f64 {
        let Some(company) = self.company.get(&thing) else { return 0.0 };
        let beside = company.iter().filter(|(_, other)| here.contains(other) && !among.contains(other));
        beside.map(|(spread, _)| (self.documents as f64 / (*spread).max(1) as f64).ln().max(0.0)).sum()
    }
}

impl Links {
    /// What the entities of a document are in the corpus, given by their numbers; in their order.
    pub fn of<'l>(&'l self, document: &str, numbers: &[u32]) -> Vec<Link<'l>> {
        let corpus = &self.0;
        let here = corpus.sure(numbers);
        let link = |number: &u32| {
            let (own, reason) = *corpus.places.get(*number as usize)?;
            let thing = &corpus.things[own as usize];
            let told = |thing: &'l Thing, reason| Link {
                id: (&*thing.id).into(),
                name: &thing.name,
                label: thing.label,
                reason,
            };
            let Some((among, together)) = corpus.open.get(&own) else { return Some(told(thing, reason)) };
            Some(match corpus.choose(among, &here) {
                Some(meant) => told(&corpus.things[meant as usize], Reason::Context),
                None if *together => told(thing, reason),
                None => Link { id: format!("{}@{document}", thing.id).into(), ..told(thing, Reason::Open) },
            })
        };
        numbers.iter().filter_map(link).collect()
    }

    /// The id, the name and the label that a number stands for in its documents.
    pub fn key(&self, number: u32) -> Option<(&str, &str, Label)> {
        self.0.keys.get(number as usize).map(|(id, name, label)| (&**id, &**name, *label))
    }
}
