//! Logistic regression with a penalty on squares, by coordinate descent in the dual (Yu, Huang and Lin 2011).

use crate::claim::{Row, Weights};
use crate::train::random::Random;

/// Passes over the cases, at most.
const PASSES: usize = 60;
/// A pass whose steepest slope is below this was the last one.
const FLAT: f64 = 0.05;

/// A row of features, whether the answer is yes, and what the case counts.
pub(super) type Case<'r> = (&'r Row, bool, f64);

/// The weights for which the answers of the cases are likeliest; `cost` is what a miss costs against the penalty.
pub(super) fn fit(cases: &[Case<'_>], dimensions: usize, cost: f64, seed: u64) -> Weights {
    // The last weight is the bias.
    let mut weights = vec![0.0f64; dimensions + 1];
    let mut search: Vec<Dual> = cases.iter().map(|case| Dual::new(case, cost)).collect();
    for (dual, (row, yes, _)) in search.iter().zip(cases) {
        shift(&mut weights, row, sign(*yes) * dual.low);
    }
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = Random::new(seed);
    let mut fine = 1e-2;
    for _ in 0..PASSES {
        random.shuffle(&mut order);
        let (mut steepest, mut steps) = (0.0f64, 0);
        for &i in &order {
            let (row, yes, _) = cases[i];
            let margin = sign(yes) * dot(&weights, row);
            let (slope, moved, taken) = search[i].minimise(margin, fine);
            steepest = steepest.max(slope);
            steps += taken;
            if taken > 0 {
                shift(&mut weights, row, sign(yes) * moved);
            }
        }
        if steepest < FLAT {
            break;
        }
        if steps <= cases.len() / 10 {
            fine = f64::max(1e-8, fine / 10.0);
        }
    }
    let bias = weights.pop().unwrap_or(0.0);
    Weights::new(&weights, bias)
}

fn sign(yes: bool) -> f64 {
    if yes { 1.0 } else { -1.0 }
}

fn dot(weights: &[f64], row: &Row) -> f64 {
    let bias = weights[weights.len() - 1];
    bias + row.iter().map(|(at, value)| weights[at] * f64::from(value)).sum::<f64>() / 8.0
}

fn shift(weights: &mut [f64], row: &Row, by: f64) {
    row.iter().for_each(|(at, value)| weights[at] += by * f64::from(value) / 8.0);
    let last = weights.len() - 1;
    weights[last] += by;
}

/// A case's variable in the dual, kept with what is missing to its bound, so that neither is rounded to 0.
struct Dual {
    low: f64,
    high: f64,
    bound: f64,
    square: f64,
}

impl Dual {
    fn new((row, _, weight): &Case<'_>, cost: f64) -> Self {
        let bound = cost * weight;
        let low = f64::min(1e-3 * bound, 1e-8);
        let square = 1.0 + row.iter().map(|(_, value)| f64::from(value * value)).sum::<f64>() / 64.0;
        Self { low, high: bound - low, bound, square }
    }

    /// Moves the variable to the minimum of its line: the slope before, how far it moved, steps taken.
    fn minimise(&mut self, margin: f64, fine: f64) -> (f64, f64, usize) {
        let up = 0.5 * self.square * (self.high - self.low) + margin >= 0.0;
        let (from, turn) = if up { (self.low, 1.0) } else { (self.high, -1.0) };
        let (bound, square) = (self.bound, self.square);
        let slope = |z: f64| square * (z - from) + turn * margin + (z / (bound - z)).ln();
        let mut z = if bound - from < 0.5 * bound { 0.1 * from } else { from };
        let mut now = slope(z);
        let first = now.abs();
        let mut taken = 0;
        while now.abs() >= fine && taken < 100 {
            let next = z - now / (square + bound / (bound - z) / z);
            z = if next <= 0.0 { 0.1 * z } else { next };
            now = slope(z);
            taken += 1;
        }
        if taken > 0 {
            (self.low, self.high) = if up { (z, bound - z) } else { (bound - z, z) };
        }
        (first, turn * (z - from), taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::rows_for_tests;

    #[test]
    fn probabilities_are_those_of_the_cases() {
        // Of what has the feature nine tenths are so, of what lacks it one tenth; cheap penalties leave it at that.
        let [with, without] = rows_for_tests();
        let cases: Vec<Case<'_>> = (0..2000)
            .map(|i| (if i % 2 == 0 { &with } else { &without }, (i % 20 < 18) == (i % 2 == 0), 1.0))
            .collect();
        let weights = fit(&cases, 16, 10.0, 1);
        for row in [&with, &without] {
            let of: Vec<_> = cases.iter().filter(|case| std::ptr::eq(case.0, row)).collect();
            let share = of.iter().filter(|case| case.1).count() as f64 / of.len() as f64;
            assert!((weights.probability(row) - share).abs() < 0.02, "{share}");
        }
    }
}
