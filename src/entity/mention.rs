//! Mentions: what the gazetteer knows, and capitalised runs that it does not know.

use super::alias::Aliases;
use super::shape::{Evidence, Place};
use super::{Entities, Mention, Via};
use crate::labels::{Gender, Label, SourceKind};
use crate::lexicon::{Class, Form, Lexicon, Name, Surface};
use crate::segment::{Segments, TokenKind};
use crate::span::Span;
use crate::tag::Tag;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Particles inside names.
const PARTICLES: &[&str] = &[
    "of", "de", "del", "della", "der", "van", "von", "al", "bin", "ibn", "el", "la", "le", "du", "da", "dos",
    "di", "ter",
];

/// Tokens of the longest name that no list knows.
const LONGEST: usize = 8;

/// A run of tokens that may be a name, before anything is decided.
#[derive(Clone, Debug)]
struct Candidate<'a> {
    range: Range<usize>,
    name: &'a str,
    /// A gazetteer surface that covers the range.
    surface: Option<&'a Surface>,
    /// A title stands before it, with the gender that it tells.
    titled: Option<Option<Gender>>,
    /// Stands where any word has a capital: at the start of a sentence or in a headline.
    weak: bool,
}

/// Finds all mentions of names, in text order.
pub fn find(
    text: &str,
    segments: &Segments,
    tags: &[Tag],
    headline: &[bool],
    lexicon: &Lexicon,
) -> (Vec<Mention>, Entities) {
    let place = Place { text, tokens: &segments.tokens, tags, lexicon };
    let candidates = Finder { place, segments, headline }.candidates();
    let votes = votes(place, &candidates);
    let mut entities = Entities::default();
    let mut aliases = Aliases::default();
    let mut links: Vec<Option<(u32, Via)>> = vec![None; candidates.len()];

    // First what is sure: full forms of the gazetteer and longer names; they license the short ones.
    let mut licensed: FxHashSet<u32> = FxHashSet::default();
    for (link, candidate) in links.iter_mut().zip(&candidates) {
        match candidate.surface {
            Some(surface) if surface.form != Form::Short => {
                let row = surface.entries[0];
                let entity = entities.known(row, lexicon);
                if surface.form == Form::Full {
                    licensed.insert(row);
                    if entities.label(entity) == Label::Per {
                        aliases.learn(candidate.name, entity, &entities);
                    }
                }
                let metonym = lexicon.gazetteer.entries[row as usize].speaks_for.is_some();
                *link = Some((entity, if metonym { Via::Metonym } else { Via::Gazetteer }));
            }
            None if candidate.range.len() > 1 && !candidate.weak => {
                let entity = match (aliases.get(candidate.name), votes.get(candidate.name)) {
                    (Some(entity), _) => entity,
                    (None, Some(vote)) => entities.unknown(candidate.name, vote.label(), vote.gender),
                    (None, None) => continue,
                };
                aliases.learn(candidate.name, entity, &entities);
                *link = Some((entity, Via::Model));
            }
            _ => {}
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
        let label = match candidate.surface.map(|s| s.form) {
            Some(Form::Demonym) => Label::Norp,
            _ => entities.label(entity),
        };
        Some(Mention { span: span(segments, &candidate.range), label, entity, via })
    });
    (mentions.collect(), entities)
}

fn span(segments: &Segments, range: &Range<usize>) -> Span {
    Span { start: segments.tokens[range.start].span.start, end: segments.tokens[range.end - 1].span.end }
}

/// What all places of one name say together.
#[derive(Clone, Copy, Default)]
struct Vote {
    weights: [u32; Label::ALL.len()],
    gender: Option<Gender>,
}

impl Vote {
    fn add(&mut self, evidence: Evidence) {
        self.weights[evidence.label as usize] += evidence.weight;
        self.gender = self.gender.or(evidence.gender);
    }

    fn weight(&self) -> u32 {
        self.weights.iter().copied().max().unwrap_or(0)
    }

    /// The heaviest label; of equal ones the first in the documented order.
    fn label(&self) -> Label {
        let heaviest = self.weights.iter().position(|w| *w == self.weight()).unwrap_or(0);
        Label::ALL[heaviest]
    }
}

/// The votes on each name that no list knows for sure.
fn votes<'a>(place: Place<'_>, candidates: &[Candidate<'a>]) -> FxHashMap<&'a str, Vote> {
    let mut votes: FxHashMap<&str, Vote> = FxHashMap::default();
    for candidate in candidates.iter().filter(|c| c.surface.is_none_or(|s| s.form == Form::Short)) {
        votes.entry(candidate.name).or_default().add(place.evidence(&candidate.range, candidate.titled));
    }
    votes
}

/// Links a short or weak candidate.
fn short(
    candidate: &Candidate<'_>,
    licensed: &FxHashSet<u32>,
    votes: &FxHashMap<&str, Vote>,
    aliases: &mut Aliases,
    entities: &mut Entities,
    place: Place<'_>,
) -> Option<(u32, Via)> {
    if let Some(entity) = aliases.get(candidate.name) {
        if let Some(Some(gender)) = candidate.titled {
            entities.set_gender(entity, gender);
        }
        return Some((entity, Via::Surname));
    }
    if let Some(surface) = candidate.surface {
        let rows = &place.lexicon.gazetteer.entries;
        if let Some(row) = surface.entries.iter().copied().find(|row| licensed.contains(row)) {
            return Some((entities.known(row, place.lexicon), Via::Surname));
        }
        // A title before a surname that the gazetteer knows for one fitting person only.
        let gender = candidate.titled.flatten();
        let mut fitting = surface.entries.iter().copied().filter(|&row| {
            let entry = &rows[row as usize];
            candidate.titled.is_some()
                && entry.label == Label::Per
                && (gender.is_none() || entry.gender == gender)
        });
        if let (Some(row), None) = (fitting.next(), fitting.next()) {
            return Some((entities.known(row, place.lexicon), Via::Gazetteer));
        }
    }
    let vote = votes.get(candidate.name)?;
    if candidate.weak
        && candidate.titled.is_none()
        && vote.weight() < 2
        && !speaks(place.tags, &candidate.range)
    {
        return None;
    }
    let entity = entities.unknown(candidate.name, vote.label(), vote.gender);
    aliases.learn(candidate.name, entity, entities);
    Some((entity, Via::Model))
}

/// A verb of saying stands right after: "Ostrander said".
fn speaks(tags: &[Tag], range: &Range<usize>) -> bool {
    tags[range.start].class.without(Class::GIVEN | Class::PLURAL) == Class::NONE
        && tags.get(range.end).is_some_and(|tag| tag.verb && tag.verb_cue.is_some())
}

struct Finder<'a> {
    place: Place<'a>,
    segments: &'a Segments,
    headline: &'a [bool],
}

impl<'a> Finder<'a> {
    fn candidates(&self) -> Vec<Candidate<'a>> {
        let Place { text, tokens, tags, lexicon } = self.place;
        // For each token the title or name of the lists that begins there.
        let mut hits: Vec<Option<(usize, Name)>> = vec![None; tokens.len()];
        let mut end = 0;
        for i in 0..tokens.len() {
            if tokens[i].kind == TokenKind::Word
                && tokens[i].span.start >= end
                && let Some((span, name)) = lexicon.name_at(text, tokens[i].span.start)
            {
                end = span.end;
                let length = tokens[i..].iter().take(32).take_while(|t| t.span.end <= span.end).count();
                hits[i] = (length > 0).then_some((length, name));
            }
        }
        let mut found = Vec::new();
        for (sentence, &headline) in self.segments.sentences.iter().zip(self.headline) {
            let range = sentence.range();
            let mut i = range.start;
            let mut titled: Option<Option<Gender>> = None;
            while i < range.end {
                if let Some((length, Name::Title(gender))) = hits[i] {
                    titled = Some(titled.flatten().or(gender));
                    i += length;
                    continue;
                }
                let surface = match hits[i] {
                    Some((length, Name::Surface(s))) => {
                        Some((&lexicon.gazetteer.surfaces[s as usize], length))
                    }
                    _ => None,
                };
                let opens = i == range.start || opens(tokens[i - 1].kind);
                let weak = opens || headline;
                // "The Atlantic Ledger" is longer than "The Atlantic".
                let article =
                    usize::from(surface.is_some_and(|(_, n)| n > 1) && tags[i].is(Class::DETERMINER));
                let run = self.capitals(i + article, range.end, &hits);
                let step = match surface {
                    Some((_, n)) if run + article > n && !headline && self.extends(i, n, article, run) => {
                        found.push(self.candidate(i + article..i + article + run, None, titled, false));
                        article + run
                    }
                    Some((surface, n)) => {
                        found.push(self.candidate(i..i + n, Some(surface), titled, weak));
                        n
                    }
                    None if run > 0 => {
                        // In a headline every word has a capital: a known name or a verb ends the run.
                        let known = |j: &usize| hits[*j].is_some() || tags[*j].verb;
                        let run =
                            if headline { (i + 1..i + run).find(known).map_or(run, |j| j - i) } else { run };
                        // The first word of a sentence may be no part of the name ("Meanwhile Kirby").
                        let plain = tags[i]
                            .class
                            .without(Class::GIVEN | Class::PLURAL | Class::CUE_NOUN | Class::ROLE)
                            == Class::NONE;
                        let skip = usize::from(i == range.start && run > 1 && !plain);
                        found.push(self.candidate(
                            i + skip..i + run,
                            None,
                            titled,
                            headline || run == 1 && weak,
                        ));
                        run
                    }
                    None => 1,
                };
                i += step;
                titled = None;
            }
        }
        found
    }

    fn candidate(
        &self,
        range: Range<usize>,
        surface: Option<&'a Surface>,
        titled: Option<Option<Gender>>,
        weak: bool,
    ) -> Candidate<'a> {
        let name = span(self.segments, &range).of(self.place.text);
        Candidate { range, name, surface, titled, weak }
    }

    /// How many tokens from `i` on are a run of capitalised words, with particles inside.
    fn capitals(&self, i: usize, end: usize, hits: &[Option<(usize, Name)>]) -> usize {
        let Place { text, tokens, tags, .. } = self.place;
        let no_name = Class::WEEKDAY
            | Class::MONTH
            | Class::SUBJECT
            | Class::DETERMINER
            | Class::POSSESSIVE
            | Class::WH
            | Class::ADJECTIVE
            | Class::PREPOSITION
            | Class::CONJUNCTION
            | Class::SUBORDINATOR
            | Class::ADVERB
            | Class::NEGATOR
            | Class::AUXILIARY
            | Class::MODAL;
        let starts = |j: usize| {
            tokens[j].kind == TokenKind::Word
                && tags[j].capital
                && !tags[j].is(no_name)
                && !matches!(hits[j], Some((_, Name::Title(_))))
        };
        if i >= end || !starts(i) {
            return 0;
        }
        let plural = |j: usize| {
            tags[j].is(Class::CLITIC)
                && tokens[j].span.of(text).trim_start_matches(['\'', '\u{2019}']).is_empty()
        };
        let mut run = 1;
        let mut last = i + 1;
        while last < end && last - i < LONGEST {
            if starts(last) {
                last += 1;
                run = last - i;
            } else if last + 1 < end
                && starts(last + 1)
                && (PARTICLES.contains(&tokens[last].span.of(text)) || plural(last))
            {
                // "Bank of Norvia", "the Seafarers' Federation"
                last += 1;
            } else {
                break;
            }
        }
        run
    }

    /// Whether the run of capitals is a name of its own though its first `known` tokens are in the gazetteer:
    /// "Jordan Pike", "Norwegian Harbour Council", but not "Ukrainian President Ivan Moroz".
    fn extends(&self, i: usize, known: usize, article: usize, run: usize) -> bool {
        let range = i + article..i + article + run;
        let tags = self.place.tags;
        if known > 1 + article || range.clone().any(|j| tags[j].role == Some(SourceKind::Person)) {
            return false;
        }
        match self.place.evidence(&range, None).label {
            Label::Per => tags[range.start].is(Class::GIVEN) && run <= 3,
            Label::Org | Label::Outlet => run <= 5 && self.place.is_body(range.end - 1),
            _ => false,
        }
    }
}

fn opens(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::OpenQuote | TokenKind::Colon | TokenKind::Stop | TokenKind::Dash)
}
