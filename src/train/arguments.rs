//! What stands on the command line of the trainer.

use crate::error::{Error, Result};
use crate::factuality::Scale;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(super) const HELP: &str = "\
sayso-train: trains the models of sayso; each is written with a card beside it (.toml)

  sayso-train sentences --train FILE.conllu... --out FILE.model
  sayso-train classes   --text FILE... --out CLASSES.tsv
  sayso-train tagger    --train FILE.conllu... [--silver FILE.conllu] [--dev FILE.conllu...] [--classes CLASSES.tsv] --out FILE.model
  sayso-train parser    the same, and --tagger FILE.model
  sayso-train names     --train FILE... [--dev FILE...] [--fold FILE...] --tagger FILE.model --out FILE.model
  sayso-train attribution --train FILE.jsonl... [--silver FILE.jsonl] [--inner FILE.jsonl] [--labels FILE.txt --articles FILE.jsonl...] [--dev FILE.jsonl...] --out FILE.model
  sayso-train coreference --train FILE... [--dev FILE...] --out FILE.model
  sayso-train stance    --train FILE.jsonl... [--labels FILE.txt... --articles FILE.jsonl...] [--written FILE.txt...] [--silver FILE.jsonl] [--dev FILE.jsonl...] --out FILE.model
  sayso-train examples  what stance learns from, as articles for a teacher: --train, --labels, --articles, --written --out FILE.jsonl
  sayso-train sentiment --train FILE.jsonl... [--silver FILE.jsonl] [--vectors FILE.tsv] [--dev FILE.jsonl...] --out FILE.model
  sayso-train claims    --train FILE.jsonl... [--bodies FILE.jsonl] [--folds N] [--out FILE.model]
  sayso-train factuality --scale uw|uds --train FILE.jsonl... [--beside FILE.jsonl...] [--dev FILE.jsonl...] --out FILE.model

  --train    treebanks (CoNLL-U); for names JSON lines with \"text\" and \"entities\", or lines with [GPE names] in
             brackets; for attributions JSON lines with \"text\" and \"attributions\" of \"source\", \"cue\" and \"content\", each a
             list of [start, end] in code points; for coreference JSON lines with \"clusters\" or with a \"source_entity\" of
             attributions, or the columns of GAP; for sentiment JSON lines with \"text\", \"start\", \"end\" and
             \"label\"; for factuality JSON lines with \"text\" and \"events\" of \"start\", \"end\" and \"value\"; .gz too
  --silver   a treebank that another parser labelled, with Conf=0.97 in the last column; articles that another model labelled; targets
             with three \"scores\" in the place of a label; for stance articles with \"acts\" and \"factualities\", the chance of
             each, which is mixed with what people say of the same attributions
  --inner    attributions with a \"parent\", in whose content they stand
  --written  texts written for training: lines \"act factuality | about or - | {source} [cue] <content>\", or articles (\"===\")
             with numbers in the marks and labels below
  --labels   below the id of an article (\"===\"), which is one of --articles, lines \"id act factuality about\" of its attributions and
             \"id > source cue content act factuality about\" of those inside, in code points; for attributions these alone are learned
  --beside   events on another scale, which share what they have in common
  --bodies   articles of pairs for claims: JSON lines with \"body_id\", \"topic\" (the number of the story), \"text\"; the pairs
             have \"id\", \"headline\", \"body_id\", \"label\". Without, headlines: \"id\", \"claim_id\", \"claim\", \"headline\", \"label\"
  --folds N  claims: figures by cross-validation over claims or stories, into the card where there is an --out
  --dev      measured after training; the figures go into the card
  --fold     measured by training on four fifths of these documents and the rest of --train, in turns
  --vectors  a word and its numbers a line: where the vectors of words begin
  --text     raw text for word classes: .jsonl with a field \"text\", or CoNLL-U
  --classes  word classes; without, the tagger knows words from the treebank alone
  --seed N   where chance begins (1)
  --date D   date of the card (today)
  --scale S  of factuality: uw or uds
";

/// What stands on the command line.
pub(super) struct Arguments {
    pub(super) what: String,
    files: BTreeMap<String, Vec<PathBuf>>,
    pub(super) seed: u64,
    pub(super) folds: Option<usize>,
    pub(super) date: Option<String>,
    pub(super) scale: Option<Scale>,
}

impl Arguments {
    pub(super) fn read(given: Vec<String>) -> Result<Option<Self>> {
        use lexopt::Arg::{Long, Short, Value};
        let wrong = |error: lexopt::Error| Error::usage(format!("{error}; see sayso-train --help"));
        let mut parser = lexopt::Parser::from_args(given);
        let mut found = Self {
            what: String::new(),
            files: BTreeMap::new(),
            seed: 1,
            folds: None,
            date: None,
            scale: None,
        };
        while let Some(argument) = parser.next().map_err(wrong)? {
            match argument {
                Long("help") | Short('h') => return Ok(None),
                Long("seed") => {
                    let value = parser.value().map_err(wrong)?;
                    let seed = value.to_str().and_then(|value| value.parse().ok());
                    found.seed = seed
                        .ok_or_else(|| Error::usage(format!("--seed: expected a number, found {value:?}")))?;
                }
                Long("folds") => {
                    let value = parser.value().map_err(wrong)?;
                    let folds =
                        value.to_str().and_then(|value| value.parse().ok()).filter(|folds| *folds > 1);
                    found.folds = Some(folds.ok_or_else(|| {
                        Error::usage(format!("--folds: expected a number from 2, found {value:?}"))
                    })?);
                }
                Long("scale") => {
                    let value = parser.value().map_err(wrong)?;
                    let scale = value.to_str().and_then(Scale::from_name);
                    let names = Scale::NAMES.join(" or ");
                    found.scale = Some(scale.ok_or_else(|| {
                        Error::usage(format!("--scale: expected {names}, found {value:?}"))
                    })?);
                }
                Long("date") => found.date = parser.value().map_err(wrong)?.into_string().ok(),
                Long(
                    name @ ("train" | "dev" | "fold" | "silver" | "text" | "classes" | "tagger" | "inner"
                    | "beside" | "bodies" | "vectors" | "written" | "labels" | "articles" | "out"),
                ) => {
                    let name = name.to_owned();
                    let values = parser.values().map_err(wrong)?.map(PathBuf::from);
                    found.files.entry(name).or_default().extend(values);
                }
                Value(what) if found.what.is_empty() => {
                    found.what = what.to_string_lossy().into_owned();
                }
                other => return Err(wrong(other.unexpected())),
            }
        }
        Ok((!found.what.is_empty()).then_some(found))
    }

    /// The files given for an option.
    pub(super) fn files(&self, option: &str) -> &[PathBuf] {
        self.files.get(option).map_or(&[], Vec::as_slice)
    }

    /// The files of an option that has to be there.
    pub(super) fn needed(&self, option: &str) -> Result<&[PathBuf]> {
        match self.files(option) {
            [] => {
                Err(Error::usage(format!("{}: expected --{option} FILE; see sayso-train --help", self.what)))
            }
            files => Ok(files),
        }
    }

    /// The one file of an option that has to be there.
    pub(super) fn one(&self, option: &str) -> Result<&Path> {
        match self.needed(option)? {
            [file] => Ok(file),
            files => Err(Error::usage(format!("--{option}: expected one file, found {}", files.len()))),
        }
    }
}
