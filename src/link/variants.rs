//! Lists of what is one word: given names in several languages, words in the names of bodies.

use super::letters::{folded, skeleton};
use crate::tsv;
use rustc_hash::{FxHashMap, FxHashSet};

/// The lists, by skeleton or, for words of bodies, by folded form.
#[derive(Debug)]
pub(super) struct Variants {
    given: FxHashMap<String, String>,
    words: FxHashMap<String, String>,
    legal: FxHashSet<String>,
    general: FxHashSet<String>,
    wider: FxHashSet<String>,
}

impl Variants {
    pub(super) fn new() -> Self {
        let mut variants = Self {
            given: FxHashMap::default(),
            words: FxHashMap::default(),
            legal: FxHashSet::default(),
            general: FxHashSet::default(),
            wider: FxHashSet::default(),
        };
        for mut row in tsv::rows(include_str!("../../data/lexicon/en/given_name_variants.tsv")) {
            let mut forms = row.next().unwrap_or("").split('|').map(|form| skeleton(&folded(form)));
            let Some(first) = forms.next() else { continue };
            for form in forms {
                variants.given.insert(form, first.clone());
            }
        }
        for mut row in tsv::rows(include_str!("../../data/lexicon/en/body_words.tsv")) {
            let kind = row.next().unwrap_or("");
            let mut forms = row.next().unwrap_or("").split('|').map(folded);
            match kind {
                "legal" => variants.legal.extend(forms),
                "general" => variants.general.extend(forms),
                "wider" => variants.wider.extend(forms),
                _ => {
                    let Some(first) = forms.next() else { continue };
                    for form in forms {
                        variants.words.insert(form, first.clone());
                    }
                }
            }
        }
        variants
    }

    /// What stands for all forms of a given name, by its skeleton: itself where no list knows it.
    pub(super) fn given<'a>(&'a self, skeleton: &'a str) -> &'a str {
        self.given.get(skeleton).map_or(skeleton, String::as_str)
    }

    /// What stands for all spellings of a word in the name of a body.
    pub(super) fn word<'a>(&'a self, folded: &'a str) -> &'a str {
        self.words.get(folded).map_or(folded, String::as_str)
    }

    /// Whether a word tells the legal form and nothing else.
    pub(super) fn is_legal(&self, folded: &str) -> bool {
        self.legal.contains(folded)
    }

    /// Whether a word stands in the names of many bodies, given as [`Variants::word`] has it.
    pub(super) fn is_general(&self, word: &str) -> bool {
        self.general.contains(word)
    }

    /// Whether a word may be left out behind a name of several.
    pub(super) fn is_wider(&self, word: &str) -> bool {
        self.wider.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_stands_in_one_row() {
        let rows = tsv::rows(include_str!("../../data/lexicon/en/given_name_variants.tsv"));
        let mut seen: FxHashMap<String, &str> = FxHashMap::default();
        for mut row in rows {
            let forms = row.next().unwrap_or("");
            assert!(forms.split('|').count() > 1, "{forms}: expected several forms");
            for form in forms.split('|') {
                let before = seen.insert(skeleton(&folded(form)), forms);
                assert!(before.is_none_or(|row| row == forms), "{form} stands in {before:?} and in {forms}");
            }
        }
    }

    #[test]
    fn forms_of_one_name_are_one() {
        let variants = Variants::new();
        let given = |name: &str| variants.given(&skeleton(&folded(name))).to_owned();
        assert_eq!(given("Oleksandr"), given("Alexander"));
        assert_eq!(given("Mohamed"), given("Muhammad"));
        assert_ne!(given("Mara"), given("Tomas"));
        assert_eq!(variants.word("defence"), variants.word("defense"));
        assert!(variants.is_legal("inc") && variants.is_general("ministry") && variants.is_wider("group"));
    }
}
