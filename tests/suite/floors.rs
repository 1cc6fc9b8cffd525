//! The house: a module uses only the floors below its own, and a dependency has one home.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. A module may use those of the floors below its own, and none of its own floor.
const FLOORS: &[&[&str]] = &[
    &["span", "offsets", "error", "labels", "tsv", "date"],
    &["tagset", "spelling"],
    &["matcher", "clean", "model"],
    &["gazetteer"],
    &["lexicon"],
    &["segment"],
    &["tag"],
    &["parse", "names"],
    &["language", "entity"],
    &["metonym", "coreference", "link", "factuality", "sentiment", "claim"],
    &["attribution"],
    &["stance"],
    &["english", "document"],
    &["contract"],
    &["json", "table"],
    &["pipeline"],
    &["io"],
    &["corpus"],
    &["render"],
    &["python", "train"],
    &["bin"],
];

/// Dependencies and the modules that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("aho_corasick", &["matcher"]),
    ("unicode_normalization", &["gazetteer"]),
    ("pulp", &["gazetteer", "model", "sentiment"]),
    ("rayon", &["corpus"]),
    ("ndarray", &["stance", "python"]),
    ("pyo3", &["python"]),
    ("numpy", &["python"]),
    ("csv", &["io"]),
    ("encoding_rs", &["io"]),
    ("tempfile", &["io", "train"]),
    ("zstd", &["io", "model"]),
    ("lexopt", &["train"]),
    ("toml", &["train"]),
    ("parquet", &["io"]),
    ("arrow_array", &["table", "io", "python"]),
    ("arrow_schema", &["table", "io", "python"]),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// A file of the library: the module at the top that it belongs to, and its code without comments and tests.
struct Source {
    path: PathBuf,
    module: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let module =
                    inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
                let code = code(&fs::read_to_string(&path).unwrap());
                found.push(Source { path: inside.to_owned(), module, code });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Without comments, and without the tests at the end of the file.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
    let line = |line: &str| line.split("//").next().unwrap_or("").to_owned();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The first name of every path that begins with `crate::`, those of a group in braces too.
fn used(code: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut first = 0;
            for (i, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth > 0 => depth -= 1,
                    ',' if depth == 0 => used.extend(name(&group[std::mem::replace(&mut first, i + 1)..i])),
                    '}' => {
                        used.extend(name(&group[first..i]));
                        break;
                    }
                    _ => {}
                }
            }
        } else {
            used.extend(name(rest));
        }
    }
    used
}

fn name(path: &str) -> Option<&str> {
    let path = path.trim_start();
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    Some(&path[..end]).filter(|name| !name.is_empty())
}

/// The module behind a name at the root of the crate: the module itself, or that of a re-exported type.
fn home<'a>(name: &'a str, library: &'a str) -> &'a str {
    let exports = library.lines().filter_map(|line| line.strip_prefix("pub use "));
    let of = |export: &'a str| {
        let (module, names) = export.trim_end_matches(';').split_once("::")?;
        let mut names = names.trim_matches(['{', '}']).split(',').map(str::trim);
        names.any(|exported| exported == name).then_some(module)
    };
    exports.filter_map(of).next().unwrap_or(name)
}

#[test]
fn every_module_stands_on_a_floor() {
    let modules: BTreeSet<String> = sources().into_iter().map(|s| s.module).filter(|m| m != "lib").collect();
    let floors: BTreeSet<String> =
        FLOORS.iter().flat_map(|floor| floor.iter().map(|m| m.to_string())).collect();
    assert_eq!(modules, floors);
}

#[test]
fn nobody_uses_what_stands_above() {
    let sources = sources();
    let library = &sources.iter().find(|s| s.module == "lib").unwrap().code;
    let mut seen = 0;
    let mut upward = Vec::new();
    for Source { path, module, code } in sources.iter().filter(|s| s.module != "lib") {
        for used in used(code).into_iter().map(|name| home(name, library)).filter(|used| used != module) {
            seen += 1;
            if floor(used) >= floor(module) || floor(used).is_none() {
                upward.push(format!("{}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(seen > 50, "only {seen} uses found: is the reader of the sources broken?");
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn a_dependency_has_one_home() {
    let sources = sources();
    let names = |code: &str, dependency: &str| {
        code.match_indices(dependency).any(|(at, _)| {
            let before = code[..at].chars().next_back();
            let alone = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
            // Not a path inside the crate ("crate::io::csv"): those begin with two colons before.
            let inside = code[..at].ends_with("::");
            alone && !inside && code[at + dependency.len()..].starts_with("::")
        })
    };
    for (dependency, homes) in HOMES {
        let found: BTreeSet<&str> =
            sources.iter().filter(|s| names(&s.code, dependency)).map(|s| s.module.as_str()).collect();
        let strangers: Vec<_> = found.iter().filter(|module| !homes.contains(module)).collect();
        assert!(strangers.is_empty(), "{dependency} lives in {homes:?}, but is used in {strangers:?}");
        assert!(!found.is_empty(), "{dependency} is used nowhere");
    }
}

#[test]
fn the_reader_of_the_sources_reads() {
    let text = "use crate::{a::{b, c}, d, e::F};\n// crate::g\nuse crate::h::I;\n#[cfg(test)]\nmod tests {\n crate::j }";
    assert_eq!(used(&code(text)).into_iter().collect::<Vec<_>>(), ["a", "d", "e", "h"]);
    assert_eq!(home("I", "pub use h::{G, I};\npub use k::L;"), "h");
}
