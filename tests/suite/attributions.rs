//! Attributions: who says what, by which words, inside what. The notation stands in the table's head.

use crate::cases::{self, Judged};
use sayso::attribution::Attribution;
use sayso::pipeline::Options;
use sayso::{Document, Pipeline, Record, Span};
use std::fmt::Write;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new(&Options::default()).unwrap());

/// The text analysed with the built-in lists.
pub fn read(text: &str) -> Document {
    analyse(Record { id: "case".into(), text: text.into(), ..Record::default() })
}

/// The record analysed with the built-in lists.
pub fn analyse(record: Record) -> Document {
    PIPELINE.analyse(record)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    expect: Vec<String>,
    gap: Option<String>,
}

impl Judged for Case {
    fn name(&self) -> &str {
        &self.name
    }
    fn gap(&self) -> Option<&str> {
        self.gap.as_deref()
    }
}

#[test]
fn cases() {
    cases::judge(&cases::read::<Case>("attributions.toml"), |case| {
        let doc = read(case.text.trim());
        let wanted: Vec<Line> = case.expect.iter().map(|line| Line::parse(line)).collect();
        compare(&doc, &wanted).map_err(|why| format!("  {why}\n  found\n{}", shown(&doc)))
    });
}

/// A line of the table.
#[derive(Debug, Default, PartialEq)]
struct Line {
    /// Words of the source, none for an attribution without one.
    source: Option<String>,
    cue: String,
    /// The pieces; not looked at where there are none.
    content: Vec<String>,
    /// Number of the line in whose content this one stands, from 1.
    parent: Option<usize>,
    /// Key and value.
    labels: Vec<(String, String)>,
}

impl Line {
    fn parse(line: &str) -> Self {
        let mut parsed = Self::default();
        let mut rest = line.trim();
        while let Some(open) = rest.chars().next() {
            let close = match open {
                '[' => ']',
                '{' => '}',
                '<' => '>',
                '(' => ')',
                _ => panic!("{line}: expected [source], {{cue}}, <content> or (labels) at {rest:?}"),
            };
            let end = rest.find(close).unwrap_or_else(|| panic!("{line}: no {close}"));
            let part = &rest[1..end];
            rest = rest[end + close.len_utf8()..].trim_start();
            match open {
                '[' => parsed.source = Some(plain(part)).filter(|words| !words.is_empty()),
                '{' => parsed.cue = part.into(),
                '<' => parsed.content.push(plain(part)),
                _ => part.split(';').for_each(|label| parsed.label(label)),
            }
        }
        parsed
    }

    fn label(&mut self, label: &str) {
        let (key, value) =
            label.trim().split_once(' ').unwrap_or_else(|| panic!("label without value: {label}"));
        match key {
            "parent" => self.parent = Some(value.parse().unwrap()),
            _ => self.labels.push((key.into(), value.into())),
        }
    }

    /// What differs from attribution `index`, but for the parent; nothing where it is the one.
    fn differs(&self, doc: &Document, index: usize) -> Option<String> {
        let Attribution { source, cue, content, .. } = &doc.attributions[index];
        let words = |span: &Span| plain(doc.slice(*span));
        let cue = cue.as_ref().map_or("", |span| doc.slice(*span)).to_lowercase();
        if !cue.contains(&self.cue.to_lowercase()) {
            return Some(format!("cue {cue:?}"));
        }
        let source = source.as_ref().map(words);
        if source != self.source {
            return Some(format!("source {source:?}"));
        }
        let content: Vec<_> = content.iter().map(words).collect();
        if !self.content.is_empty() && content != self.content {
            return Some(format!("content {content:?}"));
        }
        let wrong = |(key, value): &&(String, String)| label(doc, index, key).as_ref() != Some(value);
        self.labels.iter().find(wrong).map(|(key, value)| {
            format!("{key} {}, not {value}", label(doc, index, key).unwrap_or_else(|| "none".into()))
        })
    }
}

/// The words alone: no marks at the edges, no leading "that", a single space between any two, as the table has them.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let edge = |c: char| !c.is_alphanumeric();
    let words = words.trim_matches(edge);
    let words = words.strip_suffix("’s").or(words.strip_suffix("'s")).unwrap_or(words);
    words.strip_prefix("that ").unwrap_or(words).trim_matches(edge).to_owned()
}

/// The label `key` of attribution `index`, none where it has none.
pub fn label(doc: &Document, index: usize, key: &str) -> Option<String> {
    let (attribution, stance) = (&doc.attributions[index], &doc.stances[index]);
    let entity = |entity: Option<u32>| entity.map(|i| doc.entities[i as usize].name.clone());
    match key {
        "entity" => entity(attribution.source_entity),
        "kind" => Some(attribution.kind.to_string()),
        "source_kind" => attribution.source_kind.map(|kind| kind.to_string()),
        "act" => Some(stance.act.to_string()),
        "factuality" => Some(stance.factuality.to_string()),
        "about" => entity(stance.about),
        "addressee" => attribution.addressee.map(|span| plain(doc.slice(span))),
        _ => panic!("no label is called {key:?}"),
    }
}

/// Every line is found, once, with its parent, and nothing else is.
fn compare(doc: &Document, wanted: &[Line]) -> Result<(), String> {
    let all = 0..doc.attributions.len();
    // Which attribution each line is.
    let mut places: Vec<usize> = Vec::new();
    for line in wanted {
        let found = all.clone().find(|i| !places.contains(i) && line.differs(doc, *i).is_none());
        places.push(found.ok_or_else(|| {
            let near = all.clone().filter(|i| !places.contains(i)).filter_map(|i| line.differs(doc, i));
            format!("missing {line:?}\n  instead {}", near.collect::<Vec<_>>().join(" | "))
        })?);
    }
    for (line, &place) in wanted.iter().zip(&places) {
        let parent = line.parent.map(|number| places[number - 1] as u32);
        let found = doc.attributions[place].parent;
        if found != parent {
            return Err(format!("{{{}}}: its parent is {found:?}, not {parent:?}", line.cue));
        }
    }
    cases::same(all.len(), wanted.len())
}

/// All attributions in the notation of the table.
pub fn shown(doc: &Document) -> String {
    let mut shown = String::new();
    for (i, Attribution { source, cue, content, parent, why, .. }) in doc.attributions.iter().enumerate() {
        let words = |span: Option<Span>| span.map_or("", |span| doc.slice(span));
        let _ = write!(shown, "    {} [{}] {{{}}}", i + 1, words(*source), words(*cue));
        for piece in content {
            let _ = write!(shown, " <{}>", doc.slice(*piece));
        }
        let parent = parent.map(|p| (p + 1).to_string());
        let keys = ["entity", "kind", "source_kind", "act", "factuality", "about", "addressee"];
        let labels = keys.iter().filter_map(|key| Some((*key, label(doc, i, key)?)));
        let labels = parent.into_iter().map(|p| ("parent", p)).chain(labels);
        let labels: Vec<_> = labels.map(|(key, value)| format!("{key} {value}")).collect();
        let _ = writeln!(shown, " ({}) by {why}", labels.join("; "));
    }
    shown
}
