//! The door to Python: the module `sayso._core`. Nothing is decided here.

use pyo3::prelude::*;

mod attribution;
mod cells;
mod claims;
mod demo;
mod document;
mod entity;
mod errors;
mod factuality;
mod files;
mod gazetteer;
mod held;
mod link;
mod pair;
mod pipeline;
mod run;
mod table;
mod token;
mod vectors;
mod vocabulary;

/// The compiled half of sayso; the names to use are those of the package `sayso`.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::attribution::{Attribution, Content};
    #[pymodule_export]
    use super::claims::{Judge, Stance};
    #[pymodule_export]
    use super::demo::demo;
    #[pymodule_export]
    use super::document::{Document, page};
    #[pymodule_export]
    use super::entity::{Block, Entity, Mention};
    #[pymodule_export]
    use super::errors::SaysoError;
    #[pymodule_export]
    use super::files::{load, run};
    #[pymodule_export]
    use super::gazetteer::Gazetteer;
    #[pymodule_export]
    use super::held::Span;
    #[pymodule_export]
    use super::link::{link, link_files, link_tables, write_links};
    #[pymodule_export]
    use super::pair::Pair;
    #[pymodule_export]
    use super::pipeline::Pipeline;
    #[pymodule_export]
    use super::table::{Table, tables};
    #[pymodule_export]
    use super::token::Token;
    #[pymodule_export]
    use super::vocabulary::{Feature, versions};

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::vocabulary::add(module)
    }
}
