//! Documents in CoNLL-U: words, lemmas, tags and trees, with their places in the text.
//!
//! <https://universaldependencies.org/format.html>

use crate::document::{Document, Token};
use crate::offsets::Offsets;
use crate::span::Span;
use crate::tag::lemma::lemma_before;
use crate::tagset::Rel;
use std::fmt::Write;

/// A document: `# newdoc id`, `# newpar` where a block begins, and each sentence with its words. Ranges hold what is
/// written as one ("don't"); `TokenRange` in the last column counts code points of the field, which a comment names
/// where it is the title.
pub fn to_conllu(doc: &Document) -> String {
    let offsets = Offsets::new(doc.analysed());
    let tokens = &doc.tokens.0;
    let mut out = format!("# newdoc id = {}\n", line(&doc.id));
    let mut at = 0;
    let mut block = None;
    for (number, span) in doc.sentences.iter().enumerate() {
        let end = at + tokens[at..].iter().take_while(|t| t.sentence as usize == number).count();
        let here = doc.blocks.partition_point(|block| block.span.end <= span.start);
        if block != Some(here) {
            out.push_str("# newpar\n");
            block = Some(here);
        }
        sentence(doc, &offsets, number, &tokens[at..end], at, *span, &mut out);
        at = end;
    }
    out
}

/// Text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sentence(
    doc: &Document,
    offsets: &Offsets<'_>,
    number: usize,
    tokens: &[Token],
    first: usize,
    span: Span,
    out: &mut String,
) {
    let text = doc.analysed();
    let base = |span: Span| offsets.point(span.start - doc.place(span).1.start);
    let range = |span: Span| {
        let base = base(span);
        format!("TokenRange={}:{}", offsets.point(span.start) - base, offsets.point(span.end) - base)
    };
    let _ = writeln!(out, "# sent_id = {}-{}", line(&doc.id), number + 1);
    if !doc.heading().is_empty() && span.start < doc.analysed().len() as u32 - doc.text().len() as u32 {
        out.push_str("# field = title\n");
    }
    let _ = writeln!(out, "# text = {}", line(span.of(text)));
    for (i, token) in tokens.iter().enumerate() {
        let joined = |i: usize| tokens.get(i).is_some_and(|t| t.joined);
        let spaced = |i: usize| tokens.get(i + 1).is_none_or(|next| next.span.start > tokens[i].span.end);
        if !joined(i) && joined(i + 1) {
            let last = (i + 1..tokens.len()).take_while(|j| joined(*j)).last().unwrap_or(i);
            let span = Span { start: token.span.start, end: tokens[last].span.end };
            let space = if spaced(last) { "" } else { "SpaceAfter=No|" };
            let form = span.of(text);
            let _ =
                writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{space}{}", i + 1, last + 1, range(span));
        }
        let word = token.span.of(text);
        let next = tokens.get(i + 1).map_or("", |t| t.span.of(text));
        let lemma = lemma_before(word, token.tags.pos.name(), token.tags.fine.name(), next);
        let (head, rel) = match token.arc {
            None => ("_".to_owned(), "_"),
            Some(arc) if arc.rel == Rel::Root => ("0".to_owned(), "root"),
            Some(arc) => ((arc.head as usize + 1 - first).to_string(), arc.rel.name()),
        };
        // Inside a range the range tells about space.
        let inside = joined(i) || joined(i + 1);
        let space = if inside || spaced(i) { "" } else { "SpaceAfter=No|" };
        let _ = writeln!(
            out,
            "{}\t{word}\t{lemma}\t{}\t{}\t_\t{head}\t{rel}\t_\t{space}{}",
            i + 1,
            token.tags.pos,
            token.tags.fine,
            range(token.span)
        );
    }
    out.push('\n');
}
