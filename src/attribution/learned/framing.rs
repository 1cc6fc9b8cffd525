//! What the second stage looks at: features of a token for "is it part of the relation of this cue?".

use super::candidate::Candidate;
use super::roles::{LABELS, role};
use super::seen::Seen;
use super::sight::{Atom, EDGE, Mark, Sight};
use super::tagging::near;
use super::tree::NONE;
use crate::model::{feature, join};
use std::ops::Range;

/// All that a candidate is looked at with.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) sight: &'a Sight,
    pub(crate) seen: &'a [Seen],
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

/// What lies between the cue and a token, counted on the way, and how the tree leads there.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    commas: u32,
    verbs: u32,
    nouns: u32,
    marks: u32,
    others: u32,
    sources: u32,
    path: u32,
    /// The branch of the cue that holds the token.
    branch: u32,
}

impl Way {
    const NONE: Self =
        Self { commas: 0, verbs: 0, nouns: 0, marks: 0, others: 0, sources: 0, path: 7, branch: NONE };

    fn pass(&mut self, atom: &Atom, seen: Seen, other: bool) {
        self.commas = (self.commas + u32::from(atom.mark == Mark::Comma)).min(3);
        self.verbs = (self.verbs + u32::from(atom.is_verb())).min(3);
        self.nouns = (self.nouns + u32::from(atom.is_noun())).min(3);
        self.marks = (self.marks + u32::from(matches!(atom.mark, Mark::Open | Mark::Close))).min(3);
        self.others = (self.others + u32::from(other)).min(2);
        self.sources = (self.sources + u32::from(seen.opens_source)).min(2);
    }
}

/// The way from the cue to each token of the window.
pub(crate) fn ways(scene: Scene<'_>) -> Vec<Way> {
    let Scene { sight, seen, candidates, number, .. } = scene;
    let Candidate { range, head, window } = &candidates[number];
    let mut ways = vec![Way::NONE; window.len()];
    let mut next = number + 1;
    let mut way = Way::NONE;
    for i in range.end..window.end {
        ways[i - window.start] = way;
        let other = candidates.get(next).is_some_and(|c| c.range.start == i);
        next += usize::from(other);
        way.pass(&sight.atoms[i], seen[i], other);
    }
    let mut before = number;
    way = Way::NONE;
    for i in (window.start..range.start).rev() {
        ways[i - window.start] = way;
        let other = before > 0 && candidates[before - 1].range.end == i + 1;
        before -= usize::from(other);
        way.pass(&sight.atoms[i], seen[i], other);
    }
    let (own, line) = (sight.sentence(*head), sight.tree.line(*head));
    for i in own.start.max(window.start)..own.end.min(window.end) {
        let way = &mut ways[i - window.start];
        (way.path, way.branch) = sight.tree.path(&line, i).unwrap_or((Way::NONE.path, NONE));
    }
    ways
}

/// Where a token stands, seen from the cue.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Before the cue, in it, behind it: 0 to 2.
    side: u32,
    distance: u32,
    /// The side, and how many sentences and paragraphs away.
    base: u32,
    /// All of it.
    pub(crate) reach: u32,
}

impl Place {
    pub(crate) fn new(scene: Scene<'_>, i: usize) -> Self {
        let sight = scene.sight;
        let Candidate { range, head, .. } = &scene.candidates[scene.number];
        let (side, distance) = if i < range.start {
            (0, near(range.start - i))
        } else if i >= range.end {
            (2, near(i + 1 - range.end))
        } else {
            (1, (i - range.start).min(3) as u32)
        };
        let (own, here) = (sight.at[*head] as usize, sight.at[i] as usize);
        let from = |a: u32, b: u32, most: i64| (i64::from(b) - i64::from(a)).clamp(-most, most) as u32 & 7;
        let sentences = from(own as u32, here as u32, 3);
        let paragraphs = from(sight.paragraph[own], sight.paragraph[here], 2);
        let base = side << 6 | sentences << 3 | paragraphs;
        Self { side, distance, base, reach: base << 4 | distance }
    }

    /// The side, where the token stands in the sentence of the cue.
    pub(crate) fn beside(self) -> Option<usize> {
        (self.base & 63 == 0).then_some(self.side as usize)
    }
}

/// Hands out the features of the cue at a place, which are the same for all tokens of the same reach.
pub(crate) fn cue_features(scene: Scene<'_>, place: Place, mut give: impl FnMut(u32)) {
    let Scene { sight, seen, candidates, number, .. } = scene;
    let Candidate { range, head, window } = &candidates[number];
    let Place { distance, base, reach, .. } = place;
    let cue = &sight.atoms[*head];
    let (before, behind) = (
        if range.start > window.start { &sight.atoms[range.start - 1] } else { &EDGE },
        if range.end < window.end { &sight.atoms[range.end] } else { &EDGE },
    );
    let mut add = |template: u32, value: u32| give(feature(template + 600, value));
    add(1, reach);
    add(30, join(base, cue.lemma));
    add(31, join(reach, cue.lemma));
    add(36, join(reach, cue.tag));
    add(40, join(reach, behind.word));
    add(41, join(reach, before.word));
    add(42, join(base, join(behind.tag << 11 | cue.tag, distance)));
    add(43, join(reach, cue.class));
    add(45, join(reach, join(cue_place(scene), cue.often)));
    add(46, join(reach, seen[*head].cue));
}

/// Whether the cue opens or closes its sentence, and its length.
fn cue_place(scene: Scene<'_>) -> u32 {
    let Candidate { range, head, .. } = &scene.candidates[scene.number];
    let sentence = scene.sight.sentence(*head);
    u32::from(range.start <= sentence.start + 1)
        | u32::from(range.end + 2 >= sentence.end) << 1
        | (range.len().min(3) as u32) << 2
}

/// Hands out the features of token `i` at a place, which are the same for every cue of its sentence on one side.
pub(crate) fn token_features(scene: Scene<'_>, i: usize, place: Place, mut give: impl FnMut(u32)) {
    let (sight, p) = (scene.sight, &scene.seen[i]);
    let (a1, x, b1) = (sight.before(i), &sight.atoms[i], sight.behind(i));
    let mut add = |template: u32, value: u32| give(feature(template + 600, join(place.base, value)));
    add(3, x.word);
    add(4, x.lemma);
    add(5, x.tag);
    add(6, a1.word);
    add(7, b1.word);
    add(8, a1.tag << 11 | x.tag);
    add(9, x.tag << 11 | b1.tag);
    add(13, x.class);
    add(16, x.name << 5 | a1.name);
    add(17, x.often << 4 | x.listed);
    add(50, p.shares);
    add(52, p.contents);
    add(53, p.sources);
    add(54, p.tops);
}

/// Hands out the features of token `i` of the candidate's window, beside those of the cue and of the token at its place.
pub(crate) fn features(scene: Scene<'_>, i: usize, place: Place, ways: &[Way], mut give: impl FnMut(u32)) {
    let Scene { sight, seen, candidates, rules, number } = scene;
    let candidate = &candidates[number];
    let Candidate { range, head, window } = candidate;
    let (a1, x) = (sight.before(i), &sight.atoms[i]);
    let cue = &sight.atoms[*head];
    let Place { side, distance, base, reach } = place;
    let way = ways[i - window.start];
    let mut add = |template: u32, value: u32| give(feature(template + 600, value));

    // The way.
    add(2, join(reach, x.tag));
    let counts = way.commas << 4 | way.marks << 2 | way.others;
    add(20, join(reach, counts));
    add(21, join(base, join(counts, x.quote << 3 | a1.quote)));
    add(22, join(base, join(way.verbs << 2 | way.nouns, x.tag)));
    add(23, join(base, join(way.verbs << 4 | way.commas << 2 | way.sources, x.pos)));
    add(24, join(base, join(way.others << 2 | way.sources, x.quote)));
    add(25, join(reach, x.quote << 3 | a1.quote));
    // The cue.
    add(34, join(base, join(cue.lemma, x.quote << 3 | a1.quote)));
    add(37, join(base, join(cue.tag, x.tag)));
    add(44, join(base, join(cue_place(scene), x.quote << 3 | a1.quote)));
    if side == 1 {
        add(47, join(x.lemma, distance));
        add(48, join(x.tag, join(cue.lemma, u32::from(i == *head))));
        add(49, seen[i].cue << 4 | u32::from(i == *head) << 2 | (range.len().min(3) as u32));
    }
    // What the first stage says.
    let p = &seen[i];
    add(51, reach << 6 | p.begins);
    add(55, join(base, join(p.tops, counts)));
    add(56, join(base, join(p.top, join(x.tag, way.others))));
    add(57, join(base, join(p.top << 2 | way.sources, way.commas << 4 | distance)));
    add(58, join(base, join(p.top, cue.lemma)));
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
        add(63, join(base, join(closer << 3 | x.quote, p.top)));
    }
    // Trees.
    let tree = &sight.tree;
    let set = tree.children[*head];
    let set = join(set as u32, (set >> 32) as u32);
    if sight.at[i] == sight.at[*head] {
        let Way { path, branch, .. } = way;
        add(70, join(path, side));
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
        add(79, join(base, join(kind, p.top)));
        add(80, join(base, join(kind, join(x.quote << 3 | way.others, way.commas))));
        if i > window.start && sight.at[i - 1] == sight.at[*head] {
            let last = ways[i - 1 - window.start].branch;
            let left = if last == NONE { 99 } else { u32::from(tree.rel[last as usize]) };
            let same = u32::from(last == branch);
            add(81, join(base, join(left << 10 | kind, same)));
        }
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
            add(94, join(base, join(roles.role(i), p.shares)));
            add(95, join(base, join(roles.role(i), p.tops)));
        }
        None => {
            add(96, join(base, role(x.rule as usize % LABELS) as u32));
            add(97, join(base, join(x.rule, p.top)));
        }
    }
}
