//! Acronyms introduced in brackets: "Alliance to Reclaim Our Schools (AROS)", after Schwartz & Hearst (2003).

use super::shape::Place;
use crate::segment::TokenKind;
use std::ops::Range;

/// Words of the longest name that is looked for.
const LONGEST: usize = 10;

/// The tokens of the name that the acronym at token `i`, which stands alone in brackets, is short for: its letters are the
/// initials of the words before the bracket, small words left out where they have none.
pub(super) fn introduced(place: Place<'_>, i: usize) -> Option<Range<usize>> {
    let tokens = place.tokens;
    let kind = |i: usize| tokens.get(i).map(|token| token.kind);
    let word = |i: usize| tokens[i].span.of(place.text);
    if i < 2 || kind(i - 1) != Some(TokenKind::OpenBracket) || kind(i + 1) != Some(TokenKind::CloseBracket) {
        return None;
    }
    let letters: Vec<char> = word(i).chars().collect();
    if !(2..=LONGEST).contains(&letters.len()) || !letters.iter().all(|c| c.is_uppercase()) {
        return None;
    }
    let end = i - 1;
    let mut left = letters.len();
    let mut start = end;
    while left > 0 {
        start = start.checked_sub(1).filter(|start| end - start <= LONGEST)?;
        if kind(start) != Some(TokenKind::Word) {
            return None;
        }
        let first = word(start).chars().next()?;
        if first.to_uppercase().eq([letters[left - 1]]) {
            left -= 1;
        } else if first.is_uppercase() {
            return None;
        }
    }
    word(start).starts_with(char::is_uppercase).then_some(start..end)
}
