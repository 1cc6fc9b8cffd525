//! The first pass: the distinct names of a corpus, each with a bounded memory of where it stood.

use crate::labels::Label;
use crate::spelling::folded;
use rustc_hash::{FxHashMap, FxHasher};
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

/// How many other forms of a name are kept: the longest.
pub const ALIASES: usize = 8;
/// How many of the names beside a name are kept, as hashes: the smallest, which is a fair sample.
pub const COMPANY: usize = 32;
/// A longer form is not kept, in bytes.
const LONGEST: usize = 120;

/// An entity of a document, as it is given to [`Census::add`].
#[derive(Clone, Debug)]
pub struct Named<'d> {
    /// Its id in the document.
    pub id: &'d str,
    /// Its canonical name there.
    pub name: &'d str,
    /// What kind of thing it is.
    pub label: Label,
    /// How often it is mentioned.
    pub mentions: u64,
    /// The words of the mentions; pronouns and descriptions left out.
    pub texts: Vec<&'d str>,
}

/// A name with an id and a label: what is one in all documents from the start.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub(super) label: Label,
    pub(super) id: Box<str>,
    pub(super) name: Box<str>,
}

/// What is kept of a name.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) key: Key,
    pub(super) documents: u64,
    pub(super) mentions: u64,
    /// Other forms, the longest first.
    pub(super) aliases: BTreeSet<(std::cmp::Reverse<usize>, Box<str>)>,
    /// Hashes of the names beside it, sorted.
    pub(super) company: Vec<u32>,
}

impl Tally {
    /// The hash by which others know it.
    pub(super) fn hash(&self) -> u32 {
        hash(self.key.label, &self.key.name)
    }
}

/// The distinct names of the documents that were added, numbered as they came.
#[derive(Debug, Default)]
pub struct Census {
    numbers: FxHashMap<Key, u32>,
    pub(super) names: Vec<Tally>,
    pub(super) documents: u64,
}

impl Census {
    /// Notes the entities of a document and gives the number of each, by which later passes know it.
    pub fn add(&mut self, entities: &[Named<'_>]) -> Vec<u32> {
        self.documents += 1;
        let hashes: Vec<u32> = entities.iter().map(|entity| hash(entity.label, entity.name)).collect();
        entities.iter().enumerate().map(|(i, entity)| self.note(entity, &hashes, i)).collect()
    }

    fn note(&mut self, entity: &Named<'_>, hashes: &[u32], at: usize) -> u32 {
        let key = Key { label: entity.label, id: entity.id.into(), name: entity.name.into() };
        let number = match self.numbers.get(&key) {
            Some(&number) => number,
            None => {
                let number = self.names.len() as u32;
                self.numbers.insert(key.clone(), number);
                let (aliases, company) = (BTreeSet::new(), Vec::new());
                self.names.push(Tally { key, documents: 0, mentions: 0, aliases, company });
                number
            }
        };
        let tally = &mut self.names[number as usize];
        tally.documents += 1;
        tally.mentions += entity.mentions;
        for text in &entity.texts {
            let known = *text == entity.name || text.len() > LONGEST;
            if !known && tally.aliases.insert((std::cmp::Reverse(text.len()), (*text).into())) {
                // What is dropped here can never come back: the same stay in whatever order they come.
                while tally.aliases.len() > ALIASES {
                    tally.aliases.pop_last();
                }
            }
        }
        for (_, hash) in hashes.iter().enumerate().filter(|(i, _)| *i != at) {
            if let Err(place) = tally.company.binary_search(hash)
                && place < COMPANY
            {
                tally.company.insert(place, *hash);
                tally.company.truncate(COMPANY);
            }
        }
        number
    }
}

fn hash(label: Label, name: &str) -> u32 {
    let mut hasher = FxHasher::default();
    (super::Kind::of(label) as u8, folded(name)).hash(&mut hasher);
    // The upper half is the better mixed one.
    (hasher.finish() >> 32) as u32
}
