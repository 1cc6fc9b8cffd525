//! From a plural back to the singular.

use super::letters::{Ending, is_vowel, syllables};

/// Of a noun in the plural.
pub(super) fn singular(form: &str) -> Ending {
    let b = form.as_bytes();
    if form.ends_with("men") && form.len() > 3 {
        return Ending::new(2, "an");
    }
    // "the 1990s" are no 1990.
    if b.iter().any(u8::is_ascii_digit) && form.ends_with('s') {
        return if form.ends_with("'s") { Ending::new(2, "s") } else { Ending::KEEP };
    }
    if form.ends_with("'s") {
        return Ending::new(2, "");
    }
    // "viruses", but "houses", and "uses" is too short to tell.
    if let Some([before @ .., c, b'u', b's']) = form.strip_suffix("es").map(str::as_bytes)
        && (!is_vowel(*c) || *c == b'i')
        && syllables(before) > 0
    {
        return Ending::new(2, "");
    }
    plural_ending(form).unwrap_or(Ending::KEEP)
}

/// The ending -s in its spellings.
pub(super) fn plural_ending(form: &str) -> Option<Ending> {
    let stem = form.strip_suffix('s')?;
    let cut = match stem.as_bytes() {
        [] | [_] | [.., b's'] => return None,
        [_, b'i', b'e'] => 1,
        [.., b'i', b'e'] => return Some(Ending::new(3, "y")),
        [.., b's', b's', b'e'] | [.., b'c' | b's', b'h', b'e'] | [.., b'x' | b'o', b'e'] => 2,
        [.., b'z' | b't', b'z', b'e'] => 2,
        _ => 1,
    };
    Some(Ending::new(cut, ""))
}
