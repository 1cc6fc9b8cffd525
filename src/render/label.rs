//! Labels in words: what HTML and terminal both say of an attribution.

use super::escape::shorten;
use crate::clean::BlockKind;
use crate::document::Document;
use crate::stance::{Factuality, Stance};
use serde::Serialize;

/// The name that the output contract has for a label ("official_group", "CT-").
pub(super) fn name(label: impl Serialize) -> String {
    match serde_json::to_value(label) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Factuality in plain words.
pub(super) fn certainty(factuality: Factuality) -> &'static str {
    match factuality {
        Factuality::Certain => "certain",
        Factuality::Probable => "probable",
        Factuality::Possible => "possible",
        Factuality::CertainNot => "certainly not",
        Factuality::ProbableNot => "probably not",
        Factuality::PossibleNot => "possibly not",
        Factuality::Uncommitted => "not committed",
    }
}

/// One attribution in words, each shortened to a line, none escaped; empty where there is nothing to say.
pub(super) struct Row {
    pub(super) source: String,
    pub(super) entity: String,
    pub(super) kind: String,
    pub(super) cue: String,
    pub(super) content: String,
    pub(super) act: String,
    pub(super) factuality: String,
    pub(super) about: String,
    pub(super) why: String,
    /// Number of the attribution in whose content this one stands, counted from 1.
    pub(super) parent: Option<u32>,
}

/// The words for attribution `index`; `limit` is the length of the content in code points.
pub(super) fn row(doc: &Document, index: u32, limit: usize) -> Option<Row> {
    let a = doc.attributions.get(index as usize)?;
    let stance = stance(doc, index);
    let words = |span| shorten(doc.slice(span), 60);
    let content: Vec<String> =
        a.content.iter().take(8).map(|&span| shorten(doc.slice(span), limit)).collect();
    Some(Row {
        source: a.source.map(words).unwrap_or_default(),
        entity: entity(doc, a.source_entity),
        kind: name(a.kind),
        cue: a.cue.map(words).unwrap_or_default(),
        content: shorten(&content.join(" … "), limit),
        act: stance.map(|s| name(s.act)).unwrap_or_default(),
        factuality: stance.map(|s| name(s.factuality)).unwrap_or_default(),
        about: entity(doc, stance.and_then(|s| s.about)),
        why: shorten(&a.why, 160),
        parent: a.parent.filter(|&p| (p as usize) < doc.attributions.len()).map(|p| p + 1),
    })
}

/// The stance of attribution `index`.
pub(super) fn stance(doc: &Document, index: u32) -> Option<Stance> {
    doc.stances.get(index as usize).copied()
}

/// The canonical name of an entity, or nothing.
pub(super) fn entity(doc: &Document, index: Option<u32>) -> String {
    index.and_then(|i| doc.entities.get(i as usize)).map(|e| shorten(&e.name, 60)).unwrap_or_default()
}

/// What to call the document in a list: its title, the headline in its text, or its id.
pub(super) fn headline(doc: &Document) -> String {
    let given = doc.title.as_deref().map(|title| shorten(title, 160)).unwrap_or_default();
    if !given.is_empty() {
        return given;
    }
    let block = doc.blocks.iter().find(|b| b.kind == BlockKind::Title);
    let first_line = block.and_then(|b| doc.slice(b.span).trim().lines().next()).unwrap_or_default();
    let found = shorten(first_line, 160);
    if found.is_empty() { shorten(&doc.id, 160) } else { found }
}
