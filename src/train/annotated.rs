//! Corpora of names: JSON lines with a text and its names, or sentences with the names in brackets.

use super::names::bit;
use crate::error::{Error, Result};
use crate::labels::Label;
use crate::names::{BEGIN, INSIDE, OUTSIDE};
use crate::offsets;
use crate::span::Span;
use std::path::Path;

/// A text with its names in bytes, each with the corpus's own word for its kind.
pub(super) struct Annotated {
    pub(super) text: String,
    pub(super) names: Vec<(Span, String)>,
}

/// What the labels of a corpus mean, and what its silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// All six kinds.
    Whole,
    /// PER, LOC and ORG: a LOC may be a GPE, an ORG an OUTLET, and nationalities are left out.
    Three,
    /// The same with MISC, which holds nationalities among other things.
    Four,
}

impl Scheme {
    /// By the labels that stand in a corpus.
    pub(super) fn of(documents: &[Annotated]) -> Self {
        let has = |label: &str| documents.iter().flat_map(|d| &d.names).any(|(_, l)| l == label);
        if has("GPE") {
            Self::Whole
        } else if has("MISC") {
            Self::Four
        } else {
            Self::Three
        }
    }

    pub(super) fn is_whole(self) -> bool {
        self == Self::Whole
    }

    /// What a word without annotation may be; `group` is whether it may name a nationality or the like.
    pub(super) fn outside(self, group: bool) -> u16 {
        let norp = bit(Label::Norp, BEGIN) | bit(Label::Norp, INSIDE);
        if group && self != Self::Whole { 1 << OUTSIDE | norp } else { 1 << OUTSIDE }
    }

    /// What a word of a name may be.
    pub(super) fn labels(self, label: &str, place: usize, group: bool) -> u16 {
        let bits = |labels: &[Label]| labels.iter().fold(0, |all, label| all | bit(*label, place));
        match (self, label) {
            (Self::Whole, label) => Label::from_name(label).map_or(1 << OUTSIDE, |label| bits(&[label])),
            (_, "PER") => bits(&[Label::Per]),
            (_, "LOC") => bits(&[Label::Gpe, Label::Loc]),
            (_, "ORG") => bits(&[Label::Org, Label::Outlet]),
            _ => self.outside(group),
        }
    }
}

/// Reads a corpus.
///
/// # Errors
/// A file that cannot be read or a line that is not what it should be: file, line and what was expected.
pub(super) fn read(path: &Path) -> Result<Vec<Annotated>> {
    let lines = super::text::read(path)?;
    let name = path.to_string_lossy();
    let bracketed = name.ends_with(".txt");
    let mut documents = Vec::new();
    for (i, line) in
        lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
    {
        let found = if bracketed { brackets(line) } else { json(line) };
        documents.push(found.map_err(|expected| Error::row(name.clone(), i + 1, expected))?);
    }
    Ok(documents)
}

/// `{"text": ..., "entities": [[start, end, label], ...]}` with offsets in code points.
fn json(line: &str) -> std::result::Result<Annotated, String> {
    #[derive(serde::Deserialize)]
    struct Row {
        text: String,
        entities: Vec<(u32, u32, String)>,
    }
    let row: Row =
        serde_json::from_str(line).map_err(|error| format!("expected \"text\" and \"entities\": {error}"))?;
    let points: Vec<u32> = row.entities.iter().flat_map(|(start, end, _)| [*start, *end]).collect();
    let bytes = offsets::bytes_of(&row.text, &points).ok_or("expected offsets inside the text")?;
    let mut names = Vec::new();
    for (pair, (start, end, label)) in bytes.chunks_exact(2).zip(row.entities) {
        if start >= end {
            return Err(format!("expected a name from {start} to a later place, found {end}"));
        }
        names.push((Span { start: pair[0], end: pair[1] }, label));
    }
    Ok(Annotated { text: row.text, names })
}

/// `[GPE Kyiv] denied it.`
fn brackets(line: &str) -> std::result::Result<Annotated, String> {
    let mut text = String::new();
    let mut names = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, after) = after.split_once(']').ok_or("expected a bracket that closes")?;
        let (label, name) =
            inside.split_once(' ').ok_or("expected a label, a space and a name in brackets")?;
        Label::from_name(label).ok_or_else(|| format!("expected a label, found {label:?}"))?;
        names.push((Span::new(text.len(), text.len() + name.len()), label.to_owned()));
        text.push_str(name);
        rest = after;
    }
    text.push_str(rest);
    Ok(Annotated { text, names })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let found = brackets("[GPE Kyiv] said [NORP Russian] drones").unwrap();
        assert_eq!(found.text, "Kyiv said Russian drones");
        assert_eq!(found.names[1], (Span::new(10, 17), "NORP".to_owned()));
        let found = json(r#"{"text": "É Kyiv", "entities": [[2, 6, "LOC"]]}"#).unwrap();
        assert_eq!(found.names[0].0.of(&found.text), "Kyiv");
    }

    #[test]
    fn what_is_wrong_is_told() {
        for line in ["[GPE Kyiv", "[Kyiv]", "[CITY Kyiv]"] {
            assert!(brackets(line).is_err(), "{line}");
        }
        assert!(json(r#"{"text": "Kyiv", "entities": [[0, 9, "LOC"]]}"#).is_err());
        assert!(json(r#"{"text": "Kyiv"}"#).is_err());
    }
}
