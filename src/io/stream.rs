//! The bytes of a file: unpacked, counted, and as UTF-8 where they began as UTF-16.

use super::decode;
use super::walk::{Input, Packing};
use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file to read and what its rows are called.
pub(super) struct Place {
    pub path: PathBuf,
    pub packing: Packing,
    pub id: String,
    read: Arc<AtomicU64>,
}

impl Place {
    pub(super) fn new(input: &Input, read: Arc<AtomicU64>) -> Self {
        Self { path: input.path.clone(), packing: input.packing, id: input.id.clone(), read }
    }

    /// A file of which nothing is asked but its bytes.
    pub(super) fn of(path: &Path, packing: Packing) -> Self {
        Self { path: path.to_path_buf(), packing, id: String::new(), read: Arc::default() }
    }

    /// The id of a row that has none.
    pub(super) fn row_id(&self, line: u64) -> String {
        format!("{}:{line}", self.id)
    }

    /// Counts bytes that are read in another way than by [`Place::bytes`].
    pub(super) fn count(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The unpacked bytes.
    pub(super) fn bytes(&self) -> io::Result<Box<dyn Read + Send>> {
        let file = Counted { file: File::open(&self.path)?, read: self.read.clone() };
        Ok(match self.packing {
            Packing::None => Box::new(file),
            Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file))),
            Packing::Zstd => Box::new(zstd::Decoder::new(file)?),
        })
    }

    /// The unpacked bytes of a file of rows: UTF-16 as UTF-8, no byte order mark, no binary file.
    pub(super) fn rows(&self) -> io::Result<Box<dyn BufRead + Send>> {
        let mut bytes = BufReader::with_capacity(1 << 16, self.bytes()?);
        let head = bytes.fill_buf()?;
        let (encoding, mark) = match head {
            [0xFF, 0xFE, ..] => (Some(UTF_16LE), 2),
            [0xFE, 0xFF, ..] => (Some(UTF_16BE), 2),
            [0xEF, 0xBB, 0xBF, ..] => (None, 3),
            _ => (None, 0),
        };
        if encoding.is_none() && decode::is_binary(head) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, decode::BINARY));
        }
        bytes.consume(mark);
        Ok(match encoding {
            None => Box::new(bytes),
            Some(encoding) => {
                let decoder = encoding.new_decoder_without_bom_handling();
                Box::new(BufReader::with_capacity(1 << 16, Recoded { bytes, decoder, done: false }))
            }
        })
    }
}

/// Counts what is read for the progress bar.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// UTF-16 as UTF-8.
struct Recoded<R> {
    bytes: R,
    decoder: Decoder,
    done: bool,
}

impl<R: BufRead> Read for Recoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        // The decoder wants room for a whole character before it writes one.
        if into.len() < 8 {
            return Err(io::Error::other("buffer too small to decode into"));
        }
        loop {
            let from = self.bytes.fill_buf()?;
            let last = from.is_empty();
            if self.done {
                return Ok(0);
            }
            let (result, read, written, _) = self.decoder.decode_to_utf8(from, into, last);
            self.done = last && result == CoderResult::InputEmpty;
            self.bytes.consume(read);
            if written > 0 {
                return Ok(written);
            }
        }
    }
}
