//! Training of the models, from treebanks and name corpora; nothing that prediction needs.
//!
//! Every trainer takes a seed and gives the same bytes on every run.

mod annotated;
mod card;
mod classes;
mod command;
mod conllu;
mod field;
mod names;
mod parser;
mod perceptron;
mod random;
mod sentences;
mod tagger;
mod text;

pub use command::command;
