//! One test binary: a module a topic.

mod cases;
mod clean;
mod segment;
