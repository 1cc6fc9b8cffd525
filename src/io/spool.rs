//! What later passes read again: documents by their ids and the numbers of their names, in memory while they are few,
//! else in a nameless file.

use crate::error::{Error, Result};
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use tempfile::{SpooledTempFile, spooled_tempfile};

/// Bytes that are held in memory.
const HELD: usize = 64 << 20;

/// Rows on their way into the spool.
#[derive(Debug)]
pub struct Spool {
    file: BufWriter<SpooledTempFile>,
    rows: u64,
}

/// Rows that can be read any number of times, in their order.
#[derive(Debug)]
pub struct Spooled {
    file: SpooledTempFile,
    rows: u64,
}

impl Default for Spool {
    fn default() -> Self {
        Self { file: BufWriter::with_capacity(1 << 16, spooled_tempfile(HELD)), rows: 0 }
    }
}

impl Spool {
    /// Adds a row.
    ///
    /// # Errors
    /// Where the folder of temporary files is full.
    pub fn put(&mut self, id: &str, numbers: &[u32]) -> Result<()> {
        let mut write = || {
            self.file.write_all(&(id.len() as u32).to_le_bytes())?;
            self.file.write_all(id.as_bytes())?;
            self.file.write_all(&(numbers.len() as u32).to_le_bytes())?;
            numbers.iter().try_for_each(|number| self.file.write_all(&number.to_le_bytes()))
        };
        write().map_err(failed)?;
        self.rows += 1;
        Ok(())
    }

    /// Ends the writing.
    ///
    /// # Errors
    /// Where the folder of temporary files is full.
    pub fn done(self) -> Result<Spooled> {
        let file = self.file.into_inner().map_err(|error| failed(error.into_error()))?;
        Ok(Spooled { file, rows: self.rows })
    }
}

impl Spooled {
    /// Gives every row to `row`, in their order.
    ///
    /// # Errors
    /// Where the temporary file cannot be read, and what `row` says.
    pub fn each(&mut self, mut row: impl FnMut(&str, &[u32]) -> Result<()>) -> Result<()> {
        self.file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let mut file = BufReader::with_capacity(1 << 16, &mut self.file);
        let (mut id, mut bytes, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..self.rows {
            block(&mut file, &mut id, 1).map_err(failed)?;
            block(&mut file, &mut bytes, 4).map_err(failed)?;
            numbers.clear();
            numbers.extend(
                bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])),
            );
            row(&String::from_utf8_lossy(&id), &numbers)?;
        }
        Ok(())
    }
}

/// A count and as many things of `size` bytes.
fn block(file: &mut impl Read, into: &mut Vec<u8>, size: usize) -> std::io::Result<()> {
    let mut count = [0; 4];
    file.read_exact(&mut count)?;
    into.resize(u32::from_le_bytes(count) as usize * size, 0);
    file.read_exact(into)
}

fn failed(error: std::io::Error) -> Error {
    Error::file(&std::env::temp_dir(), format!("cannot keep what is needed once more: {error}"))
}
