//! A sentence as the features see it: words by their hashes, and a tree that can be walked both ways.

use super::signs::{Sign, Signature, sign};
use crate::model::{bytes, join};
use crate::parse::Arc;
use crate::tag::Word;
use crate::tag::lemma::lemma_before;
use crate::tagset::{Fine, Pos, Rel, Tags};
use std::ops::Range;

/// A word of the input, with its tags and the arc that leaves it; heads count from the first word of the sentence.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// As it is written.
    pub text: &'a str,
    /// As the models see it.
    pub word: Word,
    /// Its parts of speech.
    pub tags: Tags,
    /// None where the sentence was not parsed: the word then hangs on nothing.
    pub arc: Option<Arc>,
}

/// A word and its place in the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Hash of the lower form; of an auxiliary that is cut short that of the whole one ("'ll" is "will").
    pub(super) form: u32,
    pub(super) lemma: u32,
    pub(super) suffix: u32,
    pub(super) prefix: u32,
    pub(super) class: u32,
    pub(super) pos: Pos,
    pub(super) fine: Fine,
    pub(super) rel: Rel,
    pub(super) head: usize,
    /// Of the form.
    pub(super) sign: Sign,
    /// Of the lemma.
    pub(super) signature: Signature,
    pub(super) to: bool,
    /// Stands inside quotation marks, by their number before it.
    pub(super) quoted: bool,
}

impl Node {
    pub(super) fn tag(&self) -> u32 {
        self.fine as u32
    }

    /// An auxiliary or a copula.
    fn helps(&self) -> bool {
        matches!(self.rel, Rel::Aux | Rel::AuxPass | Rel::Cop)
    }

    pub(super) fn is_subject(&self) -> bool {
        matches!(self.rel, Rel::Nsubj | Rel::NsubjPass)
    }

    /// Negates the word that it hangs on.
    fn negates(&self) -> bool {
        self.sign.negator && matches!(self.rel, Rel::Advmod | Rel::Det | Rel::CcPreconj | Rel::Cc)
    }
}

/// The auxiliaries of a predicate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// Hash of all of them in their order; 0 where there is none.
    pub(super) key: u32,
    /// Whether "to" is one of them.
    pub(super) to: bool,
}

/// A sentence.
#[derive(Debug)]
pub struct Sentence {
    pub(super) nodes: Vec<Node>,
    /// The dependents of all words, those of one word after the other, in their order.
    dependents: Vec<u32>,
    /// Where those of each word begin.
    first: Vec<u32>,
    /// Words that make what follows unreal, with their places.
    signals: Vec<(usize, u32)>,
    /// The first words that tell when.
    pub(super) times: Vec<u32>,
    /// The mark that ends it; 0 where there is none.
    pub(super) end: u32,
}

/// Dependents of a word, and words of a sentence, that are looked at: more would make long lists slow.
const MOST: usize = 24;
/// So many conjuncts are passed in search of an auxiliary.
const CONJUNCTS: usize = 2;

impl Sentence {
    /// Of its words in their order; a head beyond them makes a root.
    pub fn new(words: &[Input<'_>]) -> Self {
        let count = words.len();
        let mut nodes: Vec<Node> = Vec::with_capacity(count);
        let mut quoted = false;
        let mut first = vec![0u32; count + 2];
        for (i, input) in words.iter().enumerate() {
            let next = words.get(i + 1).map_or("", |next| next.text);
            let node = Node { quoted, ..node(input, i, count, next) };
            quoted ^= matches!(input.text, "\"" | "“" | "”" | "``" | "''");
            if node.head != i {
                first[node.head + 2] += 1;
            }
            nodes.push(node);
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut dependents = vec![0; first[count + 1] as usize];
        for (i, node) in nodes.iter().enumerate().filter(|(i, node)| node.head != *i) {
            let place = &mut first[node.head + 1];
            dependents[*place as usize] = i as u32;
            *place += 1;
        }
        let signals = nodes.iter().enumerate().filter(|(_, node)| node.sign.signal);
        let signals = signals.map(|(i, node)| (i, node.form)).collect();
        let times = nodes.iter().filter(|node| node.sign.time).map(|node| node.form).take(MOST).collect();
        let ends = words.iter().zip(&nodes).rev().find(|(word, _)| matches!(word.text, "." | "!" | "?"));
        let end = ends.map_or(0, |(_, node)| node.form);
        Self { nodes, dependents, first, signals, times, end }
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The word of a range that hangs on none of the others: the head of a phrase.
    pub fn head_of(&self, range: Range<usize>) -> usize {
        let outside = |i: &usize| !range.contains(&self.nodes[*i].head) || self.nodes[*i].head == *i;
        range.clone().find(outside).unwrap_or(range.start)
    }

    /// The words that hang on a word, in their order.
    pub(super) fn dependents(&self, i: usize) -> impl Iterator<Item = (usize, &Node)> {
        let range = self.first[i] as usize..self.first[i + 1] as usize;
        self.dependents[range].iter().take(MOST).map(|&d| (d as usize, &self.nodes[d as usize]))
    }

    /// The signals before a word, the nearest first.
    pub(super) fn signals(&self, i: usize) -> impl Iterator<Item = u32> {
        let before = self.signals.partition_point(|(at, _)| *at < i);
        self.signals[..before].iter().rev().take(MOST).map(|(_, form)| *form)
    }

    /// The subject of a predicate.
    pub(super) fn subject(&self, i: usize) -> Option<&Node> {
        self.dependents(i).map(|(_, node)| node).find(|node| node.is_subject())
    }

    /// Whether the word is negated itself: "did not", "never", "no agreement".
    pub(super) fn negated(&self, i: usize) -> bool {
        self.dependents(i).any(|(_, node)| node.negates())
    }

    /// The relation of an argument that negates its predicate: "nobody came", "found no trace".
    pub(super) fn negating_argument(&self, i: usize) -> Option<Rel> {
        let argument = |node: &Node| matches!(node.rel, Rel::Nsubj | Rel::NsubjPass | Rel::Obj | Rel::Obl);
        let negative =
            |&(at, node): &(usize, &Node)| argument(node) && (node.sign.negator || self.negated(at));
        self.dependents(i).find(negative).map(|(_, node)| node.rel)
    }

    /// The auxiliaries of a predicate; a conjunct without any has those of the one before.
    pub(super) fn group(&self, i: usize) -> Group {
        let mut at = i;
        for _ in 0..=CONJUNCTS {
            let group = self.own_group(at);
            let Node { rel, head, fine, .. } = self.nodes[at];
            let shares = rel == Rel::Conj && self.nodes[head].fine == fine && self.subject(at).is_none();
            if group.key != 0 || !shares {
                return if at == i || group.key == 0 {
                    group
                } else {
                    Group { key: join(group.key, 1), ..group }
                };
            }
            at = head;
        }
        Group::default()
    }

    fn own_group(&self, i: usize) -> Group {
        let mut group = Group::default();
        for (at, node) in self.dependents(i) {
            let to = node.to && node.rel == Rel::Mark;
            if to || node.helps() && (at < i || node.rel == Rel::Cop) {
                group.key = join(group.key, node.form);
                group.to |= to;
            }
        }
        group
    }

    /// The modals among the auxiliaries, and "to".
    pub(super) fn modals(&self, i: usize) -> impl Iterator<Item = u32> {
        let wanted = |node: &Node| node.helps() && node.sign.modal || node.to && node.rel == Rel::Mark;
        self.dependents(i).filter(move |(_, node)| wanted(node)).map(|(_, node)| node.form)
    }

    /// What opens the clause or phrase of a word: "if", "before", "of"; not "to" before a verb.
    pub(super) fn marker(&self, i: usize) -> u32 {
        let opens = |node: &Node| {
            matches!(node.rel, Rel::Mark | Rel::Case) && !node.to
                || node.rel == Rel::Advmod && node.fine == Fine::Wrb
        };
        self.dependents(i).find(|(_, node)| opens(node)).map_or(0, |(_, node)| node.form)
    }
}

fn node(input: &Input<'_>, i: usize, count: usize, next: &str) -> Node {
    let Input { text, word, tags, arc } = *input;
    let lemma = lemma_before(text, tags.pos.name(), tags.fine.name(), next);
    let lemma = bytes(lemma.to_lowercase().as_bytes());
    let form = whole(text).map_or(word.lower, |whole| bytes(whole.as_bytes()));
    let (head, rel) = match arc {
        Some(arc) if (arc.head as usize) < count => (arc.head as usize, arc.rel),
        _ => (i, Rel::Root),
    };
    Node {
        form,
        lemma,
        suffix: word.suffix[2],
        prefix: word.prefix[2],
        class: u32::from(word.known.class),
        pos: tags.pos,
        fine: tags.fine,
        rel,
        head,
        sign: sign(form),
        signature: sign(lemma).signature,
        to: text.eq_ignore_ascii_case("to"),
        quoted: false,
    }
}

/// The whole form of an auxiliary that is cut short.
fn whole(text: &str) -> Option<&'static str> {
    const SHORT: [(&str, &str); 8] = [
        ("ll", "will"),
        ("d", "would"),
        ("ve", "have"),
        ("re", "are"),
        ("m", "am"),
        ("wo", "will"),
        ("ca", "can"),
        ("sha", "shall"),
    ];
    let bare = text.strip_prefix(['\'', '’']);
    let cut = bare.unwrap_or(text);
    let found = SHORT.iter().position(|(short, _)| short.eq_ignore_ascii_case(cut))?;
    // Those with an apostrophe stand first.
    (bare.is_some() == (found < 5)).then_some(SHORT[found].1)
}
