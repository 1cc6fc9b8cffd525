//! A document as one line of JSON, and the way back.

use crate::contract::{Contract, SCHEMA};
use crate::document::Document;
use crate::error::{Error, Result};

mod read;

/// One line of JSON without the line end, as the output contract has it: offsets in code points.
///
/// `text` adds the text, `vectors` the stance vectors and the layers that the contract does not
/// show; with both, [`from_json`] gives an equal document.
pub fn to_json(doc: &Document, text: bool, vectors: bool) -> String {
    let mut form = Contract::of(doc);
    if text {
        form = form.with_text(doc);
    }
    if vectors {
        form = form.with_vectors(doc);
    }
    // Strings and numbers into memory: there is nothing that could fail.
    serde_json::to_string(&form).unwrap_or_default()
}

/// Reads a line that [`to_json`] wrote with its text.
///
/// # Errors
/// Where the line is not of this contract: another schema, no text, a span outside the text or
/// with other words, an unknown label, a dangling id, a circle of parents.
pub fn from_json(line: &str) -> Result<Document> {
    match serde_json::from_str(line) {
        Ok(form) => read::document(form),
        Err(error) => Err(Error::usage(match schema_of(line) {
            Some(schema) if schema != SCHEMA => wrong_schema(&schema),
            _ => format!("not a {SCHEMA} document: {error}"),
        })),
    }
}

fn wrong_schema(schema: &str) -> String {
    format!("expected a document of schema \"{SCHEMA}\", found {schema:?}")
}

/// The schema that a line names, however the rest of it looks.
fn schema_of(line: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Head {
        schema: String,
    }
    serde_json::from_str(line).map(|head: Head| head.schema).ok()
}
