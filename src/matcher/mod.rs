//! Many phrases at once: whole words, leftmost, longest.
//!
//! A search that takes raw hits and then throws away those inside words is both slow and wrong: the
//! longest raw hit may end inside a word where a shorter one ends at its edge. So the boundaries are part
//! of the search: the automaton runs anchored from each place where a word may begin, and remembers the
//! last phrase that ended where a word may end. Most words leave the automaton after two or three bytes.
//! No other module imports aho-corasick.

mod boundary;
mod starts;

use crate::error::{Error, Result};
use crate::span::Span;
use aho_corasick::automaton::Automaton;
use aho_corasick::{Anchored, MatchKind, StartKind, dfa, nfa::contiguous};
use starts::Starts;

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Where it stands.
    pub span: Span,
    /// The id that was given with the phrase.
    pub id: u32,
}

/// What phrases are compiled to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The quickest where there are a few hundred phrases; large and slow to build above that.
    Dfa,
    /// Small and quickly built.
    Nfa,
}

enum Compiled {
    Dfa(dfa::DFA),
    Nfa(contiguous::NFA),
}

/// Phrases compiled for searching.
pub struct Matcher {
    automaton: Compiled,
    ids: Vec<u32>,
    lengths: Vec<u32>,
    starts: Starts,
}

impl Matcher {
    /// Compiles phrases, each with the id that its matches will carry. Of two equal phrases the first holds.
    ///
    /// With `ignore_case`, ASCII letters match in either case.
    ///
    /// # Errors
    /// An empty phrase, or more phrases than the automaton can hold (some hundred million bytes of them).
    pub fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, u32)>, ignore_case: bool) -> Result<Self> {
        Self::of(Kind::Nfa, phrases, ignore_case)
    }

    /// The same, with a choice of what the phrases are compiled to.
    ///
    /// # Errors
    /// As [`Matcher::new`].
    pub fn of<'p>(
        kind: Kind,
        phrases: impl IntoIterator<Item = (&'p str, u32)>,
        ignore_case: bool,
    ) -> Result<Self> {
        let (mut patterns, mut ids, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        let mut starts = Starts::default();
        for (phrase, id) in phrases {
            if phrase.is_empty() {
                return Err(Error::usage(format!("phrase with the id {id} is empty")));
            }
            starts.add(phrase.as_bytes(), ignore_case);
            patterns.push(phrase);
            ids.push(id);
            lengths.push(phrase.len() as u32);
        }
        let longest = MatchKind::LeftmostLongest;
        let automaton = match kind {
            Kind::Dfa => dfa::Builder::new()
                .match_kind(longest)
                .ascii_case_insensitive(ignore_case)
                .start_kind(StartKind::Anchored)
                .build(&patterns)
                .map(Compiled::Dfa),
            Kind::Nfa => contiguous::Builder::new()
                .match_kind(longest)
                .ascii_case_insensitive(ignore_case)
                .build(&patterns)
                .map(Compiled::Nfa),
        };
        let automaton =
            automaton.map_err(|error| Error::usage(format!("{} phrases: {error}", patterns.len())))?;
        Ok(Self { automaton, ids, lengths, starts })
    }

    /// All matches in `text`, in order and without overlap: at each place the longest phrase that begins and
    /// ends at a word boundary, then on from its end. Linear in the text for phrases of bounded length.
    pub fn find<'m>(&'m self, text: &'m str) -> impl Iterator<Item = Match> + 'm {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(start) = boundary::next_start(text, at, &self.starts) {
                if let Some((end, pattern)) = self.longest(text, start) {
                    at = end;
                    return Some(Match { span: Span::new(start, end), id: self.ids[pattern] });
                }
                at = start + 1;
            }
            None
        })
    }

    /// The longest phrase that begins at byte `start`, which is taken for a word boundary, and ends at one.
    pub fn find_at(&self, text: &str, start: usize) -> Option<Match> {
        if !self.starts.may_begin(text.as_bytes(), start) {
            return None;
        }
        let (end, pattern) = self.longest(text, start)?;
        Some(Match { span: Span::new(start, end), id: self.ids[pattern] })
    }

    fn longest(&self, text: &str, start: usize) -> Option<(usize, usize)> {
        match &self.automaton {
            Compiled::Dfa(automaton) => self.run(automaton, text, start),
            Compiled::Nfa(automaton) => self.run(automaton, text, start),
        }
    }

    fn run(&self, automaton: &impl Automaton, text: &str, start: usize) -> Option<(usize, usize)> {
        let bytes = text.as_bytes();
        let mut state = automaton.start_state(Anchored::Yes).ok()?;
        let mut best = None;
        for (i, &byte) in bytes.iter().enumerate().skip(start) {
            state = automaton.next_state(Anchored::Yes, state, byte);
            if automaton.is_special(state) {
                if automaton.is_dead(state) {
                    break;
                }
                if automaton.is_match(state) {
                    let pattern = automaton.match_pattern(state, 0).as_usize();
                    let end = i + 1;
                    // A match state may also stand for a phrase that began later: its length tells.
                    if self.lengths[pattern] as usize == end - start && boundary::is_boundary(text, end) {
                        best = Some((end, pattern));
                    }
                }
            }
        }
        best
    }
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Matcher({} phrases)", self.ids.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every boundary in turn, every phrase in turn: slow, and plainly right.
    fn naive(phrases: &[String], text: &str) -> Vec<Match> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < text.len() {
            let fits = |p: &&String| {
                text.is_char_boundary(at)
                    && boundary::is_boundary(text, at)
                    && text[at..].starts_with(p.as_str())
                    && boundary::is_boundary(text, at + p.len())
            };
            match phrases.iter().filter(fits).max_by_key(|p| p.len()) {
                Some(best) => {
                    let id = phrases.iter().position(|p| p == best).unwrap_or_default() as u32;
                    found.push(Match { span: Span::new(at, at + best.len()), id });
                    at += best.len();
                }
                None => at += 1,
            }
        }
        found
    }

    fn found(phrases: &[String], text: &str) -> Vec<Match> {
        let pairs = phrases.iter().enumerate().map(|(i, p)| (p.as_str(), i as u32));
        Matcher::new(pairs, false).map(|m| m.find(text).collect()).unwrap_or_default()
    }

    #[test]
    fn the_longest_phrase_that_ends_with_a_word_wins() {
        let phrases = ["US", "US Army", "Army Corps", "é", "'s"].map(String::from);
        for (text, want) in [
            ("US Army", vec!["US Army"]),
            ("US Armyman", vec!["US"]),
            ("a BUS, US", vec!["US"]),
            ("US Army Corps", vec!["US Army"]),
            ("the Army Corps", vec!["Army Corps"]),
            ("café é", vec!["é"]),
            ("US's", vec!["US", "'s"]),
        ] {
            let have: Vec<&str> = found(&phrases, text).iter().map(|m| m.span.of(text)).collect();
            assert_eq!(have, want, "{text}");
        }
    }

    #[test]
    fn case_is_ignored_where_asked() {
        let matcher = Matcher::new([("according to", 7)], true).expect("a phrase");
        assert_eq!(matcher.find("According TO them").map(|m| m.id).collect::<Vec<_>>(), [7]);
    }

    proptest! {
        #[test]
        fn equal_to_the_naive_matcher(
            phrases in prop::collection::vec("[abé \u{301}'-]{1,4}", 1..12),
            text in "[abéÉ .\u{301}'-]{0,60}",
        ) {
            prop_assert_eq!(found(&phrases, &text), naive(&phrases, &text));
        }

        #[test]
        fn equal_on_any_unicode(phrases in prop::collection::vec("\\PC{1,3}", 1..6), text in "\\PC{0,40}") {
            prop_assert_eq!(found(&phrases, &text), naive(&phrases, &text));
        }
    }
}
