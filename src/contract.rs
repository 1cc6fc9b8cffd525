//! A document in the shape of the output contract: ids, names and code points instead of indices and bytes.
//!
//! JSON lines and tables are both made from it, so that they cannot differ. A span of the inside
//! becomes a `Spot` here; keys are written in the order of the fields.

use crate::attribution::{Attribution, Kind, SourceKind};
use crate::clean::BlockKind;
use crate::document::{Document, Field};
use crate::entity::{Label, Via};
use crate::offsets::Offsets;
use crate::span::Span;
use crate::stance::{Act, Factuality};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Name and version of the contract. A version only gains columns.
pub const SCHEMA: &str = "sayso/1";

type Str<'d> = Cow<'d, str>;

/// One document, as one line of JSON holds it. The `Option`s at the end and `text` are left out where `None`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Contract<'d> {
    pub schema: Str<'d>,
    pub id: Str<'d>,
    #[serde(default)]
    pub meta: Meta<'d>,
    #[serde(default)]
    pub warnings: Cow<'d, [String]>,
    pub english: f32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Str<'d>>,
    pub blocks: Vec<BlockRow>,
    pub mentions: Vec<MentionRow<'d>>,
    pub entities: Vec<EntityRow<'d>>,
    pub attributions: Vec<AttributionRow<'d>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vectors: Option<Vec<Cow<'d, [f32]>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentences: Option<Vec<(u32, u32)>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_layers: Option<TitleLayers>,
}

/// What is known of the record; absent where it was not given.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Meta<'d> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Str<'d>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<Str<'d>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Str<'d>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Str<'d>>,
}

/// Blocks and sentences of a title that is analysed apart; the full form alone has them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TitleLayers {
    pub blocks: Vec<BlockRow>,
    pub sentences: Vec<(u32, u32)>,
}

/// A span in code points of its field, and its words.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Spot<'d> {
    pub start: u32,
    pub end: u32,
    pub text: Str<'d>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BlockRow {
    pub start: u32,
    pub end: u32,
    pub kind: BlockKind,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MentionRow<'d> {
    pub id: String,
    pub field: Field,
    pub start: u32,
    pub end: u32,
    pub text: Str<'d>,
    pub label: Label,
    pub entity: Str<'d>,
    pub name: Str<'d>,
    pub via: Via,
    pub confidence: Option<f32>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct EntityRow<'d> {
    pub id: Str<'d>,
    pub name: Str<'d>,
    pub label: Label,
    pub mentions: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AttributionRow<'d> {
    pub id: String,
    pub parent: Option<String>,
    pub field: Field,
    pub kind: Kind,
    pub source: Option<Spot<'d>>,
    pub source_entity: Option<Str<'d>>,
    pub source_entity_id: Option<Str<'d>>,
    pub source_kind: Option<SourceKind>,
    pub addressee: Option<Spot<'d>>,
    pub addressee_entity: Option<Str<'d>>,
    pub addressee_entity_id: Option<Str<'d>>,
    pub cue: Option<Spot<'d>>,
    pub content: Vec<Spot<'d>>,
    pub act: Option<Act>,
    pub factuality: Option<Factuality>,
    pub polarity: Option<i8>,
    pub certainty: Option<f32>,
    #[serde(default)]
    pub article_factuality: Option<Factuality>,
    pub about: Option<Str<'d>>,
    pub about_id: Option<Str<'d>>,
    pub confidence: Option<f32>,
    #[serde(default)]
    pub label_confidence: LabelConfidence,
    pub why: Str<'d>,
}

/// Confidences of single labels; null until they are measured and calibrated.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct LabelConfidence {
    pub act: Option<f32>,
    pub factuality: Option<f32>,
    pub about: Option<f32>,
    pub source_entity: Option<f32>,
}

impl<'d> Contract<'d> {
    /// The contract's view of a document, without text, vectors and the layers of the full form.
    pub fn of(doc: &'d Document) -> Self {
        let places = Places::new(doc);
        let mut members = vec![Vec::new(); doc.entities.len()];
        let mut mentions = Vec::with_capacity(doc.mentions.len());
        for (i, mention) in doc.mentions.iter().enumerate() {
            let id = format!("{}#m{}", doc.id, i + 1);
            let (field, span) = doc.place(mention.span);
            let Spot { start, end, text } = places.spot(field, span);
            let (entity, name) = match doc.entities.get(mention.entity as usize) {
                Some(entity) => (entity.id.as_str(), entity.name.as_str()),
                None => ("", ""),
            };
            if let Some(members) = members.get_mut(mention.entity as usize) {
                members.push(id.clone());
            }
            mentions.push(MentionRow {
                id,
                field,
                start,
                end,
                text,
                label: mention.label,
                entity: entity.into(),
                name: name.into(),
                via: mention.via,
                confidence: mention.confidence.map(short),
            });
        }
        let entities = doc.entities.iter().zip(members).map(|(entity, mentions)| EntityRow {
            id: entity.id.as_str().into(),
            name: entity.name.as_str().into(),
            label: entity.label,
            mentions,
        });
        let blocks = doc.blocks.iter().map(|block| (doc.place(block.span), block.kind));
        Self {
            schema: SCHEMA.into(),
            id: doc.id.as_str().into(),
            meta: Meta {
                title: doc.title.as_deref().map(Into::into),
                outlet: doc.outlet.as_deref().map(Into::into),
                date: doc.date.as_deref().map(Into::into),
                url: doc.url.as_deref().map(Into::into),
            },
            warnings: doc.warnings.as_slice().into(),
            english: short(doc.english),
            text: None,
            blocks: blocks
                .filter(|((field, _), _)| *field == Field::Text)
                .map(|((field, span), kind)| places.block(field, span, kind))
                .collect(),
            mentions,
            entities: entities.collect(),
            attributions: (0..doc.attributions.len()).map(|i| attribution(doc, &places, i)).collect(),
            vectors: None,
            sentences: None,
            title_layers: None,
        }
    }

    /// Adds the text as it was given.
    pub fn with_text(mut self, doc: &'d Document) -> Self {
        self.text = Some(doc.text().into());
        self
    }

    /// Adds vectors, sentences and the layers of the title: all that a [`Document`] holds beyond the rest.
    pub fn with_vectors(mut self, doc: &'d Document) -> Self {
        let places = Places::new(doc);
        let width = doc.vectors.len().checked_div(doc.attributions.len()).unwrap_or(0);
        self.vectors = Some(match width {
            0 => Vec::new(),
            width => doc.vectors.chunks(width).map(Into::into).collect(),
        });
        let mut title = TitleLayers::default();
        let mut sentences = Vec::with_capacity(doc.sentences.len());
        for &sentence in &doc.sentences {
            let (field, span) = doc.place(sentence);
            let layer = if field == Field::Text { &mut sentences } else { &mut title.sentences };
            layer.push(places.points(field, span));
        }
        let blocks = doc.blocks.iter().map(|block| (doc.place(block.span), block.kind));
        title.blocks = blocks
            .filter(|((field, _), _)| *field == Field::Title)
            .map(|((field, span), kind)| places.block(field, span, kind))
            .collect();
        self.sentences = Some(sentences);
        self.title_layers = (!doc.heading().is_empty()).then_some(title);
        self
    }
}

/// The id of the attribution with index `index`, which counts from 1 outside.
fn attribution_id(doc: &Document, index: usize) -> String {
    format!("{}#{}", doc.id, index + 1)
}

fn attribution<'d>(doc: &'d Document, places: &Places<'d>, index: usize) -> AttributionRow<'d> {
    let Attribution {
        parent,
        kind,
        source,
        source_entity,
        source_kind,
        source_confidence,
        addressee,
        addressee_entity,
        cue,
        content,
        confidence,
        why,
    } = &doc.attributions[index];
    let stance = doc.stances.get(index);
    let field = cue.or(content.first().copied()).or(*source).map_or(Field::Text, |span| doc.place(span).0);
    // A span of the other field cannot be told here: better absent than wrong.
    let spot = |span: Span| {
        let (of, span) = doc.place(span);
        (of == field).then(|| places.spot(field, span))
    };
    let entity = |index: Option<u32>| index.and_then(|i| doc.entities.get(i as usize));
    let name = |index| entity(index).map(|e| e.name.as_str().into());
    let id = |index| entity(index).map(|e| e.id.as_str().into());
    let about = stance.and_then(|stance| stance.about);
    let sure = |label: usize| stance.and_then(|stance| stance.confidence[label]).map(short);
    AttributionRow {
        id: attribution_id(doc, index),
        parent: parent.map(|parent| attribution_id(doc, parent as usize)),
        field,
        kind: *kind,
        source: source.and_then(spot),
        source_entity: name(*source_entity),
        source_entity_id: id(*source_entity),
        source_kind: *source_kind,
        addressee: addressee.and_then(spot),
        addressee_entity: name(*addressee_entity),
        addressee_entity_id: id(*addressee_entity),
        cue: cue.and_then(spot),
        content: content.iter().filter_map(|span| spot(*span)).collect(),
        act: stance.map(|stance| stance.act),
        factuality: stance.map(|stance| stance.factuality),
        polarity: stance.map(|stance| stance.factuality.polarity()),
        certainty: stance.map(|stance| short(stance.factuality.certainty())),
        article_factuality: stance.map(|stance| stance.article),
        about: name(about),
        about_id: id(about),
        confidence: confidence.map(short),
        label_confidence: LabelConfidence {
            act: sure(0),
            factuality: sure(1),
            about: sure(2),
            source_entity: source_confidence.map(short),
        },
        why: why.as_str().into(),
    }
}

/// The name that the contract gives a label: "PER", "official_group", "CT+".
pub fn name_of<L: Serialize>(label: &L) -> String {
    struct Name<'l, L>(&'l L);
    impl<L: Serialize> std::fmt::Display for Name<'_, L> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.serialize(f)
        }
    }
    Name(label).to_string()
}

/// Two places are enough, and none that is not a number.
fn short(figure: f32) -> f32 {
    if figure.is_finite() { (figure * 100.0).round() / 100.0 } else { 0.0 }
}

/// The two fields of a document and their offsets.
struct Places<'d> {
    title: (&'d str, Offsets<'d>),
    text: (&'d str, Offsets<'d>),
}

impl<'d> Places<'d> {
    fn new(doc: &'d Document) -> Self {
        let of = |field: &'d str| (field, Offsets::new(field));
        Self { title: of(doc.heading()), text: of(doc.text()) }
    }

    fn field(&self, field: Field) -> &(&'d str, Offsets<'d>) {
        match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        }
    }

    fn points(&self, field: Field, span: Span) -> (u32, u32) {
        let offsets = &self.field(field).1;
        (offsets.point(span.start), offsets.point(span.end))
    }

    fn spot(&self, field: Field, span: Span) -> Spot<'d> {
        let (start, end) = self.points(field, span);
        Spot { start, end, text: span.of(self.field(field).0).into() }
    }

    fn block(&self, field: Field, span: Span, kind: BlockKind) -> BlockRow {
        let (start, end) = self.points(field, span);
        BlockRow { start, end, kind }
    }
}
