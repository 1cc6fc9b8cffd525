//! One test binary: a module a topic.

// A test says what is wrong by panicking.
#![allow(clippy::panic, clippy::unwrap_used)]

mod cases;
mod clean;
mod documents;
mod io;
mod json;
mod run;
mod segment;
mod table;
