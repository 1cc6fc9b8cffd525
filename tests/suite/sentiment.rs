//! Sentiment towards targets. The notation stands in the table's head.

use crate::cases::{self, Judged};
use proptest::prelude::*;
use sayso::pipeline::Options;
use sayso::sentiment::Sentiment;
use sayso::{Pipeline, Span};
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new(&Options::default()).unwrap());

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    gap: Option<String>,
}

impl Judged for Case {
    fn name(&self) -> &str {
        &self.name
    }
    fn gap(&self) -> Option<&str> {
        self.gap.as_deref()
    }
}

/// The text without its marks, and the targets with what they are marked as.
fn targets(marked: &str) -> (String, Vec<(Span, Sentiment)>) {
    let (mut text, mut found) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, inside)) = rest.split_once('[') {
        let (inside, after) = inside.split_once(']').unwrap_or_else(|| panic!("{marked}: no ] in it"));
        let (target, label) = inside.split_once(" = ").unwrap_or_else(|| panic!("{inside}: no label in it"));
        text.push_str(before);
        let start = text.len();
        text.push_str(target);
        let label = Sentiment::from_name(label).unwrap_or_else(|| panic!("{label}: no label"));
        found.push((Span::new(start, text.len()), label));
        rest = after;
    }
    text.push_str(rest);
    (text, found)
}

#[test]
fn cases() {
    cases::judge(&cases::read::<Case>("sentiment.toml"), |case| {
        let (text, targets) = targets(&case.text);
        assert!(!targets.is_empty(), "{} asks nothing", case.name);
        let spans: Vec<Span> = targets.iter().map(|(span, _)| *span).collect();
        let found = PIPELINE.sentiment(&text, &spans);
        let of = |(span, label): (&Span, &Sentiment)| format!("{} = {label}", span.of(&text));
        let found: Vec<Sentiment> = found.into_iter().map(|judged| judged.unwrap().label).collect();
        let wanted: Vec<String> = targets.iter().map(|(span, label)| of((span, label))).collect();
        cases::same(spans.iter().zip(&found).map(of).collect(), wanted)
    });
}

#[test]
fn the_order_of_the_targets_and_their_company_change_nothing() {
    let text = "The report blamed Fenn for the spill. Holt praised Mara Quill. Rook left.";
    let span = |name: &str| Span::new(text.find(name).unwrap(), text.find(name).unwrap() + name.len());
    let spans = ["Rook", "Mara Quill", "Fenn", "Mara"].map(span);
    let together = PIPELINE.sentiment(text, &spans);
    let alone: Vec<_> = spans.iter().flat_map(|span| PIPELINE.sentiment(text, &[*span])).collect();
    assert_eq!(together, alone);
    assert!(together.iter().flatten().all(|judged| (judged.scores.iter().sum::<f32>() - 1.0).abs() < 1e-5));
}

#[test]
fn what_holds_no_word_has_no_sentiment() {
    let text = "He left ... at noon.";
    let spans = [Span::new(8, 11), Span::new(7, 8), Span::new(5, 5), Span::new(90, 99), Span::new(0, 20)];
    let found: Vec<bool> = PIPELINE.sentiment(text, &spans).iter().map(Option::is_some).collect();
    assert_eq!(found, [false, false, false, false, true]);
    assert_eq!(PIPELINE.sentiment("", &[Span::new(0, 0)]), [None]);
}

#[test]
fn a_target_of_a_thousand_words_is_judged() {
    let text = "Mara Quill and ".repeat(2000);
    assert!(PIPELINE.sentiment(&text, &[Span::new(0, text.len())])[0].is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_and_any_span_is_judged_or_not(text in "(\\PC|[ .\"\n]){0,80}", ends in prop::collection::vec(0u32..200, 0..12)) {
        let spans: Vec<Span> = ends.chunks_exact(2).map(|pair| Span { start: pair[0], end: pair[1] }).collect();
        prop_assert_eq!(PIPELINE.sentiment(&text, &spans).len(), spans.len());
    }
}
