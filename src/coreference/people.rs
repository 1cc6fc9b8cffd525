//! Which common nouns name people, and what they tell of them: "a neighbour", "the actress".

use crate::labels::Gender;
use crate::model::bytes;
use crate::tsv;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// By the hash of the word in lower case, as [`Word::lower`](crate::tag::Word) has it.
static NOUNS: LazyLock<FxHashMap<u32, Option<Gender>>> = LazyLock::new(|| {
    let row = |mut row: std::str::Split<'static, char>| {
        let noun = row.next()?;
        Some((bytes(noun.as_bytes()), row.next().and_then(Gender::from_letter)))
    };
    tsv::rows(include_str!("../../data/lexicon/en/person_nouns.tsv")).filter_map(row).collect()
});

/// The gender that a noun for people tells, if any; none where it is no such noun.
pub(super) fn gender(lower: u32) -> Option<Option<Gender>> {
    NOUNS.get(&lower).copied()
}

/// Whether a noun, by the same hash, names people.
pub(crate) fn names_people(lower: u32) -> bool {
    gender(lower).is_some()
}
