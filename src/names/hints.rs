//! What the lists know of each token: names and titles that begin there, given names, words that end names.

use crate::labels::Label;
use crate::lexicon::{Class, Form, Lexicon, Name};
use crate::segment::{Token, TokenKind};
use crate::tag::Tag;

/// A name or title of the lists: how many tokens it covers, and what it is.
pub type Hit = Option<(usize, Name)>;

/// For each token the longest name or title of the lists that begins there; none begins inside another.
pub fn hits(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Hit> {
    let mut hits = vec![None; tokens.len()];
    let mut end = 0;
    for i in 0..tokens.len() {
        if tokens[i].kind == TokenKind::Word
            && tokens[i].span.start >= end
            && let Some((span, name)) = lexicon.name_at(text, tokens[i].span.start)
        {
            end = span.end;
            let length = tokens[i..].iter().take(32).take_while(|t| t.span.end <= span.end).count();
            hits[i] = (length > 0).then_some((length, name));
        }
    }
    hits
}

/// What the lists say of one token, as small numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hint(u32);

const SHORT: u32 = 1 << 4;
const DEMONYM: u32 = 1 << 5;
const GIVEN: u32 = 1 << 6;
const TITLE: u32 = 1 << 7;
const ROLE: u32 = 1 << 8;
const WORD: u32 = 9;
const SURNAME: u32 = 1 << 12;

impl Hint {
    /// The hint as one number below 8192.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    #[cfg(feature = "train")]
    /// Whether the lists take it for a nationality, a religion or the like.
    pub(crate) fn is_norp(self) -> bool {
        self.0 & DEMONYM != 0 || (self.0 & 0xF).div_ceil(2) == Label::Norp as u32 + 1
    }

    /// Whether the word is a title.
    pub(crate) fn is_title(self) -> bool {
        self.0 & TITLE != 0
    }

    /// Whether the word is a given name.
    pub(crate) fn is_given(self) -> bool {
        self.0 & GIVEN != 0
    }

    /// Whether a name of the lists stands here.
    pub(crate) fn is_name(self) -> bool {
        self.0 & 0xF != 0
    }
}

/// The hints of all tokens.
pub fn hints(text: &str, tokens: &[Token], classes: &[Tag], hits: &[Hit], lexicon: &Lexicon) -> Vec<Hint> {
    let mut hints = vec![Hint::default(); tokens.len()];
    for (i, hit) in hits.iter().enumerate() {
        match hit {
            Some((length, Name::Title(_))) => {
                for hint in &mut hints[i..i + length] {
                    hint.0 |= TITLE;
                }
            }
            Some((length, Name::Surface(s))) => {
                let surface = &lexicon.gazetteer.surfaces[*s as usize];
                let label = surface
                    .entries
                    .first()
                    .map_or(Label::Org, |row| lexicon.gazetteer.entries[*row as usize].label);
                let form = match surface.form {
                    Form::Short => SHORT,
                    Form::Demonym => DEMONYM,
                    _ => 0,
                };
                for (j, hint) in hints[i..i + length].iter_mut().enumerate() {
                    hint.0 |= (label as u32 * 2 + 1 + u32::from(j > 0)) | form;
                }
            }
            None => {}
        }
    }
    for ((hint, class), token) in hints.iter_mut().zip(classes).zip(tokens) {
        if class.capital {
            let word = token.span.of(text);
            hint.0 |= lexicon.name_word(word).map_or(0, |label| (label as u32 + 1) << WORD);
            hint.0 |= if lexicon.is_surname(word) { SURNAME } else { 0 };
        }
        hint.0 |= if class.is(Class::GIVEN) { GIVEN } else { 0 };
        hint.0 |= if class.role.is_some() { ROLE } else { 0 };
    }
    hints
}
