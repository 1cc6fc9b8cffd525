//! One JSON object a line.

use super::columns::{self, Columns, Values};
use super::stream::Place;
use super::{Fault, Row, decode};
use crate::document::Record;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::Deserializer;
use std::fmt;
use std::io::{self, BufRead};

/// A longer line is no record: 1 GiB.
const LONGEST: usize = 1 << 30;

/// The records of a file.
pub(super) fn read(place: Place, columns: Columns) -> Box<dyn Iterator<Item = Row> + Send> {
    let bytes = match place.rows() {
        Ok(bytes) => bytes,
        Err(error) => return Box::new(std::iter::once((0, Err(Fault::new(error))))),
    };
    Box::new(Lines { place, columns, bytes, line: 0, done: false })
}

struct Lines {
    place: Place,
    columns: Columns,
    bytes: Box<dyn BufRead + Send>,
    line: u64,
    done: bool,
}

impl Iterator for Lines {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !self.done {
            self.line += 1;
            match line(&mut self.bytes, LONGEST) {
                Ok(None) => self.done = true,
                Ok(Some(Line::Whole(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole(bytes))) => return Some((self.line, self.record(bytes))),
                Ok(Some(Line::TooLong)) => {
                    return Some((self.line, Err(Fault::new("line longer than 1 GiB"))));
                }
                Err(error) => {
                    self.done = true;
                    return Some((self.line, Err(Fault::new(error))));
                }
            }
        }
        None
    }
}

impl Lines {
    fn record(&self, bytes: Vec<u8>) -> Result<Record, Fault> {
        let (line, encoding) = decode::row(bytes);
        let (line, repair) = match mend_surrogates(&line) {
            Some(mended) => (mended, Some("lone surrogates replaced with U+FFFD".to_owned())),
            None => (line, None),
        };
        let mut json = Deserializer::from_str(&line);
        let values = Cells(&self.columns).deserialize(&mut json);
        let values = values.and_then(|values| json.end().map(|()| values)).map_err(|error| {
            // Every line is a text of its own to the parser; ours is told apart.
            Fault::new(error.to_string().replace(" at line 1 column", " at column"))
        })?;
        let mut record = columns::record(values, || self.place.row_id(self.line))?;
        record.warnings.extend(encoding.into_iter().chain(repair));
        Ok(record)
    }
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
}

/// The next line without its end; a line that is too long is passed over, not kept.
fn line(bytes: &mut dyn BufRead, longest: usize) -> io::Result<Option<Line>> {
    let (mut line, mut too_long, mut any) = (Vec::new(), false, false);
    loop {
        let chunk = bytes.fill_buf()?;
        any |= !chunk.is_empty();
        let end = memchr::memchr(b'\n', chunk);
        let part = &chunk[..end.unwrap_or(chunk.len())];
        too_long |= line.len() + part.len() > longest;
        if too_long {
            line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let (read, last) = (part.len() + usize::from(end.is_some()), chunk.is_empty());
        bytes.consume(read);
        if end.is_some() || last {
            let line = if too_long { Line::TooLong } else { Line::Whole(line) };
            return Ok(any.then_some(line));
        }
    }
}

/// Replaces escapes of surrogates that stand alone, which are no characters; `None` where there are none.
fn mend_surrogates(line: &str) -> Option<String> {
    let escapes = |start: &str| memchr::memmem::find(line.as_bytes(), start.as_bytes());
    escapes("\\ud").or_else(|| escapes("\\uD"))?;
    let unit = |at: usize| {
        let digits = line.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut mended, mut kept, mut at) = (String::new(), 0, 0);
    while let Some(found) = memchr::memchr(b'\\', &line.as_bytes()[at..]) {
        let escape = at + found;
        at = match (unit(escape), unit(escape + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => escape + 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.push_str(&line[kept..escape]);
                mended.push_str("\\ufffd");
                kept = escape + 6;
                kept
            }
            _ => escape + 2,
        };
        if at > line.len() {
            break;
        }
    }
    (kept > 0).then(|| mended + &line[kept..])
}

/// Reads the wanted columns of an object and passes over the others.
struct Cells<'c>(&'c Columns);

impl<'de> DeserializeSeed<'de> for Cells<'_> {
    type Value = Values;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Values, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Cells<'_> {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "an object with {:?}", self.0.text)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Values, M::Error> {
        let mut values = Values::default();
        while let Some(key) = map.next_key::<String>()? {
            // A column may serve twice: the url as id.
            let wanted: Vec<usize> = (0..6).filter(|&i| self.0.names()[i] == key).collect();
            match wanted.as_slice() {
                [] => drop(map.next_value::<IgnoredAny>()?),
                wanted => {
                    let value = map.next_value_seed(Cell(&key))?;
                    for &i in wanted {
                        values[i].clone_from(&value);
                    }
                }
            }
        }
        Ok(values)
    }
}

/// A string, or a number or truth value as one.
struct Cell<'k>(&'k str);

impl<'de> DeserializeSeed<'de> for Cell<'_> {
    type Value = Option<String>;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a string as {:?}", self.0)
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
        // Beyond this a number is no longer the one that was written.
        if value.abs() >= 9_007_199_254_740_992.0 {
            return Err(E::custom(format!(
                "the number in {:?} is too long to be kept: write it as a string",
                self.0
            )));
        }
        Ok(Some(value.to_string()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        // A buffer of 3, so that lines run over its edges.
        let mut bytes = BufReader::with_capacity(3, "12345\n123456\n\n1234567890\n12".as_bytes());
        let mut lines = Vec::new();
        while let Ok(Some(line)) = line(&mut bytes, 5) {
            lines.push(match line {
                Line::Whole(bytes) => String::from_utf8(bytes).ok(),
                Line::TooLong => None,
            });
        }
        let whole = |line: &str| Some(line.to_owned());
        assert_eq!(lines, [whole("12345"), None, whole(""), None, whole("12")]);
    }
}
