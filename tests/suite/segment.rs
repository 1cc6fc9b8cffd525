//! Tokens, sentences and quotations. In the tables every line of the text is a paragraph of the article.

use crate::{cases, clean};
use proptest::prelude::*;
use sayso::Span;
use sayso::clean::{Block, BlockKind, is_blank};
use sayso::segment::{Quotation, Segments, TokenKind, segment};

fn paragraphs(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Body });
        }
        at += line.len() + 1;
    }
    blocks
}

#[derive(serde::Deserialize)]
struct Tokens {
    name: String,
    text: String,
    /// The tokens with a space between any two.
    tokens: String,
    /// Their kinds, where they are the point: one letter each, see [`letter`].
    kinds: Option<String>,
}

fn letter(kind: TokenKind) -> char {
    match kind {
        TokenKind::Word => 'w',
        TokenKind::Number => 'n',
        TokenKind::Stop => '.',
        TokenKind::Comma => ',',
        TokenKind::Colon => ':',
        TokenKind::Dash => '-',
        TokenKind::Hyphen => 'h',
        TokenKind::OpenQuote => '<',
        TokenKind::CloseQuote => '>',
        TokenKind::OpenBracket => '(',
        TokenKind::CloseBracket => ')',
        TokenKind::Symbol => '*',
    }
}

#[test]
fn tokens() {
    cases::check(
        &cases::read::<Tokens>("tokens.toml"),
        |case| &case.name,
        |case| {
            let found = segment(&case.text, &paragraphs(&case.text)).tokens;
            let words: Vec<_> = found.iter().map(|t| t.span.of(&case.text)).collect();
            cases::same(words.join(" "), case.tokens.clone())?;
            match &case.kinds {
                Some(kinds) => cases::same(found.iter().map(|t| letter(t.kind)).collect(), kinds.clone()),
                None => Ok(()),
            }
        },
    );
}

#[derive(serde::Deserialize)]
struct Sentences {
    name: String,
    text: String,
    sentences: Vec<String>,
}

#[test]
fn sentences() {
    cases::check(
        &cases::read::<Sentences>("sentences.toml"),
        |case| &case.name,
        |case| {
            let Segments { tokens, sentences, .. } = segment(&case.text, &paragraphs(&case.text));
            let found: Vec<_> = sentences
                .iter()
                .map(|s| tokens[s.first as usize].span.join(tokens[s.last as usize - 1].span).of(&case.text))
                .collect();
            cases::same(found, case.sentences.iter().map(String::as_str).collect())
        },
    );
}

#[derive(serde::Deserialize)]
struct Quotations {
    name: String,
    text: String,
    quotations: Vec<Expected>,
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
struct Expected {
    text: String,
    #[serde(default)]
    depth: u8,
    #[serde(default = "yes")]
    closed: bool,
    #[serde(default)]
    scare: bool,
    /// Index of the quotation in this list that it goes on with.
    continues: Option<u32>,
}

fn yes() -> bool {
    true
}

#[test]
fn quotations() {
    cases::check(
        &cases::read::<Quotations>("quotations.toml"),
        |case| &case.name,
        |case| {
            let found: Vec<_> = segment(&case.text, &paragraphs(&case.text))
                .quotations
                .into_iter()
                .map(|Quotation { span, depth, closed, scare, continues }| Expected {
                    text: span.of(&case.text).to_owned(),
                    depth,
                    closed,
                    scare,
                    continues,
                })
                .collect();
            cases::same(found, case.quotations.clone())
        },
    );
}

/// Text dense with what the segmenter decides about.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,6}",
        "(U\\.S\\.|Mr\\.|No\\.|J\\.|a\\.m\\.|n't|'s|'90s|rock 'n' roll|Ph\\.D\\.|3\\.5|1,000|a@b\\.com|http://x\\.com/a)",
        "[\"'“”‘’«»„`]{1,3}",
        "[ .,!?:;()\\[\\]…–—-]{1,3}",
        "[\\u{300}-\\u{303}éßΩ漢\\u{200b}\\u{ad}]",
        " ",
        "\\PC",
        "\n",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tokens_cover_all_but_white_space_in_order(text in prose()) {
        let blocks = paragraphs(&text);
        let tokens = segment(&text, &blocks).tokens;
        let mut at = 0;
        for token in &tokens {
            let (start, end) = (token.span.start as usize, token.span.end as usize);
            prop_assert!(at <= start && start < end);
            prop_assert!(text[at..start].chars().all(is_blank), "{:?} left out", &text[at..start]);
            at = end;
        }
        prop_assert!(text[at..].chars().all(is_blank));
    }

    #[test]
    fn sentences_partition_the_tokens(text in prop_oneof![prose(), clean::page()]) {
        let blocks = sayso::clean::clean(&text);
        let Segments { tokens, sentences, .. } = segment(&text, &blocks);
        let mut next = 0;
        for sentence in &sentences {
            prop_assert_eq!(sentence.first, next);
            prop_assert!(sentence.first < sentence.last);
            let block = blocks[sentence.block as usize];
            prop_assert!(block.kind.is_copy());
            prop_assert!(tokens[sentence.range()].iter().all(|t| block.span.contains(t.span)));
            next = sentence.last;
        }
        prop_assert_eq!(next as usize, tokens.len());
        prop_assert!(sentences.is_sorted_by_key(|s| s.paragraph));
    }

    #[test]
    fn marks_and_quotations_agree(text in prose()) {
        let Segments { tokens, quotations, .. } = segment(&text, &paragraphs(&text));
        let of = |kind| tokens.iter().filter(move |t| t.kind == kind);
        let opens: Vec<u32> = of(TokenKind::OpenQuote).map(|t| t.span.start).collect();
        let mut closes: Vec<u32> = quotations.iter().filter(|q| q.closed).map(|q| q.span.end).collect();
        closes.sort_unstable();
        prop_assert_eq!(opens, quotations.iter().map(|q| q.span.start).collect::<Vec<_>>());
        prop_assert_eq!(of(TokenKind::CloseQuote).map(|t| t.span.end).collect::<Vec<_>>(), closes);
    }

    #[test]
    fn quotations_nest(text in prose()) {
        let quotations = segment(&text, &paragraphs(&text)).quotations;
        let mut open: Vec<Span> = Vec::new();
        for (i, quotation) in quotations.iter().enumerate() {
            open.retain(|outer| outer.end > quotation.span.start);
            prop_assert!(open.iter().all(|outer| outer.contains(quotation.span)));
            prop_assert_eq!(quotation.depth as usize, open.len());
            prop_assert!(quotation.depth < 3);
            prop_assert!(!text[quotation.span.start as usize..quotation.span.end as usize].contains('\n'));
            if let Some(before) = quotation.continues {
                prop_assert!((before as usize) < i && !quotations[before as usize].closed);
            }
            open.push(quotation.span);
        }
    }
}
