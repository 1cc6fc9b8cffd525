//! Words, numbers and marks, cut as the English treebanks cut them.
//!
//! Clitics stand alone ("did" "n't", "Norvia" "'s") and so do hyphens ("well" "-" "known") but those of a prefix;
//! abbreviations with their dot, addresses and handles stay whole. What a quotation mark is gets decided later, over the whole paragraph: here it is a
//! [`TokenKind::Symbol`] whose index goes into the list of marks.

use super::addresses::is_extension;
use super::classes::{Class, TABLE, joins};
use super::emoticons;
use super::{Join, Token, TokenKind};
use crate::span::Span;

/// Cuts the bytes `span` of `text`, adding to `tokens`, and to `marks` the indices of what may be a quotation mark.
pub(super) fn tokenize(text: &str, span: Span, tokens: &mut Vec<Token>, marks: &mut Vec<u32>) {
    scan::<true>(text, span, tokens, marks);
}

/// `FAST` reads ASCII through the table. Without it every character is decoded: the check on the table.
fn scan<const FAST: bool>(text: &str, span: Span, tokens: &mut Vec<Token>, marks: &mut Vec<u32>) {
    let text = text.get(..span.end as usize).unwrap_or("");
    let first = tokens.len();
    Scan::<FAST> { text, bytes: text.as_bytes(), start: span.start as usize, first, tokens, marks }.run();
}

/// The tokeniser at work; what it knows of words is in [`super::words`].
pub(super) struct Scan<'t, 'o, const FAST: bool> {
    /// The whole text up to the end of the span, so that positions need no translation.
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    start: usize,
    /// Index of the span's first token.
    pub(super) first: usize,
    pub(super) tokens: &'o mut Vec<Token>,
    marks: &'o mut Vec<u32>,
}

impl<const FAST: bool> Scan<'_, '_, FAST> {
    fn run(&mut self) {
        let mut i = self.start;
        loop {
            let (class, len) = self.at(i);
            i = match class {
                Class::End => return,
                Class::Space => i + len,
                Class::Lower | Class::Upper | Class::Letter | Class::Digit => self.word(i, i),
                Class::Dot if self.class(i + 1) == Class::Digit && !self.after_word(i) => {
                    self.word(i, i + 1) // ".5"
                }
                Class::Dot if self.class(i + 1).is_letter() && self.is_bare_extension(i + 1) => {
                    self.push(i, self.run_of(i + 1, Class::is_word), TokenKind::Word)
                }
                Class::Dot | Class::Stop => {
                    let end = self.run_of(i + len, |class| matches!(class, Class::Dot | Class::Stop));
                    self.push(i, end, TokenKind::Stop)
                }
                Class::Comma => self.push(i, i + len, TokenKind::Comma),
                Class::Colon => match self.emoticon(i) {
                    Some(end) => end,
                    None => self.push(i, i + len, TokenKind::Colon),
                },
                Class::Hyphen => self.hyphen(i, i + len),
                Class::Dash => {
                    let end = self.run_of(i + len, |class| class == Class::Dash);
                    self.push(i, end, TokenKind::Dash)
                }
                Class::Apostrophe => self.apostrophe(i, i + len),
                Class::Mark => self.mark(i, i + len),
                Class::Open => self.open(i, i + len),
                Class::Close => self.push(i, i + len, TokenKind::CloseBracket),
                Class::Symbol => self.symbol(i, i + len),
            };
        }
    }

    pub(super) fn at(&self, i: usize) -> (Class, usize) {
        match self.bytes.get(i) {
            None => (Class::End, 0),
            Some(&byte) if FAST && byte < 128 => (TABLE[byte as usize], 1),
            Some(_) => match self.text.get(i..).and_then(|rest| rest.chars().next()) {
                Some(c) => (Class::of(c), c.len_utf8()),
                None => (Class::End, 0),
            },
        }
    }

    pub(super) fn class(&self, i: usize) -> Class {
        self.at(i).0
    }

    pub(super) fn byte(&self, i: usize) -> u8 {
        self.bytes.get(i).copied().unwrap_or(b' ')
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Whether something other than space stands right before `i`.
    fn after_text(&self, i: usize) -> bool {
        self.tokens.len() > self.first && self.tokens.last().is_some_and(|t| t.span.end as usize == i)
    }

    /// Whether a word or number stands right before `i`.
    fn after_word(&self, i: usize) -> bool {
        self.after_text(i)
            && self.tokens.last().is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
    }

    /// ".doc" with the name of the file elsewhere.
    fn is_bare_extension(&self, i: usize) -> bool {
        is_extension(self.slice(i, self.run_of(i, Class::is_word)))
    }

    /// Adds the emoticon at `i`, if there is one, and returns its end.
    fn emoticon(&mut self, i: usize) -> Option<usize> {
        let length = emoticons::length(self.bytes.get(i..)?, !self.after_text(i));
        (length > 0).then(|| self.push(i, i + length, TokenKind::Symbol))
    }

    /// A bracket; "[...]", which stands for what is left out, is one sign.
    fn open(&mut self, i: usize, end: usize) -> usize {
        for left_out in ["[...]", "[…]"] {
            if self.slice(i, i + left_out.len()) == left_out {
                return self.push(i, i + left_out.len(), TokenKind::Symbol);
            }
        }
        match self.emoticon(i) {
            Some(end) => end,
            None => self.push(i, end, TokenKind::OpenBracket),
        }
    }

    pub(super) fn push(&mut self, start: usize, end: usize, kind: TokenKind) -> usize {
        self.push_joined(start, end, kind, Join::Apart)
    }

    pub(super) fn push_joined(&mut self, start: usize, end: usize, kind: TokenKind, join: Join) -> usize {
        self.tokens.push(Token { span: Span::new(start, end), kind, join });
        end
    }

    pub(super) fn run_of(&self, mut i: usize, member: impl Fn(Class) -> bool) -> usize {
        loop {
            let (class, len) = self.at(i);
            if !member(class) {
                return i;
            }
            i += len;
        }
    }

    fn hyphen(&mut self, i: usize, end: usize) -> usize {
        if let Some(end) = self.emoticon(i) {
            return end;
        }
        let stop = self.run_of(end, |class| class == Class::Hyphen);
        if self.byte(stop) == b'>' {
            return self.push(i, stop + 1, TokenKind::Symbol); // an arrow
        }
        let suffix = stop == end && !self.after_text(i) && self.class(end).is_word();
        self.push(i, stop, if suffix { TokenKind::Symbol } else { TokenKind::Dash })
    }

    fn apostrophe(&mut self, i: usize, end: usize) -> usize {
        if self.after_text(i) {
            // After a bracket or a mark: "(the union)'s".
            let clitic = self.clitic(i, end).filter(|&stop| self.byte(end) | 32 == b's' && stop - end == 1);
            if let Some(stop) = clitic {
                return self.push_joined(i, stop, TokenKind::Word, Join::Clitic);
            }
        } else if let Some(stop) = self.elision(end) {
            return self.push(i, stop, TokenKind::Word);
        }
        self.mark(i, end)
    }

    /// A quotation mark, or two single ones that stand for a double one.
    fn mark(&mut self, i: usize, end: usize) -> usize {
        let (size, glyph) = (end - i, self.slice(i, end));
        let again = |n: usize| self.slice(end + (n - 1) * size, end + n * size) == glyph;
        // Of three that close, the first is the single one.
        let inner = self.after_text(i) && again(2) && !again(3);
        let paired = matches!(glyph, "'" | "`" | "‘" | "’") && again(1) && !inner;
        let twice = end + size;
        self.marks.push(self.tokens.len() as u32);
        self.push(i, if paired { twice } else { end }, TokenKind::Symbol)
    }

    fn symbol(&mut self, i: usize, end: usize) -> usize {
        if let Some(end) = self.emoticon(i) {
            return end;
        }
        let (byte, next, after) = (self.byte(i), self.class(end), self.after_text(i));
        if matches!(byte, b'@' | b'#') && next.is_letter() && !after {
            let mut stop = end;
            while self.class(stop).is_word() || self.byte(stop) == b'_' {
                stop += self.at(stop).1;
            }
            return self.push(i, stop, TokenKind::Word);
        }
        if byte == b'+' && next == Class::Digit && !after {
            return self.word(i, end);
        }
        let mut stop = end;
        if byte.is_ascii() {
            // Lines and rows of one sign.
            while !matches!(byte, b'/' | b'%' | b'&') && self.byte(stop) == byte {
                stop += 1;
            }
        }
        while let Some(c) = self.text.get(stop..).and_then(|rest| rest.chars().next()).filter(|c| joins(*c)) {
            stop += c.len_utf8();
        }
        self.push(i, stop, TokenKind::Symbol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_table_and_the_characters_agree(text in prop_oneof!["[ -~\\n\\t]{0,80}", "[a-zA-Z.'\" -]{0,40}", "\\PC{0,40}"]) {
            let span = Span::new(0, text.len());
            let (mut fast, mut slow) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
            scan::<true>(&text, span, &mut fast.0, &mut fast.1);
            scan::<false>(&text, span, &mut slow.0, &mut slow.1);
            prop_assert_eq!(fast, slow);
        }
    }
}
