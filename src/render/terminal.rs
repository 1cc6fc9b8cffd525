//! A document as text for a terminal.

use super::escape::{Sequences, is_hidden};
use super::label::{self, Row};
use super::marks::{Cover, Role, Step, blocks, steps};
use crate::document::Document;

/// The analysed text, wrapped, with its attributions marked, and a list of them under it.
///
/// In colour, sources are blue, cues yellow, contents green and an inner content underlined; without, they
/// are `[source]`, `{cue}` and `<content>`. The number of the attribution follows each. `width` counts
/// code points; below 20 it is taken as 20. Escape sequences and control characters of the text are dropped.
pub fn terminal(doc: &Document, color: bool, width: usize) -> String {
    let mut page = Lines::new(width.max(20), color);
    let left_out = blocks(doc).filter(|block| !block.kind.is_copy());
    let left_out: Vec<(u32, u32)> = left_out.map(|block| (block.span.start, block.span.end)).collect();
    let cuts: Vec<u32> = left_out.iter().flat_map(|&(start, end)| [start, end]).collect();
    let mut left_out = left_out.into_iter().peekable();
    let mut sequences = Sequences::default();
    for step in steps(doc, true, false, &cuts) {
        match step {
            Step::Open(role, _) if !color => page.push_str(brackets(role).0, Style::Plain),
            Step::Open(..) => {}
            Step::Close(role, i) => {
                if !color {
                    page.push_str(brackets(role).1, Style::Plain);
                }
                page.push_str(&superscript(i + 1), Style::Dim);
            }
            Step::Text(span, cover) => {
                while left_out.next_if(|&(_, end)| end <= span.start).is_some() {}
                let dim = left_out.peek().is_some_and(|&(start, _)| start <= span.start);
                let style = if dim { Style::Dim } else { Style::of(&cover) };
                doc.slice(span).chars().filter_map(|c| sequences.next(c)).for_each(|c| page.push(c, style));
            }
        }
    }
    page.end_paragraph();
    for i in 0..doc.attributions.len() as u32 {
        if let Some(row) = label::row(doc, i, 200) {
            describe(&mut page, i + 1, &row);
        }
    }
    page.out
}

fn brackets(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Source => ("[", "]"),
        Role::Cue => ("{", "}"),
        Role::Content => ("<", ">"),
        Role::Mention => ("", ""),
    }
}

fn superscript(n: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    n.to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect()
}

fn describe(page: &mut Lines, n: u32, row: &Row) {
    let Row { source, entity, kind, cue, content, act, factuality, about, parent, .. } = row;
    let number = format!("{n:>3}  ");
    page.line.extend(number.chars().map(|c| (c, Style::Dim)));
    page.indent = number.len();
    page.push_str(if source.is_empty() { "nobody named" } else { source }, Style::Source);
    if !entity.is_empty() && entity != source {
        page.push_str(&format!(" → {entity}"), Style::Plain);
    }
    page.push_str(&format!(" · {kind} · "), Style::Dim);
    page.push_str(if cue.is_empty() { "no cue" } else { cue }, Style::Cue);
    for (before, words) in [(" · ", act), (" ", factuality), (" · about ", about)] {
        if !words.is_empty() {
            page.push_str(before, Style::Dim);
            page.push_str(words, Style::Plain);
        }
    }
    if let Some(parent) = parent {
        page.push_str(&format!(" · inside {parent}"), Style::Dim);
    }
    page.push('\n', Style::Plain);
    if !content.is_empty() {
        page.push_str(content, Style::Content);
        page.push('\n', Style::Plain);
    }
    page.indent = 0;
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Dim,
    Source,
    Cue,
    Content,
    Inner,
}

impl Style {
    fn of(cover: &Cover) -> Self {
        match cover {
            Cover { source: Some(_), .. } => Self::Source,
            Cover { cue: Some(_), .. } => Self::Cue,
            Cover { depth: 0, .. } => Self::Plain,
            Cover { depth: 1, .. } => Self::Content,
            _ => Self::Inner,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Dim => "\u{1b}[2m",
            Self::Source => "\u{1b}[1;34m",
            Self::Cue => "\u{1b}[33m",
            Self::Content => "\u{1b}[32m",
            Self::Inner => "\u{1b}[4;32m",
        }
    }
}

/// Wraps styled characters into lines. Styles end with their line, as pagers expect.
struct Lines {
    out: String,
    /// The line so far, without white space at its end.
    line: Vec<(char, Style)>,
    /// The word so far.
    word: Vec<(char, Style)>,
    /// White space between the two.
    space: Option<Style>,
    width: usize,
    /// Blanks at the beginning of a line.
    indent: usize,
    color: bool,
    blank: bool,
}

impl Lines {
    fn new(width: usize, color: bool) -> Self {
        let (line, word) = (Vec::new(), Vec::new());
        Self { out: String::new(), line, word, space: None, width, indent: 0, color, blank: true }
    }

    fn push_str(&mut self, text: &str, style: Style) {
        text.chars().for_each(|c| self.push(c, style));
    }

    fn push(&mut self, c: char, style: Style) {
        match c {
            '\n' => {
                self.end_word();
                self.end_line();
            }
            c if c.is_whitespace() => {
                self.end_word();
                self.space = Some(style);
            }
            c if is_hidden(c) => {}
            c => {
                self.word.push((c, style));
                if self.indent + self.word.len() >= self.width {
                    self.end_word();
                }
            }
        }
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let space = usize::from(self.space.is_some() && !self.line.is_empty());
        if !self.line.is_empty() && self.line.len() + space + self.word.len() > self.width {
            self.end_line();
        } else if space == 1 {
            self.line.extend(self.space.map(|style| (' ', style)));
        }
        if self.line.is_empty() {
            self.line.extend(std::iter::repeat_n((' ', Style::Plain), self.indent));
        }
        self.space = None;
        self.line.append(&mut self.word);
    }

    /// Writes the line; of several empty lines in a row only the first.
    fn end_line(&mut self) {
        self.space = None;
        if self.line.is_empty() && std::mem::replace(&mut self.blank, true) {
            return;
        }
        self.blank = self.line.is_empty();
        let mut style = Style::Plain;
        for (c, next) in self.line.drain(..) {
            if self.color && next != style {
                self.out.push_str(if style == Style::Plain { "" } else { "\u{1b}[0m" });
                self.out.push_str(next.code());
                style = next;
            }
            self.out.push(c);
        }
        self.out.push_str(if style == Style::Plain { "\n" } else { "\u{1b}[0m\n" });
    }

    /// Ends the line and leaves an empty one.
    fn end_paragraph(&mut self) {
        self.end_word();
        if !self.line.is_empty() {
            self.end_line();
        }
        self.end_line();
    }
}
