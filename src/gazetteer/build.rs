//! From rows to a gazetteer.

use super::Gazetteer;
use super::names::{EXACT, MORE, Names, written};
use super::prefixes::{Clash, Prefixes, keys};
use super::sift::{Openings, Sift};
use super::strings::Strings;
use super::words::{Gap, Words};
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;

/// Whether case counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// "US" is not "us".
    Exact,
    /// "MARA QUILL" is "Mara Quill".
    Ignore,
}

impl Case {
    /// The case that is called `name`: "exact" or "ignore".
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "exact" => Some(Case::Exact),
            "ignore" => Some(Case::Ignore),
            _ => None,
        }
    }

    /// What holds for a name of which nothing is said. Case counts where there are at most three letters ("Xi"), and
    /// in an acronym: one word, two capitals or more, no small letter ("NATO", "G20", "U.S."). It does not count in
    /// what has no capitals.
    pub fn of(name: &str) -> Self {
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = name.chars().filter(|c| c.is_uppercase()).count();
        let acronym = capitals > 1 && !name.chars().any(|c| c.is_lowercase() || c.is_whitespace());
        if capitals > 0 && (letters <= 3 || acronym) { Case::Exact } else { Case::Ignore }
    }
}

/// A name and what it names.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    /// One of its names.
    pub name: &'r str,
    /// What it is called in the output.
    pub id: &'r str,
    /// What kind of thing it is, in the user's words; may be empty.
    pub label: &'r str,
    /// Whether case counts; [`Case::of`] the name where `None`.
    pub case: Option<Case>,
}

/// A longer name is none: somebody took a text for a name.
const LONGEST: usize = 1000;
/// Seeds that are tried. That one is not enough happens once in a thousand gazetteers of a million names.
const SEEDS: u64 = 16;

/// Rows on their way into a gazetteer.
#[derive(Debug, Default)]
pub struct Builder {
    texts: Strings,
    rows: Vec<Entry>,
    entities: Strings,
    places: FxHashMap<Box<str>, u32>,
    /// For every id, its label and the line that gave it.
    label_of: Vec<(u32, usize)>,
    labels: Vec<Box<str>>,
    words: Words,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    id: u32,
    exact: bool,
}

impl Builder {
    /// Adds a row. A name may have several ids, an id several names, and equal rows count as one.
    ///
    /// # Errors
    /// What is wrong with the row, in words: no name, one that is too long or of several paragraphs, no id, another
    /// label than `line` of an earlier row of the same id has. The row is left out then.
    pub fn add(&mut self, line: usize, row: Row<'_>) -> std::result::Result<(), String> {
        let (name, id, label) = (row.name.trim(), row.id.trim(), row.label.trim());
        for (cell, what) in [(name, "a name"), (id, "an id")] {
            if cell.is_empty() {
                return Err(format!("expected {what}, found an empty cell"));
            }
            let length = cell.chars().count();
            if length > LONGEST {
                return Err(format!(
                    "expected {what} of at most {LONGEST} characters, found one of {length}"
                ));
            }
        }
        self.words.cut(name);
        if self.words.len() == 0 {
            return Err(format!("expected a name with letters, found {name:?}"));
        }
        let words = &self.words;
        let gap = |word| Words::gap(name, (words.span(word - 1).1, words.span(word).0));
        if (1..words.len()).any(|word| gap(word) == Gap::Broken) {
            return Err(format!("expected a name in one paragraph, found {name:?}"));
        }
        let id = self.id(line, id, label)?;
        self.texts.push(name);
        let exact = row.case.unwrap_or_else(|| Case::of(name)) == Case::Exact;
        self.rows.push(Entry { id, exact });
        Ok(())
    }

    fn id(&mut self, line: usize, id: &str, label: &str) -> std::result::Result<u32, String> {
        let index = match self.places.get(id) {
            Some(&index) => index,
            None => {
                let index = self.entities.len() as u32;
                self.places.insert(id.into(), index);
                self.entities.push(id);
                self.label_of.push((0, line));
                index
            }
        };
        if !label.is_empty() {
            let known = self.labels.iter().position(|known| **known == *label).unwrap_or_else(|| {
                self.labels.push(label.into());
                self.labels.len() - 1
            });
            let (old, first) = self.label_of[index as usize];
            if old == 0 {
                self.label_of[index as usize] = (known as u32 + 1, line);
            } else if old as usize != known + 1 {
                let old = &self.labels[old as usize - 1];
                return Err(format!(
                    "expected the label {old} that the id {id:?} has in line {first}, found {label}"
                ));
            }
        }
        Ok(index)
    }

    /// The number of rows so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row has come yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Compiles the rows.
    ///
    /// # Errors
    /// More than 4 GiB of names.
    pub fn build(mut self) -> Result<Gazetteer> {
        // Folding makes a name at most three times as long; there is a sign between two words, and something before it.
        Gazetteer::checked(self.texts.bytes.len().saturating_mul(4).saturating_add(self.rows.len() * 8))?;
        Gazetteer::checked(self.entities.bytes.len())?;
        self.places = FxHashMap::default();
        let sift = self.sift();
        for seed in 0..SEEDS {
            if let Ok((names, prefixes)) = self.compile(seed) {
                return Ok(self.finish(names, prefixes, sift));
            }
        }
        Err(Error::usage("the names cannot be told apart by their hashes"))
    }

    fn finish(self, names: Names, prefixes: Prefixes, sift: Sift) -> Gazetteer {
        let mut labels = Strings::default();
        labels.push("");
        self.labels.iter().for_each(|label| labels.push(label));
        let label_of = self.label_of.iter().map(|(label, _)| *label).collect();
        let names = Names { entities: self.entities, label_of, labels, ..names };
        Gazetteer { names, sift, prefixes, automaton: None }
    }

    fn sift(&mut self) -> Sift {
        let mut openings = Openings::default();
        for text in self.texts.iter() {
            self.words.cut(text);
            openings.add(&mut self.words);
        }
        openings.sift()
    }

    fn compile(&mut self, seed: u64) -> std::result::Result<(Names, Prefixes), Clash> {
        let (mut order, mut prefixes) = self.hash(seed);
        order.sort_unstable();
        let mut groups: Vec<(u32, std::ops::Range<u32>)> = Vec::new();
        let mut from = 0;
        for same in order.chunk_by(|a, b| a.0 == b.0) {
            let first = same.iter().map(|(_, row)| *row).min().unwrap_or_default();
            groups.push((first, from..from + same.len() as u32));
            from += same.len() as u32;
        }
        groups.sort_unstable_by_key(|(first, _)| *first);
        let mut names = Names { ids_at: vec![0], ..Names::default() };
        for (_, range) in groups {
            let same = &order[range.start as usize..range.end as usize];
            prefixes.set(same[0].0, names.forms.len() as u32)?;
            self.group(same, &mut names);
        }
        if names.ids.len() == names.len() {
            names.ids_at = Vec::new();
        }
        Ok((names, prefixes))
    }

    /// The hash of every name with its row, and a table of their beginnings.
    fn hash(&mut self, seed: u64) -> (Vec<(u64, u32)>, Prefixes) {
        let mut order = Vec::with_capacity(self.rows.len());
        let (mut beginnings, mut longer) = (Vec::new(), Vec::new());
        for (row, text) in (0..).zip(self.texts.iter()) {
            self.words.cut(text);
            let first = beginnings.len();
            beginnings.extend(keys(&self.words, seed));
            longer.extend_from_slice(&beginnings[first..beginnings.len() - 1]);
            order.push((beginnings.last().copied().unwrap_or_default(), row));
        }
        beginnings.sort_unstable();
        beginnings.dedup();
        let prefixes = Prefixes::new(&beginnings, &longer, seed);
        (order, prefixes)
    }

    /// Adds the names of one group: for each way of writing but for case, one for each way where case counts, and one
    /// for all others. Hashes know a space from nothing but not from a dash, so there may be several ways.
    fn group(&mut self, same: &[(u64, u32)], names: &mut Names) {
        let mut rows = Vec::with_capacity(same.len());
        for &(_, row) in same {
            let text = self.texts.get(row as usize);
            self.words.cut(text);
            rows.push((written(text, &self.words, false), !self.rows[row as usize].exact, row));
        }
        rows.sort_unstable();
        // What is written, whether case counts, the first row, the ids.
        let mut ways: Vec<(Vec<u8>, bool, u32, Vec<u32>)> = Vec::new();
        for equal in rows.chunk_by(|a, b| a.0 == b.0) {
            let first = ways.len();
            for (plain, ignore, row) in equal {
                let Entry { id, exact } = self.rows[*row as usize];
                let form = if exact {
                    let text = self.texts.get(*row as usize);
                    self.words.cut(text);
                    written(text, &self.words, true)
                } else {
                    // Where case does not count, a way where it does is meant too.
                    ways[first..].iter_mut().filter(|way| way.1).for_each(|way| way.3.push(id));
                    plain.clone()
                };
                match ways[first..].iter_mut().find(|way| (&way.0, way.1) == (&form, !ignore)) {
                    Some(way) => way.3.push(id),
                    None => ways.push((form, exact, *row, vec![id])),
                }
            }
        }
        let last = ways.len().saturating_sub(1);
        for (i, (form, exact, row, ids)) in ways.into_iter().enumerate() {
            let flags = u8::from(exact) * EXACT + u8::from(i < last) * MORE;
            names.push(self.texts.get(row as usize), &form, flags);
            let from = names.ids.len();
            for id in ids {
                if !names.ids[from..].contains(&id) {
                    names.ids.push(id);
                }
            }
            names.ids_at.push(names.ids.len() as u32);
        }
    }
}
