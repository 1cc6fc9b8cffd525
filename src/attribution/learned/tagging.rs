//! What the first stage looks at: features of a token for "is it part of a source, a cue, a content?".

use super::sight::{Atom, EDGE, Sight};
use super::tree::NONE;
use crate::model::{feature, join};

/// Distances in classes.
pub(super) fn near(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        21..=40 => 8,
        _ => 9,
    }
}

/// The nearest word on one side that is a cue now and then.
#[derive(Clone, Copy)]
struct Neighbour {
    at: usize,
    distance: u32,
    commas: u32,
}

/// Tokens that are looked past at most.
const FAR: usize = 30;

fn neighbour(sight: &Sight, i: usize, at: u32) -> Option<Neighbour> {
    let at = at as usize;
    let distance = i.abs_diff(at);
    if distance == 0 || distance > FAR {
        return None;
    }
    // Commas between the two.
    let (low, high) = (i.min(at), i.max(at));
    let commas = (sight.near[high - 1].commas - sight.near[low].commas).min(3);
    Some(Neighbour { at, distance: near(distance), commas })
}

/// Hands out the features of token `i`, whose paragraph begins at token `first` and ends at `last`.
pub(crate) fn features(sight: &Sight, i: usize, first: usize, last: usize, mut give: impl FnMut(u32)) {
    let near_by = |offset: isize| -> &Atom {
        match i.checked_add_signed(offset) {
            Some(at) if at >= first && at < last => &sight.atoms[at],
            _ => &EDGE,
        }
    };
    let (a3, a2, a1, x, b1, b2, b3) =
        (near_by(-3), near_by(-2), near_by(-1), near_by(0), near_by(1), near_by(2), near_by(3));
    let sentence = sight.sentence(i);
    let mut add = |template: u32, value: u32| give(feature(template + 400, value));

    // Words and pieces.
    add(1, x.word);
    add(2, a1.word);
    add(3, b1.word);
    add(4, a2.word);
    add(5, b2.word);
    add(6, a3.word);
    add(7, b3.word);
    add(8, join(a1.word, x.word));
    add(9, join(x.word, b1.word));
    add(15, x.lemma);
    add(16, x.suffix[1]);
    add(17, x.suffix[0]);
    add(18, x.prefix);
    add(19, x.shape);
    add(20, join(a1.shape << 8 | x.shape, b1.shape));
    // Tags and classes.
    add(21, x.tag);
    add(22, a1.tag);
    add(23, b1.tag);
    add(24, a2.tag);
    add(25, b2.tag);
    add(26, a1.tag << 11 | x.tag);
    add(27, x.tag << 11 | b1.tag);
    add(28, join(a1.tag << 11 | x.tag, b1.tag));
    add(32, join(x.lemma, x.tag));
    add(35, x.class);
    add(36, a1.class);
    add(37, b1.class);
    add(38, x.class << 16 | b1.class);
    add(39, a1.class << 16 | x.class);
    // Quotations.
    let state = a1.quote << 6 | x.quote << 3 | b1.quote;
    add(44, state);
    add(45, join(x.quote, x.word));
    add(46, join(state, x.tag));
    add(47, join(x.quote << 3 | a1.quote, a1.word));
    let around = &sight.near[i];
    let closes = |from: usize, to: usize| {
        let end = to.min(from + 60);
        from < end && (sight.near[from].closing as usize) < end
    };
    let closes = u32::from(closes(sentence.start, i)) << 1 | u32::from(closes(i + 1, sentence.end));
    let quoted = x.quote << 3 | closes << 1 | u32::from(around.beside_quotation);
    add(48, join(quoted, x.tag));
    add(49, join(quoted, x.often));
    // Cues near by.
    add(50, x.often);
    add(51, a1.often << 8 | x.often << 4 | b1.often);
    add(52, join(x.often << 4 | b1.often, a1.tag));
    add(54, x.listed << 12 | a1.listed << 8 | b1.listed << 4 | x.often);
    add(55, join(x.listed, x.tag));
    let left = neighbour(sight, i, around.cue_before);
    let right = neighbour(sight, i, around.cue_behind);
    let mut sides = [0; 2];
    for (side, found) in [left, right].into_iter().enumerate() {
        let template = 60 + 10 * side as u32;
        let Some(found) = found else {
            add(template, x.tag);
            continue;
        };
        let cue = &sight.atoms[found.at];
        let place = found.distance << 3 | found.commas;
        sides[side] = cue.often << 8 | place;
        add(template + 1, join(cue.lemma, place));
        add(template + 3, join(place, x.tag));
        add(template + 5, join(cue.often << 8 | place, x.quote << 3 | x.rule));
        add(template + 9, join(cue.often, join(x.name, found.distance)));
    }
    add(80, join(sides[0], sides[1]));
    let that = match i - around.that as usize {
        distance @ 1..=20 => near(distance - 1),
        _ => 15,
    };
    add(81, join(that, x.tag));
    // Names, and the place in the sentence.
    add(82, a1.name << 10 | x.name << 5 | b1.name);
    add(83, join(x.name << 5 | a1.name, x.tag));
    add(84, join(x.name, b1.often << 3 | x.quote));
    let start = near(i - sentence.start).min(4);
    let end = near(sentence.end - 1 - i).min(4);
    let number = (sight.at[i] as usize - sight.at[first] as usize).min(3) as u32;
    let headline = u32::from(sight.headline[sight.at[i] as usize]);
    let place = start << 6 | end << 3 | number << 1 | headline;
    add(85, place);
    add(86, join(place, x.tag));
    add(87, join(start, x.word));
    if first > 0 {
        let before = &sight.atoms[first - 1];
        add(88, join(before.mark as u32, join(start, x.quote << 3 | sight.atoms[first].quote)));
    }
    // What the rules say.
    add(90, x.rule);
    add(91, a1.rule << 3 | x.rule);
    add(92, x.rule << 3 | b1.rule);
    add(93, join(x.rule, x.tag));
    add(94, join(a1.rule << 3 | x.rule, x.lemma));
    add(95, join(x.rule << 6 | x.quote << 3 | a1.rule, x.often));
    // Trees.
    let tree = &sight.tree;
    let rel = u32::from(tree.rel[i]);
    let head = tree.head(i);
    let y = head.map_or(&EDGE, |h| &sight.atoms[h]);
    let side = head.map_or(2, |h| u32::from(h > i));
    add(100, rel << 2 | side);
    add(102, join(rel << 2 | side, y.tag));
    add(103, join(rel << 2 | side, y.often));
    add(104, join(rel, x.lemma));
    let children = tree.children[i];
    let set = join(children as u32, (children >> 32) as u32);
    add(105, set);
    add(106, join(set, x.tag));
    add(107, join(set, x.lemma));
    let (up, branch) = tree.above[i];
    if up == NONE {
        add(109, rel);
    } else {
        let cue = &sight.atoms[up as usize];
        let edges = tree.edges(i, branch);
        let kind = u32::from(tree.rel[branch as usize]) << 4 | u32::from(up > branch) << 3 | edges;
        let marker = tree.marker[branch as usize];
        add(110, join(kind, cue.often));
        add(111, join(kind, cue.lemma));
        add(114, join(join(kind, marker), cue.often));
        add(116, join(kind, x.quote << 3 | x.rule));
        add(117, join(kind, join(rel, cue.often)));
    }
    let mut clause = 0;
    for at in tree.up(i).take(6) {
        let rel = u32::from(tree.rel[at as usize]);
        clause = join(clause, rel);
        if sight.atoms[at as usize].is_verb() {
            break;
        }
    }
    add(120, join(clause, rel));
    add(121, join(join(clause, rel), x.tag));
}
