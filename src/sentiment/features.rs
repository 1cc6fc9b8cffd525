//! What the network sees of a target and the words around it.

use super::Layers;
use crate::segment::{Segments, Token, TokenKind};
use crate::span::Span;
use crate::tagset::{Fine, Rel};

/// Words of a sentence that are read, before the target and after it.
const BEFORE: usize = 40;
const AFTER: usize = 48;

/// Quotations that are looked through, backwards, for the one around a word.
const INNER: usize = 8;

/// Rows of the vectors of words that no word of the vocabulary has: unknown, and the names and pronouns of the target.
pub(crate) const UNKNOWN: u32 = 0;
const NAME: u32 = 1;
const PRONOUN: u32 = 2;
/// How many these are.
pub(crate) const RESERVED: usize = 3;

/// Steps of a distance in words: 1, 2, 3, 4-5, 6-8, 9-12, 13-20 and more.
const STEPS: [usize; 7] = [1, 2, 3, 5, 8, 12, 20];

/// The small tables, and the rows in each: fine tag, relation to the head, distance in words, way through the tree,
/// relation by which the target hangs on what it shares with the word, quotation.
pub(crate) const TABLES: [usize; 6] = [Fine::ALL.len(), Rel::ALL.len() + 1, 17, 17, Rel::ALL.len() + 1, 4];

/// A target in its sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) tokens: Vec<Seen>,
    /// The tokens of the target.
    pub(crate) target: std::ops::Range<usize>,
}

/// A token as the network sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Seen {
    /// The word: a row of its own below [`RESERVED`], or the hash of the lower form.
    pub(crate) word: Form,
    /// A row of each of [`TABLES`].
    pub(crate) rows: [u8; TABLES.len()],
    /// The token it hangs on, where that is read too.
    pub(crate) head: Option<u32>,
}

/// A word before it is looked up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    /// Of the vocabulary, by the hash of its lower form.
    Hash(u32),
    /// A row that needs no look.
    Row(u32),
}

/// The target at `span` with its sentence, or with the sentences that it runs over; none where no word is.
pub(crate) fn case(layers: Layers<'_>, span: Span) -> Option<Case> {
    if span.start >= span.end {
        return None;
    }
    let tokens = &layers.segments.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let last = first + tokens[first..].iter().take_while(|token| token.span.start < span.end).count();
    let is_word = |token: &Token| matches!(token.kind, TokenKind::Word | TokenKind::Number);
    if !tokens[first..last].iter().any(is_word) {
        return None;
    }
    let sentences = &layers.segments.sentences;
    let sentence = |i: usize| sentences.get(sentences.partition_point(|s| s.range().end <= i));
    let (opens, closes) = (sentence(first)?.range().start, sentence(last - 1)?.range().end);
    let start = opens.max(first.saturating_sub(BEFORE));
    // A target that never ends is read to where any other would be left.
    let last = last.min(first + AFTER);
    let end = closes.min(last + AFTER);
    let view = View { layers, start, end, target: first..last };
    let ways = view.ways();
    let tokens = (start..end).map(|i| view.seen(i, ways[i - start])).collect();
    Some(Case { tokens, target: first - start..last - start })
}

/// The way from the target to a word: steps up to what they share, steps down, and by which relation the target hangs
/// there.
#[derive(Clone, Copy)]
struct Way {
    up: u8,
    down: u8,
    by: Rel,
}

struct View<'a> {
    layers: Layers<'a>,
    start: usize,
    end: usize,
    target: std::ops::Range<usize>,
}

impl View<'_> {
    /// The head of a token; none of a root, of one that is not parsed, or whose head is not read.
    fn head(&self, i: usize) -> Option<usize> {
        let head = self.layers.arcs.get(i).copied().flatten()?.head as usize;
        (head != i && (self.start..self.end).contains(&head)).then_some(head)
    }

    fn rel(&self, i: usize) -> Option<Rel> {
        self.layers.arcs.get(i).copied().flatten().map(|arc| arc.rel)
    }

    /// The token of the target that hangs outside it; of several the first.
    fn top(&self) -> usize {
        let outside = |i: &usize| self.head(*i).is_none_or(|head| !self.target.contains(&head));
        self.target.clone().find(outside).unwrap_or(self.target.start)
    }

    /// The way to every token that is read.
    fn ways(&self) -> Vec<Option<Way>> {
        let mut ways: Vec<Option<Way>> = vec![None; self.end - self.start];
        let (mut at, mut up) = (self.top(), 0u8);
        let mut by = self.rel(at).unwrap_or(Rel::Root);
        loop {
            ways[at - self.start] = Some(Way { up, down: 0, by });
            by = self.rel(at).unwrap_or(Rel::Root);
            match self.head(at) {
                // Arcs of a tree have no circles; a bound costs nothing.
                Some(head) if ways[head - self.start].is_none() => at = head,
                _ => break,
            }
            up = up.saturating_add(1);
        }
        // The others: up to one that is known, and down again.
        let mut chain = Vec::new();
        for i in self.start..self.end {
            let mut at = i;
            chain.clear();
            let known = loop {
                if let Some(way) = ways[at - self.start] {
                    break Some(way);
                }
                chain.push(at);
                match self.head(at) {
                    Some(head) if chain.len() <= ways.len() => at = head,
                    _ => break None,
                }
            };
            if let Some(mut way) = known {
                for at in chain.iter().rev() {
                    way.down = way.down.saturating_add(1);
                    ways[at - self.start] = Some(way);
                }
            }
        }
        ways
    }

    fn seen(&self, i: usize, way: Option<Way>) -> Seen {
        let tagged = self.layers.tagged;
        let inside = self.target.contains(&i);
        let fine = tagged.tags.get(i).map_or(Fine::Blank, |tags| tags.fine);
        let word = match fine {
            Fine::Nnp | Fine::Nnps if inside => Form::Row(NAME),
            Fine::Prp | Fine::PrpPoss if inside => Form::Row(PRONOUN),
            _ => tagged.words.get(i).map_or(Form::Row(UNKNOWN), |word| Form::Hash(word.lower)),
        };
        let rel = |rel: Option<Rel>| rel.map_or(Rel::ALL.len(), |rel| rel as usize);
        let (near, role) = match way {
            _ if inside => (0, rel(way.map(|way| way.by))),
            Some(Way { up, down: 0, by }) => (up.clamp(1, 3), rel(Some(by))),
            Some(Way { up: 0, down, by }) => (3 + down.min(2), rel(Some(by))),
            Some(Way { up, down, by }) => (6 + 3 * (up.min(3) - 1) + (down.min(3) - 1), rel(Some(by))),
            None => (15, Rel::ALL.len()),
        };
        let quotation = match (self.quotation(i), self.quotation(self.target.start)) {
            (None, None) => 0,
            (Some(word), Some(target)) if word == target => 1,
            (Some(_), _) => 2,
            (None, Some(_)) => 3,
        };
        let rows = [fine as usize, rel(self.rel(i)), self.distance(i), usize::from(near), role, quotation];
        Seen {
            word,
            rows: rows.map(|row| row as u8),
            head: self.head(i).map(|head| (head - self.start) as u32),
        }
    }

    /// The innermost quotation around a token.
    fn quotation(&self, i: usize) -> Option<usize> {
        let Segments { tokens, quotations, .. } = self.layers.segments;
        let at = tokens[i].span;
        let after = quotations.partition_point(|quotation| quotation.span.start <= at.start);
        let near = after.saturating_sub(INNER)..after;
        near.rev().find(|&number| quotations[number].span.contains(at))
    }

    /// The step of the distance in words; 0 inside the target.
    fn distance(&self, i: usize) -> usize {
        let step = |words: usize| STEPS.iter().position(|step| words <= *step).unwrap_or(STEPS.len());
        if i < self.target.start {
            1 + step(self.target.start - i)
        } else if i >= self.target.end {
            9 + step(i + 1 - self.target.end)
        } else {
            0
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::language::Language;
    use crate::segment::segment;
    use std::sync::LazyLock;

    static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::new(&[]).unwrap());

    /// The words of the case of a target, each with what is seen of it.
    fn seen(text: &str, target: &str) -> Vec<(String, Seen)> {
        let segments = segment(text, &clean(text));
        let tagged = LANGUAGE.tag(text, &segments);
        let arcs = LANGUAGE.parse(&segments, &tagged, |_| true);
        let start = text.find(target).unwrap();
        let layers = Layers { segments: &segments, tagged: &tagged, arcs: &arcs };
        let case = case(layers, Span::new(start, start + target.len())).unwrap();
        let first = segments.tokens.iter().position(|t| t.span.start as usize == start).unwrap();
        let words = segments.tokens[first - case.target.start..].iter().map(|t| t.span.of(text).to_owned());
        words.zip(case.tokens).collect()
    }

    fn of(words: &[(String, Seen)], word: &str) -> Seen {
        words.iter().find(|(text, _)| text == word).unwrap().1
    }

    #[test]
    fn the_way_tells_agent_and_patient_apart() {
        for (target, role, other) in [("Rook", Rel::Nsubj, "Holt"), ("Holt", Rel::Obj, "Rook")] {
            let words = seen("Rook criticised Holt on Monday.", target);
            let verb = of(&words, "criticised");
            assert_eq!((verb.rows[3], verb.rows[4]), (1, role as u8), "{target}");
            assert_eq!(of(&words, other).rows[3], 6, "a dependent of the head of {target}");
            assert_eq!(of(&words, target).rows[2..4], [0, 0]);
        }
    }

    #[test]
    fn the_name_of_the_target_is_not_seen_and_its_other_words_are() {
        let words =
            seen("Voters distrust the corrupt mayor Ole Rook, but not Holt.", "the corrupt mayor Ole Rook");
        for word in ["Ole", "Rook"] {
            assert_eq!(of(&words, word).word, Form::Row(NAME), "{word}");
        }
        for word in ["corrupt", "Holt", "distrust"] {
            assert!(matches!(of(&words, word).word, Form::Hash(_)), "{word}");
        }
        assert_eq!(of(&seen("I like her.", "her"), "her").word, Form::Row(PRONOUN));
    }

    #[test]
    fn quotation_and_distance_are_seen_from_the_target() {
        let words = seen("“Rook is a liar,” she said.", "Rook");
        assert_eq!((of(&words, "liar").rows[5], of(&words, "said").rows[5]), (1, 3));
        assert_eq!((of(&words, "is").rows[2], of(&words, "a").rows[2], of(&words, "“").rows[2]), (9, 10, 1));
    }

    #[test]
    fn a_target_is_read_with_its_own_sentence_or_with_all_that_it_runs_over() {
        let text = "Rook left. Holt stayed. Fenn slept.";
        let count = |target: &str| seen(text, target).len();
        assert_eq!((count("Holt"), count("Holt stayed. Fenn")), (3, 6));
    }

    #[test]
    fn every_row_is_in_its_table() {
        let text = format!("{}“He – ‘Mara Quill’ – (and) said: no!” Rook's.", "he said so and ".repeat(60));
        for target in ["Mara", "Quill’ – (and) said: no!” Rook", "said so and he"] {
            for (_, seen) in seen(&text, target) {
                assert!(seen.rows.iter().zip(TABLES).all(|(row, size)| usize::from(*row) < size), "{seen:?}");
            }
        }
    }
}
