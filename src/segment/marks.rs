//! Which way a quotation mark looks: its glyph, and what stands on either side of it.

use super::Token;
use crate::span::Span;

/// Single and double marks pair among themselves, whatever their glyphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Single,
    Double,
}

/// Which way a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Open,
    Close,
    Either,
}

/// What stands beside a run of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The paragraph's edge.
    Edge,
    Space,
    /// A dash, a bracket that looks the same way as the mark would, a slash.
    Border,
    /// Punctuation that closes.
    Stop,
    Letter,
    Digit,
    Other,
}

/// A mark of one paragraph, with what is known of it before any pairing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) token: u32,
    pub(super) family: Family,
    /// What the glyph says.
    pub(super) glyph: Way,
    /// What the neighbours say.
    pub(super) shape: Way,
    /// After feet, as in 6'2".
    pub(super) inches: bool,
    pub(super) left: Side,
    /// After an s and before another word: a closing mark or a plural possessive.
    pub(super) possessive: bool,
    /// Marks of this family further on in the paragraph that look open and close.
    pub(super) opens_after: u32,
    pub(super) closes_after: u32,
    /// A closing mark that is no possessive follows before another opens (single marks only).
    pub(super) sure_close_after: bool,
}

/// Describes the marks of the paragraph `span`; `indices` are those of their tokens.
pub(super) fn describe(text: &str, span: Span, tokens: &[Token], indices: &[u32], marks: &mut Vec<Mark>) {
    marks.clear();
    let mut at = 0;
    while at < indices.len() {
        // Marks that touch look out over each other.
        let mut last = at;
        while last + 1 < indices.len()
            && tokens[indices[last] as usize].span.end == tokens[indices[last + 1] as usize].span.start
        {
            last += 1;
        }
        let (start, end) = (tokens[indices[at] as usize].span.start, tokens[indices[last] as usize].span.end);
        let before = Span { start: span.start, end: start }.of(text);
        let after = Span { start: end, end: span.end }.of(text);
        let (left, right) = (left_of(before), right_of(after, before));
        let plural = before.ends_with(['s', 'S', 'z', 'x']) && right == Side::Space && next_is_word(after);
        let shape = shape(left, right);
        let inches = left == Side::Digit && is_measure(before);
        for &token in &indices[at..=last] {
            let (family, glyph) = glyph(tokens[token as usize].span.of(text));
            marks.push(Mark {
                token,
                family,
                glyph,
                shape,
                inches,
                left,
                possessive: plural && family == Family::Single && at == last,
                opens_after: 0,
                closes_after: 0,
                sure_close_after: false,
            });
        }
        at = last + 1;
    }
    look_ahead(marks);
}

/// Fills in what each mark needs to know of those after it.
fn look_ahead(marks: &mut [Mark]) {
    let (mut opens, mut closes, mut sure) = ([0; 2], [0; 2], false);
    for mark in marks.iter_mut().rev() {
        if mark.inches {
            continue;
        }
        let family = mark.family as usize;
        (mark.opens_after, mark.closes_after, mark.sure_close_after) = (opens[family], closes[family], sure);
        match (mark.shape, mark.glyph) {
            (Way::Open, _) | (Way::Either, Way::Open) => {
                opens[family] += 1;
                sure = if mark.family == Family::Single { false } else { sure };
            }
            (Way::Close, _) | (Way::Either, Way::Close) => {
                closes[family] += 1;
                sure |= mark.family == Family::Single && !mark.possessive;
            }
            (Way::Either, Way::Either) => {}
        }
    }
}

fn glyph(mark: &str) -> (Family, Way) {
    match mark {
        "“" | "„" | "‟" | "«" | "``" | "‘‘" => (Family::Double, Way::Open),
        "”" | "»" | "’’" => (Family::Double, Way::Close),
        "\"" | "''" | "″" => (Family::Double, Way::Either),
        "‘" | "‚" | "‛" | "`" | "‹" => (Family::Single, Way::Open),
        "’" | "›" | "ʼ" => (Family::Single, Way::Close),
        _ => (Family::Single, Way::Either),
    }
}

fn shape(left: Side, right: Side) -> Way {
    let open = matches!(left, Side::Edge | Side::Space | Side::Border);
    let close = matches!(right, Side::Edge | Side::Space | Side::Border | Side::Stop);
    match (open, close) {
        (true, false) => Way::Open,
        (false, true) => Way::Close,
        (true, true) if left == Side::Edge => Way::Open,
        (true, true) if right == Side::Edge || right == Side::Stop => Way::Close,
        _ => Way::Either,
    }
}

fn left_of(before: &str) -> Side {
    match before.chars().next_back() {
        None => Side::Edge,
        Some(c) if crate::clean::is_blank(c) => Side::Space,
        Some('(' | '[' | '{' | '–' | '—' | '―' | '-' | '/' | '=' | '>') => Side::Border,
        Some('.' | ',' | '!' | '?' | '…' | ':' | ';') => Side::Stop,
        Some(c) if c.is_alphabetic() => Side::Letter,
        Some(c) if c.is_numeric() => Side::Digit,
        Some(_) => Side::Other,
    }
}

fn right_of(after: &str, before: &str) -> Side {
    let mut chars = after.chars();
    match chars.next() {
        None => Side::Edge,
        Some(c) if crate::clean::is_blank(c) => Side::Space,
        Some(')' | ']' | '}' | '–' | '—' | '―' | '-' | '/' | '<') => Side::Border,
        // "... and then": dots that open a quotation.
        Some('…' | '.') if before.ends_with(crate::clean::is_blank) && !chars.as_str().starts_with(' ') => {
            Side::Other
        }
        Some('.' | ',' | '!' | '?' | '…' | ':' | ';') => Side::Stop,
        Some(c) if c.is_alphabetic() => Side::Letter,
        Some(c) if c.is_numeric() => Side::Digit,
        Some(_) => Side::Other,
    }
}

/// Whether `before` ends in feet and a figure.
fn is_measure(before: &str) -> bool {
    let mut chars = before.chars().rev().take(5).skip_while(char::is_ascii_digit);
    chars.next().is_some_and(|c| matches!(c, '\'' | '’' | '′'))
        && chars.next().is_some_and(|c| c.is_ascii_digit())
}

fn next_is_word(after: &str) -> bool {
    after.trim_start().starts_with(char::is_alphanumeric)
}
