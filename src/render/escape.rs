//! What may reach a screen: hostile characters made visible or harmless.

use crate::span::Span;
use std::fmt::Write;

/// Characters that a browser or terminal acts on instead of showing: controls, and the marks that turn
/// the direction of writing.
pub(super) fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' => true,
        _ => c.is_control(),
    }
}

/// Appends a span of `text` for use between tags. A hidden character becomes an empty element that shows its
/// code point, so that nobody misses it and nothing acts on it; line ends become `\n`, even where the span
/// cuts one in two.
pub(super) fn push_text(out: &mut String, text: &str, span: Span) {
    let after = text.get(span.end as usize..).and_then(|rest| rest.chars().next());
    let mut chars = span.of(text).chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek().copied().or(after) == Some('\n') => {}
            '\r' => out.push('\n'),
            '\u{feff}' => {}
            c if is_hidden(c) => {
                let _ = write!(out, "<i class=\"sayso-x\" data-c=\"U+{:04X}\"></i>", c as u32);
            }
            c => push_char(out, c),
        }
    }
}

/// Appends `text` for use in an attribute value or a table cell: hidden characters dropped.
pub(super) fn push_plain(out: &mut String, text: &str) {
    text.chars().filter(|&c| !is_hidden(c)).for_each(|c| push_char(out, c));
}

/// [`push_plain`] as a string of its own.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_plain(&mut out, text);
    out
}

fn push_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

/// `text` on one line, hidden characters dropped, white space run together, and cut between words after
/// about `limit` code points. Not escaped. Reads only the beginning of the text, in proportion to `limit`.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let (mut length, mut space) = (0, false);
    for (seen, c) in text.chars().enumerate() {
        if seen > 64 + 8 * limit {
            out.push('…');
            break;
        }
        if c.is_whitespace() {
            space = length > 0;
            continue;
        }
        if is_hidden(c) {
            continue;
        }
        if length + usize::from(space) >= limit {
            if !space && let Some(cut) = out.rfind(' ').filter(|&cut| cut >= out.len() / 3) {
                out.truncate(cut);
            }
            out.push('…');
            break;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
            length += 1;
        }
        out.push(c);
        length += 1;
    }
    out
}

/// Takes terminal escape sequences out of a text that comes in pieces.
///
/// A sequence may begin in one piece and end in the next. None outlives its line, so that an unclosed one
/// cannot swallow an article.
#[derive(Default)]
pub(super) struct Sequences {
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    Text,
    /// After ESC.
    Escape,
    /// Inside a control sequence (`ESC [ 3 1 m`): up to its letter.
    Control,
    /// Inside a string (`ESC ] title BEL`): up to BEL or ESC \.
    String,
}

impl Sequences {
    /// The next character, if it is to be shown.
    pub(super) fn next(&mut self, c: char) -> Option<char> {
        let (state, shown) = match (self.state, c) {
            (_, '\n') => (State::Text, Some('\n')),
            (_, '\u{1b}') => (State::Escape, None),
            (_, '\u{9b}') | (State::Escape, '[') => (State::Control, None),
            (State::Escape, ']' | 'P' | 'X' | '^' | '_') => (State::String, None),
            (State::Escape, ' '..='/') => (State::Escape, None),
            (State::Escape, '0'..='~') => (State::Text, None),
            (State::Control, ' '..='?') => (State::Control, None),
            (State::Control, '@'..='~') => (State::Text, None),
            (State::String, '\u{7}' | '\u{9c}') => (State::Text, None),
            (State::String, _) => (State::String, None),
            (_, c) if c.is_control() && c.is_whitespace() => (State::Text, Some(' ')),
            (_, c) if is_hidden(c) => (State::Text, None),
            (_, c) => (State::Text, Some(c)),
        };
        self.state = state;
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortened_texts_end_between_words() {
        for (text, limit, expected) in [
            ("", 5, ""),
            ("  two\n words ", 20, "two words"),
            ("two words", 9, "two words"),
            ("two words", 8, "two…"),
            ("two words", 4, "two…"),
            ("indivisible", 4, "indi…"),
            ("a \u{202e}b", 9, "a b"),
            (&format!("a{}b", " ".repeat(1000)), 9, "a…"),
        ] {
            assert_eq!(shorten(text, limit), expected, "{text:?} at {limit}");
        }
    }

    #[test]
    fn escape_sequences_go_and_text_stays() {
        for (text, expected) in [
            ("plain", "plain"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}text", "text"),
            ("\u{1b}]8;;http://x\u{1b}\\link", "link"),
            ("\u{1b}]never closed\nnext", "\nnext"),
            ("\u{9b}2Jclear", "clear"),
            ("\u{1b}(Btext", "text"),
            ("bell\u{7} back\u{8} \u{202e}turn", "bell back turn"),
            ("\u{1b}[31é", "é"),
            ("one\r\ntwo\rthree\u{c}four", "one \ntwo three four"),
        ] {
            let mut sequences = Sequences::default();
            let shown: String = text.chars().filter_map(|c| sequences.next(c)).collect();
            assert_eq!(shown, expected, "{text:?}");
        }
    }
}
