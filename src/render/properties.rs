//! What must hold for every document, however hostile.

use super::escape::{Sequences, is_hidden};
use super::marks::{Role, Step, steps};
use super::{Layers, html, page, sample, terminal};
use crate::attribution::{Attribution, Kind};
use crate::clean::{Block, BlockKind};
use crate::document::Document;
use crate::entity::{Entity, Label, Mention, Via};
use crate::span::Span;
use crate::stance::{Act, Factuality, Stance};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const TAGS: &str = "div style mark a p span i details summary table thead tbody tr th td html head meta title \
    body main header h1 h2 h3 nav ol li section article footer";
const ATTRIBUTES: &str =
    "class title id href data-n data-c data-kind open lang charset name content http-equiv rel scope";

/// What a fragment holds: the text between the tags, the ids, and what is linked to.
#[derive(Default)]
struct Scanned {
    text: String,
    ids: Vec<String>,
    links: Vec<String>,
}

/// Reads HTML the strict way: fails on any tag, attribute or character that we do not write ourselves.
fn scan(html: &str) -> Result<Scanned, String> {
    let mut out = Scanned::default();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html.strip_prefix("<!doctype html>").unwrap_or(html);
    while let Some(at) = rest.find('<') {
        out.text += &unescape(&rest[..at])?;
        let end = rest[at..].find('>').ok_or("unclosed tag")? + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !TAGS.split_whitespace().any(|known| known == name) {
            return Err(format!("tag <{tag}>"));
        }
        while !attributes.is_empty() {
            if let Some(after) = attributes.strip_prefix("open") {
                attributes = after.trim_start();
                continue;
            }
            let (key, after) = attributes.split_once("=\"").ok_or("an attribute without a value")?;
            let (value, after) = after.split_once('"').ok_or("a value without an end")?;
            if !ATTRIBUTES.split_whitespace().any(|known| known == key) {
                return Err(format!("attribute {key} in <{tag}>"));
            }
            let value = unescape(value)?;
            match (key, value.strip_prefix('#')) {
                ("id", _) => out.ids.push(value),
                ("href", Some(id)) => out.links.push(id.to_owned()),
                ("href", None) if !value.starts_with("https://") && !value.starts_with("http://") => {
                    return Err(format!("link to {value}"));
                }
                _ => {}
            }
            attributes = after.trim_start();
        }
        match name {
            "meta" => {}
            "style" => rest = rest.split_once("</style>").ok_or("an open style")?.1,
            name => open.push(name),
        }
    }
    out.text += &unescape(rest)?;
    if open.is_empty() { Ok(out) } else { Err(format!("open: {open:?}")) }
}

fn unescape(text: &str) -> Result<String, String> {
    if let Some(c) = text.chars().find(|&c| matches!(c, '<' | '>' | '"' | '\'') || is_hidden(c)) {
        // Only our own policy has these, and it is constant.
        if text != "default-src 'none'; style-src 'unsafe-inline'" {
            return Err(format!("{c:?} in {text:?}"));
        }
    }
    let mut out = String::new();
    let mut parts = text.split('&');
    out += parts.next().unwrap_or_default();
    for part in parts {
        let (name, after) = part.split_once(';').ok_or("a bare &")?;
        let c = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            _ => return Err(format!("&{name};")),
        };
        out.push(c);
        out += after;
    }
    Ok(out)
}

/// What a reader is to see of a text: line ends alike, nothing that acts.
fn shown(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|&c| !is_hidden(c)).collect()
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<script>alert(1)</script>".to_owned()),
        Just("</style></div><img src=x onerror=\"x\">".to_owned()),
        Just("' onclick='x' \" a=\"b".to_owned()),
        Just("&lt;b&gt;&amp;&#x3c;".to_owned()),
        Just("\u{202e}\u{2066}\r\n\u{0}\u{1b}[31m\u{9b}2J\u{7}\u{feff}".to_owned()),
        Just("\u{1b}]0;title".to_owned()),
        Just("<!-- ]]> --\n\n".to_owned()),
        Just("said “it”, ".to_owned()),
        any::<String>(),
        "[a-zé ,.\n]{0,20}",
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Mostly spans of the text, some beside it or turned round.
fn span() -> impl Strategy<Value = Span> {
    (0..90_u32, 0..90_u32).prop_map(|(a, b)| {
        if b % 13 == 0 { Span { start: a, end: b } } else { Span { start: a.min(b), end: a.max(b) } }
    })
}

fn attribution() -> impl Strategy<Value = (Attribution, Stance)> {
    let spans = (option::of(span()), option::of(span()), vec(span(), 0..4));
    let act = prop_oneof![Just(Act::Accuse), Just(Act::Deny), Just(Act::Assert)];
    (spans, option::of(0..6_u32), option::of(0..4_u32), option::of(0..4_u32), hostile(), act).prop_map(
        |((source, cue, content), parent, source_entity, about, why, act)| {
            let attribution = Attribution {
                parent,
                kind: Kind::Mixed,
                source,
                source_entity,
                source_kind: None,
                addressee: None,
                addressee_entity: None,
                cue,
                content,
                source_confidence: None,
                confidence: None,
                why,
            };
            (
                attribution,
                Stance {
                    act,
                    factuality: Factuality::PossibleNot,
                    article: Factuality::Uncommitted,
                    about,
                    confidence: [None; 3],
                },
            )
        },
    )
}

prop_compose! {
    /// A document as a hostile file may give it: spans that fit nothing, indices of nothing.
    fn document()(
        text in hostile(),
        said in vec(attribution(), 0..6),
        blocks in vec((span(), prop_oneof![Just(BlockKind::Title), Just(BlockKind::Body), Just(BlockKind::Form)]), 0..4),
        mentions in vec((span(), 0..4_u32), 0..4),
        names in vec(hostile(), 3),
        about in vec(hostile(), 5),
    ) -> Document {
        let (attributions, stances) = said.into_iter().unzip();
        let entity = |name: &String| Entity { id: name.clone(), name: name.clone(), label: Label::Org };
        Document {
            id: about[0].clone(),
            title: Some(about[1].clone()),
            outlet: Some(about[2].clone()),
            date: Some(about[3].clone()),
            url: Some(if about[4].len() % 2 == 0 { format!("https://{}", about[4]) } else { format!("javascript:{}", about[4]) }),
            warnings: about.clone(),
            analysed: text,
            blocks: blocks.into_iter().map(|(span, kind)| Block { span, kind }).collect(),
            mentions: mentions.into_iter().map(|(span, entity)| Mention { span, label: Label::Per, entity, via: Via::Model, confidence: None }).collect(),
            entities: names.iter().map(entity).collect(),
            attributions,
            stances,
            ..Document::default()
        }
    }
}

fn layers() -> impl Strategy<Value = Layers> {
    any::<[bool; 3]>().prop_map(|[attributions, mentions, blocks]| Layers { attributions, mentions, blocks })
}

fn check_links(scanned: &Scanned) {
    let mut ids = scanned.ids.clone();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), scanned.ids.len(), "an id stands twice");
    for link in &scanned.links {
        assert!(ids.contains(link), "a link to {link}, which is nowhere");
    }
}

proptest! {
    #[test]
    fn a_fragment_holds_our_tags_alone_and_gives_the_text_back(doc in document(), layers in layers()) {
        let fragment = html(&doc, layers);
        check_links(&scan(&fragment).map_err(TestCaseError::fail)?);
        let (_, after) = fragment.split_once("<div class=\"sayso-text\">").unwrap();
        let (text, _) = after.split_once("</div>").unwrap();
        prop_assert_eq!(scan(text).map_err(TestCaseError::fail)?.text, shown(doc.analysed()));
    }

    #[test]
    fn a_page_holds_our_tags_alone_and_its_links_lead_somewhere(
        docs in vec(document(), 0..3), title in hostile(), intro in hostile(),
    ) {
        let docs: Vec<&Document> = docs.iter().collect();
        check_links(&scan(&page(&title, &intro, &docs)).map_err(TestCaseError::fail)?);
    }

    #[test]
    fn a_terminal_gets_no_sequence_but_our_own(doc in document(), color: bool, width in 0..90_usize) {
        let mut shown = terminal(&doc, color, width);
        if color {
            for own in ["\u{1b}[0m", "\u{1b}[2m", "\u{1b}[1;34m", "\u{1b}[33m", "\u{1b}[32m", "\u{1b}[4;32m"] {
                shown = shown.replace(own, "");
            }
        }
        prop_assert!(!shown.chars().any(is_hidden), "{shown:?}");
        for line in shown.lines() {
            prop_assert!(line.chars().count() <= width.max(20), "{line:?} is wider than {width}");
        }
    }

    #[test]
    fn a_terminal_shows_every_word(text in hostile(), width in 0..90_usize) {
        let doc = Document { analysed: text, ..Document::default() };
        let mut sequences = Sequences::default();
        let expected: String = doc.analysed().chars().filter_map(|c| sequences.next(c)).collect();
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(bare(&terminal(&doc, false, width)), bare(&expected));
    }

    /// Against the plain definition: a span covers a run of text that lies inside it.
    #[test]
    fn steps_tile_the_text_and_know_what_covers_it(doc in document()) {
        let mut contents: Vec<(usize, Span)> = Vec::new();
        for (i, a) in doc.attributions.iter().enumerate() {
            contents.extend(a.content.iter().map(|&span| (i, span)));
        }
        contents.sort();
        contents.dedup();
        let fits = |(_, span): &&(usize, Span)| !span.of(doc.analysed()).is_empty();
        let (mut at, mut open) = (0, Vec::new());
        for step in steps(&doc, true, true, &[]) {
            match step {
                Step::Open(role, i) => open.push((role, i)),
                Step::Close(role, i) => {
                    let last = open.iter().rposition(|&o| o == (role, i)).unwrap();
                    open.remove(last);
                }
                Step::Text(span, cover) => {
                    prop_assert_eq!(span.start, at);
                    prop_assert!(!span.of(doc.analysed()).is_empty());
                    at = span.end;
                    let over = contents.iter().filter(fits).filter(|c| c.1.contains(span)).count();
                    prop_assert_eq!(cover.depth, over);
                    let is_open = |role, i: Option<u32>| i.is_none_or(|i| open.contains(&(role, i)));
                    prop_assert!(is_open(Role::Source, cover.source) && is_open(Role::Content, cover.content));
                    prop_assert!(is_open(Role::Cue, cover.cue) && is_open(Role::Mention, cover.mention));
                }
            }
        }
        prop_assert_eq!(at as usize, doc.analysed().len());
        prop_assert!(open.is_empty());
    }
}

#[test]
fn the_scanner_finds_what_the_properties_forbid() {
    for bad in [
        "<script>",
        "<p onclick=\"x\"></p>",
        "a < b",
        "a & b",
        "<p>",
        "</p>",
        "\u{202e}",
        "<a href=\"javascript:x\"></a>",
        "&nbsp;",
    ] {
        assert!(scan(bad).is_err(), "{bad}");
    }
    assert_eq!(scan("<p class=\"x\">a &amp; b</p>").unwrap().text, "a & b");
}

#[test]
fn a_story_is_marked_counted_and_linked() {
    let docs = sample::story();
    let fragment = html(&docs[0], Layers::default());
    for part in [
        "<mark class=\"sayso-source\" title=\"2 · accuse · CT+ · about Norvia Shipping · source Alder Harbour Board · ",
        ">The Alder Harbour Board</mark>",
        // The innermost of three contents; its title says whose it is and where it stands.
        "<mark class=\"sayso-c3\" title=\"7 · accuse · PR+ · inside 6 · ",
        ">the leak had been opened on purpose</mark>",
        "<mark class=\"sayso-source sayso-c2\" title=\"7 ",
        "<p class=\"sayso-out\" data-kind=\"teaser\">See also: Ten walks along the coast</p>",
        "<summary>8 attributions</summary>",
        "<span class=\"sayso-entity\">→ Alder Harbour Board</span>",
    ] {
        assert!(fragment.contains(part), "{part} in {fragment}");
    }
    let refs: Vec<&Document> = docs.iter().collect();
    let page = page("The spill", "", &refs);
    for part in [
        "3 sources accuse",
        "2 sources deny or doubt",
        "<a href=\"#d1-2\">Norvia Shipping … for the spill that closed the bay</a>",
        "<a href=\"https://herald.example/spill\"",
        "<li><a href=\"#d2\">Divers: leak in Alder Bay was opened on purpose</a>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_terminal_without_colour_has_brackets() {
    let docs = sample::story();
    let shown = terminal(&docs[0], false, 100);
    for part in [
        "[Norvia]¹ {denies}¹ <part in Alder Bay spill>¹",
        "<[Port officials]⁶ {said}⁶ that <[divers]⁷ {believed}⁷ <the leak had been",
        "  7  divers · indirect · believed · accuse PR+ · inside 6\n     the leak had been opened on purpose\n",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}
