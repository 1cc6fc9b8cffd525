//! Where a sentence may end: every place that deserves a look, with its features.
//!
//! Training and prediction walk over the same places with [`walk`]; only who decides differs.

use super::abbreviations::opens_sentence;
use super::sentences::{Stops, Verdict};
use super::shapes::{Shape, is_address, is_lower, shape};
use super::{Join, Token, TokenKind};

/// Buckets that the features are hashed into.
pub(crate) const BUCKETS: usize = 1 << 15;
/// Features of a place.
pub(crate) const FEATURES: usize = 19;

/// Tokens of a line that may be one sentence without a stop.
const LINE: usize = 30;

/// A place between two tokens, described for a linear model: the buckets of its features.
pub(crate) type Features = [u16; FEATURES];

/// Walks over the paragraph `tokens` and says `found` of every place where a sentence ends, by the index of the token
/// after it. Where the rules are not sure, `decide` has to know, from that index, from what they think, and from the
/// features of the place; what it answers counts for the places behind.
pub(crate) fn walk(
    text: &str,
    tokens: &[Token],
    mut decide: impl FnMut(usize, Verdict, &mut dyn FnMut() -> Features) -> bool,
    mut found: impl FnMut(usize),
) {
    // A line without a stop is a headline, a caption, a credit: capitals mean nothing there.
    if tokens.len() < LINE && !tokens.iter().any(|token| token.kind == TokenKind::Stop) {
        return;
    }
    let mut stops = Stops::default();
    let mut place =
        Place { text, tokens, first: 0, lower: false, brackets: 0, quotes: 0, stop: 0, looks: [EDGE; LOOKS] };
    for at in 1..tokens.len() {
        place.step(at);
        let verdict = stops.verdict(text, tokens, place.first, at);
        if !is_candidate(text, tokens, at, verdict) {
            continue;
        }
        let ends = match sure(text, tokens[at], verdict) {
            Some(ends) => ends,
            None => decide(at, verdict, &mut || place.features(at, verdict)),
        };
        if ends {
            found(at);
            place.first = at;
            place.lower = false;
        }
    }
}

/// Whether a sentence may end before token `at`: the rest, four in five, is not looked at.
fn is_candidate(text: &str, tokens: &[Token], at: usize, verdict: Verdict) -> bool {
    let next = tokens[at];
    match verdict {
        _ if next.join != Join::Apart => false,
        Verdict::Inside => false,
        // "He said: It sank.", "Still, The Meridian": what is said belongs to who says it.
        Verdict::None if tokens[at - 1].kind == TokenKind::Colon => false,
        Verdict::None if tokens[at - 1].kind == TokenKind::Comma && opens_sentence(next.span.of(text)) => {
            false
        }
        Verdict::None => match next.kind {
            // "of Norvia": nothing ends with so short a word.
            TokenKind::Word if tokens[at - 1].span.len() < 4 && is_lower(text, tokens[at - 1]) => false,
            TokenKind::Word => {
                !is_lower(text, next) || next.span.len() > 7 && is_address(next.span.of(text).as_bytes())
            }
            TokenKind::Comma
            | TokenKind::Colon
            | TokenKind::Stop
            | TokenKind::CloseQuote
            | TokenKind::CloseBracket
            | TokenKind::Hyphen => false,
            _ => true,
        },
        _ => true,
    }
}

/// What the rules are sure of: abbreviations, which treebanks have too few of, and a stop before a token that may
/// well begin a sentence.
fn sure(text: &str, next: Token, verdict: Verdict) -> Option<bool> {
    let plain = matches!(
        next.kind,
        TokenKind::Word | TokenKind::Number | TokenKind::OpenQuote | TokenKind::OpenBracket
    );
    match verdict {
        Verdict::AbbreviationEnds => Some(true),
        Verdict::Abbreviation => Some(false),
        Verdict::Ends if plain && shape(text, next) != Shape::Square => Some(true),
        _ => None,
    }
}

/// What the walk knows of the sentence in hand.
struct Place<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// Its first token.
    first: usize,
    /// A word in small letters stands in it.
    lower: bool,
    /// Open brackets and quotations.
    brackets: u8,
    quotes: u8,
    /// The next stop at or behind the place.
    stop: usize,
    looks: [Look; LOOKS],
}

impl Place<'_> {
    /// Takes in token `at - 1`.
    fn step(&mut self, at: usize) {
        let token = self.tokens[at - 1];
        match token.kind {
            TokenKind::OpenBracket => self.brackets = self.brackets.saturating_add(1),
            TokenKind::CloseBracket => self.brackets = self.brackets.saturating_sub(1),
            TokenKind::OpenQuote => self.quotes = self.quotes.saturating_add(1),
            TokenKind::CloseQuote => self.quotes = self.quotes.saturating_sub(1),
            TokenKind::Word if !self.lower => self.lower = is_lower(self.text, token),
            _ => {}
        }
    }

    fn features(&mut self, at: usize, verdict: Verdict) -> Features {
        while self.stop < self.tokens.len()
            && (self.stop < at || self.tokens[self.stop].kind != TokenKind::Stop)
        {
            self.stop += 1;
        }
        let [a4, a3, a2, a] = [4, 3, 2, 1].map(|back| at.checked_sub(back).map_or(EDGE, |i| self.look(i)));
        let [b, b2, b3] = [0, 1, 2].map(|ahead| self.look(at + ahead));
        let start = self.look(0).shape;
        let (before, after) = (a.word, b.word);
        let (word_before, word_after) = (a2.word, b2.word);
        let [a4, a3, a2, a, b, b2, b3] = [a4, a3, a2, a, b, b2, b3].map(|look| look.shape);
        let verdict = verdict as u64;
        let length = bucket(at - self.first);
        let left = bucket(self.stop - at) | u64::from(self.stop == self.tokens.len()) << 4;
        let space = self.tokens[at].span.start - self.tokens[at - 1].span.end;
        let space = u64::from(space.min(1));
        let state = u64::from(self.brackets.min(1)) | u64::from(self.quotes.min(1)) << 1;
        let lower = u64::from(self.lower);
        let opener =
            u64::from(b == Shape::Capital as u64 && opens_sentence(self.tokens[at].span.of(self.text)));
        let last = self.tokens.len();
        let end = bucket(last - at);
        let pair = a << 6 | b;
        let known = [
            verdict | space << 3 | opener << 4,
            pair | lower << 12 | opener << 13,
            pair | a2 << 12,
            pair | b2 << 12,
            pair | a2 << 12 | b2 << 18,
            b | b2 << 6 | b3 << 12,
            a | a2 << 6 | a3 << 12 | a4 << 18 | b << 24,
            before ^ b << 58,
            after ^ a << 58,
            before ^ after.rotate_left(7),
            word_after ^ pair << 50,
            word_before ^ pair << 50,
            length | pair << 8 | lower << 20,
            left | pair << 8,
            left | verdict << 8 | length << 12,
            state | verdict << 4 | pair << 8,
            end | pair << 8 | lower << 20,
            after ^ verdict << 56 ^ lower << 60,
            start | verdict << 6 | b << 12,
        ];
        let mut template = 0;
        known.map(|value| {
            template += 1;
            mix(template, value)
        })
    }

    /// How token `i` looks; neighbouring places ask for the same ones.
    fn look(&mut self, i: usize) -> Look {
        let Some(token) = self.tokens.get(i) else { return EDGE };
        let slot = &mut self.looks[i % LOOKS];
        if slot.token != i {
            let word = hash(token.span.of(self.text).as_bytes());
            *slot = Look { token: i, shape: shape(self.text, *token) as u64, word };
        }
        *slot
    }
}

/// The looks of a token: its shape, and its letters as a number.
#[derive(Clone, Copy)]
struct Look {
    token: usize,
    shape: u64,
    word: u64,
}

const EDGE: Look = Look { token: usize::MAX, shape: Shape::Edge as u64, word: 0 };
/// Looks that are kept: more than a place has.
const LOOKS: usize = 8;

/// Lengths as nine classes.
fn bucket(length: usize) -> u64 {
    match length {
        0..=4 => length as u64,
        5..=7 => 5,
        8..=12 => 6,
        13..=25 => 7,
        _ => 8,
    }
}

const PRIME: u64 = 0x517c_c1b7_2722_0a95;

/// The bucket of a feature: the upper bits of a product, which depend on all bits below.
fn mix(template: u64, value: u64) -> u16 {
    let mixed =
        (value.wrapping_mul(PRIME) ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(PRIME);
    (mixed >> (64 - BUCKETS.trailing_zeros())) as u16
}

/// A word as a number, without regard to case: its first sixteen bytes and its length.
fn hash(word: &[u8]) -> u64 {
    let part = |from: usize| {
        let mut bytes = [0; 8];
        let rest = word.get(from..).unwrap_or(&[]);
        let length = rest.len().min(8);
        bytes[..length].copy_from_slice(&rest[..length]);
        // The bit that makes small letters of capitals.
        u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020
    };
    let first = part(0).wrapping_mul(PRIME);
    let second = if word.len() > 8 { part(8) } else { 0 };
    ((first ^ second).rotate_left(29) ^ word.len() as u64).wrapping_mul(PRIME)
}
