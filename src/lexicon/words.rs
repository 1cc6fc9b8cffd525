//! What single words are: closed classes, verb forms, cues, roles, given names.

use super::cues::{Cue, Part};
use super::{inflect, reader};
use crate::error::Result;
use crate::labels::{Gender, SourceKind};
use rustc_hash::FxHashMap;
use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u64);

macro_rules! classes {
    ($($name:ident = $bit:expr;)+) => { #[allow(missing_docs)] impl Class { $(pub const $name: Class = Class(1 << $bit);)+ } };
}

classes! {
    DETERMINER = 0; POSSESSIVE = 1; SUBJECT = 2; OBJECT = 3; PERSON = 4; PREPOSITION = 5;
    AUXILIARY = 6; BE = 7; MODAL = 8; NEGATOR = 9; CONJUNCTION = 10; SUBORDINATOR = 11;
    RELATIVE = 12; WH = 13; ADVERB = 14; TIME = 15; WEEKDAY = 16; MONTH = 17;
    BASE = 18; THIRD = 19; PAST = 20; PARTICIPLE = 21; ING = 22;
    CUE_VERB = 23; CUE_NOUN = 24; CUE_ADJECTIVE = 25; ROLE = 26; PLURAL = 27; GIVEN = 28;
    VERB = 29; TO = 30; THAT = 31; CLITIC = 32; ADJECTIVE = 33; PHRASE = 34;
}

impl Class {
    /// No class.
    pub const NONE: Class = Class(0);
    /// Any verb form.
    pub const VERB_FORM: Class =
        Class(Self::BASE.0 | Self::THIRD.0 | Self::PAST.0 | Self::PARTICIPLE.0 | Self::ING.0);
    /// Verb forms that can head a clause.
    pub const FINITE: Class = Class(Self::THIRD.0 | Self::PAST.0);

    /// Whether the two sets share a class.
    pub fn any(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without `other`.
    pub fn without(self, other: Class) -> Class {
        Class(self.0 & !other.0)
    }
}

impl BitOr for Class {
    type Output = Class;
    fn bitor(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

impl BitAnd for Class {
    type Output = Class;
    fn bitand(self, other: Class) -> Class {
        Class(self.0 & other.0)
    }
}

impl BitOrAssign for Class {
    fn bitor_assign(&mut self, other: Class) {
        self.0 |= other.0;
    }
}

/// What is known of one word, in lower case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Its classes.
    pub class: Class,
    /// Index of the cue whose form it is, for verbs, nouns and adjectives apart.
    pub verb: Option<u16>,
    /// As a noun.
    pub noun: Option<u16>,
    /// As an adjective.
    pub adjective: Option<u16>,
    /// The kind of source that it names as a common noun.
    pub role: Option<SourceKind>,
    /// Of a given name or pronoun.
    pub gender: Option<Gender>,
}

/// All words that the lexicon knows.
#[derive(Debug, Default)]
pub struct Words {
    table: FxHashMap<Box<[u8]>, Word>,
}

/// The past and participle of irregular verbs.
pub(super) type Irregular = FxHashMap<String, Vec<(String, String)>>;

impl Words {
    /// The word with these letters in lower case.
    pub fn get(&self, lower: &[u8]) -> Option<&Word> {
        self.table.get(lower)
    }

    /// Notes that phrases begin with this word.
    pub(super) fn open_phrase(&mut self, word: &str) {
        self.entry(word).class |= Class::PHRASE;
    }

    fn entry(&mut self, word: &str) -> &mut Word {
        self.table.entry(word.to_lowercase().into_bytes().into()).or_default()
    }

    fn add(&mut self, word: &str, class: Class) -> &mut Word {
        let entry = self.entry(word);
        entry.class |= class;
        entry
    }

    fn add_verb(&mut self, lemma: &str, irregular: &Irregular, extra: Class, cue: Option<u16>) {
        for (form, class) in verb_forms(lemma, irregular) {
            let word = self.add(&form, class | extra | Class::VERB);
            word.verb = word.verb.or(cue);
        }
    }

    pub(super) fn read_closed(&mut self, file: &str, text: &str) -> Result<()> {
        for row in reader::rows(file, text, &["word", "class"])? {
            let class = match row.get(1) {
                "determiner" => Class::DETERMINER,
                "possessive" => Class::POSSESSIVE,
                "subject" => Class::SUBJECT,
                "object" => Class::OBJECT,
                "person" => Class::PERSON,
                "preposition" => Class::PREPOSITION,
                "auxiliary" => Class::AUXILIARY,
                "be" => Class::BE,
                "modal" => Class::MODAL,
                "negator" => Class::NEGATOR,
                "conjunction" => Class::CONJUNCTION,
                "subordinator" => Class::SUBORDINATOR,
                "relative" => Class::RELATIVE,
                "wh" => Class::WH,
                "adverb" => Class::ADVERB,
                "time" => Class::TIME,
                "weekday" => Class::WEEKDAY,
                "month" => Class::MONTH,
                "to" => Class::TO,
                "that" => Class::THAT,
                "adjective" => Class::ADJECTIVE,
                other => return Err(row.expected(format!("expected a word class, found {other:?}"))),
            };
            let word = row.filled(0, "word")?;
            self.add(word, class);
        }
        Ok(())
    }

    pub(super) fn read_verbs(&mut self, file: &str, text: &str, irregular: &Irregular) -> Result<()> {
        for row in reader::rows(file, text, &["lemma"])? {
            self.add_verb(row.filled(0, "lemma")?, irregular, Class::NONE, None);
        }
        Ok(())
    }

    pub(super) fn read_roles(&mut self, file: &str, text: &str) -> Result<()> {
        for row in reader::rows(file, text, &["noun", "kind"])? {
            let kind = SourceKind::from_name(row.get(1))
                .ok_or_else(|| row.expected(format!("expected a source kind, found {:?}", row.get(1))))?;
            let noun = row.filled(0, "noun")?;
            let plural = noun.ends_with('s') && !noun.ends_with("ss")
                || matches!(noun, "police" | "people" | "men" | "women" | "data" | "media");
            self.add(noun, if plural { Class::ROLE | Class::PLURAL } else { Class::ROLE }).role = Some(kind);
            if kind == SourceKind::Person && !noun.ends_with('s') {
                let plural = match noun.strip_suffix("man") {
                    Some(stem) => format!("{stem}men"),
                    None => inflect::plural(noun),
                };
                let word = self.add(&plural, Class::ROLE | Class::PLURAL);
                word.role = word.role.or(Some(SourceKind::Public));
            }
        }
        Ok(())
    }

    pub(super) fn read_given(&mut self, file: &str, text: &str) -> Result<()> {
        for row in reader::rows(file, text, &["name", "gender"])? {
            let gender = Gender::from_letter(row.get(1))
                .ok_or_else(|| row.expected(format!("expected m or f, found {:?}", row.get(1))))?;
            self.add(row.filled(0, "name")?, Class::GIVEN).gender = Some(gender);
        }
        Ok(())
    }

    pub(super) fn add_cues(&mut self, cues: &[Cue], irregular: &Irregular) {
        for (i, cue) in cues.iter().enumerate().filter(|(_, cue)| !cue.cue.contains(' ')) {
            let index = Some(i as u16);
            match cue.part {
                Part::Verb => self.add_verb(&cue.cue, irregular, Class::CUE_VERB, index),
                Part::Noun => {
                    self.add(&cue.cue, Class::CUE_NOUN).noun = index;
                    self.add(&inflect::plural(&cue.cue), Class::CUE_NOUN | Class::PLURAL).noun = index;
                }
                Part::Adjective => self.add(&cue.cue, Class::CUE_ADJECTIVE).adjective = index,
                Part::Phrase => {}
            }
        }
    }

    pub(super) fn set_gender(&mut self, word: &str, gender: Gender) {
        self.entry(word).gender = Some(gender);
    }
}

pub(super) fn read_irregular(file: &str, text: &str) -> Result<Irregular> {
    let mut irregular = Irregular::default();
    for row in reader::rows(file, text, &["lemma", "past", "participle"])? {
        let pair = (row.filled(1, "past")?.to_string(), row.filled(2, "participle")?.to_string());
        irregular.entry(row.filled(0, "lemma")?.to_string()).or_default().push(pair);
    }
    Ok(irregular)
}

/// All forms of a verb with their classes. The first word of a phrase is inflected.
pub(super) fn verb_forms(phrase: &str, irregular: &Irregular) -> Vec<(String, Class)> {
    let (lemma, rest) = match phrase.split_once(' ') {
        Some((lemma, rest)) => (lemma, format!(" {rest}")),
        None => (phrase, String::new()),
    };
    let forms = inflect::verb(lemma, irregular.get(lemma).map_or(&[][..], Vec::as_slice));
    let mut all = vec![(lemma.to_string(), Class::BASE), (forms.third, Class::THIRD)];
    all.extend(forms.past.into_iter().map(|f| (f, Class::PAST)));
    all.extend(forms.participle.into_iter().map(|f| (f, Class::PARTICIPLE)));
    all.extend(forms.ing.into_iter().map(|f| (f, Class::ING)));
    for (form, _) in &mut all {
        form.push_str(&rest);
    }
    all
}
