//! What readers found in corpora whose texts are not ours: labels and places alone, by the ids of articles and attributions.

use super::relations::{self, Article, Gold, Relation};
use super::stance::Labels;
use crate::error::{Error, Result};
use crate::span::Span;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// An article of a corpus, whether attributions are marked in it or not.
#[derive(serde::Deserialize)]
struct Text {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    body_id: Option<u64>,
    text: String,
    #[serde(default)]
    attributions: Vec<Relation>,
}

/// Reads what was found in the articles of some corpora (JSON lines with "id" or "body_id", "text" and perhaps
/// "attributions"); gives the articles with what has labels in them:
///
/// ```text
/// === an-article
/// E1 accuse CT+ Norvia
/// E1 > 30-38 39-43 49-70 deny CT- Norvia
/// > 90-104 105-116 0-40,120-130 assert CT+ -
/// ```
///
/// The first is a label of an attribution of the corpus, the second of one inside it, which the corpus does not have and
/// whose id is then `E1.1`, the third of one that stands alone: source, cue and content in code points, then act,
/// factuality and whom it is about.
///
/// What stands inside another has its cue and its content in the content of that; its source may stand before it.
///
/// # Errors
/// A row that is none, an article or an attribution that there is not, an article that is there twice: file, line and what
/// was expected.
pub(super) fn read(path: &Path, corpora: &[PathBuf]) -> Result<Vec<Article>> {
    let name = path.to_string_lossy();
    let table = super::text::read(path)?;
    let mut rows: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    let mut of = "";
    let told = |(_, row): &(usize, &str)| !row.starts_with('#') && !row.trim().is_empty();
    for (line, row) in (1..).zip(table.lines()).filter(told) {
        match row.strip_prefix("=== ") {
            Some(article) => of = article,
            None if of.is_empty() => {
                return Err(Error::row(
                    name,
                    line,
                    format!("expected \"=== \" and an article first, found {row:?}"),
                ));
            }
            None => rows.entry(of).or_default().push((line, row)),
        }
    }
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for corpus in corpora {
        let lines = super::text::read(corpus)?;
        for (line, row) in (1..).zip(lines.lines()).filter(|(_, row)| !row.trim().is_empty()) {
            let text: Text = serde_json::from_str(row).map_err(|error| {
                Error::row(
                    corpus.to_string_lossy(),
                    line,
                    format!("expected an article with \"text\": {error}"),
                )
            })?;
            let id = text.id.or_else(|| text.body_id.map(|id| id.to_string())).unwrap_or_default();
            if known.contains(&id) {
                let expected = format!("expected an article that the corpora have once, found {id:?} again");
                return Err(Error::row(corpus.to_string_lossy(), line, expected));
            }
            let Some(rows) = rows.remove(id.as_str()) else { continue };
            known.insert(id);
            let mut given = Given { text: &text.text, left: text.attributions, taken: Vec::new() };
            for (line, row) in rows {
                given.add(row).map_err(|expected| Error::row(name.clone(), line, expected))?;
            }
            let relations = given.taken;
            found.push(Article { publisher: String::new(), text: text.text, relations });
        }
    }
    match rows.first_key_value() {
        Some((article, rows)) => {
            let expected = format!("expected an article of the corpora, found {article:?}");
            Err(Error::row(name, rows[0].0, expected))
        }
        None => Ok(found),
    }
}

/// The attributions of an article: those that the corpus has, and those of them with labels.
struct Given<'t> {
    text: &'t str,
    left: Vec<Relation>,
    taken: Vec<Gold>,
}

impl Given<'_> {
    fn add(&mut self, row: &str) -> std::result::Result<(), String> {
        // Also a name that somebody is about may have such a sign.
        let inner = row.split_once("> ").filter(|(outer, _)| !outer.trim_end().contains(' '));
        let (mut relation, labels) = match inner {
            Some((outer, rest)) => {
                let cells: Vec<&str> = rest.splitn(4, ' ').collect();
                let [source, cue, content, labels] = cells[..] else {
                    return Err(format!(
                        "expected \"source cue content act factuality about\", found {rest:?}"
                    ));
                };
                let outer = outer.trim();
                let parent = (!outer.is_empty()).then(|| outer.to_owned());
                if let Some(outer) = &parent
                    && self.taken.iter().all(|relation| relation.id != *outer)
                {
                    return Err(format!("expected the id of an attribution above, found {outer:?}"));
                }
                let free = |id: &String| {
                    self.left.iter().all(|other| other.id != *id)
                        && self.taken.iter().all(|other| other.id != *id)
                };
                let id = (1..).map(|number| format!("{outer}.{number}")).find(free).unwrap_or_default();
                let (source, cue, content) = (spans(source)?, spans(cue)?, spans(content)?);
                if cue.is_empty() || content.is_empty() {
                    return Err(format!("expected a cue and a content, found {rest:?}"));
                }
                (Relation { id, parent, source, cue, content, others: BTreeMap::new() }, labels)
            }
            None => {
                let (id, labels) = row.split_once(' ').unwrap_or((row, ""));
                let at = self.left.iter().position(|relation| relation.id == id);
                let at =
                    at.ok_or_else(|| format!("expected once an attribution of the article, found {id:?}"))?;
                (self.left.swap_remove(at), labels)
            }
        };
        let cells: Vec<&str> = labels.splitn(3, ' ').collect();
        let [act, factuality, about] = cells[..] else {
            return Err(format!("expected \"act factuality about\", found {labels:?}"));
        };
        let about = about.trim();
        if about.is_empty() {
            return Err(format!("expected a name or -, found {labels:?}"));
        }
        Labels::new(act, factuality, about)?;
        let about = if about == "-" { Value::Null } else { Value::from(about) };
        let labels = [("act", act.into()), ("factuality", factuality.into()), ("about", about)];
        relation.others = labels.into_iter().map(|(name, label)| (name.to_owned(), label)).collect();
        for gold in relations::golds(self.text, vec![relation])? {
            self.holds(&gold)?;
            self.taken.push(gold);
        }
        Ok(())
    }

    /// That what stands inside another has its cue and its content there.
    fn holds(&self, inner: &Gold) -> std::result::Result<(), String> {
        let Some(outer) = inner.parent.as_ref().and_then(|id| self.taken.iter().find(|gold| gold.id == *id))
        else {
            return Ok(());
        };
        let inside = |span: &&Span| outer.roles[2].iter().any(|piece| piece.contains(**span));
        match inner.roles[1..].iter().flatten().find(|span| !inside(span)) {
            Some(span) => {
                let words = span.of(self.text);
                Err(format!("expected a cue and a content in the content of {:?}, found {words:?}", outer.id))
            }
            None => Ok(()),
        }
    }
}

/// `0-40,120-130`, or `-` for none.
fn spans(cell: &str) -> std::result::Result<Vec<[u32; 2]>, String> {
    let span = |span: &str| {
        let (start, end) = span.split_once('-')?;
        Some([start.parse().ok()?, end.parse().ok()?])
    };
    let spans = cell.split(',').filter(|_| cell != "-").map(span).collect::<Option<_>>();
    spans.ok_or_else(|| format!("expected spans such as 0-40,120-130, found {cell:?}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found(labels: &str) -> Result<Vec<Article>> {
        found_in(labels, 1)
    }

    /// What is found where the corpus is given so often.
    fn found_in(labels: &str, times: usize) -> Result<Vec<Article>> {
        let folder = tempfile::tempdir().unwrap();
        let (path, articles) = (folder.path().join("labels.txt"), folder.path().join("articles.jsonl"));
        let marked = r#"{"id": "a", "text": "Zoë said he denied it.", "attributions": [
            {"id": "E1", "source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 21]]},
            {"id": "E2", "source": [], "cue": [[4, 8]], "content": [[9, 11]]}]}"#;
        let bare = r#"{"body_id": 7, "text": "She said no."}"#;
        std::fs::write(&articles, format!("{}\n{bare}\n", marked.replace('\n', " "))).unwrap();
        std::fs::write(&path, labels).unwrap();
        read(&path, &vec![articles; times])
    }

    #[test]
    fn what_was_found_is_put_on_articles() {
        let text = "# what\n=== a\nE1 assert CT+ -\nE1 > 9-11 12-18 19-21 deny CT- The Norvian navy\n\
                    === 7\n> 0-3 4-8 9-11 assert CT+ -\n";
        let found = found(text).unwrap();
        let words = |article: &Article, i: usize| {
            article.relations[i].roles.each_ref().map(|spans| spans[0].of(&article.text).to_owned())
        };
        assert_eq!(found[0].relations.len(), 2);
        assert_eq!(words(&found[0], 0), ["Zoë", "said", "he denied it"]);
        let inner = &found[0].relations[1];
        assert_eq!(words(&found[0], 1), ["he", "denied", "it"]);
        assert_eq!((inner.id.as_str(), inner.parent.as_deref()), ("E1.1", Some("E1")));
        assert_eq!(inner.labels["about"], "The Norvian navy");
        assert_eq!(words(&found[1], 0), ["She", "said", "no"]);
        assert_eq!(found[1].relations[0].labels["about"], Value::Null);
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (row, fault) in [
            ("E3 deny CT- -", "an attribution of the article, found \"E3\""),
            ("E1 denies CT- -", "expected one of assert, confirm"),
            ("E1 deny CT-", "expected \"act factuality about\""),
            ("E1 > 0-3 4-8 9-11 deny CT- -", "the id of an attribution above"),
            ("> 0-3 4-8", "expected \"source cue content"),
            ("> 0-3 - 9-11 deny CT- -", "expected a cue and a content"),
            ("E1 deny CT- ", "expected a name or -"),
            ("> 0-3 4 9-11 deny CT- -", "expected spans such as"),
            ("> 0-3 4-8 9-99 deny CT- -", "inside the text of 22 code points"),
            ("E2 deny CT- -\nE2 > 0-3 4-8 9-11 deny CT- -", "in the content of \"E2\", found \"said\""),
        ] {
            let found = found(&format!("=== a\n{row}")).unwrap_err().to_string();
            let line = format!("labels.txt:{}", row.lines().count() + 1);
            assert!(found.contains(fault) && found.contains(&line), "{row}: {found}");
        }
        let twice = found_in("=== a\nE1 deny CT- -", 2).unwrap_err().to_string();
        let fault = "articles.jsonl:1: expected an article that the corpora have once, found \"a\"";
        assert!(twice.contains(fault), "{twice}");
        assert!(found("E1 deny CT- -").unwrap_err().to_string().contains("labels.txt:1: expected \"=== \""));
        assert!(found("=== b\nE1 deny CT- -").unwrap_err().to_string().contains("found \"b\""));
    }
}
