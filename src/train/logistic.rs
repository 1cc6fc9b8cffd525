//! Logistic regression over a handful of signs.

/// Rounds of the search, and the penalty on squares.
const ROUNDS: usize = 25;
const PENALTY: f64 = 1.0;

/// The weights that make the outcomes likeliest (Newton's method); `cases` are signs and whether the thing was so.
pub(super) fn fit<const SIGNS: usize>(cases: &[([f32; SIGNS], bool)]) -> [f32; SIGNS] {
    let mut weights = [0.0f64; SIGNS];
    for _ in 0..ROUNDS {
        let mut gradient = weights.map(|weight| -PENALTY * weight);
        let mut curve = [[0.0f64; SIGNS]; SIGNS];
        for (i, row) in curve.iter_mut().enumerate() {
            row[i] = PENALTY;
        }
        for (signs, outcome) in cases {
            let signs = signs.map(f64::from);
            let sum: f64 = weights.iter().zip(signs).map(|(weight, sign)| weight * sign).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let miss = f64::from(u8::from(*outcome)) - p;
            for i in 0..SIGNS {
                gradient[i] += miss * signs[i];
                for j in 0..SIGNS {
                    curve[i][j] += p * (1.0 - p) * signs[i] * signs[j];
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(curve, gradient)) {
            *weight += step;
        }
    }
    weights.map(|weight| weight as f32)
}

/// The solution of a system of linear equations whose matrix is positive definite (Gauss).
#[allow(clippy::needless_range_loop)] // rows and columns by their numbers, as in every book
fn solve<const SIGNS: usize>(mut matrix: [[f64; SIGNS]; SIGNS], mut right: [f64; SIGNS]) -> [f64; SIGNS] {
    for i in 0..SIGNS {
        for j in i + 1..SIGNS {
            let factor = matrix[j][i] / matrix[i][i];
            for k in i..SIGNS {
                matrix[j][k] -= factor * matrix[i][k];
            }
            right[j] -= factor * right[i];
        }
    }
    for i in (0..SIGNS).rev() {
        for k in i + 1..SIGNS {
            right[i] -= matrix[i][k] * right[k];
        }
        right[i] /= matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::learned::judge::{SIGNS, Signs, judge};

    #[test]
    fn shares_are_those_of_the_cases() {
        let mut signs = [0.0; SIGNS];
        signs[0] = 1.0;
        let mut with = signs;
        with[3] = 1.0;
        let cases: Vec<(Signs, bool)> =
            (0..1000).map(|i| if i % 2 == 0 { (signs, i % 10 == 0) } else { (with, i % 5 != 0) }).collect();
        let weights = fit(&cases);
        assert!((judge(&weights, &signs) - 0.2).abs() < 0.02);
        assert!((judge(&weights, &with) - 0.8).abs() < 0.02);
    }
}
