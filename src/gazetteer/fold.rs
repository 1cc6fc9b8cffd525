//! What counts as one letter, and which letters are equal.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// What a character does to the word that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter or digit: words are runs of them.
    Word,
    /// A letter of a script that puts no spaces between its words: a word by itself.
    Lone,
    /// A combining mark, or something invisible: belongs to what stands before it.
    Mark,
    /// A space or a hyphen: stands between words and is none.
    Gap,
    /// Everything else, an apostrophe, a full stop, a sign: a word by itself.
    Sign,
}

pub(super) fn class(c: char) -> Class {
    match c {
        '-' | '\u{2010}' | '\u{2011}' => Class::Gap,
        // Of which some count as letters elsewhere.
        '\u{2018}'..='\u{201f}' | '\u{2bc}' => Class::Sign,
        '_' => Class::Word,
        _ if is_invisible(c) || is_combining_mark(c) => Class::Mark,
        _ if c.is_whitespace() => Class::Gap,
        _ if !c.is_alphanumeric() => Class::Sign,
        _ if is_lone(c) => Class::Lone,
        _ => Class::Word,
    }
}

/// Thai, Lao, Tibetan, Burmese, Khmer, Japanese and Chinese; Korean has spaces.
fn is_lone(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Soft hyphens, spaces of no width, joiners and marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The marks of Latin, Greek and Cyrillic letters. Those of other scripts are vowels, and stay.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Adds `word` to `into` without diacritics and with straight apostrophes and quotation marks; in lower case,
/// unless `cased`. What it adds depends on each character alone, so that parts fold as the whole does.
pub(super) fn fold(word: &str, cased: bool, into: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            into.push(if cased { c } else { c.to_ascii_lowercase() });
        } else if !is_invisible(c) {
            if cased { simple(c, into) } else { c.to_lowercase().for_each(|c| simple(c, into)) }
        }
    }
}

fn simple(c: char, into: &mut String) {
    decompose_canonical(c, |c| match plain(c) {
        Some(letters) => into.push_str(letters),
        None if is_diacritic(c) => {}
        None => into.push(c),
    });
}

/// Signs that are drawn in several ways, and letters whose stroke is no mark to Unicode.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' | '\u{b4}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' => "\"",
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'þ' => "th",
        'Þ' => "Th",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str, cased: bool) -> String {
        let mut into = String::new();
        fold(word, cased, &mut into);
        into
    }

    #[test]
    fn letters_lose_case_and_marks() {
        for (word, want, cased) in [
            ("ORSOLIĆ", "orsolic", "ORSOLIC"),
            ("Orsolic\u{301}", "orsolic", "Orsolic"),
            ("Łódź", "lodz", "Lodz"),
            ("Straße", "strasse", "Strasse"),
            ("İstanbul", "istanbul", "Istanbul"),
            ("Алёна", "алена", "Алена"),
            ("ΟΔΟΣ", "οδοσ", "ΟΔΟΣ"),
            ("’", "'", "'"),
            ("har\u{ad}bour", "harbour", "harbour"),
            ("की", "की", "की"),
        ] {
            assert_eq!((folded(word, false).as_str(), folded(word, true).as_str()), (want, cased), "{word}");
        }
    }

    #[test]
    fn every_character_has_its_class() {
        for (c, want) in [
            ('a', Class::Word),
            ('_', Class::Word),
            ('щ', Class::Word),
            ('한', Class::Word),
            ('北', Class::Lone),
            ('ス', Class::Lone),
            ('ก', Class::Lone),
            ('\u{301}', Class::Mark),
            ('\u{94d}', Class::Mark),
            ('\u{200b}', Class::Mark),
            ('-', Class::Gap),
            ('\u{2011}', Class::Gap),
            ('\u{a0}', Class::Gap),
            ('’', Class::Sign),
            ('ʼ', Class::Sign),
            ('—', Class::Sign),
            ('🚢', Class::Sign),
        ] {
            assert_eq!(class(c), want, "{c:?}");
        }
    }
}
