//! Words, numbers and marks, cut as the English treebanks cut them.
//!
//! Clitics stand alone ("did" "n't", "Norvia" "'s"), hyphenated words, abbreviations with their dot, addresses and
//! handles stay whole. What a quotation mark is gets decided later, over the whole paragraph: here it is a
//! [`TokenKind::Symbol`] whose index goes into the list of marks.

use super::abbreviations::{self, Kind};
use super::classes::{Class, TABLE, joins};
use super::{Token, TokenKind};
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

struct Scan<'t, 'o, const FAST: bool> {
    /// The whole text up to the end of the span, so that positions need no translation.
    text: &'t str,
    bytes: &'t [u8],
    start: usize,
    /// Index of the span's first token.
    first: usize,
    tokens: &'o mut Vec<Token>,
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
                Class::Dot if self.class(i + 1) == Class::Digit && !self.after_text(i) => {
                    self.word(i, i + 1) // ".5"
                }
                Class::Dot | Class::Stop => {
                    let end = self.run_of(i + len, |class| matches!(class, Class::Dot | Class::Stop));
                    self.push(i, end, TokenKind::Stop)
                }
                Class::Comma => self.push(i, i + len, TokenKind::Comma),
                Class::Colon => self.push(i, i + len, TokenKind::Colon),
                Class::Hyphen => self.hyphen(i, i + len),
                Class::Dash => {
                    let end = self.run_of(i + len, |class| class == Class::Dash);
                    self.push(i, end, TokenKind::Dash)
                }
                Class::Apostrophe => self.apostrophe(i, i + len),
                Class::Mark => self.mark(i, i + len),
                Class::Open => self.push(i, i + len, TokenKind::OpenBracket),
                Class::Close => self.push(i, i + len, TokenKind::CloseBracket),
                Class::Symbol => self.symbol(i, i + len),
            };
        }
    }

    fn at(&self, i: usize) -> (Class, usize) {
        match self.bytes.get(i) {
            None => (Class::End, 0),
            Some(&byte) if FAST && byte < 128 => (TABLE[byte as usize], 1),
            Some(_) => match self.text.get(i..).and_then(|rest| rest.chars().next()) {
                Some(c) => (Class::of(c), c.len_utf8()),
                None => (Class::End, 0),
            },
        }
    }

    fn class(&self, i: usize) -> Class {
        self.at(i).0
    }

    fn byte(&self, i: usize) -> u8 {
        self.bytes.get(i).copied().unwrap_or(b' ')
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Whether something other than space stands right before `i`.
    fn after_text(&self, i: usize) -> bool {
        self.tokens.len() > self.first && self.tokens.last().is_some_and(|t| t.span.end as usize == i)
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) -> usize {
        self.tokens.push(Token { span: Span::new(start, end), kind });
        end
    }

    fn run_of(&self, mut i: usize, member: impl Fn(Class) -> bool) -> usize {
        loop {
            let (class, len) = self.at(i);
            if !member(class) {
                return i;
            }
            i += len;
        }
    }

    /// A word or number from `start`, with its clitic if it has one. `from` is on its first word character.
    fn word(&mut self, start: usize, from: usize) -> usize {
        let mut i = from;
        let mut part = from; // after the last dot
        let mut kind = TokenKind::Number;
        loop {
            // The hot loop: letters and digits.
            loop {
                let (class, len) = self.at(i);
                if !class.is_word() {
                    break;
                }
                if class != Class::Digit {
                    kind = TokenKind::Word;
                }
                i += len;
            }
            let (class, len) = self.at(i);
            let next = self.class(i + len);
            match class {
                Class::Space | Class::End => break,
                Class::Hyphen if next.is_word() => i += len,
                Class::Apostrophe if next.is_letter() => match self.clitic(i, i + len) {
                    Some(end) => return self.push_with_clitic(start, i, end, kind),
                    None => i += len,
                },
                Class::Dot => match self.dot(start, part, i, kind) {
                    Dot::Inside => {
                        part = i + 1;
                        i = part;
                    }
                    Dot::Last => {
                        kind = TokenKind::Word;
                        i += 1;
                        part = i;
                        let (class, len) = self.at(i);
                        if class == Class::Hyphen && self.class(i + len).is_word() {
                            i += len; // "U.S.-led"
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
        // "U.S.'s"
        let (class, len) = self.at(i);
        if class == Class::Apostrophe && self.byte(i - 1) == b'.' {
            if let Some(end) = self.clitic(i, i + len) {
                return self.push_with_clitic(start, i, end, kind);
            }
        }
        self.push(start, i, kind)
    }

    /// What the dot at `i` is to the word from `start`, whose part after the last dot begins at `part`.
    fn dot(&self, start: usize, part: usize, i: usize, kind: TokenKind) -> Dot {
        let next = self.class(i + 1);
        let word = self.slice(start, i);
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
            if abbreviations::kind(self.slice(start, end)).is_some_and(|_| start == part) {
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
    fn clitic(&self, mark: usize, letters: usize) -> Option<usize> {
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

    fn hyphen(&mut self, i: usize, end: usize) -> usize {
        let stop = self.run_of(end, |class| class == Class::Hyphen);
        let suffix = stop == end && !self.after_text(i) && self.class(end).is_word();
        self.push(i, stop, if suffix { TokenKind::Symbol } else { TokenKind::Dash })
    }

    fn apostrophe(&mut self, i: usize, end: usize) -> usize {
        if self.after_text(i) {
            // After a bracket or a mark: "(the union)'s".
            if self.class(end).is_letter() {
                if let Some(stop) =
                    self.clitic(i, end).filter(|&stop| stop - end == 1 && self.byte(end) | 32 == b's')
                {
                    return self.push(i, stop, TokenKind::Word);
                }
            }
        } else if let Some(stop) = self.elision(end) {
            return self.push(i, stop, TokenKind::Word);
        }
        self.mark(i, end)
    }

    /// Words that begin with an apostrophe: "'tis", "'90s", "'n'".
    fn elision(&self, letters: usize) -> Option<usize> {
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

    /// A quotation mark, or two single ones that stand for a double one.
    fn mark(&mut self, i: usize, end: usize) -> usize {
        let twice = end + (end - i);
        let paired = matches!(self.slice(i, end), "'" | "`" | "‘" | "’")
            && self.slice(i, end) == self.slice(end, twice);
        self.marks.push(self.tokens.len() as u32);
        self.push(i, if paired { twice } else { end }, TokenKind::Symbol)
    }

    fn symbol(&mut self, i: usize, end: usize) -> usize {
        let handle = matches!(self.byte(i), b'@' | b'#') && self.class(end).is_word() && !self.after_text(i);
        if handle {
            let mut stop = end;
            while self.class(stop).is_word() || self.byte(stop) == b'_' {
                stop += self.at(stop).1;
            }
            return self.push(i, stop, TokenKind::Word);
        }
        let mut stop = end;
        while let Some(c) = self.text.get(stop..).and_then(|rest| rest.chars().next()).filter(|c| joins(*c)) {
            stop += c.len_utf8();
        }
        self.push(i, stop, TokenKind::Symbol)
    }
}

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
