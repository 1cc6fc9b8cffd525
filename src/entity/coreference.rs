//! Who a pronoun or a description is: the nearest fitting name before it, sources first.

use super::{Entities, Mention};
use crate::labels::{Gender, Label};
use crate::span::Span;

/// How far back a pronoun may reach, in bytes: about five sentences.
const REACH: u32 = 900;

/// The names of a document and who spoke last.
#[derive(Debug)]
pub struct Coreference<'m> {
    mentions: &'m [Mention],
    spoken: Vec<(u32, u32)>,
}

impl<'m> Coreference<'m> {
    /// Over the mentions of a document, in text order.
    pub fn new(mentions: &'m [Mention]) -> Self {
        Self { mentions, spoken: Vec::new() }
    }

    /// Notes that `entity` was the source of an attribution at byte `at`.
    pub fn spoke(&mut self, at: u32, entity: u32) {
        self.spoken.push((at, entity));
    }

    /// The person that "he" or "she" at byte `at` is.
    pub fn person(&self, at: u32, gender: Option<Gender>, entities: &mut Entities) -> Option<u32> {
        let fits = |entity: u32, entities: &Entities| {
            entities.label(entity) == Label::Per
                && match (gender, entities.facts(entity).gender) {
                    (Some(want), Some(have)) => want == have,
                    _ => true,
                }
        };
        let found = self.best(at, |entity| fits(entity, entities))?;
        if let Some(gender) = gender {
            entities.set_gender(found, gender);
        }
        Some(found)
    }

    /// The group, body or state that "they" or "it" at byte `at` is.
    pub fn body(&self, at: u32, entities: &Entities) -> Option<u32> {
        self.best(at, |entity| matches!(entities.label(entity), Label::Org | Label::Gpe | Label::Outlet))
    }

    /// The last entity before `at` with this label, for "the newspaper".
    pub fn last(&self, at: u32, accept: impl Fn(u32) -> bool) -> Option<u32> {
        self.before(at)
            .rev()
            .take_while(|m| at - m.span.start < 5 * REACH)
            .map(|m| m.entity)
            .find(|&e| accept(e))
    }

    fn before(&self, at: u32) -> impl DoubleEndedIterator<Item = &'m Mention> {
        self.mentions[..self.mentions.partition_point(|m| m.span.start < at)].iter()
    }

    /// The nearest fitting entity; one that spoke a little farther back is nearer than one that was only named.
    fn best(&self, at: u32, accept: impl Fn(u32) -> bool) -> Option<u32> {
        let named =
            self.before(at).rev().take_while(|m| at - m.span.start < REACH).find(|m| accept(m.entity));
        let recent = self.spoken.iter().rev().take_while(|(p, _)| at.saturating_sub(*p) < REACH);
        let spoke = recent.filter(|(p, _)| *p < at).find(|(_, e)| accept(*e));
        match (named, spoke) {
            (Some(named), Some(spoke)) => {
                let gap = named.span.start.saturating_sub(spoke.0);
                Some(if gap < REACH / 2 { spoke.1 } else { named.entity })
            }
            (Some(named), None) => Some(named.entity),
            (None, spoke) => spoke.map(|s| s.1),
        }
    }

    /// The mentions inside a span.
    pub fn within(&self, span: Span) -> &'m [Mention] {
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        let to = self.mentions.partition_point(|m| m.span.start < span.end);
        &self.mentions[from..to.max(from)]
    }
}
