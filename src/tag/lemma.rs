//! The lemma of a word in its place: its dictionary form, by the conventions of Universal Dependencies.
//!
//! A form that a list knows with its tag has the lemma of the list; any other follows the spelling rules of its tag.
//! The rules see one word at a time, so a text in capitals and a slip of the pen give what their letters give.

mod degree;
mod letters;
mod lists;
mod names;
mod nouns;
mod numbers;
mod verbs;

use letters::{Ending, fold};
use std::borrow::Cow;

/// Which rules a word follows.
#[derive(Clone, Copy)]
enum Kind {
    Name,
    Names,
    /// A verb inside a name: "Flying" in "Flying Circus".
    NamedVerb,
    Noun,
    Nouns,
    Adjective,
    Comparative,
    Superlative,
    Third,
    Past,
    Ing,
    Number,
    Mark,
    /// An address, a foreign word, a piece of a word: as it stands.
    Verbatim,
    /// Anything else: in lower case.
    Plain,
}

impl Kind {
    /// By the tag of the Penn Treebank, or that of Universal Dependencies where it is the clearer one.
    fn of(upos: &str, xpos: &str) -> Self {
        match (upos, xpos) {
            ("VERB", "NNP") => Self::NamedVerb,
            ("PROPN", "NNPS") => Self::Names,
            ("PROPN", _) | (_, "NNP" | "NNPS") => Self::Name,
            ("PUNCT" | "SYM", _) => Self::Mark,
            ("NUM", _) => Self::Number,
            ("X", _) | (_, "ADD" | "FW" | "GW") => Self::Verbatim,
            (_, "VBD" | "VBN") => Self::Past,
            (_, "VBG") => Self::Ing,
            (_, "VBZ") => Self::Third,
            (_, "JJR" | "RBR") => Self::Comparative,
            (_, "JJS" | "RBS") => Self::Superlative,
            (_, "NNS") => Self::Nouns,
            ("NOUN", _) => Self::Noun,
            ("ADJ", _) => Self::Adjective,
            _ => Self::Plain,
        }
    }
}

/// The lemma of `word`, whose tags are `upos` (Universal Dependencies) and `xpos` (Penn Treebank).
///
/// Straight apostrophes stand for curly ones in it. Nothing is allocated where it is the word itself, a beginning of
/// it, or a word of the lists.
///
/// ```
/// use sayso::tag::lemma::lemma;
///
/// assert_eq!(lemma("accusing", "VERB", "VBG"), "accuse");
/// assert_eq!(lemma("Ministries", "NOUN", "NNS"), "ministry");
/// assert_eq!(lemma("Americans", "PROPN", "NNPS"), "American");
/// ```
pub fn lemma<'t>(word: &'t str, upos: &str, xpos: &str) -> Cow<'t, str> {
    let kind = Kind::of(upos, xpos);
    let form = match kind {
        Kind::Mark => return numbers::mark(word),
        Kind::Name | Kind::Names | Kind::NamedVerb => Cow::Borrowed(word),
        _ => fold(word),
    };
    match lists::known(&form, xpos) {
        Some(known) => Cow::Borrowed(known),
        None => by_rules(word, form, kind),
    }
}

/// The lemma of a word that is no exception; `lower` is the word in lower case, but for names.
fn by_rules<'t>(word: &'t str, lower: Cow<'t, str>, kind: Kind) -> Cow<'t, str> {
    let ending = match kind {
        Kind::Name => return names::lemma(word, false),
        Kind::Names => return names::lemma(word, true),
        Kind::NamedVerb => return names::verb(word),
        Kind::Adjective => return names::adjective(word, lower),
        Kind::Number => return numbers::lemma(word, lower),
        Kind::Mark => return numbers::mark(word),
        Kind::Verbatim => return Cow::Borrowed(word),
        Kind::Noun | Kind::Nouns if letters::is_acronym(word) && !word.ends_with('s') => {
            return Cow::Borrowed(word);
        }
        // "MPs"
        Kind::Nouns => match word.strip_suffix('s') {
            Some(one) if letters::is_acronym(one) => return Cow::Borrowed(one),
            _ => nouns::singular(&lower),
        },
        Kind::Comparative => degree::positive(&lower, "er"),
        Kind::Superlative => degree::positive(&lower, "est"),
        Kind::Third => verbs::third(&lower),
        Kind::Past => verbs::past(&lower),
        Kind::Ing => verbs::ing(&lower),
        Kind::Noun | Kind::Plain => Ending::KEEP,
    };
    ending.apply(lower)
}

/// The same where the word after it is known, which tells "it's been" from "it's done"; `next` is empty at the end.
pub fn lemma_before<'t>(word: &'t str, upos: &str, xpos: &str, next: &str) -> Cow<'t, str> {
    let perfect = upos == "AUX" && matches!(next, "become" | "been" | "got" | "gotten" | "had");
    if perfect && matches!(word, "'s" | "\u{2019}s" | "'S" | "\u{2019}S") {
        return Cow::Borrowed("have");
    }
    lemma(word, upos, xpos)
}
