//! The stages in order: a record in, a document out.

use crate::attribution::{self, Layers, Model, Models, Resolved};
#[cfg(feature = "train")]
use crate::attribution::{Attribution, Relation, Sense};
use crate::clean::{self, BlockKind};
use crate::coreference::Ranker;
#[cfg(feature = "train")]
use crate::coreference::{Anaphor, Scene};
use crate::date::Period;
use crate::document::{Chains, Document, Record, Token, Tokens};
use crate::entity::{self, Published, Seen};
use crate::error::Result;
use crate::factuality::{self, Judges, Scale};
use crate::language::{Language, Parse, Syntax, Tagged};
use crate::lexicon::{Lexicon, Own};
use crate::parse::Arc;
use crate::segment::{self, Segments, Sentence, TokenKind};
use crate::sentiment::{self, Judgement};
use crate::span::Span;
use crate::tag::lemma::lemma_before;
use crate::tagset::Tags;
use crate::{english, metonym, names, stance, tag};
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
    stances: Option<stance::Model>,
    sentiment: Option<sentiment::Model>,
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
    /// What sentiment stands on.
    fn sentiment(&self) -> sentiment::Layers<'_> {
        sentiment::Layers { segments: &self.fine, tagged: &self.tagged, arcs: &self.arcs }
    }

    /// The layers, borrowed.
    pub(crate) fn layers<'a>(&'a self, text: &'a str, lexicon: &'a Lexicon) -> Layers<'a> {
        let Self { segments, classes, syntax, mentions, headline, .. } = self;
        Layers { text, segments, tags: classes, syntax, mentions, headline, body: 0, lexicon }
    }
}

impl Pipeline {
    /// With the built-in lists and models and the user's own.
    ///
    /// # Errors
    /// A row of a user's list or a model that is not what it should be.
    pub fn new(options: &Options) -> Result<Self> {
        std::thread::scope(|scope| {
            let own = &options.models;
            let language = scope.spawn(|| Language::new(own));
            // The lists take as long as all of these, so they have a thread of their own.
            let lexicon = scope.spawn(|| Lexicon::new(&options.lists));
            let (attributions, ranker) = (Model::load(own), Ranker::load(own));
            let stances = stance::Model::load(own);
            let sentiment = sentiment::Model::load(own);
            let judges = Judges::load(own);
            let language = language.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let lexicon = lexicon.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let Options { parse, every_block, min_confidence, .. } = *options;
            let (lexicon, language) = (lexicon?, language?);
            Ok(Self {
                attributions: Some(attributions?),
                ranker: Some(ranker?),
                stances: Some(stances?),
                sentiment: Some(sentiment?),
                judges: Some(judges?),
                parse,
                every_block,
                min_confidence,
                ..Self::bare(lexicon, language)
            })
        })
    }

    /// Without the models of attributions and of what stands on them.
    fn bare(lexicon: Lexicon, language: Language) -> Self {
        Self {
            lexicon,
            language,
            attributions: None,
            ranker: None,
            stances: None,
            sentiment: None,
            judges: None,
            parse: Parse::Cues,
            every_block: false,
            min_confidence: 0.0,
        }
    }

    /// The stages below the model of attributions, for training it.
    #[cfg(feature = "train")]
    pub(crate) fn below_attributions() -> Result<Self> {
        let (lexicon, language) = (Lexicon::new(&Own::default())?, Language::new(&[])?);
        Ok(Self::bare(lexicon, language))
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
        let mut read = self.read(text, Published::default());
        let mut entities = std::mem::take(&mut read.entities);
        attribution::scene(read.layers(text, &self.lexicon), self.attributions.as_ref(), |scene, anaphors| {
            look(scene, anaphors, &mut entities)
        })
    }

    /// The stages below stance, for training it.
    #[cfg(feature = "train")]
    pub(crate) fn below_stance() -> Result<Self> {
        let (ranker, sentiment) = (Some(Ranker::load(&[])?), Some(sentiment::Model::load(&[])?));
        Ok(Self { ranker, sentiment, ..Self::below_attributions()? })
    }

    /// Shows a text as stance sees it, with the attributions that people `marked` in its tokens.
    #[cfg(feature = "train")]
    pub(crate) fn with_marked<R>(
        &self,
        text: &str,
        marked: impl FnOnce(&segment::Segments) -> Vec<(Relation, Option<usize>)>,
        look: impl FnOnce(
            Layers<'_>,
            &[tag::TermAt],
            &[(Attribution, Sense)],
            &stance::Feelings<'_>,
            &mut entity::Entities,
        ) -> R,
    ) -> R {
        let mut read = self.read(text, Published::default());
        let mut resolved = Resolved::default();
        let mut entities = std::mem::take(&mut read.entities);
        let layers = read.layers(text, &self.lexicon);
        let (marked, ranker) = (marked(layers.segments), self.ranker.as_ref());
        let found = attribution::find_marked(layers, marked, ranker, &mut entities, &mut resolved);
        let mut mentions = together(layers.mentions, resolved.mentions);
        sources(&found, &mut mentions, &mut entities, &self.lexicon);
        let feelings = stance::Feelings::new(self.sentiment.as_ref(), read.sentiment());
        look(Layers { mentions: &mentions, ..layers }, &read.terms, &found, &feelings, &mut entities)
    }

    /// Analyses one record.
    pub fn analyse(&self, record: Record) -> Document {
        let mut document = Document::new(record);
        let text = document.analysed();
        // A date of another form says nothing here.
        let date = document.date.as_deref().and_then(Period::parse);
        let mut read = self.read(text, Published { outlet: document.outlet.as_deref(), date });
        let mut resolved = Resolved::default();
        let mut entities = std::mem::take(&mut read.entities);
        let layers = Layers { body: document.body, ..read.layers(text, &self.lexicon) };
        let found = attribution::find(
            layers,
            Models { relations: self.attributions.as_ref(), ranker: self.ranker.as_ref() },
            self.min_confidence,
            &mut entities,
            &mut resolved,
        );
        let mut mentions = together(layers.mentions, std::mem::take(&mut resolved.mentions));
        sources(&found, &mut mentions, &mut entities, &self.lexicon);
        let layers = Layers { mentions: &mentions, ..layers };
        let feelings = stance::Feelings::new(self.sentiment.as_ref(), read.sentiment());
        let (stances, vectors) =
            stance::find(layers, &read.terms, &found, self.stances.as_ref(), &feelings, &mut entities);

        let tokens = tokens(&read.fine, &read.tagged, &read.arcs);
        document.english = english::share(&read.segments, &read.classes);
        document.sentences = sentences(&read.segments);
        document.tokens = tokens;
        document.blocks = read.blocks;
        document.mentions = mentions;
        document.entities = entities.entities;
        document.chains = Chains(resolved.chains);
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
    pub(crate) fn read(&self, text: &str, published: Published<'_>) -> Reading {
        let Self { lexicon, language, .. } = self;
        let blocks = self.blocks(text);
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
            let seen = Seen { tags: &classes, headline: &headline, hits: &hits, names: &named };
            entity::find(text, &fine, seen, published, lexicon)
        };
        let (classes, terms) = tag::tag(text, &segments, &headline, lexicon);
        let mut speaking =
            segments.sentences.iter().map(|s| speaks(text, &segments.tokens[s.range()], &classes[s.range()]));
        let arcs = language.parse(&fine, &tagged, |_| {
            let speaks = speaking.next().unwrap_or(false);
            self.parse == Parse::All || self.parse == Parse::Cues && speaks
        });
        let syntax = Syntax::new(&fine, &segments, &tagged, &arcs);
        let around =
            metonym::Surroundings { text, segments: &segments, tags: &classes, syntax: &syntax, lexicon };
        metonym::read(around, &mut mentions, &mut entities);
        Reading { blocks, fine, segments, headline, tagged, mentions, entities, classes, terms, arcs, syntax }
    }

    /// The sentiment of the text towards the targets at `spans`, each judged by its own sentence; none where a span
    /// holds no word. Whatever the pipeline parses otherwise, the sentences of the targets are parsed here.
    pub fn sentiment(&self, text: &str, spans: &[Span]) -> Vec<Option<Judgement>> {
        let Some(model) = &self.sentiment else { return vec![None; spans.len()] };
        self.with_targets(text, spans, |layers| {
            spans.iter().map(|span| model.towards(layers, *span)).collect()
        })
    }

    /// Shows a text as sentiment sees it: words, tags and the trees of the sentences that a span lies in.
    pub(crate) fn with_targets<R>(
        &self,
        text: &str,
        spans: &[Span],
        look: impl FnOnce(sentiment::Layers<'_>) -> R,
    ) -> R {
        let mut blocks = clean::clean(text);
        let left_out = blocks.iter_mut().filter(|block| !block.kind.is_copy());
        left_out.for_each(|block| block.kind = BlockKind::Body);
        let segments = segment::segment(text, &blocks);
        let tagged = self.language.tag(text, &segments);
        let mut order: Vec<Span> = spans.to_vec();
        order.sort_unstable();
        let (mut next, mut reach) = (0, 0);
        let arcs = self.language.parse(&segments, &tagged, |sentence| {
            let tokens = &segments.tokens[sentence.range()];
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
            while let Some(span) = order.get(next).filter(|span| span.start < last.span.end) {
                reach = reach.max(span.end);
                next += 1;
            }
            reach > first.span.start
        });
        look(sentiment::Layers { segments: &segments, tagged: &tagged, arcs: &arcs })
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

/// Names, pronouns and descriptions in text order.
fn together(names: &[entity::Mention], described: Vec<entity::Mention>) -> Vec<entity::Mention> {
    let mut mentions = [names, &described].concat();
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    mentions.dedup_by_key(|m| (m.span, m.entity));
    mentions
}

/// A place that is a source means those whom it houses, however its verb was found.
fn sources(
    found: &[(attribution::Attribution, attribution::Sense)],
    mentions: &mut [entity::Mention],
    entities: &mut entity::Entities,
    lexicon: &Lexicon,
) {
    for (attribution, _) in found {
        let Some((span, entity)) = attribution.source.zip(attribution.source_entity) else { continue };
        let from = mentions.partition_point(|m| m.span.start < span.start);
        let named = mentions[from..].iter_mut().take_while(|m| m.span.start < span.end);
        for mention in named.filter(|m| m.via == entity::Via::Gazetteer && m.span.end == span.end) {
            if entities.houses(mention.entity, lexicon) && entities.speaker(mention.entity, lexicon) == entity
            {
                metonym::mean(mention, entities, lexicon);
            }
        }
    }
}

/// Whether a sentence holds a verb or a phrase that attributes, a noun that does so with its source behind it, or a
/// quotation mark.
fn speaks(text: &str, tokens: &[segment::Token], tags: &[tag::Tag]) -> bool {
    let quoted = |t: &segment::Token| matches!(t.kind, TokenKind::OpenQuote | TokenKind::CloseQuote);
    let cue = |t: &tag::Tag| t.verb_cue.is_some() && (t.verb || t.phrase > 0);
    let noun = |(t, next): (&tag::Tag, &segment::Token)| {
        t.noun_cue.is_some()
            && !t.verb
            && attribution::BEFORE_SOURCE.iter().any(|word| word.eq_ignore_ascii_case(next.span.of(text)))
    };
    tokens.iter().any(quoted) || tags.iter().any(cue) || tags.iter().zip(tokens.iter().skip(1)).any(noun)
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
