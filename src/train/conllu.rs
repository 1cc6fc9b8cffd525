//! Treebanks: CoNLL-U files, also gzipped.

use crate::error::{Error, Result};
use crate::tagset::{Fine, Pos, Rel, Tags};
use std::path::Path;

/// A sentence of a treebank. All vectors have an element a syntactic word.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The words.
    pub words: Vec<String>,
    /// Their tags.
    pub tags: Vec<Tags>,
    /// Index of the head of each word; the number of words for the root.
    pub heads: Vec<u32>,
    /// Relation to the head.
    pub rels: Vec<Rel>,
    /// `# genre`, where it is known.
    pub genre: String,
    /// How sure a teacher was of each word (`Conf` in the last column), where one labelled it.
    pub sure: Vec<f32>,
}

impl Sentence {
    /// Whether a teacher was sure enough of the sentence to learn from it.
    pub(super) fn is_sure(&self) -> bool {
        let sum: f32 = self.sure.iter().sum();
        !self.sure.is_empty() && sum >= SURE * self.sure.len() as f32
    }
}

/// The mean confidence of a silver sentence that is learnt from.
const SURE: f32 = 0.9;

/// Reads the sentences of a file.
///
/// # Errors
/// A file that cannot be read, a line that is no CoNLL-U, a head that is not there, a cycle: file, line, and what was
/// expected. A file without a sentence.
pub fn read(path: &Path) -> Result<Vec<Sentence>> {
    parse(&path.display().to_string(), &super::text::read(path)?)
}

/// Reads the sentences of a text; `file` is for messages.
pub(super) fn parse(file: &str, text: &str) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut genre = String::new();
    let mut first = 0;
    for (i, line) in text.lines().chain([""]).enumerate() {
        if line.trim().is_empty() {
            if !sentence.words.is_empty() {
                check(file, first, &sentence)?;
                sentence.genre.clone_from(&genre);
                sentences.push(std::mem::take(&mut sentence));
            }
        } else if let Some(comment) = line.strip_prefix('#') {
            if let Some(name) = comment.trim().strip_prefix("genre = ") {
                genre = name.to_owned();
            }
        } else {
            if sentence.words.is_empty() {
                first = i + 1;
            }
            word(file, i + 1, line, &mut sentence)?;
        }
    }
    if sentences.is_empty() {
        return Err(Error::row(file, 1, "expected a sentence, found none"));
    }
    for sentence in &mut sentences {
        for head in &mut sentence.heads {
            *head = if *head == 0 { sentence.words.len() as u32 } else { *head - 1 };
        }
    }
    Ok(sentences)
}

/// Reads one line; ranges and empty nodes are passed over. Heads count from 1 as yet.
fn word(file: &str, line: usize, text: &str, sentence: &mut Sentence) -> Result<()> {
    let expected = |what: String| Error::row(file, line, what);
    let cells: Vec<&str> = text.split('\t').collect();
    let [id, form, _, pos, fine, _, head, rel, _, misc] = cells[..] else {
        return Err(expected(format!("expected 10 columns with tabs between them, found {}", cells.len())));
    };
    if id.contains(['-', '.']) {
        return Ok(());
    }
    let next = sentence.words.len() + 1;
    if id.parse() != Ok(next) {
        return Err(expected(format!("expected the word {next}, found {id:?}")));
    }
    if form.is_empty() {
        return Err(expected("expected a word, found an empty cell".to_owned()));
    }
    let pos = Pos::from_name(pos)
        .ok_or_else(|| expected(format!("expected a universal part of speech, found {pos:?}")))?;
    let fine =
        Fine::from_name(fine).ok_or_else(|| expected(format!("expected a Penn tag or _, found {fine:?}")))?;
    let head: u32 =
        head.parse().map_err(|_| expected(format!("expected the number of the head, found {head:?}")))?;
    let rel =
        Rel::read(rel).ok_or_else(|| expected(format!("expected a universal relation, found {rel:?}")))?;
    sentence.words.push(form.to_owned());
    sentence.tags.push(Tags { pos, fine });
    sentence.heads.push(head);
    sentence.rels.push(rel);
    let sure = misc.split('|').find_map(|cell| cell.strip_prefix("Conf=")?.parse::<f32>().ok());
    sentence.sure.extend(sure);
    Ok(())
}

/// Whether the heads make a tree.
fn check(file: &str, first: usize, sentence: &Sentence) -> Result<()> {
    let count = sentence.words.len();
    let expected = |what: String| Error::row(file, first, what);
    for (i, &head) in sentence.heads.iter().enumerate() {
        if head as usize > count {
            return Err(expected(format!("word {}: expected a head from 0 to {count}, found {head}", i + 1)));
        }
    }
    // From every word the root is reached in at most as many steps as there are words.
    let mut safe = vec![false; count + 1];
    safe[0] = true;
    for start in 1..=count {
        let mut path = Vec::new();
        let mut at = start;
        while !safe[at] {
            if path.len() > count {
                return Err(expected(format!("word {start}: expected a tree, found a cycle of heads")));
            }
            path.push(at);
            at = sentence.heads[at - 1] as usize;
        }
        for word in path {
            safe[word] = true;
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const GOOD: &str = "# genre = news\n1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tsank\tsink\tVERB\tVBD\t_\t0\troot\t_\t_\n";

    #[test]
    fn a_sentence_is_read() {
        let text =
            format!("{GOOD}\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\tVB\t_\t0\troot:x\t_\t_\n");
        let sentences = parse("x", &text).unwrap();
        assert_eq!(sentences[0].heads, [1, 2]);
        assert_eq!((sentences[1].words.len(), sentences[1].rels[0]), (1, Rel::Root));
        assert_eq!(sentences[0].genre, "news");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let change = |from: &str, to: &str| GOOD.replace(from, to);
        let cases = [
            (String::new(), "x:1: expected a sentence"),
            (change("\t_\n2", "\n2"), "x:2: expected 10 columns"),
            (change("2\tnsubj", "7\tnsubj"), "x:2: word 1: expected a head from 0 to 2, found 7"),
            (change("0\troot", "1\troot"), "x:2: word 1: expected a tree, found a cycle"),
            (change("2\tsank", "3\tsank"), "x:3: expected the word 2, found \"3\""),
            (change("VERB", "V"), "x:3: expected a universal part of speech, found \"V\""),
            (change("0\troot", "zero\troot"), "x:3: expected the number of the head"),
            (change("nsubj", "subject"), "x:2: expected a universal relation"),
        ];
        for (text, expected) in cases {
            let found = parse("x", &text).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{found}");
        }
    }
}
