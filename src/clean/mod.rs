//! The blocks of a text and their kinds: what is copy and what came along with it.
//!
//! Dropping copy is worse than keeping boilerplate, so a line is copy unless something says it is not.

mod lines;
mod phrases;
mod credit;
mod dateline;
mod title;

use crate::span::Span;
use lines::Line;
use serde::{Deserialize, Serialize};

/// What a block of web copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline and a line under it.
    Title,
    /// What stands under a picture.
    Caption,
    /// A paragraph of the article.
    Body,
    /// A pointer to another article.
    Teaser,
    /// A form or the text around it.
    Form,
    /// Who wrote, took or supplied it.
    Credit,
    /// Where and when it was written, apart from the paragraph.
    Dateline,
    /// Anything else that is no copy: cookie notes, share bars, subscriptions.
    Boilerplate,
}

impl BlockKind {
    /// Whether the block is analysed.
    pub fn is_copy(self) -> bool {
        matches!(self, Self::Title | Self::Caption | Self::Body | Self::Dateline)
    }
}

/// A run of the text with its kind. Blocks cover all but white space, in order, without overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// White space, and the invisible marks that stand for it: byte order marks, zero-width spaces, directions.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
        )
}

/// Splits `text` into blocks and gives each its kind. No offset moves.
pub fn clean(text: &str) -> Vec<Block> {
    let lines = lines::lines(text);
    let mut kinds: Vec<Option<BlockKind>> = Vec::with_capacity(lines.len());
    let mut run = Run::Copy;
    for line in &lines {
        let (kind, next) = kind(line, run);
        kinds.push(kind);
        run = next;
    }
    title::mark(&lines, &mut kinds);
    let mut blocks = Vec::with_capacity(lines.len() + 1);
    for (line, kind) in lines.iter().zip(kinds) {
        push(line, kind.unwrap_or(BlockKind::Body), &mut blocks);
    }
    blocks
}

/// The same blocks, whatever they are taken for copy.
pub fn all(text: &str) -> Vec<Block> {
    let mut blocks = clean(text);
    blocks.iter_mut().filter(|block| !block.kind.is_copy()).for_each(|block| block.kind = BlockKind::Body);
    blocks
}

/// A paragraph with more words is no caption, though a credit ends it.
const CAPTION: usize = 60;

/// What the lines before were: forms and lists of teasers go on until copy resumes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Copy,
    Form,
    Teasers,
}

/// The kind of a line as far as it says so itself, and what it makes of the lines after it.
fn kind(line: &Line<'_>, run: Run) -> (Option<BlockKind>, Run) {
    if let Some((kind, whole)) = phrases::kind(line) {
        let next = match kind {
            BlockKind::Form => Run::Form,
            BlockKind::Teaser if whole => Run::Teasers,
            _ if run == Run::Form => return (Some(BlockKind::Form), run),
            _ => Run::Copy,
        };
        return (Some(kind), next);
    }
    let sentence = line.terminal && line.words > 4;
    match run {
        Run::Form if !(sentence && line.words >= 12) => return (Some(BlockKind::Form), run),
        Run::Teasers if !line.terminal && line.words <= 25 => return (Some(BlockKind::Teaser), run),
        _ => {}
    }
    let kind = if !line.text.contains(char::is_alphanumeric) {
        Some(BlockKind::Boilerplate)
    } else if credit::is_byline(line) || credit::is_follow(line) {
        Some(BlockKind::Credit)
    } else if dateline::is_whole(line) {
        Some(BlockKind::Dateline)
    } else if line.words <= CAPTION && credit::bracketed(line.text).is_some() {
        Some(BlockKind::Caption)
    } else {
        None
    };
    (kind, Run::Copy)
}

/// Adds the line as a block, or as two where a dateline or a credit shares it.
fn push(line: &Line<'_>, kind: BlockKind, blocks: &mut Vec<Block>) {
    let (before, after, cut) = match kind {
        BlockKind::Body => (BlockKind::Dateline, BlockKind::Body, dateline::head(line.text)),
        BlockKind::Caption => (BlockKind::Caption, BlockKind::Credit, credit::bracketed(line.text)),
        _ => (kind, kind, None),
    };
    let mut add = |from: usize, to: usize, kind| {
        let piece = line.text.get(from..to).unwrap_or("");
        let start =
            line.span.start as usize + from + (piece.len() - piece.trim_start_matches(is_blank).len());
        let piece = piece.trim_matches(is_blank);
        if !piece.is_empty() {
            blocks.push(Block { span: Span::new(start, start + piece.len()), kind });
        }
    };
    let cut = cut.unwrap_or(0);
    add(0, cut, before);
    add(cut, line.text.len(), if cut > 0 { after } else { kind });
}
