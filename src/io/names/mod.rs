//! Tables of names into gazetteers, and gazetteers into files.

use super::walk::Packing;
use super::write::whole;
use crate::error::{Error, Result};
use crate::gazetteer::{self, Builder, Case, Gazetteer, Row};
use crate::labels::Label;
use crate::lexicon::Own;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

mod delimited;
mod rows;

/// Columns of a table of names. The first two have to be there.
const COLUMNS: [&str; 5] = ["name", "id", "label", "case", "variants"];
const KNOWN: &str =
    "a compiled gazetteer or a table of names, .tsv, .csv or .parquet, each also with .gz or .zst";

/// The cells of a row in the order of [`COLUMNS`]; empty where there is none.
type Cells<'c> = [&'c str; 5];

/// What is done with every row: its line or number, and its cells or what is wrong with it.
type Take<'t> = dyn FnMut(usize, std::result::Result<Cells<'_>, String>) -> Result<()> + 't;

/// The gazetteer in a file: compiled, which its first bytes tell, or a table, which its suffix tells.
///
/// A table has the columns `name` and `id`, and may have `label`, `case` ("exact", "ignore" or empty) and `variants`,
/// more names with `|` between. `case` here is what holds for rows that do not say.
///
/// # Errors
/// Where the file cannot be read, and at the first row that is not what it should be: file, line and what was expected.
pub fn load(path: &Path, case: Option<Case>) -> Result<Gazetteer> {
    let (gazetteer, _) = read(path, case, &mut Err)?;
    Ok(gazetteer)
}

/// The same, with every row that is not what it should be left out and told.
///
/// # Errors
/// Where the file as a whole cannot be read.
pub fn check(path: &Path) -> Result<(Gazetteer, Vec<Error>)> {
    let mut wrong = Vec::new();
    let (gazetteer, rows) = read(path, None, &mut |error| {
        wrong.push(error);
        Ok(())
    })?;
    if rows == 0 && wrong.is_empty() {
        wrong.push(Error::file(path, "no names in it"));
    }
    Ok((gazetteer, wrong))
}

/// Adds what is in a file to a user's own lists: a file as the lexicon has them, or any that [`load`] takes.
///
/// # Errors
/// As [`load`], and where a label is none of the lexicon's.
pub fn add(path: &Path, lists: &mut Own) -> Result<()> {
    if let Some(gazetteer) = compiled(path)? {
        for name in 0..gazetteer.len() as u32 {
            for &id in gazetteer.ids(name) {
                let (text, label) = (gazetteer.name(name), gazetteer.label(id));
                let label = labelled(label).map_err(|reason| Error::file(path, reason))?;
                lists.names.push((text.to_owned(), gazetteer.id(id).to_owned(), label));
            }
        }
        return Ok(());
    }
    let file = path.display().to_string();
    if !is_table(path)? {
        let text = fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
        lists.gazetteer.push((file, text));
        return Ok(());
    }
    // Whatever a gazetteer would refuse is refused here.
    let mut builder = Builder::default();
    each(path, &mut |line, cells| {
        let wrong = |reason| Error::row(&file, line, reason);
        let cells = cells.map_err(wrong)?;
        put(&mut builder, line, cells, None).map_err(wrong)?;
        let label = labelled(cells[2].trim()).map_err(wrong)?;
        let id = cells[1].trim();
        lists.names.extend(named(cells).map(|name| (name.to_owned(), id.to_owned(), label)));
        Ok(())
    })
}

/// Whether a file is a table of names: not the TSV of the lexicon, whose other columns say more of an entity.
fn is_table(path: &Path) -> Result<bool> {
    match suffix(path).1.as_str() {
        "csv" | "parquet" => return Ok(true),
        "tsv" => {}
        _ => return Ok(false),
    }
    let header = delimited::header(path, suffix(path).0)?;
    let more = ["short", "demonyms", "speaks_for", "gender", "country", "role"];
    let has = |column: &str| header.iter().any(|name| name == column);
    Ok(has("name") && has("id") && !more.into_iter().any(has))
}

fn labelled(label: &str) -> std::result::Result<Option<Label>, String> {
    match label {
        "" => Ok(None),
        label => match Label::from_name(label) {
            Some(label) => Ok(Some(label)),
            None => Err(format!("expected the label PER, ORG, GPE, LOC, NORP or OUTLET, found {label:?}")),
        },
    }
}

/// Writes a compiled gazetteer, whole or not at all.
///
/// # Errors
/// Where the file cannot be written.
pub fn save(gazetteer: &Gazetteer, path: &Path) -> Result<()> {
    whole(path, &gazetteer::pack(gazetteer))
}

fn read(
    path: &Path,
    case: Option<Case>,
    wrong: &mut dyn FnMut(Error) -> Result<()>,
) -> Result<(Gazetteer, usize)> {
    if let Some(gazetteer) = compiled(path)? {
        let names = gazetteer.len();
        return Ok((gazetteer, names));
    }
    let (file, mut builder) = (path.display().to_string(), Builder::default());
    each(path, &mut |line, cells| match cells.and_then(|cells| put(&mut builder, line, cells, case)) {
        Ok(()) => Ok(()),
        Err(reason) => wrong(Error::row(&file, line, reason)),
    })?;
    let rows = builder.len();
    Ok((builder.build()?, rows))
}

fn put(
    builder: &mut Builder,
    line: usize,
    cells: Cells<'_>,
    case: Option<Case>,
) -> std::result::Result<(), String> {
    let [_, id, label, own, _] = cells;
    let case = match own.trim() {
        "" => case,
        own => Some(
            Case::from_name(own)
                .ok_or_else(|| format!("expected the case exact or ignore, found {own:?}"))?,
        ),
    };
    named(cells).try_for_each(|name| builder.add(line, Row { name, id, label, case }))
}

/// The name and the variants of a row.
fn named<'c>([name, _, _, _, variants]: Cells<'c>) -> impl Iterator<Item = &'c str> {
    let variants = variants.split('|').map(str::trim).filter(|variant| !variant.is_empty());
    std::iter::once(name.trim()).chain(variants)
}

/// The gazetteer in a file that begins like a compiled one.
fn compiled(path: &Path) -> Result<Option<Gazetteer>> {
    let failed = |error| Error::file(path, error);
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(64).read_to_end(&mut head)).map_err(failed)?;
    if !gazetteer::is_compiled(&head) {
        return Ok(None);
    }
    gazetteer::unpack(path, &fs::read(path).map_err(failed)?).map(Some)
}

/// Every row of a table.
fn each(path: &Path, take: &mut Take<'_>) -> Result<()> {
    let (packing, suffix) = suffix(path);
    match suffix.as_str() {
        "tsv" => delimited::tsv(path, packing, take),
        "csv" => delimited::csv(path, packing, take),
        "parquet" => rows::parquet(path, packing, take),
        _ => Err(Error::file(path, format!("expected {KNOWN}"))),
    }
}

/// How a file is packed, and the suffix before that.
fn suffix(path: &Path) -> (Packing, String) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let (packing, name) = match name.rsplit_once('.') {
        Some((name, "gz")) => (Packing::Gzip, name),
        Some((name, "zst")) => (Packing::Zstd, name),
        _ => (Packing::None, name.as_str()),
    };
    (packing, name.rsplit_once('.').map_or("", |(_, suffix)| suffix).to_owned())
}

/// Which column of a header holds each of [`COLUMNS`].
fn places(path: &Path, line: usize, header: &[&str]) -> Result<[Option<usize>; 5]> {
    let places = COLUMNS.map(|column| header.iter().position(|name| *name == column));
    for (column, place) in COLUMNS.iter().zip(places).take(2) {
        if place.is_none() {
            let what = format!("expected a column {column:?}, found {}", header.join(", "));
            return Err(Error::row(path.display().to_string(), line, what));
        }
    }
    Ok(places)
}
