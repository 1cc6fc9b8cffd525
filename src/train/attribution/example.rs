//! Articles as training sees them: what the pipeline makes of the text, and the relations in tokens.

use crate::attribution::learned::roles::{CONTENT, CUE, OUTSIDE, SOURCE};
use crate::attribution::learned::sight::Sight;
use crate::attribution::learned::{SHORTEST, within};
use crate::attribution::{Draft, read};
use crate::entity::Published;
use crate::pipeline::Pipeline;
use crate::span::Span;
use crate::train::relations::{Article, Gold};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A relation in tokens, by role.
pub(super) type Roles = [Vec<Range<usize>>; 3];

/// An article as training sees it.
pub(in crate::train) struct Example {
    pub(super) sight: Sight,
    pub(super) drafts: Vec<Draft>,
    pub(super) gold: Vec<Roles>,
    pub(super) weight: f32,
    /// People marked it, and not a teacher.
    pub(super) by_people: bool,
}

/// Articles, read by the pipeline up to what the rules find; those of a teacher count `silver`, if that is given.
pub(in crate::train) fn examples(
    articles: &[Article],
    pipeline: &Pipeline,
    silver: Option<f32>,
) -> Vec<Example> {
    let (weight, by_people) = (silver.unwrap_or(1.0), silver.is_none());
    articles
        .iter()
        .map(|article| {
            let reading = pipeline.read(&article.text, Published::default());
            let layers = reading.layers(&article.text, pipeline.lexicon());
            let (sight, drafts) = read(layers, |_| 0);
            let tokens: Vec<Span> = layers.segments.tokens.iter().map(|token| token.span).collect();
            let gold = article.relations.iter().map(|gold| roles(gold, &tokens)).collect();
            Example { sight, drafts, gold, weight, by_people }
        })
        .collect()
}

/// Whether anything is marked inside contents.
pub(in crate::train) fn has_inner<'a>(articles: impl IntoIterator<Item = &'a Article>) -> bool {
    articles.into_iter().any(|article| article.relations.iter().any(|gold| gold.parent.is_some()))
}

/// The contents of articles as texts of their own, with the relations inside them. `by_people` says whether these are what
/// is measured, or what readers added who mark more.
pub(in crate::train) fn inner(articles: &[Article], pipeline: &Pipeline, by_people: bool) -> Vec<Example> {
    let mut examples = Vec::new();
    for (article, whole) in articles.iter().zip(self::examples(articles, pipeline, None)) {
        for (outer, content) in article.relations.iter().zip(&whole.gold) {
            for range in content[2].iter().filter(|range| range.len() >= SHORTEST) {
                let (sight, range, drafts) = within(&whole.sight, range, &whole.drafts);
                let inside = |r: &&Range<usize>| range.start <= r.start && r.end <= range.end;
                let shift = |r: &Range<usize>| r.start - range.start..r.end - range.start;
                let inner = article.relations.iter().zip(&whole.gold);
                let inner = inner.filter(|(gold, _)| gold.parent.as_ref() == Some(&outer.id));
                let gold: Vec<Roles> = inner
                    .map(|(_, roles)| roles.each_ref().map(|r| r.iter().filter(inside).map(shift).collect()))
                    .filter(|roles: &Roles| !roles[1].is_empty())
                    .collect();
                examples.push(Example { sight, drafts, gold, weight: 1.0, by_people });
            }
        }
    }
    examples
}

fn roles(gold: &Gold, tokens: &[Span]) -> Roles {
    gold.roles.each_ref().map(|spans| {
        let range = |span: &Span| {
            let first = tokens.partition_point(|token| token.end <= span.start);
            let last = tokens.partition_point(|token| token.start < span.end);
            first..last
        };
        spans.iter().map(range).filter(|range| !range.is_empty()).collect()
    })
}

impl Example {
    /// The labels of tokens `range` for some relations; one that is open at the start of a paragraph begins anew.
    pub(super) fn labels(&self, range: Range<usize>, relations: &[&Roles]) -> Vec<u8> {
        let mut labels = vec![OUTSIDE as u8; range.len()];
        for roles in relations {
            for (role, begin) in roles.iter().zip([SOURCE, CUE, CONTENT]).rev() {
                for span in role {
                    for i in span.start.max(range.start)..span.end.min(range.end) {
                        let begins = i == span.start || i == range.start || self.sight.opens_paragraph(i);
                        labels[i - range.start] = (begin + usize::from(!begins)) as u8;
                    }
                }
            }
        }
        // Where another relation cuts in, the rest begins anew.
        for i in 0..labels.len() {
            let (before, label) =
                (if i > 0 { usize::from(labels[i - 1]) } else { OUTSIDE }, usize::from(labels[i]));
            if label > 0 && label % 2 == 0 && before != label && before + 1 != label {
                labels[i] -= 1;
            }
        }
        labels
    }
}

/// How often each lemma stands at all and in a cue.
#[derive(Default)]
pub(super) struct Counts(pub(super) FxHashMap<u32, (u32, u32)>);

impl Counts {
    pub(super) fn of(example: &Example) -> Self {
        let mut counts = Self::default();
        let mut cue = vec![false; example.sight.atoms.len()];
        for range in example.gold.iter().flat_map(|roles| &roles[1]) {
            cue[range.clone()].fill(true);
        }
        for (atom, cue) in example.sight.atoms.iter().zip(cue) {
            let count = counts.0.entry(atom.lemma).or_default();
            count.0 += 1;
            count.1 += u32::from(cue);
        }
        counts
    }

    pub(super) fn add(&mut self, other: &Counts) {
        // Sums of integers are the same in any order.
        #[allow(clippy::iter_over_hash_type)]
        for (lemma, (all, cue)) in &other.0 {
            let count = self.0.entry(*lemma).or_default();
            count.0 += all;
            count.1 += cue;
        }
    }

    /// The class of a lemma, `own` taken away.
    pub(super) fn class(&self, lemma: u32, own: Option<&Counts>) -> u8 {
        let (all, cue) = self.0.get(&lemma).copied().unwrap_or_default();
        let (own_all, own_cue) = own.and_then(|own| own.0.get(&lemma)).copied().unwrap_or_default();
        let (all, cue) = (all - own_all, cue - own_cue);
        match f64::from(cue) / f64::from(all + 2) {
            _ if all == 0 => 0,
            _ if cue == 0 => 7,
            share if share >= 0.6 => 1,
            share if share >= 0.3 => 2,
            share if share >= 0.12 => 3,
            share if share >= 0.04 => 4,
            share if share >= 0.01 => 5,
            _ => 6,
        }
    }
}
