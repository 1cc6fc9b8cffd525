//! Tables of cases: `tests/cases/*.toml`, each row with a name.

use serde::de::DeserializeOwned;

/// The rows of a table: the array `case` of the file.
pub fn read<Case: DeserializeOwned>(file: &str) -> Vec<Case> {
    #[derive(serde::Deserialize)]
    struct Table<Case> {
        case: Vec<Case>,
    }
    let path = format!("{}/tests/cases/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    toml::from_str::<Table<Case>>(&text).unwrap_or_else(|error| panic!("{path}: {error}")).case
}

/// Runs every row and reports all that fail, not the first alone.
pub fn check<Case>(cases: &[Case], name: impl Fn(&Case) -> &str, run: impl Fn(&Case) -> Result<(), String>) {
    assert!(!cases.is_empty());
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|case| run(case).err().map(|why| format!("{}:\n{why}", name(case))))
        .collect();
    assert!(failed.is_empty(), "{} of {} failed\n{}", failed.len(), cases.len(), failed.join("\n"));
}

/// A row that says what is right, whether or not the rules find it as yet.
pub trait Judged {
    /// What the row is about, unique in its table.
    fn name(&self) -> &str;
    /// Why it fails as yet.
    fn gap(&self) -> Option<&str>;
}

/// Runs every row. A row must pass, one with a gap must fail: a gap that is closed is to be promoted.
pub fn judge<Case: Judged>(cases: &[Case], run: impl Fn(&Case) -> Result<(), String>) {
    let mut names: Vec<&str> = cases.iter().map(Judged::name).collect();
    names.sort_unstable();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    assert!(twice.is_empty(), "names that stand twice: {twice:?}");
    check(cases, Judged::name, |case| match (run(case), case.gap()) {
        (Ok(()), Some(gap)) => Err(format!("  passes now: promote it, take out its gap = {gap:?}")),
        (Err(_), Some(_)) => Ok(()),
        (found, None) => found,
    });
}

/// `Ok` where both are equal, else both of them.
pub fn same<T: PartialEq + std::fmt::Debug>(found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("  found    {found:?}\n  expected {expected:?}")) }
}
