//! Figures and marks.

use super::letters;
use std::borrow::Cow;

/// Of a number: figures lose their commas, Roman ones and those with letters stay, words are in lower case.
pub(super) fn lemma<'t>(word: &'t str, lower: Cow<'t, str>) -> Cow<'t, str> {
    let figures = word.bytes().any(|b| b.is_ascii_digit());
    if figures && word.contains(',') {
        return Cow::Owned(word.replace(',', ""));
    }
    if figures || is_roman(word) { letters::straight(word) } else { lower }
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b"IVXLC".contains(&b))
}

/// Of a mark: quotation marks are straight, the short dash is a hyphen.
pub(super) fn mark(word: &str) -> Cow<'_, str> {
    let plain = |c| matches!(c, '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2013}');
    if word.is_ascii() || !word.contains(plain) {
        return Cow::Borrowed(word);
    }
    match word {
        "\u{2018}" | "\u{2019}" => Cow::Borrowed("'"),
        "\u{201c}" | "\u{201d}" => Cow::Borrowed("\""),
        "\u{2013}" => Cow::Borrowed("-"),
        _ => Cow::Owned(
            word.replace(['\u{2018}', '\u{2019}'], "'")
                .replace(['\u{201c}', '\u{201d}'], "\"")
                .replace('\u{2013}', "-"),
        ),
    }
}
