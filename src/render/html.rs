//! A document as an HTML fragment: its text with the layers marked, and the attributions as a table.

use super::Layers;
use super::escape::{plain, push_plain, push_text};
use super::label::{self, Row};
use super::marks::{Cover, Role, Step, blocks, steps};
use crate::clean::BlockKind;
use crate::document::Document;
use crate::span::Span;
use std::fmt::Write;

/// Styles of the fragment; all of them below the class `sayso`.
pub(super) const STYLE: &str = include_str!("style.css");

/// A fragment that stands on its own in any page or notebook: style inside, no script, nothing loaded.
///
/// It inherits the text colour around it and tints with translucent colours, so light and dark both work.
/// With the tags taken off and the entities resolved, the element `sayso-text` is [`Document::analysed`],
/// less the characters that a browser would act on instead of showing.
pub fn html(doc: &Document, layers: Layers) -> String {
    let anchor = anchor(doc);
    let mut out = format!("<div class=\"sayso\">\n<style>{STYLE}</style>\n");
    if layers.attributions {
        out.push_str(LEGEND);
    }
    let anchored = text(&mut out, doc, layers, &anchor);
    if layers.attributions {
        list(&mut out, doc, &anchor, &anchored, true);
    }
    out.push_str("</div>\n");
    out
}

/// What the colours mean.
pub(super) const LEGEND: &str = "<div class=\"sayso-legend\"><mark class=\"sayso-source\">source</mark> \
    <mark class=\"sayso-cue\">cue</mark> <mark class=\"sayso-c1\">content</mark> \
    <mark class=\"sayso-c2\">content inside content</mark></div>\n";

/// A prefix for element ids that two different documents do not share (FNV-1a of id and text).
fn anchor(doc: &Document) -> String {
    let bytes = doc.id.bytes().chain(doc.analysed().bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("sayso-{hash:016x}")
}

/// The marked-up text. Attribution `n`, counted from 1, has the id `{anchor}-{n}`, its row `{anchor}-row-{n}`.
/// Returns which of the attributions have a place in the text.
pub(super) fn text(out: &mut String, doc: &Document, layers: Layers, anchor: &str) -> Vec<bool> {
    let pieces = pieces(doc);
    let cuts: Vec<u32> = pieces.iter().map(|piece| piece.span.end).collect();
    let titles: Vec<String> = (0..doc.attributions.len() as u32).map(|i| title(doc, i)).collect();
    let mut anchored = vec![false; doc.attributions.len()];
    let mut pieces = pieces.into_iter().peekable();
    let (mut closing, mut at) = ("", 0);
    out.push_str("<div class=\"sayso-text\">");
    for step in steps(doc, layers.attributions, layers.mentions, &cuts) {
        if matches!(step, Step::Close(..)) {
            continue;
        }
        while let Some(piece) = pieces.next_if(|piece| piece.span.start <= at) {
            out.push_str(closing);
            closing = open_piece(out, &piece, layers.blocks);
        }
        match step {
            Step::Open(Role::Mention, _) | Step::Close(..) => {}
            Step::Open(role, i) => {
                let id = match anchored.get_mut(i as usize).map(|seen| std::mem::replace(seen, true)) {
                    Some(false) => format!(" id=\"{anchor}-{}\"", i + 1),
                    _ => String::new(),
                };
                let _ = write!(
                    out,
                    "<a class=\"sayso-n sayso-n-{}\"{id} href=\"#{anchor}-row-{n}\" data-n=\"{n}\"></a>",
                    role_name(role),
                    n = i + 1
                );
            }
            Step::Text(span, cover) => {
                segment(out, doc, span, &cover, &titles);
                at = span.end;
            }
        }
    }
    out.push_str(closing);
    out.push_str("</div>\n");
    anchored
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Source => "source",
        Role::Cue => "cue",
        Role::Content => "content",
        Role::Mention => "mention",
    }
}

fn segment(out: &mut String, doc: &Document, span: Span, cover: &Cover, titles: &[String]) {
    if *cover == Cover::default() {
        return push_text(out, doc.analysed(), span);
    }
    out.push_str("<mark class=\"");
    let depth = ["", "sayso-c1", "sayso-c2", "sayso-c3"][cover.depth.min(3)];
    let classes = [
        cover.source.map(|_| "sayso-source"),
        cover.cue.map(|_| "sayso-cue"),
        cover.content.map(|_| depth),
        cover.mention.map(|_| "sayso-mention"),
    ];
    let classes: Vec<&str> = classes.into_iter().flatten().collect();
    out.push_str(&classes.join(" "));
    out.push_str("\" title=\"");
    if let Some(title) = cover.attribution().and_then(|i| titles.get(i as usize)) {
        out.push_str(title);
    }
    if let Some(mention) = cover.mention.and_then(|i| doc.mentions.get(i as usize)) {
        if cover.attribution().is_some() {
            out.push_str(" | ");
        }
        push_plain(out, &label::entity(doc, Some(mention.entity)));
        let _ = write!(out, " ({}, {})", label::name(mention.label), label::name(mention.via));
    }
    out.push_str("\">");
    push_text(out, doc.analysed(), span);
    out.push_str("</mark>");
}

/// What a pointer over the attribution is told, escaped.
fn title(doc: &Document, index: u32) -> String {
    let Some(Row { entity, act, factuality, about, why, parent, .. }) = label::row(doc, index, 0) else {
        return String::new();
    };
    let about = if about.is_empty() { about } else { format!("about {about}") };
    let entity = if entity.is_empty() { entity } else { format!("source {entity}") };
    let inside = parent.map(|p| format!("inside {p}")).unwrap_or_default();
    let parts = [format!("{}", index + 1), act, factuality, about, entity, inside, why];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    plain(&parts.join(" · "))
}

/// A stretch of the analysed text that is shown as one paragraph, or the white space between two.
struct Piece {
    span: Span,
    class: &'static str,
    /// Named beside it, where the block was left out of the analysis.
    left_out: Option<BlockKind>,
}

/// Cuts the text into blocks and what lies between them, without a gap. Blocks out of order are left out.
fn pieces(doc: &Document) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut headline = true;
    let between = |out: &mut Vec<Piece>, start: u32, end: u32| {
        let span = Span { start, end };
        if start < end {
            let blank = doc.slice(span).trim().is_empty();
            out.push(Piece { span, class: if blank { "" } else { "sayso-body" }, left_out: None });
        }
    };
    for block in blocks(doc) {
        between(&mut out, at, block.span.start);
        let class = match block.kind {
            BlockKind::Title if std::mem::take(&mut headline) => "sayso-headline",
            BlockKind::Title => "sayso-deck",
            BlockKind::Caption => "sayso-caption",
            BlockKind::Dateline => "sayso-dateline",
            BlockKind::Body => "sayso-body",
            _ => "sayso-out",
        };
        out.push(Piece { span: block.span, class, left_out: (!block.kind.is_copy()).then_some(block.kind) });
        at = block.span.end;
    }
    between(&mut out, at, doc.analysed().len() as u32);
    out
}

/// Opens the element of a piece and returns what closes it.
fn open_piece(out: &mut String, piece: &Piece, kinds: bool) -> &'static str {
    match (piece.class, piece.left_out) {
        ("", _) => {
            out.push_str("<span class=\"sayso-gap\">");
            return "</span>";
        }
        (class, Some(kind)) if kinds => {
            let _ = write!(out, "<p class=\"{class}\" data-kind=\"{}\">", label::name(kind));
        }
        (class, _) => {
            let class = if kinds { class } else { "sayso-body" };
            let _ = write!(out, "<p class=\"{class}\">");
        }
    }
    "</p>"
}

/// The table of the attributions; one without a place in the text has its id here, so that no link breaks.
pub(super) fn list(out: &mut String, doc: &Document, anchor: &str, anchored: &[bool], open: bool) {
    let count = doc.attributions.len();
    if count == 0 {
        return;
    }
    let plural = if count == 1 { "" } else { "s" };
    let open = if open { " open" } else { "" };
    let _ = write!(out, "<details class=\"sayso-list\"{open}><summary>{count} attribution{plural}</summary>");
    out.push_str("<div class=\"sayso-scroll\"><table><thead><tr>");
    for head in ["", "source", "kind", "cue", "content", "act", "factuality", "about", "inside"] {
        let _ = write!(out, "<th>{head}</th>");
    }
    out.push_str("</tr></thead><tbody>\n");
    for index in 0..count as u32 {
        let Some(row) = label::row(doc, index, 140) else { continue };
        let n = index + 1;
        let id = match anchored.get(index as usize) {
            Some(true) => String::new(),
            _ => format!(" id=\"{anchor}-{n}\""),
        };
        let _ = write!(out, "<tr id=\"{anchor}-row-{n}\"><td{id}><a href=\"#{anchor}-{n}\">{n}</a></td><td>");
        push_plain(out, &row.source);
        if !row.entity.is_empty() && row.entity != row.source {
            out.push_str(" <span class=\"sayso-entity\">→ ");
            push_plain(out, &row.entity);
            out.push_str("</span>");
        }
        out.push_str("</td>");
        for (class, cell) in [
            ("", &row.kind),
            ("", &row.cue),
            ("sayso-quote", &row.content),
            ("", &row.act),
            ("", &row.factuality),
            ("", &row.about),
        ] {
            let _ = write!(out, "<td class=\"{class}\">{}</td>", plain(cell));
        }
        match row.parent {
            Some(p) => {
                let _ = writeln!(out, "<td><a href=\"#{anchor}-{p}\">{p}</a></td></tr>");
            }
            None => out.push_str("<td></td></tr>\n"),
        }
    }
    out.push_str("</tbody></table></div></details>\n");
}
