//! What the models see of an event: the predicate, its auxiliaries and arguments, and what governs it up to the root.
//!
//! The ways up carry what makes an event unreal (Stanovsky et al. 2017; Lee et al. 2015): each governor with its signature,
//! polarity and modals, and how the event hangs on it.

use super::sentence::{Group, Node, Sentence};
use super::templates::T;
use crate::model::{bytes, feature, join};
use crate::tagset::Rel;

/// Governors that are looked at, from the nearest up.
const GOVERNORS: usize = 6;

/// The most features of an event: the sums of their weights have to fit. Hardly one has half as many.
const ROOM: usize = 256;

/// The features of one event, as hashes, each once.
struct Features(Vec<u32>);

impl Features {
    fn add(&mut self, template: T, value: u32) {
        self.0.push(feature(template as u32, value));
    }

    fn all(&mut self, template: T, values: &[u32]) {
        let value = values.iter().fold(0, |all, value| join(all, *value));
        self.add(template, value);
    }
}

/// The features of word `event` of a sentence, which has to be one of its words.
pub fn features(sentence: &Sentence, event: usize) -> Vec<u32> {
    let mut found = Features(Vec::with_capacity(160));
    let node = &sentence.nodes[event];
    let group = sentence.group(event);
    let marker = sentence.marker(event);
    // How the event hangs on its governor: by "to", by a conjunction, or by its form alone.
    let kind = if group.to {
        1
    } else if marker != 0 {
        marker
    } else {
        node.tag()
    };
    predicate(&mut found, sentence, event, group, marker);
    dependents(&mut found, sentence, event, group);
    governors(&mut found, sentence, event, kind);
    around(&mut found, sentence, event, group);
    found.0.sort_unstable();
    found.0.dedup();
    found.0.truncate(ROOM);
    found.0
}

fn predicate(found: &mut Features, sentence: &Sentence, event: usize, group: Group, marker: u32) {
    let node = &sentence.nodes[event];
    let (tag, rel, negated) = (node.tag(), node.rel as u32, u32::from(sentence.negated(event)));
    found.add(T::Lemma, node.lemma);
    found.add(T::Tag, tag);
    found.add(T::Pos, node.pos as u32);
    found.add(T::Rel, rel);
    found.all(T::RelTag, &[rel, tag]);
    found.all(T::LemmaTag, &[node.lemma, tag]);
    found.add(T::Suffix, node.suffix);
    found.add(T::Prefix, node.prefix);
    found.add(T::Class, node.class);
    found.all(T::ClassTag, &[node.class, tag]);
    found.add(T::Signature, node.signature as u32);
    found.all(T::Group, &[group.key, tag]);
    found.all(T::GroupNegated, &[group.key, tag, negated]);
    found.all(T::GroupLemma, &[group.key, tag, node.lemma]);
    found.all(T::GroupClass, &[group.key, tag, node.class]);
    for modal in sentence.modals(event) {
        found.add(T::Modal, modal);
    }
    found.add(T::Negated, negated);
    if let Some(rel) = sentence.negating_argument(event) {
        found.add(T::NegatingArgument, rel as u32);
    }
    if marker != 0 {
        found.add(T::Marker, marker);
        found.all(T::MarkerRel, &[marker, rel]);
        found.all(T::MarkerTag, &[marker, tag]);
    }
}

/// Whose words say much of the predicate.
fn is_function(rel: Rel) -> bool {
    matches!(
        rel,
        Rel::Advmod
            | Rel::Det
            | Rel::Amod
            | Rel::Mark
            | Rel::Case
            | Rel::Cc
            | Rel::NmodPoss
            | Rel::OblUnmarked
            | Rel::Aux
            | Rel::AuxPass
            | Rel::Cop
            | Rel::Discourse
            | Rel::Nummod
            | Rel::CompoundPrt
            | Rel::Nsubj
            | Rel::NsubjPass
    )
}

fn is_content(rel: Rel) -> bool {
    matches!(rel, Rel::Obj | Rel::Xcomp | Rel::Ccomp | Rel::Obl | Rel::Nmod | Rel::Acl | Rel::Compound)
}

fn dependents(found: &mut Features, sentence: &Sentence, event: usize, group: Group) {
    let node = &sentence.nodes[event];
    for (at, child) in sentence.dependents(event) {
        let rel = child.rel as u32;
        if child.rel == Rel::Punct {
            continue;
        }
        found.add(T::Child, rel);
        if is_function(child.rel) {
            found.all(T::ChildWord, &[rel, child.lemma]);
        } else if is_content(child.rel) {
            found.all(T::ChildContent, &[rel, child.lemma]);
            found.all(T::ChildClass, &[rel, child.class]);
        }
        match child.rel {
            Rel::Nsubj | Rel::NsubjPass => found.add(T::SubjectTag, child.tag()),
            Rel::Det => found.all(T::Determiner, &[child.form, node.tag()]),
            Rel::Advcl => {
                let marker = sentence.marker(at);
                found.add(T::Clause, marker);
                found.all(T::ClauseGroup, &[marker, group.key]);
            }
            Rel::Ccomp | Rel::Xcomp => {
                found.all(T::Complement, &[rel, child.lemma]);
                let to = u32::from(sentence.group(at).to);
                found.all(T::ComplementLemma, &[rel, to, node.lemma]);
            }
            _ => {}
        }
    }
    match sentence.subject(event) {
        None => found.all(T::NoSubject, &[node.tag(), node.rel as u32, u32::from(group.to)]),
        Some(subject) => {
            found.all(T::Subject, &[subject.form, group.key]);
            found.all(T::SubjectClass, &[subject.class, node.class]);
        }
    }
}

/// A negated governor of such an event turns it.
fn inherits(rel: Rel) -> bool {
    matches!(
        rel.base(),
        Rel::Ccomp
            | Rel::Xcomp
            | Rel::Advcl
            | Rel::Acl
            | Rel::Csubj
            | Rel::Obj
            | Rel::Nsubj
            | Rel::Parataxis
            | Rel::Conj
            | Rel::Obl
            | Rel::Nmod
    )
}

fn governors(found: &mut Features, sentence: &Sentence, event: usize, kind: u32) {
    let node = &sentence.nodes[event];
    let (mut at, mut path, mut depth) = (event, 0, 0);
    let mut polarity = sentence.negated(event);
    while depth < GOVERNORS as u32 && sentence.nodes[at].head != at {
        let (rel, head) = (sentence.nodes[at].rel, sentence.nodes[at].head);
        let governor = &sentence.nodes[head];
        let negated = sentence.negated(head);
        path = join(path, rel as u32);
        if depth < 3 {
            found.add(T::Path, path);
            found.all(T::PathTag, &[path, node.tag()]);
        }
        match depth {
            0 => nearest(found, sentence, event, kind),
            1 => second(found, sentence, head, rel, path),
            _ => {
                found.add(T::FarHead, governor.lemma);
                found.add(T::FarPolarity, u32::from(negated));
                found.all(T::FarSignature, &[governor.signature as u32, sentence.group(head).key]);
            }
        }
        if depth > 0 {
            found.add(T::AnyHead, governor.lemma);
        }
        let level = depth.min(2);
        for modal in sentence.modals(head) {
            found.add(T::AnyModal, modal);
            found.all(T::ModalAt, &[level, modal]);
        }
        if negated {
            found.add(T::NegatedAt, level);
        }
        let marker = sentence.marker(head);
        if marker != 0 {
            found.all(T::MarkerAt, &[level, marker]);
        }
        for (i, child) in sentence.dependents(head) {
            if child.rel == Rel::Advmod && i != event {
                found.all(T::AdverbAt, &[depth.min(1), child.lemma]);
            }
        }
        polarity ^= negated && inherits(rel);
        at = head;
        depth += 1;
    }
    found.add(T::Polarity, u32::from(polarity));
    found.all(T::PolarityKind, &[u32::from(polarity), kind]);
    found.add(T::Depth, depth);
    let root = &sentence.nodes[at];
    let group = [sentence.group(at).key, root.tag()];
    found.add(T::Root, root.lemma);
    found.all(T::RootGroup, &group);
    found.all(T::IsRoot, &[u32::from(at == event), group[0], group[1]]);
}

fn nearest(found: &mut Features, sentence: &Sentence, event: usize, kind: u32) {
    let node = &sentence.nodes[event];
    let rel = node.rel as u32;
    let governor = &sentence.nodes[node.head];
    let Node { lemma, class, .. } = *governor;
    let (tag, signature) = (governor.tag(), governor.signature as u32);
    let group = sentence.group(node.head).key;
    let negated = u32::from(sentence.negated(node.head));
    let subject = sentence.subject(node.head).map_or(0, |subject| subject.form);
    found.add(T::Head, lemma);
    found.all(T::HeadRel, &[lemma, rel]);
    found.all(T::HeadKind, &[lemma, rel, kind]);
    found.all(T::HeadNegated, &[lemma, rel, negated]);
    found.all(T::HeadTag, &[tag, rel]);
    found.all(T::HeadGroup, &[group, tag, rel]);
    found.all(T::HeadGroupKind, &[group, tag, rel, kind, negated]);
    found.all(T::HeadPolarity, &[negated, rel]);
    found.all(T::HeadPolarityKind, &[negated, rel, kind]);
    found.all(T::HeadSignature, &[signature, rel, kind, negated]);
    found.all(T::HeadSignatureGroup, &[signature, rel, group, tag]);
    found.all(T::HeadSubject, &[subject, signature, rel]);
    found.all(T::HeadLemma, &[node.lemma, lemma]);
    found.all(T::HeadClass, &[class, rel]);
    found.all(T::HeadClassKind, &[class, rel, kind, negated]);
}

fn second(found: &mut Features, sentence: &Sentence, head: usize, rel: Rel, path: u32) {
    let governor = &sentence.nodes[head];
    let group = sentence.group(head).key;
    let negated = u32::from(sentence.negated(head));
    found.all(T::SecondHead, &[governor.lemma, rel as u32]);
    found.all(T::SecondGroup, &[group, governor.tag()]);
    found.all(T::SecondPolarity, &[negated, path]);
    found.all(T::SecondSignature, &[governor.signature as u32, path, negated]);
    found.all(T::SecondGroupPath, &[group, governor.tag(), path]);
}

fn around(found: &mut Features, sentence: &Sentence, event: usize, group: Group) {
    let nodes = &sentence.nodes;
    let node = &nodes[event];
    let end = sentence.end;
    found.add(T::End, end);
    found.all(T::EndTag, &[end, node.tag(), node.rel as u32]);
    if end == bytes(b"?") {
        found.all(T::Question, &[group.key, node.tag()]);
    }
    found.add(T::First, nodes[0].form);
    found.add(T::InQuotes, u32::from(node.quoted));

    let at = |offset: isize| event.checked_add_signed(offset).and_then(|i| nodes.get(i));
    let form = |offset: isize| at(offset).map_or(0, |n| n.form);
    let tag = |offset: isize| at(offset).map_or(99, Node::tag);
    for offset in [-3, -2, -1, 1, 2, 3] {
        let place = (offset + 3) as u32;
        found.all(T::WordTag, &[place, tag(offset)]);
        if (-2..=2).contains(&offset) {
            found.all(T::Word, &[place, form(offset)]);
        }
        if (-1..=1).contains(&offset) {
            found.all(T::WordLemma, &[place, form(offset), node.lemma]);
            found.all(T::WordClass, &[place, at(offset).map_or(0, |n| n.class)]);
        }
    }
    found.all(T::TwoBefore, &[form(-2), form(-1)]);
    found.all(T::TwoAfter, &[form(1), form(2)]);
    found.all(T::TagsBefore, &[tag(-2), tag(-1), node.tag()]);
    found.all(T::TagsAfter, &[node.tag(), tag(1), tag(2)]);
    for signal in sentence.signals(event) {
        found.add(T::Signal, signal);
    }
    for &time in &sentence.times {
        found.add(T::Time, time);
        found.all(T::TimeGroup, &[time, group.key, node.pos as u32]);
    }
}
