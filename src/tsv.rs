//! Rows of an embedded word list: tab-separated, a header row first, `#` remarks and empty lines skipped.

/// The cells of every row below the header. Embedded lists are the crate's own and are checked by its tests,
/// so nothing is reported here; a row that is too short simply has fewer cells.
pub(crate) fn rows(list: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    list.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t'))
}
