//! Names, what they name, and who speaks. The notation stands in the table's head.

use crate::attributions::{analyse, label};
use crate::cases::{self, Judged};
use sayso::Record;
use sayso::entity::{Label, Via};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    date: Option<String>,
    outlet: Option<String>,
    mentions: Option<Vec<String>>,
    readings: Option<Vec<String>>,
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
        let asks = [&case.mentions, &case.readings, &case.speakers];
        assert!(asks.iter().any(|asked| asked.is_some()), "{} asks nothing", case.name);
        let doc = analyse(Record {
            id: "case".into(),
            text: case.text.trim().into(),
            date: case.date.clone(),
            outlet: case.outlet.clone(),
            ..Record::default()
        });
        if let Some(wanted) = &case.mentions {
            let names = doc.mentions.iter().filter(|m| !matches!(m.via, Via::Pronoun | Via::Description));
            let found: Vec<_> = names
                .map(|m| {
                    format!("{} | {} | {}", doc.slice(m.span), m.label, doc.entities[m.entity as usize].name)
                })
                .collect();
            cases::same(&found, wanted)?;
        }
        if let Some(wanted) = &case.readings {
            let found: Vec<_> = doc
                .mentions
                .iter()
                .filter(|m| m.via != Via::Pronoun && m.label != Label::Norp)
                .map(|m| {
                    format!("{} | {} | {}", doc.slice(m.span), doc.entities[m.entity as usize].name, m.via)
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
