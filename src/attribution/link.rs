//! From the drafts of a whole document to attributions that do not fight: more quotation, nesting, overlaps.

use super::draft::Draft;
use super::view::View;
use crate::lexicon::Class;
use crate::segment::TokenKind;
use std::ops::Range;

/// Adds quotations without a cue of their own to the attribution that they go on with: the rest of a paragraph
/// (`"A," he said. "B."`), and paragraphs that go on with a quotation.
pub(super) fn continue_quotations(view: &View<'_>, drafts: &mut [Draft]) {
    let sentences = &view.segments.sentences;
    let mut taken: Vec<Range<usize>> =
        drafts.iter().filter(|d| d.quoted).flat_map(|d| d.content.clone()).collect();
    taken.sort_by_key(|r| r.start);
    for (q, quotation) in view.segments.quotations.iter().enumerate() {
        if quotation.depth > 0 || quotation.scare {
            continue;
        }
        let tokens = view.quoted(q as u32);
        if tokens.is_empty()
            || drafts.iter().any(|d| d.content.iter().any(|c| c.start < tokens.end && tokens.start < c.end))
        {
            continue;
        }
        let at = sentences.partition_point(|s| s.last as usize <= tokens.start);
        let Some(sentence) = sentences.get(at) else { continue };
        // It must fill its sentence: `"B."`
        let opens = sentence.first as usize == tokens.start;
        let last = sentences[..].partition_point(|s| (s.first as usize) < tokens.end);
        let closes = last > 0 && sentences[last - 1].last as usize <= tokens.end + 1;
        if !opens || !closes {
            continue;
        }
        let before = drafts
            .iter_mut()
            .filter(|d| {
                d.quoted && d.content.iter().all(|c| c.start < tokens.start) && d.cue.start < tokens.start
            })
            .max_by_key(|d| d.cue.start);
        let Some(draft) = before else { continue };
        let extent = draft.extent();
        let paragraph = |token: usize| {
            let at = sentences.partition_point(|s| s.last as usize <= token);
            sentences.get(at).map_or(u32::MAX, |s| s.paragraph)
        };
        let (own, last) = (sentence.paragraph, paragraph(extent.end - 1));
        let adjacent = match own.checked_sub(last) {
            Some(0) => sentences.partition_point(|s| (s.last as usize) < extent.end) + 2 > at,
            // The next paragraph, wholly quoted, or one that goes on with an open quotation.
            Some(1) => {
                quotation.continues.is_some()
                    || draft
                        .content
                        .iter()
                        .any(|c| view.quotation(c.end - 1).is_some_and(|p| quotation.continues == Some(p)))
            }
            _ => false,
        };
        if adjacent {
            draft.content.push(tokens);
        }
    }
}

/// Gives every draft its parent, drops what contradicts, trims what overlaps.
pub(super) fn nest(view: &View<'_>, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|d| (d.extent().start, std::cmp::Reverse(d.extent().end), d.cue.start));
    drop_rivals(drafts);
    let holds = |outer: &Draft, inner: &Range<usize>| {
        outer.content.iter().position(|c| c.start <= inner.start && inner.end <= c.end)
    };
    let mut keep = vec![true; drafts.len()];
    for i in 0..drafts.len() {
        let mut parent: Option<(usize, usize, usize)> = None;
        for (j, outer) in drafts.iter().enumerate() {
            if i != j
                && let Some(piece) = holds(outer, &drafts[i].cue)
                && holds(&drafts[i], &outer.cue).is_none()
            {
                let size = outer.content[piece].len();
                if parent.is_none_or(|(_, _, s)| size < s) {
                    parent = Some((j, piece, size));
                }
            }
        }
        let Some((j, piece, _)) = parent else { continue };
        let bounds = drafts[j].content[piece].clone();
        let inner = &drafts[i];
        let source_inside =
            inner.source.as_ref().is_some_and(|s| bounds.start <= s.start && s.end <= bounds.end);
        if !source_inside || !worth_nesting(view, inner) {
            keep[i] = false;
            continue;
        }
        let inner = &mut drafts[i];
        inner.parent = Some(j);
        for c in &mut inner.content {
            c.start = c.start.clamp(bounds.start, bounds.end);
            c.end = c.end.clamp(c.start, bounds.end);
        }
        inner.content.retain(|c| !c.is_empty());
        keep[i] = !inner.content.is_empty();
    }
    // A draft whose parent went has the parent's parent; renumber.
    let mut place = vec![usize::MAX; drafts.len()];
    let mut next = 0;
    for (i, keep) in keep.iter().enumerate() {
        if *keep {
            place[i] = next;
            next += 1;
        }
    }
    let parents: Vec<Option<usize>> = drafts.iter().map(|d| d.parent).collect();
    for draft in drafts.iter_mut() {
        let mut parent = draft.parent;
        let mut steps = 0;
        while let Some(p) = parent.filter(|&p| place[p] == usize::MAX && steps < 64) {
            parent = parents[p];
            steps += 1;
        }
        draft.parent = parent.map(|p| place[p]).filter(|&p| p != usize::MAX);
    }
    let mut i = 0;
    drafts.retain(|_| {
        i += 1;
        keep[i - 1]
    });
}

/// Of two drafts with a common cue token, or each with the other's cue in its content, one goes.
fn drop_rivals(drafts: &mut Vec<Draft>) {
    let crosses = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let mut dead = vec![false; drafts.len()];
    for i in 0..drafts.len() {
        for j in i + 1..drafts.len() {
            if dead[i] || dead[j] {
                continue;
            }
            if drafts[j].extent().start >= drafts[i].extent().end {
                break;
            }
            let (a, b) = (&drafts[i], &drafts[j]);
            let mutual =
                a.content.iter().any(|c| crosses(c, &b.cue)) && b.content.iter().any(|c| crosses(c, &a.cue));
            if crosses(&a.cue, &b.cue) || mutual {
                dead[if strength(a) >= strength(b) { j } else { i }] = true;
            }
        }
    }
    let mut i = 0;
    drafts.retain(|_| {
        i += 1;
        !dead[i - 1]
    });
}

/// Statements beat things, quotations beat both.
fn strength(draft: &Draft) -> u8 {
    2 * u8::from(draft.quoted) + u8::from(draft.statement) + u8::from(draft.source.is_some())
}

/// Inside another content only statements of a named or described third party count.
fn worth_nesting(view: &View<'_>, inner: &Draft) -> bool {
    let Some(source) = &inner.source else { return false };
    let own = view.is_word(source.start, &["i", "we", "you", "me", "us", "they", "it", "my", "our", "your"]);
    inner.statement && !(own && source.len() == 1) && !view.is(source.start, Class::RELATIVE)
}

/// Trims contents of unnested drafts that share tokens: each token goes to the draft that stands first.
pub(super) fn trim_overlaps(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let order: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].parent.is_none()).collect();
    for w in order.windows(2) {
        let (a, b) = (w[0], w[1]);
        let cut =
            drafts[b].source.iter().chain([&drafts[b].cue]).map(|r| r.start).min().unwrap_or(usize::MAX);
        // What the first says ends where the second begins to say something.
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
        let ends: Vec<Range<usize>> = drafts[a].content.clone();
        for c in &mut drafts[b].content {
            for e in &ends {
                if c.start < e.end && e.start < c.end && e.start <= c.start {
                    c.start = e.end.min(c.end);
                }
            }
        }
    }
    for draft in drafts.iter_mut() {
        draft.content.retain(|c| !c.is_empty());
    }
    let mut gone = vec![false; drafts.len()];
    for (i, draft) in drafts.iter().enumerate() {
        gone[i] = draft.content.is_empty() || draft.parent.is_some_and(|p| gone[p]);
    }
    if gone.iter().any(|g| *g) {
        let mut place = Vec::with_capacity(drafts.len());
        let mut next = 0;
        for g in &gone {
            place.push(next);
            next += usize::from(!g);
        }
        for draft in drafts.iter_mut() {
            draft.parent = draft.parent.map(|p| place[p]);
        }
        let mut i = 0;
        drafts.retain(|_| {
            i += 1;
            !gone[i - 1]
        });
    }
}
