//! One test binary: a module a topic.

// A test says what is wrong by panicking.
#![allow(clippy::panic, clippy::unwrap_used)]

mod attributions;
mod cases;
mod clean;
mod documents;
mod entities;
mod factuality;
mod floors;
mod io;
mod json;
mod language;
mod lemmas;
mod link;
mod properties;
mod run;
mod segment;
mod sentiment;
mod snapshots;
mod stance;
mod table;
