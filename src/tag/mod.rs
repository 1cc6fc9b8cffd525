//! What kind of word each token is: part of speech by a model, word classes and cues by the lists, lemmas by rules.

mod classes;
mod dictionary;
mod features;
pub mod lemma;
mod tagger;
mod word;

pub use classes::{Tag, TermAt, tag};
pub use dictionary::{Dictionary, Known};
#[cfg(feature = "train")]
pub(crate) use features::features;
pub use tagger::{Tagger, TaggerModel, WIDTH};
pub(crate) use word::EDGE;
pub use word::{Shape, Word};
