//! Dependencies: on which word each word hangs, and as what.
//!
//! A transition parser finds the tree without labels; then each arc gets its label, which the whole tree helps to
//! choose. Time is linear in the length of a sentence: long ones are parsed in pieces.

mod beam;
mod features;
pub(crate) mod node;
pub(crate) mod relations;
mod state;

#[cfg(feature = "train")]
pub(crate) use {
    features::features as action_features,
    state::{Action, NONE, State},
};

use crate::error::{Error, Result};
use crate::model::{self, Features, Kind, Rows, Table};
use crate::tag::Word;
use crate::tagset::{Pos, Rel, Tags};
use beam::Beam;
use node::Node;
use relations::{Tree, UNLABELLED, features as relation_features, plain};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A row of label weights is one line of the cache.
pub(crate) const LABELS: usize = 64;

/// Shift, reduce, left and right.
pub(crate) const ACTIONS: usize = 4;

/// The largest weight of an action.
pub(crate) const LIMIT: i16 = 2047;

/// Words of the longest sentence that is parsed in one piece.
pub(crate) const LONGEST: usize = 160;

/// On which word a word hangs, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arc {
    /// Index of the head in the sentence; the word's own index for the root.
    pub head: u32,
    /// The relation.
    pub rel: Rel,
}

/// A parser as its file stores it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ParserModel {
    /// Weights of shift, reduce, left and right.
    pub actions: Rows,
    /// Relations by number.
    pub rels: Vec<Rel>,
    /// Weights of the relations.
    pub labels: Rows,
    /// How far an action may be behind the best one and still be tried.
    pub margin: i32,
    /// Parses kept side by side.
    pub width: u32,
}

/// A parser at work.
#[derive(Debug)]
pub struct Parser {
    actions: Table<ACTIONS, i16>,
    rels: Vec<Rel>,
    labels: Table<LABELS>,
    margin: i32,
    width: usize,
}

/// Memory for parsing, kept from sentence to sentence.
#[derive(Default)]
pub struct Scratch {
    nodes: Vec<Node>,
    beam: Beam,
}

impl Parser {
    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// What is no parser model; see [`model::unpack`].
    pub fn read(path: &Path, file: &[u8]) -> Result<Self> {
        let model: ParserModel = model::unpack(path, Kind::Parser, file)?;
        let sound = model.actions.is_sound(ACTIONS, LIMIT)
            && model.labels.is_sound(LABELS, 127)
            && (1..=LABELS).contains(&model.rels.len())
            && (0..1 << 20).contains(&model.margin)
            && (1..=64).contains(&model.width);
        if !sound {
            return Err(Error::file(path, "the parts of this parser model do not fit each other"));
        }
        Ok(Self::new(&model))
    }

    pub(crate) fn new(model: &ParserModel) -> Self {
        Self {
            actions: Table::new(&model.actions),
            rels: model.rels.clone(),
            labels: Table::new(&model.labels),
            margin: model.margin,
            width: model.width as usize,
        }
    }

    /// Parses the words of one sentence, adding an arc for each.
    pub fn parse(&self, words: &[Word], tags: &[Tags], scratch: &mut Scratch, arcs: &mut Vec<Arc>) {
        let first = arcs.len();
        let mut start = 0;
        while start < words.len() {
            let end = piece(tags, start);
            scratch.nodes.clear();
            scratch
                .nodes
                .extend(words[start..end].iter().zip(&tags[start..end]).map(|(w, t)| Node::new(w, *t)));
            self.piece(start as u32, scratch, arcs);
            start = end;
        }
        // The roots of later pieces hang on the first.
        let mut root = None;
        for (i, arc) in arcs[first..].iter_mut().enumerate().filter(|(i, arc)| arc.head as usize == *i) {
            match root {
                None => root = Some(i as u32),
                Some(root) => *arc = Arc { head: root, rel: Rel::Parataxis },
            }
        }
    }

    fn piece(&self, start: u32, Scratch { nodes, beam }: &mut Scratch, arcs: &mut Vec<Arc>) {
        let heads = beam.parse(&self.actions, self.width, self.margin, nodes);
        let tree = Tree::new(nodes, &heads);
        let mut labels = vec![UNLABELLED; nodes.len()];
        let mut found = Features::new();
        for d in 0..nodes.len() {
            let root = heads[d] as usize == nodes.len();
            let rel = if root {
                Rel::Root
            } else if let Some(plain) = plain(&nodes[d], &nodes[heads[d] as usize], d < heads[d] as usize) {
                plain
            } else {
                let mut scores = [0; LABELS];
                found.clear();
                relation_features(&tree, d, &labels, |hash| found.push(hash));
                self.labels.add(&found, &mut scores);
                self.best(&scores)
            };
            labels[d] = rel as u8;
            arcs.push(Arc { head: start + if root { d as u32 } else { u32::from(heads[d]) }, rel });
        }
    }

    /// The relation with the highest score; only the root is one.
    fn best(&self, scores: &[i16; LABELS]) -> Rel {
        let others = self.rels.iter().zip(scores).filter(|(rel, _)| **rel != Rel::Root);
        others
            .fold(
                (Rel::Dep, i16::MIN),
                |best, (rel, score)| if *score > best.1 { (*rel, *score) } else { best },
            )
            .0
    }
}

/// Where the piece that begins at `start` ends: a long sentence is cut, behind a mark if there is one.
fn piece(tags: &[Tags], start: usize) -> usize {
    if tags.len() - start <= LONGEST {
        return tags.len();
    }
    let mark = (start + LONGEST / 2..start + LONGEST).rev().find(|&i| tags[i].pos == Pos::Punct);
    mark.map_or(start + LONGEST, |i| i + 1)
}
