//! Sentences: runs of tokens of one paragraph, cut by rules over stops and a model that has the last word.

use super::abbreviations::{self, Kind};
use super::boundary::{Features, walk};
use super::{Token, TokenKind, model};

/// What the rules say of a place between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Verdict {
    /// Nothing: no stop stands before it.
    None,
    /// A stop that ends the sentence.
    Ends,
    /// A stop after which it goes on.
    GoesOn,
    /// The dot of an abbreviation that ends the sentence, too.
    AbbreviationEnds,
    /// The dot of an abbreviation alone.
    Abbreviation,
    /// Behind a stop, but before more that belongs to it: another stop, a mark or bracket that closes.
    Inside,
}

/// Ends of the sentences among `tokens`, which are those of one paragraph: each the index one past the last token.
/// The last end is the number of tokens. Headlines, where every word may have a capital, end by the rules `alone`.
pub(super) fn ends(text: &str, tokens: &[Token], alone: bool) -> Vec<usize> {
    let mut ends = Vec::new();
    let decide = |_, verdict: Verdict, features: &mut dyn FnMut() -> Features| {
        if alone { verdict == Verdict::Ends } else { model::ends(verdict, &features()) }
    };
    walk(text, tokens, decide, |at| ends.push(at));
    if !tokens.is_empty() {
        ends.push(tokens.len());
    }
    ends
}

/// The stop behind which the walk stands, if it does.
#[derive(Default)]
pub(super) struct Stops {
    stop: Option<usize>,
    /// A quotation closed behind it.
    closed: bool,
}

impl Stops {
    /// What the rules say of the place before token `at`. The sentence begins with token `first`. To be asked of
    /// every place in turn.
    pub(super) fn verdict(&mut self, text: &str, tokens: &[Token], first: usize, at: usize) -> Verdict {
        let before = tokens[at - 1];
        match self.stop {
            Some(_) if belongs(text, tokens, at - 1) => self.closed |= before.kind == TokenKind::CloseQuote,
            _ => *self = Self { stop: may_end(text, before).then_some(at - 1), closed: false },
        }
        let Some(stop) = self.stop else { return Verdict::None };
        if belongs(text, tokens, at) {
            return Verdict::Inside;
        }
        let ends = match tokens[stop].kind {
            TokenKind::Stop => {
                !is_list_number(tokens.get(first..stop).unwrap_or(&[]))
                    && starts(text, tokens[at], self.closed)
            }
            _ => ends_after_abbreviation(text, tokens[stop], &tokens[at..], self.closed),
        };
        match (tokens[stop].kind, ends) {
            (TokenKind::Stop, true) => Verdict::Ends,
            (TokenKind::Stop, false) => Verdict::GoesOn,
            (_, true) => Verdict::AbbreviationEnds,
            (_, false) => Verdict::Abbreviation,
        }
    }
}

/// Whether token `i`, behind a stop, belongs to the sentence: further stops, marks and brackets that close.
fn belongs(text: &str, tokens: &[Token], i: usize) -> bool {
    match tokens[i].kind {
        TokenKind::CloseQuote | TokenKind::CloseBracket | TokenKind::Stop => true,
        // A closing mark that pairs with nothing.
        TokenKind::Symbol => touches(text, tokens[i - 1], tokens[i]),
        _ => false,
    }
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
    matches!(sentence, [Token { kind: TokenKind::Number, span, .. }] if span.len() <= 3)
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
        Kind::Title | Kind::Latin | Kind::Number | Kind::Last => false,
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
