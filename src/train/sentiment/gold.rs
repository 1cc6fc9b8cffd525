//! Targets in sentences with their sentiment: JSON lines as NewsMTSC has them, or with the scores of a teacher.

use crate::error::{Error, Result};
use crate::offsets;
use crate::pipeline::Pipeline;
use crate::sentiment::{Case, Sentiment, case};
use crate::span::Span;
use serde::Deserialize;
use std::path::Path;

/// A target as the network sees it, and what is known of the sentiment towards it.
pub(in crate::train) struct Example {
    pub(super) case: Case,
    /// The chance of each label.
    pub(super) labels: [f32; 3],
}

#[derive(Deserialize)]
struct Row {
    text: String,
    start: u32,
    end: u32,
    label: Option<String>,
    scores: Option<[f32; 3]>,
}

/// Reads a file. A target without a word is left out.
///
/// # Errors
/// A line without a text, a span in it and a label or scores: file and line.
pub(in crate::train) fn read(path: &Path, pipeline: &Pipeline) -> Result<Vec<Example>> {
    let lines = crate::train::text::read(path)?;
    let name = path.to_string_lossy();
    let mut examples = Vec::new();
    for (i, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let found = example(line, pipeline).map_err(|expected| Error::row(name.clone(), i + 1, expected))?;
        examples.extend(found);
    }
    if examples.is_empty() {
        return Err(Error::row(name, 1, "expected a target with \"text\", \"start\", \"end\" and \"label\""));
    }
    Ok(examples)
}

fn example(line: &str, pipeline: &Pipeline) -> std::result::Result<Option<Example>, String> {
    let row: Row = serde_json::from_str(line).map_err(|error| {
        format!("expected \"text\", \"start\", \"end\" and \"label\" or \"scores\": {error}")
    })?;
    let bytes = offsets::bytes_of(&row.text, &[row.start, row.end]);
    let span = match bytes.as_deref() {
        Some(&[start, end]) if start < end => Span { start, end },
        _ => return Err(format!("expected a span in the text, found {}..{}", row.start, row.end)),
    };
    let labels = match (row.scores, &row.label) {
        (Some(scores), _) if scores.iter().all(|score| (0.0..=1.0).contains(score)) => scores,
        (None, Some(label)) => {
            let label = Sentiment::from_name(label)
                .ok_or_else(|| format!("expected negative, neutral or positive, found {label:?}"))?;
            std::array::from_fn(|i| f32::from(u8::from(Sentiment::ALL[i] == label)))
        }
        _ => return Err("expected a \"label\", or three \"scores\" from 0 to 1".to_owned()),
    };
    let found = pipeline.with_targets(&row.text, &[span], |layers| case(layers, span));
    Ok(found.map(|case| Example { case, labels }))
}
