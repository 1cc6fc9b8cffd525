//! The network, forwards: words mixed with their neighbours in the sentence and in the tree, then looked at from the
//! target.
//!
//! Two layers of convolution, each over the word itself, the one before, the one after, its head and the mean of those
//! that hang on it (a graph convolution after Kipf and Welling 2017, with the sentence as a second graph); attention
//! from the target (Bahdanau et al. 2015) with several heads; one hidden layer. Sums run in a fixed order and the
//! exponential is our own, so that every platform gives the same scores.

/// Width of a word's vector.
pub(crate) const WIDTH: usize = 40;
/// Layers of convolution.
pub(crate) const LAYERS: usize = 2;
/// What a word is mixed with: itself, the one before, the one after, its head, what hangs on it.
pub(crate) const NEIGHBOURS: usize = 5;
/// Heads of the attention.
pub(crate) const HEADS: usize = 4;
/// Width of the hidden layer.
pub(crate) const HIDDEN: usize = 48;
/// What the hidden layer reads: the target, and what each head found.
pub(crate) const FOUND: usize = WIDTH * (1 + HEADS);
/// The labels.
pub(crate) const LABELS: usize = 3;

/// A word's vector.
pub(crate) type Vector = [f32; WIDTH];

/// Where the parts of the dense weights lie: all are in one row, so that training can go through them as one.
pub(crate) struct Shape;

impl Shape {
    pub(crate) const fn mixing(layer: usize, neighbour: usize) -> usize {
        (layer * NEIGHBOURS + neighbour) * WIDTH * WIDTH
    }
    pub(crate) const fn mixing_bias(layer: usize) -> usize {
        Self::mixing(LAYERS, 0) + layer * WIDTH
    }
    pub(crate) const fn query(head: usize) -> usize {
        Self::mixing_bias(LAYERS) + head * WIDTH * WIDTH
    }
    pub(crate) const fn query_bias(head: usize) -> usize {
        Self::query(HEADS) + head * WIDTH
    }
    pub(crate) const fn hidden() -> usize {
        Self::query_bias(HEADS)
    }
    pub(crate) const fn hidden_bias() -> usize {
        Self::hidden() + FOUND * HIDDEN
    }
    pub(crate) const fn out() -> usize {
        Self::hidden_bias() + HIDDEN
    }
    pub(crate) const fn out_bias() -> usize {
        Self::out() + HIDDEN * LABELS
    }
    pub(crate) const SIZE: usize = Self::out_bias() + LABELS;
}

/// The words as a graph.
pub(crate) struct Graph<'a> {
    /// The head of each word, if it has one.
    pub(crate) heads: &'a [Option<u32>],
    pub(crate) target: std::ops::Range<usize>,
}

/// All that is found on the way, which training goes back through.
#[derive(Default)]
pub(crate) struct Trace {
    /// The words' vectors before each layer and after the last.
    pub(crate) states: Vec<Vec<Vector>>,
    /// The mean of what hangs on each word, and the count, by layer.
    pub(crate) below: Vec<Vec<Vector>>,
    pub(crate) counts: Vec<f32>,
    /// What each layer adds, before negative parts are cut off.
    pub(crate) raised: Vec<Vec<Vector>>,
    pub(crate) queries: Vec<Vector>,
    /// The share of each word, by head.
    pub(crate) shares: [Vec<f32>; HEADS],
    pub(crate) found: Vec<f32>,
    pub(crate) hidden: Vec<f32>,
    pub(crate) scores: [f32; LABELS],
}

/// `to += from * matrix`, the matrix row by row.
#[inline(always)]
pub(crate) fn multiply_add<const OUT: usize>(from: &[f32], matrix: &[f32], to: &mut [f32; OUT]) {
    for (x, row) in from.iter().zip(matrix.chunks_exact(OUT)) {
        for (to, weight) in to.iter_mut().zip(row) {
            *to += x * weight;
        }
    }
}

#[inline(always)]
fn row<const N: usize>(dense: &[f32], at: usize) -> [f32; N] {
    let mut found = [0.0; N];
    found.copy_from_slice(&dense[at..at + N]);
    found
}

/// The scores of the labels, as chances; `words` are the vectors of the words.
#[inline(always)]
pub(crate) fn forward(dense: &[f32], graph: &Graph<'_>, words: Vec<Vector>, trace: &mut Trace) {
    look(dense, graph, words, trace);
    judge(dense, trace);
}

/// The way from the words to what the target finds among them.
#[inline(always)]
pub(crate) fn look(dense: &[f32], graph: &Graph<'_>, words: Vec<Vector>, trace: &mut Trace) {
    let count = words.len();
    trace.counts.clear();
    trace.counts.resize(count, 0.0);
    for head in graph.heads.iter().flatten() {
        trace.counts[*head as usize] += 1.0;
    }
    trace.states.clear();
    trace.below.clear();
    trace.raised.clear();
    trace.states.push(words);
    for layer in 0..LAYERS {
        let states = &trace.states[layer];
        let mut below = vec![[0.0; WIDTH]; count];
        for (i, head) in graph.heads.iter().enumerate() {
            if let Some(head) = head {
                let share = 1.0 / trace.counts[*head as usize];
                for (to, from) in below[*head as usize].iter_mut().zip(&states[i]) {
                    *to += from * share;
                }
            }
        }
        let mut raised = Vec::with_capacity(count);
        let matrix = |neighbour: usize| &dense[Shape::mixing(layer, neighbour)..][..WIDTH * WIDTH];
        for i in 0..count {
            let mut sum: Vector = row(dense, Shape::mixing_bias(layer));
            for (neighbour, state) in neighbours(states, &below, graph, &trace.counts, i) {
                multiply_add(state, matrix(neighbour), &mut sum);
            }
            raised.push(sum);
        }
        let mut next = states.clone();
        for (state, sum) in next.iter_mut().zip(&raised) {
            for (to, x) in state.iter_mut().zip(sum) {
                *to += x.max(0.0);
            }
        }
        trace.below.push(below);
        trace.raised.push(raised);
        trace.states.push(next);
    }
    let states = &trace.states[LAYERS];
    let mut middle = [0.0; WIDTH];
    let share = 1.0 / graph.target.len().max(1) as f32;
    for state in &states[graph.target.clone()] {
        for (to, x) in middle.iter_mut().zip(state) {
            *to += x * share;
        }
    }
    trace.found.clear();
    trace.queries.clear();
    trace.found.extend_from_slice(&middle);
    for head in 0..HEADS {
        let mut query: Vector = row(dense, Shape::query_bias(head));
        multiply_add(&middle, &dense[Shape::query(head)..][..WIDTH * WIDTH], &mut query);
        let shares = &mut trace.shares[head];
        shares.clear();
        shares.extend(states.iter().map(|state| dot(state, &query) * SCALE));
        softmax(shares);
        let mut found = [0.0; WIDTH];
        for (share, state) in shares.iter().zip(states) {
            for (to, x) in found.iter_mut().zip(state) {
                *to += x * share;
            }
        }
        trace.found.extend_from_slice(&found);
        trace.queries.push(query);
    }
}

/// The way from there to the labels.
#[inline(always)]
pub(crate) fn judge(dense: &[f32], trace: &mut Trace) {
    let mut hidden: [f32; HIDDEN] = row(dense, Shape::hidden_bias());
    multiply_add(&trace.found, &dense[Shape::hidden()..][..FOUND * HIDDEN], &mut hidden);
    trace.hidden.clear();
    trace.hidden.extend(hidden.iter().map(|x| x.max(0.0)));
    let mut scores: [f32; LABELS] = row(dense, Shape::out_bias());
    multiply_add(&trace.hidden, &dense[Shape::out()..][..HIDDEN * LABELS], &mut scores);
    softmax(&mut scores);
    trace.scores = scores;
}

/// Keeps the scores of the attention small at the start of training (Vaswani et al. 2017): 1 by the root of the width.
pub(crate) const SCALE: f32 = 0.158_113_88;

/// The vectors that word `i` is mixed with, each with the number of its matrix.
#[inline(always)]
pub(crate) fn neighbours<'s>(
    states: &'s [Vector],
    below: &'s [Vector],
    graph: &Graph<'_>,
    counts: &[f32],
    i: usize,
) -> impl Iterator<Item = (usize, &'s Vector)> {
    let before = i.checked_sub(1).and_then(|i| states.get(i));
    let head = graph.heads[i].and_then(|head| states.get(head as usize));
    let under = (counts[i] > 0.0).then(|| &below[i]);
    let all = [states.get(i), before, states.get(i + 1), head, under];
    all.into_iter().enumerate().filter_map(|(n, state)| Some((n, state?)))
}

/// The product of two rows: eight sums side by side, in an order that is always the same.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}

#[inline(always)]
fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|score| *score = exponential(*score - top));
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// e to the power of `x`, for `x` of 0 or less; the standard library's differs in the last bit between platforms.
fn exponential(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    // 2 to the power of a whole number by the bits of a float, and a polynomial for what is left.
    let power = x * std::f32::consts::LOG2_E;
    let whole = power.round();
    let rest = (power - whole) * std::f32::consts::LN_2;
    let series = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest / 720.0)))));
    series * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_that_of_the_library_to_five_places() {
        for i in 0..8_000 {
            let x = -(i as f32) / 100.0;
            let (ours, theirs) = (exponential(x), x.exp());
            assert!((ours - theirs).abs() <= 1e-5 * theirs, "{x}: {ours} {theirs}");
        }
        assert_eq!(exponential(-1e9), 0.0);
    }

    #[test]
    fn shares_add_up_to_one() {
        let mut scores = [3.0, -200.0, 2.5];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6 && scores[1] == 0.0);
    }
}
