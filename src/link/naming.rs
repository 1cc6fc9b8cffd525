//! What a set of names is called, and why a name is in it.

use super::census::Tally;
use super::names::Name;
use super::{Kind, Reason};
use crate::spelling::folded;

/// The name that stands for a set: that of a list, else a full one, the commonest, of those the longest.
pub(super) fn best<'n>(ranks: &[u32], names: &'n [Name]) -> &'n Name {
    let worth = |rank: &u32| {
        let name = &names[*rank as usize];
        let full = name.people().any(|person| person.is_full())
            || name.bodies().any(|body| body.words.len() > 1 && body.acronym.is_none());
        let length = name.tally.key.name.len() as i64;
        // "John Robert Haldane" says more than "John Haldane", "The River Party" and "Orlane Ltd" do not.
        let length = if name.kind == Kind::Person { length } else { -length };
        let Tally { documents, mentions, .. } = name.tally;
        (name.known.is_some(), full, documents, mentions, length, std::cmp::Reverse(*rank))
    };
    let best = ranks.iter().copied().max_by_key(|rank| worth(rank)).unwrap_or(0);
    &names[best as usize]
}

/// Why a name belongs to the set that `best` stands for; `letters` are those of its name.
pub(super) fn reason(name: &Name, best: &Name, letters: &str) -> Reason {
    if name.known.is_some() {
        return Reason::Gazetteer;
    }
    if folded(&name.tally.key.name) == letters {
        return Reason::Name;
    }
    let short = match (name.people().next(), name.bodies().next()) {
        (Some(person), _) => {
            let longer = best.people().next().is_some_and(|other| other.tokens.len() > person.tokens.len());
            !person.is_full() || longer
        }
        (_, Some(body)) => {
            body.acronym.is_some()
                || best.bodies().next().is_some_and(|other| other.words.len() > body.words.len())
        }
        _ => false,
    };
    if short { Reason::Short } else { Reason::Variant }
}
