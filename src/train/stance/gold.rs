//! Attributions with their stance: articles (JSON lines), and sentences written with marks around source, cue and content.

use crate::attribution::Relation;
use crate::attribution::learned::judge::SIGNS;
use crate::error::{Error, Result};
use crate::labels::{Act, Factuality};
use crate::segment::Segments;
use crate::span::Span;
use crate::train::relations::{self, Article, Gold};
use crate::train::text;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// A text with its attributions, an outer one before those in its content.
pub(in crate::train) struct Marked {
    pub(super) text: String,
    pub(super) attributions: Vec<Labelled>,
}

/// An attribution and what is said of it.
pub(super) struct Labelled {
    /// By role: source, cue, content.
    roles: [Vec<Span>; 3],
    /// The number of the one around it.
    parent: Option<usize>,
    /// How likely each act and each factuality is: 1 for the one that people chose.
    pub(super) acts: [f32; Act::ALL.len()],
    pub(super) factualities: [f32; Factuality::ALL.len()],
    /// Whom the content is about; the outer option is none where nobody says.
    pub(super) about: Option<Option<String>>,
}

/// Reads articles (`.jsonl`) whose attributions have `act`, `factuality` and perhaps `about`, or, from a teacher, `acts` and
/// `factualities`, each an object of labels with probabilities; or marked sentences, one a line:
///
/// ```text
/// accuse CT+ | Norvia | {The mayor} [said] <Norvia had poisoned the river>.
/// ```
///
/// # Errors
/// A line that is neither, or a label that there is not: file, line and what was expected.
pub(in crate::train) fn read(path: &Path) -> Result<Vec<Marked>> {
    let name = path.to_string_lossy();
    if name.trim_end_matches(".gz").ends_with(".jsonl") {
        let articles = relations::read(path)?;
        let marked = (1..).zip(articles).map(|(line, article)| {
            of_article(article).map_err(|expected| Error::row(name.clone(), line, expected))
        });
        return marked.collect();
    }
    let lines = text::read(path)?;
    let rows = (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    rows.map(|(line, row)| of_line(row).map_err(|expected| Error::row(name.clone(), line, expected)))
        .collect()
}

fn of_article(article: Article) -> std::result::Result<Marked, String> {
    let mut attributions = Vec::with_capacity(article.relations.len());
    // An outer one before those in it, so that who speaks around is known.
    let mut order: Vec<&Gold> = article.relations.iter().filter(|gold| !gold.roles[1].is_empty()).collect();
    order.sort_by_key(|gold| gold.parent.is_some());
    let place: BTreeMap<&str, usize> = order.iter().zip(0..).map(|(gold, i)| (gold.id.as_str(), i)).collect();
    for gold in &order {
        let parent = gold.parent.as_ref().and_then(|id| place.get(id.as_str()).copied());
        let parent = parent.filter(|parent| *parent < attributions.len());
        let text = |key: &str| gold.labels.get(key).and_then(|value| value.as_str());
        let inner = gold.labels.contains_key("inner");
        attributions.push(Labelled {
            roles: gold.roles.clone(),
            parent,
            acts: shares(gold, "act", act_place)?,
            factualities: shares(gold, "factuality", factuality_place)?,
            about: (!inner && gold.labels.contains_key("about")).then(|| text("about").map(str::to_owned)),
        });
    }
    Ok(Marked { text: article.text, attributions })
}

fn act_place(name: &str) -> std::result::Result<usize, String> {
    let known = || Act::ALL.iter().map(|act| act.name()).collect::<Vec<_>>().join(", ");
    let act = Act::from_name(name).ok_or_else(|| format!("expected one of {}, found {name:?}", known()))?;
    Ok(act as usize)
}

fn factuality_place(name: &str) -> std::result::Result<usize, String> {
    let known = || Factuality::ALL.iter().map(|f| f.name()).collect::<Vec<_>>().join(", ");
    let found = Factuality::from_name(name);
    Ok(found.ok_or_else(|| format!("expected one of {}, found {name:?}", known()))? as usize)
}

/// The label `key`, or the probabilities of a teacher.
fn shares<const N: usize>(
    gold: &Gold,
    key: &str,
    place: impl Fn(&str) -> std::result::Result<usize, String>,
) -> std::result::Result<[f32; N], String> {
    let mut found = [0.0; N];
    let at = |fault: String| format!("attribution {:?}, {key}: {fault}", gold.id);
    match gold.labels.get(key) {
        Some(serde_json::Value::String(name)) => found[place(name).map_err(at)?] = 1.0,
        Some(serde_json::Value::Object(all)) => {
            for (name, share) in all {
                let share = share.as_f64().ok_or_else(|| at("expected a probability".to_owned()))?;
                found[place(name).map_err(at)?] = share as f32;
            }
        }
        _ => return Err(at("expected a label".to_owned())),
    }
    Ok(found)
}

fn of_line(line: &str) -> std::result::Result<Marked, String> {
    let expected = "expected \"act factuality | about or - | {source} [cue] <content>\"";
    let mut cells = line.splitn(3, " | ");
    let (Some(labels), Some(about), Some(marked)) = (cells.next(), cells.next(), cells.next()) else {
        return Err(format!("{expected}, found {line:?}"));
    };
    let (act, factuality) = labels.trim().split_once(' ').ok_or(expected)?;
    let (mut acts, mut factualities) = ([0.0; Act::ALL.len()], [0.0; Factuality::ALL.len()]);
    acts[act_place(act)?] = 1.0;
    factualities[factuality_place(factuality)?] = 1.0;
    let mut roles: [Vec<Span>; 3] = Default::default();
    let (mut text, mut open) = (String::new(), None);
    for c in marked.trim().chars() {
        match ("{[<".find(c), "}]>".find(c), open) {
            (Some(role), _, None) => open = Some((role, text.len())),
            (_, Some(role), Some((opened, start))) if role == opened && start < text.len() => {
                roles[role].push(Span::new(start, text.len()));
                open = None;
            }
            (None, None, _) => text.push(c),
            _ => return Err(format!("{expected}, found {c:?} where it opens or closes nothing: {marked:?}")),
        }
    }
    if open.is_some() || roles[1].is_empty() {
        return Err(format!("{expected}, found a mark that does not close, or no cue: {marked:?}"));
    }
    let about = Some((about.trim() != "-").then(|| about.trim().to_owned()));
    let labelled = Labelled { roles, parent: None, acts, factualities, about };
    Ok(Marked { text, attributions: vec![labelled] })
}

impl Marked {
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
    fn marked_sentences_are_read() {
        let marked = of_line("deny CT- | Norvia | <No>, {she} [said], <Norvia did not>.").unwrap();
        assert_eq!(marked.text, "No, she said, Norvia did not.");
        let [source, cue, content] = &marked.attributions[0].roles;
        let words = |spans: &[Span]| spans.iter().map(|span| span.of(&marked.text)).collect::<Vec<_>>();
        assert_eq!(words(source), ["she"]);
        assert_eq!(words(cue), ["said"]);
        assert_eq!(words(content), ["No", "Norvia did not"]);
        assert_eq!(marked.attributions[0].acts[Act::Deny as usize], 1.0);
        assert_eq!(marked.attributions[0].about, Some(Some("Norvia".to_owned())));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let faults = [
            ("deny CT-", "expected \"act factuality"),
            ("denies CT- | - | {She} [said] <no>.", "expected one of assert, confirm"),
            ("deny CT | - | {She} [said] <no>.", "expected one of CT+"),
            ("deny CT- | - | {She} said <no>.", "no cue"),
            ("deny CT- | - | {She} [said} <no>.", "opens or closes nothing"),
            ("deny CT- | - | {She} [said] <no.", "does not close"),
        ];
        for (line, fault) in faults {
            let found = of_line(line).err().unwrap();
            assert!(found.contains(fault), "{line}: {found}");
        }
    }
}
