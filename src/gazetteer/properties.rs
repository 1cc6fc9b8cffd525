//! All engines find what a slow and plain search finds, in every text.

#![allow(clippy::unwrap_used)]

use super::fold::{Class, class, fold};
use super::*;
use proptest::prelude::*;

/// A word of the plain search: where it is, its letters, and its letters with their case.
struct Plain {
    start: usize,
    end: usize,
    letters: String,
    cased: String,
}

/// Character by character.
fn plain_words(text: &str) -> Vec<Plain> {
    let mut spans: Vec<(usize, usize, Class)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let last = spans.last_mut().filter(|last| last.1 == at);
        match (class(c), last) {
            (Class::Mark, Some(last)) => last.1 = end,
            (Class::Word, Some(last)) if last.2 == Class::Word => last.1 = end,
            (Class::Mark | Class::Gap, _) => {}
            (kind, _) => spans.push((at, end, kind)),
        }
    }
    let plain = |(start, end, _): (usize, usize, Class)| {
        let (mut letters, mut cased) = (String::new(), String::new());
        fold(&text[start..end], false, &mut letters);
        fold(&text[start..end], true, &mut cased);
        Plain { start, end, letters, cased }
    };
    spans.into_iter().map(plain).collect()
}

/// What stands between two words, as a name would have to have it; `None` at the end of a paragraph.
fn plain_gap(gap: &str) -> Option<&'static str> {
    let seen: String = gap.chars().filter(|c| class(*c) != Class::Mark).collect();
    let hyphens = seen.chars().filter(|c| !c.is_whitespace() && !c.is_control()).count();
    let lines: usize = seen
        .chars()
        .map(|c| match c {
            '\n' | '\u{85}' | '\u{2028}' => 1,
            '\u{b}' | '\u{c}' | '\u{2029}' => 2,
            _ => 0,
        })
        .sum();
    match (gap.is_empty(), lines, hyphens, seen.chars().count()) {
        (true, ..) => Some("glued"),
        (_, 2.., ..) => None,
        (_, _, 0, _) | (_, _, 1, 1) => Some("spaced"),
        _ => Some("dashed"),
    }
}

/// Every word in turn, every end in turn, every name in turn.
fn plain_find(names: &[(String, Case, u32)], text: &str) -> Vec<(usize, usize, Vec<u32>)> {
    let words = plain_words(text);
    let known: Vec<_> = names.iter().map(|(name, case, id)| (name, plain_words(name), *case, *id)).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    'words: while at < words.len() {
        for end in (at + 1..=words.len()).rev() {
            let mut ids = Vec::new();
            for (name, own, case, id) in &known {
                let equal = own.len() == end - at
                    && own.iter().zip(&words[at..end]).all(|(a, b)| match case {
                        Case::Exact => a.cased == b.cased,
                        Case::Ignore => a.letters == b.letters,
                    })
                    && own.windows(2).zip(words[at..end].windows(2)).all(|(a, b)| {
                        let here = plain_gap(&text[b[0].end..b[1].start]);
                        here.is_some() && here == plain_gap(&name[a[0].end..a[1].start])
                    });
                if equal {
                    ids.push(*id);
                }
            }
            if !ids.is_empty() {
                ids.sort_unstable();
                ids.dedup();
                found.push((words[at].start, words[end - 1].end, ids));
                at = end;
                continue 'words;
            }
        }
        at += 1;
    }
    found
}

/// What a gazetteer finds, in the same form.
fn found(gazetteer: &Gazetteer, text: &str) -> Vec<(usize, usize, Vec<u32>)> {
    let row = |m: Match| {
        let ids = gazetteer.ids(m.name).iter().map(|id| gazetteer.id(*id).parse().unwrap());
        let mut ids: Vec<u32> = ids.collect();
        ids.sort_unstable();
        (m.span.start as usize, m.span.end as usize, ids)
    };
    gazetteer.find(text).into_iter().map(row).collect()
}

/// The names that a gazetteer takes, and the gazetteer.
fn built(names: Vec<(String, bool, u32)>) -> (Vec<(String, Case, u32)>, Gazetteer) {
    let (mut builder, mut taken) = (Builder::default(), Vec::new());
    for (name, exact, id) in names {
        let (name, case) = (name.trim().to_owned(), if exact { Case::Exact } else { Case::Ignore });
        let row = Row { name: &name, id: &id.to_string(), label: "", case: Some(case) };
        if builder.add(0, row).is_ok() {
            taken.push((name, case, id));
        }
    }
    (taken, builder.build().unwrap())
}

fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "B",
        "b",
        "Norvia",
        "NORVIA",
        "é",
        "e\u{301}",
        "\u{301}",
        "’",
        "'",
        "s",
        "-",
        "‐",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\u{a0}",
        "\u{2028}",
        ".",
        "“",
        "\"",
        "北",
        "京",
        "ス",
        "щ",
        "Й",
        "и\u{306}",
        "ß",
        "ss",
        "İ",
        "_",
        "1",
        "\u{ad}",
        "🚢",
        "กี",
        "한",
        "क्",
        "\0",
        "the",
        "averylongwordindeed",
        "Ω",
        "Σς",
    ];
    prop::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

fn text(len: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(pieces(), len).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn all_engines_find_what_the_plain_search_finds(
        names in prop::collection::vec((text(1..6), any::<bool>(), 0u32..6), 1..12),
        text in text(0..90),
    ) {
        let (names, gazetteer) = built(names);
        let wanted = plain_find(&names, &text);
        prop_assert_eq!(&found(&gazetteer, &text), &wanted);
        let gazetteer = unpack(std::path::Path::new("x"), &pack(&gazetteer)).unwrap();
        prop_assert_eq!(&found(&gazetteer, &text), &wanted);
        for engine in [Engine::Dfa, Engine::Nfa] {
            let (_, other) = built(names.iter().map(|(n, c, id)| (n.clone(), *c == Case::Exact, *id)).collect());
            prop_assert_eq!(&found(&other.with_engine(engine).unwrap(), &text), &wanted, "{:?}", engine);
        }
    }

    #[test]
    fn all_engines_agree_on_any_unicode(
        names in prop::collection::vec(("\\PC{1,4}", any::<bool>(), 0u32..6), 1..6),
        text in "\\PC{0,100}",
    ) {
        let (names, gazetteer) = built(names);
        let wanted = plain_find(&names, &text);
        prop_assert_eq!(&found(&gazetteer, &text), &wanted);
        prop_assert_eq!(&found(&gazetteer.with_engine(Engine::Nfa).unwrap(), &text), &wanted);
    }

    #[test]
    fn a_text_is_cut_as_character_by_character(text in text(0..200)) {
        let mut words = Words::default();
        // With what a longer text left behind.
        words.cut(&"Ærø, ".repeat(100));
        words.cut(&text);
        let plain = plain_words(&text);
        prop_assert_eq!(words.len(), plain.len());
        for (word, plain) in plain.iter().enumerate() {
            let span = words.span(word);
            prop_assert_eq!((span.0 as usize, span.1 as usize), (plain.start, plain.end));
            prop_assert_eq!(words.point(span.0) as usize, text[..plain.start].chars().count());
            let raised: Vec<u8> = plain.letters.bytes().map(words::raised).collect();
            prop_assert_eq!(words.letters(span), raised.as_slice());
        }
    }

    #[test]
    fn no_file_panics(file in prop::collection::vec(any::<u8>(), 0..300), at in 0usize..400, text in text(0..20)) {
        let path = std::path::Path::new("x");
        prop_assert!(unpack(path, &file).is_err());
        // Damaged under a right checksum, as nobody but a villain would.
        let (_, gazetteer) = built(vec![("Norvia".into(), false, 1), ("a b".into(), true, 2)]);
        if let Some(gazetteer) = file::tampered(&gazetteer, at, &file) {
            gazetteer.find(&text).iter().for_each(|m| assert!(gazetteer.ids(m.name).len() + gazetteer.name(m.name).len() < 1000));
        }
    }
}

#[test]
fn names_are_found_however_they_are_written() {
    for (name, text, wanted) in [
        ("Åse Berg", "ASE-BERG’s boat", "ASE-BERG"),
        ("O'Brien", "Mr O’Brien left", "O’Brien"),
        ("al-Qaida", "Al Qaida said", "Al Qaida"),
        ("U.S. Navy", "the U.S.\nNavy", "U.S.\nNavy"),
        ("the Netherlands", "The Netherlands' ports", "The Netherlands"),
        ("Yahoo!", "Yahoo!s", "Yahoo!"),
        ("Лук'янівка", "у Лук’янівка", "Лук’янівка"),
        ("Семён Сёмин", "СЕМЕН СЁМИН сказал", "СЕМЕН СЁМИН"),
        ("北京", "我在北京工作", "北京"),
        ("ประเทศไทย", "ในประเทศไทยมี", "ประเทศไทย"),
        ("Norvia - Live", "on Norvia - Live now", "Norvia - Live"),
        ("WHO", "the WHO said who", "WHO"),
    ] {
        let mut builder = Builder::default();
        builder.add(1, Row { name, id: "x", label: "", case: None }).unwrap();
        let found = builder.build().unwrap().find(text);
        assert_eq!(found.iter().map(|m| m.span.of(text)).collect::<Vec<_>>(), [wanted], "{name}");
    }
    for (name, text) in [
        ("Norvia", "Norvian ships"),
        ("Port Vell", "the port.\n\nVell said"),
        ("Port Vell", "the port - Vell said"),
        ("US", "us, Us"),
        ("Xi", "XI, xi"),
        ("AB", "A B"),
    ] {
        let mut builder = Builder::default();
        builder.add(1, Row { name, id: "x", label: "", case: None }).unwrap();
        assert_eq!(builder.build().unwrap().find(text), [], "{name}");
    }
}

#[test]
fn case_counts_where_nothing_is_said_for_acronyms_and_short_names() {
    for name in ["US", "WHO", "NATO", "G20", "U.S.", "Xi", "Xi ", "AT&T", "Щи"] {
        assert_eq!(Case::of(name.trim()), Case::Exact, "{name}");
    }
    for name in ["Iran", "NORVIA SHIPPING", "BBC News", "北京", "of", "O'Hare", "3"] {
        assert_eq!(Case::of(name), Case::Ignore, "{name}");
    }
}

#[test]
fn an_exact_name_gives_way_to_a_shorter_one() {
    let (_, gazetteer) =
        built(vec![("Port".into(), false, 1), ("Port US".into(), true, 2), ("port us".into(), true, 3)]);
    assert_eq!(
        found(&gazetteer, "Port us, Port US, port us"),
        [(0, 4, vec![1]), (9, 16, vec![2]), (18, 25, vec![3])]
    );
}

#[test]
fn a_name_may_have_several_ids() {
    let (_, gazetteer) = built(vec![
        ("Åse".into(), false, 1),
        ("ase".into(), false, 2),
        ("ASE".into(), true, 3),
        ("Ase".into(), false, 1),
    ]);
    assert_eq!(found(&gazetteer, "åse ASE"), [(0, 4, vec![1, 2]), (5, 8, vec![1, 2, 3])]);
    assert_eq!((gazetteer.len(), gazetteer.all_ids().collect::<Vec<_>>()), (2, vec!["1", "2", "3"]));
}

#[test]
fn rows_are_refused_in_words() {
    let long = "x".repeat(10_000);
    for (name, id, label, reason) in [
        ("", "a", "", "expected a name, found an empty cell"),
        (" ", "a", "", "expected a name, found an empty cell"),
        ("-", "a", "", "expected a name with letters, found \"-\""),
        ("Norvia", "", "", "expected an id, found an empty cell"),
        (&long, "a", "", "expected a name of at most 1000 characters, found one of 10000"),
        ("Nor\n\nvia", "a", "", "expected a name in one paragraph, found \"Nor\\n\\nvia\""),
        ("Norvia", "a", "PER", "expected the label ORG that the id \"a\" has in line 7, found PER"),
    ] {
        let mut builder = Builder::default();
        builder.add(7, Row { name: "First", id: "a", label: "ORG", case: None }).unwrap();
        assert_eq!(builder.add(9, Row { name, id, label, case: None }), Err(reason.to_owned()));
        assert_eq!(builder.build().unwrap().len(), 1);
    }
}

#[test]
fn a_file_is_refused_wherever_it_is_cut_or_flipped() {
    let (_, gazetteer) = built(vec![("Norvia".into(), false, 1), ("Port Vell".into(), true, 2)]);
    let file = pack(&gazetteer);
    let path = std::path::Path::new("x.gazetteer");
    for cut in 0..file.len() {
        let reason = unpack(path, &file[..cut]).unwrap_err().to_string();
        assert!(reason.starts_with("x.gazetteer: "), "{reason}");
    }
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut file = file.clone();
            file[at] ^= 1 << bit;
            assert!(unpack(path, &file).is_err(), "byte {at}, bit {bit}");
        }
    }
    let longer = [file.as_slice(), b"x"].concat();
    assert!(unpack(path, &longer).is_err());
}
