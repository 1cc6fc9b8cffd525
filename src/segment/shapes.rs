//! What a token looks like to the one who decides where sentences end.

use super::classes::Class;
use super::{Join, Token, TokenKind};

/// The looks of a token, coarser than the token and finer than its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Shape {
    /// Before the first token of the paragraph, or behind its last.
    Edge,
    Lower,
    Capital,
    Capitals,
    /// One capital letter.
    Letter,
    /// An abbreviation with its dot.
    LowerDot,
    CapitalDot,
    Clitic,
    Address,
    /// A word that begins with a digit or a sign.
    Code,
    OneDigit,
    Year,
    /// With a slash or colon in it: a day or an hour.
    Date,
    Number,
    Dot,
    Question,
    Exclamation,
    Ellipsis,
    Stops,
    Comma,
    Colon,
    Semicolon,
    Dash,
    /// Three and more hyphens.
    Line,
    Hyphen,
    OpenQuote,
    CloseQuote,
    OpenBracket,
    CloseBracket,
    Square,
    CloseSquare,
    Face,
    /// Several of one sign.
    Row,
    /// A sign that stands before the items of a list.
    Bullet,
    Symbol,
}

pub(super) fn shape(text: &str, token: Token) -> Shape {
    let word = token.span.of(text);
    let first = word.as_bytes().first().copied().unwrap_or(b' ');
    match token.kind {
        TokenKind::Word if token.join == Join::Clitic => Shape::Clitic,
        TokenKind::Word => letters(word, first),
        TokenKind::Number => digits(word),
        TokenKind::Stop => match word {
            "." => Shape::Dot,
            "?" => Shape::Question,
            "!" => Shape::Exclamation,
            _ if word.bytes().all(|byte| byte == b'.') || first == "…".as_bytes()[0] => Shape::Ellipsis,
            _ => Shape::Stops,
        },
        TokenKind::Comma => Shape::Comma,
        TokenKind::Colon if first == b':' => Shape::Colon,
        TokenKind::Colon => Shape::Semicolon,
        TokenKind::Dash if word.len() > 3 => Shape::Line,
        TokenKind::Dash => Shape::Dash,
        TokenKind::Hyphen => Shape::Hyphen,
        TokenKind::OpenQuote => Shape::OpenQuote,
        TokenKind::CloseQuote => Shape::CloseQuote,
        TokenKind::OpenBracket if first == b'[' => Shape::Square,
        TokenKind::OpenBracket => Shape::OpenBracket,
        TokenKind::CloseBracket if first == b']' => Shape::CloseSquare,
        TokenKind::CloseBracket => Shape::CloseBracket,
        TokenKind::Symbol => symbol(word, first),
    }
}

/// Whether a word is the address of a page or a person.
pub(super) fn is_address(word: &[u8]) -> bool {
    word.len() > 5 && (word.iter().any(|byte| matches!(byte, b'@' | b'/')) || word.starts_with(b"www."))
}

fn letters(word: &str, first: u8) -> Shape {
    let bytes = word.as_bytes();
    let dot = bytes.len() > 1 && bytes.ends_with(b".");
    let capital = match first {
        b'A'..=b'Z' => true,
        128.. => word.starts_with(char::is_uppercase),
        _ => false,
    };
    if is_address(bytes) {
        return Shape::Address;
    }
    match (capital, dot) {
        (true, true) => Shape::CapitalDot,
        (true, false) if bytes.len() == 1 => Shape::Letter,
        (true, false) if bytes.iter().all(|byte| !byte.is_ascii_lowercase()) => Shape::Capitals,
        (true, false) => Shape::Capital,
        (false, _) if first < 128 && !first.is_ascii_alphabetic() => Shape::Code,
        (false, true) => Shape::LowerDot,
        (false, false) => Shape::Lower,
    }
}

fn digits(word: &str) -> Shape {
    match word.len() {
        1..=2 => Shape::OneDigit,
        4 if word.bytes().all(|byte| byte.is_ascii_digit()) => Shape::Year,
        _ if word.contains(['/', ':']) => Shape::Date,
        _ => Shape::Number,
    }
}

fn symbol(word: &str, first: u8) -> Shape {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some('*' | '•' | '·' | '▪' | '■' | '●' | '►' | '>' | '-'), None) => Shape::Bullet,
        (Some(a), Some(b)) if a == b => Shape::Row,
        (Some(_), Some(_)) if first.is_ascii_punctuation() => Shape::Face,
        _ => Shape::Symbol,
    }
}

/// Whether a word has a letter of either case at its start: the cheap half of [`shape`].
pub(super) fn is_lower(text: &str, token: Token) -> bool {
    let first = text.as_bytes().get(token.span.start as usize).copied().unwrap_or(b' ');
    token.kind == TokenKind::Word
        && (first.is_ascii_lowercase()
            || first >= 128
                && token.span.of(text).chars().next().is_some_and(|c| Class::of(c) != Class::Upper))
}
