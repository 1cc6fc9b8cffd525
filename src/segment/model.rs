//! The weights that decide where sentences end, trained on treebanks by `train::sentences`.

use super::boundary::Features;
use super::sentences::Verdict;

/// First line of the file; the weights follow, a signed byte each.
pub(crate) const HEADER: &[u8] = b"sayso sentences 1\n";

const MODEL: &[u8] = include_bytes!("../../data/models/en/sentences.model");

/// Whether a sentence ends at the place with these features.
pub(super) fn ends(verdict: Verdict, features: &Features) -> bool {
    decides(MODEL.get(HEADER.len()..).unwrap_or(&[]), verdict, features)
}

/// Of a place where the rules see the sentence go on it has to be surer: careful prose has few that do not.
const MARGIN: i32 = 24;

pub(crate) fn decides(weights: &[u8], verdict: Verdict, features: &Features) -> bool {
    score(weights, features) > if verdict == Verdict::GoesOn { MARGIN } else { 0 }
}

/// The sum of the features' weights: above zero where a sentence ends.
fn score(weights: &[u8], features: &Features) -> i32 {
    features.iter().map(|bucket| weights.get(usize::from(*bucket)).map_or(0, |w| i32::from(*w as i8))).sum()
}

#[cfg(test)]
mod tests {
    use super::super::boundary::BUCKETS;
    use super::*;

    #[test]
    fn the_file_is_whole() {
        assert!(MODEL.starts_with(HEADER));
        assert_eq!(MODEL.len(), HEADER.len() + BUCKETS);
    }
}
