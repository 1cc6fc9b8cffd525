//! A cell of an Arrow column as a string.

use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions as time;
use arrow_array::types::*;
use arrow_array::{Array, downcast_dictionary_array};
use arrow_schema::{DataType, TimeUnit};

/// The string in a row, `None` where it is null. Numbers are written out, dates as ISO 8601 has them.
///
/// # Errors
/// The type, where it is none that can be a string.
pub(in crate::io) fn string(column: &dyn Array, row: usize) -> Result<Option<String>, DataType> {
    if column.is_null(row) {
        return Ok(None);
    }
    macro_rules! number {
        ($type:ty) => {
            column.as_primitive::<$type>().value(row).to_string()
        };
    }
    macro_rules! date {
        ($type:ty, $convert:path) => {
            $convert(column.as_primitive::<$type>().value(row))
                .map_or(String::new(), |date| format!("{date:?}"))
        };
    }
    Ok(Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).to_owned(),
        DataType::Utf8View => column.as_string_view().value(row).to_owned(),
        DataType::Boolean => column.as_boolean().value(row).to_string(),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => number!(Float64Type),
        DataType::Date32 => date!(Date32Type, day),
        DataType::Date64 => date!(Date64Type, time::date64_to_datetime),
        DataType::Timestamp(unit, zone) => {
            let stamp = match unit {
                TimeUnit::Second => date!(TimestampSecondType, time::timestamp_s_to_datetime),
                TimeUnit::Millisecond => date!(TimestampMillisecondType, time::timestamp_ms_to_datetime),
                TimeUnit::Microsecond => date!(TimestampMicrosecondType, time::timestamp_us_to_datetime),
                TimeUnit::Nanosecond => date!(TimestampNanosecondType, time::timestamp_ns_to_datetime),
            };
            // With a zone, Arrow keeps the instant in UTC.
            if zone.is_some() { stamp + "Z" } else { stamp }
        }
        DataType::Dictionary(_, _) => {
            let (values, key) = downcast_dictionary_array!(
                column => (column.values().clone(), column.key(row)),
                other => return Err(other.clone())
            );
            return key.map_or(Ok(None), |key| string(values.as_ref(), key));
        }
        other => return Err(other.clone()),
    }))
}

fn day(days: i32) -> Option<impl std::fmt::Debug> {
    time::date32_to_datetime(days).map(|midnight| midnight.date())
}
