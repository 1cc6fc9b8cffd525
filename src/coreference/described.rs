//! What a text calls its people and bodies beside their names: "Gov. Maro", "Iven Maro, the harbour master".

use super::Scene;
use crate::model::bytes;
use crate::segment::TokenKind;
use crate::tagset::Pos;
use std::ops::Range;

/// Words before a name that are looked at, and words of an apposition behind it.
const BEFORE: usize = 4;
const BEHIND: usize = 12;

/// Titles that are written short.
const SHORT: [(&str, &str); 9] = [
    ("gov.", "governor"),
    ("sen.", "senator"),
    ("rep.", "congressman"),
    ("dr.", "doctor"),
    ("prof.", "professor"),
    ("gen.", "general"),
    ("col.", "colonel"),
    ("capt.", "captain"),
    ("sgt.", "sergeant"),
];

/// The common nouns beside the name in `tokens`, as hashes of the words in lower case.
pub(super) fn nouns(scene: Scene<'_>, tokens: &Range<usize>) -> Vec<u32> {
    let sentence = scene.segments.sentences[scene.sentence(tokens.start) as usize].range();
    let kind = |i: usize| scene.segments.tokens[i].kind;
    let pos = |i: usize| scene.syntax.tags[i].pos;
    let mut found = Vec::new();
    for i in (sentence.start.max(tokens.start.saturating_sub(BEFORE))..tokens.start).rev() {
        if kind(i) != TokenKind::Word || !matches!(pos(i), Pos::Noun | Pos::Propn | Pos::Adj) {
            break;
        }
        found.push(noun(scene, i));
    }
    if tokens.end < sentence.end && kind(tokens.end) == TokenKind::Comma {
        for i in tokens.end + 1..sentence.end.min(tokens.end + 1 + BEHIND) {
            match (kind(i), pos(i)) {
                (TokenKind::Word | TokenKind::Number, Pos::Verb | Pos::Aux | Pos::Pron) => break,
                (TokenKind::Word, Pos::Noun) => found.push(noun(scene, i)),
                (TokenKind::Word | TokenKind::Number, _) => {}
                _ => break,
            }
        }
    }
    found
}

/// The hash of a word that describes, written out.
pub(super) fn noun(scene: Scene<'_>, i: usize) -> u32 {
    let word = scene.word(i).to_lowercase();
    let long = SHORT.iter().find(|(short, _)| short.trim_end_matches('.') == word.trim_end_matches('.'));
    bytes(long.map_or(word.as_str(), |(_, long)| long).as_bytes())
}
