//! The stages in order: a record in, a document out.

use crate::attribution::{self, Layers};
use crate::clean::{self, BlockKind};
use crate::document::{Document, Record};
use crate::entity;
use crate::error::Result;
use crate::lexicon::{Lexicon, Own};
use crate::segment::{self, Segments};
use crate::span::Span;
use crate::{english, stance, tag};

/// The stages and what they know. Building one can fail (a list may be broken); analysing cannot.
#[derive(Debug)]
pub struct Pipeline {
    lexicon: Lexicon,
}

impl Pipeline {
    /// With the built-in lists and the user's own.
    ///
    /// # Errors
    /// A row of a user's list that is not what it should be.
    pub fn new(own: &Own) -> Result<Self> {
        Ok(Self { lexicon: Lexicon::new(own)? })
    }

    /// Analyses one record.
    pub fn analyse(&self, record: Record) -> Document {
        let mut document = Document::new(record);
        let text = document.analysed();
        let lexicon = &self.lexicon;
        let blocks = clean::clean(text);
        let segments = segment::segment(text, &blocks);
        let in_title = |s: &segment::Sentence| blocks[s.block as usize].kind == BlockKind::Title;
        let headline: Vec<bool> = segments.sentences.iter().map(in_title).collect();
        let (tags, terms) = tag::tag(text, &segments, &headline, lexicon);
        let (mut mentions, mut entities) = entity::find(text, &segments, &tags, &headline, lexicon);
        let mut described = Vec::new();
        let (found, (stances, vectors)) = {
            let (segments, tags, mentions, headline) = (&segments, &tags, &mentions, &headline);
            let layers = Layers { text, segments, tags, mentions, headline, lexicon };
            let found = attribution::find(layers, &mut entities, &mut described);
            let stance = stance::find(layers, &terms, &found, &mut entities);
            (found, stance)
        };
        mentions.append(&mut described);
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        mentions.dedup_by_key(|m| (m.span, m.entity));

        document.english = english::share(&segments, &tags);
        document.sentences = sentences(&segments);
        document.blocks = blocks;
        document.mentions = mentions;
        document.entities = entities.entities;
        document.attributions = found.into_iter().map(|(attribution, _)| attribution).collect();
        document.stances = stances;
        document.vectors = vectors;
        document
    }
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
