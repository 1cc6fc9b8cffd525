//! Act and factuality: the cue's own, turned by negation, weakened by hedges, overruled by what is said.

use crate::attribution::{Layers, Sense};
use crate::labels::{Act, Factuality};
use crate::lexicon::{Class, Term};
use crate::segment::TokenKind;
use crate::span::Span;
use crate::tag::TermAt;
use std::ops::Range;

/// Act and factuality, and how they came about.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) act: Act,
    pub(super) factuality: Factuality,
    /// The source speaks of itself ("we", "I"): a denial then clears its own side.
    pub(super) own: bool,
}

/// Deeds that lay guilt at a door when somebody is said to have done them.
const GUILT: &[&str] = &[
    "behind",
    "responsible",
    "blame",
    "guilty",
    "orchestrated",
    "lying",
    "lied",
    "liar",
    "sabotage",
    "sabotaged",
    "staged",
    "culprit",
    "complicit",
    "fabricated",
    "covered",
    "stole",
    "stolen",
    "cheated",
    "rigged",
    "murdered",
    "betrayed",
    "violated",
    "false-flag",
    "deliberately",
    "knowingly",
    "smuggled",
    "bribed",
    "corrupt",
    "crime",
    "crimes",
    "criminal",
    "fraud",
];

pub(super) fn read(layers: Layers<'_>, terms: &[TermAt], sense: &Sense) -> Reading {
    let word = |i: usize| layers.segments.tokens[i].span.of(layers.text);
    let is = |i: usize, class: Class| layers.tags[i].is(class);
    let content = main_clause(layers, sense);
    let own =
        content.clone().take(8).any(|i| matches!(word(i), "I" | "We" | "we" | "our" | "Our" | "my" | "My"));
    let negated_cue = sense.cue.clone().any(|i| is(i, Class::NEGATOR));
    let lemma = sense.lemma.as_str();
    let (mut act, mut factuality) = (sense.act, sense.factuality);

    if negated_cue {
        (act, factuality) = match act {
            Act::Believe | Act::Confirm if factuality != Factuality::Uncommitted => {
                (Act::Disbelieve, Factuality::ProbableNot)
            }
            Act::Disbelieve => (Act::Speculate, Factuality::Possible),
            Act::Deny => (Act::Confirm, Factuality::Certain),
            Act::Assert if silent(lemma) => (Act::Decline, Factuality::Uncommitted),
            Act::Doubt => (Act::Believe, Factuality::Probable),
            other => (other, Factuality::Uncommitted),
        };
        return Reading { act, factuality, own };
    }
    if lemma == "decline" || lemma == "refuse" {
        // To speak or to act: what is declined tells.
        let speak = content.clone().take(4).any(|i| {
            matches!(
                word(i),
                "comment"
                    | "say"
                    | "answer"
                    | "elaborate"
                    | "discuss"
                    | "respond"
                    | "speak"
                    | "confirm"
                    | "provide"
                    | "give"
                    | "disclose"
                    | "talk"
                    | "identify"
                    | "name"
            )
        });
        let act = if speak { Act::Decline } else { Act::Intend };
        return Reading { act, factuality: Factuality::Uncommitted, own };
    }
    let plain =
        matches!(act, Act::Assert | Act::Confirm | Act::Believe) && factuality != Factuality::Uncommitted;
    if plain && !content.is_empty() {
        let negated = content.clone().any(|i| is(i, Class::NEGATOR));
        let guilt = content.clone().any(|i| GUILT.contains(&word(i)));
        if act == Act::Assert && word(content.end - 1) == "?" {
            return Reading { act: Act::Question, factuality: Factuality::Uncommitted, own };
        }
        if act == Act::Assert && negated && denies(layers, &content, own) {
            return Reading { act: Act::Deny, factuality: Factuality::CertainNot, own };
        }
        if act == Act::Assert && guilt && !negated && names(layers, &content, sense) {
            act = Act::Accuse;
        }
        if act == Act::Assert
            && own
            && content.clone().take(5).any(|i| matches!(word(i), "will" | "'ll" | "\u{2019}ll"))
        {
            return Reading { act: Act::Intend, factuality: Factuality::Uncommitted, own };
        }
        if act == Act::Assert && content.clone().take(8).any(|i| matches!(word(i), "must" | "should")) {
            return Reading { act: Act::Urge, factuality: Factuality::Uncommitted, own };
        }
    }
    let limit = hedge(layers, terms, &content, &sense.cue);
    if let Some(limit) = limit {
        factuality = factuality.weakened(limit);
        if lemma == "suggest" && limit == Factuality::Possible {
            act = Act::Speculate;
        }
    }
    if conditional(layers, &content) {
        factuality = Factuality::Uncommitted;
    }
    Reading { act, factuality, own }
}

/// "would not say", "did not comment".
fn silent(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "comment"
            | "respond"
            | "reply"
            | "answer"
            | "elaborate"
            | "tell"
            | "speak"
            | "discuss"
            | "explain"
            | "disclose"
    )
}

/// The first sentence of the content, to its first clause break.
fn main_clause(layers: Layers<'_>, sense: &Sense) -> Range<usize> {
    let Some(first) = sense.content.first() else { return 0..0 };
    let kind = |i: usize| layers.segments.tokens[i].kind;
    let stop = first.clone().find(|&i| kind(i) == TokenKind::Stop && i > first.start);
    first.start..stop.map_or(first.end, |i| i + 1).min(first.end)
}

/// "we had nothing to do with it", "it was not involved", "no role".
fn denies(layers: Layers<'_>, content: &Range<usize>, own: bool) -> bool {
    let word = |i: usize| layers.segments.tokens[i].span.of(layers.text);
    let stems = [
        "involve",
        "role",
        "responsib",
        "nothing to do",
        "behind",
        "know",
        "truth",
        "fire",
        "order",
        "attack",
        "encourage",
        "enable",
        "wrong",
        "part in",
        "guilty",
    ];
    let span = Span {
        start: layers.segments.tokens[content.start].span.start,
        end: layers.segments.tokens[content.end - 1].span.end,
    };
    let text = span.of(layers.text);
    let about_a_deed = stems.iter().any(|stem| text.contains(stem));
    let past = content
        .clone()
        .any(|i| matches!(word(i), "did" | "had" | "was" | "were" | "have" | "has" | "do" | "are"));
    about_a_deed
        && past
        && (own
            || text.contains("nothing to do")
            || text.contains("no role")
            || text.contains("not involved")
            || text.contains("no involvement")
            || text.contains("not responsible"))
}

/// Whether the content names somebody other than its source.
fn names(layers: Layers<'_>, content: &Range<usize>, sense: &Sense) -> bool {
    let tokens = &layers.segments.tokens;
    let (start, end) = (tokens[content.start].span.start, tokens[content.end - 1].span.end);
    let from = layers.mentions.partition_point(|m| m.span.start < start);
    layers.mentions[from..].iter().take_while(|m| m.span.end <= end).next().is_some()
        || content.clone().any(|i| layers.tags[i].is(Class::PERSON)) && sense.source.is_some()
}

/// The weakest hedge in the cue or in the first clause of the content.
fn hedge(
    layers: Layers<'_>,
    terms: &[TermAt],
    content: &Range<usize>,
    cue: &Range<usize>,
) -> Option<Factuality> {
    let tokens = &layers.segments.tokens;
    let mut weakest: Option<Factuality> = None;
    for range in [cue, content] {
        if range.is_empty() {
            continue;
        }
        let (start, end) = (tokens[range.start].span.start, tokens[range.end - 1].span.end);
        let from = terms.partition_point(|(span, _)| span.start < start);
        for (_, term) in terms[from..].iter().take_while(|(span, _)| span.end <= end) {
            let degree = match term {
                Term::Probable => Factuality::Probable,
                Term::Possible => Factuality::Possible,
                Term::Booster | Term::Negator => continue,
            };
            if weakest.is_none_or(|w| degree.certainty() < w.certainty()) {
                weakest = Some(degree);
            }
        }
    }
    weakest
}

/// "would ..., if": nothing is claimed to be so.
fn conditional(layers: Layers<'_>, content: &Range<usize>) -> bool {
    let word = |i: usize| layers.segments.tokens[i].span.of(layers.text);
    content.clone().any(|i| word(i) == "would")
        && content.clone().any(|i| matches!(word(i), "if" | "If" | "unless"))
}
