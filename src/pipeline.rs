//! The stages in order: a record in, a document out.

use crate::attribution::{self, Layers, Model, Models};
use crate::clean::{self, BlockKind};
use crate::coreference::Ranker;
#[cfg(feature = "train")]
use crate::coreference::{Anaphor, Scene};
use crate::document::{Document, Record, Token, Tokens};
use crate::entity;
use crate::error::Result;
use crate::factuality::{self, Judges, Scale};
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
    /// Attributions of lower confidence are left out, with those that a rule alone found and those inside.
    pub min_confidence: f32,
}

/// The stages and what they know. Building one can fail (a list may be broken); analysing cannot.
#[derive(Debug)]
pub struct Pipeline {
    lexicon: Lexicon,
    language: Language,
    /// None where it is being trained.
    attributions: Option<Model>,
    /// The same.
    ranker: Option<Ranker>,
    /// The same.
    judges: Option<Judges>,
    parse: Parse,
    every_block: bool,
    min_confidence: f32,
}

/// A text with all that attributions stand on.
pub(crate) struct Reading {
    blocks: Vec<clean::Block>,
    /// Words as the treebanks cut them, with their tags and arcs.
    fine: Segments,
    tagged: Tagged,
    arcs: Vec<Option<Arc>>,
    /// Words as the rules read them, with their classes and trees.
    segments: Segments,
    classes: Vec<tag::Tag>,
    terms: Vec<tag::TermAt>,
    syntax: Syntax,
    headline: Vec<bool>,
    mentions: Vec<entity::Mention>,
    entities: entity::Entities,
}

impl Reading {
    /// The layers, borrowed.
    pub(crate) fn layers<'a>(&'a self, text: &'a str, lexicon: &'a Lexicon) -> Layers<'a> {
        let Self { segments, classes, syntax, mentions, headline, .. } = self;
        Layers { text, segments, tags: classes, syntax, mentions, headline, lexicon }
    }
}

impl Pipeline {
    /// With the built-in lists and models and the user's own.
    ///
    /// # Errors
    /// A row of a user's list or a model that is not what it should be.
    pub fn new(options: &Options) -> Result<Self> {
        std::thread::scope(|scope| {
            let language = scope.spawn(|| Language::new(&options.models));
            let (attributions, ranker) = (Model::load(&options.models), Ranker::load(&options.models));
            let judges = Judges::load(&options.models);
            let lexicon = Lexicon::new(&options.lists);
            let language = language.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let Options { parse, every_block, min_confidence, .. } = *options;
            let (lexicon, language) = (lexicon?, language?);
            let (attributions, ranker, judges) = (Some(attributions?), Some(ranker?), Some(judges?));
            Ok(Self { lexicon, language, attributions, ranker, judges, parse, every_block, min_confidence })
        })
    }

    /// The stages below the model of attributions, for training it.
    #[cfg(feature = "train")]
    pub(crate) fn below_attributions() -> Result<Self> {
        let (lexicon, language) = (Lexicon::new(&Own::default())?, Language::new(&[])?);
        let (parse, every_block, min_confidence) = (Parse::Cues, false, 0.0);
        let (attributions, ranker, judges) = (None, None, None);
        Ok(Self { lexicon, language, attributions, ranker, judges, parse, every_block, min_confidence })
    }

    /// The stages below coreference, for training it; every sentence is parsed.
    #[cfg(feature = "train")]
    pub(crate) fn below_coreference() -> Result<Self> {
        let attributions = Some(Model::load(&[])?);
        Ok(Self { attributions, parse: Parse::All, ..Self::below_attributions()? })
    }

    /// Shows a text as coreference sees it, with the descriptions in it and the entities named.
    #[cfg(feature = "train")]
    pub(crate) fn with_scene<R>(
        &self,
        text: &str,
        look: impl FnOnce(Scene<'_>, &[Anaphor], &mut entity::Entities) -> R,
    ) -> R {
        let mut read = self.read(text);
        let mut entities = std::mem::take(&mut read.entities);
        attribution::scene(read.layers(text, &self.lexicon), self.attributions.as_ref(), |scene, anaphors| {
            look(scene, anaphors, &mut entities)
        })
    }

    /// Analyses one record.
    pub fn analyse(&self, record: Record) -> Document {
        let mut document = Document::new(record);
        let text = document.analysed();
        let mut read = self.read(text);
        let mut described = Vec::new();
        let mut entities = std::mem::take(&mut read.entities);
        let layers = read.layers(text, &self.lexicon);
        let found = attribution::find(
            layers,
            Models { relations: self.attributions.as_ref(), ranker: self.ranker.as_ref() },
            self.min_confidence,
            &mut entities,
            &mut described,
        );
        let (stances, vectors) = stance::find(layers, &read.terms, &found, &mut entities);
        let mut mentions = read.mentions;
        mentions.append(&mut described);
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        mentions.dedup_by_key(|m| (m.span, m.entity));

        let tokens = tokens(&read.fine, &read.tagged, &read.arcs);
        document.english = english::share(&read.segments, &read.classes);
        document.sentences = sentences(&read.segments);
        document.tokens = tokens;
        document.blocks = read.blocks;
        document.mentions = mentions;
        document.entities = entities.entities;
        document.attributions = found.into_iter().map(|(attribution, _)| attribution).collect();
        document.stances = stances;
        document.vectors = vectors;
        document
    }

    /// The lists.
    #[cfg(feature = "train")]
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The layers that attributions stand on.
    pub(crate) fn read(&self, text: &str) -> Reading {
        let Self { lexicon, language, .. } = self;
        let blocks = self.blocks(text);
        // The models read words as the treebanks cut them, the rules hyphenated words as one.
        let fine = segment::segment(text, &blocks);
        let segments = fine.whole();
        let in_title = |s: &Sentence| blocks[s.block as usize].kind == BlockKind::Title;
        let headline: Vec<bool> = fine.sentences.iter().map(in_title).collect();
        let tagged = language.tag(text, &fine);
        let (mentions, entities) = {
            let (classes, _) = tag::tag(text, &fine, &headline, lexicon);
            let hits = names::hits(text, &fine.tokens, lexicon);
            let named = language.names(text, &fine, &tagged, &classes, &hits, lexicon);
            entity::find(text, &fine, &classes, &headline, &hits, &named, lexicon)
        };
        let (classes, terms) = tag::tag(text, &segments, &headline, lexicon);
        let mut speaking =
            segments.sentences.iter().map(|s| speaks(&segments.tokens[s.range()], &classes[s.range()]));
        let arcs = language.parse(&fine, &tagged, |_| {
            let speaks = speaking.next().unwrap_or(false);
            self.parse == Parse::All || self.parse == Parse::Cues && speaks
        });
        let syntax = Syntax::new(&fine, &segments, &tagged, &arcs);
        Reading { blocks, fine, segments, headline, tagged, mentions, entities, classes, terms, arcs, syntax }
    }

    /// How factual the events of a text are, given by their spans, in [-3, 3]; None where no word of a sentence stands. The
    /// blocks are those of the text; see [`Pipeline::blocks`]. Only the sentences of the events are tagged and parsed.
    pub fn factuality(
        &self,
        text: &str,
        blocks: &[clean::Block],
        spans: &[Span],
        scale: Scale,
    ) -> Vec<Option<f32>> {
        factuality::read(&self.language, text, blocks, spans, |sentence, event| {
            self.judges.as_ref().map_or(0.0, |judges| judges.value(sentence, event, scale))
        })
    }

    /// The blocks of a text; all of them are copy where the pipeline is to analyse every block.
    pub fn blocks(&self, text: &str) -> Vec<clean::Block> {
        if self.every_block { clean::all(text) } else { clean::clean(text) }
    }

    /// Lemma, tags and arc for the words of a sentence as they are given.
    pub fn tag(&self, words: &[String]) -> Vec<(String, Tags, Arc)> {
        let (_, tags, arcs) = self.language.sentence(words);
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
