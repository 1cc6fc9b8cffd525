//! Search: several parses side by side, and a new one only where the choice is close.
//!
//! A beam (Zhang & Clark 2008) that branches where the best action leads by little (Choi & McCallum 2013): most steps
//! have one sensible action, and cost what a greedy parser's cost.

use super::ACTIONS;
use super::features::features;
use super::node::Node;
use super::state::{Action, NONE, State};
use crate::model::{Features, Table, join};
use rustc_hash::FxHashMap;

/// A way to go on.
#[derive(Clone, Copy)]
struct Step {
    score: i32,
    from: usize,
    action: Action,
}

/// Memory for the search, kept from sentence to sentence.
#[derive(Default)]
pub(crate) struct Beam {
    /// Parses kept side by side.
    width: usize,
    now: Vec<(i32, State)>,
    next: Vec<(i32, State)>,
    spare: Vec<State>,
    steps: Vec<Step>,
    /// Scores of the states of the sentence, by what the features see of them: parses side by side mostly differ where
    /// no feature looks.
    known: FxHashMap<u64, [i32; ACTIONS]>,
    found: Features,
}

impl Beam {
    /// The heads of a sentence; `width` parses are kept, and `margin` is how far an action may be behind the best one.
    pub(crate) fn parse(
        &mut self,
        actions: &Table<ACTIONS, i16>,
        width: usize,
        margin: i32,
        nodes: &[Node],
    ) -> Vec<u16> {
        self.width = width.max(1);
        self.known.clear();
        let mut first = self.spare.pop().unwrap_or_default();
        first.start(nodes.len());
        self.now.push((0, first));
        // Every word is pushed once and popped once.
        for _ in 0..nodes.len() * 2 {
            self.look(actions, margin, nodes);
            self.go();
        }
        let heads = self.now.first().map_or(Vec::new(), |(_, state)| state.heads());
        self.spare.extend(self.now.drain(..).map(|(_, state)| state));
        heads
    }

    /// Collects the steps worth taking, best first.
    fn look(&mut self, actions: &Table<ACTIONS, i16>, margin: i32, nodes: &[Node]) {
        self.steps.clear();
        for (from, (score, state)) in self.now.iter().enumerate() {
            let legal = state.legal();
            let one = legal.iter().filter(|legal| **legal).count() == 1;
            // In a beam scores are compared across states, so a forced step has to be scored all the same.
            let mut scores = [0i32; ACTIONS];
            if !(one && self.now.len() == 1) {
                scores = *self
                    .known
                    .entry(view(state))
                    .or_insert_with(|| weigh(actions, state, nodes, &mut self.found));
            }
            let best = (0..ACTIONS).filter(|&a| legal[a]).map(|a| scores[a]).max().unwrap_or(0);
            for (a, action) in Action::ALL.into_iter().enumerate() {
                if legal[a] && scores[a] >= best - margin {
                    self.steps.push(Step { score: score + scores[a], from, action });
                }
            }
        }
        if self.steps.len() > 1 {
            self.steps.sort_by_key(|step| std::cmp::Reverse(step.score));
            let floor = self.steps[0].score - margin;
            self.steps.truncate(self.width);
            self.steps.retain(|step| step.score >= floor);
        }
    }

    fn go(&mut self) {
        for (i, step) in self.steps.iter().enumerate() {
            let last = self.steps[i + 1..].iter().all(|other| other.from != step.from);
            let mut state = if last {
                std::mem::take(&mut self.now[step.from].1)
            } else {
                let mut copy = self.spare.pop().unwrap_or_default();
                copy.copy_from(&self.now[step.from].1);
                copy
            };
            state.act(step.action);
            self.next.push((step.score, state));
        }
        self.spare.extend(self.now.drain(..).map(|(_, state)| state).filter(|state| !state.slots.is_empty()));
        std::mem::swap(&mut self.now, &mut self.next);
    }
}

/// The scores of the actions in a state.
fn weigh(
    actions: &Table<ACTIONS, i16>,
    state: &State,
    nodes: &[Node],
    found: &mut Features,
) -> [i32; ACTIONS] {
    found.clear();
    features(state, nodes, |hash| found.push(hash));
    let mut scores = [0; ACTIONS];
    actions.add(found, &mut scores);
    scores
}

/// What the features see of a state, as one number.
fn view(state: &State) -> u64 {
    let under = |depth: usize| state.stack.len().checked_sub(depth + 1).map_or(NONE, |i| state.stack[i]);
    let two = |a: u16, b: u16| u32::from(a) << 16 | u32::from(b);
    let (top, below) = (under(0), under(1));
    let next = state.slots[state.next as usize];
    let (mut low, mut high) = (two(top, below), two(state.next, next.left[0]));
    low = join(low, two(next.left[1], u16::from(next.lefts)));
    if top != NONE {
        let slot = state.slots[top as usize];
        let above = match slot.head {
            NONE => NONE,
            head => state.slots[head as usize].head,
        };
        low = join(low, two(slot.left[0], slot.left[1]));
        high = join(high, two(slot.right[0], slot.right[1]));
        low = join(low, two(slot.head, above));
        high = join(high, u32::from(slot.lefts) << 8 | u32::from(slot.rights));
    }
    if below != NONE {
        let slot = state.slots[below as usize];
        high = join(high, two(slot.head, slot.right[0]));
    }
    u64::from(high) << 32 | u64::from(low)
}
