//! Sentences: runs of tokens of one paragraph.

use super::abbreviations::{self, Kind};
use super::{Token, TokenKind};

/// Ends of the sentences among `tokens`, which are those of one paragraph: each the index one past the last token.
/// The last end is the number of tokens.
pub(super) fn ends(text: &str, tokens: &[Token]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut first = 0;
    let mut at = 0;
    while at < tokens.len() {
        let stop = at;
        at += 1;
        if !may_end(text, tokens[stop]) {
            continue;
        }
        // Further stops, marks and brackets that close belong to the sentence.
        let mut closed = false;
        while let Some(token) = tokens.get(at) {
            match token.kind {
                TokenKind::CloseQuote => closed = true,
                TokenKind::CloseBracket | TokenKind::Stop => {}
                // A closing mark that pairs with nothing.
                TokenKind::Symbol if touches(text, tokens[at - 1], *token) => {}
                _ => break,
            }
            at += 1;
        }
        let Some(&next) = tokens.get(at) else { break };
        let ended = match tokens[stop].kind {
            TokenKind::Stop => !is_list_number(&tokens[first..stop]) && starts(text, next, closed),
            _ => ends_after_abbreviation(text, tokens[stop], &tokens[at..], closed),
        };
        if ended {
            ends.push(at);
            first = at;
        }
    }
    if first < tokens.len() {
        ends.push(tokens.len());
    }
    ends
}

fn may_end(text: &str, token: Token) -> bool {
    match token.kind {
        TokenKind::Stop => true,
        TokenKind::Word => text.as_bytes().get(token.span.end as usize - 1) == Some(&b'.'),
        _ => false,
    }
}

/// Whether `token` is a quotation mark right behind the one before.
fn touches(text: &str, before: Token, token: Token) -> bool {
    before.span.end == token.span.start && matches!(token.span.of(text), "”" | "\"" | "’" | "'" | "''" | "»")
}

/// "1." at the start of a sentence is its number.
fn is_list_number(sentence: &[Token]) -> bool {
    matches!(sentence, [Token { kind: TokenKind::Number, span }] if span.len() <= 3)
}

/// Whether a sentence may start with `next` after a stop.
fn starts(text: &str, next: Token, closed: bool) -> bool {
    match next.kind {
        TokenKind::Comma | TokenKind::Colon => false,
        TokenKind::Dash => !closed,
        TokenKind::Word => !next.span.of(text).starts_with(char::is_lowercase),
        _ => true,
    }
}

fn ends_after_abbreviation(text: &str, token: Token, rest: &[Token], closed: bool) -> bool {
    let [next, ..] = rest else { return true };
    let word = token.span.of(text);
    let kind = abbreviations::kind(word.strip_suffix('.').unwrap_or(word)).unwrap_or(Kind::Other);
    let following = match next.kind {
        TokenKind::Word => *next,
        TokenKind::OpenQuote => match rest.get(1) {
            // He lives in the U.S. “We ...”
            Some(inner) if inner.kind == TokenKind::Word => {
                return kind != Kind::Title && kind != Kind::Latin && is_capital(text, *inner);
            }
            _ => return false,
        },
        _ => return false,
    };
    if !is_capital(text, following) {
        return false;
    }
    let following = following.span.of(text);
    match kind {
        _ if closed => true,
        Kind::Title | Kind::Latin | Kind::Number => false,
        Kind::Unit => true,
        Kind::End => abbreviations::kind(following.strip_suffix('.').unwrap_or("")) != Some(Kind::Title),
        Kind::Time => !is_time_word(following),
        Kind::Other => abbreviations::opens_sentence(following),
    }
}

fn is_capital(text: &str, token: Token) -> bool {
    token.span.of(text).starts_with(char::is_uppercase)
}

/// Days, months and zones, which follow the hour without a stop.
fn is_time_word(word: &str) -> bool {
    const PREFIXES: [&str; 19] = [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
        "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let day = PREFIXES.iter().any(|prefix| word.starts_with(prefix));
    let zone = matches!(word.len(), 2..=4) && word.chars().all(char::is_uppercase)
        || matches!(word, "Eastern" | "Pacific" | "Central" | "Mountain" | "Moscow");
    day || zone
}
