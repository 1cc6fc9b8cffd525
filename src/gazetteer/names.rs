//! The names themselves: their letters, their ids, in flat arrays.

use super::words::{Gap, Words};
use super::{fold, strings::Strings};

/// All names, in the order in which they were first given; those of a group, equal but for case, stand together.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// As they were given.
    pub(super) texts: Strings,
    /// What is compared with a text, all that in one place: of each name its number (4 bytes), the length of its letters
    /// (2), its flags (1) and its letters. A group is known by where its first is.
    pub(super) forms: Vec<u8>,
    /// Where the ids of a name begin, and the end; empty where each has one.
    pub(super) ids_at: Vec<u32>,
    pub(super) ids: Vec<u32>,
    /// For which case counts, in sets of 64.
    pub(super) exact: Vec<u64>,
    /// The ids in words.
    pub(super) entities: Strings,
    /// For every id.
    pub(super) label_of: Vec<u32>,
    pub(super) labels: Strings,
}

/// Case counts.
pub(super) const EXACT: u8 = 1;
/// The next name is of the group.
pub(super) const MORE: u8 = 2;
/// Bytes before the letters of a name.
const HEAD: usize = 7;

/// What is compared with a text.
struct Form<'n> {
    name: u32,
    flags: u8,
    letters: &'n [u8],
}

impl Names {
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether case counts for a name.
    pub(super) fn is_exact(&self, name: usize) -> bool {
        self.exact.get(name / 64).is_some_and(|set| set >> (name % 64) & 1 == 1)
    }

    /// The ids of a name, as places in `entities`.
    pub(super) fn ids(&self, name: usize) -> &[u32] {
        if self.ids_at.is_empty() {
            return self.ids.get(name..=name).unwrap_or(&[]);
        }
        let bounds = self.ids_at.get(name).zip(self.ids_at.get(name + 1));
        bounds.and_then(|(&from, &to)| self.ids.get(from as usize..to as usize)).unwrap_or(&[])
    }

    /// Adds a name without its ids: as it was given, how it is written, what holds for it.
    pub(super) fn push(&mut self, text: &str, letters: &[u8], flags: u8) {
        let name = self.len();
        if name.is_multiple_of(64) {
            self.exact.push(0);
        }
        self.exact[name / 64] |= u64::from(flags & EXACT) << (name % 64);
        self.texts.push(text);
        self.forms.extend_from_slice(&(name as u32).to_le_bytes());
        // A name has at most a thousand characters.
        self.forms.extend_from_slice(&(letters.len() as u16).to_le_bytes());
        self.forms.push(flags);
        self.forms.extend_from_slice(letters);
    }

    /// The name of the group at `group` whose letters are those of the words `from..to` of `text`.
    pub(super) fn equal(
        &self,
        group: u32,
        text: &str,
        words: &Words,
        (from, to): (usize, usize),
        buffer: &mut String,
    ) -> Option<u32> {
        let mut at = group as usize;
        loop {
            let Form { name, flags, letters } = self.form(at)?;
            if same(letters, text, words, (from, to), flags & EXACT != 0, buffer) {
                return Some(name);
            }
            if flags & MORE == 0 {
                return None;
            }
            at += HEAD + letters.len();
        }
    }

    /// Where the form of each name is, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = u32> + '_ {
        let mut at = 0;
        std::iter::from_fn(move || {
            let here = at;
            at += HEAD + self.form(here)?.letters.len();
            Some(here as u32)
        })
    }

    /// Brings to the processor what [`Names::equal`] will look at.
    pub(super) fn touch(&self, groups: impl Iterator<Item = u32>) {
        let first = |group: u32| self.forms.get(group as usize).copied().unwrap_or(0);
        std::hint::black_box(groups.fold(0, |seen, group| seen | first(group)));
    }

    #[inline]
    fn form(&self, at: usize) -> Option<Form<'_>> {
        let (&[a, b, c, d, low, high, flags], rest) = self.forms.get(at..)?.split_first_chunk::<HEAD>()?;
        let letters = rest.get(..u16::from_le_bytes([low, high]) as usize)?;
        Some(Form { name: u32::from_le_bytes([a, b, c, d]), flags, letters })
    }
}

/// Whether `letters` is how the words of `text` are written.
fn same(
    letters: &[u8],
    text: &str,
    words: &Words,
    (from, to): (usize, usize),
    exact: bool,
    buffer: &mut String,
) -> bool {
    let (mut rest, mut before) = (letters, None);
    for word in from..to {
        let span = words.span(word);
        if let Some(before) = before {
            match rest.split_first() {
                Some((sign, behind)) if *sign == between(Words::gap(text, (before, span.0))) => rest = behind,
                _ => return false,
            }
        }
        before = Some(span.1);
        let behind = if exact {
            rest.strip_prefix(cased(text, span, buffer))
        } else {
            rest.strip_prefix(words.letters(span))
        };
        match behind {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    rest.is_empty()
}

/// What stands between the letters of two words; not among them.
fn between(gap: Gap) -> u8 {
    match gap {
        Gap::Glued => 1,
        Gap::Spaced => b' ',
        Gap::Dashed => b'-',
        Gap::Broken => b'\n',
    }
}

/// The letters of a word as they are but for diacritics.
fn cased<'b>(text: &'b str, (start, end): (u32, u32), buffer: &'b mut String) -> &'b [u8] {
    let letters = text.get(start as usize..end as usize).unwrap_or("");
    if letters.is_ascii() {
        return letters.as_bytes();
    }
    buffer.clear();
    fold::fold(letters, true, buffer);
    buffer.as_bytes()
}

/// How the words of a name are written.
pub(super) fn written(name: &str, words: &Words, exact: bool) -> Vec<u8> {
    let (mut letters, mut before, mut buffer) = (Vec::with_capacity(name.len()), None, String::new());
    for word in 0..words.len() {
        let span = words.span(word);
        if let Some(before) = before {
            letters.push(between(Words::gap(name, (before, span.0))));
        }
        before = Some(span.1);
        if exact {
            letters.extend_from_slice(cased(name, span, &mut buffer));
        } else {
            letters.extend_from_slice(words.letters(span));
        }
    }
    letters
}
