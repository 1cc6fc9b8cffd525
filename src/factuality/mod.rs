//! Event factuality: how certain a text is that an event happened, from -3 (certainly not) to 3 (certainly).
//!
//! For any word of a parsed sentence, after Lee et al. (EMNLP 2015) and Rudinger et al. (NAACL 2018). Two models have two
//! notions of it, a [`Scale`] each. Below both are the same features of the predicate and of what governs it.

mod features;
mod network;
mod sentence;
mod signs;
mod templates;

pub use features::features;
pub(crate) use network::{HIDDEN, VALUES, value};
#[cfg(feature = "train")]
pub(crate) use network::{STEP, value_of};
pub use sentence::{Input, Sentence};

use crate::clean::Block;
use crate::error::Result;
use crate::language::Language;
use crate::model::{self, Kind, Network};
use crate::segment::{self, Segments};
use crate::span::Span;
use std::ops::Range;
use std::path::PathBuf;

/// Whose notion of factuality.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// UW (Lee et al. 2015): what the author says of the event, so that "will" is nearly certain. News.
    #[default]
    Uw,
    /// UDS (White et al. 2016; Rudinger et al. 2018): whether it has already happened, so that "will" is nearly certainly
    /// not. Weblogs, mails, reviews.
    Uds,
}

impl Scale {
    /// The names of all.
    pub const NAMES: [&'static str; 2] = ["uw", "uds"];

    /// The scale with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "uw" => Some(Self::Uw),
            "uds" => Some(Self::Uds),
            _ => None,
        }
    }

    /// The kind of its model.
    pub fn kind(self) -> Kind {
        match self {
            Self::Uw => Kind::FactualityUw,
            Self::Uds => Kind::FactualityUds,
        }
    }
}

macro_rules! embedded {
    ($name:literal) => {
        (
            concat!($name, ".model"),
            include_bytes!(concat!("../../data/models/en/", $name, ".model")).as_slice(),
        )
    };
}

/// Both models.
#[derive(Debug)]
pub struct Judges {
    uw: Network<HIDDEN, VALUES>,
    uds: Network<HIDDEN, VALUES>,
}

impl Judges {
    /// The models of the package, or those of a user, by path and content, in the place of the one of their kind.
    ///
    /// # Errors
    /// What is no model of its kind; see [`model::unpack`].
    pub fn load(own: &[(PathBuf, Vec<u8>)]) -> Result<Self> {
        let read = |scale: Scale, built_in| {
            let (path, file) = model::chosen(scale.kind(), own, built_in);
            network::read(path, scale.kind(), file)
        };
        Ok(Self {
            uw: read(Scale::Uw, embedded!("factuality-uw"))?,
            uds: read(Scale::Uds, embedded!("factuality-uds"))?,
        })
    }

    /// How factual the word `event` of a sentence is, in [-3, 3]; see [`features`].
    pub fn value(&self, sentence: &Sentence, event: usize, scale: Scale) -> f32 {
        let network = match scale {
            Scale::Uw => &self.uw,
            Scale::Uds => &self.uds,
        };
        value(network, &features(sentence, event))
    }
}

/// Shows every event of a text, given by its span, to `look`: its sentence, and which of its words it is. The sentences in
/// which events stand are parsed, no others. The result has an element a span, None where no word of a sentence stands
/// there; of a span over several words the one that heads the others is the event.
pub fn read<R>(
    language: &Language,
    text: &str,
    blocks: &[Block],
    spans: &[Span],
    mut look: impl FnMut(&Sentence, usize) -> R,
) -> Vec<Option<R>> {
    let segments = segment::segment(text, blocks);
    let mut places: Vec<(usize, usize)> = spans
        .iter()
        .enumerate()
        .filter_map(|(i, span)| {
            let first = segments.tokens.partition_point(|token| token.span.end <= span.start);
            let token = segments.tokens.get(first)?;
            let at = segments.sentences.partition_point(|s| s.last as usize <= first);
            let stands = token.span.start < span.end && !span.is_empty();
            (stands && at < segments.sentences.len()).then_some((at, i))
        })
        .collect();
    places.sort_unstable();
    let mut found: Vec<Option<R>> = spans.iter().map(|_| None).collect();
    for group in places.chunk_by(|a, b| a.0 == b.0) {
        let sentence = segments.sentences[group[0].0].range();
        let tree = parsed(language, text, &segments, sentence.clone());
        let tokens = &segments.tokens[sentence];
        for &(_, i) in group {
            let first = tokens.partition_point(|token| token.span.end <= spans[i].start);
            let last = tokens.partition_point(|token| token.span.start < spans[i].end);
            if first < last {
                found[i] = Some(look(&tree, tree.head_of(first..last)));
            }
        }
    }
    found
}

/// One sentence of the segments with its tree.
fn parsed(language: &Language, text: &str, segments: &Segments, range: Range<usize>) -> Sentence {
    let texts: Vec<&str> = segments.tokens[range].iter().map(|token| token.span.of(text)).collect();
    let (words, tags, arcs) = language.sentence(&texts);
    let inputs = texts.iter().zip(words).zip(tags).zip(arcs);
    let inputs = inputs.map(|(((text, word), tags), arc)| Input { text, word, tags, arc: Some(arc) });
    Sentence::new(&inputs.collect::<Vec<_>>())
}

/// Whether what stands below a word of this lemma is so for whoever uses it: "know", "reveal".
pub(crate) fn is_factive(lemma: &str) -> bool {
    signs::sign(crate::model::bytes(lemma.as_bytes())).signature == signs::Signature::Factive
}
