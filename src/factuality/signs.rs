//! What single words do to the events around them: signatures of embedding predicates, negators, modals, times.

use crate::model;
use crate::tsv::rows;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a predicate says of the events below it, or a word of those beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Signature {
    /// Nothing that the list knows.
    #[default]
    Plain,
    /// They are so, even under negation: "regret that".
    Factive,
    /// They are so, and under negation not: "manage to".
    Implicative,
    /// They are not so, and under negation are: "fail to".
    Counter,
    /// Somebody would have them so.
    Want,
    /// Somebody is told to do them.
    Directive,
    /// Somebody says that they are so.
    Report,
    /// Somebody thinks so.
    Belief,
    /// Somebody does not, or asks.
    Doubt,
    /// They could be so.
    Ability,
}

impl Signature {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "factive" => Self::Factive,
            "implicative" => Self::Implicative,
            "counter" => Self::Counter,
            "want" => Self::Want,
            "directive" => Self::Directive,
            "report" => Self::Report,
            "belief" => Self::Belief,
            "doubt" => Self::Doubt,
            "ability" => Self::Ability,
            _ => return None,
        })
    }
}

/// What the list knows of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) signature: Signature,
    pub(super) negator: bool,
    pub(super) modal: bool,
    /// Tells when.
    pub(super) time: bool,
    /// Often makes what follows in the sentence unreal.
    pub(super) signal: bool,
}

static LIST: LazyLock<FxHashMap<u32, Sign>> = LazyLock::new(|| {
    let mut signs: FxHashMap<u32, Sign> = FxHashMap::default();
    for mut cells in rows(include_str!("../../data/lexicon/en/factuality.tsv")) {
        if let (Some(word), Some(class)) = (cells.next(), cells.next()) {
            let sign = signs.entry(model::bytes(word.as_bytes())).or_default();
            match (class, Signature::named(class)) {
                ("negator", _) => sign.negator = true,
                ("modal", _) => sign.modal = true,
                ("time", _) => sign.time = true,
                ("signal", _) => sign.signal = true,
                (_, Some(signature)) if sign.signature == Signature::Plain => sign.signature = signature,
                _ => {}
            }
        }
    }
    signs
});

/// The sign of a word or lemma, by the hash of its lower form.
pub(super) fn sign(word: u32) -> Sign {
    LIST.get(&word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn of(word: &str) -> Sign {
        sign(model::bytes(word.as_bytes()))
    }

    #[test]
    fn the_list_is_sound() {
        let mut seen = BTreeSet::new();
        let mut signatures = BTreeSet::new();
        for cells in rows(include_str!("../../data/lexicon/en/factuality.tsv")) {
            let cells: Vec<&str> = cells.collect();
            assert_eq!(cells.len(), 2, "{cells:?}");
            let known = ["negator", "modal", "time", "signal"].contains(&cells[1]);
            assert!(known || Signature::named(cells[1]).is_some(), "{cells:?}");
            assert!(cells[0].chars().all(|c| c.is_ascii_lowercase() || c == '\'' || c == '-'), "{cells:?}");
            assert!(seen.insert((cells[0], cells[1])), "twice: {cells:?}");
            assert!(known || signatures.insert(cells[0]), "two signatures: {cells:?}");
        }
    }

    #[test]
    fn a_word_may_be_of_several_classes() {
        assert_eq!(of("manage").signature, Signature::Implicative);
        assert!(of("could").modal && of("could").signal && of("could").signature == Signature::Ability);
        assert!(of("n't").negator);
        assert_eq!(of("harbour"), Sign::default());
    }
}
