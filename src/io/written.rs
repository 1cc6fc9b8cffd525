//! The names in what a run wrote: read back from lines of JSON or a folder of tables, a document at a time.

use super::stream::Place;
use super::walk::{self, Format};
use crate::contract::SCHEMA;
use crate::error::{Error, Result};
use crate::labels::{Label, Via};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

mod tables;

pub use tables::joined;

/// A document by its names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The document's id.
    pub id: String,
    /// Its entities.
    pub entities: Vec<WrittenEntity>,
}

/// An entity of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenEntity {
    /// Its id in the document.
    pub id: String,
    /// Its canonical name there.
    pub name: String,
    /// What kind of thing it is.
    pub label: Label,
    /// How often it is mentioned.
    pub mentions: u64,
    /// The words of the mentions that name it.
    pub texts: Vec<String>,
}

impl WrittenEntity {
    fn mention(&mut self, text: String, via: Via) {
        self.mentions += 1;
        if names(via) && !self.texts.contains(&text) {
            self.texts.push(text);
        }
    }
}

/// Whether a mention that was found in this way holds a name.
pub fn names(via: Via) -> bool {
    !matches!(via, Via::Pronoun | Via::Description)
}

/// Documents, or why one cannot be read.
pub type Documents = Box<dyn Iterator<Item = Result<Written>> + Send>;

/// Opens what `sayso run` wrote: `.jsonl`, also with `.gz` or `.zst`, or a folder of tables.
///
/// # Errors
/// Where there is nothing at `path` or something else.
pub fn written(path: &Path) -> Result<Documents> {
    const EXPECTED: &str = "expected what `sayso run` wrote: .jsonl (also .gz, .zst) or a folder of tables";
    if path.is_dir() {
        return tables::folder(path, EXPECTED);
    }
    let (inputs, _) = walk::inputs(&[path.to_path_buf()])?;
    match inputs.first() {
        Some(input) if input.format == Format::Jsonl => lines(path, Place::new(input, Arc::default())),
        _ => Err(Error::file(path, EXPECTED)),
    }
}

/// What is read of a line.
#[derive(Deserialize)]
struct Line {
    schema: String,
    id: String,
    mentions: Vec<MentionLine>,
    entities: Vec<EntityLine>,
}

#[derive(Deserialize)]
struct MentionLine {
    text: String,
    entity: String,
    via: Via,
}

#[derive(Deserialize)]
struct EntityLine {
    id: String,
    name: String,
    label: Label,
}

fn lines(path: &Path, place: Place) -> Result<Documents> {
    let mut bytes = place.rows().map_err(|error| Error::file(path, error))?;
    let file = path.display().to_string();
    let (mut number, mut line) = (0, Vec::new());
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            number += 1;
            line.clear();
            match bytes.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(document(&line).map_err(|what| Error::row(&file, number, what))),
                Err(error) => return Some(Err(Error::row(&file, number, error.to_string()))),
            }
        }
    })))
}

fn document(line: &[u8]) -> std::result::Result<Written, String> {
    let expected =
        |what: &dyn std::fmt::Display| format!("expected a document of schema \"{SCHEMA}\": {what}");
    let line: Line = serde_json::from_slice(line).map_err(|error| expected(&error))?;
    if line.schema != SCHEMA {
        return Err(expected(&format!("found {:?}", line.schema)));
    }
    let entities = line.entities.into_iter().map(|EntityLine { id, name, label }| entity(id, name, label));
    let mut document = Written { id: line.id, entities: entities.collect() };
    let mentions = line.mentions.into_iter().map(|MentionLine { text, entity, via }| (text, entity, via));
    document.mention(mentions);
    Ok(document)
}

fn entity(id: String, name: String, label: Label) -> WrittenEntity {
    WrittenEntity { id, name, label, mentions: 0, texts: Vec::new() }
}

impl Written {
    fn mention(&mut self, mentions: impl Iterator<Item = (String, String, Via)>) {
        let places = (0..).zip(&self.entities).map(|(i, entity)| (entity.id.clone(), i));
        let places: FxHashMap<String, usize> = places.collect();
        for (text, entity, via) in mentions {
            if let Some(entity) = places.get(&entity).and_then(|i| self.entities.get_mut(*i)) {
                entity.mention(text, via);
            }
        }
    }
}
