//! Offices, and who held them when.
//!
//! An office is held for somebody: a country, a region, a body. Its names are those of the list of holders
//! ("president|leader") and those of the lexicon that mean the same ("minister of foreign affairs").

use super::gazetteer::Gazetteer;
use super::reader::{self, Row};
use crate::date::{Day, Period};
use crate::error::Result;
use rustc_hash::{FxHashMap, FxHashSet};

/// A name of offices, as its words in lower case behind the first one.
#[derive(Clone, Debug)]
struct Phrase {
    rest: Vec<Box<str>>,
    /// All offices that go by it.
    offices: Vec<u16>,
    /// For whom it is held where nobody says so: the pope is that of the Holy See.
    of: Option<u32>,
}

/// A name of offices found in a text.
#[derive(Clone, Copy, Debug)]
pub struct OfficeAt<'l> {
    /// How many words it has.
    pub words: usize,
    /// The offices that it may mean.
    pub offices: &'l [u16],
    /// For whom it is held where nobody says so, as an index of the gazetteer.
    pub of: Option<u32>,
}

/// The time that somebody held an office.
#[derive(Clone, Copy, Debug)]
struct Held {
    person: u32,
    /// The days on one of which it began.
    from: Period,
    /// The days on one of which it ended.
    to: Period,
}

impl Held {
    /// Whether somebody may have held it on one of the days.
    fn overlaps(&self, days: Period) -> bool {
        self.from.first <= days.last && days.first <= self.to.last
    }

    /// Whether it was certainly held on all of them.
    fn covers(&self, days: Period) -> bool {
        self.from.last <= days.first && days.last <= self.to.first
    }
}

/// All offices.
#[derive(Debug, Default)]
pub struct Offices {
    ids: FxHashMap<Box<str>, u16>,
    /// By the first word.
    phrases: FxHashMap<Box<str>, Vec<Phrase>>,
    held: FxHashMap<(u32, u16), Vec<Held>>,
}

const COLUMNS: [&str; 5] = ["office", "of", "person", "from", "to"];

impl Offices {
    /// Adds the rows of a file; they take the place of all earlier ones for the same office and the same country or body.
    pub(super) fn read(&mut self, file: &str, text: &str, gazetteer: &Gazetteer) -> Result<()> {
        let mut ours = FxHashSet::default();
        for row in reader::rows_with(file, text, &COLUMNS, &["as_of"])? {
            let of = known(&row, 1, "of", gazetteer)?;
            let held = held(&row, known(&row, 2, "person", gazetteer)?)?;
            for name in row.filled(0, "office")?.split('|').map(str::trim).filter(|name| !name.is_empty()) {
                let office = self.name(name, name, None);
                let terms = self.held.entry((of, office)).or_default();
                if ours.insert((of, office)) {
                    terms.clear();
                }
                terms.push(held);
            }
        }
        Ok(())
    }

    /// Adds other names of offices.
    pub(super) fn read_names(&mut self, file: &str, text: &str, gazetteer: &Gazetteer) -> Result<()> {
        for row in reader::rows(file, text, &["office", "names", "of"])? {
            let office = row.filled(0, "office")?;
            let of = if row.get(2).is_empty() { None } else { Some(known(&row, 2, "of", gazetteer)?) };
            for name in row.get(1).split('|').map(str::trim).filter(|name| !name.is_empty()) {
                self.name(office, name, of);
            }
        }
        Ok(())
    }

    /// The number of an office, which from now on goes by this name too.
    fn name(&mut self, office: &str, name: &str, of: Option<u32>) -> u16 {
        let next = self.ids.len() as u16;
        let id = *self.ids.entry(office.to_lowercase().into()).or_insert(next);
        let lower = name.to_lowercase();
        let mut words = lower.split([' ', '-']).filter(|word| !word.is_empty());
        let phrases = self.phrases.entry(words.next().unwrap_or("").into()).or_default();
        let rest: Vec<Box<str>> = words.map(Into::into).collect();
        match phrases.iter_mut().find(|phrase| phrase.rest == rest) {
            Some(phrase) => {
                phrase.of = phrase.of.or(of);
                if !phrase.offices.contains(&id) {
                    phrase.offices.push(id);
                }
            }
            None => {
                phrases.push(Phrase { rest, offices: vec![id], of });
                phrases.sort_by_key(|phrase| usize::MAX - phrase.rest.len());
            }
        }
        id
    }

    /// The longest name of an office that begins with the word `first`, in lower case; `next` gives the words behind it,
    /// in lower case too.
    pub fn at<'n>(&self, first: &str, next: impl Fn(usize) -> Option<&'n str>) -> Option<OfficeAt<'_>> {
        let fits = |phrase: &&Phrase| {
            (1..).zip(&phrase.rest).all(|(i, word)| next(i).is_some_and(|n| n.eq_ignore_ascii_case(word)))
        };
        let phrase = self.phrases.get(first)?.iter().find(fits)?;
        Some(OfficeAt { words: phrase.rest.len() + 1, offices: &phrase.offices, of: phrase.of })
    }

    /// Who certainly held one of the offices on all of the days, and nobody else on any of them.
    pub fn holder(&self, of: u32, offices: &[u16], days: Period) -> Option<u32> {
        let terms = offices.iter().filter_map(|office| self.held.get(&(of, *office))).flatten();
        let mut possible = terms.filter(|held| held.overlaps(days));
        let first = possible.next()?;
        let mut covered = first.covers(days);
        for other in possible {
            if other.person != first.person {
                return None;
            }
            covered |= other.covers(days);
        }
        covered.then_some(first.person)
    }
}

/// The entity with the id in cell `i`.
fn known(row: &Row<'_>, i: usize, column: &str, gazetteer: &Gazetteer) -> Result<u32> {
    let id = row.filled(i, column)?;
    gazetteer.find(id).ok_or_else(|| row.expected(format!("expected a known id in {column}, found {id:?}")))
}

fn held(row: &Row<'_>, person: u32) -> Result<Held> {
    let date = |i: usize, column: &str| match row.get(i) {
        "" => Ok(None),
        cell => Period::parse(cell).map(Some).ok_or_else(|| {
            row.expected(format!(
                "expected a date like 2018-03-05, 2018-03 or 2018 in {column}, found {cell:?}"
            ))
        }),
    };
    let (from, to, as_of) = (date(3, "from")?, date(4, "to")?, date(5, "as_of")?);
    let from = from.unwrap_or(Period { first: Day::FIRST, last: Day::FIRST });
    let to = match (to, as_of) {
        (Some(_), Some(_)) => return Err(row.expected("expected a date in to or in as_of, found two")),
        (Some(to), None) => to,
        // Still held on that day: nobody knows what comes after it.
        (None, Some(seen)) => Period { first: seen.last, last: seen.last },
        (None, None) => Period { first: Day::LAST, last: Day::LAST },
    };
    if from.first > to.last {
        let (from, to) = (row.get(3), if row.get(4).is_empty() { row.get(5) } else { row.get(4) });
        return Err(row.expected(format!("expected a date from before the date to, found {from} and {to}")));
    }
    Ok(Held { person, from, to })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const NAMES: &str = "id\tlabel\tname\tvariants\tshort\tdemonyms\tspeaks_for\tgender\tcountry\trole
country:norvia\tGPE\tNorvia\t\t\tNorvian\t\t\t\t
person:a\tPER\tAda Quist\t\t\t\t\tf\t\t
person:b\tPER\tBo Maro\t\t\t\t\tm\t\t
";

    fn offices(rows: &str) -> Result<(Gazetteer, Offices)> {
        let gazetteer = Gazetteer::read([("names.tsv", NAMES)])?;
        let text = format!("office\tof\tperson\tfrom\tto\tas_of\n{rows}");
        let mut offices = Offices::default();
        offices.read("own.tsv", &text, &gazetteer)?;
        Ok((gazetteer, offices))
    }

    #[test]
    fn the_holder_is_who_alone_held_it_on_all_days() {
        let (gazetteer, offices) = offices(
            "harbour master|master\tcountry:norvia\tperson:a\t2010-03-05\t2014-06\t
harbour master|master\tcountry:norvia\tperson:b\t2014-06\t\t2016-12-31
",
        )
        .unwrap();
        let at = offices.at("harbour", |i| ["harbour", "master"].get(i).copied()).unwrap();
        let of = gazetteer.find("country:norvia").unwrap();
        let holder = |date: &str| {
            let row = offices.holder(of, at.offices, Period::parse(date).unwrap())?;
            Some(&*gazetteer.entries[row as usize].name)
        };
        assert_eq!(at.words, 2);
        for (date, wanted) in [
            ("2010-03-04", None),
            ("2010-03-05", Some("Ada Quist")),
            ("2010", None),
            ("2012", Some("Ada Quist")),
            ("2014-05-31", Some("Ada Quist")),
            ("2014-06-15", None),
            ("2014", None),
            ("2014-07-01", Some("Bo Maro")),
            ("2016-12-31", Some("Bo Maro")),
            ("2017-01-01", None),
        ] {
            assert_eq!(holder(date), wanted, "{date}");
        }
        assert!(offices.at("harbour", |_| Some("mistress")).is_none());
    }

    #[test]
    fn rows_that_cannot_be_are_refused() {
        let id = "expected a known id in";
        for (row, told) in [
            ("mayor\tcountry:norvia\tperson:x\t2010\t2011\t", format!("{id} person, found \"person:x\"")),
            ("mayor\tcountry:x\tperson:a\t2010\t2011\t", format!("{id} of, found \"country:x\"")),
            ("mayor\tcountry:norvia\tperson:a\t2012\t2011\t", "found 2012 and 2011".into()),
            ("mayor\tcountry:norvia\tperson:a\t2012\t\t2011", "found 2012 and 2011".into()),
            ("mayor\tcountry:norvia\tperson:a\tMay 2010\t2011\t", "in from, found \"May 2010\"".into()),
            ("mayor\tcountry:norvia\tperson:a\t2010\t2011-13\t", "in to, found \"2011-13\"".into()),
            ("mayor\tcountry:norvia\tperson:a\t2010\t2011\t2011", "in to or in as_of, found two".into()),
            ("\tcountry:norvia\tperson:a\t2010\t2011\t", "expected a office".into()),
        ] {
            let fault = offices(&format!("{row}\n")).unwrap_err().to_string();
            assert!(fault.starts_with("own.tsv:2: ") && fault.contains(&told), "{row}: {fault}");
        }
    }

    #[test]
    fn a_later_file_takes_the_place_of_an_office() {
        let (gazetteer, mut offices) = offices("mayor\tcountry:norvia\tperson:a\t2010\t2012\t\n").unwrap();
        let of = gazetteer.find("country:norvia").unwrap();
        let (number, day) = (offices.ids["mayor"], Period::parse("2011-05-05").unwrap());
        assert_eq!(offices.holder(of, &[number], day), gazetteer.find("person:a"));
        let own = "office\tof\tperson\tfrom\tto\nmayor\tcountry:norvia\tperson:b\t\t\n";
        offices.read("later.tsv", own, &gazetteer).unwrap();
        assert_eq!(offices.holder(of, &[number], day), gazetteer.find("person:b"));
    }
}
