//! What the tagger looks at. Training and prediction share it.

use super::word::{EDGE, Word};
use crate::model::{feature, join};

/// Before the first word there is no tag.
const NONE: u32 = 255;

/// Hands out the features of word `i`, whose tags so far are those before it, one by one.
#[inline]
pub(crate) fn features(words: &[Word], i: usize, tags: &[u8], mut give: impl FnMut(u32)) {
    let at = |offset: isize| i.checked_add_signed(offset).and_then(|j| words.get(j)).unwrap_or(&EDGE);
    let tag = |back: usize| i.checked_sub(back).map_or(NONE, |j| u32::from(tags[j]));
    let (w, before, after, second) = (&words[i], at(-1), at(1), at(2));
    let class = |word: &Word| u32::from(word.known.class);
    let seen = |word: &Word| u32::from(word.known.tags);
    let first = u32::from(i == 0);
    let last = u32::from(i + 1 == words.len());
    let (t1, t2) = (tag(1), tag(2));
    let pair = t2 << 8 | t1;
    let mut add = |template: u32, value: u32| give(feature(template, value));

    // The word itself.
    add(1, w.lower);
    add(2, join(w.form, first));
    add(3, w.suffix[0]);
    add(4, w.suffix[1]);
    add(5, w.suffix[2]);
    add(6, w.suffix[3]);
    add(7, w.prefix[0]);
    add(8, w.prefix[1]);
    add(9, w.prefix[2]);
    add(10, w.shape << 1 | first);
    add(11, seen(w));
    add(12, class(w));
    add(13, join(w.suffix[2], w.shape));
    add(14, join(w.lower, last));
    // The tags before.
    add(20, t1);
    add(21, pair);
    add(22, join(t1, w.lower));
    add(23, join(t1, seen(w)));
    add(24, join(t1, w.suffix[2]));
    add(25, join(pair, seen(w)));
    add(26, t1 << 16 | seen(after));
    // The words around.
    add(30, before.lower);
    add(31, after.lower);
    add(32, at(-2).lower);
    add(33, second.lower);
    add(34, join(before.lower, w.lower));
    add(35, join(w.lower, after.lower));
    add(36, before.suffix[2]);
    add(37, after.suffix[2]);
    add(38, join(before.shape, w.shape));
    add(39, join(w.shape, after.shape));
    add(40, join(w.shape << 1 | first, before.lower));
    // What they may be.
    add(50, seen(after));
    add(51, seen(w) << 16 | seen(after));
    add(52, seen(after) << 16 | seen(second));
    add(53, join(w.suffix[1], seen(after)));
    add(54, class(w) << 16 | class(after));
    add(55, class(before) << 16 | class(w));
    add(56, class(after));
    add(57, class(second));
    add(58, class(before));
}
