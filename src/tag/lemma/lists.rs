//! The lists behind the rules: exceptions, verbs, and the adjectives of peoples and places.

use super::letters::wants_e;
use crate::lexicon::embedded;
use crate::tsv::rows;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A row of `lemmas.tsv`.
struct Row {
    form: &'static str,
    tag: &'static str,
    lemma: &'static str,
}

struct Lists {
    /// Sorted by form, so that the rows of a form stand together.
    rows: Vec<Row>,
    /// The first row of a form.
    first: FxHashMap<&'static str, usize>,
    /// Verbs, with whether they leave their stem alone before -ed and -ing: "start" does, "star" doubles its last letter.
    verbs: FxHashMap<&'static str, bool>,
    /// Irregular past forms and participles.
    irregular: FxHashMap<&'static str, &'static str>,
    /// In lower case.
    demonyms: FxHashMap<String, &'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let (mut verbs, mut irregular) = (FxHashMap::default(), FxHashMap::default());
    for mut cells in rows(embedded("lexicon/en/irregular_verbs.tsv")) {
        if let (Some(lemma), Some(past), Some(participle)) = (cells.next(), cells.next(), cells.next()) {
            verbs.insert(lemma, !wants_e(lemma));
            irregular.entry(past).or_insert(lemma);
            irregular.entry(participle).or_insert(lemma);
        }
    }
    for lemma in rows(embedded("lexicon/en/verbs.tsv")).filter_map(|mut cells| cells.next()) {
        verbs.entry(lemma).or_insert(true);
    }
    for mut cells in rows(embedded("lexicon/en/cues.tsv")) {
        if let (Some(cue), Some("verb")) = (cells.next(), cells.next()) {
            verbs.entry(cue.split(' ').next().unwrap_or(cue)).or_insert(true);
        }
    }
    let mut exceptions: Vec<Row> = Vec::new();
    for mut cells in rows(embedded("lexicon/en/lemmas.tsv")) {
        match (cells.next(), cells.next(), cells.next()) {
            (Some(form), Some("VERB"), Some(_)) => {
                verbs.insert(form, true);
            }
            (Some(form), Some(tag), Some(lemma)) => exceptions.push(Row { form, tag, lemma }),
            _ => {}
        }
    }
    exceptions.sort_by_key(|row| row.form);
    let mut first = FxHashMap::default();
    for (i, row) in exceptions.iter().enumerate() {
        first.entry(row.form).or_insert(i);
    }
    Lists { rows: exceptions, first, verbs, irregular, demonyms: demonyms() }
});

fn demonyms() -> FxHashMap<String, &'static str> {
    let mut found = FxHashMap::default();
    for file in ["gazetteer/countries.tsv", "gazetteer/places.tsv", "gazetteer/organisations.tsv"] {
        for cells in rows(embedded(file)) {
            // id, label, name, variants, short, demonyms
            let cells: Vec<&'static str> = cells.take(6).collect();
            let [_, label, name, variants, _, demonyms] = cells[..] else { continue };
            let people = label == "NORP";
            let names = [name, variants].into_iter().filter(|_| people);
            for word in names.chain([demonyms]).flat_map(|cell| cell.split('|')) {
                if !word.is_empty() && !word.contains(' ') {
                    found.entry(word.to_lowercase()).or_insert(word);
                }
            }
        }
    }
    found
}

/// The lemma that the list of exceptions has for a form with this tag.
pub(super) fn known(form: &str, xpos: &str) -> Option<&'static str> {
    let first = *LISTS.first.get(form)?;
    let mut rows = LISTS.rows[first..].iter().take_while(|row| row.form == form);
    rows.find(|row| row.tag == xpos).map(|row| row.lemma)
}

/// The base of an irregular past form or participle.
pub(super) fn irregular(form: &str) -> Option<&'static str> {
    LISTS.irregular.get(form).copied()
}

/// Whether this is the base of a verb.
pub(super) fn is_verb(base: &str) -> bool {
    LISTS.verbs.contains_key(base)
}

/// Whether it is the base of a verb that leaves its last letter single.
pub(super) fn keeps_stem(base: &str) -> bool {
    LISTS.verbs.get(base).is_some_and(|keeps| *keeps)
}

/// Whether it is one with an e after it.
pub(super) fn is_verb_with_e(stem: &str) -> bool {
    let mut buffer = [0u8; LONGEST];
    let n = stem.len();
    if n >= LONGEST {
        return false;
    }
    buffer[..n].copy_from_slice(stem.as_bytes());
    buffer[n] = b'e';
    std::str::from_utf8(&buffer[..=n]).is_ok_and(is_verb)
}

/// Bytes of the longest base that is looked up; no list has a longer one.
const LONGEST: usize = 24;

/// The adjective of a people, a place or a creed in its own spelling, by its letters in lower case.
pub(super) fn demonym(lower: &str) -> Option<&'static str> {
    LISTS.demonyms.get(lower).copied()
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, by_rules};
    use super::*;
    use std::borrow::Cow;

    fn all() -> Vec<Vec<&'static str>> {
        rows(embedded("lexicon/en/lemmas.tsv")).map(Iterator::collect).collect()
    }

    /// A universal tag that goes with a tag of the Penn Treebank.
    fn upos(xpos: &str) -> &'static str {
        match xpos {
            "CC" => "CCONJ",
            "CD" => "NUM",
            "DT" => "DET",
            "FW" => "X",
            "IN" | "RP" => "ADP",
            "JJ" | "JJR" | "JJS" => "ADJ",
            "MD" => "AUX",
            "NN" | "NNS" => "NOUN",
            "NNP" | "NNPS" => "PROPN",
            "POS" | "TO" => "PART",
            "PRP" | "PRP$" => "PRON",
            "RB" | "RBR" | "RBS" => "ADV",
            "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" | "VERB" => "VERB",
            _ => "",
        }
    }

    #[test]
    fn the_list_is_well_formed() {
        let all = all();
        assert!(all.len() > 500);
        for row in &all {
            assert_eq!(row.len(), 4, "{row:?}");
            let [form, tag, lemma, origin] = row[..] else { continue };
            assert!(!form.is_empty() && !lemma.is_empty(), "{row:?}");
            assert!(["own", "ud-ewt", "ud-gum"].contains(&origin), "{row:?}");
            assert!(!upos(tag).is_empty(), "{row:?} has a tag that is none");
            let name = upos(tag) == "PROPN";
            assert!(name || form == form.to_lowercase(), "{row:?} is not in lower case");
            assert!(!form.contains(['\u{2018}', '\u{2019}', ' ']), "{row:?}");
            assert!(tag != "VERB" || form == lemma && form.len() < LONGEST, "{row:?}");
        }
        let keys: Vec<_> = all.iter().map(|row| (row[0], row[1])).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "unsorted, or a form with its tag stands twice");
    }

    #[test]
    fn no_row_repeats_the_rules() {
        for row in all().iter().filter(|row| row[1] != "VERB") {
            // Adjectives of peoples are looked up with their capital.
            let word = if row[1] == "JJ" && row[2] != row[2].to_lowercase() { row[2] } else { row[0] };
            let lower = if upos(row[1]) == "PROPN" { word.to_owned() } else { word.to_lowercase() };
            let ruled = by_rules(word, Cow::Owned(lower), Kind::of(upos(row[1]), row[1]));
            assert_ne!(ruled, row[2], "{row:?}");
        }
    }

    #[test]
    fn demonyms_come_from_the_gazetteer() {
        assert_eq!(demonym("norwegian"), Some("Norwegian"));
        assert_eq!(demonym("sunni"), Some("Sunni"));
        assert_eq!(demonym("late"), None);
    }
}
