//! Many strings in one.

/// Strings behind each other; half the memory of a vector of them, and written to a file as they are.
#[derive(Debug, Default)]
pub(super) struct Strings {
    pub(super) bytes: String,
    /// Where each ends.
    pub(super) ends: Vec<u32>,
}

impl Strings {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A string; empty where there is none.
    pub(super) fn get(&self, i: usize) -> &str {
        let from = i.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before));
        let bounds = from.zip(self.ends.get(i));
        bounds.and_then(|(&from, &to)| self.bytes.get(from as usize..to as usize)).unwrap_or("")
    }

    pub(super) fn push(&mut self, string: &str) {
        self.bytes.push_str(string);
        self.end();
    }

    /// Ends the string that was written to `bytes`.
    pub(super) fn end(&mut self) {
        self.ends.push(self.bytes.len() as u32);
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }
}
