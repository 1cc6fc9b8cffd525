//! Blocks and their kinds.

use crate::cases;
use proptest::prelude::*;
use sayso::clean::{BlockKind, clean, is_blank};

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    text: String,
    /// Kind and text of every block.
    blocks: Vec<(BlockKind, String)>,
}

#[test]
fn cases() {
    cases::check(
        &cases::read::<Case>("clean.toml"),
        |case| &case.name,
        |case| {
            let found: Vec<_> =
                clean(&case.text).iter().map(|b| (b.kind, b.span.of(&case.text).to_owned())).collect();
            cases::same(found, case.blocks.clone())
        },
    );
}

/// Lines as web pages have them, and anything else.
pub fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "\\PC{0,60}",
        "(PORT VELL|Vell, Harrow|By|Source:|See also|Leave a Reply|Photo:|\\[File: A/B\\]|—| - |\\.|\\(AP\\)| |,|June 3){0,8}",
        "[a-z]{1,8}( [a-z]{1,8}){0,20}[.!?]?",
    ];
    prop::collection::vec((line, prop_oneof!["\n", "\n\n", "\r\n", "\u{2028}", " \n"]), 0..12)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + &end).collect())
}

proptest! {
    #[test]
    fn blocks_cover_all_but_white_space_in_order(text in page()) {
        let mut at = 0;
        for block in clean(&text) {
            let (start, end) = (block.span.start as usize, block.span.end as usize);
            prop_assert!(at <= start && start < end);
            prop_assert!(text[at..start].chars().all(is_blank), "{:?} left out", &text[at..start]);
            prop_assert!(!text[start..end].starts_with(is_blank) && !text[start..end].ends_with(is_blank));
            at = end;
        }
        prop_assert!(text[at..].chars().all(is_blank));
    }
}
