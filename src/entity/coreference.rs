//! Who a pronoun is: the nearest fitting name before it, those who spoke first.

use super::{Entities, Mention};
use crate::labels::{Gender, Label, SourceKind};
use crate::span::Span;

/// How far back a pronoun may reach, in bytes: about five sentences.
const REACH: u32 = 900;

/// Somebody who spoke.
#[derive(Clone, Copy, Debug)]
struct Spoke {
    at: u32,
    entity: Option<u32>,
    kind: Option<SourceKind>,
}

/// The names of a document and who spoke so far.
#[derive(Debug)]
pub struct Coreference<'m> {
    mentions: &'m [Mention],
    spoken: Vec<Spoke>,
}

impl<'m> Coreference<'m> {
    /// Over the mentions of a document, in text order.
    pub fn new(mentions: &'m [Mention]) -> Self {
        Self { mentions, spoken: Vec::new() }
    }

    /// Notes the source of an attribution at byte `at`.
    pub fn spoke(&mut self, at: u32, entity: Option<u32>, kind: Option<SourceKind>) {
        self.spoken.push(Spoke { at, entity, kind });
    }

    /// The person that "he" or "she" at byte `at` is: who spoke last, unless somebody was named well after that.
    pub fn person(&self, at: u32, gender: Option<Gender>, entities: &mut Entities) -> Option<u32> {
        let fits = |entity: u32| {
            entities.label(entity) == Label::Per
                && match (gender, entities.facts(entity).gender) {
                    (Some(want), Some(have)) => want == have,
                    _ => true,
                }
        };
        let named = self.before(at).rev().take_while(|m| at - m.span.start < REACH).find(|m| fits(m.entity));
        let spoke = self.recent(at).find_map(|s| s.entity.filter(|e| fits(*e)).map(|e| (s.at, e)));
        let found = match (named, spoke) {
            (Some(named), Some((then, who))) => {
                if named.span.start.saturating_sub(then) < REACH / 2 {
                    who
                } else {
                    named.entity
                }
            }
            (Some(named), None) => named.entity,
            (None, spoke) => spoke?.1,
        };
        if let Some(gender) = gender {
            entities.set_gender(found, gender);
        }
        Some(found)
    }

    /// The group that "they" at byte `at` is: the last source that is no single person.
    pub fn group(&self, at: u32) -> Option<(Option<u32>, Option<SourceKind>)> {
        let group = |s: &&Spoke| s.kind.is_some_and(|kind| kind != SourceKind::Person);
        self.recent(at).find(group).map(|s| (s.entity, s.kind))
    }

    /// The body or state that "it" at byte `at` is.
    pub fn body(&self, at: u32, entities: &Entities) -> Option<u32> {
        let body = |e: u32| matches!(entities.label(e), Label::Org | Label::Gpe | Label::Outlet);
        let spoke = self.recent(at).find_map(|s| s.entity.filter(|e| body(*e)));
        spoke.or_else(|| self.last(at, body))
    }

    /// The last entity named before `at` that is accepted, for "the newspaper".
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

    fn recent(&self, at: u32) -> impl Iterator<Item = &Spoke> {
        self.spoken
            .iter()
            .rev()
            .take_while(move |s| at.saturating_sub(s.at) < REACH)
            .filter(move |s| s.at < at)
    }

    /// The mentions inside a span.
    pub fn within(&self, span: Span) -> &'m [Mention] {
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        let to = self.mentions.partition_point(|m| m.span.start < span.end);
        &self.mentions[from..to.max(from)]
    }
}
