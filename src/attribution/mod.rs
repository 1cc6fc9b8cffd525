//! Attributions: a source, a cue and a content, by rules over cues, quotations and clauses.

mod combine;
mod content;
mod cue;
mod draft;
mod frames;
mod headline;
pub(crate) mod learned;
mod link;
mod source;
mod speaker;
mod view;

pub use crate::labels::{Kind, SourceKind};

use crate::coreference::{self, Ranker};
use crate::entity::{Chain, Entities, Mention};
use crate::labels::{Act, Factuality};
use crate::language::Syntax;
use crate::lexicon::Lexicon;
use crate::segment::{Segments, TokenKind};
use crate::span::Span;
use crate::tag::Tag;
pub(crate) use draft::Draft;
pub(crate) use frames::BEFORE_SOURCE;
#[cfg(feature = "train")]
pub(crate) use learned::resolve::Relation;
#[cfg(feature = "train")]
use learned::sight::Sight;
pub use learned::{AttributionModel, Model, StageModel};
use serde::{Deserialize, Serialize};
use speaker::Speakers;
use std::ops::Range;
use view::View;

/// Who says what: a source, the cue that attributes, and the content. At least the content or the cue is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Index of the attribution in whose content this one stands.
    pub parent: Option<u32>,
    /// Whether the content stands in quotation marks.
    pub kind: Kind,
    /// Who says it.
    pub source: Option<Span>,
    /// Index into the document's entities.
    pub source_entity: Option<u32>,
    /// What kind of source it is.
    pub source_kind: Option<SourceKind>,
    /// How likely the entity is right, where the source is a pronoun or a description; see `docs/entities.md`.
    pub source_confidence: Option<f32>,
    /// Who is told.
    pub addressee: Option<Span>,
    /// Index into the document's entities.
    pub addressee_entity: Option<u32>,
    /// The words that attribute.
    pub cue: Option<Span>,
    /// What is said, in text order.
    pub content: Vec<Span>,
    /// How likely source, cue and content are right, where the model found them; see `docs/attribution.md`.
    pub confidence: Option<f32>,
    /// What found it, in words.
    pub why: String,
}

/// What the cue of an attribution says of its stance, before the words around it are read.
#[derive(Clone, Debug)]
pub struct Sense {
    /// What the source does, by the cue.
    pub act: Act,
    /// What the source commits to, by the cue.
    pub factuality: Factuality,
    /// The tokens of the cue.
    pub cue: Range<usize>,
    /// The tokens of the content.
    pub content: Vec<Range<usize>>,
    /// The tokens of the source.
    pub source: Option<Range<usize>>,
    /// The lemma of the cue, empty for a colon or a dash.
    pub lemma: String,
}

/// The models that find attributions; none of them while they are trained.
#[derive(Clone, Copy)]
pub struct Models<'a> {
    /// Finds source, cue and content.
    pub relations: Option<&'a Model>,
    /// Finds who a pronoun is.
    pub ranker: Option<&'a Ranker>,
}

/// The layers that attributions stand on.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// The text.
    pub text: &'a str,
    /// Tokens, sentences, quotations.
    pub segments: &'a Segments,
    /// Word classes.
    pub tags: &'a [Tag],
    /// Trees.
    pub syntax: &'a Syntax,
    /// Names.
    pub mentions: &'a [Mention],
    /// For each sentence whether it is a headline.
    pub headline: &'a [bool],
    /// Where the text begins behind a title that is analysed apart, in bytes; 0 where there is none.
    pub body: u32,
    /// Lists.
    pub lexicon: &'a Lexicon,
}

/// What stands for somebody without naming them.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// Pronouns and descriptions that mean an entity.
    pub mentions: Vec<Mention>,
    /// All places of one, be it an entity or not.
    pub chains: Vec<Chain>,
}

/// Finds all attributions, in text order, an outer one before those in its content, each with its sense.
///
/// Entities that only speak through others ("the Kremlin" for Russia) are added to `entities`; pronouns and
/// descriptions that are sources, and who is who, to `resolved`.
pub fn find(
    layers: Layers<'_>,
    models: Models<'_>,
    least: f32,
    entities: &mut Entities,
    resolved: &mut Resolved,
) -> Vec<(Attribution, Sense)> {
    let view = View::new(layers);
    let drafts = statements(&view, models.relations, least);
    attribute(&view, drafts, models.ranker, entities, resolved)
}

/// Who says what in relations that people marked, each by its source, cue and content in tokens and by the number of the
/// relation around it, which stands before it.
#[cfg(feature = "train")]
pub(crate) fn find_marked(
    layers: Layers<'_>,
    marked: Vec<(Relation, Option<usize>)>,
    ranker: Option<&Ranker>,
    entities: &mut Entities,
    resolved: &mut Resolved,
) -> Vec<(Attribution, Sense)> {
    let view = View::new(layers);
    let drafts = combine::marked(&view, marked, &drafts(&view));
    attribute(&view, drafts, ranker, entities, resolved)
}

/// The attributions of drafts, with all who speak in them.
fn attribute(
    view: &View<'_>,
    drafts: Vec<Draft>,
    ranker: Option<&Ranker>,
    entities: &mut Entities,
    resolved: &mut Resolved,
) -> Vec<(Attribution, Sense)> {
    let lexicon = view.lexicon;
    let (source, quoted) = (sources(view, &drafts), speakers(view, &drafts));
    let scene = view.scene(&source, &quoted);
    let descriptions = speaker::descriptions(view, scene, &drafts);
    let (links, chains) = ranker
        .map_or_else(Default::default, |ranker| coreference::resolve(scene, &descriptions, entities, ranker));
    resolved.mentions = links.iter().map(|link| speaker::mention(view, link, entities)).collect();
    resolved.chains = chains;
    let mut speakers = Speakers::new(view, &links);
    let mut found: Vec<(Attribution, Sense)> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let parent = draft.parent.and_then(|p| found.get(p)).and_then(|(outer, _)| outer.source_entity);
        let speaker = speakers.resolve(&draft, parent, entities);
        let addressee_entity = draft.addressee.as_ref().and_then(|range| speaker::named(view, range));
        let mut content: Vec<Span> = draft.content.iter().map(|range| view.span(range)).collect();
        content.sort();
        // Marks that do not match can make a quotation and what stands around it two pieces of one content.
        content.dedup_by(|next, piece| {
            let overlap = piece.overlaps(*next);
            if overlap {
                *piece = piece.join(*next);
            }
            overlap
        });
        let attribution = Attribution {
            parent: draft.parent.map(|p| p as u32),
            kind: kind(view, &draft),
            source: draft.source.as_ref().map(|range| view.span(range)),
            source_entity: speaker.entity,
            source_kind: speaker.kind,
            source_confidence: speaker.confidence,
            addressee: draft.addressee.as_ref().map(|range| view.span(range)),
            addressee_entity,
            cue: Some(view.cue_span(&draft.cue)),
            content,
            confidence: draft.confidence,
            why: draft.why,
        };
        let lemma = draft.index.map_or(String::new(), |i| lexicon.cues[i as usize].cue.to_string());
        let sense = Sense {
            act: draft.act,
            factuality: draft.factuality,
            cue: draft.cue,
            content: draft.content,
            source: draft.source,
            lemma,
        };
        found.push((attribution, sense));
    }
    found
}

/// What coreference sees of a document, and the descriptions in it.
#[cfg(feature = "train")]
pub(crate) fn scene<R>(
    layers: Layers<'_>,
    model: Option<&Model>,
    look: impl FnOnce(coreference::Scene<'_>, &[coreference::Anaphor]) -> R,
) -> R {
    let view = View::new(layers);
    let drafts = statements(&view, model, 0.0);
    let (source, quoted) = (sources(&view, &drafts), speakers(&view, &drafts));
    let scene = view.scene(&source, &quoted);
    look(scene, &speaker::descriptions(&view, scene, &drafts))
}

/// What the model and the rules found together.
fn statements(view: &View<'_>, model: Option<&Model>, least: f32) -> Vec<Draft> {
    let mut drafts = drafts(view);
    if let Some(model) = model {
        drafts = combine::combine(view, model, drafts);
        if least > 0.0 {
            let sure = |draft: &Draft| draft.confidence.is_some_and(|confidence| confidence >= least);
            let keep: Vec<bool> = drafts.iter().map(sure).collect();
            link::retain(&mut drafts, &keep);
        }
    }
    drafts
}

/// For each token whether it is part of a source.
fn sources(view: &View<'_>, drafts: &[Draft]) -> Vec<bool> {
    let mut source = vec![false; view.segments.tokens.len()];
    drafts.iter().filter_map(|draft| draft.source.clone()).for_each(|range| source[range].fill(true));
    source
}

/// For each quotation the source that says it.
fn speakers(view: &View<'_>, drafts: &[Draft]) -> Vec<Option<Range<usize>>> {
    let mut speakers = vec![None; view.segments.quotations.len()];
    for draft in drafts.iter().filter(|draft| draft.quoted) {
        for i in draft.content.iter().flat_map(|range| range.clone()) {
            if let (Some(q), Some(source)) = (view.quotation(i), &draft.source)
                && speakers[q as usize].is_none()
            {
                speakers[q as usize] = Some(source.clone());
            }
        }
    }
    speakers
}

/// What the model sees of a document, and what the rules found in it; `often` is the class of a lemma.
#[cfg(feature = "train")]
pub(crate) fn read(layers: Layers<'_>, often: impl Fn(u32) -> u8) -> (Sight, Vec<Draft>) {
    let view = View::new(layers);
    let mut drafts = drafts(&view);
    drafts.sort_by_key(|draft| draft.cue.start);
    (Sight::new(&view, &drafts, often), drafts)
}

/// Tokens of the longest sentence that is read in one piece.
const LONGEST: usize = 600;

fn drafts(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let sentences = &view.segments.sentences;
    let mut first = 0;
    for (s, sentence) in sentences.iter().enumerate() {
        if s == 0 || sentences[s - 1].paragraph != sentence.paragraph {
            first = sentence.first as usize;
            let end = sentences[s..]
                .iter()
                .take_while(|n| n.paragraph == sentence.paragraph)
                .last()
                .map_or(sentence.last, |n| n.last);
            if !view.headline[s]
                && let Some(draft) = headline::of_transcript(view, first..end as usize)
            {
                drafts.push(draft);
            }
        }
        if view.headline[s]
            && let Some(draft) = headline::of_headline(view, sentence.range())
        {
            drafts.push(draft);
        }
        // A sentence without an end is read in pieces, so that time stays linear.
        let range = sentence.range();
        for start in range.clone().step_by(LONGEST) {
            drafts.extend(draft::of_sentence(
                view,
                start..range.end.min(start + LONGEST),
                first.max(start.saturating_sub(LONGEST)),
            ));
        }
    }
    drafts.sort_by_key(|draft| draft.cue.start);
    link::continue_quotations(view, &mut drafts);
    drafts.iter_mut().for_each(|draft| view.within_title(&draft.cue, &mut draft.content));
    link::nest(view, &mut drafts);
    link::trim_overlaps(view, &mut drafts);
    drafts
}

/// Direct where all words stand in marks, indirect where none do.
fn kind(view: &View<'_>, draft: &Draft) -> Kind {
    let (mut inside, mut words) = (0, 0);
    for i in draft.content.iter().flat_map(|range| range.clone()) {
        if matches!(view.kind(i), TokenKind::Word | TokenKind::Number) {
            words += 1;
            inside += usize::from(view.quotation(i).is_some() || view.in_scare(i));
        }
    }
    match inside {
        0 => Kind::Indirect,
        n if n == words => Kind::Direct,
        _ => Kind::Mixed,
    }
}

impl View<'_> {
    /// The span of a cue, which may be a mark.
    fn cue_span(&self, range: &Range<usize>) -> Span {
        if range.len() == 1 { self.segments.tokens[range.start].span } else { self.span(range) }
    }

    fn in_scare(&self, i: usize) -> bool {
        let span = self.segments.tokens[i].span;
        let quotations = &self.segments.quotations;
        let at = quotations.partition_point(|q| q.span.start <= span.start);
        quotations[..at].iter().rev().take(3).any(|q| q.span.contains(span))
    }
}
