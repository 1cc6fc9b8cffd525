//! A document as the model sees it: an atom a token, made once, and the trees.

use super::super::draft::Draft;
use super::super::view::View;
use super::roles::{CONTENT, CUE, SOURCE};
use super::tree::Tree;
use crate::lexicon::Class;
use crate::model;
use crate::segment::TokenKind;
use crate::tag::lemma::lemma_before;
use crate::tagset::Pos;
use std::ops::Range;

/// How a token cuts the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Word,
    Open,
    Close,
    Comma,
    Colon,
    Dash,
    Stop,
    Other,
}

/// What is known of a token alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    /// Hashes of the lower form, the lemma, the last two and three bytes, the first three.
    pub(crate) word: u32,
    pub(crate) lemma: u32,
    pub(crate) suffix: [u32; 2],
    pub(crate) prefix: u32,
    pub(crate) shape: u32,
    /// Both tags as a number below 2048, and the universal one below 32.
    pub(crate) tag: u32,
    pub(crate) pos: u32,
    /// The word class.
    pub(crate) class: u32,
    pub(crate) mark: Mark,
    /// Outside quotations, a mark that opens or closes one, inside one, inside a scare quote: 0 to 4.
    pub(crate) quote: u32,
    /// How often its lemma is a cue in training, in classes: 0 unseen, 1 nearly always ... 6 hardly ever, 7 never.
    pub(crate) often: u32,
    /// What the list of cues knows of it.
    pub(crate) listed: u32,
    /// What it names, and whether a name begins here; 0 for nothing.
    pub(crate) name: u32,
    /// What the rules take it for, as a label.
    pub(crate) rule: u32,
}

impl Atom {
    /// Whether its lemma is a cue now and then.
    pub(crate) fn attributes(&self) -> bool {
        (1..=4).contains(&self.often)
    }

    pub(crate) fn is_verb(&self) -> bool {
        self.pos == Pos::Verb as u32 || self.pos == Pos::Aux as u32
    }

    pub(crate) fn is_pronoun(&self) -> bool {
        self.pos == Pos::Pron as u32
    }

    pub(crate) fn is_noun(&self) -> bool {
        [Pos::Noun, Pos::Propn, Pos::Pron].into_iter().any(|pos| self.pos == pos as u32)
    }
}

/// Beyond the edge.
pub(crate) const EDGE: Atom = Atom {
    word: 1,
    lemma: 1,
    suffix: [1; 2],
    prefix: 1,
    shape: 511,
    tag: 2001,
    pos: 31,
    class: 0x7FFF,
    mark: Mark::Other,
    quote: 7,
    often: 8,
    listed: 15,
    name: 15,
    rule: 7,
};

/// What stands around a token, as indices of tokens.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Near {
    /// The nearest words before and behind it, in its sentence, that are cues now and then; none where they are its own
    /// index.
    pub(crate) cue_before: u32,
    pub(crate) cue_behind: u32,
    /// Commas in the document up to the token.
    pub(crate) commas: u32,
    /// The next mark from here on that closes a quotation.
    pub(crate) closing: u32,
    /// The run of quoted tokens that holds it.
    pub(crate) quoted: (u32, u32),
    /// The nearest "that" before it in its sentence; none where it is its own index.
    pub(crate) that: u32,
    /// Whether its sentence has a quoted token among the first 80.
    pub(crate) beside_quotation: bool,
}

impl Near {
    fn of(atoms: &[Atom], sentences: &[Range<usize>], that: u32) -> Vec<Near> {
        let mut near: Vec<Near> = (0..atoms.len() as u32)
            .map(|i| Near { cue_before: i, cue_behind: i, that: i, quoted: (i, i + 1), ..Near::default() })
            .collect();
        let mut commas = 0;
        for (near, atom) in near.iter_mut().zip(atoms) {
            commas += u32::from(atom.mark == Mark::Comma);
            near.commas = commas;
        }
        for sentence in sentences {
            let beside = sentence.clone().take(80).any(|i| atoms[i].quote != 0);
            let (mut cue, mut word) = (None, None);
            for i in sentence.clone() {
                near[i].beside_quotation = beside;
                near[i].cue_before = cue.unwrap_or(i as u32);
                near[i].that = word.unwrap_or(i as u32);
                cue = if atoms[i].attributes() { Some(i as u32) } else { cue };
                word = if atoms[i].word == that { Some(i as u32) } else { word };
            }
            cue = None;
            for i in sentence.clone().rev() {
                near[i].cue_behind = cue.unwrap_or(i as u32);
                cue = if atoms[i].attributes() { Some(i as u32) } else { cue };
            }
        }
        let (mut closing, mut end) = (u32::MAX, 0);
        for (i, atom) in atoms.iter().enumerate().rev() {
            closing = if atom.mark == Mark::Close { i as u32 } else { closing };
            near[i].closing = closing;
            end = if atom.quote == 0 || i + 1 == atoms.len() || atoms[i + 1].quote == 0 {
                i as u32 + 1
            } else {
                end
            };
            near[i].quoted.1 = end;
        }
        for i in 1..near.len() {
            if atoms[i].quote != 0 && atoms[i - 1].quote != 0 {
                near[i].quoted.0 = near[i - 1].quoted.0;
            }
        }
        near
    }
}

/// The document.
#[derive(Debug)]
pub(crate) struct Sight {
    pub(crate) atoms: Vec<Atom>,
    pub(crate) tree: Tree,
    pub(crate) sentences: Vec<Range<usize>>,
    /// For each sentence the paragraph, and whether it is a headline.
    pub(crate) paragraph: Vec<u32>,
    pub(crate) headline: Vec<bool>,
    /// For each token its sentence.
    pub(crate) at: Vec<u32>,
    /// What stands where, so that no feature has to look for it.
    pub(crate) near: Vec<Near>,
    /// Whether it is a content, read as a text of its own.
    pub(crate) inner: bool,
    that: u32,
}

impl Sight {
    /// `drafts` are what the rules found; `often` is the class of a lemma.
    pub(crate) fn new(view: &View<'_>, drafts: &[Draft], often: impl Fn(u32) -> u8) -> Self {
        let tokens = &view.segments.tokens;
        let mut atoms: Vec<Atom> = (0..tokens.len()).map(|i| atom(view, i, &often)).collect();
        for quotation in view.segments.quotations.iter().filter(|q| q.depth == 0 && q.scare) {
            let first = tokens.partition_point(|t| t.span.start < quotation.span.start);
            let last = tokens.partition_point(|t| t.span.start < quotation.span.end);
            atoms[first..last].iter_mut().filter(|a| a.quote == 0).for_each(|a| a.quote = 4);
        }
        for mention in view.mentions {
            let first = tokens.partition_point(|t| t.span.end <= mention.span.start);
            let last = tokens.partition_point(|t| t.span.start < mention.span.end);
            for (n, atom) in atoms[first..last.max(first)].iter_mut().enumerate() {
                atom.name = (mention.label as u32 + 1) << 1 | u32::from(n == 0);
            }
        }
        mark_rules(&mut atoms, drafts);
        let sentences: Vec<Range<usize>> = view.segments.sentences.iter().map(|s| s.range()).collect();
        let mut at = vec![0; atoms.len()];
        for (s, range) in sentences.iter().enumerate() {
            at[range.clone()].fill(s as u32);
        }
        let mut tree = Tree::new(&view.syntax.arcs, &sentences, &atoms);
        tree.look_up(&atoms);
        let paragraph = view.segments.sentences.iter().map(|s| s.paragraph).collect();
        let that = model::bytes(b"that");
        let near = Near::of(&atoms, &sentences, that);
        Self {
            atoms,
            tree,
            sentences,
            paragraph,
            headline: view.headline.to_vec(),
            at,
            near,
            inner: false,
            that,
        }
    }

    /// A content as a text of its own: what stands around it is not seen, and if all of it is quoted, neither are the
    /// marks. Token 0 is the first of the range; `drafts` are what the rules found in it, in its tokens.
    pub(crate) fn within(&self, range: &Range<usize>, drafts: &[Draft]) -> Sight {
        let mut atoms = self.atoms[range.clone()].to_vec();
        let around = atoms.iter().filter(|atom| atom.mark == Mark::Word).all(|atom| atom.quote != 0);
        for atom in &mut atoms {
            atom.rule = 0;
            if around {
                atom.quote = 0;
            }
        }
        mark_rules(&mut atoms, drafts);
        let cut = |sentence: &Range<usize>| {
            sentence.start.max(range.start) - range.start..sentence.end.min(range.end) - range.start
        };
        let (first, last) = (self.at[range.start] as usize, self.at[range.end - 1] as usize + 1);
        let sentences: Vec<Range<usize>> = self.sentences[first..last].iter().map(cut).collect();
        Sight {
            near: Near::of(&atoms, &sentences, self.that),
            atoms,
            tree: self.tree.within(range),
            sentences,
            paragraph: self.paragraph[first..last].to_vec(),
            headline: self.headline[first..last].to_vec(),
            at: self.at[range.clone()].iter().map(|s| s - first as u32).collect(),
            inner: true,
            that: self.that,
        }
    }

    /// Takes another view of how often lemmas are cues.
    #[cfg(feature = "train")]
    pub(crate) fn set_often(&mut self, often: impl Fn(u32) -> u8) {
        for atom in &mut self.atoms {
            atom.often = frequency(atom.mark, atom.lemma, &often);
        }
        self.tree.look_up(&self.atoms);
        self.near = Near::of(&self.atoms, &self.sentences, self.that);
    }

    /// The sentence of token `i`.
    pub(crate) fn sentence(&self, i: usize) -> Range<usize> {
        self.sentences[self.at[i] as usize].clone()
    }

    /// The token before token `i`.
    pub(crate) fn before(&self, i: usize) -> &Atom {
        if i > 0 { &self.atoms[i - 1] } else { &EDGE }
    }

    /// The token behind token `i`.
    pub(crate) fn behind(&self, i: usize) -> &Atom {
        self.atoms.get(i + 1).unwrap_or(&EDGE)
    }

    /// Whether token `i` is the first of its paragraph.
    pub(crate) fn opens_paragraph(&self, i: usize) -> bool {
        let s = self.at[i] as usize;
        self.sentences[s].start == i && (s == 0 || self.paragraph[s - 1] != self.paragraph[s])
    }

    /// The hash of "that".
    pub(crate) fn that(&self) -> u32 {
        self.that
    }

    /// The paragraphs, as ranges of sentences.
    pub(crate) fn paragraphs(&self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (s, paragraph) in self.paragraph.iter().enumerate() {
            match found.last_mut() {
                Some(last) if self.paragraph[last.start] == *paragraph => last.end = s + 1,
                _ => found.push(s..s + 1),
            }
        }
        found
    }
}

/// Contents first, so that the cues and sources inside them show.
fn mark_rules(atoms: &mut [Atom], drafts: &[Draft]) {
    let mut fill = |range: &Range<usize>, label: usize| {
        for i in range.clone() {
            atoms[i].rule = (label + usize::from(i > range.start)) as u32;
        }
    };
    drafts.iter().flat_map(|d| &d.content).for_each(|range| fill(range, CONTENT));
    drafts.iter().flat_map(|d| &d.source).for_each(|range| fill(range, SOURCE));
    drafts.iter().map(|d| &d.cue).for_each(|range| fill(range, CUE));
}

fn atom(view: &View<'_>, i: usize, often: &impl Fn(u32) -> u8) -> Atom {
    let (word, tags) = (&view.syntax.words[i], view.syntax.tags[i]);
    let mark = match view.kind(i) {
        TokenKind::OpenQuote => Mark::Open,
        TokenKind::CloseQuote => Mark::Close,
        TokenKind::Comma => Mark::Comma,
        TokenKind::Colon => Mark::Colon,
        TokenKind::Dash => Mark::Dash,
        TokenKind::Stop => Mark::Stop,
        TokenKind::Word | TokenKind::Number => Mark::Word,
        _ => Mark::Other,
    };
    let lemma = if matches!(tags.pos, Pos::Verb | Pos::Noun | Pos::Aux | Pos::Adj) {
        let next = if i + 1 < view.segments.tokens.len() { view.word(i + 1) } else { "" };
        let lemma = lemma_before(view.word(i), tags.pos.name(), tags.fine.name(), next);
        model::bytes(lemma.as_bytes())
    } else {
        word.lower
    };
    let tag = view.tag(i);
    let listed = match tag {
        _ if tag.phrase > 0 => 5,
        _ if tag.verb && tag.verb_cue.is_some() => 1,
        _ if tag.verb_cue.is_some() => 2,
        _ if tag.noun_cue.is_some() => 3,
        _ if tag.adjective_cue.is_some() => 4,
        _ if tag.is(Class::ROLE) => 6,
        _ if tag.verb => 7,
        _ => 0,
    };
    let quote = match mark {
        Mark::Open => 1,
        Mark::Close => 3,
        _ if view.quotation(i).is_some() => 2,
        _ => 0,
    };
    Atom {
        word: word.lower,
        lemma,
        suffix: [word.suffix[1], word.suffix[2]],
        prefix: word.prefix[2],
        shape: word.shape & 0xFF,
        tag: (tags.pos as u32) << 6 | tags.fine as u32,
        pos: tags.pos as u32,
        class: u32::from(word.known.class),
        mark,
        quote,
        often: frequency(mark, lemma, often),
        listed,
        name: 0,
        rule: 0,
    }
}

/// Marks but colons are no cues.
fn frequency(mark: Mark, lemma: u32, often: &impl Fn(u32) -> u8) -> u32 {
    if matches!(mark, Mark::Word | Mark::Colon) { u32::from(often(lemma)) } else { 7 }
}
