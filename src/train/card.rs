//! Model cards: what a model was trained on, under which licence, with which figures.

use super::arguments::Arguments;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// What is known of the corpora that stand in folders of these names.
const SOURCES: &str = include_str!("../../data/models/sources.toml");

/// A corpus, its licence and whom to credit.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Source {
    name: String,
    licence: String,
    credit: String,
    /// What a model learns from it and gets wrong, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limits: Option<String>,
}

#[derive(Serialize)]
struct Card<'a> {
    kind: &'a str,
    date: String,
    seed: u64,
    bytes: usize,
    licence: &'a str,
    figures: BTreeMap<String, f64>,
    data: Vec<Source>,
}

/// What a corpus goes by: the name of its folder.
pub(super) fn corpus(path: &Path) -> String {
    path.parent().and_then(Path::file_name).map_or(String::new(), |folder| folder.to_string_lossy().into())
}

/// A figure in percent, with what it was measured on.
pub(super) type Figure = (String, f64);

/// Writes a model and, beside it, its card.
pub(super) fn write(
    out: &Path,
    kind: &str,
    model: &[u8],
    given: &Arguments,
    figures: Vec<Figure>,
) -> Result<()> {
    let card = card(kind, model.len(), given, figures)?;
    let text = toml::to_string(&card).map_err(|error| Error::usage(format!("card: {error}")))?;
    std::fs::write(out, model).map_err(|error| Error::file(out, error))?;
    let beside = out.with_extension("toml");
    std::fs::write(&beside, &text).map_err(|error| Error::file(&beside, error))?;
    println!("{}, {} kB\n{text}", out.display(), model.len() / 1000);
    Ok(())
}

fn card<'a>(kind: &'a str, bytes: usize, given: &Arguments, figures: Vec<Figure>) -> Result<Card<'a>> {
    let known: BTreeMap<String, Source> =
        toml::from_str(SOURCES).map_err(|error| Error::usage(format!("sources.toml: {error}")))?;
    let mut data: Vec<Source> = Vec::new();
    for path in ["train", "text", "inner", "silver", "beside", "written", "labels"]
        .iter()
        .flat_map(|option| given.files(option))
    {
        let folder = corpus(path);
        // Of several files in a folder each may have an entry of its own.
        let stem = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let stem = stem.split('.').next().unwrap_or_default();
        let source = known.get(stem).or_else(|| known.get(&folder)).cloned().unwrap_or_else(|| Source {
            name: path.file_name().map_or(folder, |name| name.to_string_lossy().into()),
            licence: "not stated".to_owned(),
            credit: String::new(),
            limits: None,
        });
        if data.iter().all(|other| other.name != source.name) {
            data.push(source);
        }
    }
    if let (false, Some(classes)) = (given.files("classes").is_empty(), known.get("classes")) {
        data.push(classes.clone());
    }
    let share_alike = data.iter().any(|source| source.licence.contains("BY-SA"));
    Ok(Card {
        kind,
        date: given.date.clone().unwrap_or_else(today),
        seed: given.seed,
        bytes,
        licence: if share_alike { "CC BY-SA 4.0" } else { "that of the data below" },
        figures: figures.into_iter().map(|(name, value)| (name, (value * 100.0).round() / 100.0)).collect(),
        data,
    })
}

/// The date in UTC, by the civil calendar.
fn today() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = now.map_or(0, |since| since.as_secs() / 86_400) as i64 + 719_468;
    // Days since March 1st of the year 0, in eras of 400 years (Hinnant, "chrono-compatible low-level date algorithms").
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (date, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{month:02}-{date:02}", year + era * 400 + i64::from(month <= 2))
}
