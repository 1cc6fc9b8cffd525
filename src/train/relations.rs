//! Corpora of attributions: JSON lines with a text and its attributions, as PolNeAR's README has them.

use crate::error::{Error, Result};
use crate::offsets;
use crate::span::Span;
use std::collections::BTreeMap;
use std::path::Path;

/// An article with its relations.
#[derive(Debug)]
pub(super) struct Article {
    pub(super) publisher: String,
    pub(super) text: String,
    pub(super) relations: Vec<Gold>,
}

/// Source, cue and content in bytes.
#[derive(Debug)]
pub(super) struct Gold {
    /// By role: source, cue, content.
    pub(super) roles: [Vec<Span>; 3],
    pub(super) id: String,
    /// The relation in whose content it stands.
    pub(super) parent: Option<String>,
    /// What else is said of it: its act and so on.
    pub(super) labels: BTreeMap<String, serde_json::Value>,
}

#[derive(serde::Deserialize)]
struct Row {
    #[serde(default)]
    id: String,
    #[serde(default)]
    publisher: String,
    text: String,
    attributions: Vec<Relation>,
}

/// An attribution as it stands in a line, in code points.
#[derive(serde::Deserialize)]
pub(super) struct Relation {
    #[serde(default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) parent: Option<String>,
    #[serde(default)]
    pub(super) source: Vec<[u32; 2]>,
    #[serde(default)]
    pub(super) cue: Vec<[u32; 2]>,
    #[serde(default)]
    pub(super) content: Vec<[u32; 2]>,
    /// Labels of other kinds.
    #[serde(flatten)]
    pub(super) others: BTreeMap<String, serde_json::Value>,
}

/// Reads a file.
///
/// # Errors
/// A line that is no article, an unknown role, a span outside the text, two roles of one relation on one word: file,
/// line, and the ids.
pub(super) fn read(path: &Path) -> Result<Vec<Article>> {
    let lines = super::text::read(path)?;
    let name = path.to_string_lossy();
    let mut articles = Vec::new();
    for (i, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        articles.push(article(line).map_err(|expected| Error::row(name.clone(), i + 1, expected))?);
    }
    if articles.is_empty() {
        return Err(Error::row(
            name,
            1,
            "expected an article with \"text\" and \"attributions\", found none",
        ));
    }
    Ok(articles)
}

pub(super) fn article(line: &str) -> std::result::Result<Article, String> {
    let row: Row = serde_json::from_str(line)
        .map_err(|error| format!("expected an article with \"text\" and \"attributions\": {error}"))?;
    let place = |fault| format!("article {:?}, {fault}", row.id);
    let relations = golds(&row.text, row.attributions).map_err(place)?;
    Ok(Article { publisher: row.publisher, text: row.text, relations })
}

/// The attributions of a text in bytes.
pub(super) fn golds(text: &str, given: Vec<Relation>) -> std::result::Result<Vec<Gold>, String> {
    let spans = |r: &Relation| [r.source.clone(), r.cue.clone(), r.content.clone()].concat();
    let points: Vec<u32> = given.iter().flat_map(spans).flatten().collect();
    let mut bytes = offsets::bytes_of(text, &points).unwrap_or_default().into_iter();
    let length = text.chars().count() as u32;
    let mut relations = Vec::with_capacity(given.len());
    for relation in given {
        let place = || format!("attribution {:?}", relation.id);
        if let Some((role, _)) = relation.others.iter().find(|(_, value)| value.is_array()) {
            return Err(format!("{}: expected source, cue and content, found the role {role:?}", place()));
        }
        let mut roles: [Vec<Span>; 3] = Default::default();
        for (role, spans) in roles.iter_mut().zip([&relation.source, &relation.cue, &relation.content]) {
            for [start, end] in spans {
                if start >= end || *end > length {
                    let expected = format!("expected a span inside the text of {length} code points");
                    return Err(format!("{}: {expected}, found [{start}, {end}]", place()));
                }
                if let (Some(start), Some(end)) = (bytes.next(), bytes.next()) {
                    role.push(Span { start, end });
                }
            }
        }
        // Inside another content the source may be a word of its own content; the content then goes without it. What a
        // teacher read was marked elsewhere, and is as it was there.
        let free = relation.parent.is_some() || relation.others.contains_key("acts");
        let pairs: &[_] = if free { &[] } else { &[(0, 1), (0, 2), (1, 2)] };
        for &(a, b) in pairs {
            // A letter that is in two is a slip of the hand; there is one in PolNeAR.
            let share = |x: &Span, y: &Span| x.start + 1 < y.end && y.start + 1 < x.end;
            if let Some(span) = roles[a].iter().find(|x| roles[b].iter().any(|y| share(x, y))) {
                let words = span.of(text);
                return Err(format!(
                    "{}: expected roles that do not overlap, found two on {words:?}",
                    place()
                ));
            }
        }
        relations.push(Gold { roles, id: relation.id, parent: relation.parent, labels: relation.others });
    }
    Ok(relations)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn fault(attribution: &str) -> String {
        article(&format!(r#"{{"id": "a7", "text": "Zoë said no.", "attributions": [{attribution}]}}"#))
            .unwrap_err()
    }

    #[test]
    fn spans_count_code_points() {
        let line = r#"{"text": "Zoë said no.", "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]]}]}"#;
        let found = article(line).unwrap();
        let words = found.relations[0].roles.each_ref().map(|spans| spans[0].of(&found.text));
        assert_eq!(words, ["Zoë", "said", "no"]);
    }

    #[test]
    fn faults_name_the_article_and_the_attribution() {
        for (attribution, expected) in [
            (r#"{"id": "E1", "cue": [[4, 80]]}"#, "a span inside the text of 12 code points, found [4, 80]"),
            (r#"{"id": "E1", "cue": [[8, 4]]}"#, "found [8, 4]"),
            (
                r#"{"id": "E1", "source": [[0, 8]], "cue": [[4, 8]]}"#,
                "roles that do not overlap, found two on \"Zoë said\"",
            ),
            (r#"{"id": "E1", "speaker": [[0, 3]]}"#, "source, cue and content, found the role \"speaker\""),
        ] {
            let fault = fault(attribution);
            assert!(fault.contains(expected) && fault.contains("\"a7\"") && fault.contains("E1"), "{fault}");
        }
        assert!(fault("7").contains("expected an article"));
    }
}
