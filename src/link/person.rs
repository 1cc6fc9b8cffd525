//! The name of a person, taken apart: given names, initials, surname.

use super::variants::Variants;
use crate::labels::Gender;
use crate::lexicon::{Class, Lexicon};
use crate::spelling::{folded, skeleton};

/// Longer names are compared as a whole only.
const LONGEST: usize = 8;

/// A word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its letters as they are compared.
    pub(super) skeleton: String,
    /// What stands for all forms of it, where it is a given name.
    pub(super) class: String,
    /// One letter that stands for a name.
    pub(super) initial: bool,
    /// A list knows it as a given name.
    pub(super) given: bool,
    /// A list knows it as a surname.
    pub(super) surname: bool,
    /// Of a given name.
    pub(super) gender: Option<Gender>,
}

/// A person's name without titles and particles, the surname last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) tokens: Vec<Token>,
    /// "Jr.", "Sr.", "III".
    pub(super) suffix: Option<String>,
}

/// Words before a surname that are left out wherever they stand before another word, or only in lower case.
const PARTICLES: [&str; 22] = [
    "al", "el", "ul", "ash", "de", "da", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von",
    "der", "den", "ter", "bin", "ibn", "bint",
];
const SMALL: [&str; 14] = ["ad", "as", "an", "at", "az", "ar", "e", "i", "y", "do", "of", "the", "zu", "ibn"];
const TITLES: [&str; 22] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "sheikh",
    "sheik",
    "mullah",
    "president",
    "senator",
    "sen",
    "rep",
    "gen",
    "col",
    "capt",
];
const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

impl Person {
    /// Takes a name apart; `None` where nothing is left of it, or it is too long to be one.
    pub(super) fn new(name: &str, lexicon: &Lexicon, variants: &Variants) -> Option<Self> {
        let name = inverted(name);
        let caps = !name.chars().any(char::is_lowercase);
        let pieces = pieces(&name, caps);
        if pieces.len() > LONGEST {
            return None;
        }
        let mut words: Vec<(String, bool)> =
            pieces.into_iter().map(|(word, initial)| (folded(&word), initial)).collect();
        while words.len() > 1 && TITLES.contains(&words[0].0.as_str()) {
            words.remove(0);
        }
        let mut suffix = None;
        while words.len() > 1 && words.last().is_some_and(|(word, _)| SUFFIXES.contains(&word.as_str())) {
            suffix = words.pop().map(|(word, _)| word);
        }
        let tokens = words.into_iter().map(|(word, initial)| token(&word, initial, lexicon, variants));
        let tokens: Vec<Token> = tokens.filter(|token| !token.skeleton.is_empty()).collect();
        (!tokens.is_empty()).then_some(Self { tokens, suffix })
    }

    /// A given name and a surname, both in letters.
    pub(super) fn is_full(&self) -> bool {
        self.tokens.len() > 1 && !self.tokens[0].initial && !self.last().initial
    }

    pub(super) fn last(&self) -> &Token {
        &self.tokens[self.tokens.len() - 1]
    }

    /// The names between the first and the surname.
    pub(super) fn middle(&self) -> &[Token] {
        self.tokens.get(1..self.tokens.len() - 1).unwrap_or(&[])
    }

    /// All letters in a row.
    pub(super) fn joined(&self) -> String {
        self.tokens.iter().map(|token| token.skeleton.as_str()).collect()
    }

    /// The letters of the first `n` names that are not surname, those of a stretch of tokens.
    pub(super) fn stretch(&self, range: std::ops::Range<usize>) -> String {
        self.tokens[range].iter().map(|token| token.skeleton.as_str()).collect()
    }
}

impl Token {
    /// Whether two words may be one given name: the same, or one the first letter of the other.
    pub(super) fn fits(&self, other: &Self) -> bool {
        if self.initial || other.initial {
            return self.skeleton.chars().next() == other.skeleton.chars().next();
        }
        self.class == other.class
    }
}

/// "Kellen, Mara" as "Mara Kellen".
fn inverted(name: &str) -> String {
    match name.split_once(',') {
        Some((last, first)) if !first.trim().is_empty() => {
            let suffix = folded(first.trim().trim_end_matches('.'));
            if SUFFIXES.contains(&suffix.as_str()) {
                format!("{last} {first}")
            } else {
                format!("{first} {last}")
            }
        }
        _ => name.to_owned(),
    }
}

/// The words without particles, hyphens apart, and whether each is an initial.
fn pieces(name: &str, caps: bool) -> Vec<(String, bool)> {
    let words: Vec<&str> = name
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '‑' | '–' | ',' | '"' | '“' | '”' | '(' | ')')
        })
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    let mut found = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        let lower = folded(word);
        let before = i + 1 < words.len();
        let small = word.chars().all(char::is_lowercase) && SMALL.contains(&lower.as_str());
        if before && (PARTICLES.contains(&lower.as_str()) || small) {
            continue;
        }
        let letters = word.split('.').filter(|part| !part.is_empty());
        // "J.", "J.R." and, before other words, "JR".
        if word.contains('.') && letters.clone().all(|part| part.chars().count() == 1) {
            found.extend(letters.map(|part| (part.to_owned(), true)));
        } else if before && !caps && word.chars().count() == 2 && word.chars().all(char::is_uppercase) {
            found.extend(word.chars().map(|c| (c.to_string(), true)));
        } else {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let initial = before && bare.chars().count() == 1 && bare.chars().all(char::is_uppercase);
            found.push((bare.to_owned(), initial));
        }
    }
    found
}

fn token(word: &str, initial: bool, lexicon: &Lexicon, variants: &Variants) -> Token {
    let known = lexicon.words.get(word.as_bytes()).filter(|known| known.class.any(Class::GIVEN));
    let mut capital = word.chars();
    let capital: String =
        capital.next().map(|first| first.to_uppercase().chain(capital).collect()).unwrap_or_default();
    let bare = skeleton(word);
    Token {
        initial,
        class: variants.given(&bare).to_owned(),
        given: known.is_some() || variants.given(&bare) != bare,
        surname: lexicon.is_surname(&capital),
        gender: known.and_then(|known| known.gender),
        skeleton: bare,
    }
}
