//! Tags, heads and names: trees are trees for any text, and time grows with the text.

use proptest::prelude::*;
use sayso::language::Parse;
use sayso::pipeline::Options;
use sayso::tagset::Rel;
use sayso::{Document, Pipeline, Record};
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(&Options { parse: Parse::All, ..Options::default() }).unwrap());

fn read(text: &str) -> Document {
    PIPELINE.analyse(Record { text: text.into(), ..Record::default() })
}

/// Every sentence has one root, and every word leads to it.
fn check(doc: &Document) {
    let tokens = &doc.tokens.0;
    for (number, _) in doc.sentences.iter().enumerate() {
        let words: Vec<usize> =
            (0..tokens.len()).filter(|&i| tokens[i].sentence as usize == number).collect();
        let head = |i: usize| tokens[i].arc.unwrap().head as usize;
        let roots = words.iter().filter(|&&i| tokens[i].arc.unwrap().rel == Rel::Root).count();
        assert_eq!(roots, 1, "sentence {number}");
        for &start in &words {
            let mut at = start;
            for _ in 0..=words.len() {
                at = head(at);
            }
            assert_eq!(tokens[at].arc.unwrap().rel, Rel::Root, "word {start} leads in a circle");
            assert!(words.contains(&head(start)), "the head of word {start} stands in another sentence");
            assert_eq!(head(start) == start, tokens[start].arc.unwrap().rel == Rel::Root);
        }
    }
}

#[test]
fn long_sentences_are_parsed_in_pieces() {
    let doc = read(&"the tanker that the board had blamed left ".repeat(400));
    assert_eq!(doc.tokens.0.len(), 3200);
    check(&doc);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_gives_trees(text in "(\\PC{0,40}|[A-Z][a-z]{0,6} (said|denied|the|of|,|\\.|“|”|-) ?){0,12}") {
        check(&read(&text));
    }
}
