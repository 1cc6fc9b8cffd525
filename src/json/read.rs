//! From the contract's shape back to a document: ids to indices, code points to bytes, all of it checked.

use super::wrong_schema;
use crate::attribution::Attribution;
use crate::clean::Block;
use crate::contract::{AttributionRow, BlockRow, Contract, EntityRow, MentionRow, SCHEMA, Spot, TitleLayers};
use crate::document::{Document, Field, Record};
use crate::entity::{Entity, Mention};
use crate::error::{Error, Result};
use crate::offsets::bytes_of;
use crate::span::Span;
use crate::stance::{Factuality, Stance};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

pub(super) fn document(mut form: Contract) -> Result<Document> {
    if form.schema != SCHEMA {
        return Err(Error::usage(wrong_schema(&form.schema)));
    }
    let text = form.text.take().ok_or_else(|| {
        Error::usage("expected the document's \"text\": write it with its text, or put it back in")
    })?;
    if text.len() + form.meta.title.as_ref().map_or(0, |title| title.len() + 2) > u32::MAX as usize {
        return Err(Error::usage("expected a text shorter than 4 GiB"));
    }
    let own = |value: &mut Option<Cow<str>>| value.take().map(Cow::into_owned);
    let mut doc = Document::new(Record {
        id: form.id.to_string(),
        text: text.into_owned(),
        title: own(&mut form.meta.title),
        outlet: own(&mut form.meta.outlet),
        date: own(&mut form.meta.date),
        url: own(&mut form.meta.url),
        warnings: std::mem::take(&mut form.warnings).into_owned(),
    });
    to_bytes(&mut form, &doc)?;
    let spans = Spans { doc: &doc };
    let title = form.title_layers.take().unwrap_or_default();
    let texts = form.sentences.take().unwrap_or_default();
    let sentences = title.sentences.iter().map(|&pair| spans.plain(Field::Title, pair));
    let sentences: Vec<_> =
        sentences.chain(texts.iter().map(|&pair| spans.plain(Field::Text, pair))).collect::<Result<_>>()?;
    let block =
        |field, row: &BlockRow| Ok(Block { span: spans.plain(field, (row.start, row.end))?, kind: row.kind });
    let blocks = title.blocks.iter().map(|row| block(Field::Title, row));
    let blocks: Vec<_> =
        blocks.chain(form.blocks.iter().map(|row| block(Field::Text, row))).collect::<Result<_>>()?;
    in_order("sentences", sentences.iter().copied())?;
    in_order("blocks", blocks.iter().map(|block| block.span))?;

    let entities = Ids::of("entity", form.entities.iter().map(|row| row.id.as_ref()))?;
    let attributions = Ids::of("attribution", form.attributions.iter().map(|row| row.id.as_str()))?;
    let mentions: Vec<_> =
        form.mentions.iter().map(|row| mention(row, &spans, &entities)).collect::<Result<_>>()?;
    let rows = form.attributions.iter();
    let rows: Vec<_> =
        rows.map(|row| attribution(row, &spans, &entities, &attributions)).collect::<Result<_>>()?;
    no_circles(&rows)?;
    let stances = stances(&form.attributions, &entities)?;
    let vectors = vectors(form.vectors.as_deref().unwrap_or_default(), rows.len())?;

    doc.english = form.english;
    doc.sentences = sentences;
    doc.blocks = blocks;
    doc.mentions = mentions;
    doc.entities = form.entities.into_iter().map(entity).collect();
    doc.attributions = rows;
    doc.stances = stances;
    doc.vectors = vectors;
    Ok(doc)
}

/// Turns every offset of the form from code points into bytes of its field, in one walk over each.
fn to_bytes(form: &mut Contract, doc: &Document) -> Result<()> {
    let (mut title, mut text) = (Vec::new(), Vec::new());
    for row in &mut form.blocks {
        text.extend([&mut row.start, &mut row.end]);
    }
    text.extend(form.sentences.iter_mut().flatten().flat_map(|(start, end)| [start, end]));
    if let Some(TitleLayers { blocks, sentences }) = &mut form.title_layers {
        title.extend(blocks.iter_mut().flat_map(|row| [&mut row.start, &mut row.end]));
        title.extend(sentences.iter_mut().flat_map(|(start, end)| [start, end]));
    }
    for row in &mut form.mentions {
        let field = if row.field == Field::Title { &mut title } else { &mut text };
        field.extend([&mut row.start, &mut row.end]);
    }
    for row in &mut form.attributions {
        let field = if row.field == Field::Title { &mut title } else { &mut text };
        let AttributionRow { source, addressee, cue, content, .. } = row;
        let roles = [source, addressee, cue].into_iter().flatten();
        field.extend(roles.chain(content).flat_map(|spot| [&mut spot.start, &mut spot.end]));
    }
    for (name, field, offsets) in [("title", doc.heading(), title), ("text", doc.text(), text)] {
        let points: Vec<u32> = offsets.iter().map(|point| **point).collect();
        let bytes = bytes_of(field, &points).ok_or_else(|| {
            let last = points.iter().max().copied().unwrap_or(0);
            let length = field.chars().count();
            Error::usage(format!(
                "expected spans inside the {name}, which has {length} code points; one reaches to {last}"
            ))
        })?;
        for (offset, byte) in offsets.into_iter().zip(bytes) {
            *offset = byte;
        }
    }
    Ok(())
}

/// Checks spans of the two fields, by now in bytes, and puts them into the analysed string.
struct Spans<'d> {
    doc: &'d Document,
}

impl Spans<'_> {
    fn plain(&self, field: Field, (start, end): (u32, u32)) -> Result<Span> {
        if start > end {
            return Err(Error::usage(
                "expected spans with start <= end, found one that ends before it starts",
            ));
        }
        Ok(match field {
            Field::Title => Span { start, end },
            Field::Text => Span { start: start + self.doc.body, end: end + self.doc.body },
        })
    }

    fn spot(&self, owner: &str, field: Field, start: u32, end: u32, words: &str) -> Result<Span> {
        let span = self.plain(field, (start, end))?;
        let found = self.doc.slice(span);
        if found == words {
            return Ok(span);
        }
        Err(Error::usage(format!("{owner}: expected the words {words:?} at its span, found {found:?}")))
    }
}

/// Ids of one kind and their indices.
struct Ids<'f> {
    kind: &'static str,
    index: FxHashMap<&'f str, u32>,
}

impl<'f> Ids<'f> {
    fn of(kind: &'static str, ids: impl Iterator<Item = &'f str>) -> Result<Self> {
        let mut index = FxHashMap::default();
        for (i, id) in ids.enumerate() {
            if index.insert(id, i as u32).is_some() {
                return Err(Error::usage(format!("expected every {kind} once, found {id:?} twice")));
            }
        }
        Ok(Self { kind, index })
    }

    fn get(&self, id: &str) -> Result<u32> {
        let missing = || Error::usage(format!("expected an {} of this document, found {id:?}", self.kind));
        self.index.get(id).copied().ok_or_else(missing)
    }

    fn find(&self, id: Option<&str>) -> Result<Option<u32>> {
        id.map(|id| self.get(id)).transpose()
    }
}

fn mention(row: &MentionRow, spans: &Spans, entities: &Ids) -> Result<Mention> {
    let span = spans.spot(&row.id, row.field, row.start, row.end, &row.text)?;
    let entity = entities.get(&row.entity)?;
    Ok(Mention { span, label: row.label, entity, via: row.via, confidence: row.confidence })
}

fn entity(row: EntityRow) -> Entity {
    Entity { id: row.id.into_owned(), name: row.name.into_owned(), label: row.label }
}

fn attribution(row: &AttributionRow, spans: &Spans, entities: &Ids, ids: &Ids) -> Result<Attribution> {
    let spot = |spot: &Spot| spans.spot(&row.id, row.field, spot.start, spot.end, &spot.text);
    Ok(Attribution {
        parent: ids.find(row.parent.as_deref())?,
        kind: row.kind,
        source: row.source.as_ref().map(spot).transpose()?,
        source_entity: entities.find(row.source_entity_id.as_deref())?,
        source_kind: row.source_kind,
        source_confidence: row.label_confidence.source_entity,
        addressee: row.addressee.as_ref().map(spot).transpose()?,
        addressee_entity: entities.find(row.addressee_entity_id.as_deref())?,
        cue: row.cue.as_ref().map(spot).transpose()?,
        content: row.content.iter().map(spot).collect::<Result<_>>()?,
        confidence: row.confidence,
        why: row.why.to_string(),
    })
}

/// One stance for each attribution, or none at all.
fn stances(rows: &[AttributionRow], entities: &Ids) -> Result<Vec<Stance>> {
    if rows.iter().all(|row| row.act.is_none() && row.factuality.is_none()) {
        return Ok(Vec::new());
    }
    let stance = |row: &AttributionRow| match (row.act, row.factuality) {
        (Some(act), Some(factuality)) => {
            let sure = &row.label_confidence;
            let confidence = [sure.act, sure.factuality, sure.about];
            let article = row.article_factuality.unwrap_or(Factuality::Uncommitted);
            let about = entities.find(row.about_id.as_deref())?;
            Ok(Stance { act, factuality, article, about, confidence })
        }
        _ => Err(Error::usage(format!("{}: expected an act and a factuality", row.id))),
    };
    rows.iter().map(stance).collect()
}

fn vectors(rows: &[Cow<[f32]>], attributions: usize) -> Result<Vec<f32>> {
    let width = rows.first().map_or(0, |row| row.len());
    if (!rows.is_empty() && rows.len() != attributions) || rows.iter().any(|row| row.len() != width) {
        return Err(Error::usage("expected one vector for each attribution, all of one length"));
    }
    Ok(rows.concat())
}

fn in_order(what: &str, spans: impl Iterator<Item = Span>) -> Result<()> {
    let mut end = 0;
    for span in spans {
        if span.start < end {
            return Err(Error::usage(format!("expected {what} in text order without overlap")));
        }
        end = span.end;
    }
    Ok(())
}

/// Parents lead to a root: whoever follows a chain must arrive.
fn no_circles(rows: &[Attribution]) -> Result<()> {
    let mut walk = vec![0; rows.len()];
    for start in 0..rows.len() {
        let mut at = Some(start);
        while let Some(i) = at.filter(|&i| walk[i] == 0) {
            walk[i] = start + 1;
            at = rows[i].parent.map(|parent| parent as usize);
            if at.is_some_and(|next| walk[next] == start + 1) {
                return Err(Error::usage("expected parents that lead outwards, found a circle of them"));
            }
        }
    }
    Ok(())
}
