//! The network, backwards: how the loss of a case changes with every weight.

use crate::sentiment::network::{
    FOUND, Graph, HEADS, HIDDEN, LABELS, LAYERS, SCALE, Shape, Trace, Vector, WIDTH, dot, neighbours,
};

/// Through `out = from * matrix`, the matrix row by row: `gradient` takes the slopes of the matrix, given those of `out`,
/// and `back` those of `from`.
fn through<const OUT: usize>(
    from: &[f32],
    matrix: &[f32],
    slope: &[f32; OUT],
    gradient: &mut [f32],
    back: &mut [f32],
) {
    let rows = matrix.chunks_exact(OUT).zip(gradient.chunks_exact_mut(OUT));
    for ((x, back), (row, gradient)) in from.iter().zip(back).zip(rows) {
        for (change, slope) in gradient.iter_mut().zip(slope) {
            *change += x * slope;
        }
        *back += dot(row, slope);
    }
}

fn add(to: &mut [f32], from: &[f32], share: f32) {
    for (to, x) in to.iter_mut().zip(from) {
        *to += x * share;
    }
}

/// Adds the slopes of the dense weights to `gradient` and gives those of the words' vectors. `missed` is the slope of
/// the labels' scores, `kept` what dropout left of what the target found.
pub(super) fn backward(
    dense: &[f32],
    graph: &Graph<'_>,
    trace: &Trace,
    missed: [f32; LABELS],
    kept: &[f32],
    gradient: &mut [f32],
) -> Vec<Vector> {
    let mut slope = [0.0; HIDDEN];
    let out = Shape::out()..Shape::out_bias();
    through(&trace.hidden, &dense[out.clone()], &missed, &mut gradient[out], &mut slope);
    add(&mut gradient[Shape::out_bias()..Shape::SIZE], &missed, 1.0);
    for (slope, hidden) in slope.iter_mut().zip(&trace.hidden) {
        *slope *= f32::from(u8::from(*hidden > 0.0));
    }
    let mut found = [0.0; FOUND];
    let hidden = Shape::hidden()..Shape::hidden_bias();
    through(&trace.found, &dense[hidden.clone()], &slope, &mut gradient[hidden], &mut found);
    add(&mut gradient[Shape::hidden_bias()..Shape::out()], &slope, 1.0);
    for (found, kept) in found.iter_mut().zip(kept) {
        *found *= kept;
    }
    let states = &trace.states[LAYERS];
    let mut slopes: Vec<Vector> = vec![[0.0; WIDTH]; states.len()];
    let mut middle = [0.0; WIDTH];
    let share = 1.0 / graph.target.len().max(1) as f32;
    let mut target = [0.0; WIDTH];
    for state in &states[graph.target.clone()] {
        add(&mut target, state, share);
    }
    add(&mut middle, &found[..WIDTH], 1.0);
    for head in 0..HEADS {
        let sought: &[f32] = &found[WIDTH * (1 + head)..][..WIDTH];
        let shares = &trace.shares[head];
        let worth: Vec<f32> = states.iter().map(|state| dot(state, sought)).collect();
        let mean: f32 = worth.iter().zip(shares).map(|(worth, share)| worth * share).sum();
        let mut query = [0.0; WIDTH];
        for (i, state) in states.iter().enumerate() {
            add(&mut slopes[i], sought, shares[i]);
            let score = shares[i] * (worth[i] - mean) * SCALE;
            add(&mut slopes[i], &trace.queries[head], score);
            add(&mut query, state, score);
        }
        let matrix = Shape::query(head)..Shape::query(head) + WIDTH * WIDTH;
        through(&target, &dense[matrix.clone()], &query, &mut gradient[matrix], &mut middle);
        add(&mut gradient[Shape::query_bias(head)..][..WIDTH], &query, 1.0);
    }
    for slopes in &mut slopes[graph.target.clone()] {
        add(slopes, &middle, share);
    }
    for layer in (0..LAYERS).rev() {
        slopes = mixed(dense, graph, trace, layer, slopes, gradient);
    }
    slopes
}

/// Through one layer of convolution.
fn mixed(
    dense: &[f32],
    graph: &Graph<'_>,
    trace: &Trace,
    layer: usize,
    slopes: Vec<Vector>,
    gradient: &mut [f32],
) -> Vec<Vector> {
    let (states, below) = (&trace.states[layer], &trace.below[layer]);
    let mut back = slopes.clone();
    let mut under: Vec<Vector> = vec![[0.0; WIDTH]; states.len()];
    for (i, slope) in slopes.iter().enumerate() {
        let mut raised = *slope;
        for (raised, sum) in raised.iter_mut().zip(&trace.raised[layer][i]) {
            *raised *= f32::from(u8::from(*sum > 0.0));
        }
        add(&mut gradient[Shape::mixing_bias(layer)..][..WIDTH], &raised, 1.0);
        for (neighbour, state) in neighbours(states, below, graph, &trace.counts, i) {
            let at = Shape::mixing(layer, neighbour)..Shape::mixing(layer, neighbour + 1);
            let to = match neighbour {
                0 => &mut back[i],
                1 => &mut back[i - 1],
                2 => &mut back[i + 1],
                3 => &mut back[graph.heads[i].map_or(i, |head| head as usize)],
                _ => &mut under[i],
            };
            through(state, &dense[at.clone()], &raised, &mut gradient[at], to);
        }
    }
    for (i, head) in graph.heads.iter().enumerate() {
        if let Some(head) = head {
            add(&mut back[i], &under[*head as usize], 1.0 / trace.counts[*head as usize]);
        }
    }
    back
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentiment::network::forward;
    use crate::train::random::Random;

    /// The slopes are those that a small step shows.
    #[test]
    fn slopes_are_those_of_small_steps() {
        let mut random = Random::new(5);
        let mut chance = |size: f32| (random.unit() - 0.5) * size;
        let mut dense: Vec<f32> = (0..Shape::SIZE).map(|_| chance(0.3)).collect();
        let mut words: Vec<Vector> = (0..6).map(|_| std::array::from_fn(|_| chance(2.0))).collect();
        let heads = [Some(1), None, Some(1), Some(4), Some(1), Some(4)];
        let graph = Graph { heads: &heads, target: 2..4 };
        let loss = |dense: &[f32], words: &[Vector]| {
            let mut trace = Trace::default();
            forward(dense, &graph, words.to_vec(), &mut trace);
            (-trace.scores[2].ln(), trace)
        };
        let (_, trace) = loss(&dense, &words);
        let [a, b, c] = trace.scores;
        let mut gradient = vec![0.0; Shape::SIZE];
        let slopes = backward(&dense, &graph, &trace, [a, b, c - 1.0], &[1.0; FOUND], &mut gradient);
        const STEP: f32 = 2e-3;
        let parts = [
            Shape::mixing(0, 1),
            Shape::mixing(0, 3),
            Shape::mixing(1, 4),
            Shape::mixing_bias(1),
            Shape::query(2),
            Shape::query_bias(1),
            Shape::hidden(),
            Shape::hidden_bias(),
            Shape::out(),
            Shape::out_bias(),
        ];
        for at in parts.into_iter().flat_map(|start| (0..3).map(move |i| start + i)) {
            let before = dense[at];
            dense[at] = before + STEP;
            let up = loss(&dense, &words).0;
            dense[at] = before - STEP;
            let down = loss(&dense, &words).0;
            dense[at] = before;
            let (shown, said) = ((up - down) / (2.0 * STEP), gradient[at]);
            assert!((shown - said).abs() < 2e-3 + 0.05 * said.abs(), "weight {at}: {shown} {said}");
        }
        for (i, column) in [(0, 3), (1, 7), (2, 11), (3, 0), (4, 39), (5, 20)] {
            let before = words[i][column];
            words[i][column] = before + STEP;
            let up = loss(&dense, &words).0;
            words[i][column] = before - STEP;
            let down = loss(&dense, &words).0;
            words[i][column] = before;
            let (shown, said) = ((up - down) / (2.0 * STEP), slopes[i][column]);
            assert!((shown - said).abs() < 2e-3 + 0.05 * said.abs(), "word {i}: {shown} {said}");
        }
    }
}
