//! Corpora of coreference: whole documents with clusters, sentences with one pronoun (GAP), articles that name who speaks.

use crate::coreference::{Anaphor, Referents, Scene};
use crate::error::{Error, Result};
use crate::offsets;
use crate::span::Span;
use crate::train::text;
use std::path::Path;

/// A text and what is known of it.
pub(in crate::train) struct Document {
    pub(super) text: String,
    pub(super) known: Known,
}

pub(super) enum Known {
    /// Mentions of one entity; those that are no name have a head.
    Clusters(Vec<Vec<Mention>>),
    /// One pronoun, and two names that it may be.
    Pronoun { at: Span, names: [(Span, bool); 2] },
    /// Sources, and the name of who speaks.
    Sources(Vec<(Span, Option<String>)>),
}

pub(super) struct Mention {
    pub(super) span: Span,
    pub(super) head: Span,
    /// A common noun with its article, which may stand for a name.
    pub(super) nominal: bool,
}

/// What is known of one anaphor.
pub(super) enum Gold {
    /// Who it may be; empty where it is nobody that is told of.
    Referents(Vec<u32>),
    /// Which of the names it is; of others nothing is known.
    Names(Vec<u32>),
    /// Nobody with a name.
    Unnamed,
    Unknown,
}

#[derive(serde::Deserialize)]
struct Row {
    text: String,
    #[serde(default)]
    clusters: Vec<Cluster>,
    #[serde(default)]
    attributions: Vec<Said>,
}

#[derive(serde::Deserialize)]
struct Cluster {
    mentions: Vec<Place>,
}

#[derive(serde::Deserialize)]
struct Place {
    start: u32,
    end: u32,
    head: Option<[u32; 2]>,
    #[serde(default)]
    kind: String,
}

#[derive(serde::Deserialize)]
struct Said {
    #[serde(default)]
    source: Vec<[u32; 2]>,
    #[serde(default)]
    source_entity: Option<String>,
    #[serde(default)]
    inner: bool,
}

/// Reads a corpus: JSON lines with `clusters` or with `attributions` that have a `source_entity`, or the columns of GAP.
///
/// # Errors
/// A row that is neither, or a place outside its text: file, line and what was expected.
pub(in crate::train) fn read(path: &Path) -> Result<Vec<Document>> {
    let lines = text::read(path)?;
    let name = path.to_string_lossy();
    let gap = name.trim_end_matches(".gz").ends_with(".tsv");
    let rows = lines.lines().enumerate().skip(usize::from(gap)).filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(i, line)| {
        let document = if gap { of_gap(line) } else { of_row(line) };
        document.map_err(|expected| Error::row(name.clone(), i + 1, expected))
    })
    .collect()
}

/// Places in bytes; none where one lies outside the text.
fn places(text: &str, points: &[[u32; 2]]) -> std::result::Result<Vec<Span>, String> {
    let length = text.chars().count() as u32;
    if let Some([start, end]) = points.iter().find(|[start, end]| start >= end || *end > length) {
        return Err(format!(
            "expected a place inside the text of {length} code points, found [{start}, {end}]"
        ));
    }
    let flat: Vec<u32> = points.iter().flatten().copied().collect();
    let bytes = offsets::bytes_of(text, &flat).unwrap_or_default();
    Ok(bytes.chunks_exact(2).map(|pair| Span { start: pair[0], end: pair[1] }).collect())
}

fn of_gap(line: &str) -> std::result::Result<Document, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[_, text, pronoun, at, a, a_at, a_is, b, b_at, b_is, ..] = cells.as_slice() else {
        return Err(format!("expected the eleven columns of GAP, found {}", cells.len()));
    };
    let place = |name: &str, at: &str| {
        let start: u32 = at.parse().map_err(|_| format!("expected an offset, found {at:?}"))?;
        Ok::<_, String>([start, start + name.chars().count() as u32])
    };
    let spans = places(text, &[place(pronoun, at)?, place(a, a_at)?, place(b, b_at)?])?;
    let is = |cell: &str| cell.eq_ignore_ascii_case("true");
    let names = [(spans[1], is(a_is)), (spans[2], is(b_is))];
    Ok(Document { text: text.to_owned(), known: Known::Pronoun { at: spans[0], names } })
}

fn of_row(line: &str) -> std::result::Result<Document, String> {
    let row: Row = serde_json::from_str(line)
        .map_err(|error| format!("expected a document with \"clusters\" or \"attributions\": {error}"))?;
    let known = if row.clusters.is_empty() {
        let said: Vec<&Said> = row.attributions.iter().filter(|a| !a.inner && a.source.len() == 1).collect();
        let spans = places(&row.text, &said.iter().map(|a| a.source[0]).collect::<Vec<_>>())?;
        Known::Sources(spans.into_iter().zip(said.iter().map(|a| a.source_entity.clone())).collect())
    } else {
        let mut clusters = Vec::with_capacity(row.clusters.len());
        for Cluster { mentions } in &row.clusters {
            let spans = places(&row.text, &mentions.iter().map(|m| [m.start, m.end]).collect::<Vec<_>>())?;
            let heads: Vec<[u32; 2]> = mentions.iter().map(|m| m.head.unwrap_or([m.start, m.end])).collect();
            let heads = places(&row.text, &heads)?;
            let mention = |((span, head), place): ((Span, Span), &Place)| Mention {
                span,
                head,
                nominal: place.kind == "nom",
            };
            clusters.push(spans.into_iter().zip(heads).zip(mentions).map(mention).collect());
        }
        Known::Clusters(clusters)
    };
    Ok(Document { text: row.text, known })
}

impl Document {
    /// The descriptions that are marked in clusters: "the agency".
    pub(super) fn descriptions(&self, scene: Scene<'_>) -> Vec<Anaphor> {
        let Known::Clusters(clusters) = &self.known else { return Vec::new() };
        let tokens = &scene.segments.tokens;
        let at = |span: Span| {
            let start = tokens.partition_point(|t| t.span.end <= span.start);
            start..tokens.partition_point(|t| t.span.start < span.end)
        };
        let mut found = Vec::new();
        for mention in clusters.iter().flatten().filter(|m| m.nominal) {
            let (range, head) = (at(mention.span), at(mention.head));
            let definite = ["the", "this", "that", "these", "those"]
                .iter()
                .any(|word| range.len() > 1 && scene.word(range.start).eq_ignore_ascii_case(word));
            if definite && head.start < range.end && !head.is_empty() {
                found.push(Anaphor::description(scene, range, head.start));
            }
        }
        found
    }

    /// What is known of an anaphor.
    pub(super) fn gold(&self, scene: Scene<'_>, anaphor: &Anaphor, referents: &Referents<'_>) -> Gold {
        let tokens = &scene.segments.tokens;
        let span = Span {
            start: tokens[anaphor.tokens.start].span.start,
            end: tokens[anaphor.tokens.end - 1].span.end,
        };
        let head = tokens[anaphor.head].span;
        let named = |place: &Span, head: &Span| -> Vec<u32> {
            let fits = |m: &&crate::entity::Mention| {
                m.span.start >= place.start
                    && m.span.end <= place.end
                    && m.span.start < head.end
                    && head.start < m.span.end
            };
            scene.mentions.iter().filter(fits).map(|m| m.entity).collect()
        };
        match &self.known {
            Known::Clusters(clusters) => {
                let is = |m: &Mention| m.head == head || m.span == span;
                let cluster = clusters.iter().find(|cluster| cluster.iter().any(is));
                let others = cluster.into_iter().flatten().filter(|m| !is(m));
                let at = |m: &Mention| {
                    let token = tokens.partition_point(|t| t.span.end <= m.head.start);
                    referents.at(token).filter(|referent| !referents.is_named(*referent))
                };
                Gold::Referents(
                    others.flat_map(|m| named(&m.span, &m.head).into_iter().chain(at(m))).collect(),
                )
            }
            Known::Pronoun { at, names } if *at == span => {
                let is: Vec<u32> =
                    names.iter().filter(|(_, is)| *is).flat_map(|(name, _)| named(name, name)).collect();
                if is.is_empty() { Gold::Unknown } else { Gold::Names(is) }
            }
            Known::Sources(sources) => {
                let Some((_, name)) = sources.iter().find(|(source, _)| *source == span) else {
                    return Gold::Unknown;
                };
                let wanted: Vec<String> = name.iter().flat_map(|name| name.split("; ")).map(simple).collect();
                let entities = &referents.entities.entities;
                let is = |entity: &u32| wanted.contains(&simple(&entities[*entity as usize].name));
                let is: Vec<u32> = (0..entities.len() as u32).filter(is).collect();
                if is.is_empty() { Gold::Unnamed } else { Gold::Referents(is) }
            }
            Known::Pronoun { .. } => Gold::Unknown,
        }
    }
}

/// A name without case, marks and article.
pub(in crate::train) fn simple(name: &str) -> String {
    let words: String =
        name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = words.split_whitespace().filter(|word| *word != "the").collect();
    words.join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn fault(document: std::result::Result<Document, String>) -> String {
        document.err().unwrap()
    }

    #[test]
    fn what_is_no_document_is_told() {
        assert_eq!(fault(of_gap("a\tZoë left.\tshe")), "expected the eleven columns of GAP, found 3");
        let row = "a\tZoë met Åse; she left.\tshe\t99\tZoë\t0\tTRUE\tÅse\t8\tFALSE\t-";
        assert_eq!(fault(of_gap(row)), "expected a place inside the text of 22 code points, found [99, 102]");
        assert!(fault(of_row("{}")).starts_with("expected a document with \"clusters\""));
        let row = r#"{"text": "Zoë.", "clusters": [{"mentions": [{"start": 2, "end": 9}]}]}"#;
        assert_eq!(fault(of_row(row)), "expected a place inside the text of 4 code points, found [2, 9]");
    }

    #[test]
    fn names_are_equal_without_case_marks_and_article() {
        assert_eq!(simple("The Harbour-Board"), simple("harbour board"));
        assert_ne!(simple("Harbour Board"), simple("Harbour"));
    }
}
