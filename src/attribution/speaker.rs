//! Who a source is, and what kind of source.

use super::draft::Draft;
use super::{source, view::View};
use crate::coreference::{Anaphor, Form, Link, Scene};
use crate::entity::{Entities, Mention, Via};
use crate::labels::{Label, SourceKind};
use crate::lexicon::{Class, Name};
use crate::segment::TokenKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Entity and kind of a source.
#[derive(Clone, Copy, Default)]
pub(super) struct Speaker {
    pub(super) entity: Option<u32>,
    pub(super) kind: Option<SourceKind>,
    /// How likely the entity is right, where it stands behind a pronoun or a description.
    pub(super) confidence: Option<f32>,
}

/// Who spoke so far, and whom pronouns and descriptions mean.
pub(super) struct Speakers<'v> {
    view: &'v View<'v>,
    /// By the first and the last token.
    links: FxHashMap<(usize, usize), (u32, Option<f32>)>,
    /// The kind of the last source that was no single person: "they".
    group: Option<SourceKind>,
}

impl<'v> Speakers<'v> {
    pub(super) fn new(view: &'v View<'v>, links: &[Link]) -> Self {
        let place = |link: &Link| (link.anaphor.tokens.start, link.anaphor.tokens.end);
        let links = links.iter().map(|link| (place(link), (link.entity, link.confidence))).collect();
        Self { view, links, group: None }
    }

    /// Finds who the source of `draft` is; `outer` is who says the attribution that it stands in.
    pub(super) fn resolve(&mut self, draft: &Draft, outer: Option<u32>, entities: &mut Entities) -> Speaker {
        let Some(range) = &draft.source else { return Speaker::default() };
        let first = self.view.tag(range.start);
        let speaker = if range.len() == 1 && first.is(Class::SUBJECT | Class::RELATIVE | Class::POSSESSIVE) {
            self.pronoun(range.start, outer, entities)
        } else {
            self.phrase(range, entities)
        };
        if speaker.kind.is_some_and(|kind| kind != SourceKind::Person) {
            self.group = speaker.kind;
        }
        speaker
    }

    fn link(&self, range: &Range<usize>) -> (Option<u32>, Option<f32>) {
        match self.links.get(&(range.start, range.end)) {
            Some((entity, confidence)) => (Some(*entity), *confidence),
            None => (None, None),
        }
    }

    fn pronoun(&self, i: usize, outer: Option<u32>, entities: &mut Entities) -> Speaker {
        let view = self.view;
        if view.is(i, Class::RELATIVE) && !view.is(i, Class::POSSESSIVE) {
            // "a clerk who said": the noun phrase before it.
            let first =
                (0..i).rev().take(40).take_while(|&j| view.kind(j) != TokenKind::Stop).last().unwrap_or(i);
            let end = if i > first && view.kind(i - 1) == TokenKind::Comma { i - 1 } else { i };
            return match source::before(view, end, first) {
                Some(antecedent) => self.phrase(&antecedent, entities),
                None => Speaker { kind: Some(SourceKind::Public), ..Speaker::default() },
            };
        }
        let (entity, confidence) = self.link(&(i..i + 1));
        let kind = if view.is(i, Class::PERSON) {
            SourceKind::Person
        } else if view.is_word(i, &["they", "their"]) {
            self.group.unwrap_or(SourceKind::Public)
        } else if view.is_word(i, &["it", "its"]) {
            entity.map_or(SourceKind::Organisation, |e| by_label(entities.label(e)))
        } else if view.is_word(i, &["i", "my"]) {
            // Whoever speaks around it.
            let entity = outer.filter(|outer| entities.label(*outer) == Label::Per);
            return Speaker { entity, kind: Some(SourceKind::Person), confidence: None };
        } else if view.is_word(i, &["we", "our"]) {
            let entity = outer.filter(|outer| entities.label(*outer) != Label::Per);
            let kind = entity.map_or(SourceKind::Public, |e| by_label(entities.label(e)));
            return Speaker { entity, kind: Some(kind), confidence: None };
        } else {
            SourceKind::Public
        };
        Speaker { entity, kind: Some(kind), confidence }
    }

    fn phrase(&self, range: &Range<usize>, entities: &mut Entities) -> Speaker {
        let view = self.view;
        let noun = head_noun(view, range);
        let role = noun.and_then(|i| view.tag(i).role);
        let found = |entity, kind| Speaker { entity, kind, confidence: None };
        if anonymous(view, range, role) {
            return found(None, Some(SourceKind::Anonymous));
        }
        // "her advisers", "his campaign".
        let (owner, _) = self.link(&(range.start..range.start + 1));
        if let Some(owner) = owner.filter(|owner| range.len() > 1 && entities.label(*owner) == Label::Per)
            && let Some((entity, kind)) = staff(view, owner, range.start + 1..range.end, entities)
        {
            return found(Some(entity), Some(kind));
        }
        let Some(m) = head(view, range) else {
            // "the newspaper", "the ministry", "the president".
            let (entity, confidence) = self.link(range);
            return Speaker { entity, kind: role.or(Some(SourceKind::Public)), confidence };
        };
        if m.label == Label::Per && ends_phrase(view, m, range) {
            return found(Some(m.entity), Some(SourceKind::Person));
        }
        if m.label == Label::Per
            && let Some((entity, kind)) = staff(view, m.entity, view.after(m)..range.end, entities)
        {
            return found(Some(entity), Some(kind));
        }
        if unique(m, role)
            && let (Some(entity), confidence) = self.link(range)
        {
            return Speaker { entity: Some(entity), kind: role, confidence };
        }
        let modifies = !ends_phrase(view, m, range)
            || m.label == Label::Norp && noun.is_none()
            || noun.is_some_and(|n| {
                view.segments.tokens[n].span.start > m.span.end
                    || view.segments.tokens[n].span.end < m.span.start
            });
        if !modifies || noun.is_none() {
            // "Democrats" speak for their party, Norvian forces for Norvia, "Norvians" for nobody but themselves.
            let next = view.after(m);
            if of_a_place(m)
                && next + 1 == front(view, range).end
                && view.is_word(next, &["forces", "troops"])
            {
                return found(
                    Some(entities.speaker(m.entity, view.lexicon)),
                    Some(SourceKind::OfficialGroup),
                );
            }
            if m.label == Label::Norp && entities.label(m.entity) != Label::Org {
                return found(None, Some(SourceKind::Public));
            }
            if let Some(country) = organ(view, m, entities) {
                return found(Some(country), role.or(Some(SourceKind::Organisation)));
            }
            let kind = match entities.label(m.entity) {
                Label::Org if entities.speaker(m.entity, view.lexicon) != m.entity => SourceKind::State,
                label => by_label(label),
            };
            return found(Some(entities.speaker(m.entity, view.lexicon)), Some(kind));
        }
        let entity = match role {
            Some(SourceKind::Document | SourceKind::Public) => None,
            // "a Russian teacher": of the country, and no voice of it.
            Some(SourceKind::Person)
                if of_a_place(m) && !noun.is_some_and(|n| speaks_for_others(view, n)) =>
            {
                None
            }
            // "Paris police": the city's own.
            _ if m.label == Label::Gpe && noun.is_some_and(|n| view.after(m) == n) => Some(m.entity),
            _ => Some(entities.speaker(m.entity, view.lexicon)),
        };
        found(entity, role)
    }
}

/// The mention that a link makes.
pub(super) fn mention(view: &View<'_>, link: &Link, entities: &Entities) -> Mention {
    let via = if link.anaphor.form == Form::Description { Via::Description } else { Via::Pronoun };
    let span = view.span(&link.anaphor.tokens);
    let (label, confidence) = (entities.label(link.entity), link.confidence);
    Mention { span, label, entity: link.entity, via, confidence }
}

/// The sources that name nobody themselves: "the agency", "the 46-year-old".
pub(super) fn descriptions(view: &View<'_>, scene: Scene<'_>, drafts: &[Draft]) -> Vec<Anaphor> {
    let describes = |range: &Range<usize>| {
        let noun = head_noun(view, range);
        let role = noun.and_then(|i| view.tag(i).role);
        let definite = range.len() > 1
            && view.is_word(range.start, &["the", "that", "this", "these", "those"])
            && head(view, range).is_none_or(|m| unique(m, role));
        if !definite || anonymous(view, range, role) {
            return None;
        }
        let noun = noun.unwrap_or_else(|| front(view, range).end - 1);
        Some(Anaphor::description(scene, range.clone(), noun))
    };
    let mut found: Vec<Anaphor> =
        drafts.iter().filter_map(|d| d.source.as_ref()).filter_map(describes).collect();
    found.dedup_by_key(|anaphor| anaphor.tokens.clone());
    found
}

/// The country of a body that is named by its people and a common noun: "the Iranian foreign ministry", "US forces".
fn organ(view: &View<'_>, m: &Mention, entities: &mut Entities) -> Option<u32> {
    let last = view.after(m).checked_sub(1)?;
    let gazetteer = &view.lexicon.gazetteer;
    let row =
        entities.facts(m.entity).gazetteer.filter(|_| m.label == Label::Org && !view.tag(last).capital)?;
    let country = gazetteer.entries[row as usize].country?;
    let name = m.span.of(view.text);
    let of_country = |(end, _): (usize, &str)| match view.lexicon.name_at(&name[..end], 0) {
        Some((span, Name::Surface(surface))) => {
            let rows = &gazetteer.surfaces[surface as usize].entries;
            span.len() == end && rows.first() == Some(&country)
        }
        _ => false,
    };
    name.match_indices(' ').any(of_country).then(|| entities.known(country, view.lexicon))
}

/// "the Vermont senator", "the French minister": a person, of whom the name tells the place alone.
fn unique(m: &Mention, role: Option<SourceKind>) -> bool {
    role == Some(SourceKind::Person) && of_a_place(m)
}

/// A country, a city, a people.
fn of_a_place(m: &Mention) -> bool {
    matches!(m.label, Label::Gpe | Label::Norp | Label::Loc)
}

/// Whether a noun names one of many who speak for their country: not the holder of an office, who speaks himself.
fn speaks_for_others(view: &View<'_>, noun: usize) -> bool {
    view.is_word(
        noun,
        &[
            "ambassador",
            "consul",
            "diplomat",
            "envoy",
            "negotiator",
            "official",
            "representative",
            "spokesman",
            "spokesperson",
            "spokeswoman",
        ],
    )
}

/// "Trump campaign", "Clinton's aides", "the Obama administration": the campaign of a candidate, the state of a head of
/// government.
fn staff(
    view: &View<'_>,
    person: u32,
    after: Range<usize>,
    entities: &mut Entities,
) -> Option<(u32, SourceKind)> {
    let noun = after.take(2).find(|&i| !view.is(i, Class::CLITIC))?;
    let campaign = |entities: &mut Entities| entities.campaign(person);
    if view.is_word(noun, &["campaign", "campaigns", "camp"]) {
        return Some((campaign(entities), SourceKind::Organisation));
    }
    if view.is_word(noun, &["administration", "government"]) {
        let row = entities.facts(person).gazetteer?;
        let country = view.lexicon.gazetteer.entries[row as usize].country?;
        return Some((entities.known(country, view.lexicon), SourceKind::State));
    }
    let staff = [
        "aides",
        "aide",
        "advisers",
        "advisors",
        "strategists",
        "staff",
        "team",
        "representatives",
        "surrogates",
    ];
    (view.is_word(noun, &staff) && entities.has_campaign(person))
        .then(|| (campaign(entities), SourceKind::OfficialGroup))
}

fn by_label(label: Label) -> SourceKind {
    match label {
        Label::Per => SourceKind::Person,
        Label::Gpe | Label::Loc => SourceKind::State,
        Label::Outlet => SourceKind::Outlet,
        Label::Org => SourceKind::Organisation,
        Label::Norp => SourceKind::Public,
    }
}

/// The entity that a noun phrase names, without looking behind it.
pub(super) fn named(view: &View<'_>, range: &Range<usize>) -> Option<u32> {
    head(view, range).map(|m| m.entity)
}

/// The mention that heads a noun phrase: the last one before its first comma or preposition, a person first.
fn head<'m>(view: &View<'m>, range: &Range<usize>) -> Option<&'m Mention> {
    let all = view.mentions_in(view.span(range));
    let stop = (range.start + 1..range.end)
        .find(|&i| matches!(view.kind(i), TokenKind::Comma | TokenKind::OpenBracket))
        .unwrap_or(range.end);
    let stop = view.segments.tokens[stop - 1].span.end;
    let front: Vec<&Mention> = all.iter().filter(|m| m.span.end <= stop).collect();
    let owns = |m: &Mention| {
        let after = view.after(m);
        after < range.end && view.is(after, Class::CLITIC)
    };
    let person =
        front.iter().rev().find(|m| m.label == Label::Per && !owns(m) && ends_phrase(view, m, range));
    // "A port spokesman, Emeric Daunt," names the person behind the comma.
    let behind = || {
        let free = front.iter().all(|m| m.label != Label::Per);
        all.iter().find(|m| free && m.label == Label::Per && (stop..=stop + 2).contains(&m.span.start))
    };
    let last = || {
        front
            .iter()
            .rev()
            .find(|m| m.span.end == stop && !matches!(m.label, Label::Norp | Label::Loc))
            .copied()
    };
    person
        .copied()
        .or_else(behind)
        .or_else(last)
        .or_else(|| front.first().copied())
        .or_else(|| all.iter().find(|m| m.label == Label::Per))
}

/// Whether a name is not just the modifier of a noun ("Trump campaign", "Quill's lawyer").
fn ends_phrase(view: &View<'_>, m: &Mention, range: &Range<usize>) -> bool {
    let after = view.after(m);
    after >= range.end
        || view.kind(after) != TokenKind::Word
        || view.is(after, Class::PREPOSITION | Class::CONJUNCTION | Class::RELATIVE | Class::ADVERB)
}

/// The tokens of a noun phrase before its first comma, preposition or clause.
fn front(view: &View<'_>, range: &Range<usize>) -> Range<usize> {
    let stop = (range.start + 1..range.end)
        .find(|&i| {
            view.kind(i) == TokenKind::Comma
                || view.is(i, Class::PREPOSITION | Class::RELATIVE)
                || view.tag(i).verb && view.is(i, Class::PARTICIPLE | Class::ING)
        })
        .unwrap_or(range.end);
    range.start..stop
}

const COUNTING: [&str; 7] = ["some", "many", "most", "several", "few", "others", "both"];

/// The last common noun of the head: "officials" of "two senior US officials familiar with the matter".
fn head_noun(view: &View<'_>, range: &Range<usize>) -> Option<usize> {
    let front = front(view, range);
    // "Many Democrats": the word that counts them is the head only where nothing follows.
    let counts = |i: usize| i == front.start && front.len() > 1 && view.is_word(i, &COUNTING);
    front
        .clone()
        .rev()
        .find(|&i| view.tag(i).role.is_some() && !counts(i))
        .or_else(|| range.clone().find(|&i| view.tag(i).role.is_some() && !view.tag(i).capital))
}

fn anonymous(view: &View<'_>, range: &Range<usize>, role: Option<SourceKind>) -> bool {
    role == Some(SourceKind::Anonymous)
        || range.clone().any(|i| view.is_word(i, &["anonymity", "unnamed", "unidentified"]))
        || (range.start..range.end.saturating_sub(2)).any(|i| {
            view.is_word(i, &["not"]) && view.is_word(i + 1, &["to"]) && view.is_word(i + 2, &["be"])
        })
        || (range.start..range.end.saturating_sub(1))
            .any(|i| view.is_word(i, &["familiar", "briefed"]) && view.is_word(i + 1, &["with", "on"]))
}
