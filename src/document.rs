//! A document: the text and every layer over it.

use crate::attribution::Attribution;
use crate::clean::Block;
use crate::entity::{Chain, Entity, Mention};
use crate::error::{Error, Result};
use crate::labels::Via;
use crate::parse::Arc;
use crate::span::Span;
use crate::stance::{self, FEATURES, Pair, Stance};
use crate::tagset::Tags;
use serde::{Deserialize, Serialize};

/// What goes in: a text, and what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The record's own id, or its place in the input.
    pub id: String,
    /// The article, as it was given.
    pub text: String,
    /// The headline, where it is known apart from the text.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as it was given.
    pub date: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// What went wrong while it was read ("decoded as windows-1252").
    pub warnings: Vec<String>,
}

/// A record that could not be read, and why: a row of the errors table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// The file it stands in, as its path was given.
    pub file: String,
    /// Line of a text or CSV file or row of a Parquet file, from 1; 0 where the whole file is meant.
    pub line: u64,
    /// The record's id, where it is known.
    pub id: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

/// Which part of the record a span counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The record's title, given apart.
    Title,
    /// The record's text.
    Text,
}

/// A word or mark with its tags and its place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Part of speech.
    pub tags: Tags,
    /// The token it hangs on, as an index into the document's tokens, and as what; a root hangs on itself. None where
    /// the sentence was not parsed.
    pub arc: Option<Arc>,
    /// Index into the document's sentences.
    pub sentence: u32,
    /// Written as one with the token before: "n't" in "don't".
    pub joined: bool,
}

/// The tokens of a document. They follow from the text, so documents are not compared by them, and JSON leaves them out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tokens(pub Vec<Token>);

impl PartialEq for Tokens {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Who is who in a document. As with tokens, documents are not compared by them, and JSON leaves them out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Chains(pub Vec<Chain>);

impl PartialEq for Chains {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// An analysed record.
///
/// A title that does not open the text is analysed in front of it, so one string holds both and
/// every layer's spans count in that string, [`Document::analysed`]; [`Document::place`] tells
/// field and span apart again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The record's id.
    pub id: String,
    /// Title, outlet, date and url as they were given.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as it was given.
    pub date: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// What a reader should know about the reading of it.
    pub warnings: Vec<String>,
    /// Share of the words that look like English, in [0, 1].
    pub english: f32,
    /// The title, where it is analysed apart, a blank line, and the text.
    pub(crate) analysed: String,
    /// Where the text begins in `analysed`.
    pub(crate) body: u32,
    /// The blocks of the analysed string and their kinds.
    pub blocks: Vec<Block>,
    /// Sentences of the blocks that are copy.
    pub sentences: Vec<Span>,
    /// Tokens of the sentences.
    pub tokens: Tokens,
    /// Mentions in text order.
    pub mentions: Vec<Mention>,
    /// Entities in the order of their first mention.
    pub entities: Vec<Entity>,
    /// The places that mean one and the same, by their first place.
    pub chains: Chains,
    /// Attributions in text order; an outer one stands before those in its content.
    pub attributions: Vec<Attribution>,
    /// One for each attribution.
    pub stances: Vec<Stance>,
    /// Stance vectors, one row of [`crate::stance::FEATURES`] for each attribution.
    pub vectors: Vec<f32>,
}

/// What stands between a title and the text in the analysed string.
const GAP: &str = "\n\n";

impl Document {
    /// A document without any layer yet: the title is put in front of the text unless the text opens with it.
    pub fn new(record: Record) -> Self {
        let Record { id, text, title, outlet, date, url, warnings } = record;
        let opening = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let (analysed, body) = match &title {
            Some(title) if !title.trim().is_empty() && !opening.starts_with(title.trim()) => {
                (format!("{title}{GAP}{text}"), (title.len() + GAP.len()) as u32)
            }
            _ => (text, 0),
        };
        Self { id, title, outlet, date, url, warnings, analysed, body, ..Self::default() }
    }

    /// The title, where it is analysed apart from the text; else empty.
    pub fn heading(&self) -> &str {
        self.analysed.get(..(self.body as usize).saturating_sub(GAP.len())).unwrap_or("")
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        self.analysed.get(self.body as usize..).unwrap_or("")
    }

    /// The string that all spans count in.
    pub fn analysed(&self) -> &str {
        &self.analysed
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.analysed)
    }

    /// Why a mention names its entity, in words; empty for one that is not there.
    pub fn why_mention(&self, index: usize) -> String {
        let Some(mention) = self.mentions.get(index) else { return String::new() };
        let entity = self.entities.get(mention.entity as usize);
        let name = entity.map_or("", |entity| entity.name.as_str());
        let words = self.slice(mention.span);
        // What the short form is short for: the nearest longer form before it, else behind it.
        let full = || {
            let same =
                |m: &&Mention| m.entity == mention.entity && matches!(m.via, Via::Gazetteer | Via::Model);
            let before = self.mentions[..index].iter().rev().find(same);
            before.or_else(|| self.mentions[index..].iter().find(same)).map(|m| self.slice(m.span))
        };
        let sure = mention.confidence.map_or(String::new(), |sure| format!(", {sure:.2}"));
        match mention.via {
            Via::Gazetteer => format!("the lists know {words:?} as {name}"),
            Via::Model => format!("{words:?} is a name by its form and neighbours; no list knows it"),
            Via::Surname => match full() {
                Some(full) => format!("{words:?} is short for {full:?} in this text"),
                None => format!("{words:?} is a short form of {name}"),
            },
            Via::Metonym => format!("{words:?} stands for {name}, which it houses"),
            Via::Pronoun => format!("{words:?} is {name} by what was named around it{sure}"),
            Via::Description => format!("{words:?} describes {name}{sure}"),
        }
    }

    /// The sources with whom they speak about, both known.
    pub fn pairs(&self) -> Vec<Pair> {
        stance::pairs(&self.attributions, &self.stances)
    }

    /// The mean of the vectors of a pair's attributions.
    ///
    /// # Errors
    /// See [`Document::whole_vectors`].
    pub fn pair_vector(&self, pair: &Pair) -> Result<Vec<f32>> {
        Ok(stance::mean(self.whole_vectors()?, pair.attributions.iter().map(|i| *i as usize)))
    }

    /// The mean of the vectors of all attributions; zeros where there are none.
    ///
    /// # Errors
    /// See [`Document::whole_vectors`].
    pub fn vector(&self) -> Result<Vec<f32>> {
        Ok(stance::mean(self.whole_vectors()?, 0..self.attributions.len()))
    }

    /// The stance vectors, one row of [`crate::stance::FEATURES`] for each attribution.
    ///
    /// # Errors
    /// Where they are not there, for JSON keeps them only where it is asked to, or of another width.
    pub fn whole_vectors(&self) -> Result<&[f32]> {
        if self.vectors.len() == self.attributions.len() * FEATURES.len() {
            return Ok(&self.vectors);
        }
        let (have, want) = (self.vectors.len(), self.attributions.len() * FEATURES.len());
        Err(Error::usage(if have == 0 {
            format!(
                "document {:?} has no stance vectors; JSON keeps them with vectors=True, or --vectors",
                self.id
            )
        } else {
            format!("document {:?}: expected stance vectors of {want} numbers, found {have}", self.id)
        }))
    }

    /// Which field a span stands in, and the span in bytes of that field.
    pub fn place(&self, span: Span) -> (Field, Span) {
        if span.start >= self.body {
            (Field::Text, Span { start: span.start - self.body, end: span.end - self.body })
        } else {
            (Field::Title, span)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_analysed_apart_unless_the_text_opens_with_it() {
        let cases = [
            (Some("Port shut"), "The board met.", "Port shut"),
            (Some("Port shut"), "\u{feff}\n Port shut\n\nThe board met.", ""),
            (Some(" Port shut "), "Port shut: the board met.", ""),
            (Some(" "), "The board met.", ""),
            (None, "The board met.", ""),
        ];
        for (title, text, heading) in cases {
            let doc = Document::new(Record {
                title: title.map(Into::into),
                text: text.into(),
                ..Record::default()
            });
            assert_eq!((doc.heading(), doc.text()), (heading, text));
            let (first, last) = (Span::new(0, 1), Span::new(doc.analysed().len() - 1, doc.analysed().len()));
            assert_eq!(doc.place(first).0 == Field::Title, !heading.is_empty());
            assert_eq!(doc.place(last), (Field::Text, Span::new(text.len() - 1, text.len())));
        }
    }
}
