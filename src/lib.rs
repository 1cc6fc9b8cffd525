//! sayso reads news and answers: who says what about whom, how sure are they, and where did they hear it?
//!
//! The modules below stand in the order of the pipeline.

pub mod span;
pub mod offsets;
pub mod error;
pub mod labels;
pub mod tagset;
pub mod matcher;
pub mod gazetteer;
pub mod model;
mod tsv;
pub mod date;
mod spelling;
pub mod clean;
pub mod lexicon;
pub mod segment;
pub mod tag;
pub mod parse;
pub mod names;
pub mod language;
pub mod claim;
pub mod entity;
mod metonym;
pub mod coreference;
pub mod factuality;
pub mod link;
pub mod sentiment;
pub mod attribution;
pub mod stance;
pub mod english;
pub mod document;
pub mod contract;
pub mod json;
pub mod table;
pub mod pipeline;
pub mod io;
pub mod corpus;
pub mod render;
#[cfg(feature = "python")]
mod python;
#[cfg(feature = "train")]
pub mod train;

pub use document::{Document, Record};
pub use error::{Error, Result};
pub use pipeline::Pipeline;
pub use span::Span;
