//! Cues in a sentence: verb groups, nouns, adjectives and phrases that attribute.

use super::view::View;
use crate::lexicon::{Class, Cue, Part};
use crate::segment::TokenKind;
use std::ops::Range;

/// How the verb of a cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// With a subject of its own ("said", "has said", "did not rule out").
    Finite,
    /// In -ing behind a comma or a noun ("saying that").
    Participial,
    /// After "to".
    Infinitive,
    /// "was accused", "is expected"; or reduced, before "by" ("rejected by Washington").
    Passive,
    /// Not a verb.
    Other,
}

/// A cue in its place.
#[derive(Clone, Debug)]
pub(super) struct CueAt<'a> {
    /// What it is.
    pub(super) cue: &'a Cue,
    /// Its row in the lexicon.
    pub(super) index: u16,
    /// Its tokens, auxiliaries included.
    pub(super) group: Range<usize>,
    /// Where its own words begin.
    pub(super) head: usize,
    /// How it stands.
    pub(super) form: Form,
}

/// All cues of the sentence `range`, in order, without overlap.
pub(super) fn find<'a>(view: &View<'a>, range: Range<usize>) -> Vec<CueAt<'a>> {
    let mut found = Vec::new();
    let mut i = range.start;
    while i < range.end {
        match at(view, i, &range) {
            Some(cue) => {
                i = cue.group.end.max(i + 1);
                found.push(cue);
            }
            None => i += 1,
        }
    }
    found
}

fn at<'a>(view: &View<'a>, i: usize, range: &Range<usize>) -> Option<CueAt<'a>> {
    let tag = view.tag(i);
    let cues = &view.lexicon.cues;
    let one = |index: u16, start: usize, form| CueAt {
        cue: &cues[index as usize],
        index,
        group: start..i + 1,
        head: i,
        form,
    };
    if tag.phrase > 0 {
        let index = tag.verb_cue?;
        let cue = &cues[index as usize];
        let end = (i + tag.phrase as usize).min(range.end);
        if cue.part == Part::Phrase {
            return Some(CueAt { cue, index, group: i..end, head: i, form: Form::Other });
        }
        if tag.verb {
            return Some(verb(view, i, end, index, range));
        }
    }
    if tag.verb
        && let Some(index) = tag.verb_cue
    {
        return Some(verb(view, i, i + 1, index, range));
    }
    if let Some(index) = tag.adjective_cue {
        let group = verb_group(view, i, range.start);
        if group < i
            && (group..i).any(|j| {
                view.is(j, Class::BE)
                    || view.is_word(
                        j,
                        &[
                            "feel", "feels", "felt", "remain", "remains", "remained", "seem", "seems",
                            "seemed", "sounded", "became", "becomes",
                        ],
                    )
            })
        {
            return Some(one(index, group, Form::Finite));
        }
    }
    if let Some(index) = tag.noun_cue
        && !tag.verb
    {
        return Some(one(index, i, Form::Other));
    }
    None
}

fn verb<'a>(view: &View<'a>, i: usize, end: usize, index: u16, range: &Range<usize>) -> CueAt<'a> {
    let start = verb_group(view, i, range.start);
    let tag = view.tag(i);
    let be = (start..i).rev().find(|&j| view.is(j, Class::AUXILIARY)).is_some_and(|j| view.is(j, Class::BE));
    let auxiliary = (start..i).any(|j| view.is(j, Class::AUXILIARY | Class::MODAL));
    let by = end < range.end && view.is_word(end, &["by"]);
    let form = if be && tag.is(Class::PARTICIPLE) && !tag.is(Class::ING) {
        Form::Passive
    } else if start > range.start && view.is(start - 1, Class::TO) && !auxiliary {
        Form::Infinitive
    } else if tag.is(Class::ING) && !be {
        Form::Participial
    } else if tag.is(Class::PARTICIPLE) && !auxiliary && by {
        Form::Passive
    } else {
        Form::Finite
    };
    CueAt { cue: &view.lexicon.cues[index as usize], index, group: start..end, head: i, form }
}

/// Where the verb group that holds token `i` begins: over auxiliaries, adverbs and negations.
fn verb_group(view: &View<'_>, i: usize, first: usize) -> usize {
    let mut start = i;
    while start > first {
        let j = start - 1;
        let tag = view.tag(j);
        if view.kind(j) != TokenKind::Word
            || tag.capital && start == i && !tag.is(Class::AUXILIARY | Class::MODAL)
        {
            break;
        }
        let adverb = tag.is(Class::ADVERB)
            && !tag.is(Class::DETERMINER | Class::PREPOSITION | Class::TIME | Class::SUBORDINATOR);
        let belongs = adverb
            || tag.is(Class::NEGATOR) && !tag.is(Class::DETERMINER | Class::PREPOSITION | Class::CONJUNCTION)
            || tag.is(Class::AUXILIARY | Class::MODAL)
            || tag.is(Class::BE);
        if !belongs {
            break;
        }
        start = j;
    }
    // "has long said" keeps its adverb, "Friday also said" does not begin with a stray one.
    start
}
