//! Hyphens between letters or digits: cut off, as the treebanks cut them, but after some prefixes and in numbers of
//! telephones and days.

use super::classes::Class;
use super::tokens::Scan;
use crate::tsv::rows;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

static AFFIXES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    rows(include_str!("../../data/lexicon/en/affixes.tsv")).filter_map(|mut cells| cells.next()).collect()
});

/// Bytes of the longest affix, its hyphen included.
const LONGEST: usize = 8;

fn is_affix(affix: &str) -> bool {
    affix.len() <= LONGEST && AFFIXES.contains(affix.to_ascii_lowercase().as_str())
}

impl<const FAST: bool> Scan<'_, '_, FAST> {
    /// Whether the hyphen between `i` and `after` stays inside the word, whose part up to it begins at `start`.
    pub(super) fn keeps_hyphen(&self, start: usize, i: usize, after: usize) -> bool {
        let before = self.slice(start, i);
        if before.bytes().all(|byte| !byte.is_ascii_alphabetic()) {
            let digits =
                before.bytes().rev().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
            return self.is_numbering(i - digits);
        }
        let end = self.run_of(after, Class::is_word);
        let rest = self.slice(after, end);
        // "UN-backed" has no prefix, nor has "E-J".
        let initials = before.len() == 2 && before.bytes().all(|byte| byte.is_ascii_uppercase());
        self.byte(i) == b'-'
            && (!initials && rest.len() > 1 && self.is_listed(before, "")
                || self.is_listed("", rest)
                || self.is_listed(before, rest)
                || self.is_mail(after))
    }

    fn is_listed(&self, before: &str, after: &str) -> bool {
        before.len() + after.len() < LONGEST && is_affix(&format!("{before}-{after}"))
    }

    /// Digits and hyphens from `start` on that are one number: "555-0172", "212-555-0172", "2031-05-14", a postal
    /// code. Not a range ("20-25"), a score or a vote ("7-2").
    fn is_numbering(&self, start: usize) -> bool {
        let mut groups = [0; 5];
        let (mut at, mut count) = (start, 0);
        loop {
            let end = self.run_of(at, |class| class == Class::Digit);
            if end == at || count == groups.len() || self.class(end).is_letter() {
                return false;
            }
            groups[count] = end - at;
            count += 1;
            if self.byte(end) != b'-' || self.class(end + 1) != Class::Digit {
                break;
            }
            at = end + 1;
        }
        match groups[..count] {
            [_] => false,
            [a, b] => b == 4 && a != 4 && a != 2,
            [1, 1, ..] => false,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_affix_has_one_hyphen_and_an_origin() {
        for cells in rows(include_str!("../../data/lexicon/en/affixes.tsv")) {
            let cells: Vec<&str> = cells.collect();
            assert!(cells.len() == 2 && matches!(cells[1], "ud" | "own"), "{cells:?}");
            assert!(cells[0].matches('-').count() == 1 && cells[0].len() <= LONGEST, "{cells:?}");
        }
    }
}
