//! Lines that are copy but no paragraph: headlines, intertitles, the name of a picture over its caption.

use super::BlockKind;
use super::lines::Line;

/// Gives a kind to lines that have none and are titles or belong to a caption; the rest stay open.
pub(super) fn mark(lines: &[Line<'_>], kinds: &mut [Option<BlockKind>]) {
    let copy: Vec<usize> = (0..lines.len()).filter(|&i| kinds[i].is_none_or(|kind| kind.is_copy())).collect();
    let mut open = copy.iter().filter(|&&i| kinds[i].is_none()).copied().collect::<Vec<_>>().into_iter();
    if let Some(first) = open.next() {
        let next = open.clone().next().map(|i| &lines[i]);
        if is_headline(&lines[first], next) {
            kinds[first] = Some(BlockKind::Title);
            // A line under the headline that is no sentence either.
            if let Some(second) = open.clone().next().filter(|_| next.is_some_and(|line| !line.terminal)) {
                let below =
                    copy.iter().position(|&i| i == first).and_then(|at| copy.get(at + 1)) == Some(&second);
                let caption = copy.iter().position(|&i| i == second).and_then(|at| copy.get(at + 1));
                let over_caption = caption.is_some_and(|&i| kinds[i] == Some(BlockKind::Caption));
                if below && !over_caption && lines[second].words <= 30 && copy.len() > 2 {
                    kinds[second] = Some(BlockKind::Title);
                }
            }
        }
    }
    for at in 0..copy.len() {
        let i = copy[at];
        if kinds[i].is_some() || !is_label(&lines[i]) {
            continue;
        }
        let Some(&next) = copy.get(at + 1) else { continue };
        if kinds[next] == Some(BlockKind::Caption) && lines[i].words <= 8 && next == i + 1 {
            kinds[i] = Some(BlockKind::Caption);
        } else if kinds[next].is_none() && lines[next].terminal && lines[next].words >= 12 && at > 0 {
            kinds[i] = Some(BlockKind::Title);
        }
    }
}

/// Whether the first line of the copy is a headline. One with a full stop must look like one all the same.
fn is_headline(line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    if line.words > 30 || line.text.ends_with([':', ',', ';']) && line.words > 20 {
        return false;
    }
    if !line.terminal {
        return true;
    }
    let longer = next.is_some_and(|next| next.words > line.words + line.words / 2);
    longer
        && line.words <= 18
        && (is_headline_case(line.text) || line.text.ends_with('?') || !has_article(line.text))
}

/// Most of the longer words have capitals.
fn is_headline_case(text: &str) -> bool {
    let (mut long, mut capital) = (0, 0);
    for word in text.split_whitespace().filter(|word| word.chars().count() >= 4) {
        long += 1;
        capital += usize::from(
            word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| !c.is_lowercase()),
        );
    }
    long > 0 && capital * 4 >= long * 3
}

/// Headlines leave out articles and say "is" rarely.
fn has_article(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        ["the", "a", "an", "is", "was", "were", "are", "he", "she", "they", "it", "we", "i"]
            .iter()
            .any(|article| word.eq_ignore_ascii_case(article))
    })
}

/// A few words without a full stop, not the start of something that goes on.
fn is_label(line: &Line<'_>) -> bool {
    line.words <= 10
        && !line.terminal
        && line.text.contains(char::is_alphabetic)
        && !line.text.ends_with([':', ',', ';', '-', '–', '—'])
        && line
            .text
            .trim_start_matches(['"', '“', '‘', '\''])
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}
