//! Inference in a linear chain (Lafferty, McCallum & Pereira 2001): forward and backward in scaled probabilities, so
//! that no logarithm is taken on the way, and the best sequence (Viterbi).

use super::roles::{LABELS, OUTSIDE, PLACES, may_follow};

/// A number for every label.
pub(crate) type Scores = [f32; LABELS];

/// Weights of the steps from label to label, by place.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    weights: Vec<[Scores; LABELS]>,
    factors: Vec<[Scores; LABELS]>,
}

impl Steps {
    /// Of `PLACES` times `LABELS` times `LABELS` weights: by place, label before, label.
    pub(crate) fn new(weights: &[f32]) -> Self {
        let mut steps = Self {
            weights: vec![[[f32::NEG_INFINITY; LABELS]; LABELS]; PLACES],
            factors: vec![[[0.0; LABELS]; LABELS]; PLACES],
        };
        for (i, weight) in weights.iter().enumerate().take(PLACES * LABELS * LABELS) {
            let (place, from, to) = (i / (LABELS * LABELS), i / LABELS % LABELS, i % LABELS);
            if may_follow(from, to) {
                steps.weights[place][from][to] = *weight;
                steps.factors[place][from][to] = weight.exp();
            }
        }
        steps
    }

    /// The factors of a place, by label before and label.
    pub(crate) fn factors(&self, place: u8) -> &[Scores; LABELS] {
        &self.factors[usize::from(place) % PLACES]
    }
}

/// Probabilities over one sequence, which begins behind a token outside.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    /// Factors of the tokens: the exponentials of their scores, the largest taken as 1.
    pub(crate) own: Vec<Scores>,
    pub(crate) forward: Vec<Scores>,
    pub(crate) backward: Vec<Scores>,
    back: Vec<[u8; LABELS]>,
}

impl Chain {
    /// Takes in the scores of the tokens.
    pub(crate) fn read(&mut self, scores: &[Scores]) {
        self.own.clear();
        self.own.extend(scores.iter().map(|row| {
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            row.map(|score| (score - top).exp().max(1e-20))
        }));
    }

    /// Fills `forward`, each row scaled to a sum of 1; `allowed` says which labels are. The logarithm of the sum over
    /// all sequences, up to what [`Chain::read`] took away.
    pub(crate) fn forward(&mut self, places: &[u8], steps: &Steps, allowed: impl Fn(usize) -> bool) -> f32 {
        let open: [f32; LABELS] = std::array::from_fn(|label| if allowed(label) { 1.0 } else { 0.0 });
        self.forward.clear();
        let mut before = [0.0; LABELS];
        before[OUTSIDE] = 1.0;
        let mut log = 0.0;
        for (own, place) in self.own.iter().zip(places) {
            let factors = steps.factors(*place);
            let mut row = [0.0f32; LABELS];
            for from in 0..LABELS {
                for to in 0..LABELS {
                    row[to] += before[from] * factors[from][to];
                }
            }
            let mut sum = 0.0;
            for label in 0..LABELS {
                row[label] *= own[label] * open[label];
                sum += row[label];
            }
            let scale = 1.0 / sum.max(1e-30);
            row.iter_mut().for_each(|p| *p *= scale);
            log += sum.max(1e-30).ln();
            self.forward.push(row);
            before = row;
        }
        log
    }

    /// Fills `backward`, each row scaled to a sum of 1.
    pub(crate) fn backward(&mut self, places: &[u8], steps: &Steps) {
        let count = self.own.len();
        self.backward.clear();
        self.backward.resize(count, [1.0; LABELS]);
        for i in (1..count).rev() {
            let factors = steps.factors(places[i]);
            let mut ahead = [0.0; LABELS];
            for (ahead, (own, backward)) in ahead.iter_mut().zip(self.own[i].iter().zip(&self.backward[i])) {
                *ahead = own * backward;
            }
            let mut row = [0.0f32; LABELS];
            let mut sum = 0.0;
            for from in 0..LABELS {
                for to in 0..LABELS {
                    row[from] += factors[from][to] * ahead[to];
                }
                sum += row[from];
            }
            let scale = 1.0 / sum.max(1e-30);
            self.backward[i - 1] = row.map(|b| b * scale);
        }
    }

    /// The probability of each label at token `i`, once both ways are filled.
    pub(crate) fn at(&self, i: usize) -> Scores {
        let mut row = [0.0; LABELS];
        let mut sum = 0.0;
        for (p, (forward, backward)) in row.iter_mut().zip(self.forward[i].iter().zip(&self.backward[i])) {
            *p = forward * backward;
            sum += *p;
        }
        row.map(|p| p / sum.max(1e-30))
    }

    /// The best sequence, into `labels`; `allowed` says which labels a token may have.
    pub(crate) fn best(
        &mut self,
        scores: &[Scores],
        places: &[u8],
        steps: &Steps,
        allowed: impl Fn(usize, usize) -> bool,
        labels: &mut Vec<u8>,
    ) {
        self.back.clear();
        let mut best = [f32::NEG_INFINITY; LABELS];
        best[OUTSIDE] = 0.0;
        for (i, (own, place)) in scores.iter().zip(places).enumerate() {
            let weights = &steps.weights[usize::from(*place) % PLACES];
            let mut next = [f32::NEG_INFINITY; LABELS];
            let mut from = [0u8; LABELS];
            for to in (0..LABELS).filter(|to| allowed(i, *to)) {
                for (before, score) in best.iter().enumerate() {
                    let score = score + weights[before][to];
                    if score > next[to] {
                        next[to] = score;
                        from[to] = before as u8;
                    }
                }
                next[to] += own[to];
            }
            best = next;
            self.back.push(from);
        }
        let mut label =
            (0..LABELS).fold(OUTSIDE, |top, label| if best[label] > best[top] { label } else { top });
        labels.clear();
        labels.resize(scores.len(), 0);
        for i in (0..scores.len()).rev() {
            labels[i] = label as u8;
            label = usize::from(self.back[i][label]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::roles::{LABELS, role};
    use super::*;
    use proptest::prelude::*;

    const COUNT: usize = 4;

    /// All sequences that are allowed, with their scores.
    fn sequences(scores: &[Scores], places: &[u8], steps: &Steps) -> Vec<(Vec<usize>, f64)> {
        let mut all = vec![(Vec::new(), 0.0f64)];
        for (own, place) in scores.iter().zip(places) {
            let mut next = Vec::new();
            for (labels, score) in &all {
                let before: usize = labels.last().copied().unwrap_or(OUTSIDE);
                for to in (0..LABELS).filter(|to| may_follow(before, *to)) {
                    let step = steps.weights[usize::from(*place)][before][to];
                    let longer = [labels.as_slice(), &[to]].concat();
                    next.push((longer, score + f64::from(step) + f64::from(own[to])));
                }
            }
            all = next;
        }
        all
    }

    fn numbers(count: usize) -> impl Strategy<Value = Vec<f32>> {
        proptest::collection::vec(-4.0f32..4.0, count)
    }

    proptest! {
        #[test]
        fn what_is_summed_is_the_sum_over_all_sequences(
            scores in numbers(COUNT * LABELS),
            weights in numbers(PLACES * LABELS * LABELS),
            places in proptest::collection::vec(0u8..PLACES as u8, COUNT),
        ) {
            let scores: Vec<Scores> =
                scores.chunks_exact(LABELS).map(|row| std::array::from_fn(|label| row[label])).collect();
            let steps = Steps::new(&weights);
            let all = sequences(&scores, &places, &steps);
            let total: f64 = all.iter().map(|(_, score)| score.exp()).sum();
            let mut chain = Chain::default();
            chain.read(&scores);
            let without = chain.forward(&places, &steps, |label| role(label) != 2);
            let log = chain.forward(&places, &steps, |_| true);
            chain.backward(&places, &steps);
            for i in 0..COUNT {
                for (label, share) in chain.at(i).into_iter().enumerate() {
                    let right: f64 = all.iter().filter(|(l, _)| l[i] == label).map(|(_, s)| s.exp()).sum();
                    prop_assert!((f64::from(share) - right / total).abs() < 1e-4);
                }
            }
            let bare: f64 =
                all.iter().filter(|(l, _)| l.iter().all(|l| role(*l) != 2)).map(|(_, s)| s.exp()).sum();
            prop_assert!((f64::from((without - log).exp()) - bare / total).abs() < 1e-4);

            let mut best = Vec::new();
            chain.best(&scores, &places, &steps, |_, _| true, &mut best);
            let found: Vec<usize> = best.iter().map(|label| usize::from(*label)).collect();
            let top = all.iter().map(|(_, score)| *score).fold(f64::MIN, f64::max);
            let score = all.iter().find(|(labels, _)| *labels == found).map(|(_, score)| *score);
            prop_assert!(score.is_some_and(|score| (score - top).abs() < 1e-3));
        }
    }
}
