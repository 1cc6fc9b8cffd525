//! Emoticons of two to four signs: ":)", ";-)", "=D", ":'(", "<3", "^_^".

/// Bytes of the longest one.
const LONGEST: usize = 4;

/// The length in bytes of the emoticon that `text` begins with; 0 where there is none. `apart` says that a space
/// stands before it, without which few signs are one.
pub(super) fn length(text: &[u8], apart: bool) -> usize {
    let found = match text {
        [b'<', b'3', ..] | [b'(', b':' | b';' | b'=', ..] if apart => 2,
        [b'^' | b'-', b'_', b'^' | b'-', ..] if apart && text[0] == text[2] => 3,
        [b':' | b';' | b'=', rest @ ..] => {
            let nose = usize::from(matches!(rest, [b'-' | b'\'' | b'^', _, ..]));
            match rest.get(nose) {
                Some(b'(' | b')') if apart || text[0] == b':' => nose + 2,
                Some(b'D' | b'P' | b'p' | b'O' | b'o' | b'/' | b'|') if apart => nose + 2,
                _ => 0,
            }
        }
        _ => 0,
    };
    // Longer rows of signs are something else, and so is a word.
    let goes_on = text.get(found).is_some_and(|next| next.is_ascii_alphanumeric() || *next == text[0]);
    if found > LONGEST || goes_on { 0 } else { found }
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn faces_and_what_only_looks_like_one() {
        for (text, apart, expected) in [
            (":) ", false, 2),
            (":-) ok", true, 3),
            (";)", true, 2),
            (";)", false, 0),
            (":Dawn", true, 0),
            (":D", true, 2),
            (":'(", true, 3),
            ("^_^", true, 3),
            ("::)", true, 0),
            (": (", true, 0),
        ] {
            assert_eq!(length(text.as_bytes(), apart), expected, "{text}");
        }
    }
}
