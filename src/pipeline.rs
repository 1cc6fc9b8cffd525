//! The stages in order: a record in, a document out.

use crate::attribution::{self, Layers};
use crate::clean::{self, BlockKind};
use crate::document::{Document, Record, Token, Tokens};
use crate::entity;
use crate::error::Result;
use crate::language::{Language, Parse, Syntax, Tagged};
use crate::lexicon::{Lexicon, Own};
use crate::parse::Arc;
use crate::segment::{self, Segments, Sentence, TokenKind};
use crate::span::Span;
use crate::tag::lemma::lemma_before;
use crate::tagset::Tags;
use crate::{english, names, stance, tag};
use std::path::PathBuf;

/// How a pipeline works.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The user's own lists.
    pub lists: Own,
    /// The user's own models, by path and content.
    pub models: Vec<(PathBuf, Vec<u8>)>,
    /// Which sentences are parsed.
    pub parse: Parse,
    /// Whether every block is analysed, whatever its kind; else those that are copy.
    pub every_block: bool,
}

/// The stages and what they know. Building one can fail (a list may be broken); analysing cannot.
#[derive(Debug)]
pub struct Pipeline {
    lexicon: Lexicon,
    language: Language,
    parse: Parse,
    every_block: bool,
}

impl Pipeline {
    /// With the built-in lists and models and the user's own.
    ///
    /// # Errors
    /// A row of a user's list or a model that is not what it should be.
    pub fn new(options: &Options) -> Result<Self> {
        std::thread::scope(|scope| {
            let language = scope.spawn(|| Language::new(&options.models));
            let lexicon = Lexicon::new(&options.lists);
            let language = language.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let Options { parse, every_block, .. } = *options;
            Ok(Self { lexicon: lexicon?, language: language?, parse, every_block })
        })
    }

    /// Analyses one record.
    pub fn analyse(&self, record: Record) -> Document {
        let mut document = Document::new(record);
        let text = document.analysed();
        let Self { lexicon, language, .. } = self;
        let mut blocks = clean::clean(text);
        if self.every_block {
            blocks
                .iter_mut()
                .filter(|block| !block.kind.is_copy())
                .for_each(|block| block.kind = BlockKind::Body);
        }
        // The models read words as the treebanks cut them, the rules hyphenated words as one.
        let fine = segment::segment(text, &blocks);
        let segments = fine.whole();
        let in_title = |s: &Sentence| blocks[s.block as usize].kind == BlockKind::Title;
        let headline: Vec<bool> = fine.sentences.iter().map(in_title).collect();
        let tagged = language.tag(text, &fine);
        let (mut mentions, mut entities) = {
            let (classes, _) = tag::tag(text, &fine, &headline, lexicon);
            let hits = names::hits(text, &fine.tokens, lexicon);
            let named = language.names(text, &fine, &tagged, &classes, &hits, lexicon);
            entity::find(text, &fine, &classes, &headline, &hits, &named, lexicon)
        };
        let (tags, terms) = tag::tag(text, &segments, &headline, lexicon);
        let mut speaking =
            segments.sentences.iter().map(|s| speaks(&segments.tokens[s.range()], &tags[s.range()]));
        let arcs = language.parse(&fine, &tagged, |_| {
            let speaks = speaking.next().unwrap_or(false);
            self.parse == Parse::All || self.parse == Parse::Cues && speaks
        });
        let mut described = Vec::new();
        let (found, (stances, vectors)) = {
            let syntax = &Syntax::new(&fine, &segments, &arcs);
            let (segments, tags, mentions, headline) = (&segments, &tags, &mentions, &headline);
            let layers = Layers { text, segments, tags, syntax, mentions, headline, lexicon };
            let found = attribution::find(layers, &mut entities, &mut described);
            let stance = stance::find(layers, &terms, &found, &mut entities);
            (found, stance)
        };
        mentions.append(&mut described);
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        mentions.dedup_by_key(|m| (m.span, m.entity));

        let tokens = tokens(&fine, &tagged, &arcs);
        document.english = english::share(&segments, &tags);
        document.sentences = sentences(&segments);
        document.tokens = tokens;
        document.blocks = blocks;
        document.mentions = mentions;
        document.entities = entities.entities;
        document.attributions = found.into_iter().map(|(attribution, _)| attribution).collect();
        document.stances = stances;
        document.vectors = vectors;
        document
    }

    /// Lemma, tags and arc for the words of a sentence as they are given.
    pub fn tag(&self, words: &[String]) -> Vec<(String, Tags, Arc)> {
        let (tags, arcs) = self.language.sentence(words);
        let next = |i: usize| words.get(i + 1).map_or("", String::as_str);
        let lemma =
            |i: usize| lemma_before(&words[i], tags[i].pos.name(), tags[i].fine.name(), next(i)).into_owned();
        (0..words.len()).map(|i| (lemma(i), tags[i], arcs[i])).collect()
    }
}

/// Whether a sentence holds a verb or a phrase that attributes, or a quotation mark.
fn speaks(tokens: &[segment::Token], tags: &[tag::Tag]) -> bool {
    let quoted = |t: &segment::Token| matches!(t.kind, TokenKind::OpenQuote | TokenKind::CloseQuote);
    let cue = |t: &tag::Tag| t.verb_cue.is_some() && (t.verb || t.phrase > 0);
    tokens.iter().any(quoted) || tags.iter().any(cue)
}

fn tokens(segments: &Segments, tagged: &Tagged, arcs: &[Option<Arc>]) -> Tokens {
    let mut tokens = Vec::with_capacity(segments.tokens.len());
    for (index, sentence) in segments.sentences.iter().filter(|s| s.first < s.last).enumerate() {
        tokens.extend(sentence.range().map(|i| Token {
            span: segments.tokens[i].span,
            tags: tagged.tags[i],
            arc: arcs[i],
            sentence: index as u32,
            joined: segment::joined(&segments.tokens, i),
        }));
    }
    Tokens(tokens)
}

fn sentences(segments: &Segments) -> Vec<Span> {
    let tokens = &segments.tokens;
    segments
        .sentences
        .iter()
        .filter(|s| s.first < s.last)
        .map(|s| Span {
            start: tokens[s.first as usize].span.start,
            end: tokens[s.last as usize - 1].span.end,
        })
        .collect()
}
