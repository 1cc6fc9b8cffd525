//! Names, what they name, and who speaks. The notation stands in the table's head.

use crate::attributions::{label, read};
use crate::cases::{self, Judged};
use sayso::entity::Via;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    mentions: Option<Vec<String>>,
    speakers: Option<Vec<String>>,
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
    cases::judge(&cases::read::<Case>("entities.toml"), |case| {
        assert!(case.mentions.is_some() || case.speakers.is_some(), "{} asks nothing", case.name);
        let doc = read(case.text.trim());
        if let Some(wanted) = &case.mentions {
            let names = doc.mentions.iter().filter(|m| !matches!(m.via, Via::Pronoun | Via::Description));
            let found: Vec<_> = names
                .map(|m| {
                    format!("{} | {} | {}", doc.slice(m.span), m.label, doc.entities[m.entity as usize].name)
                })
                .collect();
            cases::same(&found, wanted)?;
        }
        if let Some(wanted) = &case.speakers {
            let mut order: Vec<usize> = (0..doc.attributions.len()).collect();
            order.sort_by_key(|&i| doc.attributions[i].cue);
            let cue = |i: usize| doc.attributions[i].cue.map_or("", |span| doc.slice(span));
            let who = |i: usize| label(&doc, i, "entity").unwrap_or_else(|| "none".into());
            let found: Vec<_> = order.iter().map(|&i| format!("{} | {}", cue(i), who(i))).collect();
            cases::same(&found, wanted)?;
        }
        Ok(())
    });
}
