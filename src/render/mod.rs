//! A document shown: as HTML in a notebook, as a page, as text in a terminal.
//!
//! Everything here takes analysed documents and gives a string; nothing fails. Texts, names and reasons come
//! from outside, so all of them go through `escape` on their way out, and spans that do not fit their text
//! are left out.

mod board;
mod escape;
mod html;
mod label;
mod marks;
mod page;
mod terminal;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod properties;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod sample;

use crate::error::{Error, Result};

pub use html::html;
pub use page::page;
pub use terminal::terminal;

/// Which layers [`html`] marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers {
    /// Sources, cues and contents, and the table of them.
    pub attributions: bool,
    /// Names and what they name.
    pub mentions: bool,
    /// The kinds of the blocks; what was left out of the analysis is grey.
    pub blocks: bool,
}

impl Layers {
    /// The names that [`Layers::parse`] knows.
    pub const NAMES: [&str; 3] = ["attributions", "mentions", "blocks"];

    /// The layers with these names, and no others.
    ///
    /// # Errors
    /// Where a name is none of [`Layers::NAMES`].
    pub fn parse<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Result<Self> {
        let mut layers = Self { attributions: false, mentions: false, blocks: false };
        for name in names {
            match name.as_ref() {
                "attributions" => layers.attributions = true,
                "mentions" => layers.mentions = true,
                "blocks" => layers.blocks = true,
                other => {
                    let known = Self::NAMES.join(", ");
                    return Err(Error::usage(format!("no layer {other:?}; there are: {known}")));
                }
            }
        }
        Ok(layers)
    }
}

/// Attributions and blocks: what a reader of an article wants to see first.
impl Default for Layers {
    fn default() -> Self {
        Self { attributions: true, mentions: false, blocks: true }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn layers_go_by_name() {
        assert_eq!(Layers::parse(["attributions", "blocks"]).ok(), Some(Layers::default()));
        let none = Layers { attributions: false, mentions: false, blocks: false };
        assert_eq!(Layers::parse::<&str>([]).ok(), Some(none));
        let error = Layers::parse(["mentoins"]).unwrap_err().to_string();
        assert!(error.contains("\"mentoins\"") && error.contains("mentions"), "{error}");
    }
}
