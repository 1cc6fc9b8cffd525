//! Paragraphs, sentences, tokens and quotations: spans over the text, nothing copied.

mod abbreviations;
mod classes;
mod tokens;
mod words;
mod hyphens;
mod fused;
mod addresses;
mod emoticons;
mod marks;
mod quotations;
mod shapes;
pub(crate) mod boundary;
pub(crate) mod model;
mod sentences;
mod scare;
mod whole;

use crate::clean::{Block, BlockKind};
use crate::span::Span;
use quotations::Pairing;
use serde::{Deserialize, Serialize};

/// The layers that later stages stand on. All vectors are in text order.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    /// Tokens of the blocks that are copy.
    pub tokens: Vec<Token>,
    /// Sentences, each a run of tokens.
    pub sentences: Vec<Sentence>,
    /// Quotations, by opening mark; an inner one follows the one that holds it.
    pub quotations: Vec<Quotation>,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and dots and the hyphen of a prefix ("don't" is two: "do", "n't"); also the
    /// bare apostrophe of a plural possessive ("members" "'").
    Word,
    /// Digits, with inner separators.
    Number,
    /// `.` `!` `?` `...` that may end a sentence.
    Stop,
    /// A comma.
    Comma,
    /// `:` or `;`.
    Colon,
    /// A dash between words, not a hyphen inside one.
    Dash,
    /// A hyphen inside a word that is cut at it ("well" "-" "known").
    Hyphen,
    /// A quotation mark that opens.
    OpenQuote,
    /// A quotation mark that closes.
    CloseQuote,
    /// `(` `[` `{`.
    OpenBracket,
    /// `)` `]` `}`.
    CloseBracket,
    /// Anything else, among it quotation marks that pair with nothing.
    Symbol,
}

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether it is written together with the token before.
    pub join: Join,
}

/// How a token hangs on the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Not at all, though no space may stand between the two.
    Apart,
    /// As a part of one hyphenated word, which the hyphens part from each other: "well", "-", "known".
    Hyphen,
    /// As the second word of one multi-word token of the treebanks: "do|n't", "Norvia|'s", "can|not".
    Clitic,
}

/// Whether token `i` and the one before it are one multi-word token of the treebanks.
pub fn joined(tokens: &[Token], i: usize) -> bool {
    tokens.get(i).is_some_and(|token| token.join == Join::Clitic)
}

/// A run of tokens that is a sentence, or a headline or caption without a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Index of the first token.
    pub first: u32,
    /// Index one past the last token.
    pub last: u32,
    /// Index of the paragraph; paragraphs count from 0 through the copy. A block may hold several
    /// paragraphs, a paragraph never spans two blocks.
    pub paragraph: u32,
    /// Index into the blocks.
    pub block: u32,
}

impl Sentence {
    /// The token indices.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.first as usize..self.last as usize
    }
}

/// A stretch between quotation marks, inside one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Where it stands, marks included. Where no mark closes it: to the end of the paragraph, or to the next mark that
    /// opens another of its kind.
    pub span: Span,
    /// 0 outside all others, 1 inside one, ...
    pub depth: u8,
    /// Whether a closing mark stands at the end.
    pub closed: bool,
    /// One or a few words in marks inside a sentence: the writer's distance, not a statement.
    pub scare: bool,
    /// The quotation of the paragraph before that this one goes on with: the mark opened again
    /// without having been closed.
    pub continues: Option<u32>,
}

/// Cuts the blocks that are copy into tokens alone, for those who need no more. Quotation marks are not told from
/// other symbols: that takes the whole paragraph, see [`segment`].
pub fn tokens(text: &str, blocks: &[Block]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut marks = Vec::new();
    for block in blocks.iter().filter(|block| block.kind.is_copy()) {
        marks.clear();
        tokens::tokenize(text, block.span, &mut tokens, &mut marks);
    }
    tokens
}

/// The tokens of one paragraph, as [`segment`] finds them.
#[cfg(feature = "train")]
pub(crate) fn paragraph_tokens(text: &str, span: Span) -> Vec<Token> {
    let (mut tokens, mut marks) = (Vec::new(), Vec::new());
    tokens::tokenize(text, span, &mut tokens, &mut marks);
    Pairing::default().paragraph(text, span, 0, &marks, &mut tokens, &mut Vec::new());
    tokens
}

/// Finds tokens, sentences and quotations in the blocks that are copy.
pub fn segment(text: &str, blocks: &[Block]) -> Segments {
    let mut segments = Segments::default();
    segments.tokens.reserve(text.len() / 5);
    let mut marks = Vec::new();
    let mut pairing = Pairing::default();
    let copy = blocks.iter().enumerate().filter(|(_, block)| block.kind.is_copy());
    for (paragraph, (index, block)) in copy.enumerate() {
        let first = segments.tokens.len();
        marks.clear();
        tokens::tokenize(text, block.span, &mut segments.tokens, &mut marks);
        pairing.paragraph(text, block.span, first, &marks, &mut segments.tokens, &mut segments.quotations);
        let mut start = first;
        let headline = block.kind == BlockKind::Title;
        for end in sentences::ends(text, &segments.tokens[first..], headline) {
            let last = first + end;
            segments.sentences.push(Sentence {
                first: start as u32,
                last: last as u32,
                paragraph: paragraph as u32,
                block: index as u32,
            });
            start = last;
        }
    }
    scare::mark(&mut segments);
    segments
}
