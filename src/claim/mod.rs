//! How a text stands towards a claim: it agrees, disagrees, discusses, or is about something else.
//!
//! A headline and an article tell it in different ways, so there is a model for each. Both are log-linear over hashed
//! features and work in two steps: whether the text is about the claim, by what the two share, and how it
//! stands towards it, by the words around what they share. That refuting and hedging words tell most is from Ferreira
//! and Vlachos (2016), the two steps from the literature on the Fake News Challenge (Hanselowski et al. 2018).

mod article;
mod features;
mod headline;
mod model;
mod overlap;
mod reading;

pub use crate::labels::{Form, Stance};
pub(crate) use features::Row;
#[cfg(feature = "train")]
pub(crate) use model::weighed;
pub use model::{StanceModel, Weights};
pub use overlap::Rarity;
pub(crate) use reading::{As, Reading};

use crate::error::{Error, Result};
use crate::language::Language;
use crate::lexicon::StanceWords;
use crate::model::{Kind, chosen, unpack};
use overlap::{Claim, Overlap};
use std::path::{Path, PathBuf};

impl Form {
    /// The kind of its model.
    pub fn kind(self) -> Kind {
        match self {
            Form::Headline => Kind::HeadlineStance,
            Form::Article => Kind::ArticleStance,
        }
    }

    pub(crate) fn read_as(self) -> As {
        match self {
            Form::Headline => As::Line,
            Form::Article => As::Article,
        }
    }
}

/// How a text stands towards a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// What the text was read as.
    pub form: Form,
    /// What speaks for each stance, in the order of [`Stance::ALL`]; together 1.
    pub scores: [f64; 4],
}

impl Verdict {
    /// The stance with the highest score, of equal ones the first.
    pub fn stance(&self) -> Stance {
        let best = (0..4).fold(0, |best, i| if self.scores[i] > self.scores[best] { i } else { best });
        Stance::ALL[best]
    }
}

/// Words by which features are found, and the models that weigh them.
#[derive(Debug)]
pub struct Judge {
    language: Language,
    words: StanceWords,
    /// In the order of [`Form::ALL`]; none where it was left out.
    models: [Option<StanceModel>; 2],
}

/// The models in the package, with their names, in the order of [`Form::ALL`]. An empty file is one that was left out.
const FILES: [(&str, &[u8]); 2] = [
    ("headline-stance.model", include_bytes!("../../data/models/en/headline-stance.model")),
    ("article-stance.model", include_bytes!("../../data/models/en/article-stance.model")),
];

impl Judge {
    /// The models of the package; those of a user, by path and content, take the place of the one of their kind.
    ///
    /// # Errors
    /// A file that is no model, is damaged, or was written by another version.
    pub fn new(own: &[(PathBuf, Vec<u8>)]) -> Result<Self> {
        let load = |form: Form| {
            let (path, file) = chosen(form.kind(), own, FILES[form as usize]);
            if file.is_empty() { Ok(None) } else { read(path, form, file).map(Some) }
        };
        Ok(Self {
            models: [load(Form::Headline)?, load(Form::Article)?],
            words: StanceWords::new()?,
            language: Language::new(own)?,
        })
    }

    /// How `text` stands towards `claim`. Without a form, a text of one sentence is read as a headline and any other as
    /// an article.
    ///
    /// # Errors
    /// A claim or a text without words, or a form whose model was left out.
    pub fn verdict(&self, claim: &str, text: &str, form: Option<Form>) -> Result<Verdict> {
        let claim = self.read(claim, As::Line);
        if !claim.has_words() {
            return Err(Error::usage("claim: expected a sentence, found no words"));
        }
        let mut reading = self.read(text, form.unwrap_or(Form::Article).read_as());
        let form = form.unwrap_or(if reading.sentences.len() > 1 { Form::Article } else { Form::Headline });
        if reading.kind != form.read_as() {
            reading = self.read(text, form.read_as());
        }
        if !reading.has_words() {
            return Err(Error::usage("text: expected sentences, found no words"));
        }
        let model = self.models[form as usize].as_ref().ok_or_else(|| {
            let kind = form.kind().name();
            Error::usage(format!("the {kind} model was left out of this package: name one of your own"))
        })?;
        let (mut about, mut stance) = (Row::default(), Row::default());
        rows(form, &model.rarity, model.dimensions(), &claim, &reading, &mut about, &mut stance);
        Ok(Verdict { form, scores: model.scores(&about, &stance) })
    }

    pub(crate) fn read(&self, text: &str, kind: As) -> Reading {
        Reading::new(text, kind, &self.language, &self.words)
    }

    /// Without models, for training them.
    #[cfg(feature = "train")]
    pub(crate) fn untrained() -> Result<Self> {
        Ok(Self { models: [None, None], words: StanceWords::new()?, language: Language::new(&[])? })
    }

    /// With one model alone, to measure it.
    #[cfg(all(test, feature = "train"))]
    pub(crate) fn with(form: Form, model: StanceModel) -> Result<Self> {
        let mut judge = Self::untrained()?;
        judge.models[form as usize] = Some(model);
        Ok(judge)
    }
}

/// The features of both steps.
pub(crate) fn rows(
    form: Form,
    rarity: &Rarity,
    dimensions: usize,
    claim: &Reading,
    text: &Reading,
    about: &mut Row,
    stance: &mut Row,
) {
    let claim = Claim::new(claim, rarity);
    let overlap = Overlap::new(&claim, text);
    about.clear();
    overlap::features(&claim, text, &overlap, about);
    about.settle(dimensions);
    stance.clear();
    match form {
        Form::Headline => headline::features(&claim, text, stance),
        Form::Article => {
            overlap::features(&claim, text, &overlap, stance);
            article::features(&claim, text, &overlap, stance);
        }
    }
    stance.settle(dimensions);
}

/// Reads the bytes of a model file.
pub(crate) fn read(path: &Path, form: Form, file: &[u8]) -> Result<StanceModel> {
    let model: StanceModel = unpack(path, form.kind(), file)?;
    if !model.is_sound() {
        let kind = form.kind().name();
        return Err(Error::file(path, format!("the parts of this {kind} model do not fit each other")));
    }
    Ok(model)
}

/// A row with one feature and a row with none.
#[cfg(all(test, feature = "train"))]
pub(crate) fn rows_for_tests() -> [Row; 2] {
    let mut with = Row::default();
    with.add(1, 1, features::ONE);
    with.settle(16);
    [with, Row::default()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static JUDGE: LazyLock<Judge> = LazyLock::new(|| Judge::new(&[]).unwrap());

    #[test]
    fn a_text_of_one_sentence_is_a_headline() {
        let form = |text| JUDGE.verdict("The ferry sank", text, None).unwrap().form;
        assert_eq!(form("Ferry sinks"), Form::Headline);
        assert_eq!(form("The ferry sank. Nobody was hurt."), Form::Article);
        assert_eq!(form("Ferry sinks\n\nNobody was hurt."), Form::Article);
    }

    #[test]
    fn what_has_no_words_is_told() {
        let fault = |claim, text| JUDGE.verdict(claim, text, None).unwrap_err().to_string();
        assert_eq!(fault("?", "Ferry sinks"), "claim: expected a sentence, found no words");
        assert_eq!(fault("The ferry sank", " \n"), "text: expected sentences, found no words");
    }

    #[cfg(feature = "train")]
    #[test]
    fn a_model_that_was_left_out_is_told() {
        let fault = Judge::untrained().unwrap().verdict("The ferry sank", "Ferry sinks", None).unwrap_err();
        assert!(fault.to_string().starts_with("the headline-stance model was left out"), "{fault}");
    }

    #[test]
    fn a_model_of_the_other_kind_is_not_taken() {
        let path = PathBuf::from("own.model");
        let fault = read(&path, Form::Article, FILES[0].1).unwrap_err().to_string();
        assert_eq!(fault, "own.model: expected a article-stance model, found a headline-stance model");
    }

    proptest! {
        #[test]
        fn any_two_texts_have_scores_that_are_1_together_or_no_words(claim in "\\PC{0,80}", text in "(\\PC|\n){0,200}") {
            for form in [None, Some(Form::Headline), Some(Form::Article)] {
                match JUDGE.verdict(&claim, &text, form) {
                    Ok(verdict) => {
                        prop_assert!((verdict.scores.iter().sum::<f64>() - 1.0).abs() < 1e-9);
                        prop_assert!(verdict.scores.iter().all(|score| (0.0..=1.0).contains(score)));
                    }
                    Err(error) => prop_assert!(error.to_string().ends_with("found no words")),
                }
            }
        }
    }
}
