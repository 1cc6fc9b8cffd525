//! Mentions: what the gazetteer knows and what the model sees, each linked to its entity.

use super::acronym::introduced;
use super::alias::Aliases;
use super::candidates::{Candidate, candidates, span};
use super::shape::{Evidence, Place};
use super::spelled::{join_inverted, spelled};
use super::{Entities, Mention, Published, Via, office, outlet};
use crate::labels::{Gender, Label};
use crate::lexicon::{Form, Lexicon};
use crate::names::{Hit, Name};
use crate::segment::Segments;
use crate::tag::Tag;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::ops::Range;

/// What the lists and the models see; slices have an element a token unless they say otherwise.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// Word classes.
    pub tags: &'a [Tag],
    /// For each sentence whether it is a headline.
    pub headline: &'a [bool],
    /// Names and titles of the lists.
    pub hits: &'a [Hit],
    /// Names of the model, in text order.
    pub names: &'a [Name],
}

/// How often what a short form may mean was named in full.
type Licensed = FxHashMap<u32, u32>;

/// The licence of the outlet that published the record: nobody else is meant by its short name.
const HOUSE: u32 = u32::MAX / 2;

/// Finds all mentions of names, and of offices whose holder is known, in text order.
pub fn find(
    text: &str,
    segments: &Segments,
    seen: Seen<'_>,
    published: Published<'_>,
    lexicon: &Lexicon,
) -> (Vec<Mention>, Entities) {
    let place = Place { text, tokens: &segments.tokens, tags: seen.tags, lexicon };
    let candidates = candidates(place, segments, seen.headline, seen.hits, seen.names);
    let candidates = join_inverted(place, segments, candidates);
    let votes = votes(place, &candidates);
    let mut entities = Entities::default();
    let mut aliases = Aliases::default();
    let mut links: Vec<Option<(u32, Via)>> = vec![None; candidates.len()];

    // First what is sure: full forms of the gazetteer and longer names; they license the short ones.
    let mut licensed = Licensed::default();
    if let Some(row) = published.outlet.and_then(|outlet| outlet::house(outlet, lexicon)) {
        licensed.insert(row, HOUSE);
    }
    for (link, candidate) in links.iter_mut().zip(&candidates) {
        match candidate.surface {
            Some(surface) if surface.form != Form::Short => {
                let row = surface.entries[0];
                let entity = entities.known(row, lexicon);
                if surface.form == Form::Full {
                    *licensed.entry(row).or_default() += 1;
                    if entities.label(entity) == Label::Per {
                        aliases.learn(candidate.name, entity, &entities);
                    }
                }
                *link = Some((entity, Via::Gazetteer));
            }
            Some(_) => {
                let told = introduced(place, candidate.range.start).is_some();
                if let Some(row) = outlet::credited(place, candidate).filter(|_| !told) {
                    *licensed.entry(row).or_default() += 1;
                }
            }
            None if candidate.range.len() > 1 && candidate.seen.is_some() => {
                let known = spelled(place, candidate);
                let entity = match (known, aliases.get(candidate.name, |_| true), votes.get(candidate.name)) {
                    (Some(row), ..) => {
                        *licensed.entry(row).or_default() += 1;
                        entities.known(row, lexicon)
                    }
                    (None, Some(entity), _) => entity,
                    (None, None, Some(vote)) => entities.unknown(candidate.name, vote.label(), vote.gender()),
                    (None, None, None) => continue,
                };
                aliases.learn(candidate.name, entity, &entities);
                *link = Some((entity, if known.is_some() { Via::Gazetteer } else { Via::Model }));
            }
            _ => {}
        }
    }
    // A name in full that nobody saw as one stands where an acronym is told for it.
    let mut whole: Vec<(Range<usize>, u32)> = Vec::new();
    for candidate in &candidates {
        let long = (candidate.range.len() == 1).then(|| introduced(place, candidate.range.start)).flatten();
        if let Some(long) = long {
            let at = candidates.partition_point(|other| other.range.start < long.start);
            let named = candidates.get(at).filter(|other| other.range == long).and_then(|_| links[at]);
            let entity = match named {
                Some((entity, _)) => entity,
                None => {
                    let entity = entities.unknown(span(segments, &long).of(text), Label::Org, None);
                    whole.push((long, entity));
                    entity
                }
            };
            aliases.put(candidate.name, entity, false);
        }
    }
    // Then what depends on it.
    for (link, candidate) in links.iter_mut().zip(&candidates) {
        if link.is_none() {
            *link = short(candidate, &licensed, &votes, &mut aliases, &mut entities, place);
        }
    }
    let mentions = candidates.iter().zip(links).filter_map(|(candidate, link)| {
        let (entity, via) = link?;
        // The names told in full stand in the order of their acronyms.
        let after = whole.partition_point(|(long, _)| long.end <= candidate.range.start);
        if whole.get(after).is_some_and(|(long, _)| long.start < candidate.range.end) {
            return None;
        }
        let label = match candidate.surface.map(|s| s.form) {
            Some(Form::Demonym) => Label::Norp,
            _ => entities.label(entity),
        };
        Some(Mention { span: span(segments, &candidate.range), label, entity, via, confidence: None })
    });
    let mut mentions: Vec<Mention> = mentions.collect();
    mentions.extend(whole.iter().map(|(range, entity)| Mention {
        span: span(segments, range),
        label: Label::Org,
        entity: *entity,
        via: Via::Model,
        confidence: None,
    }));
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    office::find(place, segments, seen.headline, published.date, &mut mentions, &mut entities);
    (mentions, entities)
}

/// What all places of one name say together.
#[derive(Clone, Copy, Default)]
struct Vote {
    weights: [u32; Label::ALL.len()],
    gender: Option<Gender>,
    /// The gender that a given name tells, if it is a person.
    given: Option<Gender>,
}

impl Vote {
    fn add(&mut self, evidence: Evidence) {
        self.weights[evidence.label as usize] += evidence.weight;
        self.gender = self.gender.or(evidence.gender);
    }

    fn weight(&self) -> u32 {
        self.weights.iter().copied().max().unwrap_or(0)
    }

    /// Of a person, by a title or by the given name.
    fn gender(&self) -> Option<Gender> {
        self.gender.or(self.given.filter(|_| self.label() == Label::Per))
    }

    /// The heaviest label; of equal ones the first in the documented order.
    fn label(&self) -> Label {
        let heaviest = self.weights.iter().position(|w| *w == self.weight()).unwrap_or(0);
        Label::ALL[heaviest]
    }
}

/// What the model's word weighs: more than the neighbours, as much as the name's own words; see [`Evidence::weight`].
const SEEN: u32 = 4;

/// The votes on each name that no list knows for sure.
fn votes<'a>(place: Place<'_>, candidates: &[Candidate<'a>]) -> FxHashMap<&'a str, Vote> {
    let mut votes: FxHashMap<&str, Vote> = FxHashMap::default();
    for candidate in candidates.iter().filter(|c| c.surface.is_none_or(|s| s.form == Form::Short)) {
        let vote = votes.entry(candidate.name).or_default();
        vote.add(place.evidence(&candidate.range, candidate.titled));
        vote.given = vote.given.or(place.given(candidate.range.start));
        if let Some(label) = candidate.seen {
            vote.add(Evidence { label, gender: None, weight: SEEN });
        }
    }
    votes
}

/// Links a candidate that is not sure by itself.
fn short(
    candidate: &Candidate<'_>,
    licensed: &Licensed,
    votes: &FxHashMap<&str, Vote>,
    aliases: &mut Aliases,
    entities: &mut Entities,
    place: Place<'_>,
) -> Option<(u32, Via)> {
    let wanted = candidate.titled.flatten();
    let fits = |entity: u32| match (wanted, entities.facts(entity).gender) {
        (Some(wanted), Some(gender)) => wanted == gender,
        _ => true,
    };
    if let Some(entity) = aliases.get(candidate.name, fits) {
        if let Some(gender) = wanted {
            entities.set_gender(entity, gender);
        }
        return Some((entity, Via::Surname));
    }
    if let Some(surface) = candidate.surface {
        let rows = &place.lexicon.gazetteer.entries;
        let fitting = surface.entries.iter().copied().filter(|row| {
            let gender = rows[*row as usize].gender;
            wanted.is_none() || gender.is_none() || gender == wanted
        });
        let licensed = fitting.filter_map(|row| Some((row, *licensed.get(&row)?)));
        // Of several the one named most often, the first of the list before the others.
        if let Some((row, _)) = licensed.min_by_key(|(_, count)| Reverse(*count)) {
            return Some((entities.known(row, place.lexicon), Via::Surname));
        }
        // A title before a surname that the gazetteer knows for one fitting person only.
        let mut fitting = surface.entries.iter().copied().filter(|&row| {
            let entry = &rows[row as usize];
            candidate.titled.is_some()
                && entry.label == Label::Per
                && (wanted.is_none() || entry.gender == wanted)
        });
        if let (Some(row), None) = (fitting.next(), fitting.next()) {
            return Some((entities.known(row, place.lexicon), Via::Gazetteer));
        }
    }
    let vote = votes.get(candidate.name)?;
    candidate.seen?;
    if vote.label() == Label::Per
        && let Some(row) = spelled(place, candidate)
    {
        let entity = entities.known(row, place.lexicon);
        aliases.put(candidate.name, entity, false);
        return Some((entity, Via::Gazetteer));
    }
    let entity = entities.unknown(candidate.name, vote.label(), vote.gender());
    aliases.learn(candidate.name, entity, entities);
    Some((entity, Via::Model))
}
