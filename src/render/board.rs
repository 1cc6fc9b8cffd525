//! Who accuses, who denies: the attributions of several documents that blame somebody or clear them.

use super::escape::{plain, shorten};
use super::label;
use crate::document::Document;
use crate::stance::{Act, Stance};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Code points of a quotation on the board.
const QUOTE: usize = 180;

/// What is said about one entity.
#[derive(Default)]
struct Case {
    accusers: BTreeSet<String>,
    deniers: BTreeSet<String>,
    /// Rows of those who accuse, then of those who deny.
    rows: [String; 2],
    count: usize,
}

/// Which side of the board an act stands on: against the one it is about (true) or for them.
fn against(act: Act) -> Option<bool> {
    match act {
        Act::Accuse => Some(true),
        Act::Deny | Act::Disbelieve | Act::Doubt => Some(false),
        _ => None,
    }
}

/// Appends the board. Attribution `n` of document `d`, both counted from 1, has the id `d{d}-{n}`.
pub(super) fn board(out: &mut String, docs: &[&Document]) {
    out.push_str("<section class=\"board\" id=\"board\">\n<h2>Who accuses, who denies</h2>\n");
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for (d, doc) in (1..).zip(docs) {
        for (i, stance) in (0..doc.attributions.len() as u32).zip(&doc.stances) {
            if let Some(against) = against(stance.act) {
                let about = stance.about.and_then(|e| doc.entities.get(e as usize));
                // By name: a name that no list knows may have got another label, and so another id, elsewhere.
                let name = about.map(|e| shorten(&e.name, 80)).unwrap_or_default();
                let case = cases.entry(name).or_default();
                add(case, doc, &format!("d{d}-{}", i + 1), i, *stance, against);
            }
        }
    }
    // The most disputed first; what names nobody, last.
    let mut cases: Vec<(String, Case)> = cases.into_iter().collect();
    cases.sort_by(|(a, x), (b, y)| (a.is_empty(), y.count, a).cmp(&(b.is_empty(), x.count, b)));
    if cases.is_empty() {
        out.push_str("<p class=\"none\">In these articles nobody accuses anybody, and nobody denies.</p>\n");
    }
    for (name, case) in &cases {
        push_case(out, name, case);
    }
    out.push_str("</section>\n");
}

fn add(case: &mut Case, doc: &Document, link: &str, index: u32, stance: Stance, against: bool) {
    let Some(row) = label::row(doc, index, QUOTE) else { return };
    let source = match (row.entity.as_str(), row.source.as_str()) {
        ("", "") => "nobody named".to_owned(),
        ("", words) => words.to_owned(),
        (entity, _) => entity.to_owned(),
    };
    let outlet = doc.outlet.as_deref().map(|o| shorten(o, 60)).unwrap_or_default();
    let side = if against { "against" } else { "for" };
    let quote = if row.content.is_empty() { &row.cue } else { &row.content };
    let _ = writeln!(
        case.rows[usize::from(!against)],
        "<tr class=\"{side}\"><th scope=\"row\">{source}</th> <td><span class=\"act\">{act}</span></td> \
         <td><span class=\"sure s{degree:.0}\" title=\"{factuality}\">{certainty}</span></td> \
         <td class=\"outlet\">{outlet}</td> <td class=\"quote\"><a href=\"#{link}\">{quote}</a></td></tr>",
        source = plain(&source),
        act = row.act,
        degree = stance.factuality.certainty() * 100.0,
        factuality = row.factuality,
        certainty = label::certainty(stance.factuality),
        outlet = plain(&outlet),
        quote = plain(quote),
    );
    case.count += 1;
    if against { &mut case.accusers } else { &mut case.deniers }.insert(source.to_lowercase());
}

fn push_case(out: &mut String, name: &str, case: &Case) {
    let name = if name.is_empty() { "Nobody named" } else { name };
    let tally = |n: usize, one: &str, more: &str| match n {
        0 => String::new(),
        1 => format!("1 {one}"),
        n => format!("{n} {more}"),
    };
    let accused = tally(case.accusers.len(), "source accuses", "sources accuse");
    let denied = tally(case.deniers.len(), "source denies or doubts", "sources deny or doubt");
    let _ = write!(out, "<div class=\"case\">\n<h3>{}</h3>\n<p class=\"tally\">", plain(name));
    for (side, words) in [("against", &accused), ("for", &denied)] {
        if !words.is_empty() {
            let _ = write!(out, "<span class=\"{side}\">{words}</span> ");
        }
    }
    out.push_str("</p>\n<table><thead><tr>");
    for head in ["who", "act", "certainty", "outlet", "in words"] {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    let _ = write!(out, "</tr></thead><tbody>\n{}</tbody></table>\n</div>\n", case.rows.concat());
}
