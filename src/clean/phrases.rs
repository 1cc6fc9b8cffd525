//! Phrases that give a line away as no copy; `data/lexicon/en/boilerplate.tsv`.

use super::BlockKind;
use super::lines::Line;
use crate::tsv::rows;
use std::sync::LazyLock;

/// Where in its line a phrase must stand; the head of the file defines them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Whole,
    Mark,
    Lead,
    Short,
    In,
}

struct Phrase {
    words: &'static str,
    place: Place,
    kind: BlockKind,
}

/// Phrases that open a line, by their first byte, and those that may stand anywhere.
struct Phrases {
    by_byte: Vec<Vec<Phrase>>,
    anywhere: Vec<Phrase>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { by_byte: (0..256).map(|_| Vec::new()).collect(), anywhere: Vec::new() };
    for mut cells in rows(include_str!("../../data/lexicon/en/boilerplate.tsv")) {
        let (Some(words), Some(place), Some(kind)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let place = match place {
            "whole" => Place::Whole,
            "mark" => Place::Mark,
            "lead" => Place::Lead,
            "short" => Place::Short,
            _ => Place::In,
        };
        let kind = match kind {
            "teaser" => BlockKind::Teaser,
            "form" => BlockKind::Form,
            "credit" => BlockKind::Credit,
            "caption" => BlockKind::Caption,
            "dateline" => BlockKind::Dateline,
            _ => BlockKind::Boilerplate,
        };
        match (place, words.bytes().next()) {
            (Place::In, _) | (_, None) => phrases.anywhere.push(Phrase { words, place, kind }),
            (_, Some(byte)) => phrases.by_byte[byte as usize].push(Phrase { words, place, kind }),
        }
    }
    // The longest phrase decides.
    phrases.by_byte.iter_mut().for_each(|list| list.sort_by_key(|p| std::cmp::Reverse(p.words.len())));
    phrases
});

/// The most words of a line that a phrase in the middle may decide.
const SHORT: usize = 15;
const MEDIUM: usize = 40;
/// The most bytes of such a line, however its words are counted.
const BYTES: usize = 400;

/// What the line is, where a phrase says so, and whether the phrase is all of it.
pub(super) fn kind(line: &Line<'_>) -> Option<(BlockKind, bool)> {
    let text =
        line.text.trim_start_matches(['*', '>', '»', '►', '▶', '•', '·', '|', '–', '—', '-', ' ', '"']);
    let first = text.bytes().next()?.to_ascii_lowercase();
    for phrase in &PHRASES.by_byte[first as usize] {
        let Some(rest) = after(text, phrase.words) else { continue };
        let whole = rest.chars().all(|c| !c.is_alphanumeric());
        let fits = match phrase.place {
            Place::Whole => whole,
            Place::Mark => whole || is_marked(rest),
            Place::Lead => !rest.starts_with(char::is_alphanumeric),
            Place::Short => line.words <= SHORT && !rest.starts_with(char::is_alphanumeric),
            Place::In => false,
        };
        if fits {
            return Some((phrase.kind, whole));
        }
    }
    if line.words <= MEDIUM && line.text.len() <= BYTES {
        let lower = line.text.to_ascii_lowercase();
        return PHRASES.anywhere.iter().find(|p| lower.contains(p.words)).map(|p| (p.kind, false));
    }
    None
}

/// What follows the phrase at the start of `text`, ASCII case and curly apostrophes aside.
fn after<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let mut chars = text.chars();
    for expected in phrase.chars() {
        let c = match chars.next()? {
            '’' => '\'',
            c => c.to_ascii_lowercase(),
        };
        if c != expected {
            return None;
        }
    }
    Some(chars.as_str())
}

/// Whether a colon, bar, dash, arrow or wide space follows the phrase.
fn is_marked(rest: &str) -> bool {
    let wide = rest.starts_with("  ")
        || rest.starts_with('\u{a0}')
        || rest.starts_with(" \u{a0}")
        || rest.starts_with('\t');
    let mark = rest.trim_start().chars().next();
    wide || matches!(mark, Some(':' | '|' | '–' | '—' | '»' | '→' | '›' | '>' | '/' | '►'))
        || rest.trim_start().starts_with("- ")
}
