//! Steps of training: Adam (Kingma and Ba 2015), for vectors only where they were touched.

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.999;
const TINY: f32 = 1e-8;

/// Running means of the slopes of some weights and of their squares.
pub(super) struct Adam {
    means: Vec<f32>,
    squares: Vec<f32>,
}

impl Adam {
    pub(super) fn new(weights: usize) -> Self {
        Self { means: vec![0.0; weights], squares: vec![0.0; weights] }
    }

    /// Moves the weights from `start` on against their slopes; `done` steps came before.
    pub(super) fn step(&mut self, weights: &mut [f32], start: usize, slopes: &[f32], rate: f32, done: usize) {
        let step = done as i32 + 1;
        let (first, second) = (1.0 - FIRST.powi(step), 1.0 - SECOND.powi(step));
        let at = start..start + slopes.len();
        let moments = self.means[at.clone()].iter_mut().zip(&mut self.squares[at.clone()]);
        for ((weight, slope), (mean, square)) in weights[at].iter_mut().zip(slopes).zip(moments) {
            *mean = FIRST * *mean + (1.0 - FIRST) * slope;
            *square = SECOND * *square + (1.0 - SECOND) * slope * slope;
            *weight -= rate * (*mean / first) / ((*square / second).sqrt() + TINY);
        }
    }
}
