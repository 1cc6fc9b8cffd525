//! The models of English together, and the layer that they give: tags, names, heads.

use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::Kind;
use crate::names::{self, Hit, Name, Names, View};
use crate::parse::{self, Arc, Parser};
use crate::segment::{Segments, Sentence};
use crate::tag::{Tag, Tagger, Word};
use crate::tagset::Tags;
use std::path::{Path, PathBuf};

macro_rules! embedded {
    ($name:literal) => {
        (concat!($name, ".model"), include_bytes!(concat!("../data/models/en/", $name, ".model")).as_slice())
    };
}

/// The models in the package, each with its name and its bytes, in the order of [`Kind`].
pub const FILES: [(&str, &[u8]); 3] = [embedded!("tagger"), embedded!("names"), embedded!("parser")];

/// Which sentences are parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parse {
    /// Those that hold a cue or a quotation.
    #[default]
    Cues,
    /// All.
    All,
    /// None.
    None,
}

impl Parse {
    /// The mode with this name: "cues", "all" or "none".
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "cues" => Some(Self::Cues),
            "all" => Some(Self::All),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// Tagger, finder of names and parser.
#[derive(Debug)]
pub struct Language {
    tagger: Tagger,
    names: Names,
    parser: Parser,
}

/// The words of a document as the models see them, and their tags; both have an element a token.
#[derive(Debug, Default)]
pub struct Tagged {
    /// The words.
    pub words: Vec<Word>,
    /// Their tags.
    pub tags: Vec<Tags>,
}

/// The trees over the tokens that the rules read, in which hyphenated words are whole.
#[derive(Debug, Default)]
pub struct Syntax {
    /// The arc that leaves the token, with heads among these tokens; none where the sentence was not parsed.
    pub arcs: Vec<Option<Arc>>,
    /// The word and its tags; of a hyphenated word those of the part that heads it.
    pub words: Vec<Word>,
    /// See `words`.
    pub tags: Vec<Tags>,
}

impl Syntax {
    /// Of the tokens of `whole`, each of which is one or more of `fine`.
    pub fn new(fine: &Segments, whole: &Segments, tagged: &Tagged, arcs: &[Option<Arc>]) -> Self {
        let mut place = Vec::with_capacity(fine.tokens.len());
        for (i, token) in whole.tokens.iter().enumerate() {
            let parts =
                fine.tokens[place.len()..].iter().take_while(|part| part.span.end <= token.span.end).count();
            place.resize(place.len() + parts, i as u32);
        }
        let mut syntax = Self {
            arcs: vec![None; whole.tokens.len()],
            words: vec![Word::default(); whole.tokens.len()],
            tags: vec![Tags::default(); whole.tokens.len()],
        };
        for (part, &at) in place.iter().enumerate() {
            // Without an arc that leaves the word its last part counts.
            if syntax.arcs[at as usize].is_none() {
                syntax.words[at as usize] = tagged.words[part];
                syntax.tags[at as usize] = tagged.tags[part];
            }
            if let Some(arc) = arcs[part] {
                let head = place[arc.head as usize];
                if head != at || arc.head as usize == part {
                    syntax.arcs[at as usize] = Some(Arc { head, ..arc });
                }
            }
        }
        syntax
    }
}

impl Language {
    /// The models of the package; those of a user, by path and content, take the place of the one of their kind.
    ///
    /// # Errors
    /// A file that is no model, is damaged, or was written by another version.
    pub fn new(own: &[(PathBuf, Vec<u8>)]) -> Result<Self> {
        let mut files = FILES.map(|(name, file)| (Path::new(name), file));
        for (path, file) in own {
            // Models of other layers are for others.
            if let Some(place) = files.get_mut(Kind::of(path, file)? as usize) {
                *place = (path, file);
            }
        }
        let [tagger, names, parser] = files;
        std::thread::scope(|scope| {
            // The parser's tables are the largest: they are built beside the others.
            let parser = scope.spawn(|| Parser::read(parser.0, parser.1));
            let tagger = Tagger::read(tagger.0, tagger.1)?;
            let names = Names::read(names.0, names.1)?;
            let parser = parser.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            Ok(Self { tagger, names, parser })
        })
    }

    /// Tags every token.
    pub fn tag(&self, text: &str, segments: &Segments) -> Tagged {
        let words = segments.tokens.iter().map(|token| self.tagger.word(token.span.of(text))).collect();
        let mut tagged = Tagged { words, tags: Vec::with_capacity(segments.tokens.len()) };
        let mut labels = Vec::new();
        for sentence in &segments.sentences {
            self.tagger.tag(&tagged.words[sentence.range()], &mut labels, &mut tagged.tags);
        }
        tagged
    }

    /// The names of the document as the model sees them, in ranges of its tokens.
    pub fn names(
        &self,
        text: &str,
        segments: &Segments,
        tagged: &Tagged,
        classes: &[Tag],
        hits: &[Hit],
        lexicon: &Lexicon,
    ) -> Vec<Name> {
        let hints = names::hints(text, &segments.tokens, classes, hits, lexicon);
        let memory = names::memory(segments, &tagged.words, &tagged.tags, &hints);
        let sentences: Vec<_> = segments.sentences.iter().map(Sentence::range).collect();
        let Tagged { words, tags } = tagged;
        self.names.find(&sentences, View { words, tags, hints: &hints, memory: &memory, echo: &[] })
    }

    /// An arc for every token of the sentences that are wanted, with heads in the document; a root is its own head.
    pub fn parse(
        &self,
        segments: &Segments,
        tagged: &Tagged,
        mut wanted: impl FnMut(&Sentence) -> bool,
    ) -> Vec<Option<Arc>> {
        let mut scratch = parse::Scratch::default();
        let mut arcs = Vec::with_capacity(segments.tokens.len());
        let mut found = Vec::new();
        for sentence in &segments.sentences {
            let range = sentence.range();
            if !wanted(sentence) {
                arcs.resize(range.end, None);
                continue;
            }
            found.clear();
            let (words, tags) = (&tagged.words[range.clone()], &tagged.tags[range]);
            self.parser.parse(words, tags, &mut scratch, &mut found);
            arcs.extend(found.iter().map(|arc| Some(Arc { head: arc.head + sentence.first, ..*arc })));
        }
        arcs
    }

    /// Words, tags and arcs of one sentence, whose words are taken as they are given.
    pub fn sentence(&self, words: &[impl AsRef<str>]) -> (Vec<Word>, Vec<Tags>, Vec<Arc>) {
        let words: Vec<Word> = words.iter().map(|word| self.tagger.word(word.as_ref())).collect();
        let (mut tags, mut arcs) = (Vec::with_capacity(words.len()), Vec::with_capacity(words.len()));
        self.tagger.tag(&words, &mut Vec::new(), &mut tags);
        self.parser.parse(&words, &tags, &mut parse::Scratch::default(), &mut arcs);
        (words, tags, arcs)
    }
}
