//! The class `Matcher`: names in, arrays of places out.

use super::run::interruptible;
use crate::corpus;
use crate::offsets::Offsets;
use numpy::{IntoPyArray, PyArray1};
use pyo3::prelude::*;
use std::sync::Arc;

/// Four columns of one length: text, start, end, id.
type Columns<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
);

/// Many names at once: whole words, leftmost, longest. The id of a name is its place in the sequence; of two equal
/// names the first holds. With `ignore_case`, ASCII letters match in either case.
#[pyclass(frozen, module = "sayso")]
pub(super) struct Matcher {
    matcher: Arc<crate::matcher::Matcher>,
    names: usize,
}

#[pymethods]
impl Matcher {
    #[new]
    #[pyo3(signature = (names, *, ignore_case = false))]
    fn new(py: Python<'_>, names: Vec<String>, ignore_case: bool) -> PyResult<Self> {
        let matcher = py.detach(|| {
            let numbered = names.iter().zip(0u32..).map(|(name, id)| (name.as_str(), id));
            crate::matcher::Matcher::new(numbered, ignore_case)
        })?;
        Ok(Self { matcher: Arc::new(matcher), names: names.len() })
    }

    /// The matches in one text, each as start, end (code points) and id.
    fn find(&self, text: &str) -> Vec<(u32, u32, u32)> {
        let offsets = Offsets::new(text);
        self.matcher
            .find(text)
            .map(|m| (offsets.point(m.span.start), offsets.point(m.span.end), m.id))
            .collect()
    }

    /// The matches in many texts, searched on `threads` threads (None: one for each core) with the interpreter free:
    /// four int64 arrays of one length, with the place of the text, start and end in code points, and the id.
    #[pyo3(signature = (texts, *, threads = None))]
    fn find_all<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<String>,
        threads: Option<usize>,
    ) -> PyResult<Columns<'py>> {
        let matcher = Arc::clone(&self.matcher);
        let columns = interruptible(py, move |stop| -> crate::Result<[Vec<i64>; 4]> {
            let found = corpus::find(&matcher, &texts, threads.unwrap_or(0), stop)?;
            let mut columns: [Vec<i64>; 4] = Default::default();
            for (i, (text, matches)) in texts.iter().zip(&found).enumerate() {
                let offsets = Offsets::new(text);
                for m in matches {
                    let row = [
                        i as i64,
                        offsets.point(m.span.start).into(),
                        offsets.point(m.span.end).into(),
                        m.id.into(),
                    ];
                    columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
                }
            }
            Ok(columns)
        })??;
        let [texts, starts, ends, ids] = columns.map(|column| column.into_pyarray(py));
        Ok((texts, starts, ends, ids))
    }

    fn __len__(&self) -> usize {
        self.names
    }

    fn __repr__(&self) -> String {
        format!("Matcher({} names)", self.names)
    }
}
