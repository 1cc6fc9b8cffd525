//! The class `Gazetteer`: names in, arrays of places out.

use super::pipeline::string;
use super::run::interruptible;
use crate::gazetteer::{Builder, Case, Engine, Match, Row, Scratch};
use crate::{Error, corpus, io};
use ndarray::ArrayView2;
use numpy::{IntoPyArray, PyArray1, PyArray2, ToPyArray};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyMapping, PyString, PyTuple};
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes of a text that is searched with the interpreter held.
const SHORT: usize = 1 << 16;

thread_local! {
    /// What the searches of one text leave to the next.
    static MEMORY: RefCell<(Scratch, Vec<Match>, Vec<[i64; 3]>)> = RefCell::default();
}

/// Four columns of one length: text, start, end, id.
type Columns<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
);

/// Names and what they name, found in texts: whole words, leftmost, longest, without overlap.
///
/// `names` is a dict from names to ids, or to several ids. Diacritics do not count, nor whether an apostrophe is curly or
/// a space is a hyphen; a possessive ending is left out. Case counts for acronyms and for names of at most three letters,
/// or as `case` says: "exact" or "ignore". `engine` is "words", the fastest, or "dfa" or "nfa", which find the same.
#[pyclass(frozen, module = "sayso")]
pub(super) struct Gazetteer {
    gazetteer: Arc<crate::gazetteer::Gazetteer>,
    engine: Engine,
    ids: PyOnceLock<Py<PyTuple>>,
}

#[pymethods]
impl Gazetteer {
    #[new]
    #[pyo3(signature = (names, *, case = None, engine = "words"))]
    fn new(py: Python<'_>, names: &Bound<'_, PyMapping>, case: Option<&str>, engine: &str) -> PyResult<Self> {
        let (case, engine) = (cased(case)?, engined(engine)?);
        let mut builder = Builder::default();
        let mut add = |name: &Bound<'_, PyAny>, id: &Bound<'_, PyAny>| -> PyResult<()> {
            let (Ok(name), Ok(id)) = (text(name), text(id)) else { return Err(unexpected(name, id)) };
            let row = Row { name: name.as_ref(), id: id.as_ref(), label: "", case };
            builder.add(0, row).map_err(|reason| {
                let start: String = name.as_ref().chars().take(60).collect();
                Error::usage(format!("{start:?}: {reason}")).into()
            })
        };
        for item in names.items()?.iter() {
            let (name, ids) = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            if ids.is_instance_of::<PyString>() {
                add(&name, &ids)?;
                continue;
            }
            let mut several = ids.try_iter().map_err(|_| unexpected(&name, &ids))?.peekable();
            if several.peek().is_none() {
                return Err(unexpected(&name, &ids));
            }
            several.try_for_each(|id| add(&name, &id?))?;
        }
        Self::with(py.detach(|| builder.build()?.with_engine(engine))?, engine)
    }

    /// The gazetteer in a file: a compiled one, or a table (`.tsv`, `.csv`, `.parquet`, also `.gz` and `.zst`) with the columns
    /// `name` and `id` and perhaps `label`, `case` ("exact", "ignore" or empty) and `variants`, more names with `|` between.
    /// Raises SaysoError at the first row that is not what it should be.
    #[staticmethod]
    #[pyo3(signature = (path, *, case = None, engine = "words"))]
    fn load(py: Python<'_>, path: PathBuf, case: Option<&str>, engine: &str) -> PyResult<Self> {
        let (case, engine) = (cased(case)?, engined(engine)?);
        Self::with(py.detach(|| io::names::load(&path, case)?.with_engine(engine))?, engine)
    }

    /// The gazetteer in a file without the rows that are not what they should be, and what is wrong with each of those.
    #[staticmethod]
    fn check(py: Python<'_>, path: PathBuf) -> PyResult<(Self, Vec<String>)> {
        let (gazetteer, wrong) = py.detach(|| io::names::check(&path))?;
        Ok((Self::with(gazetteer, Engine::Words)?, wrong.iter().map(Error::to_string).collect()))
    }

    /// Writes the compiled gazetteer to a file, from which it loads many times faster than from a table.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        Ok(py.detach(|| io::names::save(&self.gazetteer, &path))?)
    }

    /// The names in one text, each as start, end (code points) and its ids.
    fn find<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyString>,
    ) -> PyResult<Vec<(u32, u32, Bound<'py, PyTuple>)>> {
        let text = Text::of(text)?;
        let ids = self.ids(py)?.bind(py);
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        self.gazetteer.find_with(text.as_ref(), &mut scratch, |m| found.push(m));
        let row = |m: &Match| {
            let own = self.gazetteer.ids(m.name).iter().map(|id| ids.get_item(*id as usize));
            let own = own.collect::<PyResult<Vec<_>>>()?;
            Ok((scratch.point(m.span.start), scratch.point(m.span.end), PyTuple::new(py, own)?))
        };
        found.iter().map(row).collect()
    }

    /// The names in one text as an int64 array of three columns, a row for each id of each: start and end in code points,
    /// and the place of the id in `ids`. It takes a few microseconds for an article.
    fn find_array<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyString>,
    ) -> PyResult<Bound<'py, PyArray2<i64>>> {
        let mended;
        let text = match text.to_str() {
            Ok(text) => text,
            Err(_) => {
                mended = Text::of(text)?;
                mended.as_ref()
            }
        };
        checked(text)?;
        let search = || {
            MEMORY.with_borrow_mut(|(scratch, found, rows)| {
                found.clear();
                self.gazetteer.find_with(text, scratch, |m| found.push(m));
                rows.clear();
                for m in found.iter() {
                    let [start, end] = [m.span.start, m.span.end].map(|byte| i64::from(scratch.point(byte)));
                    rows.extend(self.gazetteer.ids(m.name).iter().map(|id| [start, end, i64::from(*id)]));
                }
                std::mem::take(rows)
            })
        };
        // To let the interpreter go and come back takes as long as to search a short text.
        let rows = if text.len() < SHORT { search() } else { py.detach(search) };
        let array = ArrayView2::from_shape((rows.len(), 3), rows.as_flattened());
        let array = array.map_err(|error| Error::usage(error.to_string()))?.to_pyarray(py);
        MEMORY.with_borrow_mut(|memory| memory.2 = rows);
        Ok(array)
    }

    /// The names in many texts, searched on `threads` threads (None: one for each core) with the interpreter free: four int64
    /// arrays of one length, with the place of the text, start and end in code points, and the place of the id in `ids`. A
    /// name with several ids has a row for each.
    #[pyo3(signature = (texts, *, threads = None))]
    fn find_all<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<Bound<'py, PyString>>,
        threads: Option<usize>,
    ) -> PyResult<Columns<'py>> {
        if threads == Some(0) {
            return Err(PyValueError::new_err("threads must be at least 1, not 0"));
        }
        let texts = texts.iter().map(Text::of).collect::<PyResult<Vec<Text>>>()?;
        let gazetteer = Arc::clone(&self.gazetteer);
        // The texts come back, so that they are let go where the interpreter is held.
        let (columns, _texts) = interruptible(py, move |stop| {
            let rows = |scratch: &Scratch, found: &[Match]| rows(&gazetteer, scratch, found);
            let found = corpus::find(&gazetteer, &texts, threads.unwrap_or(0), stop, rows);
            (found.map(|found| columns(&found)), texts)
        })?;
        let [texts, starts, ends, ids] = columns?.map(|column| column.into_pyarray(py));
        Ok((texts, starts, ends, ids))
    }

    /// All ids, each once, in the order of the rows.
    #[getter]
    fn ids(&self, py: Python<'_>) -> PyResult<&Py<PyTuple>> {
        self.ids.get_or_try_init(py, || Ok(PyTuple::new(py, self.gazetteer.all_ids())?.unbind()))
    }

    /// The label of each of `ids`, None where it has none.
    #[getter]
    fn labels(&self) -> Vec<Option<&str>> {
        let labels = (0..self.gazetteer.all_ids().len()).map(|id| self.gazetteer.label(id as u32));
        labels.map(|label| (!label.is_empty()).then_some(label)).collect()
    }

    /// How many names, ids and labels there are, for how many names case counts, how many bytes it takes, and the engine.
    fn info<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let gazetteer = &self.gazetteer;
        let labels: std::collections::BTreeSet<&str> = self.labels().into_iter().flatten().collect();
        let info = PyDict::new(py);
        info.set_item("names", gazetteer.len())?;
        info.set_item("ids", gazetteer.all_ids().len())?;
        info.set_item("labels", labels.into_iter().collect::<Vec<_>>())?;
        info.set_item("exact", (0..gazetteer.len()).filter(|name| gazetteer.is_exact(*name as u32)).count())?;
        info.set_item("bytes", gazetteer.bytes())?;
        info.set_item("engine", self.engine.name())?;
        Ok(info)
    }

    fn __len__(&self) -> usize {
        self.gazetteer.len()
    }

    fn __repr__(&self) -> String {
        format!("Gazetteer({} names, {} ids)", self.gazetteer.len(), self.gazetteer.all_ids().len())
    }
}

impl Gazetteer {
    fn with(gazetteer: crate::gazetteer::Gazetteer, engine: Engine) -> PyResult<Self> {
        Ok(Self { gazetteer: Arc::new(gazetteer), engine, ids: PyOnceLock::new() })
    }
}

/// A Python string, looked into where it is; one with lone surrogates is a copy without them.
enum Text {
    Backed(PyBackedStr),
    Mended(String),
}

impl Text {
    fn of(text: &Bound<'_, PyString>) -> PyResult<Self> {
        let text = match PyBackedStr::try_from(text.clone()) {
            Ok(text) => Text::Backed(text),
            Err(_) => Text::Mended(string(text)?.0),
        };
        checked(text.as_ref())?;
        Ok(text)
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        match self {
            Text::Backed(text) => text,
            Text::Mended(text) => text,
        }
    }
}

fn checked(text: &str) -> PyResult<()> {
    if text.len() > i32::MAX as usize {
        return Err(Error::usage("expected a text of less than 2 GiB").into());
    }
    Ok(())
}

fn text(value: &Bound<'_, PyAny>) -> PyResult<Text> {
    Text::of(value.cast::<PyString>()?)
}

/// Start, end and id of each match, as often as its name has ids.
fn rows(gazetteer: &crate::gazetteer::Gazetteer, scratch: &Scratch, found: &[Match]) -> Vec<[u32; 3]> {
    let mut rows = Vec::with_capacity(found.len());
    for m in found {
        let (start, end) = (scratch.point(m.span.start), scratch.point(m.span.end));
        rows.extend(gazetteer.ids(m.name).iter().map(|id| [start, end, *id]));
    }
    rows
}

/// The rows of every text with the text before them, by column.
fn columns(found: &[Vec<[u32; 3]>]) -> [Vec<i64>; 4] {
    let rows = found.iter().map(Vec::len).sum();
    let mut columns: [Vec<i64>; 4] = std::array::from_fn(|_| Vec::with_capacity(rows));
    let [texts, starts, ends, ids] = &mut columns;
    for (i, rows) in found.iter().enumerate() {
        texts.extend(rows.iter().map(|_| i as i64));
        starts.extend(rows.iter().map(|row| i64::from(row[0])));
        ends.extend(rows.iter().map(|row| i64::from(row[1])));
        ids.extend(rows.iter().map(|row| i64::from(row[2])));
    }
    columns
}

fn cased(case: Option<&str>) -> PyResult<Option<Case>> {
    let expected =
        |case| PyValueError::new_err(format!("case: expected \"exact\", \"ignore\" or None, not {case:?}"));
    case.map(|case| Case::from_name(case).ok_or_else(|| expected(case))).transpose()
}

fn engined(engine: &str) -> PyResult<Engine> {
    Engine::from_name(engine).ok_or_else(|| {
        PyValueError::new_err(format!("engine: expected \"words\", \"dfa\" or \"nfa\", not {engine:?}"))
    })
}

fn unexpected(name: &Bound<'_, PyAny>, id: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!(
        "names: expected a name and an id or ids as strings, found {name:?}: {id:?}"
    ))
}
