//! Mentions: places that name something. Entities: what they name.

mod acronym;
mod alias;
mod candidates;
mod mention;
mod office;
mod outlet;
mod shape;
mod spelled;

pub use crate::labels::{Label, Via};
pub use mention::{Seen, find};

use crate::date::Period;
use crate::labels::Gender;
use crate::lexicon::Lexicon;
use crate::span::Span;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What a record tells beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Published<'r> {
    /// Who published it.
    pub outlet: Option<&'r str>,
    /// When.
    pub date: Option<Period>,
}

/// A place in the text that names something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What kind of thing it names.
    pub label: Label,
    /// Index into the document's entities.
    pub entity: u32,
    /// How it was found.
    pub via: Via,
    /// How likely the entity is right, of a pronoun or a description; see `docs/entities.md`.
    pub confidence: Option<f32>,
}

/// All places of a document that mean one and the same: an entity, or somebody or something that is never named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Index into the document's entities; none for what has no name.
    pub entity: Option<u32>,
    /// Names, pronouns and noun phrases up to their head noun, in text order; two and more.
    pub places: Vec<Span>,
}

/// What mentions of one document name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// `country:UKR`, `person:volodymyr-zelenskyy`, ...; a name that no list knows gets one from its letters.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What kind of thing it is.
    pub label: Label,
}

/// The entities of a document while it is analysed, with what only the analysis needs to know of them.
#[derive(Debug, Default)]
pub struct Entities {
    /// What the document shows.
    pub entities: Vec<Entity>,
    facts: Vec<Facts>,
    by_row: FxHashMap<u32, u32>,
    by_id: FxHashMap<String, u32>,
}

/// What is known of an entity beside its name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// Its row in the gazetteer.
    pub gazetteer: Option<u32>,
    /// Of a person; learned from titles and pronouns too.
    pub gender: Option<Gender>,
}

impl Entities {
    /// The entity with this gazetteer row, added if it is new.
    pub fn known(&mut self, row: u32, lexicon: &Lexicon) -> u32 {
        if let Some(&i) = self.by_row.get(&row) {
            return i;
        }
        let entry = &lexicon.gazetteer.entries[row as usize];
        let index = match self.by_id.get(&*entry.id) {
            // Taken for a name that no list knows, elsewhere in the document.
            Some(&index) => {
                self.facts[index as usize].gazetteer = Some(row);
                index
            }
            None => {
                let entity =
                    Entity { id: entry.id.to_string(), name: entry.name.to_string(), label: entry.label };
                self.push(entity, Facts { gazetteer: Some(row), gender: entry.gender })
            }
        };
        self.by_row.insert(row, index);
        index
    }

    /// The entity with this name that no list knows, added if it is new.
    fn unknown(&mut self, name: &str, label: Label, gender: Option<Gender>) -> u32 {
        let id = format!("{}:{}", prefix(label), slug(name));
        if let Some(&i) = self.by_id.get(&id) {
            let facts = &mut self.facts[i as usize];
            facts.gender = facts.gender.or(gender);
            return i;
        }
        self.push(Entity { id, name: name.to_string(), label }, Facts { gazetteer: None, gender })
    }

    fn push(&mut self, entity: Entity, facts: Facts) -> u32 {
        self.by_id.insert(entity.id.clone(), self.entities.len() as u32);
        self.entities.push(entity);
        self.facts.push(facts);
        self.entities.len() as u32 - 1
    }

    /// The campaign of a candidate, added if it is new.
    pub fn campaign(&mut self, person: u32) -> u32 {
        let name = format!("{} campaign", self.entities[person as usize].name);
        self.unknown(&name, Label::Org, None)
    }

    /// Whether the campaign of this person was named.
    pub fn has_campaign(&self, person: u32) -> bool {
        let name = format!("{} campaign", self.entities[person as usize].name);
        self.by_id.contains_key(&format!("{}:{}", prefix(Label::Org), slug(&name)))
    }

    /// What is known of entity `index` beside its name.
    pub fn facts(&self, index: u32) -> Facts {
        self.facts.get(index as usize).copied().unwrap_or_default()
    }

    /// Learns the gender of a person.
    pub fn set_gender(&mut self, index: u32, gender: Gender) {
        if let Some(facts) = self.facts.get_mut(index as usize) {
            facts.gender = facts.gender.or(Some(gender));
        }
    }

    /// The kind of thing that entity `index` is.
    pub fn label(&self, index: u32) -> Label {
        self.entities[index as usize].label
    }

    /// Whether a place or building houses somebody for whom its name may stand: a capital, a palace.
    pub fn houses(&self, index: u32, lexicon: &Lexicon) -> bool {
        let row = self.facts(index).gazetteer;
        row.is_some_and(|row| lexicon.gazetteer.entries[row as usize].speaks_for.is_some())
    }

    /// The entity for which `index` speaks as a source: the state behind its capital or seat of power.
    pub fn speaker(&mut self, index: u32, lexicon: &Lexicon) -> u32 {
        match self.facts(index).gazetteer.and_then(|row| lexicon.gazetteer.entries[row as usize].speaks_for) {
            Some(row) => self.known(row, lexicon),
            None => index,
        }
    }
}

/// What the id of a name that no list knows begins with.
pub(crate) fn prefix(label: Label) -> &'static str {
    match label {
        Label::Per => "person",
        Label::Org => "org",
        Label::Gpe | Label::Loc => "place",
        Label::Norp => "norp",
        Label::Outlet => "outlet",
    }
}

/// Lower-case letters and digits, everything else a single hyphen; behind the prefix the id of a name that no list knows.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() && !matches!(c, '\'' | '\u{2019}') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
