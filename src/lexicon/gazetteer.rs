//! The gazetteer: names, what they name, and for whom they speak.

use super::reader;
use crate::error::Result;
use crate::labels::{Gender, Label};
use rustc_hash::FxHashMap;

/// An entity that the gazetteer knows.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `country:UKR`, `person:volodymyr-zelenskyy`, ...
    pub id: Box<str>,
    /// What kind of thing it is.
    pub label: Label,
    /// Canonical name.
    pub name: Box<str>,
    /// Index of the entity for which it speaks ("Moscow": Russia).
    pub speaks_for: Option<u32>,
    /// Of a person.
    pub gender: Option<Gender>,
    /// The country that it belongs to, as an index.
    pub country: Option<u32>,
    /// Offices and descriptions, separated by `|`.
    pub role: Box<str>,
    /// Of an outlet.
    pub owner: Option<Owner>,
}

/// Who owns an outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Somebody on the lists, as an index.
    Entity(u32),
    /// Somebody who is not.
    Name(Box<str>),
}

/// How sure a surface form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Means the entity by itself.
    Full,
    /// Means it where a full form stands in the same document.
    Short,
    /// An adjective or a people ("Ukrainian", "Ukrainians").
    Demonym,
}

/// A surface form and what it means.
#[derive(Clone, Debug)]
pub struct Surface {
    /// The letters, case-sensitive.
    pub text: Box<str>,
    /// How sure it is.
    pub form: Form,
    /// Indices of the entities; several only for short forms.
    pub entries: Vec<u32>,
}

/// All entities and surface forms.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// In the order of the files.
    pub entries: Vec<Entry>,
    /// Each text once for full forms and demonyms together, once for short ones.
    pub surfaces: Vec<Surface>,
    by_id: FxHashMap<Box<str>, u32>,
}

const COLUMNS: [&str; 10] =
    ["id", "label", "name", "variants", "short", "demonyms", "speaks_for", "gender", "country", "role"];

impl Gazetteer {
    /// Reads files of (name, text). A later row with an id that is there replaces the entry and adds its forms;
    /// a later full form takes the place of an earlier one.
    pub(super) fn read<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Self> {
        let mut gazetteer = Self::default();
        let mut links = Vec::new();
        let mut places = FxHashMap::default();
        for (file, text) in files {
            for row in reader::rows_with(file, text, &COLUMNS, &["owner"])? {
                let label = Label::from_name(row.get(1))
                    .ok_or_else(|| row.expected(format!("expected a label, found {:?}", row.get(1))))?;
                let entry = Entry {
                    id: row.filled(0, "id")?.into(),
                    label,
                    name: row.filled(2, "name")?.into(),
                    speaks_for: None,
                    gender: Gender::from_letter(row.get(7)),
                    country: None,
                    role: row.get(9).into(),
                    owner: (!row.get(10).is_empty()).then(|| Owner::Name(row.get(10).into())),
                };
                let index = gazetteer.put(entry);
                let mut link = |cell: usize, column: &'static str| {
                    let error =
                        row.expected(format!("expected a known id in {column}, found {:?}", row.get(cell)));
                    links.push((index, row.get(cell).to_string(), column, error));
                };
                if !row.get(6).is_empty() {
                    link(6, "speaks_for");
                }
                // A name has no colon.
                if row.get(10).contains(':') {
                    link(10, "owner");
                }
                if let Some(&country) = gazetteer.by_id.get(format!("country:{}", row.get(8)).as_str()) {
                    gazetteer.entries[index as usize].country = Some(country);
                }
                let lists = [(3, Form::Full), (4, Form::Short), (5, Form::Demonym)];
                gazetteer.surface(row.get(2), Form::Full, index, &mut places);
                for (column, form) in lists {
                    for text in row.get(column).split('|').map(str::trim).filter(|t| !t.is_empty()) {
                        gazetteer.surface(text, form, index, &mut places);
                    }
                }
            }
        }
        for (index, id, column, error) in links {
            let Some(&target) = gazetteer.by_id.get(id.as_str()) else { return Err(error) };
            let entry = &mut gazetteer.entries[index as usize];
            match column {
                "owner" => entry.owner = Some(Owner::Entity(target)),
                _ => entry.speaks_for = Some(target),
            }
        }
        Ok(gazetteer)
    }

    /// Adds names of the user's own with their ids. Where no label is given it follows from the id's prefix, ORG where
    /// that tells nothing.
    pub(super) fn add_names(&mut self, names: &[(String, String, Option<Label>)]) {
        let mut places = self.places();
        for (name, id, label) in names {
            let (name, id) = (name.trim(), id.trim());
            let label = label.unwrap_or(match id.split_once(':').map_or("", |(prefix, _)| prefix) {
                "person" => Label::Per,
                "country" | "region" => Label::Gpe,
                "place" => Label::Loc,
                "outlet" => Label::Outlet,
                "norp" => Label::Norp,
                _ => Label::Org,
            });
            let index = match self.by_id.get(id) {
                Some(&index) => index,
                None => self.put(Entry {
                    id: id.into(),
                    label,
                    name: name.into(),
                    speaks_for: None,
                    gender: None,
                    country: None,
                    role: "".into(),
                    owner: None,
                }),
            };
            self.surface(name, Form::Full, index, &mut places);
        }
    }

    /// The index of the entity with this id.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    fn put(&mut self, entry: Entry) -> u32 {
        if let Some(&index) = self.by_id.get(&entry.id) {
            self.entries[index as usize] = entry;
            return index;
        }
        let index = self.entries.len() as u32;
        self.by_id.insert(entry.id.clone(), index);
        self.entries.push(entry);
        index
    }

    fn places(&self) -> FxHashMap<(Box<str>, bool), usize> {
        let key = |s: &Surface| (s.text.clone(), s.form == Form::Short);
        self.surfaces.iter().enumerate().map(|(i, s)| (key(s), i)).collect()
    }

    fn surface(
        &mut self,
        text: &str,
        form: Form,
        entry: u32,
        places: &mut FxHashMap<(Box<str>, bool), usize>,
    ) {
        let short = form == Form::Short;
        let mut texts = vec![text.to_string()];
        // Straight and curly apostrophes are one letter to a reader.
        if text.contains('\'') {
            texts.push(text.replace('\'', "\u{2019}"));
        } else if text.contains('\u{2019}') {
            texts.push(text.replace('\u{2019}', "'"));
        }
        for text in texts {
            match places.get(&(text.as_str().into(), short)) {
                Some(&i) if short => {
                    if !self.surfaces[i].entries.contains(&entry) {
                        self.surfaces[i].entries.push(entry);
                    }
                }
                Some(&i) => self.surfaces[i] = Surface { text: text.into(), form, entries: vec![entry] },
                None => {
                    places.insert((text.as_str().into(), short), self.surfaces.len());
                    self.surfaces.push(Surface { text: text.into(), form, entries: vec![entry] });
                }
            }
        }
    }
}
