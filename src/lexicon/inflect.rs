//! The forms of English verbs and nouns by their spelling.

/// The forms of a verb.
pub(super) struct VerbForms {
    pub(super) third: String,
    pub(super) past: Vec<String>,
    pub(super) participle: Vec<String>,
    pub(super) ing: Vec<String>,
}

/// Inflects `lemma`; `irregular` holds (past, participle) pairs, which replace the regular ones.
pub(super) fn verb(lemma: &str, irregular: &[(String, String)]) -> VerbForms {
    let stem = lemma.strip_suffix('e').filter(|_| !lemma.ends_with("ee") && !lemma.ends_with("oe"));
    let consonant_y = lemma.ends_with('y') && !ends_in_vowel(&lemma[..lemma.len() - 1]);
    let mut ing = vec![match stem {
        _ if lemma.ends_with("ie") => format!("{}ying", &lemma[..lemma.len() - 2]),
        Some(stem) if lemma.len() > 2 && lemma != "singe" => format!("{stem}ing"),
        _ => format!("{lemma}ing"),
    }];
    let regular = match stem {
        _ if consonant_y => format!("{}ied", &lemma[..lemma.len() - 1]),
        Some(stem) => format!("{stem}ed"),
        None if lemma.ends_with('e') => format!("{lemma}d"),
        None => format!("{lemma}ed"),
    };
    let (mut past, mut participle) = (Vec::new(), Vec::new());
    for (p, pp) in irregular {
        past.push(p.clone());
        participle.push(pp.clone());
        // A consonant doubled in the past is doubled before -ing; one doubled in neither is a base or strong form.
        if let Some(doubled) = p.strip_suffix("ed").filter(|d| d.len() > lemma.len()) {
            ing.push(format!("{doubled}ing"));
        } else if short_vowel(lemma) {
            ing.push(format!("{lemma}{}ing", &lemma[lemma.len() - 1..]));
        }
    }
    if past.is_empty() {
        past.push(regular.clone());
        participle.push(regular);
    }
    let third = plural(lemma);
    VerbForms { third, past, participle, ing }
}

/// The plural of a noun, which is also the third person of a verb.
pub(super) fn plural(lemma: &str) -> String {
    if lemma.ends_with('y') && !ends_in_vowel(&lemma[..lemma.len() - 1]) {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|e| lemma.ends_with(e)) || lemma == "go" {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    }
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.ends_with(['a', 'e', 'i', 'o', 'u'])
}

/// One syllable of consonant, vowel, consonant ("set", "begin" aside): the last letter doubles.
fn short_vowel(lemma: &str) -> bool {
    let b = lemma.as_bytes();
    let vowel = |c: u8| b"aeiou".contains(&c);
    b.len() >= 3
        && lemma.is_ascii()
        && !vowel(b[b.len() - 1])
        && !b"wxy".contains(&b[b.len() - 1])
        && vowel(b[b.len() - 2])
        && !vowel(b[b.len() - 3])
        && (b.len() <= 4 || lemma == "begin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_spelling() {
        for (lemma, irregular, third, past, ing) in [
            ("say", Some(("said", "said")), "says", "said", "saying"),
            ("deny", None, "denies", "denied", "denying"),
            ("accuse", None, "accuses", "accused", "accusing"),
            ("agree", None, "agrees", "agreed", "agreeing"),
            ("slam", Some(("slammed", "slammed")), "slams", "slammed", "slamming"),
            ("lie", Some(("lied", "lied")), "lies", "lied", "lying"),
            ("set", Some(("set", "set")), "sets", "set", "setting"),
            ("stress", None, "stresses", "stressed", "stressing"),
            ("portray", None, "portrays", "portrayed", "portraying"),
        ] {
            let irregular: Vec<_> = irregular.iter().map(|(p, q)| (p.to_string(), q.to_string())).collect();
            let forms = verb(lemma, &irregular);
            assert_eq!(forms.third, third);
            assert!(forms.past.contains(&past.to_string()), "{:?}", forms.past);
            assert!(forms.ing.contains(&ing.to_string()), "{:?}", forms.ing);
        }
    }
}
