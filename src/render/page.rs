//! Several documents on one event as one self-contained HTML page.

use super::Layers;
use super::board::board;
use super::escape::{plain, shorten};
use super::html::{self, LEGEND, STYLE};
use super::label;
use crate::clean::BlockKind;
use crate::document::Document;
use std::fmt::Write;

const PAGE_STYLE: &str = include_str!("page.css");

/// Loads nothing and runs nothing, whatever the articles hold.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The page: contents, the board of who accuses and who denies, and every article marked up.
///
/// `title` and `intro` are plain text; a blank line in `intro` begins a paragraph.
pub fn page(title: &str, intro: &str, docs: &[&Document]) -> String {
    let title = plain(&shorten(title, 200));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <title>{title}</title>\n<style>{STYLE}{PAGE_STYLE}</style>\n</head>\n<body>\n<main>\n\
         <header>\n<h1>{title}</h1>\n"
    );
    for paragraph in intro.split("\n\n").filter(|p| !p.trim().is_empty()) {
        let _ = writeln!(out, "<p class=\"intro\">{}</p>", plain(paragraph.trim()));
    }
    out.push_str("</header>\n");
    contents(&mut out, docs);
    board(&mut out, docs);
    let _ = write!(out, "<div class=\"sayso articles\">\n<h2>The articles</h2>\n{LEGEND}");
    for (d, doc) in (1..).zip(docs) {
        article(&mut out, d, doc);
    }
    out.push_str("</div>\n<footer>Marked by sayso from the words of the articles. It shows who says what; ");
    out.push_str("it does not know what is true.</footer>\n</main>\n</body>\n</html>\n");
    out
}

fn contents(out: &mut String, docs: &[&Document]) {
    out.push_str("<nav>\n<h2>Contents</h2>\n<ol>\n");
    for (d, doc) in (1..).zip(docs) {
        let _ = write!(out, "<li><a href=\"#d{d}\">{}</a>", plain(&label::headline(doc)));
        let _ = writeln!(out, " <span class=\"where\">{}</span></li>", imprint(doc));
    }
    out.push_str("</ol>\n</nav>\n");
}

/// Outlet and date, escaped.
fn imprint(doc: &Document) -> String {
    let parts = [doc.outlet.as_deref(), doc.date.as_deref()].into_iter().flatten();
    let parts: Vec<String> = parts.map(|part| plain(&shorten(part, 80))).filter(|p| !p.is_empty()).collect();
    parts.join(" · ")
}

fn article(out: &mut String, d: usize, doc: &Document) {
    let _ = write!(out, "<article id=\"d{d}\">\n<p class=\"kicker\">{}", imprint(doc));
    // Only the web's own schemes become links: an url comes from outside like the text.
    if let Some(url) = doc.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://")) {
        let _ = write!(out, " <a href=\"{}\" rel=\"noopener noreferrer\">original</a>", plain(url));
    }
    out.push_str("</p>\n");
    if !doc.blocks.iter().any(|block| block.kind == BlockKind::Title) {
        let _ = writeln!(out, "<p class=\"sayso-headline\">{}</p>", plain(&label::headline(doc)));
    }
    for warning in &doc.warnings {
        let _ = writeln!(out, "<p class=\"warning\">{}</p>", plain(&shorten(warning, 300)));
    }
    let anchor = format!("d{d}");
    let anchored = html::text(out, doc, Layers::default(), &anchor);
    html::list(out, doc, &anchor, &anchored, false);
    out.push_str("</article>\n");
}
