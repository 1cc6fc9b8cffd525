//! Rows of a TSV file: a header row, `#` remarks, errors with file and line.

use crate::error::{Error, Result};

/// One row, by column name.
pub(super) struct Row<'t> {
    pub(super) file: &'t str,
    pub(super) line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell of the `i`th asked-for column.
    pub(super) fn get(&self, i: usize) -> &'t str {
        self.cells[i]
    }

    /// An error that names this row.
    pub(super) fn expected(&self, what: impl Into<String>) -> Error {
        Error::row(self.file, self.line, what)
    }

    /// The cell of the `i`th column, which must not be empty.
    pub(super) fn filled(&self, i: usize, column: &str) -> Result<&'t str> {
        let cell = self.get(i);
        if cell.is_empty() {
            Err(self.expected(format!("expected a {column}, found an empty cell")))
        } else {
            Ok(cell)
        }
    }
}

/// Reads the rows of `text`, giving the cells of `columns` in the order asked for.
///
/// # Errors
/// A missing header or column, or a row with another number of cells than the header.
pub(super) fn rows<'t>(file: &'t str, text: &'t str, columns: &[&str]) -> Result<Vec<Row<'t>>> {
    rows_with(file, text, columns, &[])
}

/// The same, and behind the cells of `columns` those of `optional`, which are empty where a file has no such column.
///
/// # Errors
/// As [`rows`].
pub(super) fn rows_with<'t>(
    file: &'t str,
    text: &'t str,
    columns: &[&str],
    optional: &[&str],
) -> Result<Vec<Row<'t>>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.strip_suffix('\r').unwrap_or(line)))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let Some((at, header)) = lines.next() else {
        return Err(Error::row(file, 1, format!("expected a header row with {}", columns.join(", "))));
    };
    let header: Vec<&str> = header.split('\t').map(str::trim).collect();
    let place = |column: &&str| header.iter().position(|h| h == column);
    let mut places = columns
        .iter()
        .map(|column| match place(column) {
            Some(place) => Ok(Some(place)),
            None => {
                let what = format!("expected a column {column:?}, found {}", header.join(", "));
                Err(Error::row(file, at, what))
            }
        })
        .collect::<Result<Vec<Option<usize>>>>()?;
    places.extend(optional.iter().map(place));
    lines
        .map(|(line, row)| {
            let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
            if cells.len() != header.len() {
                let (want, have) = (header.len(), cells.len());
                return Err(Error::row(file, line, format!("expected {want} cells, found {have}")));
            }
            Ok(Row { file, line, cells: places.iter().map(|p| p.map_or("", |p| cells[p])).collect() })
        })
        .collect()
}
