//! The stance vector: one table of names and meanings, one place that fills it.

use super::Stance;
use super::look::Case;
use crate::attribution::{Attribution, Kind, SourceKind};
use crate::lexicon::{Class, Term};
use crate::segment::TokenKind;

/// One dimension of the stance vector.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// The least value.
    pub low: f32,
    /// The greatest value.
    pub high: f32,
}

const fn flag(name: &'static str, meaning: &'static str) -> Feature {
    Feature { name, meaning, low: 0.0, high: 1.0 }
}

/// Raised when a dimension comes, goes or changes its meaning.
pub const LAYOUT: u32 = 2;

/// The dimensions of the stance vector, in order.
pub const FEATURES: &[Feature] = &[
    flag("act_assert", "how likely the act is assert"),
    flag("act_confirm", "how likely the act is confirm"),
    flag("act_deny", "how likely the act is deny"),
    flag("act_accuse", "how likely the act is accuse"),
    flag("act_criticise", "how likely the act is criticise"),
    flag("act_praise", "how likely the act is praise"),
    flag("act_warn", "how likely the act is warn"),
    flag("act_believe", "how likely the act is believe"),
    flag("act_disbelieve", "how likely the act is disbelieve"),
    flag("act_doubt", "how likely the act is doubt"),
    flag("act_speculate", "how likely the act is speculate"),
    flag("act_question", "how likely the act is question"),
    flag("act_intend", "how likely the act is intend"),
    flag("act_urge", "how likely the act is urge"),
    flag("act_decline", "how likely the act is decline"),
    Feature { name: "polarity", meaning: "sign of the factuality", low: -1.0, high: 1.0 },
    flag("certainty", "degree of the factuality: certain 1, probable 0.75, possible 0.5, uncommitted 0"),
    Feature { name: "commitment", meaning: "polarity times certainty", low: -1.0, high: 1.0 },
    Feature { name: "article_commitment", meaning: "that of the article itself", low: -1.0, high: 1.0 },
    flag("kind_direct", "1 where all of the content stands in quotation marks"),
    flag("kind_indirect", "1 where none of it does"),
    flag("kind_mixed", "1 where some of it does"),
    flag("source_person", "1 where the source is a person"),
    flag("source_official_group", "1 where it is a group of officials"),
    flag("source_state", "1 where it is a state or its seat of power"),
    flag("source_organisation", "1 where it is an organisation"),
    flag("source_outlet", "1 where it is a news outlet"),
    flag("source_document", "1 where it is a document"),
    flag("source_anonymous", "1 where it is anonymous"),
    flag("source_public", "1 where it is the public"),
    flag("source_named", "1 where the source is a known entity"),
    flag("target_named", "1 where the content blames or clears a known entity"),
    flag(
        "felt_negative",
        "how likely the content shows somebody in it in a bad light; of the first two the one it judges most",
    ),
    flag("felt_positive", "how likely it shows him in a good light"),
    flag("depth", "attributions around this one: 0, 1/2, 2/3, ..."),
    flag("hedges", "hedges in cue and content: n / (n + 1)"),
    flag("boosters", "boosters in cue and content: n / (n + 1)"),
    flag("negators", "negators in cue and content: n / (n + 1)"),
    flag("questions", "question marks in the content: n / (n + 1)"),
    flag("first_person", "1 where the content says I or we"),
    flag("length", "words of the content: n / (n + 20)"),
];

/// Appends the vector of one attribution.
pub(super) fn push(
    vectors: &mut Vec<f32>,
    case: Case<'_>,
    attribution: &Attribution,
    stance: &Stance,
    acts: &[f32],
    depth: usize,
) {
    let Case { layers, terms, sense, .. } = case;
    let start = vectors.len();
    let one = |yes: bool| f32::from(u8::from(yes));
    let share = |n: usize| n as f32 / (n as f32 + 1.0);
    vectors.extend_from_slice(acts);
    let (polarity, certainty) = (f32::from(stance.factuality.polarity()), stance.factuality.certainty());
    let article = f32::from(stance.article.polarity()) * stance.article.certainty();
    vectors.extend([polarity, certainty, polarity * certainty, article]);
    vectors.extend(Kind::ALL.iter().map(|kind| one(*kind == attribution.kind)));
    vectors.extend(SourceKind::ALL.iter().map(|kind| one(Some(*kind) == attribution.source_kind)));
    vectors.extend([one(attribution.source_entity.is_some()), one(stance.about.is_some())]);
    vectors.extend([case.felt[0], case.felt[2], share(depth)]);
    let spans = attribution.content.iter().chain(&attribution.cue);
    let count = |accept: fn(Term) -> bool| {
        let within = spans.clone().map(|span| {
            let from = terms.partition_point(|(t, _)| t.start < span.start);
            terms[from..]
                .iter()
                .take_while(|(t, _)| t.end <= span.end)
                .filter(|(_, term)| accept(*term))
                .count()
        });
        share(within.sum())
    };
    vectors.push(count(|t| matches!(t, Term::Probable | Term::Possible)));
    vectors.push(count(|t| t == Term::Booster));
    vectors.push(count(|t| t == Term::Negator));
    let tokens = || sense.content.iter().flat_map(|range| range.clone());
    let word = |i: usize| layers.segments.tokens[i].span.of(layers.text);
    vectors.push(share(tokens().filter(|&i| word(i).contains('?')).count()));
    vectors.push(one(
        tokens().any(|i| matches!(word(i), "I" | "we" | "We" | "our" | "Our" | "my" | "My" | "us"))
    ));
    let words = tokens()
        .filter(|&i| layers.segments.tokens[i].kind == TokenKind::Word && !layers.tags[i].is(Class::CLITIC))
        .count();
    vectors.push(words as f32 / (words as f32 + 20.0));
    debug_assert_eq!(vectors.len() - start, FEATURES.len());
}
