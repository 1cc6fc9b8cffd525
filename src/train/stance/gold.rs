//! Attributions with their stance: articles (JSON lines) that hold labels or have them in a table, and texts with marks.

use super::{marks, silver};
use crate::attribution::Relation;
use crate::attribution::learned::judge::SIGNS;
use crate::error::{Error, Result};
use crate::labels::{Act, Factuality};
use crate::segment::Segments;
use crate::span::Span;
use crate::stance::{ACTS, LABELS};
use crate::train::relations::{self, Article, Gold};
use crate::train::{readings, text};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A text with its attributions, an outer one before those in its content.
pub(in crate::train) struct Marked {
    pub(super) text: String,
    pub(super) attributions: Vec<Labelled>,
}

/// An attribution and what is said of it.
pub(super) struct Labelled {
    /// By role: source, cue, content.
    pub(super) roles: [Vec<Span>; 3],
    /// The number of the one around it.
    pub(super) parent: Option<usize>,
    pub(super) labels: Labels,
    /// How likely each act and each factuality is.
    pub(super) chances: Chances,
}

/// A number for each act and each factuality, in their order.
pub(super) type Chances = [f32; LABELS];

impl Labelled {
    /// An attribution whose labels are sure.
    pub(super) fn new(roles: [Vec<Span>; 3], parent: Option<usize>, labels: Labels) -> Self {
        let mut chances = [0.0; LABELS];
        chances[labels.act as usize] = 1.0;
        chances[ACTS + labels.factuality as usize] = 1.0;
        Self { roles, parent, labels, chances }
    }
}

/// What people say of an attribution.
pub(in crate::train) struct Labels {
    pub(super) act: Act,
    pub(super) factuality: Factuality,
    /// Whom the content is about; the outer option is none where nobody says.
    pub(super) about: Option<Option<String>>,
}

impl Labels {
    /// `E1 accuse CT+ Norvia`: an id and its labels.
    pub(super) fn row(row: &str) -> std::result::Result<(&str, Self), String> {
        let cells: Vec<&str> = row.splitn(4, ' ').collect();
        let [id, act, factuality, about] = cells[..] else {
            return Err(format!("expected \"id act factuality about\", found {row:?}"));
        };
        Ok((id, Self::new(act, factuality, about.trim())?))
    }

    /// Of names, where "-" is about nobody.
    pub(in crate::train) fn new(
        act: &str,
        factuality: &str,
        about: &str,
    ) -> std::result::Result<Self, String> {
        let expected =
            |names: Vec<&str>, found| format!("expected one of {}, found {found:?}", names.join(", "));
        let acts = || Act::ALL.iter().map(|act| act.name()).collect();
        let factualities = || Factuality::ALL.iter().map(|factuality| factuality.name()).collect();
        Ok(Self {
            act: Act::from_name(act).ok_or_else(|| expected(acts(), act))?,
            factuality: Factuality::from_name(factuality)
                .ok_or_else(|| expected(factualities(), factuality))?,
            about: Some((about != "-").then(|| about.to_owned())),
        })
    }
}

/// Reads articles (`.jsonl`) whose attributions have `act`, `factuality` and perhaps `about`, or texts with marks; see
/// [`marks::read`].
///
/// # Errors
/// A line that is neither, or a label that there is not: file, line and what was expected.
pub(in crate::train) fn read(path: &Path) -> Result<Vec<Marked>> {
    let name = path.to_string_lossy();
    if !name.trim_end_matches(".gz").ends_with(".jsonl") {
        return marks::read(&name, &text::read(path)?);
    }
    read_articles(path, |_| Ok(()))
}

/// Reads articles that a check accepts.
///
/// # Errors
/// See [`read`]; and what the check says of an article, with file and line.
pub(super) fn read_articles(
    path: &Path,
    check: impl Fn(&Article) -> std::result::Result<(), String>,
) -> Result<Vec<Marked>> {
    let marked = |(line, article): (usize, Article)| {
        let found = check(&article).and_then(|()| Marked::new(article));
        found.map_err(|expected| Error::row(path.to_string_lossy(), line, expected))
    };
    (1..).zip(relations::read(path)?).map(marked).collect()
}

/// Reads what readers found in articles of some corpora; see [`readings::read`].
///
/// # Errors
/// A row that is none, or a label that there is not: file, line and what was expected.
pub(in crate::train) fn read_labels(path: &Path, corpora: &[PathBuf]) -> Result<Vec<Marked>> {
    let fault = |expected| Error::file(path, expected);
    readings::read(path, corpora)?.into_iter().map(|article| Marked::new(article).map_err(fault)).collect()
}

/// The labels that stand in the article itself.
fn own(gold: &Gold) -> std::result::Result<Labels, String> {
    let label = |key: &str| gold.labels.get(key).and_then(|value| value.as_str());
    let at = |fault: String| format!("attribution {:?}: {fault}", gold.id);
    let needed = |key: &str| label(key).ok_or_else(|| at(format!("expected a label {key:?}")));
    let labels =
        Labels::new(needed("act")?, needed("factuality")?, label("about").unwrap_or("-")).map_err(at)?;
    let said = gold.labels.contains_key("about") && !gold.labels.contains_key("inner");
    Ok(Labels { about: labels.about.filter(|_| said), ..labels })
}

impl Marked {
    /// An article whose attributions have labels; those without a cue are left out.
    fn new(article: Article) -> std::result::Result<Self, String> {
        let mut order = Vec::with_capacity(article.relations.len());
        for gold in article.relations {
            let labels = own(&gold)?;
            if !gold.roles[1].is_empty() {
                order.push((gold, labels));
            }
        }
        // An outer one before those in it, so that who speaks around is known.
        let outer: BTreeMap<String, String> =
            order.iter().filter_map(|(gold, _)| Some((gold.id.clone(), gold.parent.clone()?))).collect();
        let depth =
            |id: &String| std::iter::successors(outer.get(id), |id| outer.get(*id)).take(outer.len()).count();
        order.sort_by_cached_key(|(gold, _)| depth(&gold.id));
        let place: BTreeMap<String, usize> =
            order.iter().zip(0..).map(|((gold, _), i)| (gold.id.clone(), i)).collect();
        let mut attributions = Vec::with_capacity(order.len());
        for (gold, labels) in order {
            let parent = gold.parent.and_then(|id| place.get(&id).copied());
            let parent = parent.filter(|parent| *parent < attributions.len());
            let given = silver::chances(gold.labels.get("acts"), gold.labels.get("factualities"));
            let given = given.map_err(|fault| format!("attribution {:?}: {fault}", gold.id))?;
            let mut labelled = Labelled::new(gold.roles, parent, labels);
            labelled.chances = given.unwrap_or(labelled.chances);
            attributions.push(labelled);
        }
        Ok(Self { text: article.text, attributions })
    }

    /// The attributions in tokens, with the number of the one around each.
    pub(super) fn relations(&self, segments: &Segments) -> Vec<(Relation, Option<usize>)> {
        let range = |span: &Span| {
            let first = segments.tokens.partition_point(|token| token.span.end <= span.start);
            first..segments.tokens.partition_point(|token| token.span.start < span.end).max(first)
        };
        let ranges = |spans: &[Span]| -> Vec<Range<usize>> {
            spans.iter().map(range).filter(|range| !range.is_empty()).collect()
        };
        let relation = |labelled: &Labelled| {
            let [source, cue, content] = labelled.roles.each_ref().map(|spans| ranges(spans));
            let cue = cue.into_iter().max_by_key(Range::len).unwrap_or(0..0);
            let source = source.into_iter().next();
            let relation = Relation { source, cue, content, confidence: 1.0, signs: [0.0; SIGNS] };
            (relation, labelled.parent)
        };
        self.attributions.iter().map(relation).collect()
    }
}
