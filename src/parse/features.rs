//! What the parser looks at before it acts, after Zhang & Nivre (2011). Training and prediction share it.

use super::node::{NOTHING, Node, ROOT};
use super::state::{NONE, Slot, State};
use crate::model::{feature, join};

/// Two tags as one number.
fn pair(a: u32, b: u32) -> u32 {
    a << 11 | b
}

/// Hands out the features of a state one by one.
#[inline]
pub(crate) fn features(state: &State, nodes: &[Node], mut give: impl FnMut(u32)) {
    let node = |i: u16| match i {
        NONE => NOTHING,
        i if i == state.count => ROOT,
        i => nodes[i as usize],
    };
    let word = |i: Option<u16>| i.and_then(|i| nodes.get(i as usize)).copied().unwrap_or(NOTHING);
    let blank = Slot { head: NONE, left: [NONE; 2], right: [NONE; 2], lefts: 0, rights: 0 };
    let slot = |i: u16| if i == NONE { blank } else { state.slots[i as usize] };
    let under = |depth: usize| state.stack.len().checked_sub(depth + 1).map_or(NONE, |i| state.stack[i]);

    let (top, below, next) = (under(0), under(1), state.next);
    let (s, r, n) = (node(top), node(below), node(next));
    let (n1, n2) = (word(Some(next + 1)), word(Some(next.saturating_add(2))));
    let before = word(next.checked_sub(1));
    let (after_top, before_top) =
        if top == NONE { (NOTHING, NOTHING) } else { (word(Some(top + 1)), word(top.checked_sub(1))) };
    let (ts, rs, ns) = (slot(top), slot(below), slot(next));
    let head = node(ts.head);
    let grand = if ts.head == NONE || ts.head == state.count { NOTHING } else { node(slot(ts.head).head) };
    let (left, left2) = (node(ts.left[0]), node(ts.left[1]));
    let (right, right2) = (node(ts.right[0]), node(ts.right[1]));
    let (next_left, next_left2) = (node(ns.left[0]), node(ns.left[1]));
    let below_right = node(rs.right[0]);
    let hangs = u32::from(ts.head != NONE);
    let below_hangs = if below == NONE { 2 } else { u32::from(rs.head != NONE) };
    let distance = match next.wrapping_sub(top) {
        _ if top == NONE => 0,
        near @ 0..=4 => u32::from(near),
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    };
    let (lefts, rights) = (u32::from(ts.lefts.min(3)), u32::from(ts.rights.min(4)));
    let next_lefts = u32::from(ns.lefts.min(7));

    let (s_both, n_both) = (s.both, n.both);
    let tags = pair(s.tag, n.tag);
    let r_tag = r.tag << 2 | below_hangs;
    let mut add = |template: u32, value: u32| give(feature(template, value));

    // Single words.
    add(1, s_both);
    add(2, s.word);
    add(3, s.tag << 1 | hangs);
    add(4, n_both);
    add(5, n.word);
    add(6, n.tag);
    add(7, n1.both);
    add(8, n1.tag);
    add(9, n2.both);
    add(10, n2.tag);
    // The word on the stack with the next.
    add(14, join(s_both, n.tag));
    add(15, join(s.tag, n_both));
    add(17, tags << 1 | hangs);
    add(18, pair(n.tag, n1.tag));
    add(19, join(pair(n.tag, n1.tag), n2.tag));
    add(20, join(tags, n1.tag));
    add(21, join(head.tag, tags));
    add(22, join(tags, left.tag));
    add(23, join(tags, right.tag));
    add(24, join(tags, next_left.tag));
    // How far apart they are, and how many children they have.
    add(25, join(s.word, distance));
    add(26, join(s.tag, distance));
    add(27, join(n.word, distance));
    add(28, join(n.tag, distance));
    add(30, join(tags, distance));
    add(31, join(s.word, rights << 3 | hangs));
    add(32, join(s.tag, rights << 3 | hangs));
    add(33, join(s.word, lefts + 100));
    add(34, join(s.tag, lefts + 100));
    add(35, join(n.word, next_lefts));
    add(36, join(n.tag, next_lefts));
    // Heads and children.
    add(37, head.word);
    add(38, head.tag);
    add(39, left.word);
    add(40, left.tag);
    add(41, right.word);
    add(42, right.tag);
    add(43, next_left.word);
    add(44, next_left.tag);
    add(45, grand.tag);
    add(46, join(s.tag, pair(left.tag, left2.tag)));
    add(47, join(s.tag, pair(right.tag, right2.tag)));
    add(48, join(s.tag, pair(head.tag, grand.tag)));
    add(49, join(n.tag, pair(next_left.tag, next_left2.tag)));
    // The word below on the stack.
    add(50, join(tags, r_tag));
    add(52, join(r_tag, n_both));
    add(53, join(join(r_tag, tags), n1.tag));
    add(54, join(tags, before.tag));
    add(55, join(tags, after_top.tag));
    add(56, join(join(tags, after_top.tag), before.tag));
    add(57, join(join(tags, before_top.tag), n1.tag));
    add(58, join(join(tags, right.tag), left.tag));
    add(59, join(join(tags, next_left.tag), right.tag));
    add(60, join(s.ending, n.ending));
    add(61, join(s.ending, n.tag));
    add(62, join(s.tag, n.ending));
    add(65, join(join(tags, n1.tag), n2.tag));
    add(66, join(join(tags, distance), rights << 4 | lefts << 1 | hangs));
    add(68, join(tags, join(left.word, next_lefts)));
    add(71, join(head.word, n.word));
    add(73, join(below_right.tag, pair(r.tag, n.tag)));
    // Word classes.
    add(75, s.class << 16 | n.class);
    add(76, join(s.class, n.tag));
    add(77, join(s.tag, n.class));
    add(78, n1.class);
    add(82, join(s.class, join(n.tag, next_left.word)));
}
