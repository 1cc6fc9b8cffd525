//! Given names that are one name in several languages, spellings and short forms.

use super::letters::{folded, skeleton};
use crate::tsv;
use rustc_hash::FxHashMap;

/// Forms of given names, by skeleton, each with the one that stands for all of them.
#[derive(Debug)]
pub(crate) struct GivenNames(FxHashMap<String, String>);

const LIST: &str = include_str!("../../data/lexicon/en/given_name_variants.tsv");

impl GivenNames {
    pub(crate) fn new() -> Self {
        let mut names = FxHashMap::default();
        for mut row in tsv::rows(LIST) {
            let mut forms = row.next().unwrap_or("").split('|').map(|form| skeleton(&folded(form)));
            let Some(first) = forms.next() else { continue };
            for form in forms {
                names.insert(form, first.clone());
            }
        }
        Self(names)
    }

    /// What stands for all forms of a given name, by its skeleton: itself where no list knows it.
    pub(crate) fn one<'a>(&'a self, skeleton: &'a str) -> &'a str {
        self.0.get(skeleton).map_or(skeleton, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_stands_in_one_row() {
        let mut seen: FxHashMap<String, &str> = FxHashMap::default();
        for mut row in tsv::rows(LIST) {
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
        let names = GivenNames::new();
        let one = |name: &str| names.one(&skeleton(&folded(name))).to_owned();
        assert_eq!(one("Oleksandr"), one("Alexander"));
        assert_eq!(one("Mohamed"), one("Muhammad"));
        assert_ne!(one("Mara"), one("Tomas"));
    }
}
