//! Whole texts with what was found in them, as a person reads it: `tests/texts/*.txt` and `*.found` beside them.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test snapshots` writes them anew; the change is then read as a diff.

use crate::attributions::{read, shown};
use sayso::{Document, Span};
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[test]
fn texts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts");
    let mut texts: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    texts.sort();
    assert!(!texts.is_empty());
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut changed = Vec::new();
    for path in texts {
        let found = snapshot(&read(&fs::read_to_string(&path).unwrap()));
        let beside = path.with_extension("found");
        if update {
            fs::write(&beside, found).unwrap();
        } else {
            let kept = fs::read_to_string(&beside).unwrap_or_default();
            let differs = |(a, b): &(&str, &str)| a != b;
            let mut lines = kept.lines().zip(found.lines());
            if kept != found {
                let first = lines.find(differs).unwrap_or(("(end)", "(end)"));
                changed.push(format!("{}:\n  kept  {}\n  found {}", beside.display(), first.0, first.1));
            }
        }
    }
    assert!(
        changed.is_empty(),
        "{}\nIf it is better now: UPDATE_SNAPSHOTS=1 cargo test snapshots",
        changed.join("\n")
    );
}

/// Every sentence with lines of marks under it, one a layer; then the attributions in the notation of the cases.
fn snapshot(doc: &Document) -> String {
    let mut out = String::new();
    for sentence in &doc.sentences {
        let _ = writeln!(out, "{}", doc.slice(*sentence).replace(['\n', '\r', '\t'], " "));
        let within = |span: &&Span| sentence.contains(**span);
        let names: Vec<_> = doc.mentions.iter().filter(|m| sentence.contains(m.span)).collect();
        let mut line = Line::new(doc, *sentence);
        for mention in names {
            line.put(mention.span, mention.label.name());
        }
        line.write(&mut out);
        // One line an attribution: s for the source, c for the cue, = for the content, then its number.
        for (i, attribution) in doc.attributions.iter().enumerate() {
            let mut line = Line::new(doc, *sentence);
            // A content may run over several sentences.
            for piece in &attribution.content {
                let (start, end) = (piece.start.max(sentence.start), piece.end.min(sentence.end));
                if start < end {
                    line.fill(Span { start, end }, '=');
                }
            }
            attribution.source.iter().filter(within).for_each(|span| line.fill(*span, 's'));
            attribution.cue.iter().filter(within).for_each(|span| line.fill(*span, 'c'));
            if !line.is_blank() {
                line.number(i + 1);
            }
            line.write(&mut out);
        }
        out.push('\n');
    }
    out + &shown(doc)
}

/// A line of marks under a sentence, a mark a code point.
struct Line<'d> {
    doc: &'d Document,
    sentence: Span,
    marks: Vec<char>,
}

impl<'d> Line<'d> {
    fn new(doc: &'d Document, sentence: Span) -> Self {
        Self { doc, sentence, marks: vec![' '; doc.slice(sentence).chars().count()] }
    }

    /// The columns of a span.
    fn columns(&self, span: Span) -> std::ops::Range<usize> {
        let column = |end: u32| self.doc.slice(Span { start: self.sentence.start, end }).chars().count();
        column(span.start)..column(span.end)
    }

    fn fill(&mut self, span: Span, mark: char) {
        let columns = self.columns(span);
        self.marks[columns].fill(mark);
    }

    /// A name's span underlined, with as much of the label as fits.
    fn put(&mut self, span: Span, label: &str) {
        let columns = self.columns(span);
        self.marks[columns.clone()].fill('^');
        for (column, letter) in columns.zip(label.chars()) {
            self.marks[column] = letter;
        }
    }

    fn number(&mut self, number: usize) {
        self.marks.extend(format!("  {number}").chars());
    }

    fn is_blank(&self) -> bool {
        self.marks.iter().all(|mark| *mark == ' ')
    }

    fn write(self, out: &mut String) {
        if !self.is_blank() {
            let line: String = self.marks.iter().collect();
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
}
