//! Letters of a name as they are compared: without case and diacritics, and without what romanisations differ in.

/// A word in lower case without diacritics and apostrophes; letters of other scripts stay as they are.
pub(crate) fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => out.push_str(letters),
            None if matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | 'ʹ') => {}
            // Marks that stand behind their letter.
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None => out.push(c),
        }
    }
    out
}

/// A Latin letter with a mark as the letters without; in lower case.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ắ' | 'ä' => {
            "a"
        }
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẽ' | 'ế' | 'ề' | 'ệ' | 'ə' => "e",
        'ğ' | 'ģ' | 'ĝ' | 'ġ' => "g",
        'ĥ' | 'ħ' | 'ḥ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ĩ' | 'ị' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ố' | 'ồ' | 'ộ' | 'ọ' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' | 'ṣ' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'ṭ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ũ' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

/// What romanisations and spellings write in several ways, and the one that is compared; longer ones first.
const SAME: [(&str, &str); 31] = [
    ("tsch", "C"),
    ("shch", "S"),
    ("sch", "S"),
    ("tch", "C"),
    ("dzh", "j"),
    ("iya", "ia"),
    ("iye", "ie"),
    ("aye", "a"),
    ("eye", "i"),
    ("oye", "o"),
    ("dj", "j"),
    ("dh", "d"),
    ("gh", "g"),
    ("kh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ch", "C"),
    ("sh", "S"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("aa", "a"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("y", "i"),
];

/// A folded word without what spellings of one name differ in: y and i, kh and h, ue and u, double letters, a final h.
pub(crate) fn skeleton(folded: &str) -> String {
    let word = match folded.strip_prefix("mc").filter(|rest| rest.len() > 2) {
        Some(rest) => format!("mac{rest}"),
        None => folded.to_owned(),
    };
    // "Yevgeny" and "Evgeny".
    let word = word.strip_prefix('y').filter(|rest| rest.starts_with('e')).unwrap_or(&word);
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let (pattern, letters) = match SAME.iter().find(|(pattern, _)| rest.starts_with(pattern)) {
            Some((pattern, letters)) => (pattern.len(), *letters),
            None => (c.len_utf8(), &rest[..c.len_utf8()]),
        };
        for letter in letters.chars() {
            if !out.ends_with(letter) {
                out.push(letter);
            }
        }
        rest = &rest[pattern..];
    }
    let silent = out.len() > 3 && out.ends_with('h');
    let end = out.len() - usize::from(silent);
    out.truncate(end);
    match out.strip_suffix("of").filter(|stem| stem.len() > 2) {
        // "Smirnoff"
        Some(stem) if folded.ends_with("ff") => format!("{stem}ov"),
        _ => out,
    }
}

/// A skeleton without its vowels, but for one that opens it.
pub(crate) fn consonants(skeleton: &str) -> String {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let kept = skeleton.chars().enumerate().filter(|(i, c)| *i == 0 || !vowel(*c)).map(|(_, c)| c);
    let mut out = String::new();
    for c in kept {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// How many vowels of one skeleton stand otherwise in the other, given that their consonants are the same.
pub(crate) fn vowels_apart(a: &str, b: &str) -> usize {
    let groups = |word: &str| -> Vec<String> {
        let mut groups = vec![String::new()];
        for c in word.chars() {
            if matches!(c, 'a' | 'e' | 'i' | 'o' | 'u') {
                if let Some(last) = groups.last_mut() {
                    last.push(c);
                }
            } else {
                groups.push(String::new());
            }
        }
        groups
    };
    let (a, b) = (groups(a), groups(b));
    if a.len() != b.len() {
        return usize::MAX;
    }
    a.iter().zip(&b).filter(|(a, b)| a != b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_skeleton() {
        for same in [
            &["Zelenskyy", "Zelensky", "Zelenskiy", "Zelenski"][..],
            &["Dmitry", "Dmitri", "Dmitriy", "Dmitrii"],
            &["Müller", "Mueller", "Muller"],
            &["Aasen", "Åsen", "A\u{30a}sen"],
            &["Søren", "Soren", "Soeren"],
            &["O'Brien", "O’Brien", "OBrien"],
            &["McDonald", "MacDonald", "Macdonald"],
            &["Aliyev", "Aliev"],
            &["Nikolayev", "Nikolaev"],
            &["Andreyev", "Andreev"],
            &["Khalifa", "Halifa", "Khalifah"],
            &["Yevgeny", "Evgeny", "Evgenii"],
            &["Katherine", "Catherine"],
            &["Smirnov", "Smirnoff", "Smirnow"],
            &["Tchekhov", "Chekhov"],
            &["Sarkisian", "Sarkisyan"],
        ] {
            let skeletons: Vec<String> = same.iter().map(|word| skeleton(&folded(word))).collect();
            assert!(skeletons.windows(2).all(|pair| pair[0] == pair[1]), "{same:?}: {skeletons:?}");
        }
        for (a, b) in [("Kellen", "Keller"), ("Marsh", "March"), ("Ivanov", "Ivanova"), ("Хан", "Ван")]
        {
            assert_ne!(skeleton(&folded(a)), skeleton(&folded(b)));
        }
    }

    #[test]
    fn odd_words_have_a_skeleton_too() {
        for word in ["", "'", "🚢", "習近平", "h", "yy", "ff", "\u{301}", "ÿh", "mc", "of"] {
            let skeleton = skeleton(&folded(word));
            assert!(consonants(&skeleton).len() <= skeleton.len());
        }
    }
}
