//! A word as the parser sees it.

use crate::model::join;
use crate::tag::Word;
use crate::tagset::{Fine, Pos, Tags};

/// The parts of a word that features are made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// Hash of the lower form.
    pub(crate) word: u32,
    /// Word and tag together.
    pub(crate) both: u32,
    /// Both tags as a number below 2048.
    pub(crate) tag: u32,
    /// The universal tag as a number below 32.
    pub(crate) pos: u32,
    pub(crate) fine: Fine,
    /// The last three and the last two bytes.
    pub(crate) suffix: u32,
    pub(crate) ending: u32,
    /// The word class.
    pub(crate) class: u32,
}

/// Where there is no word.
pub(crate) const NOTHING: Node = Node {
    word: 1,
    both: join(1, 2000),
    tag: 2000,
    pos: 30,
    fine: Fine::Blank,
    suffix: 2,
    ending: 3,
    class: 0x7FFF,
};
/// What the root of the sentence hangs on.
pub(crate) const ROOT: Node = Node {
    word: 5,
    both: join(5, 2001),
    tag: 2001,
    pos: 31,
    fine: Fine::Blank,
    suffix: 6,
    ending: 7,
    class: 0x7FFE,
};

impl Node {
    pub(crate) fn new(word: &Word, tags: Tags) -> Self {
        let tag = (tags.pos as u32) << 6 | tags.fine as u32;
        Self {
            word: word.lower,
            both: join(word.lower, tag),
            tag,
            pos: tags.pos as u32,
            fine: tags.fine,
            suffix: word.suffix[2],
            ending: word.suffix[1],
            class: u32::from(word.known.class),
        }
    }

    pub(crate) fn is(&self, pos: Pos) -> bool {
        self.pos == pos as u32
    }
}
