//! Linking the entities of many documents: they are read once, their names counted and their numbers kept, and what each of
//! them is in the corpus is told document by document.

use crate::document::Document;
use crate::entity::Via;
use crate::error::Result;
use crate::io::spool::{Spool, Spooled};
use crate::io::written::{Written, names};
use crate::lexicon::Lexicon;
use crate::link::{Census, Corpus, Links, Named};
use crate::table::LinkRow;

/// Rows that are told together.
const BATCH: usize = 1 << 14;

/// Documents on their way to be linked.
#[derive(Debug, Default)]
pub struct Linking {
    census: Census,
    spool: Spool,
}

/// Documents whose entities are linked, which can be told once and again.
#[derive(Debug)]
pub struct Linked {
    links: Links,
    spooled: Spooled,
}

impl Linking {
    /// Adds a document.
    ///
    /// # Errors
    /// Where the folder of temporary files is full.
    pub fn document(&mut self, doc: &Document) -> Result<()> {
        let mut entities: Vec<Named<'_>> = doc
            .entities
            .iter()
            .map(|entity| Named {
                id: &entity.id,
                name: &entity.name,
                label: entity.label,
                mentions: 0,
                texts: Vec::new(),
            })
            .collect();
        for mention in &doc.mentions {
            let Some(entity) = entities.get_mut(mention.entity as usize) else { continue };
            entity.mentions += 1;
            let via: Via = mention.via;
            let text = doc.slice(mention.span);
            if names(via) && !entity.texts.contains(&text) {
                entity.texts.push(text);
            }
        }
        self.add(&doc.id, &entities)
    }

    /// Adds a document that a run wrote.
    ///
    /// # Errors
    /// Where the folder of temporary files is full.
    pub fn written(&mut self, doc: &Written) -> Result<()> {
        let entities = doc.entities.iter().map(|entity| Named {
            id: &entity.id,
            name: &entity.name,
            label: entity.label,
            mentions: entity.mentions,
            texts: entity.texts.iter().map(String::as_str).collect(),
        });
        self.add(&doc.id, &entities.collect::<Vec<_>>())
    }

    fn add(&mut self, id: &str, entities: &[Named<'_>]) -> Result<()> {
        let numbers = self.census.add(entities);
        self.spool.put(id, &numbers)
    }

    /// Settles what each entity is. The order in which the documents were added does not matter.
    ///
    /// # Errors
    /// Where the folder of temporary files cannot be read.
    pub fn settle(self, lexicon: &Lexicon) -> Result<Linked> {
        let mut spooled = self.spool.done()?;
        let mut corpus = Corpus::new(self.census, lexicon);
        if corpus.is_open() {
            spooled.each(|_, numbers| {
                corpus.note(numbers);
                Ok(())
            })?;
        }
        Ok(Linked { links: corpus.links(), spooled })
    }
}

impl Linked {
    /// Gives the rows of all entities to `put`, some at a time, in the order of the documents.
    ///
    /// # Errors
    /// Where the folder of temporary files cannot be read, and what `put` says.
    pub fn rows(&mut self, mut put: impl FnMut(&[LinkRow<'_>]) -> Result<()>) -> Result<()> {
        let links = &self.links;
        let mut rows: Vec<LinkRow<'_>> = Vec::new();
        self.spooled.each(|document, numbers| {
            for (number, link) in numbers.iter().zip(links.of(document, numbers)) {
                let Some((entity, name, label)) = links.key(*number) else { continue };
                rows.push(LinkRow {
                    document_id: document.to_owned(),
                    entity,
                    name,
                    label,
                    corpus_entity: link.id,
                    corpus_name: link.name,
                    why: link.reason,
                });
            }
            if rows.len() >= BATCH {
                put(&rows)?;
                rows.clear();
            }
            Ok(())
        })?;
        if rows.is_empty() { Ok(()) } else { put(&rows) }
    }
}
