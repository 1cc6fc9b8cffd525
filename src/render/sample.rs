//! Documents built by hand for the tests of this folder.

use crate::attribution::{Attribution, Kind, SourceKind};
use crate::clean::{Block, BlockKind};
use crate::document::Document;
use crate::entity::{Entity, Label, Mention, Via};
use crate::span::Span;
use crate::stance::{Act, Factuality, Stance};

/// A document under construction; spans are given by their words, searched from the last `after` on.
pub(super) struct Builder {
    pub(super) doc: Document,
    from: usize,
}

/// Act, factuality and target of the next attribution.
pub(super) type Said = (Act, Factuality, Option<u32>);

impl Builder {
    /// Every paragraph is a block: the first one a title, the rest bodies.
    pub(super) fn new(id: &str, text: &str) -> Self {
        let mut doc = Document { id: id.into(), analysed: text.into(), ..Document::default() };
        let mut at = 0;
        for paragraph in text.split("\n\n") {
            let kind = if at == 0 { BlockKind::Title } else { BlockKind::Body };
            doc.blocks.push(Block { span: Span::new(at, at + paragraph.len()), kind });
            at += paragraph.len() + 2;
        }
        Self { doc, from: 0 }
    }

    /// The block that holds `words` is of this kind.
    pub(super) fn block(&mut self, words: &str, kind: BlockKind) {
        let at = self.doc.analysed.find(words).unwrap() as u32;
        let block = self.doc.blocks.iter_mut().find(|b| b.span.start <= at && at < b.span.end);
        block.unwrap().kind = kind;
    }

    /// Spans are searched from `words` on.
    pub(super) fn after(&mut self, words: &str) {
        self.from = self.doc.analysed.find(words).unwrap();
    }

    pub(super) fn span(&self, words: &str) -> Span {
        let at = self.from + self.doc.analysed[self.from..].find(words).unwrap_or_else(|| panic!("{words}"));
        Span::new(at, at + words.len())
    }

    pub(super) fn entity(&mut self, id: &str, name: &str, label: Label, named: &str) -> u32 {
        let entity = self.doc.entities.len() as u32;
        self.doc.entities.push(Entity { id: id.into(), name: name.into(), label });
        let span = self.span(named);
        self.doc.mentions.push(Mention { span, label, entity, via: Via::Gazetteer, confidence: None });
        entity
    }

    /// Adds an attribution; an empty source or cue is none.
    pub(super) fn says(
        &mut self,
        source: (&str, Option<u32>),
        cue: &str,
        content: &[&str],
        said: Said,
        parent: Option<u32>,
    ) -> u32 {
        let span = |words: &str| (!words.is_empty()).then(|| self.span(words));
        let attribution = Attribution {
            parent,
            kind: if content.iter().any(|c| c.starts_with('“')) { Kind::Direct } else { Kind::Indirect },
            source: span(source.0),
            source_entity: source.1,
            source_kind: Some(SourceKind::Person),
            addressee: None,
            addressee_entity: None,
            cue: span(cue),
            content: content.iter().map(|words| self.span(words)).collect(),
            source_confidence: None,
            confidence: None,
            why: format!("cue verb \"{cue}\" with a clause"),
        };
        self.doc.attributions.push(attribution);
        let (act, factuality, about) = said;
        self.doc.stances.push(Stance {
            act,
            factuality,
            article: Factuality::Uncommitted,
            about,
            confidence: [None; 3],
        });
        self.doc.attributions.len() as u32 - 1
    }
}

/// Two invented outlets on one invented spill.
pub(super) fn story() -> [Document; 2] {
    [herald(), courier()]
}

fn herald() -> Document {
    let mut b = Builder::new(
        "herald-1",
        "Norvia denies part in Alder Bay spill\n\n\
         A tug passes the oil boom at Alder Bay on Monday. Photo: J. Marsh/Bay Pictures\n\n\
         The Alder Harbour Board blamed Norvia Shipping on Monday for the spill that closed the bay, a charge the \
         company called “absurd”.\n\n\
         “Not a drop came from our ships,” said Ines Halloran, who runs the company. “We have asked for the samples.”\n\n\
         Port officials said that divers believed the leak had been opened on purpose, according to a report in the \
         Courier.\n\n\
         See also: Ten walks along the coast\n\n\
         Mayor Tomas Reyk said he doubted that the board would ever find out. He may be right.\n\n\
         Leave a comment. Your address will not be shown.",
    );
    b.doc.outlet = Some("Tarn Herald".into());
    b.doc.date = Some("4 May 2031".into());
    b.doc.url = Some("https://herald.example/spill".into());
    b.doc.warnings = vec!["decoded as windows-1252".into()];
    b.block("A tug", BlockKind::Caption);
    b.block("See also", BlockKind::Teaser);
    b.block("Leave a", BlockKind::Form);
    let norvia = b.entity("org:norvia-shipping", "Norvia Shipping", Label::Org, "Norvia");
    let board = b.entity("org:alder-harbour-board", "Alder Harbour Board", Label::Org, "Alder Harbour Board");
    let ines = b.entity("person:ines-halloran", "Ines Halloran", Label::Per, "Ines Halloran");
    let courier = b.entity("outlet:courier", "Bay Courier", Label::Outlet, "Courier");
    let reyk = b.entity("person:tomas-reyk", "Tomas Reyk", Label::Per, "Tomas Reyk");
    use Factuality::*;
    b.says(
        ("Norvia", Some(norvia)),
        "denies",
        &["part in Alder Bay spill"],
        (Act::Deny, CertainNot, Some(norvia)),
        None,
    );
    b.after("The Alder");
    let content = ["Norvia Shipping", "for the spill that closed the bay"];
    b.says(
        ("The Alder Harbour Board", Some(board)),
        "blamed",
        &content,
        (Act::Accuse, Certain, Some(norvia)),
        None,
    );
    b.says(
        ("the company", Some(norvia)),
        "called",
        &["a charge", "“absurd”"],
        (Act::Deny, CertainNot, Some(norvia)),
        None,
    );
    b.after("“Not a");
    let content = ["“Not a drop came from our ships,”", "“We have asked for the samples.”"];
    b.says(
        ("Ines Halloran, who runs the company", Some(ines)),
        "said",
        &content,
        (Act::Deny, CertainNot, Some(norvia)),
        None,
    );
    b.after("Port officials");
    let outer = "Port officials said that divers believed the leak had been opened on purpose";
    let n = b.says(
        ("a report in the Courier", Some(courier)),
        "according to",
        &[outer],
        (Act::Assert, Certain, None),
        None,
    );
    let inner = "divers believed the leak had been opened on purpose";
    let n = b.says(("Port officials", None), "said", &[inner], (Act::Assert, Probable, None), Some(n));
    b.says(
        ("divers", None),
        "believed",
        &["the leak had been opened on purpose"],
        (Act::Accuse, Probable, None),
        Some(n),
    );
    b.after("Mayor");
    b.says(
        ("Mayor Tomas Reyk", Some(reyk)),
        "doubted",
        &["that the board would ever find out"],
        (Act::Doubt, ProbableNot, Some(board)),
        None,
    );
    b.doc
}

fn courier() -> Document {
    let mut b = Builder::new(
        "courier-1",
        "Divers: leak in Alder Bay was opened on purpose\n\n\
         Divers who inspected the wreck for the port think that somebody opened the valve, officials told the Courier.\n\n\
         Environment minister Mara Quist accused Norvia Shipping of “years of contempt for this coast”. The company may \
         have known of the leak since April, two people familiar with the inquiry said.",
    );
    b.doc.outlet = Some("Bay Courier".into());
    b.doc.date = Some("3 May 2031".into());
    let norvia = b.entity("org:norvia-shipping", "Norvia Shipping", Label::Org, "Norvia Shipping");
    let quist = b.entity("person:mara-quist", "Mara Quist", Label::Per, "Mara Quist");
    use Factuality::*;
    b.says(
        ("Divers", None),
        ":",
        &["leak in Alder Bay was opened on purpose"],
        (Act::Accuse, Certain, None),
        None,
    );
    b.after("Divers who");
    let outer = "Divers who inspected the wreck for the port think that somebody opened the valve";
    let n = b.says(("officials", None), "told", &[outer], (Act::Assert, Certain, None), None);
    b.says(
        ("Divers who inspected the wreck for the port", None),
        "think",
        &["that somebody opened the valve"],
        (Act::Accuse, Probable, None),
        Some(n),
    );
    b.after("Environment");
    b.says(
        ("Environment minister Mara Quist", Some(quist)),
        "accused",
        &["Norvia Shipping", "of “years of contempt for this coast”"],
        (Act::Accuse, Certain, Some(norvia)),
        None,
    );
    b.says(
        ("two people familiar with the inquiry", None),
        "said",
        &["The company may have known of the leak since April"],
        (Act::Accuse, Possible, Some(norvia)),
        None,
    );
    b.doc
}
