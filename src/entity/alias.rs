//! Short names within one document: surnames, first names, acronyms, licensed short forms.

use super::Entities;
use crate::labels::Label;
use rustc_hash::FxHashMap;

/// An entity that goes by a short name.
#[derive(Clone, Copy, Debug)]
struct Bearer {
    entity: u32,
    /// By a word that others may bear, too: a first name, a first word.
    weak: bool,
    /// How often it was named in full, and the number of the last time.
    count: u32,
    last: usize,
}

/// The short names of the entities named in full.
#[derive(Default)]
pub(super) struct Aliases {
    bearers: FxHashMap<String, Vec<Bearer>>,
    names: usize,
}

impl Aliases {
    /// Learns the short names of a full name; every time that it stands in the text.
    pub(super) fn learn(&mut self, name: &str, entity: u32, entities: &Entities) {
        self.names += 1;
        let words: Vec<&str> = name.split_whitespace().collect();
        self.put(name, entity, false);
        match entities.label(entity) {
            Label::Per if words.len() > 1 => {
                self.put(words[words.len() - 1], entity, false);
                // "Maria del Corral": the surname may begin with a particle.
                if let Some(at) =
                    words.iter().skip(1).position(|w| w.chars().next().is_some_and(char::is_lowercase))
                {
                    self.put(&words[at + 1..].join(" "), entity, false);
                }
                self.put(words[0], entity, true);
            }
            Label::Org | Label::Outlet if words.len() > 1 => {
                let initials: String = words
                    .iter()
                    .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
                    .filter_map(|w| w.chars().next())
                    .collect();
                if initials.chars().count() > 1 {
                    self.put(&initials, entity, true);
                }
                // "Orlane" for "Orlane Shipping"; an outlet goes by its last word, too.
                if words[0].chars().count() > 3 {
                    self.put(words[0], entity, true);
                }
                if entities.label(entity) == Label::Outlet {
                    self.put(words[words.len() - 1], entity, true);
                }
            }
            _ => {}
        }
    }

    /// Learns one more name of an entity, as it stands.
    pub(super) fn put(&mut self, name: &str, entity: u32, weak: bool) {
        let bearers = self.bearers.entry(name.to_string()).or_default();
        match bearers.iter_mut().find(|bearer| bearer.entity == entity) {
            Some(bearer) => {
                bearer.count += 1;
                bearer.last = self.names;
                bearer.weak &= weak;
            }
            None => bearers.push(Bearer { entity, weak, count: 1, last: self.names }),
        }
    }

    /// The entity that a short name means here: of several that fit the one named most often, then last. A name in
    /// capitals alone is that of the speaker in a transcript.
    pub(super) fn get(&self, name: &str, fits: impl Fn(u32) -> bool) -> Option<u32> {
        let best = |name: &str| {
            let bearers = self.bearers.get(name)?.iter().filter(|bearer| fits(bearer.entity));
            bearers.max_by_key(|bearer| (!bearer.weak, bearer.count, bearer.last)).map(|bearer| bearer.entity)
        };
        best(name).or_else(|| {
            let shouted = name.len() > 3 && name.chars().all(char::is_uppercase);
            let first = name.chars().next()?;
            shouted.then(|| best(&format!("{first}{}", name[first.len_utf8()..].to_lowercase())))?
        })
    }
}
