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
    let place = line.get(..dash)?.trim_end();
    let opens = rest.starts_with(|c: char| {
        c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\'' | '\u{201e}' | '«') || c.is_numeric()
    });
    (opens && is_place(place)).then_some(end)
}

/// Whether the whole line is one: "PORT VELL, June 3", "3 June 2031", "9:05 p.m.".
pub(super) fn is_whole(line: &Line<'_>) -> bool {
    if line.words > 9 || line.text.len() > LONGEST {
        return false;
    }
    let bare = line.text.trim_end_matches(['.', '-', '–', '—', ' ']);
    let mut dated = false;
    let mut upper = true;
    let fits = bare.split([' ', ',', '|', '(', ')', '\u{a0}']).filter(|word| !word.is_empty()).all(|word| {
        let date = is_date_word(word);
        dated |= date && !word.chars().all(|c| c.is_alphabetic()) || is_month(word);
        upper &= date || word.chars().all(|c| !c.is_lowercase());
        date || upper || word.starts_with(char::is_uppercase) && bare.contains(',')
    });
    let all_date = bare.split([' ', ',', '|', '\u{a0}']).filter(|word| !word.is_empty()).all(is_date_word);
    fits && dated && (all_date || upper || is_place(bare))
}

/// The first dash that stands between spaces, and the end of the space after it.
fn first_dash(line: &str) -> Option<(usize, usize)> {
    let mut window = LONGEST.min(line.len());
    while !line.is_char_boundary(window) {
        window -= 1;
    }
    let head = line.get(..window)?;
    let (at, dash) = ["–", "—", "―", "--", " - ", "\u{a0}- "]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (at, *dash)))
        .min_by_key(|(at, _)| *at)?;
    Some((at, at + dash.trim_end().len()))
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
    if NO_PLACES.contains(&city) || !is_name(city) || city.split_whitespace().count() > 4 {
        return false;
    }
    let capitals =
        city.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !city.chars().any(char::is_lowercase);
    let mut regions = 0;
    let rest_fits = parts.all(|part| {
        regions += usize::from(!part.is_empty());
        !part.is_empty()
            && part.split_whitespace().count() <= 4
            && (is_name(part) || part.split_whitespace().all(is_date_word))
    });
    rest_fits && (capitals || agency || regions == 1)
}

/// One or a few words, each with a capital: "New Harrow", "Ill.", "St. Brannoc-on-Sea".
fn is_name(name: &str) -> bool {
    name.split_whitespace().all(|word| {
        let bare = word.trim_end_matches('.');
        word.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
            || matches!(word, "of" | "the" | "and" | "de" | "du" | "al" | "el")
    })
}

fn is_agency(inside: &str) -> bool {
    inside.len() <= 30
        && inside.starts_with(char::is_uppercase)
        && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '/' | '-' | '.'))
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
    let digits = lower.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', 'a', 'p', 'm', '.']);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '/' | '-' | '.'));
    let day = matches!(
        lower.as_str(),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "mon"
            | "tue"
            | "wed"
            | "thu"
            | "fri"
            | "sat"
            | "sun"
    );
    let hour = matches!(
        lower.as_str(),
        "a.m" | "p.m" | "am" | "pm" | "at" | "gmt" | "utc" | "est" | "edt" | "et" | "bst" | "cet" | "of"
    );
    number || is_month(word) || day || hour
}
