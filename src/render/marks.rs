//! Overlapping layers cut into one run of steps, for HTML and terminal alike.

use crate::clean::Block;
use crate::document::Document;
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Which layer a span belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Source,
    Cue,
    Content,
    Mention,
}

/// Spans that open and close, and the text between.
///
/// ```text
/// the ministry denied it fired      [the ministry]1 {denied}1 <it fired>1
/// Open(Source,0) Text("the ministry") Close(Source,0) Text(" ") Open(Cue,0) ...
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// A span of attribution (or mention) number `.1` begins; outer ones first.
    Open(Role, u32),
    /// It ends; inner ones first.
    Close(Role, u32),
    /// A run of text that no span begins or ends in, and what covers it.
    Text(Span, Cover),
}

/// What covers a run of text: of each role the innermost, as an index into attributions or mentions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cover {
    pub(super) source: Option<u32>,
    pub(super) cue: Option<u32>,
    pub(super) content: Option<u32>,
    pub(super) mention: Option<u32>,
    /// How many contents cover it.
    pub(super) depth: usize,
}

impl Cover {
    /// The attribution that a reader who points here means.
    pub(super) fn attribution(&self) -> Option<u32> {
        self.source.or(self.cue).or(self.content)
    }
}

/// The blocks that fit the text and stand in order, as all of them do unless the document comes from a file.
pub(super) fn blocks(doc: &Document) -> impl Iterator<Item = Block> {
    let mut at = 0;
    doc.blocks.iter().copied().filter(move |block| {
        let fits = block.span.start >= at && !block.span.of(doc.analysed()).is_empty();
        at = if fits { block.span.end } else { at };
        fits
    })
}

type Key = (u32, Reverse<u32>, u32);

/// The steps through the whole analysed text. Runs of text also end at each of `cuts` (ascending).
///
/// Spans that do not fit the text are left out: a document may come from a file. In n spans: n log n.
pub(super) fn steps(doc: &Document, attributions: bool, mentions: bool, cuts: &[u32]) -> Vec<Step> {
    let text = doc.analysed();
    let mut spans: Vec<(Role, u32, Span)> = Vec::new();
    if attributions {
        for (i, a) in (0..).zip(&doc.attributions) {
            spans.extend(a.source.map(|span| (Role::Source, i, span)));
            spans.extend(a.cue.map(|span| (Role::Cue, i, span)));
            spans.extend(a.content.iter().map(|&span| (Role::Content, i, span)));
        }
    }
    if mentions {
        spans.extend((0..).zip(&doc.mentions).map(|(i, m)| (Role::Mention, i, m.span)));
    }
    spans.retain(|(_, _, span)| !span.of(text).is_empty());

    // Ends stand before starts; of the ends the inner span's first, of the starts the outer span's.
    let mut opens = spans;
    opens.sort_by_key(|&(role, i, s)| (s.start, Reverse(s.end), Reverse(role), i));
    opens.dedup();
    let mut closes = opens.clone();
    closes.sort_by_key(|&(role, i, s)| (s.end, Reverse(s.start), role, Reverse(i)));

    let mut active: [BTreeSet<Key>; 4] = Default::default();
    let mut out = Vec::with_capacity(4 * opens.len() + cuts.len() + 1);
    let (mut opens, mut closes) = (opens.into_iter().peekable(), closes.into_iter().peekable());
    let mut cuts = cuts.iter().copied().filter(|&at| text.is_char_boundary(at as usize)).peekable();
    let end = text.len() as u32;
    let mut at = 0;
    loop {
        while let Some((role, i, s)) = closes.next_if(|c| c.2.end <= at) {
            active[role as usize].remove(&(s.start, Reverse(s.end), i));
            out.push(Step::Close(role, i));
        }
        while let Some((role, i, s)) = opens.next_if(|o| o.2.start <= at) {
            active[role as usize].insert((s.start, Reverse(s.end), i));
            out.push(Step::Open(role, i));
        }
        if at >= end {
            return out;
        }
        while cuts.next_if(|&cut| cut <= at).is_some() {}
        let next = [closes.peek().map(|c| c.2.end), opens.peek().map(|o| o.2.start), cuts.peek().copied()];
        let next = next.into_iter().flatten().min().unwrap_or(end).min(end);
        let top = |role: Role| active[role as usize].last().map(|key| key.2);
        let cover = Cover {
            source: top(Role::Source),
            cue: top(Role::Cue),
            content: top(Role::Content),
            mention: top(Role::Mention),
            depth: active[Role::Content as usize].len(),
        };
        out.push(Step::Text(Span { start: at, end: next }, cover));
        at = next;
    }
}
