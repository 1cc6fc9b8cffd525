//! Compiled gazetteers: a line that names them, a checksum, and the arrays as they are in memory.
//!
//! ```text
//! sayso gazetteer 2⏎  crc32 (4 bytes)  length (8 bytes)  seed, then each array behind its length; little-endian
//! ```
//!
//! `head -1` tells what a file is. It is read in one go, and nothing is built.

use super::Gazetteer;
use super::filter::Filter;
use super::names::Names;
use super::prefixes::Prefixes;
use super::sift::Sift;
use super::strings::Strings;
use crate::error::{Error, Result};
use std::path::Path;

/// The format that this version reads and writes.
const FORMAT: &str = "2";
const MAGIC: &[u8] = b"sayso gazetteer ";
/// Bytes of the checksum and of the length.
const SUM: usize = 4;
const LENGTH: usize = 8;

/// Whether a file begins like a compiled gazetteer.
pub fn is_compiled(file: &[u8]) -> bool {
    file.starts_with(MAGIC)
}

/// The bytes of a compiled gazetteer. What finds its names, an automaton too, is built from them.
pub fn pack(gazetteer: &Gazetteer) -> Vec<u8> {
    let Names { texts, forms, ids_at, ids, exact, entities, label_of, labels } = &gazetteer.names;
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(FORMAT.as_bytes());
    file.push(b'\n');
    let head = file.len();
    file.reserve(gazetteer.bytes() + (1 << 10));
    file.extend_from_slice(&[0; SUM + LENGTH]);
    let Prefixes { slots, seed } = &gazetteer.prefixes;
    let Sift { firsts, openings } = &gazetteer.sift;
    file.extend_from_slice(&seed.to_le_bytes());
    for numbers in [slots, firsts.words(), openings.words(), exact] {
        file.extend_from_slice(&(numbers.len() as u64).to_le_bytes());
        numbers.iter().for_each(|number| file.extend_from_slice(&number.to_le_bytes()));
    }
    for numbers in [ids_at, ids, label_of, &texts.ends, &entities.ends, &labels.ends] {
        file.extend_from_slice(&(numbers.len() as u64).to_le_bytes());
        numbers.iter().for_each(|number| file.extend_from_slice(&number.to_le_bytes()));
    }
    for bytes in [forms, texts.bytes.as_bytes(), entities.bytes.as_bytes(), labels.bytes.as_bytes()] {
        file.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        file.extend_from_slice(bytes);
    }
    let length = (file.len() - head - SUM - LENGTH) as u64;
    file[head + SUM..head + SUM + LENGTH].copy_from_slice(&length.to_le_bytes());
    let sum = checksum(&file[head + SUM..]);
    file[head..head + SUM].copy_from_slice(&sum.to_le_bytes());
    file
}

/// The gazetteer in the bytes of a file; `path` is for messages.
///
/// # Errors
/// A file that is no compiled gazetteer, of another format, cut short or damaged.
pub fn unpack(path: &Path, file: &[u8]) -> Result<Gazetteer> {
    let foreign = || Error::file(path, "expected a compiled gazetteer, found something else");
    let rest = file.strip_prefix(MAGIC).ok_or_else(foreign)?;
    let end = rest.iter().take(16).position(|byte| *byte == b'\n').ok_or_else(foreign)?;
    let (format, rest) = (&rest[..end], &rest[end + 1..]);
    if format != FORMAT.as_bytes() {
        let format = String::from_utf8_lossy(format);
        return Err(Error::file(
            path,
            format!(
                "expected gazetteer format {FORMAT}, found {format:?}: build it with this version of sayso"
            ),
        ));
    }
    let cut = || Error::file(path, "the gazetteer is cut short; build it again");
    let (sum, checked) = rest.split_first_chunk::<SUM>().ok_or_else(cut)?;
    let (length, body) = checked.split_first_chunk::<LENGTH>().ok_or_else(cut)?;
    if (body.len() as u64) < u64::from_le_bytes(*length) {
        return Err(cut());
    }
    if body.len() as u64 != u64::from_le_bytes(*length) || checksum(checked) != u32::from_le_bytes(*sum) {
        return Err(Error::file(path, "the gazetteer is damaged: its checksum is wrong; build it again"));
    }
    read(body).ok_or_else(|| {
        Error::file(path, "the gazetteer cannot be read: its arrays do not fit; build it again")
    })
}

/// The arrays, where they are as [`pack`] writes them.
fn read(body: &[u8]) -> Option<Gazetteer> {
    let mut rest = Rest(body);
    let seed = u64::from_le_bytes(*rest.take(8)?.first_chunk()?);
    let (slots, firsts, openings) = (rest.long()?, Filter::of(rest.long()?)?, Filter::of(rest.long()?)?);
    let exact = rest.long()?;
    let (ids_at, ids, label_of) = (rest.short()?, rest.short()?, rest.short()?);
    let ends = [rest.short()?, rest.short()?, rest.short()?];
    let length = rest.length()?;
    let forms = rest.take(length)?.to_vec();
    let mut strings = Vec::with_capacity(3);
    for ends in ends {
        let length = rest.length()?;
        let bytes = std::str::from_utf8(rest.take(length)?).ok()?.to_owned();
        strings.push(Strings { bytes, ends });
    }
    let [texts, entities, labels] = <[Strings; 3]>::try_from(strings).ok()?;
    let numbered = if ids_at.is_empty() { ids.len() == texts.len() } else { ids_at.len() == texts.len() + 1 };
    let fits = slots.len().is_power_of_two()
        && numbered
        && exact.len() == texts.len().div_ceil(64)
        && label_of.len() == entities.len()
        && rest.0.is_empty();
    let names = Names { texts, forms, ids_at, ids, exact, entities, label_of, labels };
    let (sift, prefixes) = (Sift { firsts, openings }, Prefixes { slots, seed });
    fits.then_some(Gazetteer { names, sift, prefixes, automaton: None })
}

/// What has not been read yet.
struct Rest<'f>(&'f [u8]);

impl<'f> Rest<'f> {
    fn take(&mut self, bytes: usize) -> Option<&'f [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn length(&mut self) -> Option<usize> {
        u64::from_le_bytes(*self.take(8)?.first_chunk()?).try_into().ok()
    }

    fn long(&mut self) -> Option<Vec<u64>> {
        let length = self.length()?;
        let (eights, _) = self.take(length.checked_mul(8)?)?.as_chunks();
        Some(eights.iter().map(|eight| u64::from_le_bytes(*eight)).collect())
    }

    fn short(&mut self) -> Option<Vec<u32>> {
        let length = self.length()?;
        let (fours, _) = self.take(length.checked_mul(4)?)?.as_chunks();
        Some(fours.iter().map(|four| u32::from_le_bytes(*four)).collect())
    }
}

/// CRC-32, as model files have it.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

/// A gazetteer whose arrays have other bytes at `at`, where they still fit.
#[cfg(test)]
pub(super) fn tampered(gazetteer: &Gazetteer, at: usize, bytes: &[u8]) -> Option<Gazetteer> {
    let mut file = pack(gazetteer);
    let body = file.get_mut(MAGIC.len() + FORMAT.len() + 1 + SUM + LENGTH..)?;
    let at = at % body.len();
    body[at..].iter_mut().zip(bytes).for_each(|(byte, other)| *byte = *other);
    read(body)
}
