//! Training of the parser: first the actions, by beam search, then the labels of the arcs.
//!
//! The actions are a structured perceptron with the update at the largest violation (Huang, Fayong & Guo 2012). Tags are
//! those of taggers that did not see the sentence, as they will be in use.

use super::card::{Figure, corpus};
use super::conllu::Sentence;
use super::perceptron::{Perceptron, Weights};
use super::random::Random;
use crate::parse::node::Node;
use crate::parse::relations::{Tree, UNLABELLED, features as relation_features, plain};
use crate::parse::{
    ACTIONS, Action, LABELS, LIMIT, LONGEST, Parser, ParserModel, Scratch, State, action_features,
};
use crate::tag::{Tagger, Word};
use crate::tagset::{Rel, Tags};
use std::path::Path;

/// How the parser is trained.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// Passes over the treebank for the actions, and for the labels.
    pub(super) passes: usize,
    pub(super) label_passes: usize,
    /// The first passes that take the silver sentences along.
    pub(super) silver: usize,
    /// Parses kept side by side in training.
    pub(super) beam: usize,
    /// Parses kept side by side in use.
    pub(super) width: u32,
    /// Share of the features that are left out of a decision on a label.
    pub(super) dropout: f32,
    /// Rows of weights that are kept.
    pub(super) rows: usize,
    pub(super) label_rows: usize,
    /// How far an action may be behind the best one and still be tried, in weights of the finished model.
    pub(super) margin: i32,
    /// Where chance begins.
    pub(super) seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            passes: 6,
            label_passes: 6,
            silver: 2,
            beam: 8,
            width: 4,
            dropout: 0.3,
            rows: (1 << 18) - 1,
            label_rows: 40_000,
            margin: 5000,
            seed: 1,
        }
    }
}

/// A sentence as training sees it.
struct Example {
    nodes: Vec<Node>,
    heads: Vec<u16>,
    children: Vec<Vec<u16>>,
    rels: Vec<Rel>,
}

impl Example {
    fn new(sentence: &Sentence, words: &[Word], tags: &[Tags]) -> Self {
        let heads: Vec<u16> = sentence.heads.iter().map(|head| *head as u16).collect();
        let mut children = vec![Vec::new(); heads.len() + 1];
        for (child, head) in heads.iter().enumerate() {
            children[*head as usize].push(child as u16);
        }
        let nodes = words.iter().zip(tags).map(|(word, tags)| Node::new(word, *tags)).collect();
        Self { nodes, heads, children, rels: sentence.rels.clone() }
    }

    /// How many arcs of the gold tree each action would lose for good (Goldberg & Nivre 2013).
    fn costs(&self, state: &State) -> [Option<usize>; 4] {
        let legal = state.legal();
        let (next, end) = (state.next, state.count);
        let stacked = |word: u16| state.stack.contains(&word);
        let free =
            |word: u16| word < next && state.slots[word as usize].head == crate::parse::NONE && stacked(word);
        let gold = |word: u16| self.heads.get(word as usize).copied().unwrap_or(end);
        let lost_children = self.children[next as usize].iter().filter(|child| free(**child)).count();
        let top = state.stack.last().copied().unwrap_or(0);
        let later =
            |word: u16| self.children[word as usize].iter().filter(|&&c| c >= next && c < end).count();
        let cost = |action: Action| match action {
            Action::Shift => lost_children + usize::from(gold(next) < next && stacked(gold(next))),
            Action::Reduce => later(top),
            Action::Left => later(top) + usize::from(gold(top) > next),
            Action::Right => {
                let head = gold(next);
                lost_children + usize::from(head != top && (head > next || stacked(head)))
            }
        };
        let mut costs = [None; 4];
        for (action, place) in Action::ALL.into_iter().zip(0..) {
            costs[place] = legal[place].then(|| cost(action));
        }
        costs
    }

    /// The actions that build the gold tree, as far as the system can build it.
    fn actions(&self) -> Vec<Action> {
        let mut state = State::default();
        state.start(self.nodes.len());
        let mut actions = Vec::with_capacity(self.nodes.len() * 2);
        for _ in 0..self.nodes.len() * 2 {
            let costs = self.costs(&state);
            let order = [Action::Left, Action::Right, Action::Reduce, Action::Shift];
            let best = costs.iter().flatten().min().copied();
            let action = order.into_iter().find(|a| costs[*a as usize] == best).unwrap_or(Action::Shift);
            state.act(action);
            actions.push(action);
        }
        actions
    }
}

/// A parser for the trees of a treebank; `tags` are predicted, a list a sentence. The `silver` sentences, which a
/// teacher parsed, come first, so that the treebank has the last word.
pub(super) fn train(
    sentences: &[Sentence],
    tags: &[Vec<Tags>],
    silver: &[Sentence],
    tagger: &Tagger,
    settings: &Settings,
) -> ParserModel {
    let example = |sentence: &Sentence, tags: &[Tags]| {
        let words: Vec<Word> = sentence.words.iter().map(|word| tagger.word(word)).collect();
        Example::new(sentence, &words, tags)
    };
    let short = |s: &&Sentence| s.words.len() <= LONGEST;
    let gold = sentences.iter().zip(tags).filter(|(s, _)| short(s)).map(|(s, tags)| example(s, tags));
    let mut examples: Vec<Example> = gold.collect();
    let treebank = examples.len();
    examples.extend(silver.iter().filter(short).map(|s| example(s, &tagger.tag_words(&s.words))));
    let actions = actions(&examples, treebank, settings).rows(settings.rows, ACTIONS, LIMIT, 0.0001);
    let rels: Vec<Rel> = {
        let mut rels: Vec<Rel> = examples.iter().flat_map(|e| e.rels.iter().copied()).collect();
        rels.sort_unstable();
        rels.dedup();
        rels
    };
    let labels = labels(&examples, treebank, &rels, settings).rows(settings.label_rows, LABELS, 127, 0.0005);
    ParserModel { actions, rels, labels, margin: settings.margin, width: settings.width }
}

/// A parse in training, with the actions that led to it.
#[derive(Clone)]
struct Item {
    state: State,
    score: f32,
    gold: bool,
    taken: Vec<Action>,
}

fn actions(examples: &[Example], treebank: usize, settings: &Settings) -> Weights {
    let mut perceptron = Perceptron::new(ACTIONS);
    let mut random = Random::new(settings.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let gold: Vec<Vec<Action>> = examples.iter().map(Example::actions).collect();
    for pass in 0..settings.passes {
        random.shuffle(&mut order);
        let mut changed = 0;
        for &e in order.iter().filter(|e| **e < treebank || pass < settings.silver) {
            let violation = search(&mut perceptron, &examples[e].nodes, &gold[e], settings.beam);
            changed += usize::from(!violation.is_empty());
            update(&mut perceptron, &examples[e].nodes, &gold[e], &violation);
            perceptron.tick();
        }
        eprintln!("actions, pass {}: {changed} of {} sentences changed weights", pass + 1, order.len());
    }
    perceptron.average()
}

/// The actions of the best wrong parse up to where it leads the right one by most; none where the right one wins.
fn search(perceptron: &mut Perceptron, nodes: &[Node], gold: &[Action], width: usize) -> Vec<Action> {
    let (mut hashes, mut rows, mut scores) = (Vec::new(), Vec::new(), [0.0; 4]);
    let mut score = |state: &State, scores: &mut [f32; 4]| {
        hashes.clear();
        action_features(state, nodes, |hash| hashes.push(hash));
        perceptron.known(&hashes, &mut rows);
        perceptron.scores(&rows, scores);
    };
    let mut right = (State::default(), 0.0);
    right.0.start(nodes.len());
    let mut beam = vec![Item { state: right.0.clone(), score: 0.0, gold: true, taken: Vec::new() }];
    let mut worst = (0.0, Vec::new());
    for (step, gold) in gold.iter().enumerate() {
        score(&right.0, &mut scores);
        right.1 += scores[*gold as usize];
        right.0.act(*gold);
        let mut steps: Vec<(f32, usize, Action)> = Vec::new();
        for (from, item) in beam.iter().enumerate() {
            score(&item.state, &mut scores);
            let legal = item.state.legal();
            let ways = Action::ALL.into_iter().filter(|a| legal[*a as usize]);
            steps.extend(ways.map(|a| (item.score + scores[a as usize], from, a)));
        }
        steps.sort_by(|a, b| b.0.total_cmp(&a.0));
        steps.truncate(width);
        let go = |&(score, from, action): &(f32, usize, Action)| {
            let mut item = beam[from].clone();
            item.state.act(action);
            item.taken.push(action);
            Item { score, gold: item.gold && action == *gold, ..item }
        };
        beam = steps.iter().map(go).collect();
        let end = step + 1 == nodes.len() * 2;
        let lost = !beam.iter().any(|item| item.gold) || end && !beam[0].gold;
        if lost && beam[0].score - right.1 >= worst.0 {
            worst = (beam[0].score - right.1, beam[0].taken.clone());
        }
    }
    worst.1
}

/// Moves the weights from the wrong actions to the right ones, from where the two part.
fn update(perceptron: &mut Perceptron, nodes: &[Node], gold: &[Action], wrong: &[Action]) {
    let (mut hashes, mut rows) = (Vec::new(), Vec::new());
    let parting = gold.iter().zip(wrong).position(|(a, b)| a != b).unwrap_or(wrong.len());
    for (actions, by) in [(gold, 1.0), (wrong, -1.0)] {
        let mut state = State::default();
        state.start(nodes.len());
        for (i, action) in actions.iter().enumerate().take(wrong.len()) {
            if i >= parting {
                hashes.clear();
                action_features(&state, nodes, |hash| hashes.push(hash));
                perceptron.rows(&hashes, &mut rows);
                perceptron.change(&rows, *action as usize, by);
            }
            state.act(*action);
        }
    }
}

fn labels(examples: &[Example], treebank: usize, rels: &[Rel], settings: &Settings) -> Weights {
    let mut perceptron = Perceptron::new(rels.len());
    let mut random = Random::new(settings.seed + 1);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut hashes, mut rows, mut scores) = (Vec::new(), Vec::new(), vec![0.0; rels.len()]);
    let number = |rel: Rel| rels.iter().position(|r| *r == rel).unwrap_or(0);
    for pass in 0..settings.label_passes {
        random.shuffle(&mut order);
        for &e in order.iter().filter(|e| **e < treebank || pass < settings.silver) {
            let Example { nodes, heads, rels: gold, .. } = &examples[e];
            let tree = Tree::new(nodes, heads);
            let mut labels = vec![UNLABELLED; nodes.len()];
            for d in 0..nodes.len() {
                let rel = if heads[d] as usize == nodes.len() {
                    Rel::Root
                } else if let Some(plain) =
                    plain(&nodes[d], &tree.node(heads[d] as usize), d < heads[d] as usize)
                {
                    plain
                } else {
                    hashes.clear();
                    relation_features(&tree, d, &labels, |hash| {
                        if random.unit() >= settings.dropout {
                            hashes.push(hash);
                        }
                    });
                    perceptron.rows(&hashes, &mut rows);
                    rels[perceptron.learn(&rows, &mut scores, number(gold[d]))]
                };
                labels[d] = rel as u8;
            }
        }
    }
    perceptron.average()
}

/// How many heads, and heads with labels, are right on gold words with predicted tags, in percent; news apart.
pub(super) fn measure(parser: &Parser, tagger: &Tagger, path: &Path, sentences: &[Sentence]) -> Vec<Figure> {
    let folder = corpus(path);
    let mut scratch = Scratch::default();
    let mut sums = [[0.0; 3]; 2];
    for sentence in sentences {
        let words: Vec<Word> = sentence.words.iter().map(|word| tagger.word(word)).collect();
        let mut arcs = Vec::new();
        parser.parse(&words, &tagger.tag_words(&sentence.words), &mut scratch, &mut arcs);
        for (i, arc) in arcs.iter().enumerate() {
            let gold = sentence.heads[i] as usize;
            let head = gold == arc.head as usize || gold == arcs.len() && arc.head as usize == i;
            let rel = head && arc.rel.base() == sentence.rels[i].base();
            for (n, sum) in sums.iter_mut().enumerate() {
                if n == 0 || sentence.genre == "news" {
                    sum[0] += 1.0;
                    sum[1] += f64::from(u8::from(head));
                    sum[2] += f64::from(u8::from(rel));
                }
            }
        }
    }
    let mut figures = Vec::new();
    for (name, [all, heads, rels]) in [(folder.clone(), sums[0]), (format!("{folder} news"), sums[1])] {
        if all > 0.0 {
            figures.push((format!("{name} UAS"), 100.0 * heads / all));
            figures.push((format!("{name} LAS"), 100.0 * rels / all));
        }
    }
    figures
}
