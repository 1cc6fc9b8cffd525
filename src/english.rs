//! How much of a text looks like English.

use crate::lexicon::Class;
use crate::segment::{Segments, TokenKind};
use crate::tag::Tag;

/// Share of the words' expected function words that are there, in [0, 1]: English prose has two in five words of
/// the closed classes, so two in five and more is 1. A text without words is 0. Rounded to two places, as it is
/// written.
pub fn share(segments: &Segments, tags: &[Tag]) -> f32 {
    let words = segments.tokens.iter().zip(tags).filter(|(token, _)| token.kind == TokenKind::Word);
    let (mut all, mut closed) = (0usize, 0usize);
    let classes = Class::DETERMINER
        | Class::PREPOSITION
        | Class::AUXILIARY
        | Class::SUBJECT
        | Class::CONJUNCTION
        | Class::POSSESSIVE
        | Class::MODAL
        | Class::TO;
    for (_, tag) in words {
        all += 1;
        closed += usize::from(tag.is(classes));
    }
    if all == 0 { 0.0 } else { ((closed as f32 / all as f32 / 0.4).min(1.0) * 100.0).round() / 100.0 }
}
