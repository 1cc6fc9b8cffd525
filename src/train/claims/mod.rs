//! Training of the models of stance towards claims, and their figures by cross-validation.

mod figures;
mod gold;
mod regression;

pub(super) use gold::{Corpus, articles, headlines};

use super::card::Figure;
use super::random::Random;
use crate::claim::{Form, Rarity, Row, Stance, StanceModel, rows, weighed};
use crate::error::{Error, Result};
use gold::Pair;
use std::collections::BTreeMap;

/// How the models are trained.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    /// What a miss costs against the penalty on large weights.
    cost: f64,
    /// Places that features are hashed into.
    dimensions: usize,
    /// Whether rare stances are made to count more. Of headlines, none is rare.
    weigh: bool,
    seed: u64,
}

impl Settings {
    pub(super) fn new(form: Form, seed: u64) -> Self {
        match form {
            Form::Headline => Self { cost: 0.3, dimensions: 1 << 16, weigh: false, seed },
            Form::Article => Self { cost: 0.1, dimensions: 1 << 17, weigh: true, seed },
        }
    }
}

/// What the three stances may count, in turns, when the factors are chosen.
const AGREE: [f32; 5] = [1.0, 1.3, 1.7, 2.2, 3.0];
const DISAGREE: [f32; 7] = [1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0];

/// Pairs of other claims that stand for unrelated ones, for each pair of a corpus that has none.
const STRANGERS: usize = 2;

/// A pair with its features.
struct Example {
    pair: Pair,
    about: Row,
    stance: Row,
    /// Pairs of one text tell much the same.
    weight: f64,
}

/// Features of pairs as a model with this rarity has them.
fn examples(corpus: &Corpus, pairs: &[Pair], rarity: &Rarity, settings: Settings) -> Vec<Example> {
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    pairs.iter().filter(|pair| is_related(pair)).for_each(|pair| *counts.entry(pair.text).or_default() += 1);
    let example = |pair: &Pair| {
        let (mut about, mut stance) = (Row::default(), Row::default());
        let (claim, text) = (&corpus.claims[pair.claim], &corpus.texts[pair.text]);
        rows(corpus.form, rarity, settings.dimensions, claim, text, &mut about, &mut stance);
        let count = if is_related(pair) { counts.get(&pair.text).copied().unwrap_or(1) } else { 1 };
        let weight = f64::from(count).sqrt().recip();
        Example { pair: *pair, about, stance, weight }
    };
    pairs.iter().map(example).collect()
}

fn is_related(pair: &Pair) -> bool {
    pair.stance != Stance::Unrelated
}

/// How rare words are in the texts of pairs.
fn rarity(corpus: &Corpus, pairs: &[Pair]) -> Rarity {
    let mut texts: Vec<usize> = pairs.iter().map(|pair| pair.text).collect();
    texts.sort_unstable();
    texts.dedup();
    Rarity::of(texts.into_iter().map(|text| &corpus.texts[text]))
}

/// Adds pairs of a claim with texts about others, where the corpus has no unrelated ones.
fn with_strangers(pairs: &[Pair], settings: Settings) -> Vec<Pair> {
    let mut found = pairs.to_vec();
    if pairs.iter().all(is_related) && !pairs.is_empty() {
        let mut random = Random::new(settings.seed);
        for pair in pairs.iter().flat_map(|pair| [pair; STRANGERS]) {
            let other = pairs[(random.next() >> 11) as usize % pairs.len()];
            if other.group != pair.group {
                found.push(Pair { text: other.text, stance: Stance::Unrelated, ..*pair });
            }
        }
    }
    found
}

/// The weights that the examples give; factors are 1.
fn fit(examples: &[&Example], rarity: &Rarity, settings: Settings) -> StanceModel {
    let Settings { cost, dimensions, seed, .. } = settings;
    let related: Vec<_> =
        examples.iter().map(|one| (&one.about, is_related(&one.pair), one.weight)).collect();
    let stance = |stance: Stance| {
        let of = examples.iter().filter(|one| is_related(&one.pair));
        let cases: Vec<_> = of.map(|one| (&one.stance, one.pair.stance == stance, one.weight)).collect();
        regression::fit(&cases, dimensions, cost, seed)
    };
    StanceModel {
        rarity: rarity.clone(),
        related: regression::fit(&related, dimensions, cost, seed),
        stances: [Stance::Agree, Stance::Disagree, Stance::Discuss].map(stance),
        factors: [1.0; 3],
    }
}

/// Trains on some pairs; the factors are chosen by training on all folds but one of them and looking at that one.
fn train_on(corpus: &Corpus, pairs: &[Pair], folds: usize, settings: Settings) -> StanceModel {
    let rarity = rarity(corpus, pairs);
    let own = pairs.len();
    let pairs = with_strangers(pairs, settings);
    let examples = examples(corpus, &pairs, &rarity, settings);
    let mut judged = Vec::new();
    for fold in (0..folds).filter(|_| settings.weigh) {
        let inside: Vec<&Example> = examples.iter().filter(|one| !touches(&one.pair, fold, folds)).collect();
        let held: Vec<&Example> =
            examples[..own].iter().filter(|one| one.pair.group % folds == fold).collect();
        if held.is_empty() || inside.is_empty() {
            continue;
        }
        let model = fit(&inside, &rarity, settings);
        judged.extend(held.iter().map(|one| (one.pair.stance, model.raw(&one.about, &one.stance))));
    }
    let mut model = fit(&examples.iter().collect::<Vec<_>>(), &rarity, settings);
    if settings.weigh {
        model.factors = factors(corpus.form, &judged);
    }
    model
}

/// The factors with the best macro-F1.
fn factors(form: Form, judged: &[(Stance, [f64; 4])]) -> [f32; 3] {
    let mut best = (-1.0, [1.0; 3]);
    for agree in AGREE {
        for disagree in DISAGREE {
            let factors = [agree, disagree, 1.0];
            let said =
                judged.iter().map(|(gold, scores)| (*gold, figures::said(form, weighed(*scores, factors))));
            let macro_f1 = figures::Confusion::of(said).macro_f1(form);
            if macro_f1 > best.0 {
                best = (macro_f1, factors);
            }
        }
    }
    best.1
}

/// Whether a pair has to do with a group of a fold.
fn touches(pair: &Pair, fold: usize, folds: usize) -> bool {
    pair.group % folds == fold || pair.story.is_some_and(|story| story % folds == fold)
}

/// The model of all pairs.
pub(super) fn train(corpus: &Corpus, settings: Settings) -> StanceModel {
    train_on(corpus, &corpus.pairs, 5, settings)
}

/// Figures of models that were each trained without one fold, on that fold: groups by their number modulo `folds`.
///
/// # Errors
/// A corpus with a fold that has nothing in it, or nothing outside it.
pub(super) fn cross_validate(corpus: &Corpus, folds: usize, settings: Settings) -> Result<Vec<Figure>> {
    let mut said = Vec::new();
    for fold in 0..folds {
        let inside: Vec<Pair> =
            corpus.pairs.iter().filter(|pair| !touches(pair, fold, folds)).copied().collect();
        let held: Vec<Pair> = corpus.pairs.iter().filter(|p| p.group % folds == fold).copied().collect();
        if inside.iter().all(|pair| !is_related(pair)) || held.is_empty() {
            return Err(Error::usage(format!(
                "--folds {folds}: fold {fold} is empty; expected fewer folds or more claims"
            )));
        }
        let model = train_on(corpus, &inside, folds, settings);
        let examples = examples(corpus, &held, &model.rarity, settings);
        said.extend(
            examples.iter().map(|one| {
                (one.pair.stance, figures::said(corpus.form, model.scores(&one.about, &one.stance)))
            }),
        );
    }
    Ok(figures::Confusion::of(said.into_iter()).figures(corpus.form))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::claim::{Judge, read};
    use crate::model;
    use std::io::Write;

    /// Six claims, each repeated, denied and hedged.
    fn corpus(judge: &Judge) -> Corpus {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let claims = [
            ("The ferry sank near Tressay", "Ferry sank near Tressay"),
            ("A bear walked into a bank", "Bear walked into bank"),
            ("Norvia will close its mine", "Norvia will close mine"),
            ("The mayor sold the harbour", "Mayor sold harbour"),
            ("A comet fell on Dunmere", "Comet fell on Dunmere"),
            ("The singer Ann Rook is ill", "Singer Ann Rook is ill"),
        ];
        for (i, (claim, headline)) in claims.iter().enumerate() {
            for (label, headline) in [
                ("for", (*headline).to_owned()),
                ("against", format!("{headline}? No, it is a hoax")),
                ("observing", format!("{headline}, according to rumours")),
            ] {
                let row = serde_json::json!({
                    "id": format!("{i}{label}"), "claim_id": format!("c{i}"), "claim": claim, "headline": headline,
                    "label": label
                });
                writeln!(file, "{row}").unwrap();
            }
        }
        headlines(&[file.path()], judge).unwrap()
    }

    fn small() -> Settings {
        Settings { cost: 1.0, dimensions: 1 << 12, weigh: true, seed: 1 }
    }

    #[test]
    fn a_few_headlines_are_learnt_to_the_same_bytes_on_every_run() {
        let corpus = corpus(&Judge::untrained().unwrap());
        let bytes = || model::pack(Form::Headline.kind(), &train(&corpus, small())).unwrap();
        let file = bytes();
        assert_eq!(file, bytes());
        let judge =
            Judge::with(Form::Headline, read("own.model".as_ref(), Form::Headline, &file).unwrap()).unwrap();
        let claim = "A whale swam up the river";
        let stance = |text| judge.verdict(claim, text, Some(Form::Headline)).unwrap().stance();
        assert_eq!(stance("Whale swam up river"), Stance::Agree);
        assert_eq!(stance("Whale swam up river? It is a hoax"), Stance::Disagree);
        assert_eq!(stance("Whale swam up river, according to rumours"), Stance::Discuss);
    }

    #[test]
    fn folds_are_judged_by_models_that_never_saw_them() {
        let corpus = corpus(&Judge::untrained().unwrap());
        let figures = cross_validate(&corpus, 3, small()).unwrap();
        let accuracy = figures.iter().find(|(name, _)| name == "accuracy").unwrap().1;
        assert!(accuracy > 90.0, "{figures:?}");
        let fault = cross_validate(&corpus, 7, small()).unwrap_err().to_string();
        assert!(fault.contains("fold 6 is empty"), "{fault}");
    }

    #[test]
    fn a_pair_whose_claim_belongs_to_a_story_of_the_fold_is_left_out() {
        let pair = |group, story| Pair { claim: 0, text: 0, stance: Stance::Unrelated, group, story };
        assert!(touches(&pair(7, None), 2, 5));
        assert!(touches(&pair(6, Some(12)), 2, 5));
        assert!(!touches(&pair(6, Some(6)), 2, 5));
    }

    #[test]
    fn a_model_whose_parts_do_not_fit_is_refused() {
        let mut model = train(&corpus(&Judge::untrained().unwrap()), small());
        model.factors[1] = f32::NAN;
        let file = model::pack(Form::Headline.kind(), &model).unwrap();
        let fault = read("own.model".as_ref(), Form::Headline, &file).unwrap_err().to_string();
        assert!(fault.contains("do not fit each other"), "{fault}");
    }
}
