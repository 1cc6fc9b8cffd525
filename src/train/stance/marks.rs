//! Attributions written for training: sentences, or whole articles, with marks around source, cue and content.

use super::gold::{Labelled, Labels, Marked};
use crate::error::{Error, Result};
use crate::span::Span;
use std::collections::BTreeMap;

type Found<T> = std::result::Result<T, String>;
/// By role: source, cue, content.
type Roles = [Vec<Span>; 3];

/// Reads marked sentences, one a line, each with one attribution, and articles, whose attributions have numbers:
///
/// ```text
/// accuse CT+ | Norvia | {The mayor} [said] <Norvia had poisoned the river>.
/// === the-spill
/// {1: The mayor} [1: said] <1: {2: officials} [2: believed] <2: Norvia had poisoned the river>>.
/// --- labels
/// 1 assert CT+ -
/// 2 accuse PR+ Norvia
/// ```
pub(super) fn read(name: &str, text: &str) -> Result<Vec<Marked>> {
    let mut found = Vec::new();
    let mut lines = (1..).zip(text.lines()).peekable();
    while let Some((number, line)) = lines.next() {
        let at = |expected| Error::row(name, number, expected);
        if let Some(slug) = line.strip_prefix("=== ") {
            let mut rows = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| !line.starts_with("=== ")) {
                rows.push(line);
            }
            found.push(article(&rows).map_err(|expected| at(format!("{slug}: {expected}")))?);
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            found.push(sentence(line).map_err(at)?);
        }
    }
    Ok(found)
}

fn sentence(line: &str) -> Found<Marked> {
    let expected = "expected \"act factuality | about or - | {source} [cue] <content>\"";
    let mut cells = line.splitn(3, " | ");
    let (Some(labels), Some(about), Some(marked)) = (cells.next(), cells.next(), cells.next()) else {
        return Err(format!("{expected}, found {line:?}"));
    };
    let (act, factuality) = labels.trim().split_once(' ').ok_or(expected)?;
    let labels = Labels::new(act, factuality, about.trim())?;
    let (text, mut roles) = unmark(marked.trim(), false)?;
    let roles = roles.remove(&0).filter(|roles| !roles[1].is_empty());
    let roles = roles.ok_or_else(|| format!("{expected}, found no cue: {marked:?}"))?;
    Ok(Marked { text, attributions: vec![Labelled::new(roles, None, labels)] })
}

fn article(rows: &[&str]) -> Found<Marked> {
    let end = rows.iter().position(|row| *row == "--- labels").ok_or("expected \"--- labels\"")?;
    let (text, mut roles) = unmark(rows[..end].join("\n").trim(), true)?;
    let mut attributions = Vec::new();
    for row in rows[end + 1..].iter().filter(|row| !row.trim().is_empty()) {
        let (number, labels) = Labels::row(row)?;
        let number: u32 = number.parse().map_err(|_| format!("expected a number, found {row:?}"))?;
        let roles = roles.remove(&number).filter(|roles| !roles[1].is_empty() && !roles[2].is_empty());
        let roles = roles.ok_or_else(|| format!("expected one cue and content of number {number}"))?;
        attributions.push(Labelled::new(roles, None, labels));
    }
    if let Some(number) = roles.keys().next() {
        return Err(format!("expected labels of number {number}"));
    }
    nest(&mut attributions);
    Ok(Marked { text, attributions })
}

/// Finds for each the narrowest content that its cue stands in, and puts outer ones before those in them.
fn nest(attributions: &mut [Labelled]) {
    let length = |labelled: &Labelled| labelled.roles[2].iter().map(|span| span.len()).sum::<usize>();
    attributions.sort_by_key(|labelled| std::cmp::Reverse(length(labelled)));
    for i in 0..attributions.len() {
        let cue = attributions[i].roles[1][0];
        let around = |outer: &&Labelled| outer.roles[2].iter().any(|content| content.contains(cue));
        attributions[i].parent = attributions[..i].iter().rposition(|outer| around(&outer));
    }
}

/// The text without its marks, and the roles by number; without numbers all are of number 0.
fn unmark(marked: &str, numbered: bool) -> Found<(String, BTreeMap<u32, Roles>)> {
    let (mut text, mut roles) = (String::new(), BTreeMap::<u32, Roles>::new());
    let mut open: Vec<(usize, u32, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let place = || format!("{:?}", rest.chars().take(30).collect::<String>());
        rest = &rest[c.len_utf8()..];
        if let Some(role) = "{[<".find(c) {
            let mut number = 0;
            if numbered {
                let (digits, after) = rest.split_once(": ").unwrap_or_default();
                number = digits.parse().map_err(|_| format!("expected a number and a colon: {}", place()))?;
                rest = after;
            } else if !open.is_empty() {
                return Err(format!("expected a mark that closes first: {}", place()));
            }
            open.push((role, number, text.len()));
        } else if let Some(role) = "}]>".find(c) {
            let (opened, number, start) = open.pop().unwrap_or((usize::MAX, 0, 0));
            if opened != role || start == text.len() {
                return Err(format!("expected no {c:?}, which opens or closes nothing: {}", place()));
            }
            roles.entry(number).or_default()[role].push(Span::new(start, text.len()));
        } else {
            text.push(c);
        }
    }
    if !open.is_empty() {
        return Err(format!("expected a mark that closes: {marked:?}"));
    }
    Ok((text, roles))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::labels::Act;

    fn words<'t>(marked: &'t Marked, spans: &[Span]) -> Vec<&'t str> {
        spans.iter().map(|span| span.of(&marked.text)).collect()
    }

    #[test]
    fn marked_sentences_are_read() {
        let marked =
            read("", "# one\ndeny CT- | Norvia | <No>, {she} [said], <Norvia did not>.").unwrap().remove(0);
        assert_eq!(marked.text, "No, she said, Norvia did not.");
        let Labelled { roles: [source, cue, content], labels, .. } = &marked.attributions[0];
        assert_eq!(words(&marked, source), ["she"]);
        assert_eq!(words(&marked, cue), ["said"]);
        assert_eq!(words(&marked, content), ["No", "Norvia did not"]);
        assert_eq!(labels.act, Act::Deny);
        assert_eq!(labels.about, Some(Some("Norvia".to_owned())));
    }

    #[test]
    fn marked_articles_are_read() {
        let text = "=== one\nA title\n\n{2: She} [2: said] <2: {1: he} [1: knew] <1: it>>.\n--- labels\n\
                    1 believe CT+ -\n2 accuse CT+ The Norvian navy\n=== two\n{1: He} [1: left] <1: it>.\n--- labels\n1 intend Uu -\n";
        let found = read("", text).unwrap();
        assert_eq!(found[0].text, "A title\n\nShe said he knew it.");
        let outer = &found[0].attributions[0];
        assert_eq!((outer.parent, found[0].attributions[1].parent), (None, Some(0)));
        assert_eq!(words(&found[0], &outer.roles[2]), ["he knew it"]);
        assert_eq!(outer.labels.about, Some(Some("The Norvian navy".to_owned())));
        assert_eq!(found[1].attributions[0].labels.act, Act::Intend);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let faults = [
            ("deny CT-", "expected \"act factuality"),
            ("denies CT- | - | {She} [said] <no>.", "expected one of assert, confirm"),
            ("deny CT | - | {She} [said] <no>.", "expected one of CT+"),
            ("deny CT- | - | {She} said <no>.", "no cue"),
            ("deny CT- | - | {She} [said} <no>.", "opens or closes nothing"),
            ("deny CT- | - | {She} [said] <no.", "a mark that closes"),
            ("deny CT- | - | {She [said]} <no>.", "closes first"),
            ("=== one\n{1: She} [1: said] <1: no>.", "expected \"--- labels\""),
            ("=== one\n{She} [1: said] <1: no>.\n--- labels\n", "expected a number"),
            ("=== one\n[1: said] <1: no>.\n--- labels\n", "expected labels of number 1"),
            ("=== one\n[1: said] <1: no>.\n--- labels\n1 deny CT-\n", "expected \"id act"),
            ("=== one\n[1: said] <1: no>.\n--- labels\n2 deny CT- -\n", "cue and content of number 2"),
        ];
        for (text, fault) in faults {
            let found = read("own.txt", text).err().unwrap().to_string();
            assert!(found.contains(fault) && found.contains("own.txt"), "{text}: {found}");
        }
    }
}
