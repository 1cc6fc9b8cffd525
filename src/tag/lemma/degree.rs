//! From "larger" and "largest" back to "large".

use super::letters::{Ending, wants_e};

/// Of a form with the ending `er` or `est`.
pub(super) fn positive(form: &str, ending: &str) -> Ending {
    let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() > 1) else { return Ending::KEEP };
    let cut = ending.len();
    match stem.as_bytes() {
        [.., b'i'] => Ending::new(cut + 1, "y"),
        [.., b'e'] => Ending::new(cut - 1, ""),
        [.., a, b] if a == b && !b"lsf".contains(b) => Ending::new(cut + 1, ""),
        _ => Ending::new(cut, if wants_e(stem) { "e" } else { "" }),
    }
}
