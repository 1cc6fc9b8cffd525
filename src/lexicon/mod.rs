//! All lists together: words, cues, terms, titles and the gazetteer, read from TSV files that a person edits.
//!
//! The built-in files are embedded; a user's files extend or replace their rows.

mod cues;
mod gazetteer;
mod inflect;
mod offices;
mod opinions;
mod people;
mod reader;
mod stances;
mod words;

pub use cues::{Complement, Cue, Part, Sense};
pub use gazetteer::{Entry, Form, Gazetteer, Owner, Surface};
pub use offices::{OfficeAt, Offices};
pub use opinions::{Opinion, Opinions};
pub use people::People;
pub use stances::{SIGNALS, Signals, StanceWords};
pub use words::{Class, Word, Words};

use crate::error::{Error, Result};
use crate::labels::{Gender, Label};
use crate::matcher::Matcher;
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};

macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../data/", $path)))),+]
    };
}

/// The embedded files, by path below `data/`.
pub const FILES: &[(&str, &str)] = embedded![
    "lexicon/en/words.tsv",
    "lexicon/en/irregular_verbs.tsv",
    "lexicon/en/verbs.tsv",
    "lexicon/en/lemmas.tsv",
    "lexicon/en/roles.tsv",
    "lexicon/en/given_names.tsv",
    "lexicon/en/surnames.tsv",
    "lexicon/en/name_words.tsv",
    "lexicon/en/cues.tsv",
    "lexicon/en/opinions.tsv",
    "lexicon/en/terms.tsv",
    "lexicon/en/titles.tsv",
    "lexicon/en/offices.tsv",
    "lexicon/en/acting_words.tsv",
    "lexicon/en/claim_words.tsv",
    "gazetteer/countries.tsv",
    "gazetteer/places.tsv",
    "gazetteer/organisations.tsv",
    "gazetteer/people.tsv",
    "gazetteer/outlets.tsv",
    "gazetteer/offices.tsv",
];

/// A user's own lists, each file as (name for messages, text).
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Cues (the columns of `cues.tsv`) or terms (those of `terms.tsv`), told apart by the header.
    pub lexicon: Vec<(String, String)>,
    /// Gazetteer files (the columns of `people.tsv`) and files of offices (those of `gazetteer/offices.tsv`), told apart
    /// by the header.
    pub gazetteer: Vec<(String, String)>,
    /// Names with ids, and labels where they are known.
    pub names: Vec<(String, String, Option<Label>)>,
}

/// What a term does to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Weakens it to probable.
    Probable,
    /// Weakens it to possible.
    Possible,
    /// Strengthens it.
    Booster,
    /// Turns it.
    Negator,
    /// Judges well.
    Good,
    /// Judges badly.
    Bad,
    /// Lays a deed at a door.
    Guilt,
    /// Clears, or calls a claim false.
    Untrue,
    /// Lowers trust.
    Doubtful,
}

/// What a phrase of the lexicon is.
#[derive(Clone, Copy, Debug)]
pub enum Phrase {
    /// A cue of several words, as an index into the cues, with the form of its verb.
    Cue(u16, Class),
    /// A term.
    Term(Term),
}

/// What a case-sensitive name is.
#[derive(Clone, Copy, Debug)]
pub enum Name {
    /// A surface form, as an index into the gazetteer's surfaces.
    Surface(u32),
    /// A title before a name.
    Title(Option<Gender>),
}

/// All lists, compiled for use.
#[derive(Debug)]
pub struct Lexicon {
    /// Single words.
    pub words: Words,
    /// Cues of every part of speech.
    pub cues: Vec<Cue>,
    /// Names.
    pub gazetteer: Gazetteer,
    /// Words that judge.
    pub opinions: Opinions,
    /// Offices and their holders.
    pub offices: Offices,
    /// The people of the gazetteer, however their names are spelled.
    pub people: People,
    acting: FxHashSet<(&'static str, Part)>,
    name_words: FxHashMap<&'static str, Label>,
    surnames: FxHashSet<&'static str>,
    phrases: Vec<Phrase>,
    phrase_matcher: Matcher,
    names: Vec<Name>,
    name_matcher: Matcher,
}

impl Lexicon {
    /// Reads the embedded files and the user's own.
    ///
    /// # Errors
    /// A row that is not what it should be: file, line and what was expected.
    pub fn new(own: &Own) -> Result<Self> {
        let irregular =
            words::read_irregular("irregular_verbs.tsv", embedded("lexicon/en/irregular_verbs.tsv"))?;
        let mut cues = Vec::new();
        cues::read(&mut cues, "cues.tsv", embedded("lexicon/en/cues.tsv"))?;
        let mut terms = read_terms("terms.tsv", embedded("lexicon/en/terms.tsv"))?;
        for (file, text) in &own.lexicon {
            if has_column(text, "term") {
                terms.extend(read_terms(file, text)?);
            } else {
                cues::read(&mut cues, file, text)?;
            }
        }
        if cues.len() > u16::MAX as usize {
            return Err(Error::usage(format!("{} cues; at most {} fit", cues.len(), u16::MAX)));
        }
        let mut words = Words::default();
        words.read_closed("words.tsv", embedded("lexicon/en/words.tsv"))?;
        words.read_verbs("verbs.tsv", embedded("lexicon/en/verbs.tsv"), &irregular)?;
        words.read_roles("roles.tsv", embedded("lexicon/en/roles.tsv"))?;
        words.read_given("given_names.tsv", embedded("lexicon/en/given_names.tsv"))?;
        words.add_cues(&cues, &irregular);
        for (word, gender) in [("he", Gender::Male), ("him", Gender::Male), ("his", Gender::Male)] {
            words.set_gender(word, gender);
        }
        for (word, gender) in [("she", Gender::Female), ("her", Gender::Female)] {
            words.set_gender(word, gender);
        }

        let mut name_words = FxHashMap::default();
        for row in reader::rows("name_words.tsv", embedded("lexicon/en/name_words.tsv"), &["word", "label"])?
        {
            let label = Label::from_name(row.get(1)).ok_or_else(|| row.expected("expected a label"))?;
            name_words.insert(row.filled(0, "word")?, label);
        }

        let surnames = reader::rows("surnames.tsv", embedded("lexicon/en/surnames.tsv"), &["name"])?;
        let surnames = surnames.iter().map(|row| row.filled(0, "name")).collect::<Result<_>>()?;

        let (mut phrases, mut patterns) = (Vec::new(), Vec::new());
        for (i, cue) in cues.iter().enumerate() {
            if cue.part == Part::Phrase {
                patterns.push(cue.cue.to_string());
                phrases.push(Phrase::Cue(i as u16, Class::NONE));
            } else if cue.cue.contains(' ') {
                for (form, class) in words::verb_forms(&cue.cue, &irregular) {
                    // Past and participle are often one form: the first row holds both.
                    if let Some(at) = patterns.iter().position(|p| *p == form) {
                        if let Phrase::Cue(_, known) = &mut phrases[at] {
                            *known |= class;
                        }
                        continue;
                    }
                    patterns.push(form);
                    phrases.push(Phrase::Cue(i as u16, class));
                }
            }
        }
        for (term, kind) in terms {
            patterns.push(term);
            phrases.push(Phrase::Term(kind));
        }
        for pattern in &patterns {
            words.open_phrase(pattern.split(' ').next().unwrap_or(pattern));
        }
        let phrase_matcher =
            Matcher::new(patterns.iter().enumerate().map(|(i, p)| (p.as_str(), i as u32)), true)?;

        let built_in = FILES.iter().copied().filter(|(path, _)| path.starts_with("gazetteer/"));
        let own_files = own.gazetteer.iter().map(|(file, text)| (file.as_str(), text.as_str()));
        let (office_files, files): (Vec<_>, Vec<_>) =
            built_in.chain(own_files).partition(|(_, text)| has_column(text, "office"));
        let mut gazetteer = Gazetteer::read(files)?;
        for (name, id, _) in &own.names {
            if name.trim().is_empty() || id.trim().is_empty() {
                return Err(Error::usage(format!("expected a name and an id, found {name:?}: {id:?}")));
            }
        }
        gazetteer.add_names(&own.names);
        let mut offices = Offices::default();
        for (file, text) in office_files {
            offices.read(file, text, &gazetteer)?;
        }
        offices.read_names("lexicon/en/offices.tsv", embedded("lexicon/en/offices.tsv"), &gazetteer)?;
        let people = People::new(&gazetteer);
        let acting = read_acting("acting_words.tsv", embedded("lexicon/en/acting_words.tsv"))?;
        let mut names: Vec<Name> = (0..gazetteer.surfaces.len() as u32).map(Name::Surface).collect();
        // Full forms first: of two equal patterns the first holds.
        names.sort_by_key(|name| match name {
            Name::Surface(i) => gazetteer.surfaces[*i as usize].form == Form::Short,
            Name::Title(_) => true,
        });
        let mut patterns: Vec<String> = names
            .iter()
            .filter_map(|name| match name {
                Name::Surface(i) => Some(gazetteer.surfaces[*i as usize].text.to_string()),
                Name::Title(_) => None,
            })
            .collect();
        for row in reader::rows("titles.tsv", embedded("lexicon/en/titles.tsv"), &["title", "gender"])? {
            patterns.push(row.filled(0, "title")?.to_string());
            names.push(Name::Title(Gender::from_letter(row.get(1))));
        }
        let opinions = Opinions::read("opinions.tsv", embedded("lexicon/en/opinions.tsv"))?;
        let name_matcher =
            Matcher::new(patterns.iter().enumerate().map(|(i, p)| (p.as_str(), i as u32)), false)?;
        Ok(Self {
            words,
            cues,
            gazetteer,
            opinions,
            offices,
            people,
            acting,
            name_words,
            surnames,
            phrases,
            phrase_matcher,
            names,
            name_matcher,
        })
    }

    /// What a name with this word at its end names ("Board": an organisation).
    pub fn name_word(&self, word: &str) -> Option<Label> {
        self.name_words.get(word).copied()
    }

    /// Whether the word is a surname.
    pub fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    /// Whether a verb, by its lemma, or a noun says what states do or have and cities do not: "annex", "troops".
    pub fn is_acting(&self, word: &str, part: Part) -> bool {
        self.acting.contains(&(word, part))
    }

    /// The cue of several words or the term that begins at byte `start`, where a word begins.
    pub fn phrase_at(&self, text: &str, start: u32) -> Option<(Span, Phrase)> {
        self.phrase_matcher.find_at(text, start as usize).map(|m| (m.span, self.phrases[m.id as usize]))
    }

    /// The name or title that begins at byte `start`, where a word begins.
    pub fn name_at(&self, text: &str, start: u32) -> Option<(Span, Name)> {
        self.name_matcher.find_at(text, start as usize).map(|m| (m.span, self.names[m.id as usize]))
    }
}

/// Whether the header of a file has a column.
fn has_column(text: &str, column: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    header.is_some_and(|header| header.split('\t').any(|cell| cell.trim() == column))
}

/// The text of an embedded file; empty where there is none of that name.
pub(crate) fn embedded(path: &str) -> &'static str {
    FILES.iter().find(|(p, _)| *p == path).map_or("", |(_, text)| text)
}

fn read_acting<'t>(file: &'t str, text: &'t str) -> Result<FxHashSet<(&'t str, Part)>> {
    reader::rows(file, text, &["word", "part"])?
        .iter()
        .map(|row| {
            let part = match row.get(1) {
                "verb" => Part::Verb,
                "noun" => Part::Noun,
                other => return Err(row.expected(format!("expected verb or noun, found {other:?}"))),
            };
            Ok((row.filled(0, "word")?, part))
        })
        .collect()
}

fn read_terms(file: &str, text: &str) -> Result<Vec<(String, Term)>> {
    reader::rows(file, text, &["term", "kind"])?
        .iter()
        .map(|row| {
            let kind = match row.get(1) {
                "probable" => Term::Probable,
                "possible" => Term::Possible,
                "booster" => Term::Booster,
                "negator" => Term::Negator,
                "good" => Term::Good,
                "bad" => Term::Bad,
                "guilt" => Term::Guilt,
                "untrue" => Term::Untrue,
                "doubtful" => Term::Doubtful,
                other => {
                    return Err(row.expected(format!(
                        "expected probable, possible, booster, negator, good, bad, guilt, untrue or doubtful, found {other:?}"
                    )));
                }
            };
            Ok((row.filled(0, "term")?.to_lowercase(), kind))
        })
        .collect()
}
