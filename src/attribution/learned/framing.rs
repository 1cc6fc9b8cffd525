//! What the second stage looks at: features of a token for "is it part of the relation of this cue?".

use super::candidate::{Candidate, cue_share};
use super::chain::Scores;
use super::roles::{CONTENT, LABELS, SOURCE, role};
use super::sight::{Atom, EDGE, Mark, Sight};
use super::tagging::near;
use super::tree::NONE;
use crate::model::{join, mix};
use std::ops::Range;

/// All that a candidate is looked at with.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) sight: &'a Sight,
    pub(crate) posteriors: &'a [Scores],
    pub(crate) candidates: &'a [Candidate],
    /// For each token what the rules take it for in the relation whose cue they share with the candidate.
    pub(crate) rules: &'a [Option<RuleRoles>],
    /// The candidate's number.
    pub(crate) number: usize,
}

/// The ranges of a relation that the rules found.
#[derive(Clone, Debug)]
pub(crate) struct RuleRoles {
    pub(crate) source: Option<Range<usize>>,
    pub(crate) cue: Range<usize>,
    pub(crate) content: Vec<Range<usize>>,
}

impl RuleRoles {
    fn role(&self, i: usize) -> u32 {
        let edge = |range: &Range<usize>| u32::from(range.start == i) | u32::from(range.end == i + 1) << 1;
        if self.cue.contains(&i) {
            return 1 << 2 | edge(&self.cue);
        }
        if let Some(source) = self.source.as_ref().filter(|source| source.contains(&i)) {
            return 2 << 2 | edge(source);
        }
        self.content.iter().find(|c| c.contains(&i)).map_or(0, |c| 3 << 2 | edge(c))
    }
}

/// What lies between the cue and a token, counted on the way.
#[derive(Clone, Copy, Default)]
pub(crate) struct Way {
    commas: u32,
    verbs: u32,
    nouns: u32,
    marks: u32,
    others: u32,
    sources: u32,
}

impl Way {
    fn pass(&mut self, atom: &Atom, posterior: &Scores, other: bool) {
        self.commas = (self.commas + u32::from(atom.mark == Mark::Comma)).min(3);
        self.verbs = (self.verbs + u32::from(atom.is_verb())).min(3);
        self.nouns = (self.nouns + u32::from(atom.is_noun())).min(3);
        self.marks = (self.marks + u32::from(matches!(atom.mark, Mark::Open | Mark::Close))).min(3);
        self.others = (self.others + u32::from(other)).min(2);
        self.sources = (self.sources + u32::from(posterior[SOURCE] > 0.4)).min(2);
    }
}

/// The way from the cue to each token of the window.
pub(crate) fn ways(scene: Scene<'_>) -> Vec<Way> {
    let Scene { sight, posteriors, candidates, number, .. } = scene;
    let Candidate { range, window, .. } = &candidates[number];
    let mut ways = vec![Way::default(); window.len()];
    let mut next = number + 1;
    let mut way = Way::default();
    for i in range.end..window.end {
        ways[i - window.start] = way;
        let other = candidates.get(next).is_some_and(|c| c.range.start == i);
        next += usize::from(other);
        way.pass(&sight.atoms[i], &posteriors[i], other);
    }
    let mut before = number;
    way = Way::default();
    for i in (window.start..range.start).rev() {
        ways[i - window.start] = way;
        let other = before > 0 && candidates[before - 1].range.end == i + 1;
        before -= usize::from(other);
        way.pass(&sight.atoms[i], &posteriors[i], other);
    }
    ways
}

fn bin(share: f32) -> u32 {
    match share {
        s if s < 0.02 => 0,
        s if s < 0.08 => 1,
        s if s < 0.2 => 2,
        s if s < 0.4 => 3,
        s if s < 0.6 => 4,
        s if s < 0.8 => 5,
        s if s < 0.95 => 6,
        _ => 7,
    }
}

/// Hands out the features of token `i` of the candidate's window.
pub(crate) fn features(scene: Scene<'_>, i: usize, way: Way, mut feature: impl FnMut(u32)) {
    let Scene { sight, posteriors, candidates, rules, number } = scene;
    let candidate = &candidates[number];
    let Candidate { range, head, window } = candidate;
    let near_by = |offset: isize| -> &Atom {
        match i.checked_add_signed(offset) {
            Some(at) if window.contains(&at) => &sight.atoms[at],
            _ => &EDGE,
        }
    };
    let (a2, a1, x, b1, b2) = (near_by(-2), near_by(-1), near_by(0), near_by(1), near_by(2));
    let cue = &sight.atoms[*head];
    let (side, distance) = if i < range.start {
        (0, near(range.start - i))
    } else if i >= range.end {
        (2, near(i + 1 - range.end))
    } else {
        (1, (i - range.start).min(3) as u32)
    };
    let (own, here) = (sight.at[*head] as i64, sight.at[i] as i64);
    let sentences = (here - own).clamp(-3, 3) as u32 & 7;
    let paragraphs = (sight.paragraph[here as usize] as i64 - sight.paragraph[own as usize] as i64)
        .clamp(-2, 2) as u32
        & 7;
    let base = side << 6 | sentences << 3 | paragraphs;
    let mut add = |template: u32, value: u32| feature(mix(template + 600, value));
    let based = |value: u32| join(base, value);

    // The token, by where it stands.
    let reach = base << 4 | distance;
    add(1, reach);
    add(2, join(reach, x.tag));
    add(3, based(x.word));
    add(4, based(x.lemma));
    add(5, based(x.tag));
    add(6, based(a1.word));
    add(7, based(b1.word));
    add(8, based(a1.tag << 11 | x.tag));
    add(9, based(x.tag << 11 | b1.tag));
    add(10, based(join(a1.tag << 11 | x.tag, b1.tag)));
    add(11, based(join(a2.tag << 11 | a1.tag, x.tag)));
    add(12, based(join(x.tag << 11 | b1.tag, b2.tag)));
    add(13, based(x.class));
    add(14, based(join(a1.word, x.word)));
    add(15, based(join(x.word, b1.word)));
    add(16, based(x.name << 5 | a1.name));
    add(17, based(x.often << 4 | x.listed));
    // The way.
    let counts = way.commas << 4 | way.marks << 2 | way.others;
    add(20, join(reach, counts));
    add(21, join(base, join(counts, x.quote << 3 | a1.quote)));
    add(22, join(base, join(way.verbs << 2 | way.nouns, x.tag)));
    add(23, join(base, join(way.verbs << 4 | way.commas << 2 | way.sources, x.pos)));
    add(24, join(base, join(way.others << 2 | way.sources, x.quote)));
    add(25, join(reach, x.quote << 3 | a1.quote));
    // The cue.
    let (before, behind) = (
        if range.start > window.start { &sight.atoms[range.start - 1] } else { &EDGE },
        if range.end < window.end { &sight.atoms[range.end] } else { &EDGE },
    );
    add(30, based(cue.lemma));
    add(31, join(reach, cue.lemma));
    add(32, based(join(cue.lemma, x.tag)));
    add(33, based(join(cue.lemma, x.word)));
    add(34, based(join(cue.lemma, x.quote << 3 | a1.quote)));
    add(35, based(join(cue.lemma, a1.word)));
    add(36, join(reach, cue.tag));
    add(37, join(base, join(cue.tag, x.tag)));
    add(38, join(base, join(before.tag, x.tag)));
    add(39, join(base, join(behind.word, x.tag)));
    add(40, join(reach, behind.word));
    add(41, join(reach, before.word));
    add(42, join(base, join(behind.tag << 11 | cue.tag, distance)));
    add(43, join(reach, cue.class));
    let sentence = sight.sentence(*head);
    let place = u32::from(range.start <= sentence.start + 1)
        | u32::from(range.end + 2 >= sentence.end) << 1
        | (range.len().min(3) as u32) << 2;
    add(44, join(base, join(place, x.quote << 3 | a1.quote)));
    add(45, join(reach, join(place, cue.often)));
    add(46, join(reach, bin(cue_share(&posteriors[*head]))));
    if side == 1 {
        add(47, join(x.lemma, distance));
        add(48, join(x.tag, join(cue.lemma, u32::from(i == *head))));
        add(
            49,
            bin(cue_share(&posteriors[i])) << 4 | u32::from(i == *head) << 2 | (range.len().min(3) as u32),
        );
    }
    // What the first stage says.
    let top = |at: &Scores| {
        (0..LABELS).fold(0, |best, label| if at[label] > at[best] { label } else { best }) as u32
    };
    let nothing = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let (p, before, behind) = (
        &posteriors[i],
        if i > window.start { &posteriors[i - 1] } else { &nothing },
        if i + 1 < window.end { &posteriors[i + 1] } else { &nothing },
    );
    let source = bin(p[SOURCE] + p[SOURCE + 1]);
    let content = bin(p[CONTENT] + p[CONTENT + 1]);
    let shares = source << 6 | bin(cue_share(p)) << 3 | content;
    add(50, based(shares));
    add(51, reach << 6 | bin(p[SOURCE]) << 3 | bin(p[CONTENT]));
    add(
        52,
        based(
            bin(p[CONTENT]) << 9
                | content << 6
                | bin(before[CONTENT] + before[CONTENT + 1]) << 3
                | bin(behind[CONTENT] + behind[CONTENT + 1]),
        ),
    );
    add(
        53,
        based(
            bin(p[SOURCE]) << 9
                | source << 6
                | bin(before[SOURCE] + before[SOURCE + 1]) << 3
                | bin(behind[SOURCE] + behind[SOURCE + 1]),
        ),
    );
    let tops = top(before) << 6 | top(p) << 3 | top(behind);
    add(54, based(tops));
    add(55, join(base, join(tops, counts)));
    add(56, join(base, join(top(p), join(x.tag, way.others))));
    add(57, join(base, join(top(p) << 2 | way.sources, way.commas << 4 | distance)));
    add(58, join(base, join(top(p), cue.lemma)));
    // Quotations.
    if x.quote != 0 {
        let (start, end) = sight.near[i].quoted;
        let (start, end) = ((start as usize).max(window.start), (end as usize).min(window.end));
        let gap = if end <= range.start { range.start - end } else { start.saturating_sub(range.end) };
        let opens = u32::from(sight.opens_paragraph(start));
        let inner = candidates[..number].iter().rev().take(3).chain(candidates[number + 1..].iter().take(3));
        let closer = inner
            .filter(|other| {
                let gap_of = |c: &Candidate| {
                    if end <= c.range.start { c.range.start - end } else { start.saturating_sub(c.range.end) }
                };
                !(start..end).contains(&other.head) && gap_of(other) < gap
            })
            .count()
            .min(2) as u32;
        let about = near(gap) << 6 | near((end - start) / 3).min(7) << 3 | opens << 2 | closer;
        add(60, join(base, about));
        add(61, join(base, join(about, x.quote)));
        add(62, join(base, join(near(gap) << 2 | closer, cue.often << 3 | opens)));
        add(63, join(base, join(closer << 3 | x.quote, top(p))));
    }
    // Trees.
    let tree = &sight.tree;
    let rel = u32::from(tree.rel[i]);
    let set = tree.children[*head];
    let set = join(set as u32, (set >> 32) as u32);
    if here == own {
        let (path, branch) = tree.path(*head, i).unwrap_or((7, NONE));
        add(70, join(path, side));
        add(71, join(path, join(cue.lemma, side)));
        add(72, join(path, join(x.tag, side)));
        add(73, join(path, join(a1.tag, x.tag)));
        // The branch, and where it ends: the token behind it looks back.
        let kind = if branch == NONE {
            99
        } else {
            u32::from(tree.rel[branch as usize]) << 3 | tree.edges(i, branch)
        };
        let marker = if branch == NONE { 0 } else { tree.marker[branch as usize] };
        add(74, join(base, kind));
        add(75, join(base, join(kind, cue.lemma)));
        add(76, join(base, join(kind, x.tag)));
        add(77, join(base, join(kind, join(marker, cue.often))));
        add(78, join(base, join(kind, set)));
        add(79, join(base, join(kind, top(p))));
        add(80, join(base, join(kind, join(x.quote << 3 | way.others, way.commas))));
        if i > window.start && sight.at[i - 1] as i64 == own {
            let (_, last) = tree.path(*head, i - 1).unwrap_or((7, NONE));
            let left = if last == NONE { 99 } else { u32::from(tree.rel[last as usize]) };
            let same = u32::from(last == branch);
            add(81, join(base, join(left << 10 | kind, same)));
            add(82, join(base, join(join(left << 10 | kind, same), cue.lemma)));
        }
        add(83, join(base, join(rel, join(set, distance))));
        let (up, branch) = tree.above[i];
        let ours = u32::from(up == *head as u32);
        let kind = if branch == NONE {
            99
        } else {
            u32::from(tree.rel[branch as usize]) << 3 | tree.edges(i, branch)
        };
        add(84, join(base, join(kind << 1 | ours, cue.often)));
    } else {
        add(85, join(base, join(set, x.quote)));
        add(86, join(base, join(rel, x.tag)));
    }
    // What the rules say.
    match &rules[number] {
        Some(roles) => {
            let role_of = |at: isize| i.checked_add_signed(at).map_or(0, |i| roles.role(i));
            let around = role_of(-1) << 8 | roles.role(i) << 4 | role_of(1);
            add(90, join(side, roles.role(i)));
            add(91, join(side, around));
            add(92, join(side, join(roles.role(i), cue.lemma)));
            add(93, join(side, join(roles.role(i), x.tag)));
            add(94, join(base, join(roles.role(i), shares)));
            add(95, join(base, join(roles.role(i), tops)));
        }
        None => {
            add(96, join(base, role(x.rule as usize % LABELS) as u32));
            add(97, join(base, join(x.rule, top(p))));
        }
    }
}
