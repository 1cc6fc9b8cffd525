//! Attributions for a teacher to learn from, and what it says of them: the chance of every act and factuality.

use super::gold::{Chances, Labelled, Marked, read_articles};
use crate::error::{Error, Result};
use crate::labels::{Act, Factuality};
use crate::offsets::Offsets;
use crate::span::Span;
use crate::stance::LABELS;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::Path;

/// Writes the attributions of some corpora, by their names, as articles for a teacher, a line each.
///
/// # Errors
/// A file that cannot be written.
pub(in crate::train) fn write(path: &Path, texts: &[(String, Vec<Marked>)]) -> Result<()> {
    let write = || {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        for (corpus, texts) in texts {
            for marked in texts {
                writeln!(out, "{}", article(corpus, marked))?;
            }
        }
        out.flush()
    };
    write().map_err(|error: std::io::Error| Error::file(path, error))
}

fn article(corpus: &str, marked: &Marked) -> Value {
    let offsets = Offsets::new(&marked.text);
    let points = |spans: &[Span]| -> Vec<[u32; 2]> {
        spans.iter().map(|span| [offsets.point(span.start), offsets.point(span.end)]).collect()
    };
    let row = |(number, labelled): (usize, &Labelled)| {
        let [source, cue, content] = labelled.roles.each_ref().map(|spans| points(spans));
        let parent = labelled.parent.map(|parent| parent.to_string());
        let (act, factuality) = (labelled.labels.act.name(), labelled.labels.factuality.name());
        json!({"id": number.to_string(), "parent": parent, "source": source, "cue": cue, "content": content,
               "act": act, "factuality": factuality})
    };
    let attributions: Vec<Value> = marked.attributions.iter().enumerate().map(row).collect();
    json!({"corpus": corpus, "text": marked.text, "attributions": attributions})
}

/// The chances in the labels of an attribution, `"acts": {"assert": 0.7, ...}, "factualities": {"CT+": 0.9, ...}`; none
/// where neither is there.
pub(super) fn chances(
    acts: Option<&Value>,
    factualities: Option<&Value>,
) -> std::result::Result<Option<Chances>, String> {
    if acts.is_none() && factualities.is_none() {
        return Ok(None);
    }
    let empty = Map::new();
    let of = |value: Option<&Value>, name: &str| {
        let chance = value.and_then(Value::as_object).unwrap_or(&empty).get(name).and_then(Value::as_f64);
        let chance = chance.filter(|chance| (0.0..=1.0).contains(chance)).map(|chance| chance as f32);
        chance.ok_or_else(|| format!("expected \"acts\" and \"factualities\" with a chance of {name:?}"))
    };
    let mut found = [0.0; LABELS];
    let acts = Act::ALL.iter().map(|act| of(acts, act.name()));
    let labels = acts.chain(Factuality::ALL.iter().map(|label| of(factualities, label.name())));
    for (place, chance) in found.iter_mut().zip(labels) {
        *place = chance?;
    }
    Ok(Some(found))
}

/// Reads articles as [`write`] has them with the chances that a teacher gave each attribution.
///
/// # Errors
/// A line that is none, or an attribution without chances: file, line and what was expected.
pub(in crate::train) fn read_silver(path: &Path) -> Result<Vec<Marked>> {
    read_articles(path, |article| {
        let bare = article.relations.iter().find(|gold| !gold.labels.contains_key("acts"));
        bare.map_or(Ok(()), |gold| {
            Err(format!("expected \"acts\" and \"factualities\" of attribution {:?}", gold.id))
        })
    })
}

/// Gives attributions that a teacher read too the mean of what people and what it say, and gives back the texts that it
/// alone labelled.
pub(in crate::train) fn teach(texts: &mut [(String, Vec<Marked>)], mut silver: Vec<Marked>) -> Vec<Marked> {
    let mut said: FxHashMap<(&str, &[Vec<Span>; 3]), Chances> = FxHashMap::default();
    for Marked { text, attributions } in &silver {
        said.extend(attributions.iter().map(|labelled| ((text.as_str(), &labelled.roles), labelled.chances)));
    }
    let (mut taught, mut all) = (0, 0);
    for Marked { text, attributions } in texts.iter_mut().flat_map(|(_, texts)| texts) {
        for labelled in attributions {
            all += 1;
            let Some(said) = said.get(&(text.as_str(), &labelled.roles)) else { continue };
            taught += 1;
            let pairs = labelled.chances.iter_mut().zip(said);
            pairs.for_each(|(chance, said)| *chance = (*chance + said) / 2.0);
        }
    }
    drop(said);
    let known: FxHashSet<&str> =
        texts.iter().flat_map(|(_, texts)| texts).map(|marked| marked.text.as_str()).collect();
    silver.retain(|marked| !known.contains(marked.text.as_str()));
    eprintln!("a teacher read {taught} of {all} attributions, and {} other texts", silver.len());
    silver
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::read;
    use super::*;

    /// An article as a teacher gives it back, sure of one label of each kind.
    fn taught(mut article: Value, act: &str, factuality: &str) -> Value {
        for row in article["attributions"].as_array_mut().unwrap() {
            let sure = |names: Vec<&str>, label| -> Map<String, Value> {
                names
                    .iter()
                    .map(|name| ((*name).to_owned(), f64::from(u8::from(*name == label)).into()))
                    .collect()
            };
            row["acts"] = sure(Act::ALL.iter().map(|act| act.name()).collect(), act).into();
            let names = Factuality::ALL.iter().map(|label| label.name()).collect();
            row["factualities"] = sure(names, factuality).into();
        }
        article
    }

    #[test]
    fn what_people_and_the_teacher_say_is_mixed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, silver) = (folder.path().join("a.txt"), folder.path().join("silver.jsonl"));
        std::fs::write(
            &path,
            "deny CT- | - | {Zoë} [said] <it was not so>.\nassert CT+ | - | {She} [said] <no>.\n",
        )
        .unwrap();
        let mut texts = vec![("own".to_owned(), read(&path).unwrap())];
        let [first, _] = &texts[0].1[..] else { unreachable!() };
        let other = json!({"text": "He said yes.", "attributions": [{"id": "0", "source": [[0, 2]], "cue": [[3, 7]],
            "content": [[8, 11]], "act": "confirm", "factuality": "CT+"}]});
        let rows = [taught(article("own", first), "assert", "CT-"), taught(other, "confirm", "CT+")];
        std::fs::write(&silver, rows.map(|row| row.to_string()).join("\n")).unwrap();
        let alone = teach(&mut texts, read_silver(&silver).unwrap());
        let chance = |marked: &Marked, act: Act| marked.attributions[0].chances[act as usize];
        let own = &texts[0].1;
        assert_eq!([Act::Deny, Act::Assert].map(|act| chance(&own[0], act)), [0.5, 0.5]);
        assert_eq!([Act::Deny, Act::Assert].map(|act| chance(&own[1], act)), [0.0, 1.0]);
        assert_eq!((alone.len(), chance(&alone[0], Act::Confirm)), (1, 1.0));
        let bare = folder.path().join("bare.jsonl");
        write(&bare, &texts).unwrap();
        let fault = read_silver(&bare).err().unwrap().to_string();
        assert!(fault.contains("bare.jsonl:1: expected \"acts\""), "{fault}");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let (path, again) = (folder.path().join("a.txt"), folder.path().join("a.jsonl"));
        let text = "=== a\n{1: Zoë} [1: said] <1: {2: he} [2: denied] <2: it>>.\n--- labels\n1 deny CT- -\n2 deny CT- -\n";
        std::fs::write(&path, text).unwrap();
        let found = read(&path).unwrap();
        write(&again, &[("own".to_owned(), read(&path).unwrap())]).unwrap();
        let shown = |marked: &Marked| -> Vec<_> {
            let of = |l: &Labelled| (l.roles.clone(), l.parent, l.labels.act, l.labels.factuality);
            marked.attributions.iter().map(of).collect()
        };
        assert_eq!(shown(&read(&again).unwrap()[0]), shown(&found[0]));
    }

    #[test]
    fn a_chance_that_is_missing_is_told() {
        let fault = chances(Some(&json!({"assert": 1.5})), None).unwrap_err();
        assert!(fault.contains("a chance of \"assert\""), "{fault}");
    }
}
