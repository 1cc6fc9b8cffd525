//! Act, factuality and target of attributions. The notation stands in the table's head.

use crate::attributions::{label, read, shown};
use crate::cases::{self, Judged};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    stance: Vec<String>,
    gap: Option<String>,
}

impl Judged for Case {
    fn name(&self) -> &str {
        &self.name
    }
    fn gap(&self) -> Option<&str> {
        self.gap.as_deref()
    }
}

#[test]
fn cases() {
    judge("stance.toml");
}

/// By a reader who had not seen the model.
#[test]
fn unseen_cases() {
    judge("stance-unseen.toml");
}

fn judge(file: &str) {
    cases::judge(&cases::read::<Case>(file), |case| {
        assert!(!case.stance.is_empty(), "{} asks nothing", case.name);
        let doc = read(&case.text);
        let of = |index: usize, key: &str| label(&doc, index, key);
        for line in &case.stance {
            let (cue, wanted) = line.split_once(" | ").unwrap_or_else(|| panic!("{line}: no | in it"));
            let is_it =
                |i: &usize| doc.attributions[*i].cue.is_some_and(|span| doc.slice(span).contains(cue));
            let Some(i) = (0..doc.attributions.len()).find(is_it) else {
                return Err(format!("  {{{cue}}} not found\n{}", shown(&doc)));
            };
            let act_and_factuality =
                [of(i, "act"), of(i, "factuality")].map(Option::unwrap_or_default).join(" ");
            let about = of(i, "about").map(|about| format!(" about {about}")).unwrap_or_default();
            cases::same(format!("{act_and_factuality}{about}"), wanted.to_owned())
                .map_err(|why| format!("  {{{cue}}}\n{why}"))?;
        }
        Ok(())
    });
}

#[test]
fn who_speaks_for_somebody_clears_him() {
    let texts = [
        ("Lufthansa spokeswoman Ana Berg denied that her company had sold the data.", "Lufthansa"),
        ("Ana Berg, a lawyer for Lufthansa, denied that her client had sold the data.", "Lufthansa"),
        ("Ana Berg, who left Lufthansa, denied that she had sold the data.", "Ana Berg"),
        (
            "Hungarian Foreign Minister Peter Szijjarto denied that his country had tapped the lines.",
            "Hungary",
        ),
        ("Hungarian Foreign Minister Peter Szijjarto denied that he had met the envoy.", "Péter Szijjártó"),
        ("“I never paid the militia,” Emmanuel Macron said.", "Emmanuel Macron"),
    ];
    for (text, about) in texts {
        assert_eq!(label(&read(text), 0, "about").as_deref(), Some(about), "{text}");
    }
}
