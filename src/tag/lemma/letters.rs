//! What the rules ask of the letters of a word, and how they change its end.

use std::borrow::Cow;

/// A change at the end of a word: so many bytes less, then these letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) cut: usize,
    pub(super) add: &'static str,
}

impl Ending {
    /// No change.
    pub(super) const KEEP: Ending = Ending { cut: 0, add: "" };

    pub(super) fn new(cut: usize, add: &'static str) -> Self {
        Self { cut, add }
    }

    /// The changed word; one that would come to nothing stays as it is.
    pub(super) fn apply(self, word: Cow<'_, str>) -> Cow<'_, str> {
        let left = word.len().saturating_sub(self.cut);
        if self == Self::KEEP || left + self.add.len() == 0 || !word.is_char_boundary(left) {
            return word;
        }
        match word {
            _ if left == 0 => Cow::Borrowed(self.add),
            Cow::Borrowed(word) if self.add.is_empty() => Cow::Borrowed(&word[..left]),
            word => {
                let mut word = word.into_owned();
                word.truncate(left);
                word.push_str(self.add);
                Cow::Owned(word)
            }
        }
    }
}

/// In lower case, with straight apostrophes.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else if word.is_ascii() {
        Cow::Owned(word.to_ascii_lowercase())
    } else if word.chars().all(|c| c.is_lowercase() || !c.is_alphabetic() && !is_apostrophe(c)) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(straight(word).to_lowercase())
    }
}

/// With straight apostrophes.
pub(super) fn straight(word: &str) -> Cow<'_, str> {
    if word.is_ascii() || !word.contains(is_apostrophe) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.replace(is_apostrophe, "'"))
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2019}' | '\u{2018}')
}

/// Capitals that are no shouting: short ones ("GDP"), those with figures ("F16") or with small letters between ("PhD").
pub(super) fn is_acronym(word: &str) -> bool {
    let b = word.as_bytes();
    let capitals = b.iter().filter(|c| c.is_ascii_uppercase()).count();
    let figures = b.iter().any(u8::is_ascii_digit);
    if capitals == 0 || !b.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    if capitals == b.len() {
        b.len() <= 3 || !b.iter().any(|c| b"AEIOUY".contains(c))
    } else {
        figures || b[1..].iter().any(u8::is_ascii_uppercase)
    }
}

pub(super) fn is_vowel(c: u8) -> bool {
    b"aeiou".contains(&c)
}

/// Runs of vowels, which is about as many as there are syllables. The u of "qu" is none, y inside a word is one.
pub(super) fn syllables(word: &[u8]) -> usize {
    let vowel = |i: usize| {
        is_vowel(word[i]) && !(word[i] == b'u' && i > 0 && word[i - 1] == b'q') || word[i] == b'y' && i > 0
    };
    (0..word.len()).filter(|&i| vowel(i) && (i == 0 || !vowel(i - 1))).count()
}

/// Whether the word that gave this stem before -ed, -ing or -er has a silent e: "mak", but not "talk".
pub(super) fn wants_e(stem: &str) -> bool {
    let b = stem.as_bytes();
    let n = b.len();
    if n < 2 || !stem.is_ascii() {
        return false;
    }
    let (last, before) = (b[n - 1], b[n - 2]);
    let third = if n > 2 { b[n - 3] } else { b' ' };
    let ends = |endings: &[&str]| endings.iter().any(|e| stem.ends_with(e));
    match last {
        b'c' | b'v' | b'u' => true,
        b'z' => before != b't' && before != b'z',
        b's' => !matches!(before, b's' | b't' | b'k'),
        b'g' => match before {
            b'n' => match third {
                b'e' => true,
                b'u' => !ends(&["oung"]),
                _ => b"ai".contains(&third) && syllables(b) > 1,
            },
            _ => is_vowel(before) || matches!(before, b'd' | b'r' | b'l'),
        },
        b'l' if b"bcdfgkptz".contains(&before) => true,
        b'a' | b'e' | b'i' | b'o' | b'y' | b'w' | b'x' | b'h' => false,
        _ if !is_vowel(before) && before != b'y' => false,
        // Two vowels before a consonant need no e ("treat"), but "evaluate", "persuade".
        _ if is_vowel(third) && !(third == b'u' && n > 3 && b[n - 4] == b'q') => ends(&["iat", "uat", "uad"]),
        // One syllable would have doubled its consonant: "hop" gives "hopping", "hope" "hoping".
        _ if syllables(b) == 1 => true,
        b't' => matches!(before, b'a' | b'u') || ends(&["mot", "vot", "not"]),
        b'd' | b'b' | b'f' => true,
        b'k' => before != b'e',
        b'p' => matches!(before, b'a' | b'y'),
        b'm' => matches!(before, b'a' | b'u') || ends(&["com"]),
        b'n' => matches!(before, b'i' | b'u'),
        b'r' => matches!(before, b'a' | b'i' | b'u') || ends(&["plor", "gnor", "stor"]),
        b'l' => matches!(before, b'i' | b'o' | b'u' | b'y'),
        _ => false,
    }
}
