//! Words: which dots, apostrophes and hyphens belong to them, and where a clitic is cut off.

use super::abbreviations::{self, Kind};
use super::classes::{Class, TABLE};
use super::tokens::Scan;
use super::{Token, TokenKind};

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

fn is_single(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Domains that news copy prints. Anything else with a dot inside is a missing space.
fn is_domain(part: &str) -> bool {
    const DOMAINS: [&str; 24] = [
        "com", "org", "net", "gov", "edu", "mil", "info", "example", "co", "uk", "eu", "ru", "ua", "de",
        "fr", "cn", "tv", "io", "fm", "news", "int", "au", "ca", "pl",
    ];
    DOMAINS.contains(&part)
}

impl<const FAST: bool> Scan<'_, '_, FAST> {
    /// A word or number from `start`, with its clitic if it has one. `from` is on its first word character.
    pub(super) fn word(&mut self, start: usize, from: usize) -> usize {
        let mut i = from;
        let mut base = from; // after the last hyphen
        let mut part = from; // after the last dot or hyphen
        let mut kind = TokenKind::Number;
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
                    i += len;
                    (base, part) = (i, i);
                }
                Class::Apostrophe if next.is_letter() => match self.clitic(i, i + len) {
                    Some(end) => return self.push_with_clitic(start, i, end, kind),
                    None => i += len,
                },
                Class::Dot => match self.dot(base, part, i, kind) {
                    Dot::Inside => {
                        part = i + 1;
                        i = part;
                    }
                    Dot::Last => {
                        kind = TokenKind::Word;
                        i += 1;
                        let (class, len) = self.at(i);
                        if class == Class::Hyphen && self.class(i + len).is_word() {
                            i += len; // "U.S.-led"
                            (base, part) = (i, i);
                        } else {
                            break;
                        }
                    }
                    Dot::Address => return self.address(start, i),
                    Dot::Outside => break,
                },
                Class::Comma if kind == TokenKind::Number && next == Class::Digit => i += len,
                Class::Colon if self.byte(i) == b':' && kind == TokenKind::Number && next == Class::Digit => {
                    i += len
                }
                Class::Colon if self.slice(i, i + 3) == "://" => return self.address(start, i),
                Class::Symbol => match self.byte(i) {
                    b'/' if kind == TokenKind::Number && next == Class::Digit => i += len,
                    b'&' if self.class(i - 1) == Class::Upper && next == Class::Upper => i += len,
                    b'_' if next.is_word() || self.byte(i + 1) == b'_' => i += len,
                    b'@' if next.is_word() => return self.address(start, i),
                    _ => break,
                },
                _ => break,
            }
        }
        if self.byte(i - 1) == b'.' {
            // "U.S.'s"
            let (class, len) = self.at(i);
            if let Some(end) = self.clitic(i, i + len).filter(|_| class == Class::Apostrophe) {
                return self.push_with_clitic(start, i, end, kind);
            }
        }
        self.push(start, i, kind)
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

    /// What the dot at `i` is to the word from `base`, which is one after a hyphen; `part` is the start of its last part.
    fn dot(&self, base: usize, part: usize, i: usize, kind: TokenKind) -> Dot {
        let next = self.class(i + 1);
        let word = self.slice(base, i);
        if next.is_word() {
            let end = self.run_of(i + 1, Class::is_word);
            if self.class(i - 1) == Class::Digit && next == Class::Digit {
                return Dot::Inside;
            }
            if word.eq_ignore_ascii_case("www") || is_domain(self.slice(i + 1, end)) {
                return Dot::Address;
            }
            if is_single(self.slice(part, i)) && is_single(self.slice(i + 1, end)) {
                return Dot::Inside;
            }
            if base == part && abbreviations::kind(self.slice(base, end)).is_some() {
                return Dot::Inside;
            }
        } else if next == Class::Dot {
            return Dot::Outside;
        }
        let last = match abbreviations::kind(word) {
            None => false,
            Some(Kind::Number) => next == Class::Space && self.class(i + 2) == Class::Digit,
            Some(Kind::Unit) => kind == TokenKind::Word && self.last_kind() == Some(TokenKind::Number),
            // "so do I." is no initial, "Arno I. Vell" is.
            Some(_) if word == "I" => self.after_name(),
            Some(_) => true,
        };
        if last { Dot::Last } else { Dot::Outside }
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

    fn push_with_clitic(&mut self, start: usize, mark: usize, end: usize, kind: TokenKind) -> usize {
        // The n of "n't" belongs to the clitic.
        let cut = if matches!(self.byte(end - 1), b't' | b'T') && mark - start > 1 { mark - 1 } else { mark };
        self.push(start, cut, kind);
        self.push(cut, end, TokenKind::Word)
    }

    /// An address, e-mail or path from `start`: everything up to space, bracket or mark, less the punctuation at its end.
    fn address(&mut self, start: usize, from: usize) -> usize {
        let stop = self.run_of(from, |class| {
            !matches!(
                class,
                Class::Space | Class::End | Class::Mark | Class::Open | Class::Close | Class::Dash
            )
        });
        let mut end = stop;
        while end > from
            && matches!(self.byte(end - 1), b'.' | b',' | b':' | b';' | b'!' | b'?' | b'\'' | b'*')
        {
            end -= 1;
        }
        // "norvia.example's"
        if end - start > 2 && matches!(self.byte(end - 1), b's') && self.byte(end - 2) == b'\'' {
            return self.push_with_clitic(start, end - 2, end, TokenKind::Word);
        }
        self.push(start, end, TokenKind::Word)
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
        let decade =
            matches!(bytes, [a, b, b's'] | [a @ b'0', b] if a.is_ascii_digit() && b.is_ascii_digit());
        let elided = ["tis", "twas", "twere", "em", "til"].iter().any(|e| word.eq_ignore_ascii_case(e));
        (decade || elided).then_some(end)
    }
}
