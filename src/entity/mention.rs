//! Mentions: what the gazetteer knows, and capitalised runs that it does not know.

use super::alias::Aliases;
use super::{Entities, Mention, Via, shape};
use crate::labels::{Gender, Label, SourceKind};
use crate::lexicon::{Class, Form, Lexicon, Name};
use crate::segment::{Segments, Token, TokenKind};
use crate::span::Span;
use crate::tag::Tag;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Particles inside names.
const PARTICLES: &[&str] = &[
    "of", "de", "del", "della", "der", "van", "von", "al", "bin", "ibn", "el", "la", "le", "du", "da", "dos",
    "di", "ter",
];

/// A run of tokens that may be a name, before anything is decided.
#[derive(Clone, Debug)]
struct Candidate {
    range: Range<usize>,
    /// A gazetteer surface that covers the range.
    surface: Option<u32>,
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
    let candidates = candidates(text, segments, tags, headline, lexicon);
    let mut entities = Entities::default();
    let mut aliases = Aliases::default();
    let mut links: Vec<Option<(u32, Via)>> = vec![None; candidates.len()];
    let word = |range: &Range<usize>| {
        Span { start: segments.tokens[range.start].span.start, end: segments.tokens[range.end - 1].span.end }
            .of(text)
    };

    // First what is sure: full forms of the gazetteer and longer names; they license the short ones.
    let mut licensed: FxHashMap<u32, ()> = FxHashMap::default();
    for (i, candidate) in candidates.iter().enumerate() {
        let name = word(&candidate.range);
        match candidate.surface.map(|s| &lexicon.gazetteer.surfaces[s as usize]) {
            Some(surface) if surface.form != Form::Short => {
                let row = surface.entries[0];
                let entity = entities.known(row, lexicon);
                if surface.form == Form::Full {
                    licensed.insert(row, ());
                    if entities.label(entity) == Label::Per {
                        aliases.learn(name, entity, &entities);
                    }
                }
                let metonym = lexicon.gazetteer.entries[row as usize].speaks_for.is_some();
                links[i] = Some((entity, if metonym { Via::Metonym } else { Via::Gazetteer }));
            }
            None if candidate.range.len() > 1 && !candidate.weak => {
                if let Some((label, gender)) =
                    shape::label(text, &segments.tokens, tags, candidate.range.clone(), candidate.titled)
                {
                    let entity = match aliases.get(name) {
                        Some(entity) => entity,
                        None => entities.unknown(name, label, gender),
                    };
                    aliases.learn(name, entity, &entities);
                    links[i] = Some((entity, Via::Model));
                }
            }
            _ => {}
        }
    }
    // Then what depends on it.
    for (i, candidate) in candidates.iter().enumerate() {
        if links[i].is_some() {
            continue;
        }
        let name = word(&candidate.range);
        if let Some(entity) = aliases.get(name) {
            links[i] = Some((entity, Via::Surname));
            if let Some(Some(gender)) = candidate.titled {
                entities.set_gender(entity, gender);
            }
            continue;
        }
        if let Some(surface) = candidate.surface.map(|s| &lexicon.gazetteer.surfaces[s as usize]) {
            let row = surface.entries.iter().copied().find(|row| licensed.contains_key(row));
            if let Some(row) = row {
                links[i] = Some((entities.known(row, lexicon), Via::Surname));
                continue;
            }
            // A title before a surname that the gazetteer knows for one person only.
            if candidate.titled.is_some()
                && let [row] = surface.entries[..]
                && lexicon.gazetteer.entries[row as usize].label == Label::Per
            {
                links[i] = Some((entities.known(row, lexicon), Via::Gazetteer));
                continue;
            }
        }
        if candidate.weak && candidate.titled.is_none() && !speaks(tags, &candidate.range) {
            continue;
        }
        if let Some((label, gender)) =
            shape::label(text, &segments.tokens, tags, candidate.range.clone(), candidate.titled)
        {
            let entity = entities.unknown(name, label, gender);
            aliases.learn(name, entity, &entities);
            links[i] = Some((entity, Via::Model));
        }
    }
    let mentions = candidates
        .iter()
        .zip(links)
        .filter_map(|(candidate, link)| {
            let (entity, via) = link?;
            let tokens = &segments.tokens[candidate.range.clone()];
            let span = Span { start: tokens.first()?.span.start, end: tokens.last()?.span.end };
            let label = match candidate.surface.map(|s| lexicon.gazetteer.surfaces[s as usize].form) {
                Some(Form::Demonym) => Label::Norp,
                _ => entities.label(entity),
            };
            Some(Mention { span, label, entity, via })
        })
        .collect();
    (mentions, entities)
}

/// A verb of saying stands right after: "Ostrander said".
fn speaks(tags: &[Tag], range: &Range<usize>) -> bool {
    let after = tags.get(range.end);
    tags[range.start].class.without(Class::GIVEN | Class::PLURAL) == Class::NONE
        && after.is_some_and(|tag| tag.verb && tag.verb_cue.is_some())
}

fn candidates(
    text: &str,
    segments: &Segments,
    tags: &[Tag],
    headline: &[bool],
    lexicon: &Lexicon,
) -> Vec<Candidate> {
    let tokens = &segments.tokens;
    let mut names = lexicon.names(text).peekable();
    let mut found = Vec::new();
    for (s, sentence) in segments.sentences.iter().enumerate() {
        let range = sentence.range();
        let mut i = range.start;
        let mut title: Option<Option<Gender>> = None;
        while i < range.end {
            let token = tokens[i];
            while names.peek().is_some_and(|(span, _)| span.start < token.span.start) {
                names.next();
            }
            let hit = names.peek().copied().filter(|(span, _)| span.start == token.span.start);
            let covered =
                |span: Span| tokens[i..range.end].iter().take_while(|t| t.span.end <= span.end).count();
            if let Some((span, Name::Title(gender))) = hit {
                let length = covered(span).max(1);
                title = Some(title.flatten().or(gender));
                i += length;
                continue;
            }
            let surface = match hit {
                Some((span, Name::Surface(surface))) => {
                    Some((surface, covered(span))).filter(|(_, n)| *n > 0)
                }
                _ => None,
            };
            let run = capitals(text, tokens, tags, i, range.end);
            let weak = i == range.start
                || headline[s]
                || tokens[i - 1].kind != TokenKind::Word && opens(tokens[i - 1].kind);
            match surface {
                // A longer run of capitals around a known first word is another name ("Jordan Pike").
                Some((_, n)) if run > n && extends(text, tokens, tags, i, n, run) && !headline[s] => {
                    found.push(Candidate { range: i..i + run, surface: None, titled: title, weak: false });
                    i += run;
                }
                Some((surface, n)) => {
                    found.push(Candidate { range: i..i + n, surface: Some(surface), titled: title, weak });
                    i += n;
                }
                None if run > 0 => {
                    let known = headline[s] || (run == 1 && weak);
                    // The first word of a sentence may be no part of the name ("Meanwhile Kirby").
                    let skip = usize::from(
                        i == range.start
                            && run > 1
                            && tags[i]
                                .class
                                .without(Class::GIVEN | Class::PLURAL | Class::CUE_NOUN | Class::ROLE)
                                != Class::NONE,
                    );
                    found.push(Candidate {
                        range: i + skip..i + run,
                        surface: None,
                        titled: title,
                        weak: known,
                    });
                    i += run;
                }
                None => i += 1,
            }
            title = None;
        }
    }
    found
}

fn opens(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::OpenQuote | TokenKind::Colon | TokenKind::Stop | TokenKind::Dash)
}

/// How many tokens from `i` on are a run of capitalised words, with particles inside.
fn capitals(text: &str, tokens: &[Token], tags: &[Tag], i: usize, end: usize) -> usize {
    let starts = |j: usize| {
        let tag = &tags[j];
        tokens[j].kind == TokenKind::Word
            && tag.capital
            && !tag.is(Class::WEEKDAY
                | Class::MONTH
                | Class::SUBJECT
                | Class::DETERMINER
                | Class::POSSESSIVE
                | Class::WH)
            && !tag.is(Class::PREPOSITION
                | Class::CONJUNCTION
                | Class::SUBORDINATOR
                | Class::ADVERB
                | Class::NEGATOR
                | Class::AUXILIARY
                | Class::MODAL)
    };
    if !starts(i) {
        return 0;
    }
    let mut run = 1;
    let mut last = i + 1;
    while last < end && last - i < 8 {
        if starts(last) {
            last += 1;
            run = last - i;
        } else if PARTICLES.contains(&tokens[last].span.of(text)) && last + 1 < end && starts(last + 1) {
            last += 1;
        } else if last + 1 < end
            && tokens[last].span.len() <= 3
            && tags[last].is(Class::CLITIC)
            && starts(last + 1)
            && !matches!(tokens[last].span.of(text), "'s" | "\u{2019}s")
        {
            // "the Seafarers' Federation"
            last += 1;
        } else {
            break;
        }
    }
    run
}

/// Whether the run of capitals is a name of its own though its first `known` tokens are in the gazetteer:
/// "Jordan Pike", "Norwegian Harbour Council", but not "Ukrainian President Ivan Moroz".
fn extends(text: &str, tokens: &[Token], tags: &[Tag], i: usize, known: usize, run: usize) -> bool {
    if known > 1 || (i..i + run).any(|j| tags[j].is(Class::ROLE) && tags[j].role == Some(SourceKind::Person))
    {
        return false;
    }
    let label = shape::label(text, tokens, tags, i..i + run, None).map(|(label, _)| label);
    match label {
        Some(Label::Per) => tags[i].is(Class::GIVEN) && run <= 3,
        Some(Label::Org | Label::Outlet) => run <= 5 && shape::is_body(tokens[i + run - 1].span.of(text)),
        _ => false,
    }
}
