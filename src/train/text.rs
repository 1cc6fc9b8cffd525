//! Raw text as sentences of words, cut as the pipeline cuts it.

use super::conllu;
use crate::clean::{Block, BlockKind};
use crate::error::{Error, Result};
use crate::segment;
use crate::span::Span;
use std::io::Read;
use std::path::Path;

/// The sentences of a file: `.jsonl` with a field "text", or a treebank; `.gz` too.
pub(super) fn sentences(path: &Path) -> Result<Vec<Vec<String>>> {
    let name = path.to_string_lossy();
    if name.trim_end_matches(".gz").ends_with(".conllu") {
        return Ok(conllu::read(path)?.into_iter().map(|s| s.words).collect());
    }
    let lines = read(path)?;
    let mut sentences = Vec::new();
    for (i, line) in lines.lines().enumerate() {
        let expected = || Error::row(name.clone(), i + 1, "expected a JSON object with a field \"text\"");
        let record: serde_json::Value = serde_json::from_str(line).map_err(|_| expected())?;
        cut(record.get("text").and_then(|text| text.as_str()).ok_or_else(expected)?, &mut sentences);
    }
    Ok(sentences)
}

/// The text of a file, unpacked where it is gzipped.
pub(super) fn read(path: &Path) -> Result<String> {
    let broken = |error: std::io::Error| Error::file(path, error);
    let raw = std::fs::read(path).map_err(broken)?;
    if !raw.starts_with(&[0x1f, 0x8b]) {
        return String::from_utf8(raw).map_err(|error| Error::file(path, error));
    }
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(&raw[..]).read_to_string(&mut text).map_err(broken)?;
    Ok(text)
}

/// Cuts a text whose paragraphs stand on lines of their own; everything in it is copy.
fn cut(text: &str, sentences: &mut Vec<Vec<String>>) {
    let segments = segment::segment(text, &lines(text));
    let words = |s: &segment::Sentence| {
        segments.tokens[s.range()].iter().map(|t| t.span.of(text).to_owned()).collect()
    };
    sentences.extend(segments.sentences.iter().map(words));
}

/// The lines of a text, each a block of copy.
pub(super) fn lines(text: &str) -> Vec<Block> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        Block { span: Span::new(at - line.len(), at), kind: BlockKind::Body }
    });
    lines.collect()
}
