//! Pairs of a claim and a text with their stances: headlines as Emergent has them, articles as the Fake News Challenge.

use crate::claim::{As, Form, Judge, Reading, Stance};
use crate::error::{Error, Result};
use crate::train::text;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A claim and a text, by their places in the corpus.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) claim: usize,
    pub(super) text: usize,
    pub(super) stance: Stance,
    /// The claim or the story that it is about; a group is in one fold.
    pub(super) group: usize,
    /// The group that the claim belongs to where it is not that of the pair.
    pub(super) story: Option<usize>,
}

/// All pairs of some files.
pub(in crate::train) struct Corpus {
    pub(super) form: Form,
    pub(super) claims: Vec<Reading>,
    pub(super) texts: Vec<Reading>,
    pub(super) pairs: Vec<Pair>,
}

/// A row of a file as it stands there.
struct Row<'f> {
    file: &'f str,
    line: usize,
    cells: Value,
}

impl Row<'_> {
    fn expected(&self, what: impl Into<String>) -> Error {
        Error::row(self.file, self.line, what)
    }

    /// The words of a field that has to be there, a number too.
    fn words(&self, field: &str) -> Result<String> {
        match self.cells.get(field) {
            Some(Value::String(words)) if !words.trim().is_empty() => Ok(words.clone()),
            Some(Value::Number(number)) => Ok(number.to_string()),
            Some(other) => Err(self.expected(format!("expected words as {field:?}, found {other}"))),
            None => Err(self.expected(format!("expected a field {field:?}"))),
        }
    }

    /// Agree, disagree, discuss and unrelated go by these names or by those of Emergent.
    fn stance(&self) -> Result<Stance> {
        let name = self.words("label")?;
        let name = match name.as_str() {
            "for" => "agree",
            "against" => "disagree",
            "observing" => "discuss",
            name => name,
        };
        Stance::from_name(name).ok_or_else(|| {
            self.expected(format!(
                "expected a label agree, disagree, discuss or unrelated (for, against, observing), found {name:?}"
            ))
        })
    }
}

/// The rows of all files; the field `key` names each of them.
fn rows(
    paths: &[impl AsRef<Path>],
    key: &str,
    mut each: impl FnMut(&Row<'_>, String) -> Result<()>,
) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for path in paths {
        let path = path.as_ref();
        let name = path.to_string_lossy();
        for (i, line) in text::read(path)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let broken = |_| Error::row(name.as_ref(), i + 1, "expected a JSON object");
            let row = Row { file: &name, line: i + 1, cells: serde_json::from_str(line).map_err(broken)? };
            let id = row.words(key)?;
            if !seen.insert(id.clone()) {
                return Err(row.expected(format!("expected an own {key}, found {id:?} again")));
            }
            each(&row, id)?;
        }
    }
    Ok(())
}

/// Numbers for things in the order of their names, which are numbers themselves or anything else.
#[derive(Default)]
struct Places(BTreeMap<String, usize>);

impl Places {
    fn of(&mut self, name: String) -> usize {
        let next = self.0.len();
        *self.0.entry(name).or_insert(next)
    }
}

/// Reads headlines: "id", "claim_id", "claim", "headline", "label".
///
/// # Errors
/// A row that lacks one of them, has an unknown label or an id that was there: file, line and what was expected.
pub(in crate::train) fn headlines(paths: &[impl AsRef<Path>], judge: &Judge) -> Result<Corpus> {
    let mut corpus = Corpus { form: Form::Headline, claims: vec![], texts: vec![], pairs: vec![] };
    let (mut claims, mut texts, mut groups) = (Places::default(), Places::default(), Vec::new());
    rows(paths, "id", |row, _| {
        let (claim, headline) = (row.words("claim")?, row.words("headline")?);
        groups.push(row.words("claim_id")?);
        let stance = row.stance()?;
        let read = |places: &mut Places, all: &mut Vec<Reading>, words: String| -> Result<usize> {
            let at = places.of(words.clone());
            if at == all.len() {
                all.push(with_words(judge.read(&words, As::Line), row)?);
            }
            Ok(at)
        };
        let claim = read(&mut claims, &mut corpus.claims, claim)?;
        let text = read(&mut texts, &mut corpus.texts, headline)?;
        corpus.pairs.push(Pair { claim, text, stance, group: 0, story: None });
        Ok(())
    })?;
    // Claims in the order of their ids.
    let mut order = groups.clone();
    order.sort();
    order.dedup();
    for (pair, group) in corpus.pairs.iter_mut().zip(&groups) {
        pair.group = order.binary_search(group).unwrap_or(0);
    }
    Ok(corpus)
}

/// Reads articles, "body_id", "topic" (the number of the story) and "text", and pairs of them with claims, "id",
/// "headline", "body_id", "label".
///
/// # Errors
/// A row that lacks one of them, has an unknown label or body, or an id that was there: file, line and what was expected.
pub(in crate::train) fn articles(
    paths: &[impl AsRef<Path>],
    bodies: &[impl AsRef<Path>],
    judge: &Judge,
) -> Result<Corpus> {
    let mut corpus = Corpus { form: Form::Article, claims: vec![], texts: vec![], pairs: vec![] };
    let mut places = BTreeMap::new();
    rows(bodies, "body_id", |row, id| {
        let topic = row.words("topic")?;
        let topic: usize = topic.parse().map_err(|_| {
            row.expected(format!("expected the number of a story as \"topic\", found {topic:?}"))
        })?;
        places.insert(id, (corpus.texts.len(), topic));
        corpus.texts.push(with_words(judge.read(&row.words("text")?, As::Article), row)?);
        Ok(())
    })?;
    let (mut claims, mut stories) = (Places::default(), BTreeMap::new());
    rows(paths, "id", |row, _| {
        let (headline, body, stance) = (row.words("headline")?, row.words("body_id")?, row.stance()?);
        let Some(&(text, group)) = places.get(&body) else {
            return Err(row.expected(format!("expected the body_id of an article, found {body:?}")));
        };
        let claim = claims.of(headline.clone());
        if claim == corpus.claims.len() {
            corpus.claims.push(with_words(judge.read(&headline, As::Line), row)?);
        }
        if stance != Stance::Unrelated {
            stories.entry(claim).or_insert(group);
        }
        corpus.pairs.push(Pair { claim, text, stance, group, story: None });
        Ok(())
    })?;
    for pair in &mut corpus.pairs {
        pair.story = stories.get(&pair.claim).copied();
    }
    Ok(corpus)
}

fn with_words(reading: Reading, row: &Row<'_>) -> Result<Reading> {
    if reading.has_words() { Ok(reading) } else { Err(row.expected("expected words, found none")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(lines: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(lines.as_bytes()).unwrap();
        file
    }

    const HEADLINES: &str = r#"{"id": "a", "claim_id": "c2", "claim": "The ferry sank", "headline": "Ferry sinks", "label": "for"}
{"id": "b", "claim_id": "c1", "claim": "The dam broke", "headline": "Dam is safe", "label": "against"}
"#;

    #[test]
    fn headlines_are_grouped_by_claims_in_the_order_of_their_ids() {
        let judge = Judge::untrained().unwrap();
        let corpus = headlines(&[file(HEADLINES).path()], &judge).unwrap();
        let found: Vec<_> = corpus.pairs.iter().map(|pair| (pair.group, pair.stance)).collect();
        assert_eq!(found, [(1, Stance::Agree), (0, Stance::Disagree)]);
    }

    #[test]
    fn the_story_of_a_headline_is_that_of_the_articles_that_it_is_about() {
        let bodies = file(concat!(
            r#"{"body_id": 1, "topic": 4, "text": "The ferry sank."}"#,
            "\n",
            r#"{"body_id": 2, "topic": 7, "text": "The dam broke."}"#
        ));
        let pairs = file(concat!(
            r#"{"id": "a", "headline": "Ferry sinks", "body_id": 2, "label": "unrelated"}"#,
            "\n",
            r#"{"id": "b", "headline": "Ferry sinks", "body_id": 1, "label": "agree"}"#
        ));
        let judge = Judge::untrained().unwrap();
        let corpus = articles(&[pairs.path()], &[bodies.path()], &judge).unwrap();
        let found: Vec<_> = corpus.pairs.iter().map(|pair| (pair.group, pair.story)).collect();
        assert_eq!(found, [(7, Some(4)), (4, Some(4))]);
    }

    #[test]
    fn bad_rows_are_told_with_file_and_line() {
        let judge = Judge::untrained().unwrap();
        let line = r#"{"id": "c", "claim_id": "c1", "claim": "C", "headline": "D", "label": "for"}"#;
        for (bad, expected) in [
            (line.replace("for", "perhaps"), "expected a label agree, disagree, discuss or unrelated"),
            (line.replace(r#""claim": "C", "#, ""), "expected a field \"claim\""),
            (line.replace(r#""headline": "D""#, r#""headline": 5.5e9"#), ""),
            (
                line.replace(r#""headline": "D""#, r#""headline": ["D"]"#),
                "expected words as \"headline\", found",
            ),
            (line.replace(r#""claim": "C""#, r#""claim": "?!""#), "expected words, found none"),
            (line.replace(r#""id": "c""#, r#""id": "a""#), "expected an own id, found \"a\" again"),
            ("{".to_owned(), "expected a JSON object"),
        ] {
            let file = file(&format!("{HEADLINES}{bad}\n"));
            let fault = headlines(&[file.path()], &judge).err().map(|fault| fault.to_string());
            if expected.is_empty() {
                assert_eq!(fault, None);
            } else {
                let fault = fault.unwrap();
                assert!(fault.contains(&format!(":3: {expected}")), "{fault}");
            }
        }
    }

    #[test]
    fn a_pair_with_an_unknown_article_is_told() {
        let judge = Judge::untrained().unwrap();
        let bodies = file(r#"{"body_id": 1, "topic": 4, "text": "The ferry sank."}"#);
        let pairs = file(r#"{"id": "a", "headline": "Ferry sinks", "body_id": 2, "label": "agree"}"#);
        let fault = articles(&[pairs.path()], &[bodies.path()], &judge).err().unwrap().to_string();
        assert!(fault.contains(":1: expected the body_id of an article, found \"2\""), "{fault}");
    }
}
