//! Vectors of words to begin with: a table with a word and its numbers a line, the most telling first.

use crate::error::{Error, Result};
use crate::sentiment::network::{Vector, WIDTH};
use crate::tag::{Dictionary, Word};
use std::collections::BTreeMap;
use std::path::Path;

/// Reads a table; of longer vectors the first numbers count. By the hash of a word's lower form.
///
/// # Errors
/// A line with too few numbers, or one that is none: file and line.
pub(in crate::train) fn read(path: &Path) -> Result<BTreeMap<u32, Vector>> {
    let lines = crate::train::text::read(path)?;
    let blank = Dictionary::default();
    let mut vectors = BTreeMap::new();
    for (i, line) in lines.lines().enumerate() {
        let mut cells = line.split('\t');
        let word = cells.next().unwrap_or_default();
        let mut vector = [0.0; WIDTH];
        for to in &mut vector {
            let number = cells.next().and_then(|cell| cell.parse().ok()).filter(|x: &f32| x.is_finite());
            *to = number.ok_or_else(|| {
                Error::row(path.to_string_lossy(), i + 1, format!("expected a word and {WIDTH} numbers"))
            })?;
        }
        vectors.entry(Word::new(word, &blank).lower).or_insert(vector);
    }
    Ok(vectors)
}
