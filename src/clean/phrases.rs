//! Phrases that give a line away as no copy; `data/lexicon/en/boilerplate.tsv`.

use super::BlockKind;
use super::lines::Line;
use crate::tsv::rows;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Where in its line a phrase must stand; the head of the file defines them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Whole,
    Mark,
    Lead,
    Brief,
    Short,
    Year,
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
    anywhere: Vec<(Finder<'static>, BlockKind)>,
}

const LIST: &str = include_str!("../../data/lexicon/en/boilerplate.tsv");

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { by_byte: (0..256).map(|_| Vec::new()).collect(), anywhere: Vec::new() };
    for mut cells in rows(LIST) {
        let (Some(words), Some(place), Some(kind)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let place = match place {
            "whole" => Place::Whole,
            "mark" => Place::Mark,
            "lead" => Place::Lead,
            "brief" => Place::Brief,
            "short" => Place::Short,
            "year" => Place::Year,
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
            (Place::In, _) | (_, None) => phrases.anywhere.push((Finder::new(words), kind)),
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
    let text = line.text.trim_start_matches(['*', '>', '»', '►', '▶', '•', '·', '|', '–', '—', '-', ' ']);
    let first = text.bytes().next()?.to_ascii_lowercase();
    for phrase in &PHRASES.by_byte[first as usize] {
        let Some(rest) = after(text, phrase.words) else { continue };
        let whole = rest.chars().all(|c| !c.is_alphanumeric());
        let fits = match phrase.place {
            Place::Whole => whole,
            Place::Mark => whole || is_marked(rest, line),
            Place::Lead => !rest.starts_with(char::is_alphanumeric),
            Place::Brief => line.words <= SHORT && !rest.starts_with(char::is_alphanumeric),
            Place::Short => line.words <= SHORT && !line.terminal && !rest.starts_with(char::is_alphanumeric),
            Place::Year => rest.trim_start().starts_with(|c: char| c.is_ascii_digit()),
            Place::In => false,
        };
        if fits {
            return Some((phrase.kind, whole));
        }
    }
    if line.words <= MEDIUM && line.text.len() <= BYTES {
        let lower = line.text.to_ascii_lowercase();
        let found = PHRASES.anywhere.iter().find(|(finder, _)| finder.find(lower.as_bytes()).is_some());
        return found.map(|&(_, kind)| (kind, false));
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

/// Whether a colon, bar, dash, arrow or wide space follows the phrase. A dash must not be the first of an aside.
fn is_marked(rest: &str, line: &Line<'_>) -> bool {
    let bare = rest.trim_start();
    if rest.chars().take(2).filter(|c| c.is_whitespace()).count() == 2 || rest.starts_with('\t') {
        return true;
    }
    match bare.chars().next() {
        Some(':') => line.words <= MEDIUM,
        Some('|' | '»' | '→' | '›' | '>' | '►') => true,
        Some('–' | '—') => line.words <= SHORT && !line.terminal,
        Some('-') => bare.starts_with("- ") && line.words <= SHORT && !line.terminal,
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        let mut seen = Vec::new();
        for cells in rows(LIST) {
            let cells: Vec<&str> = cells.collect();
            let [words, place, kind, origin] = cells[..] else { panic!("{cells:?}: four cells expected") };
            assert!(!words.is_empty() && words == words.to_lowercase() && !origin.is_empty(), "{cells:?}");
            assert!(["whole", "mark", "lead", "brief", "short", "year", "in"].contains(&place), "{cells:?}");
            assert!(
                ["teaser", "form", "credit", "caption", "dateline", "boilerplate"].contains(&kind),
                "{cells:?}"
            );
            assert!(!seen.contains(&(words, place)), "{cells:?} twice");
            seen.push((words, place));
        }
        assert!(seen.len() > 100);
    }
}
