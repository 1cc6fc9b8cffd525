//! Word classes in context: which tokens are verbs, which are cues, who they may be.
//!
//! A list of words and a look at the neighbours, no model: enough to find verb groups and noun phrases.

use crate::labels::{Gender, SourceKind};
use crate::lexicon::{Class, Lexicon, Phrase, Term};
use crate::segment::{Segments, Token, TokenKind};
use crate::span::Span;

/// What a token is in its place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tag {
    /// Word classes.
    pub class: Class,
    /// The cue whose verb form it is, as an index into the lexicon's cues.
    pub verb_cue: Option<u16>,
    /// As a noun.
    pub noun_cue: Option<u16>,
    /// As an adjective.
    pub adjective_cue: Option<u16>,
    /// The kind of source that it names as a common noun.
    pub role: Option<SourceKind>,
    /// Of a given name or pronoun.
    pub gender: Option<Gender>,
    /// Begins with a capital, or with a particle of names ("al-Ansi").
    pub capital: bool,
    /// Stands as a verb.
    pub verb: bool,
    /// Length in tokens of the phrase that begins here: a cue of several words; 0 where there is none.
    pub phrase: u8,
}

impl Tag {
    /// Whether the token has one of the classes.
    pub fn is(&self, class: Class) -> bool {
        self.class.any(class)
    }

    /// A form that can head a clause by itself, or that takes a modal or "do".
    pub fn is_finite(&self) -> bool {
        self.is(Class::MODAL) || (self.is(Class::AUXILIARY) && !self.is(Class::ING)) || self.verb
    }
}

/// A hedge, booster or negator in the text.
pub type TermAt = (Span, Term);

/// Tags every token and finds the terms.
pub fn tag(text: &str, segments: &Segments, headline: &[bool], lexicon: &Lexicon) -> (Vec<Tag>, Vec<TermAt>) {
    let tokens = &segments.tokens;
    let mut tags: Vec<Tag> = tokens.iter().map(|token| look_up(text, *token, lexicon)).collect();
    // "he's": a verb; "Norvia's": a possessive.
    for i in 1..tags.len() {
        if tags[i].is(Class::CLITIC) && tags[i - 1].is(Class::SUBJECT | Class::WH) {
            tags[i].class = Class::AUXILIARY | Class::BE;
        }
    }
    let terms = phrases(text, tokens, lexicon, &mut tags);
    for (sentence, headline) in segments.sentences.iter().zip(headline) {
        let range = sentence.range();
        for i in range.clone() {
            tags[i].verb =
                tags[i].is(Class::VERB_FORM) && stands_as_verb(&tags, tokens, i, &range, *headline);
        }
    }
    (tags, terms)
}

/// Bytes of the longest word that is looked up; no list has a longer one.
const LONGEST: usize = 40;

fn look_up(text: &str, token: Token, lexicon: &Lexicon) -> Tag {
    let word = token.span.of(text);
    if token.kind != TokenKind::Word || word.len() > LONGEST {
        return Tag::default();
    }
    if matches!(word, "'" | "\u{2019}" | "'s" | "\u{2019}s" | "'S" | "\u{2019}S") {
        return Tag { class: Class::CLITIC, ..Tag::default() };
    }
    let mut buffer = [0u8; LONGEST * 3];
    let lower = lower_case(word, &mut buffer);
    let capital = word.chars().next().is_some_and(char::is_uppercase) || has_particle(word);
    match lexicon.words.get(lower) {
        Some(known) if known.class != Class::PHRASE => Tag {
            class: known.class,
            verb_cue: known.verb,
            noun_cue: known.noun,
            adjective_cue: known.adjective,
            role: known.role,
            gender: known.gender,
            capital,
            ..Tag::default()
        },
        Some(_) => Tag { class: by_ending(lower) | Class::PHRASE, capital, ..Tag::default() },
        None => Tag { class: by_ending(lower), capital, ..Tag::default() },
    }
}

/// A name that begins with a small particle: "al-Ansi", "el-Hadi".
fn has_particle(word: &str) -> bool {
    const PARTICLES: [&str; 14] =
        ["al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az", "abu", "bin", "ben", "ibn"];
    word.split_once('-')
        .is_some_and(|(particle, name)| PARTICLES.contains(&particle) && name.starts_with(char::is_uppercase))
}

/// The word in lower case with straight apostrophes, in `buffer`, which is three times as long as the word may be.
fn lower_case<'b>(word: &str, buffer: &'b mut [u8]) -> &'b [u8] {
    let mut length = 0;
    if word.is_ascii() {
        length = word.len();
        buffer[..length].copy_from_slice(word.as_bytes());
        buffer[..length].make_ascii_lowercase();
    } else {
        for c in word.chars().flat_map(char::to_lowercase) {
            let c = if c == '\u{2019}' { '\'' } else { c };
            if length + 4 > buffer.len() {
                break;
            }
            length += c.encode_utf8(&mut buffer[length..]).len();
        }
    }
    &buffer[..length]
}

/// Guesses for words that no list knows.
fn by_ending(lower: &[u8]) -> Class {
    if lower.len() > 5 && lower.ends_with(b"ly") {
        Class::ADVERB
    } else if lower.len() > 5 && lower.ends_with(b"ed") {
        Class::PAST | Class::PARTICIPLE
    } else if lower.len() > 5 && lower.ends_with(b"ing") {
        Class::ING
    } else if lower.len() > 3 && lower.ends_with(b"s") && !lower.ends_with(b"ss") && !lower.ends_with(b"us") {
        Class::PLURAL
    } else {
        Class::NONE
    }
}

/// Marks cues of several words on their first token, and collects the terms; no two overlap.
fn phrases(text: &str, tokens: &[Token], lexicon: &Lexicon, tags: &mut [Tag]) -> Vec<TermAt> {
    let mut terms = Vec::new();
    let mut end = 0;
    for i in 0..tokens.len() {
        if !tags[i].is(Class::PHRASE) || tokens[i].span.start < end {
            continue;
        }
        let Some((span, phrase)) = lexicon.phrase_at(text, tokens[i].span.start) else { continue };
        end = span.end;
        match phrase {
            Phrase::Term(term) => terms.push((span, term)),
            Phrase::Cue(cue, form) => {
                let length =
                    tokens[i..].iter().take(u8::MAX as usize).take_while(|t| t.span.end <= span.end).count();
                if length > 0 {
                    tags[i].verb_cue = Some(cue);
                    tags[i].phrase = length as u8;
                    if form != Class::NONE {
                        tags[i].class = tags[i].class.without(Class::VERB_FORM) | form | Class::CUE_VERB;
                    }
                }
            }
        }
    }
    terms
}

/// Whether token `i`, which has a verb form, stands as a verb: by what stands before and after it.
fn stands_as_verb(
    tags: &[Tag],
    tokens: &[Token],
    i: usize,
    sentence: &std::ops::Range<usize>,
    headline: bool,
) -> bool {
    let (first, end) = (sentence.start, sentence.end);
    let tag = tags[i];
    let next = (i + 1 < end).then(|| tags[i + 1]);
    let mut before = i;
    while before > first
        && tags[before - 1].is(Class::ADVERB | Class::NEGATOR)
        && !tags[before - 1].is(Class::DETERMINER)
    {
        before -= 1;
    }
    let word = |j: usize| tokens[j].kind == TokenKind::Word;
    let previous = (before > first && word(before - 1)).then(|| tags[before - 1]);
    if tag.is(Class::AUXILIARY | Class::MODAL) {
        return false;
    }
    // A capital inside a sentence is a name, but for headlines, where most words have one.
    if tag.capital
        && i > first
        && tokens[i - 1].kind == TokenKind::Word
        && !(headline && tag.is(Class::FINITE | Class::ING))
    {
        return false;
    }
    let Some(previous) = previous else {
        // Nothing or a mark before: a participle, an inverted "said X", or a plain form in an order.
        return tag.is(Class::FINITE | Class::ING | Class::PARTICIPLE);
    };
    if previous.is(Class::MODAL) || (previous.is(Class::AUXILIARY) && !previous.is(Class::BE)) {
        return tag.is(Class::BASE | Class::PARTICIPLE);
    }
    if previous.is(Class::BE) {
        return tag.is(Class::ING | Class::PARTICIPLE);
    }
    if previous.is(Class::TO) {
        return tag.is(Class::BASE);
    }
    if previous.is(Class::SUBJECT) && !previous.is(Class::PREPOSITION) {
        return tag.is(Class::FINITE | Class::BASE | Class::PARTICIPLE);
    }
    if previous.is(Class::DETERMINER | Class::POSSESSIVE | Class::CLITIC) {
        return before < i && tag.is(Class::PAST);
    }
    if tag.is(Class::ING) {
        return true;
    }
    if previous.is(Class::PREPOSITION) {
        return false;
    }
    let opens_clause = next.is_none_or(|n| {
        n.is(Class::TO
            | Class::SUBORDINATOR
            | Class::DETERMINER
            | Class::POSSESSIVE
            | Class::SUBJECT
            | Class::WH
            | Class::OBJECT)
            || n.capital
            || !word(i + 1)
    });
    if tag.is(Class::PAST) {
        return true;
    }
    if tag.is(Class::THIRD) {
        // "the claims of", "claims were": a plural noun. "Moscow claims that", "the minister says": a verb.
        let noun_like = tag.noun_cue.is_some() || tag.is(Class::ROLE);
        let followed =
            !previous.capital && next.is_some_and(|n| n.is(Class::MODAL | Class::AUXILIARY | Class::PAST));
        return !followed && (!noun_like || opens_clause || previous.capital);
    }
    // A plain form needs a plural before it.
    let plural = previous.is(Class::PLURAL | Class::RELATIVE | Class::CONJUNCTION);
    // "a police report," is a noun, "police say," is not.
    let noun_like = tag.is(Class::CUE_NOUN | Class::ROLE);
    let more = i + 1 < end && word(i + 1);
    plural
        && tag.is(Class::BASE)
        && !tag.is(Class::PREPOSITION)
        && if noun_like { opens_clause && more } else { opens_clause || tag.verb_cue.is_some() }
}
