//! What the model sees and what the rules found, reconciled in one place.
//!
//! The model says which words are source, cue and content. The rules say what it means where they know the cue: the
//! sense, the addressee. What only the rules see stays where they are better: headlines, transcripts, and statements
//! inside the content of another, which the model was never shown.

use super::draft::Draft;
use super::learned::resolve::Relation;
use super::learned::sight::Sight;
use super::learned::{self, Model};
use super::link;
use super::view::View;
use crate::labels::{Act, Factuality};
use crate::lexicon::{Class, Complement, Cue, Sense};
use crate::segment::TokenKind;
use std::cmp::Reverse;
use std::ops::Range;

fn cross(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Drafts of both, an outer one before those in its content.
pub(super) fn combine(view: &View<'_>, model: &Model, mut rules: Vec<Draft>) -> Vec<Draft> {
    rules.sort_by_key(|draft| draft.cue.start);
    let sight = Sight::new(view, &rules, |lemma| model.often(lemma));
    let mut used = vec![false; rules.len()];
    let mut take = |mut relation: Relation, parent: Option<usize>| {
        for range in relation.source.iter_mut().chain([&mut relation.cue]) {
            *range = view.in_one_field(range);
        }
        view.within_title(&relation.cue, &mut relation.content);
        let known = (learned::first_at(&rules, relation.cue.start)..rules.len())
            .take_while(|&r| rules[r].cue.start < relation.cue.end)
            .find(|&r| !used[r] && cross(&rules[r].cue, &relation.cue))
            .or_else(|| noun_of(view, &rules, &relation).filter(|&r| !used[r]));
        if let Some(noun) = known.filter(|&r| !cross(&rules[r].cue, &relation.cue)) {
            relation.cue = rules[noun].cue.clone();
        }
        known.into_iter().for_each(|r| used[r] = true);
        let reasons = model.reasons(&relation);
        Draft { parent, ..draft(view, &reasons, relation, known.map(|r| rules[r].clone())) }
    };
    let mut drafts: Vec<Draft> =
        model.find(&sight, &rules).into_iter().map(|relation| take(relation, None)).collect();
    // Each content is a text of its own, to any depth.
    let mut next = 0;
    while next < drafts.len() {
        for content in drafts[next].content.clone() {
            let inner = model.find_within(&sight, &content, &rules).into_iter();
            drafts.extend(inner.map(|relation| take(relation, Some(next))));
        }
        next += 1;
    }
    let mut taken = Taken::new(&drafts, sight.atoms.len());
    for (rule, _) in rules.into_iter().zip(&used).filter(|(_, used)| !**used) {
        if let Some(inside) = taken.around(&rule, &drafts) {
            for d in inside {
                drafts[d].parent = Some(drafts.len());
            }
            let rule = Draft { parent: None, ..rule };
            taken.add(drafts.len(), &rule);
            drafts.push(rule);
        } else if let Some(rule) = taken.place(view, rule) {
            taken.add(drafts.len(), &rule);
            drafts.push(rule);
        }
    }
    in_order(drafts)
}

/// The statement of the rules whose cue is a noun, where the model took the preposition behind its source for the cue:
/// "questions from a juror about".
fn noun_of(view: &View<'_>, rules: &[Draft], relation: &Relation) -> Option<usize> {
    let source = relation.source.as_ref()?;
    let preposition = relation.cue.len() == 1 && view.is(relation.cue.start, Class::PREPOSITION);
    let before = rules.partition_point(|rule| rule.cue.start < relation.cue.start);
    let near = (0..before).rev().take_while(|&r| rules[r].cue.end + 12 > source.start);
    let is_it = |&r: &usize| rules[r].source.as_ref().is_some_and(|own| cross(own, source));
    near.into_iter().find(is_it).filter(|&r| preposition && rules[r].cue.end <= source.start)
}

/// Drafts of relations that people marked, each with the number of the one around it; `rules` say what they mean.
#[cfg(feature = "train")]
pub(super) fn marked(
    view: &View<'_>,
    relations: Vec<(Relation, Option<usize>)>,
    rules: &[Draft],
) -> Vec<Draft> {
    let drafted = |(relation, parent): (Relation, Option<usize>)| {
        let known = rules.iter().find(|rule| cross(&rule.cue, &relation.cue)).cloned();
        Draft { parent, ..draft(view, "", relation, known) }
    };
    relations.into_iter().map(drafted).collect()
}

/// Which words stand in what.
struct Taken {
    /// For each token the innermost content that holds it, as a number from 1, and 0 for none.
    content: Vec<usize>,
    /// The contents: draft and range.
    contents: Vec<(usize, Range<usize>)>,
    /// Tokens of sources and cues.
    closed: Vec<bool>,
    /// For each token the draft outside all others that it is part of, as a number from 1, and 0 for none.
    root: Vec<usize>,
}

impl Taken {
    fn new(drafts: &[Draft], count: usize) -> Self {
        let (content, closed, root) = (vec![0; count], vec![false; count], vec![0; count]);
        let mut taken = Self { content, contents: Vec::new(), closed, root };
        drafts.iter().enumerate().for_each(|(d, draft)| taken.add(d, draft));
        taken
    }

    /// Takes the words of a draft, whose number is `d`.
    fn add(&mut self, d: usize, draft: &Draft) {
        if draft.parent.is_none() {
            let all = draft.content.iter().chain(&draft.source).chain([&draft.cue]);
            all.for_each(|range| self.root[range.clone()].fill(d + 1));
        }
        for range in &draft.content {
            self.contents.push((d, range.clone()));
            // A content around others leaves them theirs.
            let Self { content, contents, .. } = self;
            let holds = |inner: &usize| {
                contents
                    .get(inner.wrapping_sub(1))
                    .is_none_or(|(_, inner)| inner.start <= range.start && range.end <= inner.end)
            };
            content[range.clone()]
                .iter_mut()
                .filter(|inner| holds(inner))
                .for_each(|inner| *inner = contents.len());
        }
        draft.source.iter().chain([&draft.cue]).for_each(|range| self.closed[range.clone()].fill(true));
    }

    /// The drafts that stand in the content of a statement of the rules, where the model, which was shown one layer of
    /// attributions alone, chose the inner one: "According to officials, Norvia believes that". None where there are
    /// none, or where words of the rule are words of others.
    fn around(&self, rule: &Draft, drafts: &[Draft]) -> Option<Vec<usize>> {
        let free = |range: &Range<usize>| range.clone().all(|i| !self.closed[i] && self.content[i] == 0);
        if !rule.statement || !rule.source.as_ref().is_some_and(free) || !free(&rule.cue) {
            return None;
        }
        let mut inside: Vec<usize> =
            rule.content.iter().flat_map(Range::clone).filter_map(|i| self.root[i].checked_sub(1)).collect();
        inside.dedup();
        let holds = |d: &usize| {
            let extent = drafts[*d].extent();
            drafts[*d].parent.is_none()
                && rule.content.iter().any(|range| range.start <= extent.start && extent.end <= range.end)
        };
        (!inside.is_empty() && inside.iter().all(holds)).then_some(inside)
    }

    /// What the rules found and the model did not: a statement of somebody in words that nobody else has, or in a
    /// content, if it is worth it there.
    fn place(&self, view: &View<'_>, mut rule: Draft) -> Option<Draft> {
        if self.closed[rule.cue.clone()].contains(&true) {
            return None;
        }
        rule.parent = None;
        let open = |range: &Range<usize>| range.clone().all(|i| !self.closed[i] && self.content[i] == 0);
        if rule.content.iter().chain(&rule.source).chain([&rule.cue]).all(open) {
            return (rule.statement && rule.source.is_some() || view.in_headline(rule.cue.start))
                .then_some(rule);
        }
        let (holder, bounds) = self.contents.get(self.content[rule.cue.start].checked_sub(1)?)?;
        let within = |range: &Range<usize>| bounds.start <= range.start && range.end <= bounds.end;
        let free = |range: &Range<usize>| !self.closed[range.clone()].contains(&true);
        if !rule.source.as_ref().is_some_and(|s| within(s) && free(s)) || !link::worth_nesting(view, &rule) {
            return None;
        }
        for content in &mut rule.content {
            content.start = content.start.clamp(bounds.start, bounds.end);
            content.end = content.end.clamp(content.start, bounds.end);
        }
        rule.content.retain(|content| !content.is_empty());
        rule.parent = Some(*holder);
        (!rule.content.is_empty() && within(&rule.cue)).then_some(rule)
    }
}

/// In text order, an outer draft before those in its content.
fn in_order(drafts: Vec<Draft>) -> Vec<Draft> {
    let depth = |mut d: usize| {
        let mut depth = 0;
        while let Some(parent) = drafts[d].parent {
            (d, depth) = (parent, depth + 1);
        }
        depth
    };
    let mut order: Vec<(usize, Reverse<usize>, usize, usize)> = (0..drafts.len())
        .map(|d| {
            let extent = drafts[d].extent();
            (extent.start, Reverse(extent.end), depth(d), d)
        })
        .collect();
    order.sort_unstable();
    let mut place = vec![0; drafts.len()];
    for (at, (.., d)) in order.iter().enumerate() {
        place[*d] = at;
    }
    let mut sorted: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let draft = |d: usize| sorted[d].take();
    let mut placed: Vec<Draft> = order.iter().map(|(.., d)| *d).filter_map(draft).collect();
    placed.iter_mut().for_each(|draft| draft.parent = draft.parent.map(|parent| place[parent]));
    placed
}

/// A relation of the model, which has its reasons, as a draft; `known` is what the rules make of its cue.
fn draft(view: &View<'_>, reasons: &str, relation: Relation, known: Option<Draft>) -> Draft {
    let Relation { source, cue, mut content, confidence, .. } = relation;
    if let Some(known) = &known {
        // The source that the model passed over is no part of the content.
        if let (None, Some(own)) = (&source, &known.source) {
            content.retain(|range| !own.contains(&range.start));
        }
    }
    // As every output has it.
    let confidence = (confidence * 100.0).round() / 100.0;
    let because = if reasons.is_empty() { "the model".to_owned() } else { format!("the model: {reasons}") };
    let quoted = content.iter().any(|range| view.quotation(range.start).is_some());
    let addressee = |draft: &Draft| {
        let free = |range: &Range<usize>| {
            !content.iter().chain(&source).chain([&cue]).any(|other| cross(other, range))
        };
        draft.addressee.clone().filter(free)
    };
    if let Some(known) = known {
        let addressee = addressee(&known);
        let why = format!("{}; {because}", known.why);
        let source = source.or(known.source);
        return Draft {
            source,
            cue,
            content,
            addressee,
            why,
            quoted: known.quoted || quoted,
            confidence: Some(confidence),
            ..known
        };
    }
    let found = cue.clone().find_map(|i| listed(view, i));
    let sense = found.map(|(_, cue)| sense(view, cue, &content));
    let words = view.span(&cue).of(view.text);
    Draft {
        source,
        cue,
        addressee: None,
        index: found.map(|(index, _)| index),
        act: sense.map_or(Act::Assert, |sense| sense.act),
        factuality: sense.map_or(Factuality::Certain, |sense| sense.factuality),
        why: format!("{words:?} by {because}"),
        statement: true,
        quoted,
        parent: None,
        confidence: Some(confidence),
        content,
    }
}

/// The cue of the list that stands at token `i`.
fn listed<'a>(view: &View<'a>, i: usize) -> Option<(u16, &'a Cue)> {
    let tag = view.tag(i);
    let index = tag.verb_cue.or(tag.noun_cue).or(tag.adjective_cue)?;
    Some((index, view.lexicon.cues.get(index as usize)?))
}

/// The sense of a cue that fits how the content begins.
fn sense<'a>(view: &View<'_>, cue: &'a Cue, content: &[Range<usize>]) -> &'a Sense {
    let first = content.iter().map(|range| range.start).min().unwrap_or(0);
    let complement = match view.kind(first) {
        TokenKind::OpenQuote => Complement::Quote,
        _ if view.quotation(first).is_some() => Complement::Quote,
        _ if view.is(first, Class::THAT) => Complement::That,
        _ if view.is(first, Class::TO) => Complement::To,
        _ if view.is(first, Class::WH) => Complement::Wh,
        _ if content.iter().any(|range| view.has_clause(range.clone())) => Complement::Clause,
        _ => Complement::Object,
    };
    cue.sense(&complement).or_else(|| cue.sense(&Complement::Clause)).unwrap_or(&cue.senses[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(content: Range<usize>, cue: usize) -> Draft {
        Draft {
            source: None,
            cue: cue..cue + 1,
            content: vec![content],
            addressee: None,
            index: None,
            act: Act::Assert,
            factuality: Factuality::Certain,
            why: String::new(),
            statement: true,
            quoted: false,
            parent: None,
            confidence: None,
        }
    }

    #[test]
    fn a_content_around_others_leaves_them_theirs() {
        let mut taken = Taken::new(&[draft(5..8, 4)], 12);
        taken.add(1, &draft(1..10, 0));
        assert_eq!(taken.content, [0, 2, 2, 2, 2, 1, 1, 1, 2, 2, 0, 0]);
        assert_eq!(taken.root, [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0]);
        taken.add(2, &Draft { parent: Some(0), ..draft(7..8, 6) });
        assert_eq!(taken.content[5..8], [1, 1, 3]);
    }
}
