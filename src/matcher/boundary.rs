//! Where words begin and end.

use super::starts::Starts;

/// Whether `at`, a byte offset, lies between two characters of which at most one belongs to a word.
/// Offsets inside a character are no boundary.
pub(super) fn is_boundary(text: &str, at: usize) -> bool {
    if at == 0 || at >= text.len() {
        return at <= text.len();
    }
    let bytes = text.as_bytes();
    let (before, after) = (bytes[at - 1], bytes[at]);
    if before < 0x80 && after < 0x80 {
        return !(is_word_byte(before) && is_word_byte(after));
    }
    text.is_char_boundary(at)
        && !(text[..at].chars().next_back().is_some_and(is_word)
            && text[at..].chars().next().is_some_and(is_word))
}

/// Letters, digits, the underscore and combining marks.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The first boundary at or after `from` where a phrase may begin.
pub(super) fn next_start(text: &str, from: usize, starts: &Starts) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|&at| starts.may_begin(bytes, at) && is_boundary(text, at))
}
