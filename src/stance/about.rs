//! Whom a content blames, clears, doubts, criticises or praises: a ranker over its [`targets`], and none.

use super::judged::steps;
use super::look::Case;
use super::model::{Model, PLACES, Sure};
use super::ruled::{self, Ruled};
use super::targets::{From, Target, targets, within};
use crate::attribution::{Attribution, Layers};
use crate::entity::{Entities, Mention};
use crate::labels::{Act, Label};
use crate::lexicon::Class;
use crate::model::{feature, join};
use crate::span::Span;
use crate::tagset::{Pos, Rel};
use std::ops::Range;

/// Where it is likelier than this that a content is about nobody with a name, nobody is named.
const SILENT: f32 = 0.7;

/// Whether an act has somebody that it is about.
pub(crate) fn has_target(act: Act) -> bool {
    matches!(
        act,
        Act::Accuse
            | Act::Deny
            | Act::Doubt
            | Act::Disbelieve
            | Act::Speculate
            | Act::Criticise
            | Act::Praise
            | Act::Warn
    )
}

/// The entity that the content is about, for the acts that have one, and how likely that is right.
pub(super) fn find(
    case: Case<'_>,
    attribution: &Attribution,
    (act, sure): Sure<Act>,
    model: &Model,
    entities: &mut Entities,
) -> Option<Sure<u32>> {
    if !has_target(act) {
        return None;
    }
    let layers = case.layers;
    let targets = targets(layers, attribution, case.known, entities);
    let signs = signs(case, attribution, &targets, entities);
    let shares = model.weigh(&rows(&signs, (act, sure)), &trust(&signs, act));
    let best = best(&shares)?;
    let entity = targets[best].entity;
    Some((entities.speaker(entity, layers.lexicon), (shares[best] * 100.0).round() / 100.0))
}

/// The one that a content is about, of the shares of targets and of none.
pub(crate) fn best(shares: &[f32]) -> Option<usize> {
    let (none, shares) = shares.split_last()?;
    // Of those that are as likely the first.
    let best = (0..shares.len()).rev().max_by(|a, b| shares[*a].total_cmp(&shares[*b]))?;
    (*none <= SILENT).then_some(best)
}

/// What is known of an attribution and of all that its content may be about, but for its act.
pub(crate) struct Signs {
    lemma: u32,
    inside: u32,
    known: bool,
    /// Which pronouns stand in the content, a bit for each kind.
    pronouns: u32,
    targets: Vec<Sign>,
}

/// What is known of one target.
struct Sign {
    from: u32,
    /// It is the source itself.
    own: u32,
    label: u32,
    gender: u32,
    /// Its number among those of its way, how often others are named in the text.
    ranks: [u32; 2],
    /// Its number, how many people there are, how near to the start, how often in the content and in the text, in classes.
    counts: [u32; 5],
    /// Of its first mention: how it was found, its relation, the word that it hangs on, the preposition before it, the tag
    /// behind it.
    place: Option<[u32; 5]>,
    clitic: u32,
    /// What is felt towards it, in steps.
    felt: u32,
    /// Whether it is the one that the rules take for blamed, and for cleared.
    ruled: [bool; 2],
}

/// The signs of targets.
pub(crate) fn signs(
    case: Case<'_>,
    attribution: &Attribution,
    targets: &[Target<'_>],
    entities: &Entities,
) -> Signs {
    let Case { layers, sense, feelings, known, .. } = case;
    let inside = targets.iter().filter(|target| target.from == From::Content).count().min(4) as u32;
    let people = targets.iter().filter(|target| entities.label(target.entity) == Label::Per).count();
    let start = sense.content.first().map_or(0, |range| range.start);
    let ruled = [ruled::blamed(layers, attribution), ruled::cleared(layers, attribution, sense)];
    let sign = |(n, target): (usize, &Target<'_>)| {
        let same = |m: &&Mention| m.entity == target.entity;
        let tokens = target.mention.map(|mention| tokens(layers, mention.span));
        let near = match tokens.as_ref().map_or(0, |tokens| tokens.start.saturating_sub(start)) {
            0 => 0,
            1..=2 => 1,
            3..=6 => 2,
            7..=14 => 3,
            _ => 4,
        };
        let again = attribution.content.iter().flat_map(|span| within(layers, *span)).filter(same).count();
        let often = known.often.get(target.entity as usize).copied().unwrap_or(0).max(1).ilog2();
        let place = target.mention.zip(tokens.as_ref()).map(|(mention, tokens)| {
            let (role, governor) = role(layers, tokens);
            let next = layers.syntax.tags.get(tokens.end).map_or(99, |tags| tags.pos as u32);
            [mention.via as u32, role, governor, before(layers, tokens.start), next]
        });
        let clitic =
            tokens.is_some_and(|tokens| layers.tags.get(tokens.end).is_some_and(|tag| tag.is(Class::CLITIC)));
        Sign {
            from: target.from as u32,
            own: u32::from(Some(target.entity) == attribution.source_entity),
            label: entities.label(target.entity) as u32,
            gender: entities.facts(target.entity).gender.map_or(0, |gender| gender as u32 + 1),
            ranks: [
                target.rank,
                known.ranked.iter().position(|e| *e == target.entity).map_or(9, |at| at as u32),
            ],
            counts: [n.min(4) as u32, people.min(4) as u32, near, again.min(4) as u32, often.min(5)],
            place,
            clitic: u32::from(clitic),
            felt: target.mention.map_or(64, |mention| steps(feelings.towards(mention.span))),
            ruled: ruled.map(|ruled| match ruled {
                Ruled::Entity(entity) => entity == target.entity,
                Ruled::Side => target.from == From::Side,
                Ruled::Source => Some(target.entity) == attribution.source_entity,
                Ruled::Nobody => false,
            }),
        }
    };
    Signs {
        lemma: crate::model::bytes(sense.lemma.as_bytes()),
        inside,
        known: attribution.source_entity.is_some(),
        pronouns: pronouns(case),
        targets: targets.iter().enumerate().map(sign).collect(),
    }
}

/// What the one gains whom the rules take for cleared, and whom for blamed, beyond what was learnt of them; see
/// [`super::model`].
const TRUST: [f32; 2] = [4.0, 3.0];

/// What the score of each row of [`rows`] gains by the rules.
pub(crate) fn trust(signs: &Signs, act: Act) -> Vec<f32> {
    let deny = act == Act::Deny;
    let gain = |sign: &Sign| if sign.ruled[usize::from(deny)] { TRUST[usize::from(!deny)] } else { 0.0 };
    signs.targets.iter().map(gain).chain([0.0]).collect()
}

/// A row of features for each target, and one for none of them, where the act is as likely as it says.
pub(crate) fn rows(signs: &Signs, (act, sure): Sure<Act>) -> Vec<Vec<u16>> {
    let deny = act == Act::Deny;
    let act = act as u32;
    let Signs { lemma, inside, known, pronouns, targets } = signs;
    let place = |hash: u32| (hash as usize % PLACES) as u16;
    let one = |sign: &Sign| sign.ruled[usize::from(deny)];
    let mut found: Vec<Vec<u16>> = Vec::with_capacity(targets.len() + 1);
    for sign in targets {
        let Sign { from, own, label, gender, ranks: [rank, ranked], place: at, clitic, .. } = sign;
        let [nth, people, near, again, often] = &sign.counts;
        let mut row = Vec::with_capacity(48);
        let mut add = |template: u32, value: u32| row.push(place(feature(template, value)));
        let whose = from << 1 | own;
        add(1, whose);
        add(2, join(act, whose));
        add(3, join(*from, *label));
        add(4, join(join(act, *from), *label));
        add(5, join(*from, *nth));
        add(6, join(*lemma, whose));
        add(7, join(*from, *inside));
        add(8, join(*label, *people));
        let is = u32::from(one(sign));
        add(9, join(act, is));
        add(24, is << 8 | whose);
        add(25, sign.felt);
        add(26, join(act, sign.felt / 8));
        add(27, join(act, sign.felt % 8));
        let kind = label << 2 | gender;
        add(28, join(*from, join(*pronouns, kind)));
        add(29, join(*from, *rank));
        add(30, join(act, join(*from, *rank)));
        add(31, join(*from, *ranked));
        add(32, join(join(*from, *rank), *ranked));
        add(33, join(join(*from, *rank), *inside));
        if let Some([via, role, governor, before, next]) = at {
            add(10, join(*from, *via));
            add(11, join(*from, *role));
            add(12, join(act, join(*from, *role)));
            add(13, join(*from, *governor));
            add(14, join(act, *governor));
            add(15, join(*label, *role));
            add(16, join(*from, *before));
            add(17, join(join(*from, *label), *before));
            add(18, join(*from, *clitic));
            add(19, join(*from, *next));
            add(20, join(*from, *near));
            add(21, join(act, join(*from, *near)));
            add(22, join(*from, *again));
            add(23, join(*from, *often));
            add(34, join(*governor, *role));
            add(35, join(act, join(*role, *near)));
            add(36, join(*role, join(*nth, *inside)));
            add(37, join(*label, join(*role, *near)));
            add(38, join(join(*role, *near), is));
            add(39, join(*lemma, *role));
            add(40, join(*governor, *before));
        }
        found.push(row);
    }
    let mut none = Vec::with_capacity(8);
    let mut add = |template: u32, value: u32| none.push(place(feature(template, value)));
    let sure = (sure * 5.0) as u32;
    add(50, 0);
    add(51, act);
    add(52, *inside);
    add(53, join(act, *inside));
    add(54, join(act, *lemma));
    add(55, join(act, u32::from(*known)));
    add(56, sure);
    add(57, join(act, sure));
    add(58, join(act, u32::from(targets.iter().any(one))));
    found.push(none);
    found
}

/// Pronouns that may stand for whom a content is about, by kind.
const PRONOUNS: [&[&str]; 5] = [
    &["he", "him", "his", "himself"],
    &["she", "her", "hers", "herself"],
    &["they", "them", "their", "theirs", "themselves"],
    &["it", "its", "itself"],
    &["you", "your", "yours", "yourself", "yourselves"],
];

/// The kinds of pronouns in the first words of a content.
fn pronouns(case: Case<'_>) -> u32 {
    let words = case.sense.content.iter().flat_map(|range| range.clone()).take(40);
    let layers = case.layers;
    let kind = |i: usize| {
        let word = layers.segments.tokens[i].span.of(layers.text);
        let is = |words: &&[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(word));
        PRONOUNS.iter().position(is).map_or(0, |kind| 1 << kind)
    };
    words.fold(0, |all, i| all | kind(i))
}

fn tokens(layers: Layers<'_>, span: Span) -> Range<usize> {
    let tokens = &layers.segments.tokens;
    let start = tokens.partition_point(|t| t.span.end <= span.start);
    start..tokens.partition_point(|t| t.span.start < span.end).max(start)
}

/// What a mention is in its clause, and the lemma class of what it hangs on.
fn role(layers: Layers<'_>, range: &Range<usize>) -> (u32, u32) {
    for i in range.clone() {
        let Some(arc) = layers.syntax.arcs[i] else { break };
        let head = arc.head as usize;
        if !range.contains(&head) {
            let verb = matches!(layers.syntax.tags[head].pos, Pos::Verb | Pos::Aux);
            return (join(arc.rel.base() as u32, u32::from(verb)), layers.syntax.words[head].lower);
        }
    }
    (Rel::Root as u32, 0)
}

/// The preposition before a mention.
fn before(layers: Layers<'_>, i: usize) -> u32 {
    let near = (i.saturating_sub(2)..i).rev();
    let preposition = near.into_iter().find(|&j| layers.tags[j].is(Class::PREPOSITION));
    preposition.map_or(0, |j| layers.syntax.words[j].lower)
}
