//! From the forms of a verb back to its base.
//!
//! Spelling alone does not tell "hoping" from "opening": of the bases that would give the form, one that a list knows
//! comes first, then the likelier one by its letters.

use super::letters::{Ending, syllables, wants_e};
use super::{lists, nouns};

/// Beginnings that leave a verb as irregular as it was: "overtook", "rebuilt".
const PREFIXES: &[&str] = &["fore", "mis", "out", "over", "re", "un", "under", "up", "with"];

/// Of a past form or participle.
pub(super) fn past(form: &str) -> Ending {
    let last = last_part(form);
    if let Some(base) = lists::irregular(last) {
        return Ending::new(last.len(), base);
    }
    for prefix in PREFIXES {
        // "relied" is none of "lie".
        if let Some(rest) = last.strip_prefix(prefix).filter(|rest| !rest.ends_with("ied"))
            && let Some(base) = lists::irregular(rest)
        {
            return Ending::new(rest.len(), base);
        }
    }
    let Some(stem) = last.strip_suffix("ed").filter(|stem| stem.len() > 1) else { return Ending::KEEP };
    match stem.as_bytes() {
        // "died"
        [_, b'i'] => Ending::new(1, ""),
        [.., b'i'] => Ending::new(3, "y"),
        // "agreed"
        [.., b'e'] => Ending::new(1, ""),
        _ => base(stem, 2),
    }
}

/// Of a form in -ing, or in -in' where the g is not spoken.
pub(super) fn ing(form: &str) -> Ending {
    let last = last_part(form);
    match last.strip_suffix("ing").or_else(|| last.strip_suffix("in'")) {
        // "dying", but "buying".
        Some(stem) if stem.len() == 2 && stem.ends_with('y') => Ending::new(4, "ie"),
        Some(stem) if stem.len() > 1 => base(stem, 3),
        _ => Ending::KEEP,
    }
}

/// Of the third person, which is spelled as a plural is.
pub(super) fn third(form: &str) -> Ending {
    nouns::plural_ending(form).unwrap_or(Ending::KEEP)
}

/// "re-routed" is inflected as "routed" is.
fn last_part(form: &str) -> &str {
    match form.rsplit_once('-') {
        Some((_, last)) if !last.is_empty() => last,
        _ => form,
    }
}

/// The base behind a stem after which `cut` bytes were the ending.
fn base(stem: &str, cut: usize) -> Ending {
    let shorter = &stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)];
    match (lists::keeps_stem(stem), lists::is_verb_with_e(stem)) {
        (true, false) => Ending::new(cut, ""),
        (false, true) => Ending::new(cut, "e"),
        (false, false) if doubled(stem) && lists::is_verb(shorter) => Ending::new(cut + 1, ""),
        _ => by_spelling(stem, cut),
    }
}

/// The same for a verb that no list knows.
fn by_spelling(stem: &str, cut: usize) -> Ending {
    let b = stem.as_bytes();
    if doubled(stem) {
        let single = match b {
            // "travelling", but "calling", "installing".
            [.., before, _, b'l'] => *before == b'e' && syllables(b) > 1,
            [.., last] => !b"sfzeo".contains(last),
            [] => false,
        };
        return Ending::new(cut + usize::from(single), "");
    }
    // "panicked", "mimicking"
    if stem.ends_with("ick") && syllables(b) > 1 {
        return Ending::new(cut + 1, "");
    }
    Ending::new(cut, if wants_e(stem) { "e" } else { "" })
}

/// Whether the stem ends in a letter and the same letter again.
fn doubled(stem: &str) -> bool {
    matches!(*stem.as_bytes(), [_, .., one, two] if one == two && one.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::embedded;
    use crate::tsv::rows;
    use std::borrow::Cow;

    #[test]
    fn a_verb_is_listed_where_its_letters_mislead() {
        let listed = rows(embedded("lexicon/en/lemmas.tsv")).filter_map(|mut cells| {
            let (verb, tag) = (cells.next()?, cells.next()?);
            (tag == "VERB").then_some(verb)
        });
        let others: Vec<&str> = ["verbs.tsv", "irregular_verbs.tsv"]
            .into_iter()
            .flat_map(|file| rows(embedded(&format!("lexicon/en/{file}"))))
            .filter_map(|mut cells| cells.next())
            .collect();
        for verb in listed {
            let stem = verb.strip_suffix('e').unwrap_or(verb);
            // "totalled": an l is doubled after any vowel by some.
            let stems = [stem.to_owned(), format!("{verb}l")];
            let stems = stems.iter().take(if verb.ends_with('l') { 2 } else { 1 });
            let mut found = stems.map(|stem| by_spelling(stem, 0).apply(Cow::Borrowed(stem.as_str())));
            assert!(found.any(|base| base != verb), "the rules find {verb}");
            assert!(!others.contains(&verb), "{verb} stands in another list");
        }
    }
}
