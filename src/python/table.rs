//! The class `Table`, which leaves through the Arrow PyCapsule interface.

use super::cells;
use super::document::in_chunks;
use super::errors::SaysoError;
use crate::document::Document as Core;
use crate::table::{self, Batches};
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{LargeStringArray, RecordBatch, RecordBatchIterator};
use arrow_schema::SchemaRef;
use arrow_schema::ffi::FFI_ArrowSchema;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

/// Rows of one kind with named columns, kept as Arrow record batches.
#[pyclass(frozen, module = "sayso._core")]
pub(super) struct Table {
    name: &'static str,
    schema: SchemaRef,
    pub(super) batches: Vec<RecordBatch>,
}

impl Table {
    /// One without rows yet.
    pub(super) fn new(which: table::Table) -> Self {
        Self { name: which.name(), schema: table::schema(which), batches: Vec::new() }
    }
}

#[pymethods]
impl Table {
    /// What the rows are: "documents", "mentions", "entities", "attributions", "pairs" or "links".
    #[getter]
    fn name(&self) -> &str {
        self.name
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// The first `rows` rows, each a dict from column to value.
    fn head<'py>(&self, py: Python<'py>, rows: usize) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let all = self.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
        all.take(rows).map(|(batch, row)| cells::row(py, batch, row)).collect()
    }

    /// Three columns of strings, row by row.
    fn triples(&self, first: &str, second: &str, third: &str) -> PyResult<Vec<(String, String, String)>> {
        let mut rows = Vec::with_capacity(self.__len__());
        for batch in &self.batches {
            let column = |name: &str| {
                let column = batch.column_by_name(name).and_then(|column| column.as_string_opt::<i64>());
                column.ok_or_else(|| SaysoError::new_err(format!("expected a column of texts, not {name:?}")))
            };
            let (a, b, c) = (column(first)?, column(second)?, column(third)?);
            let cell = |column: &LargeStringArray, row| column.value(row).to_owned();
            rows.extend((0..batch.num_rows()).map(|row| (cell(a, row), cell(b, row), cell(c, row))));
        }
        Ok(rows)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The rows as an Arrow stream; one without rows still carries its columns. A `requested_schema` is not
    /// followed, which the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        // Dropping the stream calls its release function, unless the one who took it did.
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    /// The columns and their types as an Arrow schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref());
        let schema = schema.map_err(|error| SaysoError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }
}

/// The tables of documents, in the order documents, mentions, entities, attributions, pairs.
#[pyfunction]
#[pyo3(signature = (docs, *, text = true))]
pub(super) fn tables(
    py: Python<'_>,
    docs: &Bound<'_, PyAny>,
    text: bool,
) -> PyResult<(Table, Table, Table, Table, Table)> {
    let mut documents = Table::new(table::Table::Documents);
    let mut mentions = Table::new(table::Table::Mentions);
    let mut entities = Table::new(table::Table::Entities);
    let mut attributions = Table::new(table::Table::Attributions);
    let mut pairs = Table::new(table::Table::Pairs);
    in_chunks(py, docs, |chunk| {
        let cores: Vec<&Core> = chunk.iter().map(|doc| &doc.get().0.doc).collect();
        let made: Batches = py.detach(|| table::batches(&cores, text))?;
        documents.batches.push(made.documents);
        mentions.batches.push(made.mentions);
        entities.batches.push(made.entities);
        attributions.batches.push(made.attributions);
        pairs.batches.push(made.pairs);
        Ok(())
    })?;
    Ok((documents, mentions, entities, attributions, pairs))
}
