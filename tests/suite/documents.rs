//! Documents built by hand and by chance.
#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::prelude::*;
use sayso::attribution::{Attribution, Kind, SourceKind};
use sayso::clean::{Block, BlockKind};
use sayso::entity::{Entity, Label, Mention, Via};
use sayso::stance::{Act, Factuality, Stance};
use sayso::table::FEATURES_LEN;
use sayso::{Document, Record, Span};

/// The span of `words` in the analysed string of `doc`.
pub fn find(doc: &Document, words: &str) -> Span {
    let start = doc.analysed().find(words).unwrap();
    Span::new(start, start + words.len())
}

/// A title apart, letters beyond ASCII, a parent, a content in two pieces, an addressee.
pub fn sample() -> Document {
    let mut doc = Document::new(Record {
        id: "näva-7".into(),
        title: Some("Ørland: “No spill”".into()),
        text: "“We — the board — saw no spill,” Åse Lind told 𝔑orvia’s reporters. “None.”".into(),
        outlet: Some("The Ærø Post".into()),
        warnings: vec!["decoded".into()],
        ..Record::default()
    });
    let at = |words: &str| find(&doc, words);
    let title = Span::new(0, doc.heading().len());
    let text = Span::new(doc.analysed().len() - doc.text().len(), doc.analysed().len());
    let (first, second) = (at("“We — the board — saw no spill,”"), at("“None.”"));
    let entity = |id: &str, name: &str, label| Entity { id: id.into(), name: name.into(), label };
    let mention = |span, entity, label, via| Mention { span, label, entity, via, confidence: Some(0.5) };
    let (cue, source, addressee) = (at("told"), at("Åse Lind"), at("𝔑orvia’s reporters"));
    let mentions = vec![
        mention(at("Ørland"), 0, Label::Gpe, Via::Gazetteer),
        mention(source, 1, Label::Per, Via::Model),
        mention(at("𝔑orvia"), 2, Label::Org, Via::Surname),
    ];
    let attribution = Attribution {
        parent: None,
        kind: Kind::Direct,
        source: Some(title),
        source_entity: Some(0),
        source_kind: Some(SourceKind::State),
        source_confidence: None,
        addressee: None,
        addressee_entity: None,
        cue: None,
        content: vec![at("“No spill”")],
        confidence: None,
        why: "headline colon".into(),
    };
    let inner = Attribution {
        parent: Some(0),
        kind: Kind::Mixed,
        source: Some(source),
        source_entity: Some(1),
        source_kind: Some(SourceKind::OfficialGroup),
        source_confidence: Some(0.75),
        addressee: Some(addressee),
        addressee_entity: Some(2),
        cue: Some(cue),
        content: vec![first, second],
        confidence: Some(0.87),
        why: "verb \"tell\"".into(),
    };
    doc.english = 0.98;
    doc.blocks =
        vec![Block { span: title, kind: BlockKind::Title }, Block { span: text, kind: BlockKind::Body }];
    doc.sentences = vec![title, Span { start: text.start, end: second.start - 1 }, second];
    doc.mentions = mentions;
    doc.entities = vec![
        entity("gpe:orland", "Ørland", Label::Gpe),
        entity("person:ase-lind", "Åse Lind", Label::Per),
        entity("org:norvia", "Norvia", Label::Org),
    ];
    doc.attributions = vec![attribution, inner];
    doc.stances = vec![
        Stance {
            act: Act::Deny,
            factuality: Factuality::CertainNot,
            article: Factuality::Uncommitted,
            about: None,
            confidence: [None; 3],
        },
        Stance {
            act: Act::Assert,
            factuality: Factuality::Probable,
            article: Factuality::Uncommitted,
            about: Some(2),
            confidence: [Some(0.75), None, Some(0.5)],
        },
    ];
    doc.vectors = (0..2 * FEATURES_LEN).map(|i| i as f32 / 7.0).collect();
    doc
}

/// Documents with layers at any place, in order where the layers are.
pub fn arbitrary() -> impl Strategy<Value = Document> {
    let words = "[a-zé“”—𝔑 \n\u{feff}]{0,60}";
    let record = (".{0,8}", proptest::option::of("[A-zü “”]{0,12}"), words, proptest::option::of(".{0,6}"));
    let span = || (any::<bool>(), any::<u16>(), any::<u16>());
    let layers = (vec(any::<u16>(), 0..6), vec(span(), 0..6));
    let attributions = vec((vec(span(), 4..7), any::<u8>(), any::<bool>()), 0..6);
    let numbers = vec(proptest::num::f32::NORMAL | proptest::num::f32::SUBNORMAL, 6 * FEATURES_LEN);
    (record, layers, attributions, 0..=100u8, numbers).prop_map(
        |((id, title, text, url), (cuts, mentions), attributions, english, mut numbers)| {
            let mut doc = Document::new(Record { id, title, text, url, ..Record::default() });
            let fields = Fields::of(&doc);
            doc.english = f32::from(english) / 100.0;
            let runs: Vec<Span> = [true, false].iter().flat_map(|title| fields.runs(*title, &cuts)).collect();
            doc.blocks = runs.iter().map(|&span| Block { span, kind: BlockKind::Form }).collect();
            doc.sentences = runs;
            let entity = |i: usize| Entity { id: format!("o:{i}"), name: "Norvia".into(), label: Label::Loc };
            doc.entities = (0..3).map(entity).collect();
            let mention = |(i, &(title, a, b)): (usize, &(bool, u16, u16))| Mention {
                span: fields.span(title, a, b),
                label: Label::Norp,
                entity: i as u32 % 3,
                via: Via::Metonym,
                confidence: (a % 2 > 0).then_some(0.5),
            };
            doc.mentions = mentions.iter().enumerate().map(mention).collect();
            for (i, (spans, pick, title)) in attributions.iter().enumerate() {
                let mut spans = spans.iter().map(|&(_, a, b)| fields.span(*title, a, b));
                let pick = u32::from(*pick);
                let entity = |bit: u32| (pick & bit > 0).then_some(pick % 3);
                doc.attributions.push(Attribution {
                    parent: (i > 0 && pick % 2 > 0).then(|| pick % i as u32),
                    kind: Kind::Indirect,
                    source: spans.next().filter(|_| pick & 8 > 0),
                    source_entity: entity(1),
                    source_kind: None,
                    source_confidence: (pick & 4 > 0).then_some(0.75),
                    addressee: spans.next().filter(|_| pick & 16 > 0),
                    addressee_entity: entity(2),
                    cue: spans.next().filter(|_| pick & 32 > 0),
                    content: spans.collect(),
                    confidence: (pick & 64 > 0).then_some(0.25),
                    why: format!("rule {pick}"),
                });
                doc.stances.push(Stance {
                    act: Act::Disbelieve,
                    factuality: Factuality::Uncommitted,
                    article: Factuality::Uncommitted,
                    about: entity(4),
                    confidence: [None, Some(0.25), None],
                });
            }
            numbers.truncate(doc.attributions.len() * FEATURES_LEN);
            doc.vectors = numbers;
            doc
        },
    )
}

/// Boundaries of the characters of title and text, in bytes of the analysed string.
struct Fields {
    title: Vec<usize>,
    text: Vec<usize>,
}

impl Fields {
    fn of(doc: &Document) -> Self {
        let body = doc.analysed().len() - doc.text().len();
        let ends = |text: &str, from: usize| {
            text.char_indices().map(|(i, _)| from + i).chain([from + text.len()]).collect()
        };
        Self {
            title: if body > 0 { ends(doc.heading(), 0) } else { Vec::new() },
            text: ends(doc.text(), body),
        }
    }

    fn field(&self, title: bool) -> &[usize] {
        if title && !self.title.is_empty() { &self.title } else { &self.text }
    }

    fn span(&self, title: bool, a: u16, b: u16) -> Span {
        let field = self.field(title);
        let (a, b) = (field[a as usize % field.len()], field[b as usize % field.len()]);
        Span::new(a.min(b), a.max(b))
    }

    /// Spans in order without overlap.
    fn runs(&self, title: bool, cuts: &[u16]) -> Vec<Span> {
        if title && self.title.is_empty() {
            return Vec::new();
        }
        let field = self.field(title);
        let mut cuts: Vec<usize> = cuts.iter().map(|&cut| field[cut as usize % field.len()]).collect();
        cuts.sort_unstable();
        cuts.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1])).collect()
    }
}
