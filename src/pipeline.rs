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
        let Record { id, text, title, outlet, date, url, warnings } = record;
        let (analysed, body) = match &title {
            Some(title) if !title.trim().is_empty() && !text.trim_start().starts_with(title.trim()) => {
                (format!("{title}\n\n{text}"), title.len() as u32 + 2)
            }
            _ => (text, 0),
        };
        let blocks = clean::clean(&analysed);
        let segments = segment::segment(&analysed, &blocks);
        let lexicon = &self.lexicon;
        let (tags, terms) = tag::tag(&analysed, &segments, lexicon);
        let headline: Vec<bool> =
            segments.sentences.iter().map(|s| blocks[s.block as usize].kind == BlockKind::Title).collect();
        let (mentions, mut entities) = entity::find(&analysed, &segments, &tags, &headline, lexicon);
        let layers = Layers {
            text: &analysed,
            segments: &segments,
            tags: &tags,
            mentions: &mentions,
            headline: &headline,
            lexicon,
        };
        let mut described = Vec::new();
        let found = attribution::find(layers, &mut entities, &mut described);
        let (stances, vectors) = stance::find(layers, &terms, &found, &mut entities);
        let english = english::share(&segments, &tags);
        let sentences = sentences(&segments);
        let mut mentions = mentions;
        mentions.extend(described);
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        mentions.dedup_by_key(|m| (m.span, m.entity));
        let attributions = found.into_iter().map(|(attribution, _)| attribution).collect();
        let entities = entities.entities;
        Document {
            id,
            title,
            outlet,
            date,
            url,
            warnings,
            english,
            analysed,
            body,
            blocks,
            sentences,
            mentions,
            entities,
            attributions,
            stances,
            vectors,
        }
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
