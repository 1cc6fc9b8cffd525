//! The layer that the rules read: the same segments with hyphenated words whole again.
//!
//! The treebanks cut "a well-known mayor" into five words, and taggers and parsers want it so. For a rule that asks
//! what stands beside a word, and for every span in the output, "well-known" is one.

use super::{Join, Segments, Sentence, Token, TokenKind};

impl Segments {
    /// The segments with one token for each hyphenated word. Clitics stay words of their own.
    pub fn whole(&self) -> Segments {
        let mut tokens: Vec<Token> = Vec::with_capacity(self.tokens.len());
        let mut sentences = Vec::with_capacity(self.sentences.len());
        for sentence in &self.sentences {
            let first = tokens.len();
            for token in self.tokens.get(sentence.range()).unwrap_or(&[]) {
                match tokens[first..].last_mut().filter(|_| token.join == Join::Hyphen) {
                    Some(word) => extend(word, *token),
                    None => tokens.push(*token),
                }
            }
            sentences.push(Sentence { first: first as u32, last: tokens.len() as u32, ..*sentence });
        }
        Segments { tokens, sentences, quotations: self.quotations.clone() }
    }
}

/// Adds a hyphen or what follows it to a word. "20-25" is a number, "20-year-old" a word.
fn extend(word: &mut Token, part: Token) {
    word.span.end = part.span.end;
    if part.kind == TokenKind::Word {
        word.kind = TokenKind::Word;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::segment::segment;

    #[test]
    fn hyphenated_words_are_whole_and_sentences_move_along() {
        let text = "A 20-year-old didn't go. 20-25 well-known ex-mayors' boats sank.";
        let whole = segment(text, &clean(text)).whole();
        let words: Vec<_> = whole.tokens.iter().map(|t| t.span.of(text)).collect();
        assert_eq!(words.join(" "), "A 20-year-old did n't go . 20-25 well-known ex-mayors ' boats sank .");
        assert_eq!(whole.sentences.iter().map(Sentence::range).collect::<Vec<_>>(), [0..6, 6..13]);
        assert_eq!((whole.tokens[1].kind, whole.tokens[6].kind), (TokenKind::Word, TokenKind::Number));
    }
}
