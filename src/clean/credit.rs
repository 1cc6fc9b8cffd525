//! Credits by their shape: bylines, and what stands in brackets at the end of a caption.

use super::lines::Line;

/// Whether the line is "By" and one or a few names.
pub(super) fn is_byline(line: &Line<'_>) -> bool {
    let Some(names) = line.text.strip_prefix("By ").or_else(|| line.text.strip_prefix("BY ")) else {
        return false;
    };
    let names = names.strip_suffix('.').unwrap_or(names);
    if line.words > 14
        || names.starts_with(|c: char| !c.is_uppercase())
        || names.contains(". ") && line.words > 8
    {
        return false;
    }
    let mut capitals = 0;
    names.split_whitespace().all(|word| {
        let word = word.trim_matches([',', '|', '(', ')']);
        let capital = word.starts_with(char::is_uppercase);
        capitals += usize::from(capital);
        capital
            || word.is_empty()
            || matches!(
                word,
                "and" | "in" | "for" | "of" | "de" | "von" | "van" | "al" | "the" | "&" | "with"
            )
    }) && capitals >= 2
}

/// Whether the line sends the reader to an account: "Follow Nira Oss on Twitter @nira".
pub(super) fn is_follow(line: &Line<'_>) -> bool {
    const PLACES: [&str; 9] = [
        " on twitter",
        " on facebook",
        " on instagram",
        " on telegram",
        " on x",
        " on youtube",
        " on tiktok",
        " @",
        ":@",
    ];
    if line.words > 20 || !line.text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("follow ")) {
        return false;
    }
    let lower = line.text.to_ascii_lowercase();
    PLACES.iter().any(|place| lower.contains(place))
}

/// Where the credit in brackets at the end of the line begins: "... on Tuesday [File: Ana Berg/Meridian]".
pub(super) fn bracketed(line: &str) -> Option<usize> {
    let bare = line.strip_suffix('.').unwrap_or(line);
    let open = match bare.chars().next_back()? {
        ']' => bare.rfind('[')?,
        ')' => bare.rfind('(')?,
        _ => return None,
    };
    let inside = bare.get(open + 1..bare.len() - 1)?;
    is_credit(inside, bare.as_bytes()[open] == b'[').then_some(open)
}

fn is_credit(inside: &str, square: bool) -> bool {
    const KEYS: [&str; 14] = [
        "file:",
        "file photo",
        "photo:",
        "photo by",
        "photo via",
        "photo/",
        "image:",
        "image by",
        "picture:",
        "credit:",
        "courtesy",
        "screengrab",
        "getty",
        "handout",
    ];
    const AGENCIES: [&str; 9] =
        ["Reuters", "AFP", "AP", "AP Photo", "EPA", "Getty Images", "Anadolu", "Al Jazeera", "TASS"];
    let words = inside.split_whitespace().take(16).count();
    if words == 0 || words > 15 || inside.len() > 160 {
        return false;
    }
    let lower = inside.to_ascii_lowercase();
    let key = KEYS.iter().any(|key| lower.starts_with(key)) || lower.starts_with("ap photo");
    let slash =
        inside.split('/').nth(1).is_some_and(|agency| agency.trim_start().starts_with(char::is_uppercase))
            && inside.starts_with(char::is_uppercase)
            && words >= 2;
    let agency = square && AGENCIES.contains(&inside)
        || words > 2 && AGENCIES.iter().any(|a| inside.ends_with(&format!("via {a}")));
    key || slash || agency
}
