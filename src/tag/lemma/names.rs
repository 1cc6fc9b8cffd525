//! Names keep their capitals, and so do the adjectives that are made of them.

use super::letters::{self, Ending};
use super::{lists, nouns, verbs};
use std::borrow::Cow;

/// Letters of the shortest name in capitals that is no acronym: "TEXAS" may be one, "LONDON" is none.
const SHOUTED: usize = 6;

/// Of a name.
pub(super) fn lemma(word: &str, plural: bool) -> Cow<'_, str> {
    let shouted = word.len() >= SHOUTED
        && word.bytes().all(|b| b.is_ascii_uppercase())
        && word.bytes().any(|b| b"AEIOUY".contains(&b));
    if shouted {
        let mut name = word.to_ascii_lowercase();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let ending = if plural { nouns::singular(&name) } else { Ending::KEEP };
        return ending.apply(Cow::Owned(name));
    }
    let name = letters::straight(word);
    if plural { nouns::singular(&name).apply(name) } else { name }
}

/// Of a verb in a name, which keeps its capital as well.
pub(super) fn verb(word: &str) -> Cow<'_, str> {
    let lower = letters::fold(word);
    let ending = if lower.ends_with("ing") { verbs::ing(&lower) } else { verbs::past(&lower) };
    // What replaces the whole word is in lower case.
    if ending.cut < word.len() { ending.apply(Cow::Borrowed(word)) } else { Cow::Borrowed(word) }
}

/// Of an adjective in the positive.
pub(super) fn adjective<'t>(word: &'t str, lower: Cow<'t, str>) -> Cow<'t, str> {
    if !word.bytes().any(|b| b.is_ascii_uppercase()) {
        return lower;
    }
    if let Some(known) = lists::demonym(&lower) {
        return Cow::Borrowed(known);
    }
    // "pro-European": a capital inside is there for a reason, unless all are capitals.
    let inside = word.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    if !inside || !word.bytes().any(|b| b.is_ascii_lowercase()) {
        return lower;
    }
    match word.split_once('-') {
        Some(("Anti" | "Ex" | "Mid" | "Non" | "Post" | "Pre" | "Pro", _)) => {
            let mut name = letters::straight(word).into_owned();
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            Cow::Owned(name)
        }
        _ => letters::straight(word),
    }
}
