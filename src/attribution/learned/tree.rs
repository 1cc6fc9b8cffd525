//! The trees as the model asks about them: heads, branches, and how far each branch reaches.

use super::sight::Atom;
use crate::model::join;
use crate::parse::Arc;
use crate::tagset::{Pos, Rel};
use std::ops::Range;

/// No token.
pub(crate) const NONE: u32 = u32::MAX;
/// The relation of a token that was not parsed.
const UNPARSED: u8 = 63;
/// Steps up a tree that are taken at most.
const HIGH: usize = 24;

/// Trees over the tokens of a document; all vectors have an element a token.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The head; none for a root and where nothing was parsed.
    pub(crate) head: Vec<u32>,
    pub(crate) rel: Vec<u8>,
    /// First and last token of all that hangs on a token.
    pub(crate) left: Vec<u32>,
    pub(crate) right: Vec<u32>,
    /// The relations of its children, as a set.
    pub(crate) children: Vec<u64>,
    /// The word that opens the clause ("that", "if"); 0 where none does.
    pub(crate) marker: Vec<u32>,
    /// The nearest word above that is a cue now and then, and the branch below it that the token stands on.
    pub(crate) above: Vec<(u32, u32)>,
}

impl Tree {
    pub(super) fn new(arcs: &[Option<Arc>], sentences: &[Range<usize>], atoms: &[Atom]) -> Self {
        let count = arcs.len();
        let mut tree = Self {
            head: vec![NONE; count],
            rel: vec![UNPARSED; count],
            left: (0..count as u32).collect(),
            right: (0..count as u32).collect(),
            children: vec![0; count],
            marker: vec![0; count],
            above: vec![(NONE, NONE); count],
        };
        for (i, arc) in arcs.iter().enumerate() {
            if let Some(arc) = arc {
                tree.rel[i] = arc.rel as u8;
                if arc.head as usize != i {
                    tree.head[i] = arc.head;
                    let head = arc.head as usize;
                    tree.children[head] |= 1 << arc.rel as u8;
                    if arc.rel == Rel::Mark || tree.marker[head] == 0 && atoms[i].pos == Pos::Sconj as u32 {
                        tree.marker[head] = atoms[i].word;
                    }
                }
            }
        }
        for range in sentences {
            for i in range.clone() {
                // Whoever stands above reaches at least as far as this token.
                let mut up = tree.head[i];
                for _ in 0..HIGH {
                    if up == NONE {
                        break;
                    }
                    let at = up as usize;
                    tree.left[at] = tree.left[at].min(i as u32);
                    tree.right[at] = tree.right[at].max(i as u32);
                    up = tree.head[at];
                }
            }
        }
        tree
    }

    /// The trees of a range of tokens, of which the first is token 0: what hangs on a word outside hangs on nothing.
    pub(super) fn within(&self, range: &std::ops::Range<usize>) -> Tree {
        let (start, end) = (range.start as u32, range.end as u32);
        let place = |at: &u32| if (start..end).contains(at) { at - start } else { NONE };
        let clamp = |at: &u32| (*at).clamp(start, end - 1) - start;
        let both = |(a, b): &(u32, u32)| match (place(a), place(b)) {
            (NONE, _) | (_, NONE) => (NONE, NONE),
            pair => pair,
        };
        Tree {
            head: self.head[range.clone()].iter().map(place).collect(),
            rel: self.rel[range.clone()].to_vec(),
            left: self.left[range.clone()].iter().map(clamp).collect(),
            right: self.right[range.clone()].iter().map(clamp).collect(),
            children: self.children[range.clone()].to_vec(),
            marker: self.marker[range.clone()].to_vec(),
            above: self.above[range.clone()].iter().map(both).collect(),
        }
    }

    /// Fills `above`, which goes by how often words are cues.
    pub(super) fn look_up(&mut self, atoms: &[Atom]) {
        for i in 0..atoms.len() {
            let (mut found, mut below) = ((NONE, NONE), i as u32);
            for up in self.up(i) {
                if atoms[up as usize].attributes() {
                    found = (up, below);
                    break;
                }
                below = up;
            }
            self.above[i] = found;
        }
    }

    /// The tokens above `i`, nearest first.
    pub(crate) fn up(&self, i: usize) -> impl Iterator<Item = u32> + '_ {
        let next = |at: &u32| Some(self.head[*at as usize]).filter(|head| *head != NONE);
        std::iter::successors(next(&(i as u32)), next).take(HIGH)
    }

    /// The head of token `i`.
    pub(crate) fn head(&self, i: usize) -> Option<usize> {
        Some(self.head[i] as usize).filter(|_| self.head[i] != NONE)
    }

    /// Whether `i` is the first and the last token of a branch.
    pub(crate) fn edges(&self, i: usize, branch: u32) -> u32 {
        if branch == NONE {
            return 4;
        }
        u32::from(self.left[branch as usize] == i as u32) << 1
            | u32::from(self.right[branch as usize] == i as u32)
    }

    /// Token `from` and those above it that a way from it may go through, nearest first.
    pub(crate) fn line(&self, from: usize) -> Vec<u32> {
        [from as u32].into_iter().chain(self.up(from).take(6)).collect()
    }

    /// The way from token `to` to the first of `ups`, a [`Tree::line`], through the lowest token above both: the relations
    /// up and down, as one number, and the branch below the first that holds `to`. None where there is none within reach.
    pub(crate) fn path(&self, ups: &[u32], to: usize) -> Option<(u32, u32)> {
        if ups.first() == Some(&(to as u32)) {
            return Some((0, NONE));
        }
        let (mut at, mut below, mut path) = (to as u32, NONE, 1u32);
        for _ in 0..6 {
            if let Some(n) = ups.iter().position(|up| *up == at) {
                for down in ups[..n].iter().rev() {
                    path = join(path, 100 + u32::from(self.rel[*down as usize]));
                }
                return Some((path, if n == 0 { below } else { NONE }));
            }
            path = join(path, u32::from(self.rel[at as usize]));
            below = at;
            at = self.head[at as usize];
            if at == NONE {
                return None;
            }
        }
        None
    }
}
