//! Datelines: where and when, at the head of a paragraph or on a line of their own.

use super::lines::Line;

/// A dateline and its dash are no longer than this, in bytes.
const LONGEST: usize = 90;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Words in capitals before a dash that name no place.
const NO_PLACES: [&str; 14] = [
    "UPDATE",
    "UPDATED",
    "BREAKING",
    "EXCLUSIVE",
    "WATCH",
    "VIDEO",
    "CORRECTION",
    "NOTE",
    "OPINION",
    "ANALYSIS",
    "LIVE",
    "READ",
    "POLL",
    "WARNING",
];

/// The length of the dateline at the head of a paragraph, its dash included: "PORT VELL, June 3 (Meridian) — ".
pub(super) fn head(line: &str) -> Option<usize> {
    let (dash, end) = first_dash(line)?;
    let rest = line.get(end..)?.trim_start();
    let place = line.get(..dash)?;
    let spaced = place.ends_with(crate::clean::is_blank) || place.ends_with(')');
    let place = place.trim_end();
    let opens = rest.starts_with(|c: char| {
        c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\'' | '\u{201e}' | '«') || c.is_numeric()
    });
    (opens && spaced && is_place(place)).then_some(end)
}

/// Whether the whole line is one: "PORT VELL, June 3", "3 June 2031", "9:05 p.m.".
pub(super) fn is_whole(line: &Line<'_>) -> bool {
    if line.words > 9 || line.text.len() > LONGEST {
        return false;
    }
    let bare = line.text.trim_end_matches(['.', '-', '–', '—', ' ']);
    let words = || bare.split([' ', ',', '|', '(', ')', '\u{a0}']).filter(|word| !word.is_empty());
    let dated = words().any(|word| is_month(word) || is_day(word) || is_hour(word));
    let figure = bare.contains(|c: char| c.is_ascii_digit());
    let capitals = words().all(|word| is_date_word(word) || !word.contains(char::is_lowercase));
    dated && figure && (capitals || words().all(is_date_word) || is_place(bare))
}

/// The first dash that may end a dateline, and the end of it.
fn first_dash(line: &str) -> Option<(usize, usize)> {
    if !line.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return None;
    }
    let bytes = line.as_bytes();
    for at in 1..LONGEST.min(bytes.len()) {
        let length = match bytes[at] {
            b'-' if bytes.get(at + 1) == Some(&b'-') => 2,
            b'-' if bytes[at - 1] == b' ' && bytes.get(at + 1) == Some(&b' ') => 1,
            0xe2 if line.get(at..).is_some_and(|rest| rest.starts_with(['–', '—', '―'])) => 3,
            _ => continue,
        };
        return Some((at, at + length));
    }
    None
}

/// Whether `place` reads as a place, perhaps with a region, a date and an agency in brackets.
fn is_place(place: &str) -> bool {
    let (place, agency) = match place.strip_suffix(')').and_then(|p| p.rsplit_once('(')) {
        Some((before, inside)) => (before.trim_end(), is_agency(inside)),
        None => (place, false),
    };
    if place.is_empty() {
        return agency;
    }
    let mut parts = place.split(',').map(str::trim);
    let Some(city) = parts.next().filter(|city| !city.is_empty()) else { return false };
    if NO_PLACES.contains(&city) || !is_name(city) || city.split_whitespace().count() > 3 {
        return false;
    }
    let capitals =
        city.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !city.contains(char::is_lowercase);
    let (mut regions, mut dates) = (0, 0);
    let rest_fits = parts.all(|part| {
        let dated = !part.is_empty() && part.split_whitespace().all(is_date_word);
        dates += usize::from(dated);
        regions += usize::from(!dated);
        dated || !part.is_empty() && part.split_whitespace().count() <= 2 && is_name(part)
    });
    rest_fits && regions <= 1 && (capitals || agency || regions + dates > 0)
}

/// One or a few words, each with a capital: "New Harrow", "Ill.", "St. Brannoc-on-Sea".
fn is_name(name: &str) -> bool {
    name.split_whitespace().all(|word| {
        let bare = word.trim_end_matches('.');
        word.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.'))
            || matches!(word, "of" | "the" | "and" | "de" | "du" | "al" | "el")
    })
}

fn is_agency(inside: &str) -> bool {
    inside.len() <= 30
        && inside.starts_with(char::is_uppercase)
        && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '/' | '.'))
}

fn is_month(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS.contains(&lower.as_str()) || lower == "sept" || FULL.contains(&lower.as_str())
}

/// A word that dates are made of: a day, a month, a year, an hour, a zone.
fn is_date_word(word: &str) -> bool {
    let lower = word.trim_end_matches(['.', ',']).to_ascii_lowercase();
    let number = lower.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number = matches!(&lower[number.len()..], "" | "st" | "nd" | "rd" | "th") && is_figure(number);
    let small = matches!(lower.as_str(), "at" | "of" | "gmt" | "utc" | "est" | "edt" | "et" | "bst" | "cet");
    number || small || is_month(word) || is_day(word) || is_hour(word)
}

fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '/' | '-' | '.'))
}

fn is_day(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_ascii_lowercase();
    DAYS.iter().any(|day| lower == *day || lower == day[..3])
}

/// "9:05", "9:05pm", "p.m."
fn is_hour(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let half = ["a.m", "p.m", "am", "pm"].iter().find_map(|half| lower.strip_suffix(half));
    let figure = half.unwrap_or(&lower);
    half == Some("") || is_figure(figure) && (half.is_some() || figure.contains(':'))
}
