//! Lists of what is one word: given names in several languages, words in the names of bodies.

use crate::spelling::{GivenNames, folded};
use crate::tsv;
use rustc_hash::{FxHashMap, FxHashSet};

/// The lists; words of bodies by folded form.
#[derive(Debug)]
pub(super) struct Variants {
    given: GivenNames,
    words: FxHashMap<String, String>,
    legal: FxHashSet<String>,
    general: FxHashSet<String>,
    wider: FxHashSet<String>,
}

impl Variants {
    pub(super) fn new() -> Self {
        let mut variants = Self {
            given: GivenNames::new(),
            words: FxHashMap::default(),
            legal: FxHashSet::default(),
            general: FxHashSet::default(),
            wider: FxHashSet::default(),
        };
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
        self.given.one(skeleton)
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
    fn forms_of_one_word_are_one() {
        let variants = Variants::new();
        assert_eq!(variants.word("defence"), variants.word("defense"));
        assert!(variants.is_legal("inc") && variants.is_general("ministry") && variants.is_wider("group"));
    }
}
