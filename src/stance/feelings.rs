//! How the sentences of a text speak of those in them, by the model of sentiment: once for each place.

use crate::sentiment::{Layers, Model};
use crate::span::Span;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Sentiment towards places of one text.
pub struct Feelings<'a> {
    model: Option<&'a Model>,
    layers: Layers<'a>,
    known: RefCell<FxHashMap<Span, [f32; 3]>>,
}

impl<'a> Feelings<'a> {
    /// Of a text; without a model it is neutral towards all.
    pub fn new(model: Option<&'a Model>, layers: Layers<'a>) -> Self {
        Self { model, layers, known: RefCell::default() }
    }

    /// How likely it is negative, neutral and positive towards the words at `span`.
    pub(super) fn towards(&self, span: Span) -> [f32; 3] {
        let judge = || self.model.and_then(|model| model.towards(self.layers, span));
        *self.known.borrow_mut().entry(span).or_insert_with(|| judge().map_or([0.0, 1.0, 0.0], |j| j.scores))
    }
}
