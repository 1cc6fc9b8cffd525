//! How factual events are, on both scales: `tests/cases/factuality.toml`.

use crate::cases::{self, Judged};
use sayso::Span;
use sayso::factuality::Scale;
use sayso::pipeline::{Options, Pipeline};
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new(&Options::default()).unwrap());

#[derive(serde::Deserialize)]
struct Case {
    /// The event stands in brackets.
    text: String,
    uw: Option<[f32; 2]>,
    uds: Option<[f32; 2]>,
    gap: Option<String>,
}

impl Judged for Case {
    fn name(&self) -> &str {
        &self.text
    }

    fn gap(&self) -> Option<&str> {
        self.gap.as_deref()
    }
}

fn value(text: &str, span: Span, scale: Scale) -> Option<f32> {
    PIPELINE.factuality(text, &PIPELINE.blocks(text), &[span], scale)[0]
}

/// The text without the brackets, and what stands in them.
fn marked(text: &str) -> (String, Span) {
    let (before, rest) = text.split_once('[').unwrap();
    let (event, after) = rest.split_once(']').unwrap();
    (format!("{before}{event}{after}"), Span::new(before.len(), before.len() + event.len()))
}

#[test]
fn events_are_as_factual_as_they_are_told() {
    cases::judge(&cases::read::<Case>("factuality.toml"), |case| {
        let (text, event) = marked(&case.text);
        for (scale, range) in [(Scale::Uw, case.uw), (Scale::Uds, case.uds)] {
            let Some([low, high]) = range else { continue };
            let found = value(&text, event, scale).ok_or("  no word there")?;
            if !(low..=high).contains(&found) {
                return Err(format!("  {scale:?}: {found} is not from {low} to {high}"));
            }
        }
        Ok(())
    });
}

#[test]
fn a_phrase_counts_as_its_head() {
    let text = "The crew managed to escape the flooded engine room.";
    let at = |words: &str| Span::new(text.find(words).unwrap(), text.find(words).unwrap() + words.len());
    for scale in [Scale::Uw, Scale::Uds] {
        let whole = value(text, at("escape the flooded engine room"), scale);
        assert_eq!(whole, value(text, at("escape"), scale));
        assert!(whole.is_some());
        // Part of a word is that word.
        assert_eq!(whole, value(text, at("scap"), scale));
    }
}

#[test]
fn where_no_word_stands_there_is_no_value() {
    let text = "They left.  \n\n  Nobody saw it.";
    assert_eq!(value(text, Span::new(10, 12), Scale::Uw), None);
    assert_eq!(value("", Span::new(0, 0), Scale::Uw), None);
    assert_eq!(value(text, Span::new(6, 6), Scale::Uw), None);
}

#[test]
fn an_event_has_one_value_however_it_is_asked_for() {
    let text = "Fenn said the ferry may have sunk. The board denies that it ever sailed. It left at noon.";
    let spans: Vec<Span> = ["sunk", "left", "said", "sailed", "denies"]
        .iter()
        .map(|word| Span::new(text.find(word).unwrap(), text.find(word).unwrap() + word.len()))
        .collect();
    let blocks = PIPELINE.blocks(text);
    let together = PIPELINE.factuality(text, &blocks, &spans, Scale::Uds);
    for (span, found) in spans.iter().zip(&together) {
        assert_eq!(*found, value(text, *span, Scale::Uds));
        assert!(found.is_some_and(|found| (-3.0..=3.0).contains(&found)));
    }
}

#[test]
fn long_sentences_take_no_longer_than_their_words() {
    let text = "and he said that they will not leave unless she tries to stay, ".repeat(2_000);
    let spans: Vec<Span> =
        text.match_indices("leave").map(|(at, word)| Span::new(at, at + word.len())).collect();
    let found = PIPELINE.factuality(&text, &PIPELINE.blocks(&text), &spans, Scale::Uw);
    assert_eq!(found.len(), 2_000);
    assert!(found.iter().all(Option::is_some));
}
