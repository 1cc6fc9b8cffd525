//! Model files: a line that names them, a kind, a checksum, and the packed rest.
//!
//! ```text
//! sayso model 1⏎  tagger⏎  crc32 (4 bytes)  length (8 bytes)  zstd of postcard ...
//! ```
//!
//! The line ends where a text viewer would end it, so `head -2` tells what a file is.

use crate::error::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The format that this version reads and writes.
const FORMAT: &str = "1";
const MAGIC: &[u8] = b"sayso model ";
/// No model is larger unpacked: a damaged or hostile file must not fill the memory.
const LARGEST: u64 = 1 << 28;

/// What a model does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Tags words.
    Tagger,
    /// Finds names.
    Names,
    /// Finds heads and relations.
    Parser,
    /// Finds sources, cues and contents.
    Attribution,
    /// Finds who a pronoun is.
    Coreference,
    /// Finds acts, factualities and whom they are about.
    Stance,
    /// Judges how a sentence speaks of a target.
    Sentiment,
    /// Finds how a headline stands towards a claim.
    HeadlineStance,
    /// Finds how an article stands towards a claim.
    ArticleStance,
    /// Tells how certain an event is, on the scale of UW.
    FactualityUw,
    /// On that of UDS.
    FactualityUds,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 11] = [
        Kind::Tagger,
        Kind::Names,
        Kind::Parser,
        Kind::Attribution,
        Kind::Coreference,
        Kind::Stance,
        Kind::Sentiment,
        Kind::HeadlineStance,
        Kind::ArticleStance,
        Kind::FactualityUw,
        Kind::FactualityUds,
    ];

    /// The word in the file's head and in its name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Tagger => "tagger",
            Kind::Names => "names",
            Kind::Parser => "parser",
            Kind::Attribution => "attribution",
            Kind::Coreference => "coreference",
            Kind::Stance => "stance",
            Kind::Sentiment => "sentiment",
            Kind::HeadlineStance => "headline-stance",
            Kind::ArticleStance => "article-stance",
            Kind::FactualityUw => "factuality-uw",
            Kind::FactualityUds => "factuality-uds",
        }
    }

    /// The kind of model that a file holds, by its head.
    ///
    /// # Errors
    /// A file that is no model of this format.
    pub fn of(path: &Path, file: &[u8]) -> Result<Kind> {
        Ok(head(path, file)?.0)
    }
}

/// The user's last model of a kind, by path and content, or the built-in one by its name and content.
pub fn chosen<'m>(
    kind: Kind,
    own: &'m [(PathBuf, Vec<u8>)],
    built_in: (&'m str, &'m [u8]),
) -> (&'m Path, &'m [u8]) {
    let is_one = |(path, file): &&(PathBuf, Vec<u8>)| Kind::of(path, file).is_ok_and(|other| other == kind);
    match own.iter().rev().find(is_one) {
        Some((path, file)) => (path, file),
        None => (Path::new(built_in.0), built_in.1),
    }
}

/// The bytes of a model file.
pub fn pack(kind: Kind, model: &impl Serialize) -> Result<Vec<u8>> {
    let broken = |error: &dyn std::fmt::Display| Error::usage(format!("{} model: {error}", kind.name()));
    let plain = postcard::to_allocvec(model).map_err(|error| broken(&error))?;
    let packed = zstd::bulk::compress(&plain, 19).map_err(|error| broken(&error))?;
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(format!("{FORMAT}\n{}\n", kind.name()).as_bytes());
    file.extend_from_slice(&checksum(&packed).to_le_bytes());
    file.extend_from_slice(&(packed.len() as u64).to_le_bytes());
    file.extend_from_slice(&packed);
    Ok(file)
}

/// The model in the bytes of a file; `path` is for messages.
///
/// # Errors
/// A file that is no model, of another format or another kind, cut short or damaged.
pub fn unpack<M: DeserializeOwned>(path: &Path, kind: Kind, file: &[u8]) -> Result<M> {
    let (found, rest) = head(path, file)?;
    if found != kind {
        return Err(Error::file(
            path,
            format!("expected a {} model, found a {} model", kind.name(), found.name()),
        ));
    }
    let cut = || Error::file(path, "the model is cut short; fetch or train it again");
    let (sum, rest) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
    let (length, packed) = rest.split_first_chunk::<8>().ok_or_else(cut)?;
    let length = u64::from_le_bytes(*length);
    if (packed.len() as u64) < length {
        return Err(cut());
    }
    if packed.len() as u64 != length || checksum(packed) != u32::from_le_bytes(*sum) {
        return Err(Error::file(
            path,
            "the model is damaged: its checksum is wrong; fetch or train it again",
        ));
    }
    let broken =
        |error: &dyn std::fmt::Display| Error::file(path, format!("the model cannot be read: {error}"));
    let mut plain = Vec::new();
    let decoder = zstd::Decoder::new(packed).map_err(|error| broken(&error))?;
    decoder.take(LARGEST).read_to_end(&mut plain).map_err(|error| broken(&error))?;
    postcard::from_bytes(&plain).map_err(|error| broken(&error))
}

/// CRC-32, as `sayso --version` prints it of the lists.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

/// The kind that the head tells, and what follows it.
fn head<'f>(path: &Path, file: &'f [u8]) -> Result<(Kind, &'f [u8])> {
    let foreign = || Error::file(path, "expected a sayso model, found something else");
    let rest = file.strip_prefix(MAGIC).ok_or_else(foreign)?;
    let (format, rest) = line(rest).ok_or_else(foreign)?;
    if format != FORMAT {
        return Err(Error::file(
            path,
            format!(
                "expected model format {FORMAT}, found {format:?}: train the model with this version of sayso"
            ),
        ));
    }
    let (kind, rest) = line(rest).ok_or_else(foreign)?;
    let known = Kind::ALL.into_iter().find(|k| k.name() == kind);
    Ok((known.ok_or_else(|| Error::file(path, format!("no kind of model is called {kind:?}")))?, rest))
}

/// A short line of text and what follows it.
fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().take(32).position(|b| *b == b'\n')?;
    Some((std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 1..]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(file: &[u8]) -> Result<Vec<u32>> {
        unpack(Path::new("x.model"), Kind::Tagger, file)
    }

    #[test]
    fn what_is_packed_comes_back() {
        let file = pack(Kind::Tagger, &vec![1u32, 2, 70_000]).unwrap();
        assert_eq!(read(&file).unwrap(), [1, 2, 70_000]);
        assert_eq!(Kind::of(Path::new("x"), &file).unwrap(), Kind::Tagger);
    }

    #[test]
    fn what_is_no_such_model_is_refused_in_words() {
        let file = pack(Kind::Tagger, &vec![1u32, 2, 3]).unwrap();
        let older = [b"sayso model 0\n".as_slice(), &file[14..]].concat();
        let parser = pack(Kind::Parser, &vec![1u32]).unwrap();
        let cases: [(&[u8], &str); 5] = [
            (b"", "expected a sayso model"),
            (b"PK\x03\x04 something zipped", "expected a sayso model"),
            (&older, "expected model format 1, found \"0\""),
            (&parser, "expected a tagger model, found a parser model"),
            (&file[..file.len() - 1], "cut short"),
        ];
        for (file, expected) in cases {
            let found = read(file).unwrap_err().to_string();
            assert!(found.starts_with("x.model: ") && found.contains(expected), "{found}");
        }
    }

    proptest! {
        #[test]
        fn a_flipped_bit_is_noticed(at in 0usize..60, bit in 0u8..8) {
            let mut file = pack(Kind::Tagger, &(0..200u32).collect::<Vec<_>>()).unwrap();
            let at = at * (file.len() - 1) / 60;
            file[at] ^= 1 << bit;
            prop_assert!(read(&file).is_err());
        }

        #[test]
        fn no_bytes_panic(file in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&file);
            let _ = read(&[MAGIC, b"1\ntagger\n", &file].concat());
        }
    }
}
