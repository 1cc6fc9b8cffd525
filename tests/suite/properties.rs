//! What holds for every text: spans lie in it, layers agree, the same text gives the same document.

use crate::attributions::read;
use proptest::prelude::*;
use sayso::attribution::Attribution;
use sayso::json::{from_json, to_json};
use sayso::stance::FEATURES;
use sayso::{Document, Span};

/// Checks all that must hold of a document, whatever its text.
fn sound(doc: &Document) -> Result<(), String> {
    let text = doc.analysed();
    let whole = |what: &str, span: Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        let fits = start < end && text.get(start..end).is_some();
        if fits { Ok(()) } else { Err(format!("{what} {start}..{end} does not fit {} bytes", text.len())) }
    };
    let holds = |yes: bool, why: &str| if yes { Ok(()) } else { Err(why.to_owned()) };
    let entity =
        |i: Option<u32>| holds(i.is_none_or(|i| (i as usize) < doc.entities.len()), "no such entity");
    for block in &doc.blocks {
        whole("block", block.span)?;
    }
    for &sentence in &doc.sentences {
        whole("sentence", sentence)?;
    }
    holds(doc.sentences.windows(2).all(|pair| pair[0].end <= pair[1].start), "sentences overlap")?;
    for mention in &doc.mentions {
        whole("mention", mention.span)?;
        entity(Some(mention.entity))?;
    }
    holds(doc.mentions.is_sorted_by_key(|m| m.span.start), "mentions out of order")?;
    for attribution in &doc.attributions {
        holds(attribution.cue.is_some() || !attribution.content.is_empty(), "neither cue nor content")?;
        for (what, span) in [("source", attribution.source), ("cue", attribution.cue)] {
            span.map_or(Ok(()), |span| whole(what, span))?;
        }
        attribution.addressee.map_or(Ok(()), |span| whole("addressee", span))?;
        for &piece in &attribution.content {
            whole("content", piece)?;
        }
        holds(attribution.content.windows(2).all(|p| p[0].end <= p[1].start), "pieces out of order")?;
        entity(attribution.source_entity)?;
        entity(attribution.addressee_entity)?;
        let known = |parent: u32| (parent as usize) < doc.attributions.len();
        holds(attribution.parent.is_none_or(known), "no such parent")?;
    }
    acyclic(doc)?;
    holds(doc.stances.len() == doc.attributions.len(), "a stance for each attribution")?;
    for stance in &doc.stances {
        entity(stance.about)?;
    }
    holds(doc.vectors.len() == doc.attributions.len() * FEATURES.len(), "a vector for each attribution")?;
    for (value, feature) in doc.vectors.iter().zip(FEATURES.iter().cycle()) {
        let within = (feature.low..=feature.high).contains(value);
        holds(within, &format!("{} is {value}", feature.name))?;
    }
    holds((0.0..=1.0).contains(&doc.english), "english outside [0, 1]")?;
    nested(doc)
}

/// A cue stands inside the content of its parent.
fn nested(doc: &Document) -> Result<(), String> {
    for attribution in &doc.attributions {
        if let (Some(cue), Some(parent)) = (attribution.cue, attribution.parent) {
            let outer = &doc.attributions[parent as usize];
            if !outer.content.iter().any(|piece| piece.contains(cue)) {
                return Err(format!("{:?} stands outside its parent", doc.slice(cue)));
            }
        }
    }
    Ok(())
}

/// No span begins in the title and ends in the text.
fn in_one_field(doc: &Document) -> Result<(), String> {
    let title = doc.heading().len() as u32;
    let body = doc.analysed().len() - doc.text().len();
    let marked = |a: &Attribution| {
        a.source.into_iter().chain(a.cue).chain(a.content.iter().copied()).collect::<Vec<_>>()
    };
    let spans = doc.mentions.iter().map(|m| m.span).chain(doc.attributions.iter().flat_map(marked));
    match spans.into_iter().find(|span| (span.start as usize) < body && span.end > title) {
        Some(span) => Err(format!("{:?} begins in the title and ends in the text", doc.slice(span))),
        None => Ok(()),
    }
}

/// Nobody is its own forebear: every chain is walked once, however long.
fn acyclic(doc: &Document) -> Result<(), String> {
    let mut ends = vec![false; doc.attributions.len()];
    for i in 0..ends.len() {
        let mut chain = Vec::new();
        let mut at = Some(i as u32);
        while let Some(here) = at.filter(|&a| !ends[a as usize]) {
            if chain.len() > ends.len() {
                return Err(format!("attribution {i} has a circle of parents"));
            }
            chain.push(here);
            at = doc.attributions[here as usize].parent;
        }
        chain.into_iter().for_each(|here| ends[here as usize] = true);
    }
    Ok(())
}

/// Pieces of news English, of its marks, and anything else.
fn article() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "(Orsen|Mara Quill|The Vell Times|the ministry|Moscow|He|she|officials|sources|who|it) ",
        4 => "(said|told Dorrit|denied|has claimed|asked|wrote|is said to|accused Vell of|did not rule out|according to) ",
        2 => "(that|whether|to|, |: |— |, which |, a charge dismissed by |’s claim that |, adding that )",
        4 => "(the port was shut|it may have sunk|nobody knew|to leave|lying) ",
        3 => "[\"'“”‘’«»]{1,2}",
        3 => "[.!?,;:…–—-]{1,2} ?",
        1 => "(\n|\n\n|\r\n|PORT VELL \\(AP\\) — |By Mara Quill\n|QUILL: )",
        1 => "[\\u{300}-\\u{303}éßΩİŻ漢🙂\\u{200b}\\u{ad}\\u{feff}\\u{0}]",
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_layer_fits_every_text(text in article()) {
        prop_assert_eq!(sound(&read(&text)), Ok(()));
    }

    #[test]
    fn a_title_apart_changes_nothing_of_that(title in article(), text in article()) {
        let record = sayso::Record { title: Some(title), text, ..Default::default() };
        let doc = crate::attributions::analyse(record);
        prop_assert_eq!(sound(&doc), Ok(()));
        prop_assert_eq!(in_one_field(&doc), Ok(()));
    }

    #[test]
    fn the_same_text_gives_the_same_document(text in article()) {
        prop_assert_eq!(read(&text), read(&text));
    }

    #[test]
    fn json_holds_all_of_it(text in article()) {
        let doc = read(&text);
        prop_assert_eq!(from_json(&to_json(&doc, true, true)).map_err(|e| e.to_string()), Ok(doc));
    }
}

/// `unit` over and over, to about 200 kB.
fn again(unit: &str) -> String {
    unit.repeat(200_000 / unit.len())
}

/// The number as a word of letters, capitalised: no two are the same.
fn capitalised(mut number: usize) -> String {
    let mut word = String::from("Q");
    for _ in 0..4 {
        word.push(char::from(b"bdfgklmnprstvz"[number % 14]));
        word.push(char::from(b"aeiou"[number % 5]));
        number /= 14;
    }
    word
}

#[test]
fn what_a_title_says_ends_with_it_before_its_parts_are_found() {
    let doc = crate::attributions::analyse(sayso::Record {
        title: Some("Żis said to Moscow «‘’s claim that Orsen Orsen Orsen the ministry Orsen the port was shut Orsen Orsen ".into()),
        text: "'”asked thatThe Vell Times did not rule out officials PORT VELL (AP) — Żhas claimed the ministry asked ".into(),
        ..Default::default()
    });
    assert_eq!((sound(&doc), in_one_field(&doc)), (Ok(()), Ok(())));
}

#[test]
fn marks_that_cross_give_one_piece() {
    assert_eq!(sound(&read("‘“Orsen »said the port was shut QUILL: »Orsen ")), Ok(()));
}

#[test]
fn hostile_texts_give_sound_documents() {
    let names = |sentence: fn(&str, &str) -> String| {
        (0..8_000).map(|i| sentence(&capitalised(i), &capitalised(7 * i + 3))).collect::<String>()
    };
    let texts = [
        ("no stops", again("X said Y ")),
        ("straight marks", again("\"")),
        ("opening marks", again("“")),
        ("apostrophes", again("'")),
        ("opening brackets", again("(")),
        ("very", again("very ")),
        ("and", again("and ")),
        ("only commas", again(",")),
        ("only said", again("said ")),
        ("a chain without an end", again("he said that ")),
        ("one word", again("a")),
        ("one word beyond ASCII", again("é")),
        ("combining marks", again("a\u{301}")),
        ("only stops", again(".")),
        ("abbreviations", again("U.S. ")),
        ("nested marks", "“a ‘b ".repeat(10_000) + &"’ c” d ".repeat(10_000)),
        ("unclosed quotations", again("“He said so. ")),
        ("quotations that go on", again("“A quotation goes on.\n\n")),
        ("transcript", again("QUILL: It sank.\n\n")),
        ("headlines", again("Quill: It sank\n\n")),
        ("relative clauses", again("who said the man ")),
        ("negators", again("not ")),
        ("pronouns", again("He said he did. ")),
        ("metonyms", again("Moscow said so. ")),
        ("line ends", again("\n")),
        ("hyphens in a word", again("ab-")),
        ("hyphens in a number", again("12-")),
        ("commas in a number", again("12,")),
        ("dots in a word", again("ab.")),
        ("faces", again(":)")),
        ("capitals without a stop", again("Vell ")),
        ("distinct names", names(|a, b| format!("{a} {b}, "))),
        ("distinct speakers", names(|a, b| format!("{a} {b} said he left. "))),
        ("distinct acronyms", names(|a, b| format!("The {a} {b} Agency (Q{}) ruled. ", a.to_uppercase()))),
    ];
    for (name, text) in texts {
        assert!(text.len() > 100_000, "{name} is small");
        assert_eq!(sound(&read(&text)), Ok(()), "{name}");
    }
}
