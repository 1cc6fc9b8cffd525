//! Outlets by their short names: whose house a text is, and whom it credits.

use super::candidates::Candidate;
use super::shape::Place;
use crate::labels::Label;
use crate::lexicon::{Lexicon, Name};
use crate::segment::TokenKind;

/// The gazetteer's row of the outlet that published a record, given by name or address: in its house style "the Post"
/// and "the Times" need no full name beside them.
pub(super) fn house(outlet: &str, lexicon: &Lexicon) -> Option<u32> {
    let outlet = outlet.trim();
    let address = outlet.split_once("://").map_or(outlet, |(_, rest)| rest);
    let address = address.split('/').next().unwrap_or(address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    let article = outlet.strip_prefix("The ").or_else(|| outlet.strip_prefix("the ")).unwrap_or(outlet);
    [outlet, article, address].into_iter().find_map(|name| {
        let (span, Name::Surface(surface)) = lexicon.name_at(name, 0)? else { return None };
        let rows = &lexicon.gazetteer.surfaces[surface as usize].entries;
        let one = (rows.len() == 1).then(|| rows[0]).filter(|_| span.len() == name.len())?;
        (lexicon.gazetteer.entries[one as usize].label == Label::Outlet).then_some(one)
    })
}

/// The row of an agency that stands alone in the brackets of a dateline: "MOSCOW (AP) — ...".
pub(super) fn credited(place: Place<'_>, candidate: &Candidate<'_>) -> Option<u32> {
    let kind = |i: usize| place.tokens.get(i).map(|token| token.kind);
    let before = candidate.range.start.checked_sub(1).and_then(kind);
    let behind = candidate.range.end + 1;
    let dash = kind(behind) == Some(TokenKind::Dash)
        || place.tokens.get(behind).is_some_and(|t| matches!(t.span.of(place.text), "-" | "--"));
    let brackets = before == Some(TokenKind::OpenBracket)
        && kind(candidate.range.end) == Some(TokenKind::CloseBracket)
        && dash;
    let &[row] = candidate.surface?.entries.as_slice() else { return None };
    (brackets && place.lexicon.gazetteer.entries[row as usize].label == Label::Outlet).then_some(row)
}
