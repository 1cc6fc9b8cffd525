//! Labels for the arcs of a finished tree: what each word is to its head. Training and prediction share the features.

use super::node::{NOTHING, Node, ROOT};
use crate::model::{feature, join};
use crate::tagset::{Fine, Pos, Rel};

/// No label as yet.
pub(crate) const UNLABELLED: u8 = u8::MAX;

/// The relation that the tags alone decide; most words are such, and need no scores.
pub(crate) fn plain(word: &Node, head: &Node, before: bool) -> Option<Rel> {
    let noun = [Pos::Noun, Pos::Propn, Pos::Pron, Pos::Num].into_iter().any(|pos| head.is(pos));
    match word.fine {
        _ if word.is(Pos::Punct) => Some(Rel::Punct),
        Fine::Dt if noun && before && word.is(Pos::Det) => Some(Rel::Det),
        Fine::In if noun && before && word.is(Pos::Adp) => Some(Rel::Case),
        Fine::Pos if noun && !before => Some(Rel::Case),
        Fine::PrpPoss if noun && before => Some(Rel::NmodPoss),
        Fine::Md if before => Some(Rel::Aux),
        _ => None,
    }
}

/// A tree with its children by head, in text order.
pub(crate) struct Tree<'a> {
    pub(crate) nodes: &'a [Node],
    /// The head of each word; the number of words for the root.
    pub(crate) heads: &'a [u16],
    children: Vec<u16>,
    /// Where the children of each word begin in `children`.
    starts: Vec<u32>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(nodes: &'a [Node], heads: &'a [u16]) -> Self {
        let mut starts = vec![0u32; nodes.len() + 2];
        for head in heads {
            starts[*head as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut at = starts.clone();
        let mut children = vec![0; heads.len()];
        for (child, head) in heads.iter().enumerate() {
            let place = &mut at[*head as usize];
            children[*place as usize] = child as u16;
            *place += 1;
        }
        Self { nodes, heads, children, starts }
    }

    fn children(&self, head: usize) -> &[u16] {
        &self.children[self.starts[head] as usize..self.starts[head + 1] as usize]
    }

    pub(crate) fn node(&self, i: usize) -> Node {
        self.nodes.get(i).copied().unwrap_or(ROOT)
    }
}

/// Hands out the features of the arc to word `d`; `labels` are those of the words before it.
pub(crate) fn features(tree: &Tree<'_>, d: usize, labels: &[u8], mut give: impl FnMut(u32)) {
    let count = tree.nodes.len();
    let head = tree.heads[d] as usize;
    let root = head == count;
    let near = |offset: isize| {
        d.checked_add_signed(offset).and_then(|i| tree.nodes.get(i)).copied().unwrap_or(NOTHING)
    };
    let (x, y) = (tree.nodes[d], tree.node(head));
    let side = if root { 2 } else { u32::from(d > head) };
    let distance = match if root { 0 } else { d.abs_diff(head) } {
        near @ 0..=3 => near as u32,
        4..=5 => 4,
        6..=9 => 5,
        _ => 6,
    } << 2
        | side;
    let own = tree.children(d);
    let child = |i: Option<&u16>| i.map_or(NOTHING, |i| tree.nodes[*i as usize]);
    let (first, last) = (child(own.first()), child(own.last()));
    let case = child(own.iter().find(|&&i| (i as usize) < d && tree.nodes[i as usize].is(Pos::Adp)));
    let siblings = if root { &[] } else { tree.children(head) };
    let place = siblings.partition_point(|&i| (i as usize) < d);
    let left = child(place.checked_sub(1).map(|i| &siblings[i]));
    let right = child(siblings.get(place + 1));
    let (mut label, mut same, mut seen) = (u32::from(UNLABELLED), 0, 0u64);
    for &i in siblings.iter().take(place) {
        label = u32::from(labels[i as usize]);
        same = u32::from((usize::from(i) < head) == (d < head)) + 1;
        seen |= 1 << (label % 64);
    }
    let seen = join(seen as u32, (seen >> 32) as u32);
    let above = if root { NOTHING } else { tree.node(tree.heads[head] as usize) };
    let tags = x.tag << 11 | y.tag;
    let mut add = |template: u32, value: u32| give(feature(template + 200, value));

    add(1, join(x.word, side));
    add(2, join(x.tag, side));
    add(3, join(y.word, side));
    add(4, join(y.tag, side));
    add(5, join(tags, side));
    add(7, join(join(x.word, y.tag), side));
    add(9, join(tags, distance));
    add(10, join(x.word, distance));
    // Its children.
    add(11, join(first.word, x.tag));
    add(12, join(first.tag, tags));
    add(13, join(last.word, x.tag));
    add(14, join(last.tag, tags));
    add(15, join(case.word, tags));
    add(16, join(case.word, y.word));
    add(17, join(case.word, x.word));
    let mut kinds = 0u32;
    for &i in own {
        kinds |= 1 << (tree.nodes[i as usize].pos % 32);
    }
    add(18, join(kinds, tags));
    add(19, join(kinds, x.tag));
    add(20, join(own.len().min(4) as u32, tags));
    for &i in own.iter().take(6) {
        let (child, behind) = (tree.nodes[i as usize], u32::from(i as usize > d));
        add(21, join(child.word, x.pos << 1 | behind));
        add(22, join(child.tag << 1 | behind, tags));
    }
    // Its siblings.
    add(30, join(left.tag << 2 | same, tags));
    add(31, join(left.word, join(tags, same)));
    add(32, join(right.tag, tags));
    add(33, join(label, tags));
    add(35, join(seen, x.pos << 8 | y.pos << 2 | side));
    for &i in siblings.iter().take(8).filter(|&&i| i as usize != d) {
        let (sibling, behind) = (tree.nodes[i as usize], u32::from(i as usize > head));
        add(37, join(sibling.tag << 3 | behind << 2 | side, x.tag));
        add(38, join(sibling.word, x.pos << 8 | y.pos << 2 | side));
    }
    // What stands above and around.
    add(40, join(above.tag, tags));
    add(42, join(near(-1).tag, tags));
    add(43, join(near(1).tag, tags));
    add(44, join(near(-1).word, x.tag));
    add(45, join(near(1).word, x.tag));
    add(46, join(near(-1).tag << 11 | near(1).tag, x.tag));
    add(47, join(x.suffix, side));
    add(48, join(x.suffix, y.tag));
    add(49, join(x.tag << 2 | side, y.suffix));
    add(51, join(x.class, y.tag << 2 | side));
    add(52, join(y.class, x.tag << 2 | side));
    add(53, join(x.class, case.word));
}
