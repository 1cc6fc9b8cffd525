//! Words: which dots, apostrophes and hyphens belong to them, and where a clitic is cut off.

use super::abbreviations::{self, Kind};
use super::addresses::is_domain;
use super::classes::{Class, TABLE};
use super::tokens::Scan;
use super::{Join, Token, TokenKind, fused};

/// What a dot is to the word before it.
enum Dot {
    /// The word goes on: "3.5", "U.S".
    Inside,
    /// The word ends with it: "Mr.".
    Last,
    /// An address: "norvia.example".
    Address,
    /// A full stop.
    Outside,
}

/// Groups of two digits that are read in search of the last one, which has three.
const GROUPS: usize = 6;

fn is_single(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

impl<const FAST: bool> Scan<'_, '_, FAST> {
    /// A word or number from `start`, with its clitic if it has one. `from` is on its first word character.
    pub(super) fn word(&mut self, mut start: usize, from: usize) -> usize {
        let mut i = from;
        let mut base = from; // after the last hyphen
        let mut part = from; // after the last dot or hyphen
        let mut kind = TokenKind::Number;
        let mut join = Join::Apart;
        loop {
            let letters;
            (i, letters) = self.letters(i);
            if letters {
                kind = TokenKind::Word;
            }
            let (class, len) = self.at(i);
            if matches!(class, Class::Space | Class::End) {
                break;
            }
            let next = self.class(i + len);
            match class {
                Class::Hyphen if next.is_word() => {
                    if !self.keeps_hyphen(start, i, i + len) {
                        self.piece(start, i, kind, join);
                        join = Join::Hyphen;
                        start = self.push_joined(i, i + len, TokenKind::Hyphen, join);
                        kind = TokenKind::Number;
                    }
                    i += len;
                    (base, part) = (i, i);
                }
                Class::Apostrophe | Class::Mark if next.is_letter() && self.is_apostrophe(i) => {
                    match self.clitic(i, i + len) {
                        Some(end) => return self.push_with_clitic(start, i, end, kind, join),
                        None => i += len,
                    }
                }
                Class::Dot => match self.dot(base, part, i, kind) {
                    Dot::Inside => {
                        part = i + 1;
                        i = part;
                    }
                    Dot::Last => {
                        kind = TokenKind::Word;
                        i += 1;
                        let (class, len) = self.at(i);
                        if class != Class::Hyphen || !self.class(i + len).is_word() {
                            break;
                        }
                        // "U.S.-led"
                        self.piece(start, i, kind, join);
                        join = Join::Hyphen;
                        start = self.push_joined(i, i + len, TokenKind::Hyphen, join);
                        kind = TokenKind::Number;
                        i = start;
                        (base, part) = (i, i);
                    }
                    Dot::Address => return self.address(start, i, join),
                    Dot::Outside => break,
                },
                Class::Comma if kind == TokenKind::Number && self.is_thousands(i + len) => i += len,
                Class::Colon if self.byte(i) == b':' && kind == TokenKind::Number && next == Class::Digit => {
                    i += len
                }
                Class::Colon if self.slice(i, i + 3) == "://" || self.slice(start, i) == "mailto" => {
                    return self.address(start, i, join);
                }
                Class::Symbol => match self.byte(i) {
                    b'/' if kind == TokenKind::Number && next == Class::Digit => i += len,
                    b'&' if self.class(i - 1) == Class::Upper && next == Class::Upper => i += len,
                    b'_' if next.is_word() || self.byte(i + 1) == b'_' => i += len,
                    b'@' if next.is_word() => return self.address(start, i, join),
                    // "US$5"
                    b'$' if next == Class::Digit && i - start < 3 && self.is_capitals(start, i) => {
                        return self.push_joined(start, i + len, TokenKind::Symbol, join);
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        if self.byte(i - 1) == b'.' {
            // "U.S.'s"
            let (class, len) = self.at(i);
            if let Some(end) = self.clitic(i, i + len).filter(|_| class == Class::Apostrophe) {
                return self.push_with_clitic(start, i, end, kind, join);
            }
        }
        self.piece(start, i, kind, join)
    }

    /// Adds the word or number between `start` and `end`, in two where it is two words written as one.
    fn piece(&mut self, start: usize, end: usize, kind: TokenKind, join: Join) -> usize {
        if kind == TokenKind::Word {
            let word = &self.bytes[start..end];
            if word[0].is_ascii_digit() {
                if let Some(cut) = fused::unit(self.slice(start, end)) {
                    self.push_joined(start, start + cut, TokenKind::Number, join);
                    return self.push(start + cut, end, kind);
                }
            } else if let Some(cut) = fused::contraction(word) {
                self.push_joined(start, start + cut, kind, join);
                return self.push_joined(start + cut, end, kind, Join::Clitic);
            }
        }
        self.push_joined(start, end, kind, join)
    }

    /// Whether the mark between two letters is an apostrophe; a grave accent is one before a clitic.
    fn is_apostrophe(&self, i: usize) -> bool {
        let (class, len) = self.at(i);
        class == Class::Apostrophe || (self.byte(i) == b'`' && self.clitic(i, i + len).is_some())
    }

    fn is_capitals(&self, start: usize, end: usize) -> bool {
        self.slice(start, end).bytes().all(|byte| byte.is_ascii_uppercase())
    }

    /// The end of the letters and digits from `i`, and whether there is a letter among them: the hot loop.
    fn letters(&self, mut i: usize) -> (usize, bool) {
        let mut letters = false;
        loop {
            if FAST {
                while let Some(&byte) = self.bytes.get(i) {
                    let class = TABLE[byte as usize];
                    if class > Class::Digit {
                        break;
                    }
                    letters |= class != Class::Digit;
                    i += 1;
                }
                if self.bytes.get(i).is_none_or(|byte| *byte < 128) {
                    return (i, letters);
                }
            }
            let (class, len) = self.at(i);
            if !class.is_word() {
                return (i, letters);
            }
            letters |= class != Class::Digit;
            i += len;
        }
    }

    /// Whether the digits at `i`, behind a comma, go on with a number ("1,200", "12,00,000"): not "[13,14]".
    fn is_thousands(&self, mut i: usize) -> bool {
        for _ in 0..GROUPS {
            let end = self.run_of(i, |class| class == Class::Digit);
            match end - i {
                3 => return true,
                2 if self.byte(end) == b',' => i = end + 1,
                _ => return false,
            }
        }
        false
    }

    /// What the dot at `i` is to the word from `base`, which is one after a hyphen; `part` is the start of its last part.
    fn dot(&self, base: usize, part: usize, i: usize, kind: TokenKind) -> Dot {
        let next = self.class(i + 1);
        let word = self.slice(base, i);
        if next.is_word() {
            let end = self.run_of(i + 1, Class::is_word);
            if self.class(i - 1) == Class::Digit && next == Class::Digit {
                return Dot::Inside;
            }
            if word.eq_ignore_ascii_case("www")
                || is_domain(self.slice(i + 1, end))
                || self.is_mail(i + 1)
                || self.is_newsgroup(part, i, end)
            {
                return Dot::Address;
            }
            if is_single(self.slice(part, i)) && is_single(self.slice(i + 1, end)) {
                return Dot::Inside;
            }
            if base == part && abbreviations::kind(self.slice(base, end)).is_some() {
                return Dot::Inside;
            }
        } else if next == Class::Dot
            && (self.class(i + 2) == Class::Dot || abbreviations::kind(word).is_none())
        {
            return Dot::Outside;
        }
        let last = match abbreviations::kind(word) {
            None => false,
            Some(Kind::Number) => next == Class::Space && self.class(i + 2) == Class::Digit,
            Some(Kind::Last) => !self.ends_after(i + 1),
            Some(Kind::Unit) => kind == TokenKind::Word && self.last_kind() == Some(TokenKind::Number),
            // "Plan B." at the end of a paragraph is no initial.
            Some(_) if is_single(word) && next == Class::End => false,
            // "so do I." is no initial, "Arno I. Vell" is.
            Some(_) if word == "I" => self.after_name(),
            Some(_) => true,
        };
        if last { Dot::Last } else { Dot::Outside }
    }

    /// Whether the paragraph ends at `i`, or a capital begins a new sentence there.
    fn ends_after(&self, i: usize) -> bool {
        let next = self.run_of(i, |class| class == Class::Space);
        matches!(self.class(next), Class::End | Class::Upper)
    }

    fn last_kind(&self) -> Option<TokenKind> {
        self.tokens.get(self.first..)?.last().map(|t| t.kind)
    }

    fn after_name(&self) -> bool {
        self.tokens
            .get(self.first..)
            .and_then(<[Token]>::last)
            .is_some_and(|t| t.kind == TokenKind::Word && self.class(t.span.start as usize) == Class::Upper)
    }

    /// The end of a clitic whose apostrophe stands at `mark` and whose letters begin at `letters`.
    pub(super) fn clitic(&self, mark: usize, letters: usize) -> Option<usize> {
        let end = self.run_of(letters, Class::is_word);
        if end - letters > 2 {
            return None;
        }
        let found = match self.slice(letters, end) {
            "s" | "S" | "d" | "D" | "m" | "M" | "re" | "RE" | "ve" | "VE" | "ll" | "LL" => true,
            "t" => self.byte(mark - 1) == b'n',
            "T" => self.byte(mark - 1) == b'N',
            _ => false,
        };
        found.then_some(end)
    }

    pub(super) fn push_with_clitic(
        &mut self,
        start: usize,
        mark: usize,
        end: usize,
        kind: TokenKind,
        join: Join,
    ) -> usize {
        // The n of "n't" belongs to the clitic.
        let cut = if matches!(self.byte(end - 1), b't' | b'T') && mark - start > 1 { mark - 1 } else { mark };
        self.push_joined(start, cut, kind, join);
        self.push_joined(cut, end, TokenKind::Word, Join::Clitic)
    }

    /// Words that begin with an apostrophe: "'tis", "'90s", "'n'".
    pub(super) fn elision(&self, letters: usize) -> Option<usize> {
        let end = self.run_of(letters, Class::is_word);
        let word = self.slice(letters, end);
        if word.len() > 5 {
            return None;
        }
        if word.eq_ignore_ascii_case("n") {
            let (class, len) = self.at(end);
            return (class == Class::Apostrophe).then_some(end + len);
        }
        let bytes = word.as_bytes();
        let year = |a: &u8, b: &u8| a.is_ascii_digit() && b.is_ascii_digit();
        let decade = match bytes {
            [a, b, b's'] | [a @ b'0', b] => year(a, b),
            [a, b] => year(a, b) && self.dates(),
            _ => false,
        };
        let elided = ["tis", "twas", "twere", "em", "til"].iter().any(|e| word.eq_ignore_ascii_case(e));
        (decade || elided).then_some(end)
    }

    /// Whether a word stands before after which a year is named: "in '72", not "said '72".
    fn dates(&self) -> bool {
        const WORDS: [&str; 11] =
            ["in", "of", "since", "from", "or", "and", "to", "the", "by", "early", "late"];
        let before = self.tokens.get(self.first..).and_then(<[Token]>::last);
        before.is_some_and(|t| WORDS.iter().any(|word| word.eq_ignore_ascii_case(t.span.of(self.text))))
    }
}
