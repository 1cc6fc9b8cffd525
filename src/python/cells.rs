//! Cells of a table as Python values.

use super::errors::SaysoError;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

/// A row as a dict from column to value.
pub(super) fn row<'py>(py: Python<'py>, batch: &RecordBatch, row: usize) -> PyResult<Bound<'py, PyDict>> {
    let cells = PyDict::new(py);
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        cells.set_item(field.name(), cell(py, column, row)?)?;
    }
    Ok(cells)
}

/// The types that the tables have, and no others.
fn cell<'py>(py: Python<'py>, column: &dyn Array, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match column.data_type() {
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Float32 => column.as_primitive::<Float32Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::List(_) => list(py, &column.as_list::<i32>().value(row))?,
        DataType::FixedSizeList(..) => list(py, &column.as_fixed_size_list().value(row))?,
        DataType::Struct(fields) => {
            let cells = PyDict::new(py);
            for (field, column) in fields.iter().zip(column.as_struct().columns()) {
                cells.set_item(field.name(), cell(py, column, row)?)?;
            }
            cells.into_any()
        }
        other => return Err(SaysoError::new_err(format!("a column of type {other} has no Python value"))),
    })
}

fn list<'py>(py: Python<'py>, items: &dyn Array) -> PyResult<Bound<'py, PyAny>> {
    let items = (0..items.len()).map(|item| cell(py, items, item)).collect::<PyResult<Vec<_>>>()?;
    Ok(PyList::new(py, items)?.into_any())
}
