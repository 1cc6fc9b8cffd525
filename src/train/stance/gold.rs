//! Attributions with their stance: articles (JSON lines) that hold labels or have them in a table, and texts with marks.

use super::marks;
use crate::attribution::Relation;
use crate::attribution::learned::judge::SIGNS;
use crate::error::{Error, Result};
use crate::labels::{Act, Factuality};
use crate::segment::Segments;
use crate::span::Span;
use crate::train::relations::{self, Gold};
use crate::train::text;
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
}

/// What people say of an attribution.
pub(super) struct Labels {
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
    pub(super) fn new(act: &str, factuality: &str, about: &str) -> std::result::Result<Self, String> {
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
    let marked = (1..).zip(relations::read(path)?).map(|(line, article)| {
        let labelled = article.relations.into_iter().map(|gold| own(&gold).map(|labels| (gold, labels)));
        let labelled = labelled.collect::<std::result::Result<_, String>>();
        let labelled = labelled.map_err(|expected| Error::row(name.clone(), line, expected))?;
        Ok(Marked::new(article.text, labelled))
    });
    marked.collect()
}

/// Reads a file of labels, and the articles that they are of, by the ids of both:
///
/// ```text
/// === an-article
/// E1 accuse CT+ Norvia
/// ```
///
/// # Errors
/// A row that is none, or labels an attribution that there is not: file, line and what was expected.
pub(in crate::train) fn read_labels(path: &Path, articles: &[PathBuf]) -> Result<Vec<Marked>> {
    let name = path.to_string_lossy();
    let rows = text::read(path)?;
    let mut labels: BTreeMap<(String, String), (usize, Labels)> = BTreeMap::new();
    let mut of = "";
    for (line, row) in (1..).zip(rows.lines()).filter(|(_, row)| !row.starts_with('#')) {
        if let Some(article) = row.strip_prefix("=== ") {
            of = article;
            continue;
        }
        let (id, one) = Labels::row(row).map_err(|expected| Error::row(name.clone(), line, expected))?;
        if labels.insert((of.to_owned(), id.to_owned()), (line, one)).is_some() {
            return Err(Error::row(name, line, format!("expected {id:?} of {of:?} once")));
        }
    }
    let mut marked = Vec::new();
    for path in articles {
        for article in relations::read(path)? {
            let labelled = article.relations.into_iter().filter_map(|gold| {
                let (_, own) = labels.remove(&(article.id.clone(), gold.id.clone()))?;
                Some((gold, own))
            });
            marked.push(Marked::new(article.text, labelled.collect()));
        }
    }
    marked.retain(|marked| !marked.attributions.is_empty());
    match labels.first_key_value() {
        Some(((article, id), (line, _))) => {
            let expected = format!("expected an attribution of the articles, found {id:?} of {article:?}");
            Err(Error::row(name, *line, expected))
        }
        None => Ok(marked),
    }
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
    /// A text whose attributions have labels; those without a cue are left out.
    fn new(text: String, labelled: Vec<(Gold, Labels)>) -> Self {
        let mut order: Vec<(Gold, Labels)> =
            labelled.into_iter().filter(|(gold, _)| !gold.roles[1].is_empty()).collect();
        // An outer one before those in it, so that who speaks around is known.
        order.sort_by_key(|(gold, _)| gold.parent.is_some());
        let place: BTreeMap<String, usize> =
            order.iter().zip(0..).map(|((gold, _), i)| (gold.id.clone(), i)).collect();
        let mut attributions = Vec::with_capacity(order.len());
        for (gold, labels) in order {
            let parent = gold.parent.and_then(|id| place.get(&id).copied());
            let parent = parent.filter(|parent| *parent < attributions.len());
            attributions.push(Labelled { roles: gold.roles, parent, labels });
        }
        Self { text, attributions }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_put_on_articles() {
        let folder = tempfile::tempdir().unwrap();
        let (path, articles) = (folder.path().join("labels.txt"), folder.path().join("articles.jsonl"));
        let article = r#"{"id": "a", "text": "She said no.", "attributions": [
            {"id": "E1", "source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]]},
            {"id": "E2", "source": [], "cue": [[4, 8]], "content": [[9, 11]]}]}"#;
        std::fs::write(&articles, article.replace('\n', " ")).unwrap();
        let read = |labels: &str| {
            std::fs::write(&path, labels).unwrap();
            read_labels(&path, std::slice::from_ref(&articles))
        };
        let found = read("# what\n=== a\nE1 deny CT- The Norvian navy\n").unwrap();
        assert_eq!(found[0].attributions.len(), 1);
        let about = Some(Some("The Norvian navy".to_owned()));
        assert_eq!(found[0].attributions[0].labels.about, about);
        for (row, fault) in [("E3 deny CT- -", "\"E3\" of \"a\""), ("E1 deny CT-", "expected \"id act")] {
            let found = read(&format!("=== a\n{row}")).err().unwrap().to_string();
            assert!(found.contains(fault) && found.contains("labels.txt:2"), "{found}");
        }
    }
}
