//! From the drafts of a whole document to attributions that do not fight: more quotation, nesting, overlaps.

use super::draft::Draft;
use super::view::View;
use crate::lexicon::Class;
use crate::segment::TokenKind;
use std::cmp::Reverse;
use std::ops::Range;

/// Adds quotations without a cue of their own to the attribution that they go on with: the rest of a paragraph
/// (`"A," he said. "B."`), and paragraphs that go on with a quotation. Drafts stand in the order of their cues.
pub(super) fn continue_quotations(view: &View<'_>, drafts: &mut [Draft]) {
    let sentences = &view.segments.sentences;
    let quoted: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].quoted).collect();
    let mut taken = vec![false; view.segments.quotations.len()];
    for &i in &quoted {
        for content in &drafts[i].content {
            for q in [content.start, content.end - 1].into_iter().filter_map(|t| view.quotation(t)) {
                taken[q as usize] = true;
            }
        }
    }
    let paragraph = |token: usize| {
        let at = sentences.partition_point(|s| s.last as usize <= token);
        sentences.get(at).map_or(u32::MAX, |s| s.paragraph)
    };
    let mut last = 0;
    for (q, quotation) in view.segments.quotations.iter().enumerate() {
        if quotation.depth > 0 || quotation.scare {
            continue;
        }
        let tokens = view.quoted(q as u32);
        while last < quoted.len() && drafts[quoted[last]].cue.start < tokens.start {
            last += 1;
        }
        if tokens.is_empty() || taken[q] || last == 0 || !fills_sentences(view, &tokens) {
            continue;
        }
        let draft = &mut drafts[quoted[last - 1]];
        let extent = draft.extent();
        if extent.end > tokens.start {
            continue;
        }
        let between = sentences.partition_point(|s| (s.first as usize) < tokens.start)
            - sentences.partition_point(|s| (s.last as usize) < extent.end);
        let goes_on = draft
            .content
            .iter()
            .any(|c| view.quotation(c.end - 1).is_some_and(|p| quotation.continues == Some(p)));
        let adjacent = match paragraph(tokens.start).checked_sub(paragraph(extent.end - 1)) {
            Some(0) => between <= 1,
            Some(1) => goes_on,
            _ => false,
        };
        if adjacent {
            draft.content.push(tokens);
        }
    }
}

/// Whether a quotation is whole sentences, with nothing around it: `"B."`
fn fills_sentences(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let sentences = &view.segments.sentences;
    let first = sentences.partition_point(|s| s.last as usize <= tokens.start);
    let last = sentences.partition_point(|s| (s.first as usize) < tokens.end);
    sentences.get(first).is_some_and(|s| s.first as usize == tokens.start)
        && last > 0
        && sentences[last - 1].last as usize <= tokens.end + 1
}

/// Gives every draft its parent, and drops what contradicts or does not count inside another.
pub(super) fn nest(view: &View<'_>, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|d| (d.extent().start, Reverse(d.extent().end), d.cue.start));
    drop_rivals(drafts);
    let holders = holders(drafts);
    let mut keep = vec![true; drafts.len()];
    for (i, holder) in holders.iter().enumerate() {
        let Some((j, bounds)) = holder else { continue };
        let inner = &mut drafts[i];
        let source_inside =
            inner.source.as_ref().is_some_and(|s| bounds.start <= s.start && s.end <= bounds.end);
        if !source_inside || !worth_nesting(view, inner) {
            keep[i] = false;
            continue;
        }
        inner.parent = Some(*j);
        for c in &mut inner.content {
            c.start = c.start.clamp(bounds.start, bounds.end);
            c.end = c.end.clamp(c.start, bounds.end);
        }
        inner.content.retain(|c| !c.is_empty());
        keep[i] = !inner.content.is_empty();
    }
    // The child of a dropped draft goes to the nearest kept one around it.
    for (i, draft) in drafts.iter_mut().enumerate() {
        let mut parent = draft.parent;
        while let Some(p) = parent.filter(|&p| !keep[p]) {
            parent = holders[p].as_ref().map(|(j, _)| *j).filter(|&j| j != i && j < p);
        }
        draft.parent = parent;
    }
    retain(drafts, &keep);
}

/// For each draft the smallest content of another that holds its cue.
fn holders(drafts: &[Draft]) -> Vec<Option<(usize, Range<usize>)>> {
    let mut contents: Vec<(Range<usize>, usize)> =
        drafts.iter().enumerate().flat_map(|(j, d)| d.content.iter().map(move |c| (c.clone(), j))).collect();
    contents.sort_by_key(|(c, j)| (c.start, Reverse(c.end), *j));
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| drafts[i].cue.start);
    let mut holders = vec![None; drafts.len()];
    let mut open: Vec<&(Range<usize>, usize)> = Vec::new();
    let mut next = 0;
    for i in order {
        let cue = &drafts[i].cue;
        while next < contents.len() && contents[next].0.start <= cue.start {
            open.push(&contents[next]);
            next += 1;
        }
        open.retain(|(c, _)| c.end > cue.start);
        let inside = |c: &Range<usize>| c.start <= cue.start && cue.end <= c.end;
        let mutual = |j: usize| {
            drafts[i].content.iter().any(|c| c.start <= drafts[j].cue.start && drafts[j].cue.end <= c.end)
        };
        holders[i] = open
            .iter()
            .filter(|(c, j)| *j != i && inside(c) && !mutual(*j))
            .min_by_key(|(c, j)| (c.len(), *j))
            .map(|(c, j)| (*j, c.clone()));
    }
    holders
}

/// Of two drafts with a common cue token, or each with the other's cue in its content, one goes.
fn drop_rivals(drafts: &mut Vec<Draft>) {
    let crosses = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let mut keep = vec![true; drafts.len()];
    for i in 0..drafts.len() {
        let end = drafts[i].extent().end;
        for j in i + 1..drafts.len() {
            if !keep[i] || drafts[j].extent().start >= end {
                break;
            }
            if !keep[j] {
                continue;
            }
            let (a, b) = (&drafts[i], &drafts[j]);
            let mutual =
                a.content.iter().any(|c| crosses(c, &b.cue)) && b.content.iter().any(|c| crosses(c, &a.cue));
            if crosses(&a.cue, &b.cue) || mutual {
                keep[if strength(a) >= strength(b) { j } else { i }] = false;
            }
        }
    }
    retain(drafts, &keep);
}

/// Statements beat things, quotations beat both.
fn strength(draft: &Draft) -> u8 {
    2 * u8::from(draft.quoted) + u8::from(draft.statement) + u8::from(draft.source.is_some())
}

/// Inside another content only statements of a named or described third party count.
pub(super) fn worth_nesting(view: &View<'_>, inner: &Draft) -> bool {
    let Some(source) = &inner.source else { return false };
    let own = source.len() == 1
        && view.is_word(source.start, &["i", "we", "you", "me", "us", "they", "it", "my", "our", "your"]);
    inner.statement && !own && !view.is(source.start, Class::RELATIVE)
}

/// Trims contents of drafts that stand in no other: what the first says ends where the second begins to speak.
pub(super) fn trim_overlaps(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let order: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].parent.is_none()).collect();
    for pair in order.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let cut =
            drafts[b].source.iter().chain([&drafts[b].cue]).map(|r| r.start).min().unwrap_or(usize::MAX);
        for c in &mut drafts[a].content {
            if c.start < cut && cut < c.end {
                c.end = cut;
                while c.end > c.start + 1
                    && matches!(view.kind(c.end - 1), TokenKind::Comma | TokenKind::Dash)
                {
                    c.end -= 1;
                }
            }
        }
        let taken = drafts[a].content.clone();
        for c in &mut drafts[b].content {
            for t in &taken {
                if t.start <= c.start && c.start < t.end {
                    c.start = t.end.min(c.end);
                }
            }
        }
    }
    // What was trimmed away takes no child along.
    for i in 0..drafts.len() {
        let cue = drafts[i].cue.clone();
        let holds = |p: usize| drafts[p].content.iter().any(|c| c.start <= cue.start && cue.end <= c.end);
        if drafts[i].parent.is_some_and(|p| !holds(p)) {
            drafts[i].parent = None;
        }
    }
    let mut keep = vec![true; drafts.len()];
    for (i, draft) in drafts.iter_mut().enumerate() {
        draft.content.retain(|c| !c.is_empty());
        keep[i] = !draft.content.is_empty() && draft.parent.is_none_or(|p| p > i || keep[p]);
    }
    retain(drafts, &keep);
}

/// Keeps some drafts and renumbers the parents; a parent that goes leaves its children without one.
pub(super) fn retain(drafts: &mut Vec<Draft>, keep: &[bool]) {
    let mut place = vec![None; drafts.len()];
    for (next, (i, _)) in keep.iter().enumerate().filter(|(_, keep)| **keep).enumerate() {
        place[i] = Some(next);
    }
    let mut i = 0;
    drafts.retain_mut(|draft| {
        draft.parent = draft.parent.and_then(|p| place[p]);
        i += 1;
        keep[i - 1]
    });
}
