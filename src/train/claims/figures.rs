//! What is right and what is wrong, in the figures of Emergent and of the Fake News Challenge.

use crate::claim::{Form, Stance};
use crate::train::card::Figure;

/// The stance that counts: headlines of the corpus are all about their claims.
pub(super) fn said(form: Form, scores: [f64; 4]) -> Stance {
    let among = of(form);
    among.iter().copied().fold(Stance::Agree, |best, one| {
        if scores[one as usize] > scores[best as usize] { one } else { best }
    })
}

/// The stances that a corpus of this form has.
fn of(form: Form) -> &'static [Stance] {
    match form {
        Form::Headline => &Stance::ALL[..3],
        Form::Article => Stance::ALL,
    }
}

/// How often what was gold was called what.
#[derive(Default)]
pub(super) struct Confusion([[u32; 4]; 4]);

impl Confusion {
    pub(super) fn of(pairs: impl Iterator<Item = (Stance, Stance)>) -> Self {
        let mut found = Self::default();
        pairs.for_each(|(gold, said)| found.0[gold as usize][said as usize] += 1);
        found
    }

    fn f1(&self, stance: Stance) -> f64 {
        let at = stance as usize;
        let (gold, said): (u32, u32) = (self.0[at].iter().sum(), self.0.iter().map(|row| row[at]).sum());
        f64::from(2 * self.0[at][at]) / f64::from((gold + said).max(1))
    }

    pub(super) fn macro_f1(&self, form: Form) -> f64 {
        of(form).iter().map(|stance| self.f1(*stance)).sum::<f64>() / of(form).len() as f64
    }

    /// All figures, in percent.
    pub(super) fn figures(&self, form: Form) -> Vec<Figure> {
        let all: u32 = self.0.iter().flatten().sum();
        let right: u32 = (0..4).map(|i| self.0[i][i]).sum();
        let mut figures = vec![
            ("accuracy".to_owned(), 100.0 * f64::from(right) / f64::from(all.max(1))),
            ("macro-F1".to_owned(), 100.0 * self.macro_f1(form)),
        ];
        figures.extend(of(form).iter().map(|stance| (format!("{stance} F1"), 100.0 * self.f1(*stance))));
        if form == Form::Article {
            figures.push(("weighted score".to_owned(), 100.0 * self.weighted()));
        }
        figures
    }

    /// The score of the Fake News Challenge as a share of its maximum: a quarter for telling related from unrelated, three
    /// quarters more for the stance of what is related.
    fn weighted(&self) -> f64 {
        let (mut got, mut best) = (0.0, 0.0);
        for (gold, row) in self.0.iter().enumerate() {
            for (said, count) in row.iter().enumerate() {
                let count = f64::from(*count);
                let (related, called) = (gold < 3, said < 3);
                best += count * if related { 1.0 } else { 0.25 };
                got += count
                    * if !related {
                        if called { 0.0 } else { 0.25 }
                    } else if gold == said {
                        1.0
                    } else if called {
                        0.25
                    } else {
                        0.0
                    };
            }
        }
        got / f64::max(best, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stance::{Agree, Disagree, Discuss, Unrelated};

    #[test]
    fn figures_counted_by_hand() {
        let said = [(Disagree, Agree), (Unrelated, Unrelated), (Agree, Agree), (Unrelated, Discuss)];
        let figures = Confusion::of(said.into_iter()).figures(Form::Article);
        let figure =
            |name: &str| figures.iter().find(|(other, _)| other == name).map_or(-1.0, |(_, value)| *value);
        assert!((figure("weighted score") - 60.0).abs() < 1e-9);
        assert!((figure("accuracy") - 50.0).abs() < 1e-9);
        assert!((figure("agree F1") - 200.0 / 3.0).abs() < 1e-9);
        assert!((figure("macro-F1") - 100.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn headlines_are_never_unrelated_when_figures_are_counted() {
        assert_eq!(said(Form::Headline, [0.1, 0.2, 0.1, 0.6]), Disagree);
        assert_eq!(said(Form::Article, [0.1, 0.2, 0.1, 0.6]), Unrelated);
    }
}
