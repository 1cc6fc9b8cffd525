//! Lines: what blocks are made of before they have a kind.

use super::is_blank;
use crate::span::Span;

/// A paragraph of the text, most often one line of it, with what its looks tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// Number of words, counted up to [`Line::MANY`].
    pub(super) words: usize,
    /// Whether it ends as a sentence does.
    pub(super) terminal: bool,
}

impl<'t> Line<'t> {
    /// No rule asks for more words than this.
    pub(super) const MANY: usize = 64;

    fn new(text: &'t str, start: usize, end: usize) -> Option<Self> {
        let line = text.get(start..end)?;
        let rest = line.trim_start_matches(is_blank);
        let start = start + line.len() - rest.len();
        let line = rest.trim_end_matches(is_blank);
        let words = words(line);
        let bare = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
        let terminal = bare.ends_with(['.', '!', '?', '…']);
        (!line.is_empty()).then(|| Self {
            text: line,
            span: Span::new(start, start + line.len()),
            words,
            terminal,
        })
    }
}

/// Words between ASCII white space, counted up to [`Line::MANY`].
fn words(line: &str) -> usize {
    let mut words = 0;
    let mut inside = false;
    for byte in line.bytes() {
        let blank = byte.is_ascii_whitespace();
        words += usize::from(!blank && !inside);
        inside = !blank;
        if words == Line::MANY {
            break;
        }
    }
    words
}

/// The paragraphs of `text`: its lines, or what blank lines part where the lines are wrapped.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let lines: Vec<Line<'_>> =
        Breaks { text, at: 0 }.filter_map(|(start, end)| Line::new(text, start, end)).collect();
    if !is_wrapped(text, &lines) {
        return lines;
    }
    let mut joined = Vec::new();
    let mut start = 0;
    for (i, line) in lines.iter().enumerate() {
        if lines.get(i + 1).is_none_or(|next| !touch(text, line, next)) {
            joined.extend(Line::new(text, lines[start].span.start as usize, line.span.end as usize));
            start = i + 1;
        }
    }
    joined
}

/// Whether no blank line stands between two lines that follow each other.
fn touch(text: &str, line: &Line<'_>, next: &Line<'_>) -> bool {
    let between = Span { start: line.span.end, end: next.span.start }.of(text).as_bytes();
    let breaks = between.iter().filter(|&&b| b == b'\n').count();
    breaks == 1 || (breaks == 0 && between.iter().filter(|&&b| b == b'\r').count() == 1)
}

/// Whether line ends were put in to fill a column: most of them stand inside a sentence.
fn is_wrapped(text: &str, lines: &[Line<'_>]) -> bool {
    let (mut single, mut inside) = (0, 0);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if touch(text, line, next) {
            single += 1;
            inside += usize::from(!line.terminal && next.text.starts_with(|c: char| c.is_lowercase()));
        }
    }
    inside >= 3 && inside * 3 > single
}

/// The lines between any of the line ends.
struct Breaks<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Breaks<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
        let end = start + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        self.at = end + 1;
        Some((start, end))
    }
}
