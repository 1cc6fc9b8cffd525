//! Quotations: marks paired paragraph by paragraph.
//!
//! A mark's way comes from its neighbours first and from its glyph second, so straight marks need no toggling and
//! the wrong glyphs of machine translation do little harm. Everything is forgotten at the end of a paragraph but the
//! quotation that is still open there, which the next paragraph may go on with.

use super::marks::{Family, Mark, Side, Way, describe};
use super::{Join, Quotation, Token, TokenKind};
use crate::span::Span;

/// How deep quotations may nest; marks that would go deeper are left alone.
const DEPTH: usize = 3;

/// Pairs the marks of one paragraph after the other.
#[derive(Default)]
pub(super) struct Pairing {
    /// The marks of the paragraph in hand; kept for its memory.
    marks: Vec<Mark>,
    stack: Vec<Open>,
    /// The quotation that the paragraph before left open, and its family.
    pending: Option<(u32, Family)>,
}

#[derive(Clone, Copy)]
struct Open {
    quotation: usize,
    token: u32,
    family: Family,
    /// Whether it stays if it never closes: a single mark inside a sentence is rather an apostrophe.
    firm: bool,
}

impl Pairing {
    /// Pairs the marks of the paragraph `span`, whose tokens run from `first` to the end of `tokens`.
    pub(super) fn paragraph(
        &mut self,
        text: &str,
        span: Span,
        first: usize,
        indices: &[u32],
        tokens: &mut [Token],
        quotations: &mut Vec<Quotation>,
    ) {
        let mut marks = std::mem::take(&mut self.marks);
        describe(text, span, tokens, indices, &mut marks);
        let known = quotations.len();
        for mark in &marks {
            match self.way(mark) {
                Way::Open => self.open(mark, first, tokens, quotations),
                Way::Close => self.close(mark, tokens, quotations),
                Way::Either => self.apostrophe(mark, tokens),
            }
        }
        let pending = self.finish(first, known, tokens, quotations);
        self.continue_from_before(first, known, tokens, quotations);
        self.pending = pending;
        self.marks = marks;
    }

    fn is_open(&self, family: Family) -> bool {
        self.stack.iter().any(|open| open.family == family)
    }

    /// The way that the mark looks; [`Way::Either`] where it is no quotation mark.
    fn way(&self, mark: &Mark) -> Way {
        let open = self.is_open(mark.family);
        match (mark.shape, mark.glyph) {
            _ if mark.inches => Way::Either,
            (Way::Open, Way::Close) if open && mark.left == Side::Space => Way::Close,
            (Way::Open, _) => Way::Open,
            (Way::Close, _) if open => Way::Close,
            // A stray mark that looks closed, "5″", "the members'".
            (Way::Close, _) => match self.stack.last() {
                // “A,’ he said: the wrong glyph, as an apostrophe never follows a comma.
                Some(top)
                    if mark.family == Family::Single
                        && mark.left == Side::Stop
                        && top.family == Family::Double =>
                {
                    Way::Close
                }
                _ => Way::Either,
            },
            (Way::Either, Way::Either) if open => Way::Close,
            (Way::Either, Way::Either) if mark.left == Side::Digit => Way::Either,
            (Way::Either, Way::Either) => Way::Open,
            (Way::Either, Way::Close) if !open => Way::Either,
            (Way::Either, glyph) => glyph,
        }
    }

    fn open(&mut self, mark: &Mark, first: usize, tokens: &mut [Token], quotations: &mut Vec<Quotation>) {
        let at = mark.token as usize;
        let firm = mark.family == Family::Double
            || at == first
            || matches!(tokens[at - 1].kind, TokenKind::Comma | TokenKind::Colon);
        if !firm && mark.closes_after == 0 {
            return;
        }
        if self.is_open(mark.family) {
            let doubled = self.stack.last().is_some_and(|top| {
                top.family == mark.family
                    && top.token + 1 == mark.token
                    && tokens[at].span.start == tokens[at - 1].span.end
            });
            if doubled {
                // ""A"": the outer mark is a slip of a converter.
                self.drop_top(tokens, quotations);
            } else if mark.closes_after < mark.opens_after + 2 {
                // Too few marks are left to close both: the one before was never closed.
                self.end_before(mark, tokens, quotations);
            }
        }
        if self.stack.len() >= DEPTH {
            return;
        }
        tokens[at].kind = TokenKind::OpenQuote;
        self.stack.push(Open { quotation: quotations.len(), token: mark.token, family: mark.family, firm });
        quotations.push(Quotation {
            span: tokens[at].span,
            depth: self.stack.len() as u8 - 1,
            closed: false,
            scare: false,
            continues: None,
        });
    }

    fn close(&mut self, mark: &Mark, tokens: &mut [Token], quotations: &mut Vec<Quotation>) {
        let at = mark.token as usize;
        if mark.family == Family::Single {
            let top_is_single = self.stack.last().is_some_and(|top| top.family == Family::Single);
            let wrong_glyph = !self.is_open(Family::Single);
            if (mark.possessive && mark.sure_close_after) || !(top_is_single || wrong_glyph) {
                return self.apostrophe(mark, tokens);
            }
        }
        let Some(depth) = self
            .stack
            .iter()
            .rposition(|open| open.family == mark.family)
            .or(self.stack.len().checked_sub(1))
        else {
            return;
        };
        while self.stack.len() > depth + 1 {
            self.drop_top(tokens, quotations);
        }
        let Some(open) = self.stack.pop() else { return };
        if open.token + 1 == mark.token {
            // Nothing inside.
            tokens[open.token as usize].kind = TokenKind::Symbol;
            quotations.truncate(open.quotation);
            return;
        }
        tokens[at].kind = TokenKind::CloseQuote;
        let quotation = &mut quotations[open.quotation];
        quotation.span.end = tokens[at].span.end;
        quotation.closed = true;
    }

    /// A mark that pairs with nothing: the possessive of a plural is a word of its own, as "'s" is.
    fn apostrophe(&self, mark: &Mark, tokens: &mut [Token]) {
        let possessive = mark.family == Family::Single && mark.left == Side::Letter;
        let token = &mut tokens[mark.token as usize];
        (token.kind, token.join) =
            if possessive { (TokenKind::Word, Join::Clitic) } else { (TokenKind::Symbol, Join::Apart) };
    }

    /// Takes back the innermost open mark. Its quotation stays as an empty span until [`Pairing::finish`].
    fn drop_top(&mut self, tokens: &mut [Token], quotations: &mut [Quotation]) {
        if let Some(open) = self.stack.pop() {
            tokens[open.token as usize].kind = TokenKind::Symbol;
            let span = &mut quotations[open.quotation].span;
            span.end = span.start;
        }
    }

    /// Ends the quotation of the mark's family, and all inside it, before the mark.
    fn end_before(&mut self, mark: &Mark, tokens: &mut [Token], quotations: &mut [Quotation]) {
        while let Some(&open) = self.stack.last() {
            if open.firm && open.token + 1 < mark.token {
                quotations[open.quotation].span.end = tokens[mark.token as usize - 1].span.end;
                self.stack.pop();
            } else {
                self.drop_top(tokens, quotations);
            }
            if open.family == mark.family {
                return;
            }
        }
    }

    /// Ends what is open, takes out what was dropped, and counts depths anew. Returns the quotation left open.
    fn finish(
        &mut self,
        first: usize,
        known: usize,
        tokens: &mut [Token],
        quotations: &mut Vec<Quotation>,
    ) -> Option<(u32, Family)> {
        let end = tokens.last().map_or(0, |t| t.span.end);
        let mut pending = None;
        while let Some(&open) = self.stack.last() {
            if open.firm && (open.token as usize) + 1 < tokens.len() {
                quotations[open.quotation].span.end = end;
                pending = Some((tokens[open.token as usize].span.start, open.family));
                self.stack.pop();
            } else {
                self.drop_top(tokens, quotations);
            }
        }
        debug_assert!(first <= tokens.len());
        let mut kept = known;
        let mut ends: Vec<u32> = Vec::with_capacity(DEPTH);
        for i in known..quotations.len() {
            let mut quotation = quotations[i];
            if quotation.span.is_empty() {
                continue;
            }
            while ends.last().is_some_and(|&end| end <= quotation.span.start) {
                ends.pop();
            }
            quotation.depth = ends.len() as u8;
            ends.push(quotation.span.end);
            quotations[kept] = quotation;
            kept += 1;
        }
        quotations.truncate(kept);
        let (start, family) = pending?;
        let index = quotations[known..].iter().position(|q| q.span.start == start)?;
        Some(((known + index) as u32, family))
    }

    /// A paragraph that begins with the mark that the paragraph before left open goes on with its quotation.
    fn continue_from_before(
        &self,
        first: usize,
        known: usize,
        tokens: &[Token],
        quotations: &mut [Quotation],
    ) {
        let Some((before, family)) = self.pending else { return };
        let Some(quotation) = quotations.get_mut(known) else { return };
        let opens = tokens.get(first).is_some_and(|t| t.span.start == quotation.span.start);
        let same = self.marks_family(first).is_none_or(|f| f == family);
        if opens && same {
            quotation.continues = Some(before);
        }
    }

    fn marks_family(&self, token: usize) -> Option<Family> {
        self.marks.first().filter(|mark| mark.token as usize == token).map(|mark| mark.family)
    }
}
