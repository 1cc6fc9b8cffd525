//! Records from files of every kind, good and bad.
#![allow(clippy::unwrap_used)]

use arrow_array::types::{Int32Type, TimestampMicrosecondType};
use arrow_array::{
    ArrayRef, Date32Array, DictionaryArray, Int64Array, LargeStringArray, PrimitiveArray, RecordBatch,
    StringArray, StringViewArray,
};
use parquet::arrow::ArrowWriter;
use proptest::collection::vec;
use proptest::prelude::*;
use sayso::Record;
use sayso::io::{Columns, Reader, RowError, open};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn reader(path: &Path) -> Reader {
    open(&[path.to_path_buf()], &Columns::default()).unwrap()
}

fn rows(path: &Path) -> Vec<Result<Record, RowError>> {
    reader(path).collect()
}

/// One file of this name: its records, and its errors as "line id reason".
fn read(name: &str, bytes: &[u8]) -> (Vec<Record>, Vec<String>) {
    let folder = folder(&[(name, bytes)]);
    let (good, bad): (Vec<_>, Vec<_>) = rows(&folder.path().join(name)).into_iter().partition(Result::is_ok);
    let told = |error: RowError| {
        assert!(error.file.ends_with(name), "{}", error.file);
        format!("{} {} {}", error.line, error.id.unwrap_or("-".into()), error.reason)
    };
    (good.into_iter().flatten().collect(), bad.into_iter().filter_map(Result::err).map(told).collect())
}

fn ids(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn a_folder_is_read_in_the_order_of_its_paths() {
    let jsonl = gzip(b"{\"text\": \"in b\"}\n");
    let folder = folder(&[
        ("b.jsonl.gz", &jsonl),
        ("a/z.txt", b"in a/z"),
        ("a/b.txt.zst", &zstd(b"in a/b")),
        ("a.txt", b"in a"),
        ("a/deep/er/c.d.TXT", b"in c.d"),
        ("a/notes.md", b"not read"),
        (".DS_Store", b"not read"),
    ]);
    let reader = reader(folder.path());
    assert_eq!(reader.skipped(), 2);
    let records: Vec<Record> = reader.map(Result::unwrap).collect();
    assert_eq!(ids(&records), ["a/b", "a/deep/er/c.d", "a/z", "a", "b:1"]);
    assert_eq!(records[1].text, "in c.d");
}

#[test]
fn packed_files_are_those_inside() {
    let plain = b"{\"id\": 1, \"text\": \"one\"}\n{\"id\": 2, \"text\": \"two\"}\n";
    let members = [gzip(&plain[..25]), gzip(&plain[25..])].concat();
    let frames = [zstd(&plain[..25]), zstd(&plain[25..])].concat();
    for (name, bytes) in [("x.jsonl", plain.to_vec()), ("x.jsonl.gz", members), ("x.jsonl.zst", frames)] {
        let (records, errors) = read(name, &bytes);
        assert_eq!((ids(&records), errors), (vec!["1", "2"], vec![]), "{name}");
    }
    for (name, bytes) in
        [("x.csv.gz", gzip(b"text\none\n")), ("x.txt.gz", gzip(b"one")), ("x.txt.zst", zstd(b"one"))]
    {
        assert_eq!(read(name, &bytes).0[0].text, "one", "{name}");
    }
    let whole = gzip(&plain.repeat(9000));
    let (records, errors) = read("x.jsonl.gz", &whole[..whole.len() / 2]);
    assert_eq!(ids(&records), ["1", "2"], "what comes before the break is kept, once");
    assert!(errors.last().unwrap().ends_with("incomplete deflate stream"), "{:?}", errors.last());
}

#[test]
fn jsonl_rows() {
    let lines = br#"{"id": "a", "text": "One.", "title": "T", "outlet": "The Post", "date": "2024-05-01", "url": "u", "more": {"x": [1]}}
{"id": 17, "text": "Two.", "date": 20240501, "title": null}

{"text": "Three."}
{"id": "b"}
{"id": "c", "text": null}
{"id": "d", "text": ["no"]}
{"text": "cut off
["a list"]
{"id": "e", "text": "Five."} trailing
{"id": "a", "text": "One again."}
{"id": "", "text": ""}
{"id": 123456789012345678901234567890, "text": "Six."}
{"id": "f", "text": "Last."}"#;
    let (records, errors) = read("in.jsonl", lines);
    assert_eq!(ids(&records), ["a", "17", "in:4", "in:12", "f"]);
    let first = &records[0];
    let meta = [&first.title, &first.outlet, &first.date, &first.url].map(|value| value.as_deref().unwrap());
    assert_eq!(meta, ["T", "The Post", "2024-05-01", "u"]);
    assert_eq!((records[1].date.as_deref(), &records[1].title), (Some("20240501"), &None));
    assert_eq!(records[3].warnings, ["empty text"]);
    let starts = [
        "5 b the row has no text",
        "6 c the row has no text",
        "7 - invalid type: sequence",
        "8 - ",
        "9 - invalid type",
    ];
    for (error, start) in errors.iter().zip(starts) {
        assert!(error.starts_with(start), "{error}");
    }
    assert!(errors[2].contains("expected a string as \"text\""), "{}", errors[2]);
    assert!(errors[5].starts_with("10 - trailing characters at column 30"), "{}", errors[5]);
    assert!(
        errors[6].starts_with("11 a duplicate id \"a\", first seen in ") && errors[6].ends_with("in.jsonl:1")
    );
    assert!(errors[7].contains("too long to be kept"), "{}", errors[7]);
    assert_eq!(errors.len(), 8);
}

#[test]
fn lone_surrogates_become_replacement_characters() {
    let cases = [
        (r"\ud83d\ude00", "😀", false),
        (r"\uD83D", "\u{fffd}", true),
        (r"a\ude00b", "a\u{fffd}b", true),
        (r"\ud83d\ud83d\ude00", "\u{fffd}😀", true),
        (r"\ud83d\n\u00e9", "\u{fffd}\né", true),
        (r"\\ud83d", r"\ud83d", false),
        (r"\\\ud83d\\", "\\\u{fffd}\\", true),
    ];
    for (escaped, text, repaired) in cases {
        let (records, errors) = read("x.jsonl", format!("{{\"text\": \"{escaped}\"}}").as_bytes());
        assert_eq!((records[0].text.as_str(), errors.len()), (text, 0), "{escaped}");
        assert_eq!(records[0].warnings.len(), usize::from(repaired), "{escaped}");
    }
}

#[test]
fn csv_rows() {
    let (records, errors) = read(
        "in.csv",
        b"\xef\xbb\xbftext,id,title\r\n\"One,\r\nstill \"\"one\"\".\",1,T\r\nshort,2\r\nTwo.,3,\r\nThr\xe9e.,,U\r\n,4,\r\nagain,1,\r\n",
    );
    assert_eq!(ids(&records), ["1", "3", "in:6", "4"]);
    assert_eq!((records[0].text.as_str(), records[1].title.as_deref()), ("One,\r\nstill \"one\".", None));
    assert_eq!((records[2].text.as_str(), records[2].warnings.len()), ("Thrée.", 1));
    assert_eq!(records[3].warnings, ["empty text"]);
    assert_eq!(errors[0], "4 - expected 3 cells, found 2");
    assert!(errors[1].starts_with("8 1 duplicate id \"1\""), "{}", errors[1]);
    assert_eq!(errors.len(), 2);
}

#[test]
fn parquet_columns_of_every_kind() {
    let texts: ArrayRef = Arc::new(LargeStringArray::from(vec![Some("One."), None, Some("Three.")]));
    let view: ArrayRef =
        Arc::new(StringViewArray::from(vec!["The Post", "The Post", "another outlet of some length"]));
    let words: DictionaryArray<Int32Type> = vec![Some("T"), None, Some("T")].into_iter().collect();
    let days: ArrayRef = Arc::new(Date32Array::from(vec![19844, 0, -1]));
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![Some(7), Some(8), None]));
    let bytes = parquet(vec![
        ("text", texts.clone()),
        ("id", numbers),
        ("outlet", view),
        ("title", Arc::new(words)),
        ("date", days),
        ("unread", Arc::new(StringArray::from(vec!["x"; 3]))),
    ]);
    for (name, bytes) in
        [("p.parquet", bytes.clone()), ("p.parquet.gz", gzip(&bytes)), ("p.parquet.zst", zstd(&bytes))]
    {
        let (records, errors) = read(name, &bytes);
        assert_eq!(ids(&records), ["7", "p:3"]);
        assert_eq!(records[1].outlet.as_deref(), Some("another outlet of some length"));
        let dates = records.iter().map(|record| record.date.as_deref().unwrap());
        assert_eq!(dates.collect::<Vec<_>>(), ["2024-05-01", "1969-12-31"]);
        assert_eq!(records[0].title.as_deref(), Some("T"));
        assert_eq!(errors, ["2 8 the row has no text"]);
    }
    let stamp = PrimitiveArray::<TimestampMicrosecondType>::from(vec![1_714_557_600_000_000, i64::MAX]);
    let zoned = stamp.clone().with_timezone("+02:00");
    for (stamps, date) in [(stamp, "2024-05-01T10:00:00"), (zoned, "2024-05-01T10:00:00Z")] {
        let texts = Arc::new(StringArray::from(vec!["One.", "Two."]));
        let (records, _) = read("t.parquet", &parquet(vec![("text", texts), ("date", Arc::new(stamps))]));
        assert_eq!((records[0].date.as_deref(), records.len()), (Some(date), 2));
    }
}

#[test]
fn encodings() {
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(unit).collect()
    };
    let cases: [(&[u8], &str, Option<&str>); 6] = [
        ("Ærø – “no”".as_bytes(), "Ærø – “no”", None),
        (b"\xef\xbb\xbfA\r\nB", "\u{feff}A\r\nB", None),
        (&utf16("\u{feff}Ærø 😀", false), "\u{feff}Ærø 😀", None),
        (&utf16("\u{feff}Ærø 😀", true), "\u{feff}Ærø 😀", None),
        (
            b"\xff\xfe\x3d\xd8A\x00",
            "\u{feff}\u{fffd}A",
            Some("not valid UTF-16LE, broken characters replaced"),
        ),
        (b"It\x92s \x93no\x94", "It’s “no”", Some("not valid UTF-8 at byte 2, decoded as windows-1252")),
    ];
    for (bytes, text, warning) in cases {
        let (records, errors) = read("x.txt", bytes);
        assert_eq!((records[0].text.as_str(), errors.len()), (text, 0));
        assert_eq!(records[0].warnings, warning.into_iter().collect::<Vec<_>>());
    }
    for big in [true, false] {
        let (records, errors) =
            read("x.jsonl", &utf16("\u{feff}{\"text\": \"Ærø\"}\n{\"text\": \"😀\"}\n", big));
        assert_eq!((records[1].text.as_str(), errors.len()), ("😀", 0));
        assert_eq!(read("x.csv", &utf16("\u{feff}text\nÆrø\n", big)).0[0].text, "Ærø");
    }
}

#[test]
fn what_cannot_be_read_is_an_error_of_its_own() {
    let cases: [(&str, &[u8], &str); 9] = [
        ("x.txt", b"", "0 x empty file"),
        ("x.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "0 x binary file"),
        ("x.txt", b"\x01\x02\x03\x04text", "0 x binary file"),
        ("x.csv", b"", "0 - empty file"),
        ("x.csv", b"text\0", "0 - binary file"),
        ("x.jsonl", b"\0\0\0\0", "0 - binary file"),
        ("x.parquet", b"PAR1 but not really", "0 - "),
        ("x.txt.gz", b"not gzip", "0 x "),
        ("x.html", b"<p>A page.</p>", "0 x HTML needs an extractor: pip install \"sayso[html]\""),
    ];
    for (name, bytes, expected) in cases {
        let (records, errors) = read(name, bytes);
        assert_eq!((records.len(), errors.len()), (0, 1), "{name} {bytes:?}");
        assert!(errors[0].starts_with(expected), "{name}: {}", errors[0]);
    }
    assert_eq!(read("x.jsonl", b""), (vec![], vec![]), "a part without rows");
    assert_eq!(read("x.txt", b" \n").0[0].warnings, ["empty text"]);
}

#[test]
fn html_goes_through_the_extractor() {
    let folder = folder(&[("a.html", b"<p>Yes</p>"), ("b.htm", b"<p>No</p>")]);
    let extract =
        |page: &str| if page.contains("Yes") { Ok("Yes".to_owned()) } else { Err("no article".to_owned()) };
    let rows: Vec<_> = reader(folder.path()).with_html(Box::new(extract)).collect();
    assert_eq!(rows[0].as_ref().unwrap().text, "Yes");
    let error = rows[1].as_ref().unwrap_err();
    assert_eq!((error.id.as_deref(), error.reason.as_str()), (Some("b"), "no article"));
}

#[test]
fn ids_are_unique_over_all_files() {
    let folder = folder(&[
        ("a.jsonl", b"{\"id\": \"b\", \"text\": \"x\"}"),
        ("b.txt", b"y"),
        ("b.txt.gz", &gzip(b"z")),
    ]);
    let errors: Vec<RowError> = rows(folder.path()).into_iter().filter_map(Result::err).collect();
    let reasons: Vec<_> = errors.iter().map(|error| error.reason.rsplit('/').next().unwrap()).collect();
    assert_eq!(reasons, ["a.jsonl:1", "a.jsonl:1"]);
}

#[test]
fn columns_have_the_names_they_are_given() {
    let columns = Columns { text: "body".into(), id: "url".into(), ..Columns::default() };
    let batch = |name| parquet(vec![(name, Arc::new(StringArray::from(vec!["One."])) as ArrayRef)]);
    let folder = folder(&[
        ("a.csv", b"url,body\nu1,One.\n"),
        ("b.jsonl", b"{\"body\": \"Two.\", \"url\": \"u2\"}"),
        ("c.parquet", &batch("body")),
    ]);
    let records: Vec<Record> =
        open(&[folder.path().to_path_buf()], &columns).unwrap().map(Result::unwrap).collect();
    assert_eq!(ids(&records), ["u1", "u2", "c:1"]);
    assert_eq!(records[0].url.as_deref(), Some("u1"), "a column may serve twice");

    for name in ["a.csv", "c.parquet"] {
        let error = open(&[folder.path().join(name)], &Columns::default()).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("expected a column \"text\""), "{error}");
        assert!(error.contains("body"), "{error}");
    }
}

#[test]
fn paths_that_cannot_be_opened_are_refused_at_once() {
    let folder = folder(&[("a.docx", b"x"), ("empty/b.pdf", b"x")]);
    let cases = [
        ("missing.txt", "missing.txt: "),
        ("a.docx", "expected one of .txt, .html"),
        ("empty", "no file to read in this folder"),
    ];
    for (name, expected) in cases {
        let error = open(&[folder.path().join(name)], &Columns::default()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert!(open(&Vec::<PathBuf>::new(), &Columns::default()).unwrap().next().is_none());
}

/// A file of each kind with a few good rows.
fn good() -> Vec<(&'static str, Vec<u8>)> {
    let texts: Vec<String> = (0..300).map(|i| format!("Åse said {i} of it. ").repeat(i % 7)).collect();
    let row = |(i, text): (usize, &String)| format!("{{\"id\": {i}, \"text\": \"{text}\"}}\n");
    let jsonl: String = texts.iter().enumerate().map(row).collect();
    let csv = texts.iter().map(|text| format!("\"{text}\",x\r\n")).collect::<String>();
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..300));
    let table = parquet(vec![("text", Arc::new(StringArray::from(texts))), ("id", ids)]);
    vec![
        ("x.jsonl.gz", gzip(jsonl.as_bytes())),
        ("x.jsonl.zst", zstd(jsonl.as_bytes())),
        ("x.jsonl", jsonl.into_bytes()),
        ("x.csv", format!("text,title\r\n{csv}").into_bytes()),
        ("x.parquet", table),
        ("x.txt", "Åse said so. ".repeat(99).into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn broken_bytes_give_rows_or_errors(
        which in 0usize..6,
        broken in vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..5),
    ) {
        let (name, mut bytes) = good().swap_remove(which);
        for (at, byte, near_the_end) in broken {
            // What says how a Parquet file is to be read stands at its end.
            let from = if near_the_end { bytes.len().saturating_sub(600) } else { 0 };
            let at = from + at.index(bytes.len() - from);
            bytes[at] = byte;
        }
        let folder = folder(&[(name, &bytes)]);
        if let Ok(reader) = open(&[folder.path().join(name)], &Columns::default()) {
            for row in reader {
                prop_assert!(row.is_ok() || row.is_err_and(|error| !error.reason.is_empty()));
            }
        }
    }
}
