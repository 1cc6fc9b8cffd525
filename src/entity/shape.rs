//! What a name that no list knows may be: by its words and by what stands beside it.

use crate::labels::{Gender, Label, SourceKind};
use crate::lexicon::Class;
use crate::segment::{Token, TokenKind};
use crate::tag::Tag;
use std::ops::Range;

/// Words that end the name of an organisation.
const ORGANISATION: &[&str] = &[
    "Administration",
    "Agency",
    "Airlines",
    "Airways",
    "Alliance",
    "Army",
    "Assembly",
    "Associates",
    "Association",
    "Authority",
    "Bank",
    "Board",
    "Brigade",
    "Bureau",
    "Cabinet",
    "Campaign",
    "Center",
    "Centre",
    "Church",
    "Club",
    "Coalition",
    "College",
    "Command",
    "Commission",
    "Committee",
    "Company",
    "Congress",
    "Cooperative",
    "Corp",
    "Corp.",
    "Corporation",
    "Corps",
    "Council",
    "Court",
    "Department",
    "Embassy",
    "Enterprises",
    "Federation",
    "Fleet",
    "Force",
    "Forces",
    "Forum",
    "Foundation",
    "Front",
    "Fund",
    "Government",
    "Group",
    "Guard",
    "Holdings",
    "Hospital",
    "Inc",
    "Inc.",
    "Industries",
    "Initiative",
    "Institute",
    "Institution",
    "International",
    "Laboratories",
    "Laboratory",
    "League",
    "Limited",
    "Lines",
    "LLC",
    "Ltd",
    "Ltd.",
    "Ministry",
    "Movement",
    "Museum",
    "Navy",
    "Network",
    "Office",
    "Organisation",
    "Organization",
    "Parliament",
    "Partners",
    "Partnership",
    "Party",
    "Police",
    "Press",
    "Project",
    "School",
    "Senate",
    "Service",
    "Services",
    "Shipping",
    "Society",
    "Solutions",
    "Staff",
    "Syndicate",
    "Systems",
    "Task",
    "Team",
    "Technologies",
    "Trust",
    "Tribunal",
    "Union",
    "University",
];

/// Words that end the name of an outlet.
const OUTLET: &[&str] = &[
    "Chronicle",
    "Courier",
    "Dispatch",
    "Gazette",
    "Herald",
    "Journal",
    "Ledger",
    "Magazine",
    "Mirror",
    "News",
    "Observer",
    "Packet",
    "Post",
    "Radio",
    "Register",
    "Standard",
    "Star",
    "Telegraph",
    "Television",
    "Times",
    "Tribune",
    "TV",
    "Weekly",
];

/// Words that end the name of a place.
const PLACE: &[&str] = &[
    "Avenue",
    "Bay",
    "Beach",
    "Bridge",
    "Canal",
    "Cape",
    "Channel",
    "City",
    "Coast",
    "County",
    "Desert",
    "District",
    "Forest",
    "Harbor",
    "Harbour",
    "Hill",
    "Hills",
    "Island",
    "Islands",
    "Lake",
    "Mountain",
    "Mountains",
    "Ocean",
    "Park",
    "Peninsula",
    "Port",
    "Province",
    "Region",
    "River",
    "Road",
    "Sea",
    "Sound",
    "Square",
    "Strait",
    "Street",
    "Town",
    "Valley",
    "Village",
];

/// Whether a word ends the name of an organisation or outlet.
pub(super) fn is_body(word: &str) -> bool {
    ORGANISATION.contains(&word) || OUTLET.contains(&word)
}

/// Label and gender of the name in `range`, `None` where the words are no name at all.
pub(super) fn label(
    text: &str,
    tokens: &[Token],
    tags: &[Tag],
    range: Range<usize>,
    titled: Option<Option<Gender>>,
) -> Option<(Label, Option<Gender>)> {
    let word = |i: usize| tokens[i].span.of(text);
    let last = word(range.end - 1);
    let first = tags[range.start];
    let before = range.start.checked_sub(1);
    let after = (range.end < tokens.len()).then_some(range.end);
    if let Some(gender) = titled {
        let given = first.is(Class::GIVEN).then_some(first.gender).flatten();
        return Some((Label::Per, gender.or(given)));
    }
    let contains = |list: &[&str]| range.clone().any(|i| list.contains(&word(i)));
    if range.len() > 1 && OUTLET.contains(&last) {
        return Some((Label::Outlet, None));
    }
    if range.len() > 1 && (ORGANISATION.contains(&last) || contains(ORGANISATION)) {
        return Some((Label::Org, None));
    }
    if range.len() > 1 && (PLACE.contains(&last) || PLACE.contains(&word(range.start))) {
        return Some((Label::Loc, None));
    }
    if first.is(Class::GIVEN) && range.len() > 1 {
        return Some((Label::Per, first.gender));
    }
    let role_before = before.is_some_and(|b| tags[b].is(Class::ROLE) && tokens[b].kind == TokenKind::Word);
    let role_after = after.is_some_and(|a| {
        tokens[a].kind == TokenKind::Comma
            && (a + 1..(a + 7).min(tokens.len()))
                .take_while(|&i| tokens[i].kind == TokenKind::Word || tokens[i].kind == TokenKind::Number)
                .any(|i| {
                    tags[i].role == Some(SourceKind::Person)
                        || tags[i].is(Class::RELATIVE) && word(i) == "who"
                })
    });
    let age_after = after.is_some_and(|a| {
        tokens[a].kind == TokenKind::Comma
            && tokens.get(a + 1).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() == 2)
    });
    if (role_before || role_after || age_after) && range.len() <= 4 {
        return Some((Label::Per, None));
    }
    let letters = last.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = last.chars().filter(|c| c.is_uppercase()).count();
    if range.len() == 1 && capitals >= 2 && capitals == letters {
        return Some((Label::Org, None));
    }
    if before.is_some_and(|b| matches!(word(b), "in" | "at" | "near" | "from" | "In" | "At" | "Near")) {
        return Some((Label::Gpe, None));
    }
    let speaks = after.is_some_and(|a| tags[a].verb_cue.is_some() && tags[a].verb)
        || before.is_some_and(|b| tags[b].verb_cue.is_some() && tags[b].verb);
    match range.len() {
        2 | 3 => Some((Label::Per, None)),
        1 if speaks && !before.is_some_and(|b| tags[b].is(Class::DETERMINER)) => Some((Label::Per, None)),
        _ => Some((Label::Org, None)),
    }
}
