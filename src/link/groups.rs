//! Names that are one by their letters: equal forms of all kinds, and bodies told apart by one word of their own.

use super::names::{Form, Name};
use super::union::Union;
use super::{Kind, people};
use std::collections::{BTreeMap, BTreeSet};

/// Of bodies with the same general words, each is compared with as many that follow it in the alphabet.
const NEAR: usize = 16;

/// Joins names whose forms are equal, all forms of a list counted.
pub(super) fn equal(names: &[Name], union: &mut Union) {
    let mut by_id: BTreeMap<u32, u32> = BTreeMap::new();
    for (rank, name) in (0..).zip(names) {
        if let Some(known) = name.known {
            let first = *by_id.entry(known).or_insert(rank);
            union.join(first, rank);
        }
    }
    let mut by_form: BTreeMap<(Kind, String), BTreeSet<u32>> = BTreeMap::new();
    for (rank, name) in (0..).zip(names) {
        for form in &name.forms {
            let keys = match form {
                Form::Person(person) => people::keys(person),
                Form::Body(body) => vec![body.key()],
                Form::Whole(letters) => vec![letters.clone()],
            };
            for key in keys.into_iter().filter(|key| !key.is_empty()) {
                by_form.entry((name.kind, key)).or_default().insert(rank);
            }
        }
        // Where nothing can be compared, the letters are.
        if name.forms.is_empty() {
            by_form.entry((name.kind, format!("\u{0}{}", name.tally.key.name))).or_default().insert(rank);
        }
    }
    for ranks in by_form.values() {
        let known: BTreeSet<u32> = ranks.iter().filter_map(|rank| union.known(*rank)).collect();
        // A name that lists have for two could be either of them: the names that no list knows are one among themselves.
        let free = known.len() > 1;
        let mut first = None;
        for rank in
            ranks.iter().copied().filter(|rank| !free || union.known(*rank).is_none()).collect::<Vec<_>>()
        {
            union.join(*first.get_or_insert(rank), rank);
        }
    }
}

/// Joins bodies that differ in their own word as a state and its people do ("Norvia", "Norvian").
pub(super) fn qualified(names: &[Name], union: &mut Union) {
    let mut rows: BTreeMap<String, BTreeSet<(String, u32)>> = BTreeMap::new();
    for (rank, name) in (0..).zip(names) {
        for (general, own) in name.bodies().filter_map(|body| body.qualified()) {
            rows.entry(general).or_default().insert((own.to_owned(), rank));
        }
    }
    for row in rows.values() {
        let row: Vec<&(String, u32)> = row.iter().collect();
        for (i, (own, rank)) in row.iter().enumerate() {
            for (other, second) in row.iter().skip(i + 1).take(NEAR) {
                if own != other && adjective(own, other) {
                    union.join(*rank, *second);
                }
            }
        }
    }
}

/// Whether one is a place and the other its adjective, by their letters.
fn adjective(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let stem = short.trim_end_matches(['a', 'e', 'i', 'o', 'u']);
    let ending = long.strip_prefix(stem).unwrap_or("");
    stem.len() > 3
        && matches!(ending, "n" | "an" | "ian" | "ean" | "iS" | "ese" | "en" | "i" | "ani" | "ien" | "in")
}
