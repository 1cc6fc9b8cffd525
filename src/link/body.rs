//! The name of a body, taken apart: without small words and legal forms, spellings made one.

use super::variants::Variants;
use crate::lexicon::Lexicon;
use crate::spelling::{folded, skeleton};

/// Small words that the names of bodies are compared without.
const SMALL: [&str; 12] = ["the", "of", "and", "for", "in", "on", "&", "de", "la", "du", "des", "del"];
/// A longer name is compared as it stands.
const LONGEST: usize = 12;

/// A word of a name, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    /// Its letters.
    pub(super) letters: String,
    /// Whether it stands in the names of many bodies ("Ministry").
    pub(super) general: bool,
    /// Whether a name is often told without it, behind several others ("Group").
    pub(super) wider: bool,
}

/// A body's name without small words and legal forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// The words in their order.
    pub(super) words: Vec<Word>,
    /// "HSB", where that is all of the name.
    pub(super) acronym: Option<String>,
    /// Its first letters: of the words with a capital, and of all words.
    pub(super) initials: [String; 2],
    /// The only word tells what kind of body it is ("Courier").
    pub(super) kind_alone: bool,
}

impl Body {
    /// Takes a name apart.
    pub(super) fn new(name: &str, lexicon: &Lexicon, variants: &Variants) -> Self {
        let parts = name.split(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '‑' | '–' | '/' | ',' | '(' | ')' | '"' | '“' | '”')
        });
        let mut raw: Vec<(&str, String)> = parts
            .map(|word| word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word))
            .map(|word| (word, bare(word)))
            .filter(|(_, letters)| !letters.is_empty())
            .collect();
        while raw.len() > 1 && raw.last().is_some_and(|(_, letters)| variants.is_legal(letters)) {
            raw.pop();
        }
        let first = |word: &str| word.chars().find(|c| c.is_alphanumeric());
        let named = raw.iter().filter(|(_, letters)| letters != "the");
        let capital = |(word, _): &&(&str, String)| first(word).is_some_and(char::is_uppercase);
        let initials = [
            named.clone().filter(capital).filter_map(|(word, _)| first(word)).collect(),
            named.filter_map(|(word, _)| first(word)).flat_map(char::to_uppercase).collect(),
        ];
        raw.retain(|(_, letters)| !SMALL.contains(&letters.as_str()));
        let alone = if let [(word, _)] = raw[..] { Some(word) } else { None };
        let words = raw.iter().map(|(_, letters)| {
            let one = variants.word(letters);
            Word { letters: skeleton(one), general: variants.is_general(one), wider: variants.is_wider(one) }
        });
        Self {
            acronym: alone.and_then(acronym),
            kind_alone: alone.is_some_and(|word| lexicon.name_word(word).is_some()),
            words: words.filter(|word| !word.letters.is_empty()).collect(),
            initials,
        }
    }

    /// Whether it holds nothing that tells it from others of its kind.
    pub(super) fn is_general(&self) -> bool {
        self.words.iter().all(|word| word.general)
    }

    /// What is equal in equal names. Words of a body of state stand in any order: the "Defence Ministry" is the
    /// "Ministry of Defence".
    pub(super) fn key(&self) -> String {
        if let Some(acronym) = &self.acronym {
            return format!("{acronym}.");
        }
        let mut words: Vec<&Word> = self.words.iter().collect();
        if words.len() <= LONGEST && words.iter().any(|word| word.general) {
            words.sort();
        }
        spelled(words)
    }

    /// The words that many bodies have, and the one that is its own, where it has just one.
    pub(super) fn qualified(&self) -> Option<(String, &str)> {
        let mut own = self.words.iter().filter(|word| !word.general);
        let (Some(word), None) = (own.next(), own.next()) else { return None };
        if self.words.len() < 2 || self.words.len() > LONGEST {
            return None;
        }
        Some((self.general(), &word.letters))
    }

    /// The words that many bodies have.
    pub(super) fn general(&self) -> String {
        let mut words: Vec<&Word> = self.words.iter().filter(|word| word.general).collect();
        words.sort();
        spelled(words)
    }

    /// The name without the wider words at its end, where several others are left.
    pub(super) fn narrower(&self) -> Option<String> {
        let wider = self.words.iter().rev().take_while(|word| word.wider).count();
        let rest = &self.words[..self.words.len() - wider];
        (wider > 0 && rest.len() > 1).then(|| spelled(rest.iter().collect()))
    }
}

fn spelled(words: Vec<&Word>) -> String {
    words.iter().map(|word| word.letters.as_str()).collect::<Vec<_>>().join(" ")
}

fn bare(word: &str) -> String {
    folded(word).chars().filter(|c| c.is_alphanumeric() || *c == '&').collect()
}

/// "HSB" and "H.S.B." as "HSB"; other words are none.
pub(super) fn acronym(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let length = letters.chars().count();
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    ((2..=6).contains(&length) && capitals >= 2 && capitals + 1 >= length).then(|| letters.to_uppercase())
}
