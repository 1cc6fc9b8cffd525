//! The one test binary.

mod documents;
mod io;
mod json;
mod run;
mod table;
