//! Linking across documents: which names are one, in whatever order the documents come.
#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::prelude::*;
use sayso::corpus::Linking;
use sayso::entity::Label;
use sayso::io::spool::Spool;
use sayso::io::written::{Written, WrittenEntity};
use sayso::lexicon::{Lexicon, Own};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::new(&Own::default()).unwrap())
}

/// A document from "PER Mara Kellen; ORG Harbour Safety Board = HSB; GPE country:UKR Ukraine": a label, perhaps the id of a
/// list, the name, and behind `=` another form in the text.
fn document(id: &str, names: &str) -> Written {
    let entity = |told: &str| {
        let (told, alias) = told.split_once(" = ").map_or((told, None), |(told, alias)| (told, Some(alias)));
        let (label, rest) = told.trim().split_once(' ').unwrap();
        let label = Label::from_name(label).unwrap();
        let listed = rest.split_once(' ').filter(|(id, _)| id.contains(':'));
        let (id, name) = listed.map_or_else(|| (slug(label, rest), rest), |(id, name)| (id.to_owned(), name));
        let texts = std::iter::once(name).chain(alias).map(str::to_owned).collect();
        WrittenEntity { id, name: name.to_owned(), label, mentions: 1, texts }
    };
    Written { id: id.to_owned(), entities: names.split(';').map(entity).collect() }
}

/// The id of a name that no list knows.
fn slug(label: Label, name: &str) -> String {
    let prefix = match label {
        Label::Per => "person",
        Label::Org => "org",
        Label::Gpe | Label::Loc => "place",
        Label::Norp => "norp",
        Label::Outlet => "outlet",
    };
    let letters = name.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> =
        letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("{prefix}:{}", words.join("-"))
}

type Map = BTreeMap<(String, String, String), (String, String, String)>;

/// Of each document and entity the corpus id, its name and why.
fn linked<'d>(docs: impl IntoIterator<Item = &'d Written>) -> Map {
    let mut linking = Linking::default();
    docs.into_iter().for_each(|doc| linking.written(doc).unwrap());
    let mut map = Map::new();
    let mut put = |rows: &[sayso::table::LinkRow<'_>]| {
        for row in rows {
            let key = (row.document_id.clone(), row.entity.to_owned(), row.name.to_owned());
            let value =
                (row.corpus_entity.to_string(), row.corpus_name.to_owned(), row.why.name().to_owned());
            map.insert(key, value);
        }
        Ok(())
    };
    linking.settle(lexicon()).unwrap().rows(&mut put).unwrap();
    map
}

/// The sets of names that are one, each with the names of its documents in front, as "a Mara Kellen".
fn sets(docs: &[Written]) -> BTreeSet<BTreeSet<String>> {
    let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for ((document, _, name), (corpus, ..)) in linked(docs) {
        sets.entry(corpus).or_default().insert(format!("{document} {name}"));
    }
    sets.into_values().collect()
}

/// Documents a, b, c ... and whether all their names of the first label are one.
fn one(names: &[&str]) -> bool {
    let docs: Vec<Written> = ('a'..).zip(names).map(|(id, names)| document(&id.to_string(), names)).collect();
    sets(&docs).len() == 1
}

#[test]
fn spellings_and_forms_of_one_name_are_one() {
    for names in [
        &["PER Lukas Müller", "PER Lukas Mueller", "PER Lukas Muller"][..],
        &["PER Oleksandr Hryshchenko", "PER Alexander Hrishchenko", "PER Aleksandr Grishchenko"][..2],
        &["PER Mohammed al-Rashidi", "PER Mohamed Al Rashidi", "PER Muhammad Rashidi", "PER al-Rashidi"],
        &["PER Kellen, Mara", "PER Mara Kellen", "PER MARA KELLEN", "PER Dr. Mara Kellen"],
        &[
            "PER John Robert Haldane",
            "PER J. R. Haldane",
            "PER J.R. Haldane",
            "PER JR Haldane",
            "PER John Haldane",
        ],
        &["PER Mara O'Brien", "PER Mara O’Brien", "PER Mara OBrien"],
        &["PER Park Jin-soo", "PER Jin-soo Park", "PER Park Jinsoo"],
        &["PER Samuel Okonjo-Bright", "PER Samuel Okonjo Bright", "PER Okonjo-Bright"],
        &["PER Ana García Márquez", "PER García Márquez", "PER Garcia Marquez"],
        &["PER Abdulrahman Tamimi", "PER Abdul Rahman al-Tamimi"],
        &["PER Ursula von der Lohe", "PER von der Lohe", "PER Lohe"],
        &["PER Dmitry Arkhipov", "PER Dmitri Arhipov", "PER Dmitriy Arkhipov's"],
        &["PER person:volodymyr-zelenskyy Volodymyr Zelenskyy", "PER Vladimir Zelenski", "PER Zelenskiy"],
        &["ORG The Harbour Safety Board = HSB", "ORG Harbor Safety Board", "ORG HSB", "ORG H.S.B."],
        &["ORG Norvia Shipping Inc.", "ORG Norvia Shipping", "ORG Norvia Shipping Ltd"],
        &["ORG Orlane Freight", "ORG Orlane"],
        &["ORG National Crane Inspectorate", "ORG NCI"],
        &["ORG Norvian Defense Ministry", "ORG Ministry of Defence of Norvia"],
        &["ORG Halden Freight", "ORG Halden Freight Group"],
        &["OUTLET Tressay Courier", "ORG The Tressay Courier"],
        &["GPE Zhovtky", "LOC Zhovtki"],
        &["GPE Zarichiv", "GPE Zarichev"],
        &["GPE St. Ferrol", "GPE Saint Ferrol"],
        &["GPE place:kyiv Kyiv", "GPE Kiev"],
        &["PER Velden Harbour Trust", "ORG Velden Harbour Trust"],
        &["PER Иван Петренко", "PER ИВАН ПЕТРЕНКО"],
    ] {
        assert!(one(names), "{names:?}");
    }
}

#[test]
fn two_stay_two() {
    for names in [
        &["PER Mara Kellen", "PER Tomas Kellen"][..],
        &["PER Mara Kellen", "PER Mara Keller"],
        &["PER Mara Kellen", "PER Mara Kellan"],
        &["PER Mara J. Kellen", "PER Mara T. Kellen"],
        &["PER John Haldane Jr.", "PER John Haldane Sr."],
        &["PER Thomas James", "PER James Thomas"],
        &["PER Lars Petersen", "PER Lars Peterson"],
        &["PER Maria Petrova", "PER Marina Petrova"],
        &["PER Juan Torrik", "PER John Torrik"],
        &["PER T. Kellen", "PER Mara Kellen"],
        &["PER Corwin", "GPE Corwin"],
        &["GPE Norvia", "ORG Norvia Shipping"],
        &["PER Estmark", "PER Radio Estmark"],
        &["ORG Bank of Tressay", "ORG Central Bank of Tressay"],
        &["ORG Velden University", "ORG Velden University Hospital"],
        &["ORG Austria Defence Ministry", "ORG Australia Defence Ministry"],
        &["ORG Norvia Shipping", "ORG Norvia Steel"],
        &["PER person:mike-johnson Mike Johnson", "PER person:boris-johnson Boris Johnson"],
        &["PER 🚢", "PER 🐟"],
        &["PER 習近平", "PER 毛泽东"],
    ] {
        assert!(!one(names), "{names:?}");
    }
}

#[test]
fn a_short_name_is_the_only_longer_one_or_left_open() {
    let why = |docs: &[Written], document: &str, id: &str| {
        let found = linked(docs).into_iter().find(|((of, entity, _), _)| of == document && entity == id);
        let (corpus, _, why) = found.unwrap().1;
        (corpus, why)
    };
    let mut docs =
        vec![document("a", "PER Mara Kellen; ORG Harbour Safety Board"), document("b", "PER Kellen")];
    assert_eq!(why(&docs, "b", "person:kellen"), ("person:mara-kellen".into(), "short".into()));
    docs.push(document("c", "PER Tomas Kellen; ORG Elmsound Festival"));
    assert_eq!(why(&docs, "b", "person:kellen"), ("person:kellen@b".into(), "open".into()));
    docs.push(document("d", "PER Kellen; ORG Elmsound Festival"));
    assert_eq!(why(&docs, "d", "person:kellen"), ("person:tomas-kellen".into(), "context".into()));
    docs.push(document("e", "PER Kellen; PER Mara Kellen"));
    assert_eq!(why(&docs, "e", "person:kellen"), ("person:mara-kellen".into(), "context".into()));
    // As much for the one as for the other.
    docs.push(document("f", "PER Kellen; ORG Elmsound Festival; ORG Harbour Safety Board"));
    assert_eq!(why(&docs, "f", "person:kellen"), ("person:kellen@f".into(), "open".into()));
}

#[test]
fn a_full_name_that_fits_two_is_left_to_the_context() {
    let docs = [
        document("a", "PER Mara J. Kellen; GPE Tressay"),
        document("b", "PER Mara T. Kellen; GPE Dunmere"),
        document("c", "PER Mara Kellen; GPE Dunmere"),
        document("d", "PER Mara Kellen"),
        document("e", "PER Tomas Kellen; GPE Dunmere"),
    ];
    let map = linked(&docs);
    let corpus = |document: &str| {
        let found = map.iter().find(|((of, entity, _), _)| of == document && entity.starts_with("person"));
        found.unwrap().1.0.clone()
    };
    assert_eq!(corpus("c"), "person:mara-t-kellen");
    assert_eq!(corpus("d"), "person:mara-kellen@d");
}

#[test]
fn another_vowel_needs_the_same_company() {
    let kellen = document("a", "PER Mara Kellen; ORG Harbour Safety Board");
    let apart = [kellen.clone(), document("b", "PER Mara Kellan; ORG Elmsound Festival")];
    let beside = [kellen, document("b", "PER Mara Kellan; ORG Harbour Safety Board")];
    assert_eq!((sets(&apart).len(), sets(&beside).len()), (4, 2));
}

#[test]
fn a_spool_gives_back_what_was_put_in_again_and_again() {
    let mut spool = Spool::default();
    let row = |i: u32| (format!("näva/{i}"), (0..i % 7).map(|n| n * i).collect::<Vec<u32>>());
    for (id, numbers) in (0..1000).map(row) {
        spool.put(&id, &numbers).unwrap();
    }
    let mut spooled = spool.done().unwrap();
    for _ in 0..2 {
        let mut i = 0;
        let mut check = |id: &str, numbers: &[u32]| {
            assert_eq!((id.to_owned(), numbers.to_vec()), row(i));
            i += 1;
            Ok(())
        };
        spooled.each(&mut check).unwrap();
        assert_eq!(i, 1000);
    }
}

#[test]
fn ids_of_the_corpus_are_its_own() {
    let docs = [document("a", "PER 🚢"), document("b", "PER 🐟"), document("c", "PER 🚢")];
    let ids: BTreeSet<String> = linked(&docs).into_values().map(|(corpus, ..)| corpus).collect();
    assert_eq!(ids.len(), 2, "{ids:?}");
}

#[test]
fn every_entity_has_one_row_and_no_document_none() {
    let docs = [document("a", "PER Mara Kellen; GPE Tressay"), document("b", "PER Kellen")];
    assert_eq!(linked(&docs).len(), 3);
    assert_eq!(linked(&[]).len(), 0);
    assert_eq!(linked(&[Written { id: "a".into(), entities: Vec::new() }]).len(), 0);
}

/// Names that collide as often as they can.
fn name() -> impl Strategy<Value = String> {
    const LABELS: [&str; 6] = ["PER", "ORG", "GPE", "LOC", "NORP", "OUTLET"];
    const WORDS: [&str; 22] = [
        "Mara",
        "Maria",
        "Tomas",
        "Oleksandr",
        "Alexander",
        "M.",
        "T.",
        "J.",
        "Kellen",
        "Kellan",
        "Kelen",
        "al-Kellen",
        "Board",
        "Harbour",
        "Harbor",
        "Ministry",
        "Defence",
        "HKB",
        "Jr.",
        "Norvia",
        "Norvian",
        "Inc.",
    ];
    let words = vec(prop::sample::select(&WORDS[..]), 1..4).prop_map(|words| words.join(" "));
    (prop::sample::select(&LABELS[..]), words).prop_map(|(label, name)| format!("{label} {name}"))
}

/// A document of such names, each once.
fn documents() -> impl Strategy<Value = Vec<Written>> {
    let names = vec(name(), 1..5).prop_map(|names| names.into_iter().collect::<BTreeSet<_>>());
    vec(names, 1..14).prop_map(|docs| {
        let doc = |(i, names): (usize, BTreeSet<String>)| {
            let names: Vec<String> = names.into_iter().collect();
            document(&i.to_string(), &names.join(";"))
        };
        docs.into_iter().enumerate().map(doc).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_order_of_the_documents_tells_nothing(docs in documents(), seed in any::<u64>()) {
        let mut other: Vec<&Written> = docs.iter().collect();
        let mut dice = seed | 1;
        for i in (1..other.len()).rev() {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            other.swap(i, (dice % (i as u64 + 1)) as usize);
        }
        prop_assert_eq!(linked(&docs), linked(other));
    }

    #[test]
    fn ids_of_a_list_are_never_joined(docs in documents(), known in vec((0..14usize, 0..5usize), 1..6)) {
        let mut docs = docs;
        let mut listed = BTreeSet::new();
        for (document, entity) in known {
            let count = docs.len();
            let document = &mut docs[document % count];
            let count = document.entities.len();
            let entity = &mut document.entities[entity % count];
            // No slug of its name: an id that the user's own list has.
            entity.id = format!("own:{}", entity.name.to_lowercase());
            listed.insert(entity.id.clone());
        }
        for ((_, entity, _), (corpus, ..)) in linked(&docs) {
            prop_assert!(!listed.contains(&entity) || entity == corpus, "{} became {}", entity, corpus);
        }
    }

    #[test]
    fn odd_names_do_no_harm(names in vec("\\PC{0,40}|[ '’.,&()-]{0,6}|(\\p{Han}|\\p{Cyrillic}|🚢){1,9}|(ab ){0,200}", 1..8)) {
        let labels = Label::ALL.iter().cycle();
        let entity = |(name, label): (&String, &Label)| WrittenEntity {
            id: slug(*label, name),
            name: name.clone(),
            label: *label,
            mentions: 1,
            texts: vec![name.clone(), String::new()],
        };
        let doc = Written { id: "a".into(), entities: names.iter().zip(labels).map(entity).collect() };
        let map = linked(&[doc.clone(), Written { id: "b".into(), ..doc }]);
        for ((_, entity, name), (corpus, ..)) in &map {
            prop_assert!(!corpus.is_empty(), "{} {}", entity, name);
        }
    }
}
