//! What is right in other articles.

use super::example::{Example, Roles, examples, has_inner, inner};
use crate::attribution::learned::resolve::Relation;
use crate::attribution::learned::sight::{Atom, Mark, Sight};
use crate::attribution::learned::{AttributionModel, Model, may_attribute};
use crate::pipeline::Pipeline;
use crate::train::card::Figure;
use crate::train::relations::Article;
use std::collections::BTreeMap;
use std::ops::Range;

/// Whether a relation is right in its parts: half of the words of content and source, and a word of the cue.
pub(super) fn is_right(relation: &Relation, gold: &Roles) -> bool {
    let half = |a: &[Range<usize>], b: &[Range<usize>]| {
        let size = |ranges: &[Range<usize>]| ranges.iter().map(Range::len).sum::<usize>();
        let common =
            |x: &Range<usize>, y: &Range<usize>| x.end.min(y.end).saturating_sub(x.start.max(y.start));
        let both: usize = a.iter().flat_map(|x| b.iter().map(move |y| common(x, y))).sum();
        2 * both >= size(a) + size(b) - both
    };
    let cue = &relation.cue;
    half(&relation.content, &gold[2])
        && half(relation.source.as_slice(), &gold[0])
        && gold[1].iter().any(|c| c.start < cue.end && cue.start < c.end)
}

/// How much of other articles is found and right, in percent: by publisher, by the kind of cue, by the kind of content; and what
/// is found in contents, where something is marked in them.
pub(in crate::train) fn measure(
    articles: &[Article],
    pipeline: &Pipeline,
    model: &AttributionModel,
) -> Vec<Figure> {
    let model = Model::new(model);
    // Hits, predicted, gold.
    let mut sums: BTreeMap<String, [f64; 3]> = BTreeMap::new();
    let outside = |(article, mut example): (&Article, Example)| {
        let mut outer = article.relations.iter().map(|gold| gold.parent.is_none());
        example.gold.retain(|_| outer.next().unwrap_or(true));
        (format!(" of {}", article.publisher), example)
    };
    let whole = articles.iter().zip(examples(articles, pipeline, None)).map(outside);
    let inside = if has_inner(articles) { inner(articles, pipeline, true) } else { Vec::new() };
    for (group, mut example) in whole.chain(inside.into_iter().map(|part| (String::new(), part))) {
        example.sight.set_often(|lemma| model.often(lemma));
        let place = if example.sight.inner { " in contents" } else { "" };
        let looks = place.is_empty() || may_attribute(&example.sight, 0..example.sight.atoms.len());
        let mut left = if looks { model.find(&example.sight, &example.drafts) } else { Vec::new() };
        let all = [place.to_owned(), format!("{group}{place}")];
        let all = &all[..if group.is_empty() { 1 } else { 2 }];
        all.iter().for_each(|group| sums.entry(group.clone()).or_default()[1] += left.len() as f64);
        for gold in &example.gold {
            let found = left.iter().position(|relation| is_right(relation, gold));
            found.map(|at| left.swap_remove(at));
            let kinds = [
                format!(" with {}{place}", cue_kind(&example.sight, gold)),
                format!(" with {} content{place}", content_kind(&example.sight, gold)),
            ];
            for group in all.iter().chain(&kinds) {
                let sum = sums.entry(group.clone()).or_default();
                sum[0] += f64::from(u8::from(found.is_some()));
                sum[2] += 1.0;
            }
        }
    }
    let figure = |(group, [hit, predicted, gold]): (String, [f64; 3])| {
        if predicted > 0.0 {
            (format!("relations{group}, F1"), 200.0 * hit / (predicted + gold).max(1.0))
        } else {
            (format!("relations{group}, recall"), 100.0 * hit / gold.max(1.0))
        }
    };
    sums.into_iter().map(figure).collect()
}

/// What a cue is, by its words.
fn cue_kind(sight: &Sight, gold: &Roles) -> &'static str {
    let mut atoms = gold[1].iter().flat_map(Range::clone).map(|i| &sight.atoms[i]);
    match () {
        () if atoms.clone().any(Atom::is_verb) => "a verb for a cue",
        () if atoms.any(Atom::is_noun) => "a noun for a cue",
        () => "another cue",
    }
}

/// Whether a content stands in quotation marks.
fn content_kind(sight: &Sight, gold: &Roles) -> &'static str {
    let words = gold[2].iter().flat_map(Range::clone).filter(|&i| sight.atoms[i].mark == Mark::Word);
    let (mut all, mut quoted) = (0, 0);
    for i in words {
        all += 1;
        quoted += usize::from(sight.atoms[i].quote != 0);
    }
    match quoted {
        0 => "indirect",
        quoted if quoted == all => "direct",
        _ => "mixed",
    }
}
