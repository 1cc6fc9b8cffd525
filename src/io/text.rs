//! One file, one record: texts and pages.

use super::stream::Place;
use super::{Fault, Row, decode};
use crate::document::Record;
use std::io::{self, Read};

/// The record of a file.
pub(super) fn read(place: Place) -> impl Iterator<Item = Row> {
    std::iter::once_with(move || (0, record(&place)))
}

fn record(place: &Place) -> Result<Record, Fault> {
    let failed =
        |reason: &dyn std::fmt::Display| Fault { id: Some(place.id.clone()), reason: reason.to_string() };
    let bytes = bytes(place).map_err(|error| failed(&error))?;
    if bytes.is_empty() {
        return Err(failed(&"empty file"));
    }
    let (text, warning) = decode::text(bytes).map_err(|error| failed(&error))?;
    Ok(Record { id: place.id.clone(), text, warnings: warning.into_iter().collect(), ..Record::default() })
}

/// All bytes of a file; a packed one may be longer than it looks.
fn bytes(place: &Place) -> io::Result<Vec<u8>> {
    let limit = u64::from(u32::MAX);
    let mut bytes = Vec::new();
    place.bytes()?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other("longer than 4 GiB"));
    }
    Ok(bytes)
}
