//! Abbreviations whose dot belongs to them, and the words that open a sentence after one.

use crate::tsv::rows;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a capital after the abbreviation means; see the head of `abbreviations.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name follows ("Mr."): the sentence goes on.
    Title,
    /// Goes on, whatever follows ("e.g.", "vs.").
    Latin,
    /// An abbreviation only before a figure ("No. 5").
    Number,
    /// An abbreviation only after a figure ("6 ft.").
    Unit,
    /// Ends the sentence unless a title follows ("ibid.", "Ill.").
    End,
    /// Ends the sentence with a stop of its own ("etc.").
    Last,
    /// Ends the sentence unless a day, a month or a zone follows ("p.m.").
    Time,
    /// Ends the sentence before a word that opens sentences ("U.S.", "Inc.", "Jan.", "J.").
    Other,
}

const LIST: &str = include_str!("../../data/lexicon/en/abbreviations.tsv");

static ABBREVIATIONS: LazyLock<FxHashMap<&str, Kind>> = LazyLock::new(|| {
    rows(LIST)
        .filter_map(|mut cells| {
            let word = cells.next()?.strip_suffix('.')?;
            let kind = match cells.next()? {
                "title" => Kind::Title,
                "latin" => Kind::Latin,
                "number" => Kind::Number,
                "unit" => Kind::Unit,
                "end" | "state" => Kind::End,
                "last" => Kind::Last,
                "time" => Kind::Time,
                _ => Kind::Other,
            };
            Some((word, kind))
        })
        .collect()
});

static OPENERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    rows(include_str!("../../data/lexicon/en/sentence_openers.tsv"))
        .filter_map(|mut cells| cells.next())
        .collect()
});

/// The longest abbreviation worth looking up, in bytes; keeps the cost of a monstrous word constant.
const LONGEST: usize = 12;

/// The kind of an abbreviation, given without its last dot.
pub(super) fn kind(word: &str) -> Option<Kind> {
    if word.len() > LONGEST {
        return None;
    }
    ABBREVIATIONS
        .get(word)
        .copied()
        .or_else(|| is_initials(word).then_some(Kind::Other))
        .or_else(|| capital_title(word).then_some(Kind::Title))
}

/// "GEN", "ST" in a line of capitals.
fn capital_title(word: &str) -> bool {
    let capitals = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    capitals && {
        let lower = word[1..].to_ascii_lowercase();
        ABBREVIATIONS.get(format!("{}{lower}", &word[..1]).as_str()) == Some(&Kind::Title)
    }
}

/// Whether the word opens a sentence rather than going on with a name.
pub(super) fn opens_sentence(word: &str) -> bool {
    OPENERS.contains(word)
}

/// Single letters with dots between them: "U.S", "a.m"; one letter alone only if it is a capital.
fn is_initials(word: &str) -> bool {
    let mut letters = 0;
    let single = word.split('.').all(|part| {
        letters += 1;
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    });
    single && (letters > 1 || word.chars().all(char::is_uppercase))
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        const KINDS: [&str; 14] = [
            "title",
            "latin",
            "number",
            "unit",
            "end",
            "last",
            "state",
            "time",
            "month",
            "weekday",
            "organisation",
            "suffix",
            "address",
            "initialism",
        ];
        let mut seen = Vec::new();
        for cells in rows(LIST) {
            let cells: Vec<&str> = cells.collect();
            let [word, kind, origin] = cells[..] else { panic!("{cells:?}: three cells expected") };
            assert!(word.ends_with('.') && word.len() <= LONGEST + 1 && !origin.is_empty(), "{cells:?}");
            assert!(KINDS.contains(&kind), "{cells:?}");
            assert!(!seen.contains(&word), "{cells:?} twice");
            seen.push(word);
        }
        assert!(seen.len() > 100);
    }
}
