//! What the first stage says of a token, in the classes that the second stage looks at: made once a token, not once a
//! candidate.

use super::candidate::cue_share;
use super::chain::Scores;
use super::roles::{CONTENT, LABELS, SOURCE};

/// What the first stage says of a token and of its neighbours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Its likeliest label, and with those of its neighbours.
    pub(super) top: u32,
    pub(super) tops: u32,
    /// The shares of a cue, of a source that begins here, of a content that does, in classes.
    pub(super) cue: u32,
    pub(super) begins: u32,
    /// The shares of source, cue and content together.
    pub(super) shares: u32,
    /// Those of source and content with their neighbours'.
    pub(super) sources: u32,
    pub(super) contents: u32,
    /// Whether a source is likely to begin here.
    pub(super) opens_source: bool,
}

impl Seen {
    /// A row a token, from a row of probabilities a token.
    pub(crate) fn all(posteriors: &[Scores]) -> Vec<Seen> {
        // For each token: the label, and the classes of source and content.
        let alone = |p: &Scores| {
            let top = (0..LABELS).fold(0, |best, label| if p[label] > p[best] { label } else { best }) as u32;
            (top, class(p[SOURCE] + p[SOURCE + 1]), class(p[CONTENT] + p[CONTENT + 1]))
        };
        let outside = (0, 0, 0);
        let mut before = outside;
        let mut here = posteriors.first().map_or(outside, alone);
        let of = |(i, p): (usize, &Scores)| {
            let behind = posteriors.get(i + 1).map_or(outside, alone);
            let (top, source, content) = here;
            let (cue, opens, begins) = (class(cue_share(p)), class(p[SOURCE]), class(p[CONTENT]));
            let seen = Seen {
                top,
                tops: before.0 << 6 | top << 3 | behind.0,
                cue,
                begins: opens << 3 | begins,
                shares: source << 6 | cue << 3 | content,
                sources: opens << 9 | source << 6 | before.1 << 3 | behind.1,
                contents: begins << 9 | content << 6 | before.2 << 3 | behind.2,
                opens_source: p[SOURCE] > 0.4,
            };
            (before, here) = (here, behind);
            seen
        };
        posteriors.iter().enumerate().map(of).collect()
    }
}

/// A probability in classes, 0 to 7.
fn class(share: f32) -> u32 {
    [0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95].iter().map(|edge| u32::from(share >= *edge)).sum()
}
