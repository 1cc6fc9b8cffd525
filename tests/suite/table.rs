//! Documents as Arrow tables.
#![allow(clippy::unwrap_used)]

use crate::documents;
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int32Type, Int64Type};
use sayso::document::RowError;
use sayso::table::{Batches, FEATURES_LEN, Table, batches, errors, schema};
use sayso::{Document, Record};

fn text(batch: &RecordBatch, column: &str) -> Vec<Option<String>> {
    let column = batch.column_by_name(column).unwrap().as_string::<i64>();
    column.iter().map(|value| value.map(str::to_owned)).collect()
}

fn long(batch: &RecordBatch, column: &str) -> Vec<Option<i64>> {
    batch.column_by_name(column).unwrap().as_primitive::<Int64Type>().iter().collect()
}

fn some(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|value| Some((*value).to_owned())).collect()
}

#[test]
fn columns_hold_what_the_contract_says() {
    let Batches { documents, mentions, entities, attributions, pairs } =
        batches(&[documents::sample(), Document::new(Record::default())], true).unwrap();
    assert_eq!(text(&documents, "id"), some(&["näva-7", ""]));
    assert_eq!(text(&documents, "outlet"), [Some("The Ærø Post".to_owned()), None]);
    assert_eq!(documents.column_by_name("english").unwrap().as_primitive::<Float64Type>().value(0), 0.98);
    assert_eq!(text(&mentions, "document_id"), some(&["näva-7"; 3]));
    assert_eq!(text(&mentions, "field"), some(&["title", "text", "text"]));
    assert_eq!(text(&mentions, "text"), some(&["Ørland", "Åse Lind", "𝔑orvia"]));
    assert_eq!(text(&mentions, "label"), some(&["GPE", "PER", "ORG"]));
    assert_eq!(long(&mentions, "start"), [0, 33, 47].map(Some));
    assert_eq!(text(&entities, "id"), some(&["gpe:orland", "person:ase-lind", "org:norvia"]));
    assert_eq!(text(&attributions, "id"), some(&["näva-7#1", "näva-7#2"]));
    assert_eq!(text(&attributions, "parent"), [None, Some("näva-7#1".to_owned())]);
    assert_eq!(long(&attributions, "cue_start"), [None, Some(42)]);
    assert_eq!(text(&attributions, "factuality"), some(&["CT-", "PR+"]));
    assert_eq!(
        text(&attributions, "content_text")[1].as_deref(),
        Some("“We — the board — saw no spill,” … “None.”")
    );
    assert_eq!(
        attributions.column_by_name("polarity").unwrap().as_primitive::<Int32Type>().values().to_vec(),
        [-1, 1]
    );
    let content = attributions.column_by_name("content").unwrap().as_list::<i32>().value(1);
    let ends = content.as_struct().column(1).as_primitive::<Int64Type>();
    assert_eq!(ends.values().to_vec(), [32, 74]);
    let vector = attributions.column_by_name("vector").unwrap().as_fixed_size_list();
    assert_eq!(vector.value_length(), FEATURES_LEN as i32);
    assert_eq!(vector.values().as_primitive::<Float32Type>().values().to_vec(), documents::sample().vectors);
    // Only the second names both who speaks and whom it is about, so the pair has its vector.
    let sample = documents::sample();
    let known: Vec<usize> = (0..sample.attributions.len())
        .filter(|i| sample.attributions[*i].source_entity.is_some() && sample.stances[*i].about.is_some())
        .collect();
    assert_eq!(long(&pairs, "attributions").len(), known.len());
    let mean = documents.column_by_name("vector").unwrap().as_fixed_size_list().value(0);
    let mean = mean.as_primitive::<Float32Type>().value(0);
    let width = FEATURES_LEN;
    assert!((mean - (sample.vectors[0] + sample.vectors[width]) / 2.0).abs() < 1e-6);
}

#[test]
fn a_table_without_rows_has_its_schema() {
    let none: [&Document; 0] = [];
    let Batches { documents, mentions, entities, attributions, pairs } = batches(&none, false).unwrap();
    let errors = errors(&[]).unwrap();
    for (table, batch) in Table::ALL.iter().zip([documents, mentions, entities, attributions, pairs, errors])
    {
        assert_eq!((batch.num_rows(), batch.schema()), (0, schema(*table)), "{}", table.name());
    }
}

#[test]
fn text_is_null_unless_it_is_asked_for() {
    let doc = documents::sample();
    assert_eq!(text(&batches(&[&doc], false).unwrap().documents, "text"), [None]);
    assert_eq!(text(&batches(&[&doc], true).unwrap().documents, "text"), some(&[doc.text()]));
}

#[test]
fn errors_have_their_place() {
    let row = RowError { file: "a.csv".into(), line: 7, id: None, reason: "no text".into() };
    let table = errors(&[row]).unwrap();
    assert_eq!((text(&table, "file"), long(&table, "line")), (some(&["a.csv"]), vec![Some(7)]));
    assert_eq!((text(&table, "id"), text(&table, "reason")), (vec![None], some(&["no text"])));
}

#[test]
fn vectors_of_another_width_are_refused() {
    let mut doc = documents::sample();
    doc.vectors.pop();
    let error = batches(&[doc], false).unwrap_err().to_string();
    assert!(error.contains("expected stance vectors"), "{error}");
}
