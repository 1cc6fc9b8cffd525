//! Whole runs: the same bytes for every number of threads, all of the output or nothing.
#![allow(clippy::unwrap_used)]

use sayso::corpus::{Progress, RunOptions, Summary, analyse, attended, run};
use sayso::io::{Columns, open};
use sayso::pipeline::Options;
use sayso::{Pipeline, Record, Result};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;

fn pipeline() -> Pipeline {
    Pipeline::new(&Options::default()).unwrap()
}

/// A folder with rows of all lengths, some of them bad.
fn corpus() -> TempDir {
    let folder = TempDir::new().unwrap();
    let row = |i: usize| match i % 50 {
        7 => "{\"text\": ".to_owned(),
        _ => format!("{{\"id\": {i}, \"text\": \"{}\"}}", "The board denied it, Åse said. ".repeat(i % 90)),
    };
    let lines: Vec<String> = (0..3000).map(row).collect();
    fs::write(folder.path().join("in.jsonl"), lines.join("\n")).unwrap();
    folder
}

fn go(folder: &Path, out: &str, threads: usize) -> Result<Summary> {
    let reader = open(&[folder.join("in.jsonl")], &Columns::default())?;
    let options = RunOptions { threads, text: true, vectors: true };
    run(&pipeline(), reader, &folder.join(out), &options, &mut |_| true)
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_number_of_threads_gives_the_same_bytes() {
    let folder = corpus();
    let path = |name: &str| folder.path().join(name);
    for threads in [1, 2, 5] {
        for form in ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"] {
            let summary = go(folder.path(), &format!("out{threads}.{form}"), threads).unwrap();
            assert_eq!((summary.documents, summary.errors), (2940, 60));
        }
    }
    let mut files: Vec<String> =
        ["jsonl", "errors.jsonl", "jsonl.gz", "jsonl.zst"].map(String::from).to_vec();
    let tables = ["documents", "mentions", "entities", "attributions", "errors"];
    files.extend(tables.map(|table| format!("parquet/{table}.parquet")));
    for file in files {
        let bytes = |threads| fs::read(path(&format!("out{threads}.{file}"))).unwrap();
        assert!(!bytes(1).is_empty());
        assert!(bytes(1) == bytes(2) && bytes(1) == bytes(5), "{file}");
    }
    let plain = fs::read_to_string(path("out1.jsonl")).unwrap();
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(&*fs::read(path("out1.jsonl.gz")).unwrap())
        .read_to_string(&mut unpacked)
        .unwrap();
    assert_eq!(plain, unpacked);
    assert_eq!(plain.as_bytes(), zstd::decode_all(&*fs::read(path("out1.jsonl.zst")).unwrap()).unwrap());
    assert_eq!(plain.lines().count(), 2940);
    assert!(plain.lines().all(|line| sayso::json::from_json(line).is_ok()));
}

#[test]
fn tables_come_back_as_they_were_written() {
    let folder = corpus();
    go(folder.path(), "out.parquet", 2).unwrap();
    let rows = |table: &str| {
        let file = fs::File::open(folder.path().join("out.parquet").join(table)).unwrap();
        let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(file, 100).unwrap();
        reader.map(|batch| batch.unwrap().num_rows()).sum::<usize>()
    };
    assert_eq!((rows("documents.parquet"), rows("errors.parquet")), (2940, 60));
    // And they are an input like any other.
    let reader = open(&[folder.path().join("out.parquet/documents.parquet")], &Columns::default()).unwrap();
    let (bytes, read) = (reader.bytes(), reader.read());
    assert_eq!(reader.filter(|row| row.as_ref().is_ok_and(|row| row.text.contains("Åse"))).count(), 2906);
    assert_eq!(bytes, read.load(Ordering::Relaxed));
}

#[test]
fn a_run_that_is_stopped_leaves_what_was_there() {
    let folder = corpus();
    // A page that is not done before the run has been told to stop: one "no", and the look after it.
    fs::create_dir(folder.path().join("more")).unwrap();
    fs::write(folder.path().join("more/z.html"), "slow").unwrap();
    for (out, before) in [("out.jsonl", "old\n"), ("new.jsonl.zst", ""), ("out.parquet", "")] {
        let path = folder.path().join(out);
        if !before.is_empty() {
            fs::write(&path, before).unwrap();
        }
        let there = names(folder.path());
        let looks = Arc::new(AtomicUsize::new(0));
        let seen = looks.clone();
        let slow = move |_: &str| {
            while seen.load(Ordering::Relaxed) < 4 {
                std::thread::sleep(Duration::from_millis(1));
            }
            Ok("slow".to_owned())
        };
        let inputs = [folder.path().join("in.jsonl"), folder.path().join("more")];
        let reader = open(&inputs, &Columns::default()).unwrap().with_html(Box::new(slow));
        let mut progress = |_: Progress| looks.fetch_add(1, Ordering::Relaxed) < 2;
        let error = run(&pipeline(), reader, &path, &RunOptions::default(), &mut progress).unwrap_err();
        assert!(error.is_interrupted(), "{error}");
        assert_eq!(names(folder.path()), there);
        assert!(before.is_empty() || fs::read_to_string(&path).unwrap() == before);
    }
}

#[test]
fn an_output_replaces_the_one_before() {
    let folder = corpus();
    for out in ["out.jsonl", "out.parquet"] {
        go(folder.path(), out, 2).unwrap();
        let (before, there) = (names(folder.path()), contents(&folder.path().join(out)));
        go(folder.path(), out, 1).unwrap();
        assert_eq!((names(folder.path()), contents(&folder.path().join(out))), (before, there));
    }
    assert_eq!(names(folder.path()), ["in.jsonl", "out.errors.jsonl", "out.jsonl", "out.parquet"]);
    let errors = fs::read_to_string(folder.path().join("out.errors.jsonl")).unwrap();
    assert_eq!(errors.lines().count(), 60);
    let first: sayso::document::RowError = serde_json::from_str(errors.lines().next().unwrap()).unwrap();
    assert!(
        first.file.ends_with("in.jsonl") && first.line == 8 && first.reason.starts_with("EOF"),
        "{first:?}"
    );

    // Nothing bad any more: an errors file of an earlier run would be a lie.
    fs::write(folder.path().join("in.jsonl"), "{\"text\": \"good\"}").unwrap();
    go(folder.path(), "out.jsonl", 2).unwrap();
    assert_eq!(names(folder.path()), ["in.jsonl", "out.jsonl", "out.parquet"]);
}

fn contents(path: &Path) -> Vec<Vec<u8>> {
    if path.is_file() {
        return vec![fs::read(path).unwrap()];
    }
    names(path).iter().map(|name| fs::read(path.join(name)).unwrap()).collect()
}

#[test]
fn outputs_that_cannot_be_are_refused_before_any_work() {
    let folder = corpus();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("file.parquet"), "x").unwrap();
    fs::create_dir_all(path("folder.jsonl")).unwrap();
    fs::create_dir_all(path("mine.parquet")).unwrap();
    fs::write(path("mine.parquet/thesis.doc"), "x").unwrap();
    let there = names(folder.path());
    let cases = [
        ("out.tsv", "expected an output that ends in .jsonl or .conllu (also .gz, .zst) or .parquet"),
        ("out", "expected an output that ends in"),
        ("missing/out.jsonl", "cannot write here"),
        ("missing/out.parquet", "cannot write here"),
        ("in.jsonl", "also an input"),
        ("file.parquet", "found a file"),
        ("folder.jsonl", "found a folder"),
        ("mine.parquet", "found \"thesis.doc\" in it"),
    ];
    for (out, expected) in cases {
        let reader = open(&[path("in.jsonl")], &Columns::default()).unwrap();
        let mut looks = 0;
        let mut progress = |_: Progress| {
            looks += 1;
            true
        };
        let error = run(&pipeline(), reader, &path(out), &RunOptions::default(), &mut progress).unwrap_err();
        assert!(error.to_string().contains(expected), "{out}: {error}");
        assert_eq!((looks, names(folder.path())), (0, there.clone()), "{out}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_what_it_leads_to_is_replaced() {
    let folder = corpus();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("there")).unwrap();
    fs::write(path("there/real.jsonl"), "old").unwrap();
    std::os::unix::fs::symlink(path("there/real.jsonl"), path("out.jsonl")).unwrap();
    go(folder.path(), "out.jsonl", 1).unwrap();
    assert!(path("out.jsonl").is_symlink());
    assert_eq!(fs::read_to_string(path("there/real.jsonl")).unwrap().lines().count(), 2940);
}

#[test]
fn documents_come_in_the_order_of_the_records() {
    let record = |i: usize| Record { id: i.to_string(), text: "x".repeat(i % 700), ..Record::default() };
    for threads in [0, 1, 3] {
        let docs =
            analyse(&pipeline(), (0..2000).map(record).collect(), threads, &AtomicBool::new(false)).unwrap();
        assert!(docs.iter().enumerate().all(|(i, doc)| doc.id == i.to_string()));
    }
    let stopped = analyse(&pipeline(), vec![record(1)], 2, &AtomicBool::new(true));
    assert!(stopped.unwrap_err().is_interrupted());
}

#[test]
fn attended_work_hears_that_it_should_stop() {
    let mut looks = 0;
    let mut poll = || {
        looks += 1;
        looks < 3
    };
    let wait = |stop: &AtomicBool| {
        while !stop.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        "stopped"
    };
    assert_eq!(attended(&mut poll, wait), "stopped");
    assert!(!attended(&mut || true, |stop| stop.load(Ordering::Relaxed)));
}
