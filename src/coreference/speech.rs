//! Who speaks in a document and who is spoken to: "I", "we" and "you" outside quotations are one each, and a document
//! decides once who they are.

use super::anaphor::{Anaphor, Form, Role};
use super::history::{How, Place};
use super::referents::{Referents, Sort};
use super::{DIMENSIONS, Scene};
use crate::labels::Label;
use crate::model::{feature, join};
use rustc_hash::FxHashMap;

/// Candidates that are looked at.
const MOST: usize = 16;

/// Somebody who may speak or be spoken to.
pub(super) struct Party {
    pub(super) referent: u32,
    first: bool,
    /// The number of the sentence that names them first.
    sentence: u32,
    count: u32,
    /// How often "he" or "she".
    third: u32,
    before: u32,
    source: bool,
    called: bool,
    /// Whether the name stood as a sentence of its own.
    alone: bool,
    sort: Sort,
    /// Who says "I", where "you" is asked for.
    narrator: bool,
}

impl Party {
    fn new(referent: u32, sort: Sort, sentence: u32) -> Self {
        let (first, source, called, alone, narrator) = (false, false, false, false, false);
        let (count, third, before) = (0, 0, 0);
        Self { referent, first, sentence, count, third, before, source, called, alone, sort, narrator }
    }
}

/// What is known of a document as a whole.
pub(super) struct Talk {
    form: Form,
    /// How often "I" or "you" stands for every ten sentences, and in how many of ten sentences a question.
    often: u32,
    questions: u32,
    /// Whether the others, "you" or "I", speak too.
    others: bool,
}

impl Talk {
    /// Of the anaphors of one form; `spoken` are those of all forms.
    pub(super) fn new(scene: Scene<'_>, form: Form, spoken: &[Anaphor]) -> Self {
        let sentences = scene.segments.sentences.len().max(1);
        let count = |form: Form| spoken.iter().filter(|anaphor| anaphor.form == form).count();
        let asks =
            |s: &&crate::segment::Sentence| s.range().rev().take(2).any(|i| scene.word(i).ends_with('?'));
        let questions = scene.segments.sentences.iter().filter(asks).count();
        let other = if form == Form::I { Form::You } else { Form::I };
        Self {
            form,
            often: tenths(count(form), sentences),
            questions: tenths(questions, sentences),
            others: count(other) > 0,
        }
    }
}

/// Tenths, in steps: 0, to 0.5, 1, 2, 4, 8 and more.
fn tenths(part: usize, whole: usize) -> u32 {
    match (part * 20).div_ceil(whole) {
        0 => 0,
        1 => 1,
        2 => 2,
        3..=4 => 3,
        5..=8 => 4,
        _ => 5,
    }
}

/// Who may be meant: the people named, and whoever is called to; `start` is the first token that speaks.
pub(super) fn parties<'p>(
    scene: Scene<'_>,
    form: Form,
    places: impl Iterator<Item = &'p Place>,
    first: Option<u32>,
    narrator: Option<u32>,
    start: usize,
    referents: &Referents<'_>,
) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    let mut at: FxHashMap<u32, usize> = FxHashMap::default();
    for place in places {
        let referent = referents.find(place.referent);
        let you =
            place.last > 0 && place.last > place.token && scene.word(place.token).eq_ignore_ascii_case("you")
                || place.token > 0 && scene.word(place.token - 1).eq_ignore_ascii_case("you");
        let called = place.role == Role::Vocative || you;
        let fits = match (form, referents.sort(referent)) {
            (_, Sort::Named(Label::Per)) => true,
            (Form::You, Sort::Person | Sort::People | Sort::Proper) => called,
            _ => false,
        };
        if !fits && !at.contains_key(&referent) {
            continue;
        }
        let i = *at.entry(referent).or_insert(found.len());
        if i == found.len() {
            let party = Party::new(referent, referents.sort(referent), place.sentence);
            found.push(Party {
                first: first == Some(referent),
                narrator: narrator == Some(referent),
                ..party
            });
        }
        let party = &mut found[i];
        party.count += 1;
        party.third += u32::from(matches!(place.how, How::Again(_)));
        party.before += u32::from(place.token < start);
        party.source |= place.source;
        party.called |= called;
        let sentence = scene.segments.sentences[place.sentence as usize].range();
        party.alone |= sentence.len() <= place.last - place.token + 3;
    }
    if let Some(narrator) = narrator.filter(|narrator| form == Form::You && !at.contains_key(narrator)) {
        let party = Party::new(narrator, referents.sort(narrator), u32::MAX);
        found.push(Party { narrator: true, ..party });
    }
    found.sort_by_key(|party| (!party.narrator, std::cmp::Reverse(party.count), party.referent));
    found.truncate(MOST);
    found
}

/// The features of a party, the `rank`th of `all`; of none of them where it is none.
pub(super) fn features(talk: &Talk, party: Option<(usize, &Party)>, all: usize, row: &mut Vec<u16>) {
    let form = talk.form as u32;
    let mut add = |template: u32, value: u32| {
        row.push((feature(100 + template, join(form, value)) as usize % DIMENSIONS) as u16);
    };
    let whole = talk.questions << 4 | talk.often << 1 | u32::from(talk.others);
    let Some((rank, party)) = party else {
        add(1, 0);
        add(2, talk.questions);
        add(3, talk.often);
        add(4, u32::from(talk.others));
        add(5, all.min(4) as u32);
        add(6, whole);
        return;
    };
    let rank = rank.min(3) as u32;
    let first = u32::from(party.first);
    let sort = party.sort.number() as u32;
    let kind = u32::from(party.called) << 1 | u32::from(party.narrator) | u32::from(party.alone) << 2;
    let opens = u32::from(party.sentence < 3);
    let before = match (party.before, party.count) {
        (0, _) => 0,
        (before, count) if before < count => 1,
        _ => 2,
    };
    let often = match party.count {
        0..=3 => party.count,
        4..=7 => 4,
        _ => 5,
    };
    let third = (3 * party.third).div_ceil(party.count.max(1));
    add(10, kind);
    add(9, kind << 4 | sort);
    add(23, join(sort, first << 1 | opens));
    add(24, join(sort, rank));
    add(11, join(kind, rank));
    add(12, join(kind, first << 1 | opens));
    add(13, join(kind, join(talk.questions, first << 1 | opens)));
    add(14, join(kind, talk.questions));
    add(15, join(kind, talk.often));
    add(16, join(kind, before << 1 | first));
    add(17, join(kind, join(talk.questions, before << 1 | first)));
    add(18, join(kind, u32::from(party.source)));
    add(19, join(kind, often));
    add(20, join(kind, third));
    add(21, join(kind, all.min(4) as u32));
    add(22, join(kind, first << 1 | u32::from(talk.others)));
}
