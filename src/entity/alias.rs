//! Short names within one document: surnames, first names, acronyms, licensed short forms.

use super::Entities;
use crate::labels::Label;
use rustc_hash::FxHashMap;

/// The short names of the entities named in full so far.
#[derive(Default)]
pub(super) struct Aliases {
    entity: FxHashMap<String, u32>,
}

impl Aliases {
    /// Learns the short names of a full name.
    pub(super) fn learn(&mut self, name: &str, entity: u32, entities: &Entities) {
        if self.get(name) == Some(entity) {
            return;
        }
        let words: Vec<&str> = name.split_whitespace().collect();
        self.put(name, entity);
        match entities.label(entity) {
            Label::Per if words.len() > 1 => {
                self.put(words[words.len() - 1], entity);
                // "Maria del Corral": the surname may begin with a particle.
                if let Some(at) =
                    words.iter().skip(1).position(|w| w.chars().next().is_some_and(char::is_lowercase))
                {
                    self.put(&words[at + 1..].join(" "), entity);
                }
                self.put_weak(words[0], entity);
            }
            Label::Org | Label::Outlet if words.len() > 1 => {
                let initials: String = words
                    .iter()
                    .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
                    .filter_map(|w| w.chars().next())
                    .collect();
                if initials.chars().count() > 1 {
                    self.put_weak(&initials, entity);
                }
                // "Orlane" for "Orlane Shipping"; an outlet goes by its last word, too.
                if words[0].chars().count() > 3 {
                    self.put_weak(words[0], entity);
                }
                if entities.label(entity) == Label::Outlet {
                    self.put_weak(words[words.len() - 1], entity);
                }
            }
            _ => {}
        }
    }

    /// The entity that a short name means here.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        self.entity.get(name).copied()
    }

    fn put(&mut self, name: &str, entity: u32) {
        self.entity.insert(name.to_string(), entity);
    }

    fn put_weak(&mut self, name: &str, entity: u32) {
        self.entity.entry(name.to_string()).or_insert(entity);
    }
}
