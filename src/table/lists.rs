//! Columns that hold several values a row: warnings, blocks, contents, vectors.

use super::schema::{block_fields, item, number, span_fields};
use super::{FEATURES_LEN, arrow};
use crate::contract::{BlockRow, Spot, name_of};
use crate::document::Document;
use crate::error::Result;
use arrow_array::{
    ArrayRef, FixedSizeListArray, Float32Array, Int64Array, LargeStringArray, ListArray, StructArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType};
use std::sync::Arc;

/// Lists of strings.
pub(super) fn strings<'r>(rows: impl Iterator<Item = &'r [String]>) -> Result<ArrayRef> {
    let rows: Vec<_> = rows.collect();
    let values: LargeStringArray = rows.iter().copied().flatten().map(Some).collect();
    list(rows.iter().map(|row| row.len()), DataType::LargeUtf8, Arc::new(values))
}

/// Lists of spans.
pub(super) fn spans<'r>(rows: impl Iterator<Item = &'r [Spot<'r>]>) -> Result<ArrayRef> {
    let rows: Vec<_> = rows.collect();
    let starts = offsets(rows.iter().copied().flatten().map(|spot| spot.start));
    let ends = offsets(rows.iter().copied().flatten().map(|spot| spot.end));
    let values = StructArray::try_new(span_fields(), vec![starts, ends], None).map_err(arrow)?;
    list(rows.iter().map(|row| row.len()), DataType::Struct(span_fields()), Arc::new(values))
}

/// Lists of blocks.
pub(super) fn blocks<'r>(rows: impl Iterator<Item = &'r [BlockRow]>) -> Result<ArrayRef> {
    let rows: Vec<_> = rows.collect();
    let starts = offsets(rows.iter().copied().flatten().map(|block| block.start));
    let ends = offsets(rows.iter().copied().flatten().map(|block| block.end));
    let kinds: LargeStringArray =
        rows.iter().copied().flatten().map(|block| Some(name_of(&block.kind))).collect();
    let columns = vec![starts, ends, Arc::new(kinds) as ArrayRef];
    let values = StructArray::try_new(block_fields(), columns, None).map_err(arrow)?;
    list(rows.iter().map(|row| row.len()), DataType::Struct(block_fields()), Arc::new(values))
}

/// One vector for each attribution.
pub(super) fn vectors<'d>(docs: impl Iterator<Item = &'d Document>) -> Result<ArrayRef> {
    let mut numbers = Vec::new();
    for doc in docs {
        numbers.extend_from_slice(doc.whole_vectors()?);
    }
    fixed(numbers)
}

/// Vectors of numbers that stand one after the other.
pub(super) fn fixed(numbers: Vec<f32>) -> Result<ArrayRef> {
    let rows = numbers.len() / FEATURES_LEN;
    let values: ArrayRef = Arc::new(Float32Array::from(numbers));
    FixedSizeListArray::try_new_with_length(number(), FEATURES_LEN as i32, values, None, rows)
        .map(|list| Arc::new(list) as ArrayRef)
        .map_err(arrow)
}

fn offsets(points: impl Iterator<Item = u32>) -> ArrayRef {
    Arc::new(points.map(i64::from).collect::<Int64Array>())
}

fn list(lengths: impl Iterator<Item = usize>, of: DataType, values: ArrayRef) -> Result<ArrayRef> {
    if i32::try_from(values.len()).is_err() {
        return Err(arrow(ArrowError::OffsetOverflowError(values.len())));
    }
    let list = ListArray::try_new(item(of), OffsetBuffer::from_lengths(lengths), values, None);
    list.map(|list| Arc::new(list) as ArrayRef).map_err(arrow)
}
