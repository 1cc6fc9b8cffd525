//! Training of the models, from treebanks and name corpora; nothing that prediction needs.
//!
//! Every trainer takes a seed and gives the same bytes on every run.

mod annotated;
mod arguments;
mod attribution;
mod card;
mod chain;
mod claims;
mod classes;
mod command;
mod conllu;
mod coreference;
mod factuality;
mod field;
mod logistic;
mod names;
mod network;
mod parser;
mod perceptron;
mod random;
mod ranking;
mod readings;
mod relations;
mod sentences;
mod stance;
mod sentiment;
mod tagger;
mod text;

pub use command::command;
