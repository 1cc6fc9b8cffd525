//! Which full names of people are one: given names that fit and one surname, or nearly so and in the same company.

use super::names::Name;
use super::person::{Person, Token};
use super::union::Union;
use crate::spelling::{consonants, vowels_apart};
use std::collections::BTreeMap;

/// More different forms of one given name and surname than these are compared no further.
const MANY: usize = 64;

/// What is equal in equal names.
pub(super) fn keys(person: &Person) -> Vec<String> {
    let initials = person.tokens.iter().filter(|token| token.initial).count();
    let suffix = person.suffix.as_deref().unwrap_or("");
    let mut keys = vec![format!("{initials} {suffix} {}", person.joined())];
    if person.is_full() && initials == 0 {
        let first = &person.tokens[0];
        keys.push(format!("{suffix} {} {}", first.class, person.stretch(1..person.tokens.len())));
        // A surname that stands first; but "Thomas James" and "James Thomas" are two.
        if !(first.given && person.last().given) {
            let mut tokens: Vec<&str> = person.tokens.iter().map(|token| token.skeleton.as_str()).collect();
            tokens.sort_unstable();
            keys.push(format!("{suffix} {}", tokens.join(",")));
        }
    }
    keys
}

/// A full name of the census.
struct Full<'n> {
    rank: u32,
    person: &'n Person,
}

/// Joins full names, and gives the ranks of those that fit several that are not one.
pub(super) fn join(names: &[Name], union: &mut Union, company: impl Fn(u32, u32) -> bool) -> Vec<u32> {
    type Blocks<'n> = BTreeMap<(String, String), BTreeMap<(String, String), Vec<Full<'n>>>>;
    let mut blocks: Blocks<'_> = BTreeMap::new();
    for (rank, name) in (0..).zip(names) {
        for person in name.people().filter(|person| person.is_full()) {
            let given = person.tokens[0].class.clone();
            let surname = person.last().skeleton.clone();
            let block = (consonants(&given), consonants(&surname));
            let group = blocks.entry(block).or_default().entry((given, surname)).or_default();
            group.push(Full { rank, person });
        }
    }
    let mut open = Vec::new();
    for block in blocks.values() {
        for group in block.values() {
            same(group, union, &mut open);
        }
        let groups: Vec<(&(String, String), &Vec<Full<'_>>)> = block.iter().take(MANY).collect();
        for (i, (key, group)) in groups.iter().enumerate() {
            for (other, second) in &groups[i + 1..] {
                if !nearly(key, other, &group[0], &second[0]) {
                    continue;
                }
                for (a, b) in group.iter().flat_map(|a| second.iter().map(move |b| (a, b))).take(MANY) {
                    if fit(a.person, b.person) && company(a.rank, b.rank) {
                        union.join(a.rank, b.rank);
                    }
                }
            }
        }
    }
    open.sort_unstable();
    open.dedup();
    open
}

/// Joins what has one given name and one surname, unless the names between them differ.
fn same(group: &[Full<'_>], union: &mut Union, open: &mut Vec<u32>) {
    let mut forms: BTreeMap<String, &Full<'_>> = BTreeMap::new();
    for full in group {
        let suffix = full.person.suffix.as_deref().unwrap_or("");
        let initial = |token: &Token| if token.initial { "." } else { "" };
        let middle =
            full.person.middle().iter().map(|token| format!("{}{} ", token.skeleton, initial(token)));
        let form = middle.collect::<String>() + suffix;
        match forms.get(&form) {
            Some(first) => {
                union.join(first.rank, full.rank);
            }
            None => {
                forms.insert(form, full);
            }
        }
    }
    let forms: Vec<&&Full<'_>> = forms.values().take(MANY).collect();
    let fits = |i: usize, j: usize| fit(forms[i].person, forms[j].person);
    for i in 0..forms.len() {
        let others: Vec<usize> = (0..forms.len()).filter(|j| *j != i && fits(i, *j)).collect();
        let torn = others.iter().any(|a| others.iter().any(|b| !fits(*a, *b)));
        if torn {
            open.push(forms[i].rank);
            continue;
        }
        for j in others.into_iter().filter(|j| *j > i) {
            let torn = (0..forms.len()).any(|k| k != i && k != j && fits(j, k) && !fits(i, k));
            if !torn {
                union.join(forms[i].rank, forms[j].rank);
            }
        }
    }
}

/// Whether nothing between the first name and the surname, and nothing behind it, tells two people apart.
fn fit(a: &Person, b: &Person) -> bool {
    if a.suffix.is_some() && b.suffix.is_some() && a.suffix != b.suffix {
        return false;
    }
    let (few, many) = if a.middle().len() <= b.middle().len() { (a, b) } else { (b, a) };
    let mut rest = many.middle().iter();
    few.middle().iter().all(|token| rest.any(|other| token.fits(other)))
}

/// Whether two names of one block may be one by another spelling that no rule of letters knows: a vowel differs,
/// in the given name or in the surname, and no list knows both.
fn nearly(a: &(String, String), b: &(String, String), one: &Full<'_>, other: &Full<'_>) -> bool {
    let (first, second) = (&one.person.tokens[0], &other.person.tokens[0]);
    let (last, end) = (one.person.last(), other.person.last());
    let close = |a: &str, b: &str| consonants(a).len() > 2 && vowels_apart(a, b) == 1;
    if a.0 == b.0 {
        return close(&a.1, &b.1) && !(last.surname && end.surname);
    }
    let genders = first.gender.is_some() && second.gender.is_some() && first.gender != second.gender;
    a.1 == b.1 && close(&first.skeleton, &second.skeleton) && !(first.given && second.given) && !genders
}
