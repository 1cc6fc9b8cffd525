//! Byte offsets to code points, one table per text.

use std::borrow::Cow;

/// Translates byte offsets of one text into code points, in constant time.
///
/// ASCII texts need no table. For others the number of code points before every 64th byte is kept,
/// so the table costs a sixteenth of the text.
#[derive(Debug)]
pub struct Offsets<'t> {
    text: &'t [u8],
    marks: Cow<'t, [u32]>,
}

/// The table alone, for a holder that owns its text and keeps both.
#[derive(Debug)]
pub struct Marks(Vec<u32>);

const STEP: usize = 64;

impl Marks {
    /// Builds the table for `text`.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self(Vec::new());
        }
        let mut seen = 0;
        let before = |chunk| {
            let before = seen;
            seen += points(chunk);
            before
        };
        Self(text.as_bytes().chunks(STEP).map(before).collect())
    }

    /// The table over its text, which has to be the one it was built for.
    pub fn over<'t>(&'t self, text: &'t str) -> Offsets<'t> {
        Offsets { text: text.as_bytes(), marks: Cow::Borrowed(&self.0) }
    }
}

impl<'t> Offsets<'t> {
    /// Builds the table for `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), marks: Cow::Owned(Marks::new(text).0) }
    }

    /// The number of code points before byte `byte`.
    pub fn point(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        match self.marks.get(byte / STEP) {
            Some(mark) => {
                let rest = &self.text[byte / STEP * STEP..];
                mark + rest
                    .first_chunk()
                    .map_or_else(|| points(&rest[..byte % STEP]), |b| among(b, byte % STEP))
            }
            None if self.marks.is_empty() => byte as u32,
            None => {
                self.marks[self.marks.len() - 1] + points(&self.text[(self.marks.len() - 1) * STEP..byte])
            }
        }
    }
}

/// Translates code points of a text into byte offsets: the way back, for what comes from a file.
///
/// Returns `None` where a point lies beyond the text.
pub fn bytes_of(text: &str, points: &[u32]) -> Option<Vec<u32>> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|&i| points[i]);
    let mut bytes = vec![0; points.len()];
    let (mut point, mut at) = (0u32, 0usize);
    let mut chars = text.chars();
    for i in order {
        while point < points[i] {
            at += chars.next()?.len_utf8();
            point += 1;
        }
        bytes[i] = at as u32;
    }
    Some(bytes)
}

/// The code points that begin in at most [`STEP`] bytes, whose number fits a byte: sums of those are the quickest.
fn points(bytes: &[u8]) -> u32 {
    u32::from(bytes.iter().map(|&b| u8::from(b as i8 >= -0x40)).sum::<u8>())
}

/// The code points that begin in the first `len` bytes. To look at all of them takes less than to stop there.
fn among(bytes: &[u8; STEP], len: usize) -> u32 {
    let begins = |(&b, i): (&u8, u8)| u8::from(b as i8 >= -0x40) & u8::from(i < len as u8);
    u32::from(bytes.iter().zip(0u8..).map(begins).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_boundary_translates_both_ways(text in ".{0,300}") {
            let offsets = Offsets::new(&text);
            let mut ends: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
            ends.push(text.len());
            for (point, byte) in ends.iter().enumerate() {
                prop_assert_eq!(offsets.point(*byte as u32), point as u32);
                prop_assert_eq!(bytes_of(&text, &[point as u32]), Some(vec![*byte as u32]));
            }
            prop_assert_eq!(bytes_of(&text, &[ends.len() as u32]), None);
        }
    }
}
