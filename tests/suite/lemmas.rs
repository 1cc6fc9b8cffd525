//! Lemmas of words with given tags.

use crate::cases;
use proptest::prelude::*;
use sayso::tag::lemma::{lemma, lemma_before};
use std::borrow::Cow;

#[derive(serde::Deserialize)]
struct Lemmas {
    name: String,
    tags: String,
    #[serde(default)]
    next: String,
    words: Vec<String>,
}

#[test]
fn lemmas() {
    let cases = cases::read::<Lemmas>("lemmas.toml");
    assert!(cases.iter().map(|case| case.words.len()).sum::<usize>() >= 80);
    cases::check(
        &cases,
        |case| &case.name,
        |case| {
            let (upos, xpos) = case.tags.split_once(' ').unwrap();
            let found: Vec<_> = case
                .words
                .iter()
                .filter_map(|row| row.split_once(" > "))
                .map(|(form, _)| format!("{form} > {}", lemma_before(form, upos, xpos, &case.next)))
                .collect();
            cases::same(found, case.words.clone())
        },
    );
}

#[test]
fn nothing_is_copied_where_the_word_is_its_lemma() {
    for (word, upos, xpos) in [
        ("house", "NOUN", "NN"),
        ("houses", "NOUN", "NNS"),
        ("warned", "VERB", "VBD"),
        ("went", "VERB", "VBD"),
        ("I", "PRON", "PRP"),
        ("Moscow", "PROPN", "NNP"),
        ("%", "SYM", "NN"),
    ] {
        let found = lemma(word, upos, xpos);
        assert!(matches!(found, Cow::Borrowed(_)), "{word}: {found}");
    }
}

/// Words with the endings that rules look at.
fn word() -> impl Strategy<Value = String> {
    let ending = "(s|es|ies|ves|men|ed|ied|eed|ing|ying|in'|er|ier|est|'s|’s|n't|,000|)";
    prop_oneof![
        (("[a-zA-Zéßİǆ1-9'’.-]{0,5}"), ending).prop_map(|(stem, ending)| stem + &ending),
        "\\PC{1,4}",
        "[A-Z]{1,9}s?",
    ]
    .prop_filter("empty", |word| !word.is_empty())
}

const UPOS: &[&str] =
    &["ADJ", "ADV", "AUX", "DET", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SYM", "VERB", "X", ""];
const XPOS: &[&str] = &[
    "CD", "DT", "FW", "IN", "JJ", "JJR", "JJS", "MD", "NN", "NNP", "NNPS", "NNS", "POS", "PRP", "RB", "RBR",
    "RBS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn every_word_has_a_lemma(
        upos in prop::sample::select(UPOS),
        xpos in prop::sample::select(XPOS),
        word in word(),
        next in "(been|sunk|)",
    ) {
        prop_assert!(!lemma(&word, upos, xpos).is_empty());
        prop_assert!(!lemma_before(&word, upos, xpos, &next).is_empty());
    }
}
