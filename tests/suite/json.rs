//! A document as a line of JSON: the shape of the contract, the way back, what is refused.
#![allow(clippy::unwrap_used)]

use crate::documents;
use proptest::prelude::*;
use sayso::json::{from_json, to_json};
use serde_json::Value;

#[test]
fn the_keys_stand_in_the_order_of_the_contract() {
    let line = to_json(&documents::sample(), true, false);
    let value: Value = serde_json::from_str(&line).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&value), "schema id meta warnings english text blocks mentions entities attributions");
    assert_eq!(keys(&value["blocks"][0]), "start end kind");
    assert_eq!(keys(&value["mentions"][0]), "id field start end text label entity name via confidence");
    assert_eq!(keys(&value["entities"][0]), "id name label mentions");
    assert_eq!(
        keys(&value["attributions"][0]),
        "id parent field kind source source_entity source_entity_id source_kind addressee addressee_entity \
         addressee_entity_id cue content act factuality polarity certainty article_factuality about about_id confidence \
         label_confidence why"
    );
    assert_eq!(keys(&value["attributions"][0]["label_confidence"]), "act factuality about source_entity");
    assert_eq!(keys(&value["meta"]), "title outlet");
    assert!(line.starts_with("{\"schema\":\"sayso/1\",\"id\":\"näva-7\",\"meta\":{"), "{line}");
    assert!(line.contains("\"english\":0.98,"), "{line}");
    assert!(!line.contains('\n'));
}

#[test]
fn values_are_those_of_the_document_in_code_points() {
    let value: Value = serde_json::from_str(&to_json(&documents::sample(), true, false)).unwrap();
    let text: Vec<char> = value["text"].as_str().unwrap().chars().collect();
    let title: Vec<char> = value["meta"]["title"].as_str().unwrap().chars().collect();
    let slice = |field: &Value, spot: &Value| {
        let field = if field == "title" { &title } else { &text };
        let at = |key: &str| spot[key].as_u64().unwrap() as usize;
        field[at("start")..at("end")].iter().collect::<String>()
    };
    for mention in value["mentions"].as_array().unwrap() {
        assert_eq!(slice(&mention["field"], mention), mention["text"].as_str().unwrap());
    }
    let (outer, inner) = (&value["attributions"][0], &value["attributions"][1]);
    assert_eq!(slice(&outer["field"], &outer["source"]), "Ørland: “No spill”");
    assert_eq!(slice(&inner["field"], &inner["content"][1]), "“None.”");
    assert_eq!(
        (&outer["id"], &outer["parent"], &outer["field"]),
        (&"näva-7#1".into(), &Value::Null, &"title".into())
    );
    assert_eq!(
        (&inner["id"], &inner["parent"], &inner["field"]),
        (&"näva-7#2".into(), &"näva-7#1".into(), &"text".into())
    );
    assert_eq!(
        (&outer["act"], &outer["factuality"], &outer["polarity"]),
        (&"deny".into(), &"CT-".into(), &(-1).into())
    );
    assert_eq!(
        (&inner["certainty"], &inner["about"], &inner["about_id"]),
        (&0.75.into(), &"Norvia".into(), &"org:norvia".into())
    );
    assert_eq!(
        (&inner["source_kind"], &inner["addressee_entity"]),
        (&"official_group".into(), &"Norvia".into())
    );
    assert_eq!((&outer["cue"], &outer["confidence"]), (&Value::Null, &Value::Null));
    assert_eq!(value["entities"][1]["mentions"], serde_json::json!(["näva-7#m2"]));
    // Blocks of the title are not of the text.
    assert_eq!(value["blocks"], serde_json::json!([{"start": 0, "end": text.len(), "kind": "body"}]));
}

#[test]
fn what_is_no_document_of_this_contract_is_refused() {
    let line = to_json(&documents::sample(), true, true);
    assert_eq!(from_json(&line).unwrap(), documents::sample());
    let cases = [
        (
            "\"schema\":\"sayso/1\"",
            "\"schema\":\"sayso/2\"",
            "expected a document of schema \"sayso/1\", found \"sayso/2\"",
        ),
        ("\"text\":\"“We", "\"texts\":\"“We", "expected the document's \"text\""),
        ("\"end\":74", "\"end\":7500", "inside the text, which has 74 code points; one reaches to 7500"),
        ("\"label\":\"PER\"", "\"label\":\"PERSON\"", "unknown variant `PERSON`, expected one of `PER`"),
        (
            "\"parent\":\"näva-7#1\"",
            "\"parent\":\"näva-7#9\"",
            "expected an attribution of this document, found \"näva-7#9\"",
        ),
        ("\"parent\":\"näva-7#1\"", "\"parent\":\"näva-7#2\"", "a circle of them"),
        (
            "\"about_id\":\"org:norvia\"",
            "\"about_id\":\"org:other\"",
            "expected an entity of this document, found \"org:other\"",
        ),
        ("\"text\":\"told\"", "\"text\":\"sold\"", "expected the words \"sold\" at its span, found \"told\""),
        ("\"id\":\"näva-7#2\"", "\"id\":\"näva-7#1\"", "expected every attribution once"),
        ("\"start\":0,\"end\":74", "\"start\":74,\"end\":0", "start <= end"),
        ("\"vectors\":[[", "\"vectors\":[[1.0,", "one vector for each attribution"),
        ("\"act\":\"deny\"", "\"act\":null", "expected an act and a factuality"),
        ("{\"schema\"", "[\"schema\"", "not a sayso/1 document"),
    ];
    for (from, to, expected) in cases {
        let broken = line.replacen(from, to, 1);
        assert_ne!(broken, line, "{from}");
        let error = from_json(&broken).unwrap_err().to_string();
        assert!(error.contains(expected), "{from} -> {to}: {error}");
    }
}

#[test]
fn a_column_more_is_taken() {
    let line = to_json(&documents::sample(), true, true).replacen("\"id\"", "\"later\":[1],\"id\"", 1);
    assert_eq!(from_json(&line).unwrap(), documents::sample());
}

proptest! {
    #[test]
    fn the_full_form_loses_nothing(doc in documents::arbitrary()) {
        let line = to_json(&doc, true, true);
        prop_assert_eq!(from_json(&line).unwrap(), doc);
    }

    #[test]
    fn the_plain_form_says_the_same_after_the_way_back(doc in documents::arbitrary()) {
        let line = to_json(&doc, true, false);
        prop_assert_eq!(to_json(&from_json(&line).unwrap(), true, false), line);
    }

    #[test]
    fn nothing_makes_it_panic(doc in documents::arbitrary(), at in 0usize..4000, with in "[0-9\"{}:,a-z]{0,4}") {
        let mut line = to_json(&doc, true, true);
        let at = (0..=at % (line.len() + 1)).rev().find(|&i| line.is_char_boundary(i)).unwrap();
        line.insert_str(at, &with);
        let _ = from_json(&line);
    }
}
