//! The names themselves: their letters, their ids, in flat arrays.

use super::words::Words;
use super::{fold, strings::Strings};

/// All names, in the order in which they were first given; those of a group, equal but for case, stand together.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// As they were given.
    pub(super) texts: Strings,
    /// Their folded letters behind a digit: 1 more where case counts, 2 more where the next name is of the group.
    pub(super) forms: Strings,
    /// Where the ids of a name begin, and the end.
    pub(super) ids_at: Vec<u32>,
    pub(super) ids: Vec<u32>,
    /// The ids in words.
    pub(super) entities: Strings,
    /// For every id.
    pub(super) label_of: Vec<u32>,
    pub(super) labels: Strings,
}

pub(super) const EXACT: u8 = 1;
pub(super) const MORE: u8 = 2;

impl Names {
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether case counts for a name.
    pub(super) fn is_exact(&self, name: usize) -> bool {
        self.form(name).0 & EXACT != 0
    }

    /// The ids of a name, as places in `entities`.
    pub(super) fn ids(&self, name: usize) -> &[u32] {
        let bounds = self.ids_at.get(name).zip(self.ids_at.get(name + 1));
        bounds.and_then(|(&from, &to)| self.ids.get(from as usize..to as usize)).unwrap_or(&[])
    }

    /// The name of the group that begins at `group` whose letters are those of the words `from..to` of `text`.
    pub(super) fn equal(
        &self,
        group: u32,
        text: &str,
        words: &Words,
        (from, to): (usize, usize),
        buffer: &mut String,
    ) -> Option<u32> {
        let mut name = group as usize;
        loop {
            let (flags, form) = self.form(name);
            if same(form.as_bytes(), text, words, (from, to), flags & EXACT != 0, buffer) {
                return Some(name as u32);
            }
            if flags & MORE == 0 {
                return None;
            }
            name += 1;
        }
    }

    /// Brings to the processor what [`Names::equal`] will look at.
    pub(super) fn touch(&self, candidates: &[(u32, u32, u32)]) {
        let first = |group: &u32| self.forms.get(*group as usize).as_bytes().first().copied().unwrap_or(0);
        std::hint::black_box(candidates.iter().fold(0, |seen, (_, _, group)| seen | first(group)));
    }

    fn form(&self, name: usize) -> (u8, &str) {
        let form = self.forms.get(name);
        form.as_bytes().first().map_or((0, ""), |digit| (digit.wrapping_sub(b'0'), &form[1..]))
    }
}

/// Whether `form` is how the words of `text` are written.
fn same(
    form: &[u8],
    text: &str,
    words: &Words,
    (from, to): (usize, usize),
    exact: bool,
    buffer: &mut String,
) -> bool {
    let mut rest = form;
    for word in from..to {
        if word > from {
            match rest.strip_prefix(words.gap(text, word - 1).sign().as_bytes()) {
                Some(behind) => rest = behind,
                None => return false,
            }
        }
        let behind = if exact {
            rest.strip_prefix(cased(text, words, word, buffer))
        } else {
            rest.strip_prefix(words.letters(word))
        };
        match behind {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    rest.is_empty()
}

/// The letters of a word as they are but for diacritics.
fn cased<'b>(text: &'b str, words: &Words, word: usize, buffer: &'b mut String) -> &'b [u8] {
    let letters = text.get(words.starts()[word] as usize..words.ends()[word] as usize).unwrap_or("");
    if words.is_ascii(word) {
        return letters.as_bytes();
    }
    buffer.clear();
    fold::fold(letters, true, buffer);
    buffer.as_bytes()
}

/// Adds how the words of a name are written.
pub(super) fn write(name: &str, words: &Words, exact: bool, into: &mut String) {
    for word in 0..words.len() {
        if word > 0 {
            into.push_str(words.gap(name, word - 1).sign());
        }
        let span = words.starts()[word] as usize..words.ends()[word] as usize;
        fold::fold(name.get(span).unwrap_or(""), exact, into);
    }
}
