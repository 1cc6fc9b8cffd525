//! Noun phrases that name nobody: "a neighbour", "the harbour board's members", "ferries".

use super::referents::{Sort, Unnamed};
use super::{Scene, people};
use crate::labels::SourceKind;
use crate::lexicon::Class;
use crate::model::join;
use crate::parse::Arc;
use crate::segment::TokenKind;
use crate::tagset::{Fine, Pos, Rel};
use std::ops::Range;

/// Words before the head that are looked at.
const BEFORE: usize = 8;

/// How a phrase begins: whether it can mean something told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Indefinite,
    Bare,
    /// "the", "this".
    Definite,
    /// "her", "the company's".
    Owned,
    /// "as a child", "became a nurse": the same as the subject of the verb.
    As,
    /// Called by name, in capitals, that no list and no model knows as one: always the same.
    Proper,
    /// "you guys", "we sailors".
    Called,
}

/// A noun phrase in its place.
#[derive(Clone, Debug)]
pub(super) struct Nominal {
    pub(super) tokens: Range<usize>,
    pub(super) head: usize,
    pub(super) opening: Opening,
    /// The last token of who owns it, where the phrase begins with one.
    pub(super) owner: Option<usize>,
    /// What it is in apposition to: "Iven Maro, the harbour master".
    pub(super) same: Option<usize>,
    /// The words before the head together, 0 for none.
    pub(super) modifiers: u32,
}

/// All noun phrases that no name heads, in text order. `named` says of each token whether it is part of a name.
pub(super) fn phrases(scene: Scene<'_>, named: &[bool]) -> Vec<Nominal> {
    let arcs = &scene.syntax.arcs;
    let mut predicate = vec![false; arcs.len()];
    for arc in arcs.iter().flatten().filter(|arc| arc.rel == Rel::Cop) {
        predicate[arc.head as usize] = true;
    }
    let mut same: Vec<Option<usize>> = vec![None; arcs.len()];
    for (i, arc) in arcs.iter().enumerate() {
        if let Some(arc) = arc.filter(|arc| arc.rel == Rel::Appos) {
            let head = arc.head as usize;
            // The later one joins the earlier.
            let (one, other) = if named[i] || head > i { (head, i) } else { (i, head) };
            same[one] = Some(other);
        }
    }
    let mut found: Vec<Nominal> = Vec::new();
    for sentence in &scene.segments.sentences {
        let range = sentence.range();
        for head in range.clone() {
            if named[head] || !is_head(scene, head, range.end) || predicate[head] {
                continue;
            }
            let same = same[head].or_else(|| called(scene, head, range.end, named));
            found.push(Nominal { same, ..phrase(scene, head, range.start, named, found.last()) });
        }
    }
    found
}

/// "his deputy, Mrs. Finch", where no tree says so: the name behind what a person is.
fn called(scene: Scene<'_>, head: usize, end: usize, named: &[bool]) -> Option<usize> {
    if scene.syntax.arcs[head].is_some() || !is_human(scene, head) {
        return None;
    }
    let comma = usize::from(head + 1 < end && scene.word(head + 1) == ",");
    let mut i = head + 1 + comma;
    while i < end && !named[i] && scene.syntax.tags[i].pos == Pos::Propn && i < head + 4 {
        i += 1;
    }
    (i < end && named[i]).then_some(i)
}

/// Whether a noun says what somebody is.
fn is_human(scene: Scene<'_>, i: usize) -> bool {
    people::names_people(scene.syntax.words[i].lower)
        || matches!(scene.tags[i].role, Some(SourceKind::Person | SourceKind::Anonymous))
}

/// Whether a noun ends its run of nouns and is no time.
fn is_head(scene: Scene<'_>, i: usize, end: usize) -> bool {
    let pos = |i: usize| scene.syntax.tags[i].pos;
    let someone = |i: usize| scene.syntax.tags[i].fine == Fine::Nn && pos(i) == Pos::Pron;
    let noun = |i: usize| {
        let person = || people::names_people(scene.syntax.words[i].lower);
        matches!(pos(i), Pos::Noun | Pos::Propn) || someone(i) && person()
    };
    noun(i)
        && scene.segments.tokens[i].kind == TokenKind::Word
        && !(i + 1 < end && noun(i + 1) && scene.segments.tokens[i + 1].kind == TokenKind::Word)
        && !scene.tags[i].is(Class::WEEKDAY | Class::MONTH | Class::TIME)
}

fn phrase(scene: Scene<'_>, head: usize, first: usize, named: &[bool], before: Option<&Nominal>) -> Nominal {
    let tags = &scene.syntax.tags;
    let mut start = head;
    let mut opening = if tags[head].pos == Pos::Propn { Opening::Proper } else { Opening::Bare };
    let (mut owner, mut modifiers) = (None, 0);
    while start > first && head - start < BEFORE {
        let i = start - 1;
        match (tags[i].pos, tags[i].fine) {
            (Pos::Det | Pos::Pron, Fine::Dt) => {
                opening = match (opening, scene.word(i)) {
                    (Opening::Proper, _) => Opening::Proper,
                    (_, word) if DEFINITE.iter().any(|known| known.eq_ignore_ascii_case(word)) => {
                        Opening::Definite
                    }
                    _ => Opening::Indefinite,
                };
                start = i;
                break;
            }
            (_, Fine::PrpPoss) => {
                (opening, owner, start) = (Opening::Owned, Some(i), i);
                break;
            }
            (Pos::Pron | Pos::Det, Fine::Prp)
                if CALLED.iter().any(|known| known.eq_ignore_ascii_case(scene.word(i)))
                    && tags[head].fine == Fine::Nns
                    && people::names_people(scene.syntax.words[head].lower) =>
            {
                (opening, start) = (Opening::Called, i);
                break;
            }
            _ if scene.tags[i].is(Class::CLITIC) && i > first => {
                (opening, owner) = (Opening::Owned, Some(i - 1));
                let owned = before.filter(|before| before.tokens.end == i);
                start = owned.map_or(i - 1, |owner| owner.tokens.start);
                while start > first && named[start] && named[start - 1] {
                    start -= 1;
                }
                break;
            }
            (Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num, _) => {
                modifiers = join(modifiers, scene.syntax.words[i].lower).max(1);
                start = i;
            }
            _ => break,
        }
    }
    if start > first && scene.word(start - 1).eq_ignore_ascii_case("as") && opening != Opening::Definite {
        opening = Opening::As;
    }
    let becomes = |arc: Arc| {
        matches!(arc.rel, Rel::Xcomp | Rel::Obj)
            && BECOME.iter().any(|known| known.eq_ignore_ascii_case(scene.word(arc.head as usize)))
    };
    if scene.syntax.arcs[head].is_some_and(becomes) {
        opening = Opening::As;
    }
    let tokens = start..head + 1;
    Nominal { tokens, head, opening, owner, same: None, modifiers }
}

const CALLED: [&str; 2] = ["you", "we"];
const BECOME: [&str; 4] = ["become", "becomes", "became", "becoming"];
const DEFINITE: [&str; 5] = ["the", "this", "that", "these", "those"];

impl Nominal {
    /// What is known of it when it stands alone.
    pub(super) fn alone(&self, scene: Scene<'_>) -> Unnamed {
        let tags = scene.syntax.tags[self.head];
        let word = &scene.syntax.words[self.head];
        let plural = matches!(tags.fine, Fine::Nns | Fine::Nnps);
        let role = scene.tags[self.head].role;
        let person = people::gender(word.lower);
        let human = is_human(scene, self.head);
        let body = matches!(role, Some(SourceKind::Organisation | SourceKind::State | SourceKind::Outlet));
        let group = matches!(role, Some(SourceKind::Public | SourceKind::OfficialGroup));
        let several = plural || GROUPS.iter().any(|known| known.eq_ignore_ascii_case(scene.word(self.head)));
        let sort = match (tags.pos, several) {
            (_, true) if human || group => Sort::People,
            (_, false) if human => Sort::Person,
            (_, false) if body => Sort::Body,
            (_, false) if group => Sort::People,
            (Pos::Propn, true) => Sort::Propers,
            (Pos::Propn, false) => Sort::Proper,
            (_, true) => Sort::Things,
            (_, false) => Sort::Thing,
        };
        Unnamed {
            sort,
            gender: person.flatten(),
            head: word.lower,
            class: u32::from(word.known.class),
            owner: None,
            modifiers: self.modifiers,
            into: None,
        }
    }
}

/// Nouns without a plural ending that stand for several.
const GROUPS: [&str; 14] = [
    "people",
    "folks",
    "police",
    "children",
    "staff",
    "crew",
    "faculty",
    "audience",
    "crowd",
    "family",
    "couple",
    "public",
    "everyone",
    "everybody",
];
