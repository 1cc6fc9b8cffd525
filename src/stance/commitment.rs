//! What the article itself commits to: composed along the chain of sources, from the words that presuppose.
//!
//! "Officials say that Moscow claims that P" commits the article to nothing: both words only report. "Officials know that
//! P" commits it to P, and "falsely claims that P" to the contrary (Saurí & Pustejovsky 2009, FactBank, where the author
//! is the outermost source; Karttunen 1971 on factive verbs).

use super::Factuality;
use crate::attribution::{Attribution, Layers, Sense};
use crate::factuality::is_factive;

/// Words in a cue, or before it, by which the one who tells it holds the content to be untrue.
const UNTRUE: [&str; 5] = ["falsely", "wrongly", "mistakenly", "erroneously", "untruthfully"];
/// Lemmas of cues that say so by themselves.
const LIES: [&str; 2] = ["lie", "pretend"];

/// What the article commits to of the content of each attribution; parents stand before those inside.
pub(super) fn commitments(
    layers: Layers<'_>,
    attributions: &[(Attribution, Sense)],
    factualities: &[Factuality],
) -> Vec<Factuality> {
    let mut found: Vec<Factuality> = Vec::with_capacity(attributions.len());
    // Whether the cue presupposes that the content is so, and so do all those around it.
    let mut presupposed: Vec<bool> = Vec::with_capacity(attributions.len());
    for ((attribution, sense), factuality) in attributions.iter().zip(factualities) {
        let around = match attribution.parent {
            None => true,
            Some(parent) => presupposed.get(parent as usize).copied().unwrap_or(false),
        };
        let so = around && is_factive(&sense.lemma) && *factuality == Factuality::Certain;
        presupposed.push(so);
        found.push(match (around, so, is_untrue(layers, sense)) {
            (true, _, true) => Factuality::CertainNot,
            (_, true, false) => Factuality::Certain,
            _ => Factuality::Uncommitted,
        });
    }
    found
}

fn is_untrue(layers: Layers<'_>, sense: &Sense) -> bool {
    let word = |i: usize| layers.segments.tokens[i].span.of(layers.text);
    let says = |i: usize| UNTRUE.iter().any(|known| known.eq_ignore_ascii_case(word(i)));
    LIES.contains(&sense.lemma.as_str()) || (sense.cue.start.saturating_sub(1)..sense.cue.end).any(says)
}
