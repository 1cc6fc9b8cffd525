//! The stages in order: a record in, a document out.

use crate::document::{Document, Record};

/// The stages and what they know. Building one can fail (a lexicon may be broken); analysing cannot.
#[derive(Debug, Default)]
pub struct Pipeline {}

impl Pipeline {
    /// Analyses one record.
    pub fn analyse(&self, record: Record) -> Document {
        let Record { id, text, title, outlet, date, url, warnings } = record;
        let (analysed, body) = match &title {
            Some(title) if !title.trim().is_empty() && !text.trim_start().starts_with(title.trim()) => {
                (format!("{title}\n\n{text}"), title.len() as u32 + 2)
            }
            _ => (text, 0),
        };
        let blocks = crate::clean::clean(&analysed);
        let segments = crate::segment::segment(&analysed, &blocks);
        let _ = segments;
        Document { id, title, outlet, date, url, warnings, analysed, body, blocks, ..Document::default() }
    }
}
