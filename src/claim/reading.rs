//! A claim or a text as the features see it: words with their classes, tags and, where it is parsed, heads.

use crate::clean::{self, Block, BlockKind};
use crate::language::Language;
use crate::lexicon::{Signals, StanceWords};
use crate::model;
use crate::parse::Arc;
use crate::segment::{self, Segments, TokenKind};
use crate::span::Span;
use crate::tag::lemma::lemma_before;
use crate::tagset::{Fine, Pos, Rel, Tags};
use std::ops::Range;

/// A word of a claim or of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Hash of the lemma in lower case.
    pub(super) lemma: u32,
    /// Hash of the form in lower case.
    pub(super) form: u32,
    /// What it tells of a stance.
    pub(super) signals: Signals,
    pub(super) pos: Pos,
    pub(super) fine: Fine,
    /// The place of its head in the text; a root, and what is not parsed, is its own.
    pub(super) head: u32,
}

impl Word {
    /// Whether it counts when the words that two texts share are counted.
    pub(super) fn is_content(&self) -> bool {
        !self.is_mark() && !self.signals.is_function()
    }

    pub(super) fn is_mark(&self) -> bool {
        self.pos == Pos::Punct
    }
}

/// The words of a text in their sentences.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(super) kind: As,
    pub(super) words: Vec<Word>,
    /// Ranges of the words.
    pub(super) sentences: Vec<Range<usize>>,
    /// The heads of the sentences that are parsed.
    pub(super) roots: Vec<usize>,
    /// Marks that open a quotation, in each sentence.
    pub(super) quotes: Vec<u16>,
    /// Whether a sentence asks.
    pub(super) asks: Vec<bool>,
}

/// What a text is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum As {
    /// A line: all of it is copy, and it is parsed.
    Line,
    /// An article, of which what is no copy is left out. It is not parsed: heads tell little there that words do not.
    Article,
}

impl Reading {
    /// Reads a text, which may be anything.
    pub(crate) fn new(text: &str, kind: As, language: &Language, known: &StanceWords) -> Self {
        let mut segments = match kind {
            As::Article => segment::segment(text, &clean::clean(text)),
            As::Line => Segments::default(),
        };
        if segments.tokens.is_empty() {
            segments = segment::segment(text, &lines(text));
        }
        let tagged = language.tag(text, &segments);
        let arcs = language.parse(&segments, &tagged, |_| kind == As::Line);
        Self::of(kind, text, &segments, &tagged.tags, &arcs, known)
    }

    fn of(
        kind: As,
        text: &str,
        segments: &Segments,
        tags: &[Tags],
        arcs: &[Option<Arc>],
        known: &StanceWords,
    ) -> Self {
        let mut found = Self {
            kind,
            words: Vec::with_capacity(segments.tokens.len()),
            sentences: Vec::new(),
            roots: Vec::new(),
            quotes: Vec::new(),
            asks: Vec::new(),
        };
        let mut lower = String::new();
        let mut hash = |word: &str| {
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
            model::bytes(lower.as_bytes())
        };
        let tokens = &segments.tokens;
        for sentence in segments.sentences.iter().filter(|sentence| sentence.first < sentence.last) {
            let range = sentence.range();
            let is = |kind: TokenKind| tokens[range.clone()].iter().filter(move |token| token.kind == kind);
            found.quotes.push(is(TokenKind::OpenQuote).count() as u16);
            found.asks.push(is(TokenKind::Stop).any(|stop| stop.span.of(text).contains('?')));
            for i in range.clone() {
                let word = tokens[i].span.of(text);
                let next = tokens.get(i + 1).map_or("", |token| token.span.of(text));
                let (pos, fine) = (tags[i].pos, tags[i].fine);
                let lemma = hash(&lemma_before(word, pos.name(), fine.name(), next));
                let form = hash(word);
                let signals = known.get(lemma).or(known.get(form));
                let arc = arcs[i];
                if arc.is_some_and(|arc| arc.rel == Rel::Root) {
                    found.roots.push(i);
                }
                let head = arc.map_or(i as u32, |arc| arc.head);
                found.words.push(Word { lemma, form, signals, pos, fine, head });
            }
            found.sentences.push(range);
        }
        found
    }

    /// Whether there is a word in it that could be shared or not.
    pub(crate) fn has_words(&self) -> bool {
        self.words.iter().any(|word| !word.is_mark())
    }

    /// Whether any sentence asks.
    pub(super) fn asks(&self) -> bool {
        self.asks.contains(&true)
    }
}

/// The lines of a text, each a block of copy.
fn lines(text: &str) -> Vec<Block> {
    let mut at = 0;
    let blocks = text.split_inclusive('\n').map(|line| {
        at += line.len();
        Block { span: Span::new(at - line.len(), at), kind: BlockKind::Body }
    });
    blocks.collect()
}
