//! Scare quotes: one or a few words in marks inside a longer sentence.

use super::{Quotation, Segments, Sentence, Token, TokenKind};

/// More words than this are a statement.
const WORDS: usize = 4;
/// How far to look for a word, so that a heap of marks costs no more than a sentence does.
const REACH: usize = 12;

/// Sets [`Quotation::scare`] throughout.
pub(super) fn mark(segments: &mut Segments) {
    let Segments { tokens, sentences, quotations } = segments;
    let (mut token, mut sentence) = (0, 0);
    for quotation in quotations.iter_mut().filter(|q| q.closed) {
        while tokens.get(token).is_some_and(|t| t.span.start < quotation.span.start) {
            token += 1;
        }
        while sentences.get(sentence).is_some_and(|s| s.last as usize <= token) {
            sentence += 1;
        }
        if let Some(sentence) = sentences.get(sentence) {
            quotation.scare = is_scare(*quotation, token, *sentence, tokens);
        }
    }
}

fn is_scare(quotation: Quotation, open: usize, sentence: Sentence, tokens: &[Token]) -> bool {
    let inside = tokens[open + 1..].iter().take(REACH).take_while(|t| t.span.end < quotation.span.end);
    let mut length = 0;
    let mut words = 0;
    let mut last = None;
    for token in inside {
        length += 1;
        last = Some(token.kind);
        match token.kind {
            TokenKind::Stop | TokenKind::OpenQuote => return false,
            TokenKind::Word | TokenKind::Number => words += 1,
            _ => {}
        }
    }
    let close = open + 1 + length;
    let whole = tokens.get(close).is_some_and(|t| t.span.end == quotation.span.end);
    if !whole
        || words == 0
        || words > WORDS
        || last == Some(TokenKind::Comma)
        || close >= sentence.last as usize
    {
        return false;
    }
    let before = &tokens[sentence.first as usize..open];
    let after = &tokens[close + 1..sentence.last as usize];
    // "‘No’: ministry ...", "He said: “No”": a statement, however short.
    let heads = before.is_empty()
        && after
            .first()
            .is_some_and(|t| matches!(t.kind, TokenKind::Comma | TokenKind::Colon | TokenKind::Dash));
    let announced = before.last().is_some_and(|t| t.kind == TokenKind::Colon);
    let is_word = |t: &&Token| matches!(t.kind, TokenKind::Word | TokenKind::Number);
    let longer =
        before.iter().rev().take(REACH).any(|t| is_word(&t)) || after.iter().take(REACH).any(|t| is_word(&t));
    longer && !heads && !announced
}
