//! What may stand for somebody named elsewhere: personal pronouns, and descriptions.

use super::Scene;
use super::referents::Sort;
use crate::labels::Gender;
use crate::tagset::{Fine, Pos};
use std::ops::Range;

/// The word that stands for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    He,
    She,
    It,
    They,
    /// "the agency": the head noun says what it may be.
    Description,
    I,
    We,
    You,
}

impl Form {
    fn of(word: &str) -> Option<(Form, Role)> {
        let mut lower = [0u8; 10];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        Some(match &*lower {
            b"he" => (Form::He, Role::Subject),
            b"him" => (Form::He, Role::Object),
            b"his" => (Form::He, Role::Possessive),
            b"himself" => (Form::He, Role::Reflexive),
            b"she" => (Form::She, Role::Subject),
            b"her" => (Form::She, Role::Object),
            b"hers" => (Form::She, Role::Possessive),
            b"herself" => (Form::She, Role::Reflexive),
            b"it" => (Form::It, Role::Object),
            b"its" => (Form::It, Role::Possessive),
            b"itself" => (Form::It, Role::Reflexive),
            b"they" => (Form::They, Role::Subject),
            b"them" => (Form::They, Role::Object),
            b"their" | b"theirs" => (Form::They, Role::Possessive),
            b"themselves" => (Form::They, Role::Reflexive),
            b"i" => (Form::I, Role::Subject),
            b"me" => (Form::I, Role::Object),
            b"my" | b"mine" => (Form::I, Role::Possessive),
            b"myself" => (Form::I, Role::Reflexive),
            b"we" => (Form::We, Role::Subject),
            b"us" => (Form::We, Role::Object),
            b"our" | b"ours" => (Form::We, Role::Possessive),
            b"ourselves" => (Form::We, Role::Reflexive),
            b"you" => (Form::You, Role::Object),
            b"your" | b"yours" => (Form::You, Role::Possessive),
            b"yourself" | b"yourselves" => (Form::You, Role::Reflexive),
            _ => return None,
        })
    }

    /// What the word says of a person.
    pub(crate) fn gender(self) -> Option<Gender> {
        match self {
            Form::He => Some(Gender::Male),
            Form::She => Some(Gender::Female),
            _ => None,
        }
    }

    /// Whether it stands for who speaks or is spoken to.
    pub(crate) fn is_speech(self) -> bool {
        matches!(self, Form::I | Form::We | Form::You)
    }

    /// Who is meant where nobody else is known.
    pub(super) fn nobody(self) -> Option<Sort> {
        match self {
            Form::I => Some(Sort::Speaker),
            Form::We => Some(Sort::Speakers),
            Form::You => Some(Sort::Hearer),
            _ => None,
        }
    }
}

/// What a mention is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Subject,
    Object,
    Possessive,
    Reflexive,
    Oblique,
    /// Of a noun: "the mayor of the town".
    Modifier,
    Other,
    /// Called to: "Hello, friends".
    Vocative,
}

/// A pronoun or a description in its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Anaphor {
    pub(crate) tokens: Range<usize>,
    /// The pronoun, or the noun that heads the description.
    pub(crate) head: usize,
    pub(crate) form: Form,
    pub(crate) role: Role,
    pub(crate) sentence: u32,
}

impl Anaphor {
    /// A description, by its tokens and its head noun.
    pub(crate) fn description(scene: Scene<'_>, tokens: Range<usize>, head: usize) -> Self {
        let sentence = scene.sentence(head);
        Self { role: scene.role(&tokens), tokens, head, form: Form::Description, sentence }
    }
}

/// All personal pronouns.
pub(super) fn pronouns(scene: Scene<'_>) -> Vec<Anaphor> {
    let mut found = Vec::new();
    for (sentence, range) in (0..).zip(scene.segments.sentences.iter().map(|s| s.range())) {
        for i in range {
            let Some((form, role)) = Form::of(scene.word(i)) else { continue };
            let pos = scene.syntax.tags[i].pos;
            if form.is_speech() && !matches!(pos, Pos::Pron | Pos::Det) {
                continue;
            }
            let role = match (role, scene.syntax.tags[i].fine) {
                (Role::Object, Fine::PrpPoss) => Role::Possessive,
                (Role::Object, _) => match scene.role(&(i..i + 1)) {
                    Role::Other => Role::Object,
                    role => role,
                },
                (role, _) => role,
            };
            found.push(Anaphor { tokens: i..i + 1, head: i, form, role, sentence });
        }
    }
    found
}
