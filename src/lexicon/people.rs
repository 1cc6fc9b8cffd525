//! The people of the gazetteer by what the spellings of their names have in common.
//!
//! A name is compared without middle initials and particles, by the letters that romanisations agree in: "Zelenskiy" is
//! "Zelenskyy", "J. D. Vance" is "JD Vance", "Vladimir V. Putin" is "Vladimir Putin". Given names are one across
//! languages ("Oleksandr", "Aleksandr") where a person's country is not one of English names, in which "Mike" and
//! "Michael" may be two; Arabic names may also differ in vowels and in q and g. What two people of the list would share is
//! nobody's.

use super::gazetteer::{Form, Gazetteer};
use crate::labels::Label;
use crate::spelling::{GivenNames, folded, skeleton};
use rustc_hash::FxHashMap;

/// The people by the keys of their names; none where two share one.
#[derive(Debug)]
pub struct People {
    given: GivenNames,
    keys: FxHashMap<String, Option<u32>>,
}

/// How much is left out of a name before it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// The spelling of its letters.
    Plain = 0,
    /// And what given names differ in from language to language.
    Given = 1,
    /// And what romanisations of Arabic differ in.
    Arabic = 2,
}

const READINGS: [Reading; 3] = [Reading::Plain, Reading::Given, Reading::Arabic];

/// Countries whose people have English names.
const ENGLISH: [&str; 7] = ["USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF"];
/// Countries whose people have Arabic names.
const ARABIC: [&str; 22] = [
    "ARE", "BHR", "COM", "DJI", "DZA", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN", "PSE",
    "QAT", "SAU", "SDN", "SOM", "SYR", "TUN", "YEM",
];
/// Those and more whose names come in several romanisations, so that a surname alone may be spelled in several ways.
const ROMANISED: [&str; 11] = ["RUS", "UKR", "BLR", "KAZ", "KGZ", "UZB", "TJK", "TKM", "BGR", "MKD", "IRN"];

/// Words before a surname that are left out.
const PARTICLES: [&str; 10] = ["al", "el", "ul", "ash", "as", "an", "bin", "ibn", "bint", "ad"];

/// Letters of the shortest surname that is compared by its spelling.
const SURNAME: usize = 6;
/// Words of the longest name.
const LONGEST: usize = 6;

impl People {
    pub(super) fn new(gazetteer: &Gazetteer) -> Self {
        let mut people = Self { given: GivenNames::new(), keys: FxHashMap::default() };
        for surface in &gazetteer.surfaces {
            let &[row] = surface.entries.as_slice() else { continue };
            let entry = &gazetteer.entries[row as usize];
            if entry.label != Label::Per || surface.form != Form::Full {
                continue;
            }
            let country =
                entry.country.and_then(|c| gazetteer.entries[c as usize].id.strip_prefix("country:"));
            let country = country.unwrap_or("");
            let readings = if ARABIC.contains(&country) {
                &READINGS[..]
            } else if ENGLISH.contains(&country) {
                &READINGS[..1]
            } else {
                &READINGS[..2]
            };
            let romanised = readings.len() == 3 || ROMANISED.contains(&country);
            let name = Name::new(&surface.text);
            if name.words.len() == 1 && !(romanised && surface.text.chars().count() >= SURNAME) {
                continue;
            }
            for reading in readings {
                if let Some(key) = people.key(&name, *reading) {
                    let known = people.keys.entry(key).or_insert(Some(row));
                    *known = known.filter(|known| *known == row);
                }
            }
        }
        people
    }

    /// The person, as an index of the gazetteer, whose name this is in one of its spellings.
    pub fn find(&self, name: &str) -> Option<u32> {
        let letters = name.chars().count();
        let name = Name::new(name);
        if name.words.len() == 1 && letters < SURNAME {
            return None;
        }
        // Two people who share the spelling are not told apart by a looser one.
        READINGS.iter().find_map(|reading| self.keys.get(&self.key(&name, *reading)?).copied()).flatten()
    }

    fn key(&self, name: &Name, reading: Reading) -> Option<String> {
        let (first, rest) = name.words.split_first()?;
        if name.words.len() > LONGEST || rest.is_empty() && name.initials {
            return None;
        }
        let fold = |word: &str| if reading == Reading::Arabic { arabic(word) } else { word.to_owned() };
        // The readings are kept apart.
        let mut key = String::from(["p ", "g ", "a "][reading as usize]);
        if rest.is_empty() {
            key.push_str(&fold(first));
            return Some(key);
        }
        let given = name.initials || reading == Reading::Plain;
        key.push_str(&fold(if given { first } else { self.given.one(first) }));
        key.push(' ');
        // "Kim Jong Un", "Kim Jong-un" and "Kim Jongun".
        rest.iter().for_each(|word| key.push_str(&fold(word)));
        Some(key)
    }
}

/// A skeleton without what romanisations of Arabic differ in: e and i, o and u, q and g.
fn arabic(skeleton: &str) -> String {
    let letters = skeleton.strip_prefix("abdel").map(|rest| format!("abdul{rest}"));
    let letters = letters.as_deref().unwrap_or(skeleton);
    let mut out = String::with_capacity(letters.len());
    for letter in letters.chars() {
        let letter = match letter {
            'e' => 'i',
            'o' => 'u',
            'g' => 'k',
            letter => letter,
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}

/// A name taken apart: the skeletons of its words, without particles and middle initials.
struct Name {
    words: Vec<String>,
    /// The first word is the initials of given names.
    initials: bool,
}

impl Name {
    fn new(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut initials = false;
        let pieces = name.split([' ', '-', '\u{a0}', '\n']).filter(|piece| !piece.is_empty());
        let count = pieces.clone().count();
        for (i, piece) in pieces.enumerate() {
            let letters = folded(piece.trim_end_matches('.'));
            let before = i + 1 < count;
            if before && i > 0 && PARTICLES.contains(&letters.as_str()) {
                continue;
            }
            if before && is_initials(piece) {
                // "J. D." at the head of a name, "V." in the middle of one.
                if words.is_empty() || initials && words.len() == 1 {
                    initials = true;
                    let joined: String = letters.chars().filter(|c| c.is_alphanumeric()).collect();
                    match words.first_mut() {
                        Some(first) => first.push_str(&joined),
                        None => words.push(joined),
                    }
                }
                continue;
            }
            words.push(letters);
        }
        words.iter_mut().skip(usize::from(initials)).for_each(|word| *word = skeleton(word));
        Self { words, initials }
    }
}

/// "J.", "J.D.", "JD".
fn is_initials(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| c.is_uppercase()).count();
    let others = piece.chars().any(|c| !c.is_uppercase() && c != '.');
    !others && (letters == 2 || piece.ends_with('.') && (1..=3).contains(&letters))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn people(rows: &str) -> (Gazetteer, People) {
        let head = "id\tlabel\tname\tvariants\tshort\tdemonyms\tspeaks_for\tgender\tcountry\trole\n";
        let countries: String = ["UKR", "LBY", "USA", "RUS", "PRK", "EGY"]
            .iter()
            .map(|code| format!("country:{code}\tGPE\t{code}\t\t\t\t\t\t{code}\t\n"))
            .collect();
        let rows: String = rows
            .lines()
            .map(|row| {
                let mut cells = row.trim().split('|').map(str::trim);
                let mut cell = || cells.next().unwrap_or("");
                let (id, name, variants, country) = (cell(), cell(), cell().replace(';', "|"), cell());
                format!("person:{id}\tPER\t{name}\t{variants}\t\t\t\tm\t{country}\t\n")
            })
            .collect();
        let text = format!("{head}{countries}{rows}");
        let gazetteer = Gazetteer::read([("people.tsv", text.as_str())]).unwrap();
        let people = People::new(&gazetteer);
        (gazetteer, people)
    }

    #[test]
    fn spellings_of_a_listed_person_are_found_and_others_are_not() {
        let (gazetteer, people) = people(
            "z|Volodymyr Zelenskyy|Zelenskyy|UKR
             k|Dmytro Kuleba|Kuleba|UKR
             g|Muammar Gaddafi|Gaddafi|LBY
             v|JD Vance||USA
             p|Vladimir Putin|Putin|RUS
             un|Kim Jong Un||PRK
             s|Abdel Fattah el-Sisi|Sisi|EGY
             mj|Mike Johnson||USA
             mr|Robert Mueller|Mueller|USA
             bush|George W. Bush|George Bush|USA
             elder|George H. W. Bush||USA
             is|Sergei Ivanov||RUS
             si|Sergey Ivanov, the minister|Serhiy Ivanov|UKR",
        );
        let found = |name: &str| people.find(name).map(|row| &*gazetteer.entries[row as usize].id);
        for (name, id) in [
            ("Volodymyr Zelenskiy", Some("person:z")),
            ("Vladimir Zelensky", Some("person:z")),
            ("Zelenskiy", Some("person:z")),
            ("Dmitro Kuleba", Some("person:k")),
            ("Moammar Qaddafi", Some("person:g")),
            ("Muammar al-Qaddafi", Some("person:g")),
            ("Kadafi", Some("person:g")),
            ("J. D. Vance", Some("person:v")),
            ("J.D. Vance", Some("person:v")),
            ("Vladimir V. Putin", Some("person:p")),
            ("Kim Jong-un", Some("person:un")),
            ("Kim Jongun", Some("person:un")),
            ("Abdul Fattah al-Sisi", Some("person:s")),
            ("Michael Johnson", None),
            ("Muller", None),
            ("M. Johnson", None),
            ("Vladimira Putina", None),
            ("Sergei Ivanov", Some("person:is")),
            ("Siarhei Ivanov", None),
            ("Sisy", None),
            ("Vance", None),
            ("", None),
            ("J.", None),
            ("🚢 🚢", None),
        ] {
            assert_eq!(found(name), id, "{name}");
        }
    }
}
