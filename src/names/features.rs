//! What the finder of names looks at. Training and prediction share it.

use super::View;
use crate::model::{coarse, join};
use crate::tag::EDGE;

/// The feature of the label before.
pub(crate) fn previous(label: usize) -> u32 {
    coarse(400, label as u32)
}

/// Hands out the features of word `i` one by one.
#[inline]
pub(crate) fn features(view: View<'_>, i: usize, mut feature: impl FnMut(u32)) {
    let View { words, tags, hints, memory, echo } = view;
    let at = |offset: isize| i.checked_add_signed(offset).filter(|j| *j < words.len());
    let word = |offset: isize| at(offset).map_or(&EDGE, |j| &words[j]);
    let tag = |offset: isize| at(offset).map_or(63, |j| tags[j].fine as u32);
    let hint = |offset: isize| at(offset).map_or(8191, |j| hints[j].bits());
    let class = |offset: isize| u32::from(word(offset).known.class);
    let w = word(0);
    let first = u32::from(i == 0);
    let mut add = |template: u32, value: u32| feature(coarse(template + 300, value));

    add(0, 1);
    add(1, w.lower);
    add(2, w.form);
    add(3, w.suffix[2]);
    add(4, w.suffix[3]);
    add(5, w.prefix[2]);
    add(6, w.shape << 1 | first);
    add(7, class(0));
    add(8, tag(0));
    add(9, u32::from(w.known.tags));
    add(10, join(w.suffix[1], w.shape));
    add(11, join(w.shape << 1 | first, u32::from(w.known.tags)));
    // Before and after.
    add(12, word(-1).lower);
    add(13, word(1).lower);
    add(14, word(-2).lower);
    add(15, word(2).lower);
    add(16, join(word(-1).lower, w.lower));
    add(17, join(w.lower, word(1).lower));
    add(18, word(-1).shape << 16 | w.shape);
    add(19, w.shape << 16 | word(1).shape);
    add(20, join(word(-1).shape << 16 | w.shape, word(1).shape));
    add(21, class(-1));
    add(22, class(1));
    add(23, class(-1) << 16 | class(0));
    add(24, class(0) << 16 | class(1));
    add(25, tag(-1) << 6 | tag(0));
    add(26, tag(0) << 6 | tag(1));
    add(27, (tag(-1) << 6 | tag(0)) << 6 | tag(1));
    add(28, join(word(-1).lower, w.shape));
    add(29, join(word(1).lower, w.shape));
    add(30, join(join(word(-2).lower, word(-1).lower), w.shape));
    add(31, join(join(word(1).lower, word(2).lower), w.shape));
    add(32, word(-1).suffix[2]);
    add(33, word(1).suffix[2]);
    add(34, join(class(-1), w.shape));
    add(35, join(class(1), w.shape));
    // What the lists know.
    add(40, hint(0));
    add(41, hint(-1));
    add(42, hint(1));
    add(43, join(hint(0), w.shape << 1 | first));
    add(44, join(hint(-1), hint(0)));
    add(45, join(hint(0), hint(1)));
    add(46, join(hint(0), w.lower));
    add(47, join(hint(0), word(-1).lower));
    add(48, join(hint(0), word(1).lower));
    add(49, join(hint(0), tag(0) << 6 | tag(1)));
    add(50, join(hint(-1), w.shape));
    add(51, join(hint(1), w.shape));
    add(52, hint(2));
    // What the document shows elsewhere.
    let seen = |offset: isize| at(offset).map_or(0, |j| u32::from(memory[j]));
    add(60, seen(0) << 1 | first);
    add(61, join(seen(0), w.shape << 1 | first));
    add(62, seen(0) << 8 | seen(1));
    add(63, seen(-1) << 8 | seen(0));
    add(64, join(seen(0), tag(0)));
    add(65, join(seen(0), hint(0)));
    add(66, join(seen(0), u32::from(w.known.tags)));
    if echo.is_empty() {
        return;
    }
    // What the first reading made of it.
    let here = |offset: isize| at(offset).map_or(99, |j| u32::from(echo[j].here));
    let elsewhere = |offset: isize| at(offset).map_or(99, |j| u32::from(echo[j].elsewhere));
    let (own, other) = (here(0), elsewhere(0));
    add(70, own);
    add(71, other);
    add(72, own << 8 | other);
    add(73, (here(-1) << 8 | own) << 8 | here(1));
    add(74, join(other, w.shape << 1 | first));
    add(75, join(own << 8 | other, seen(0)));
    add(76, other << 8 | elsewhere(1));
    add(77, elsewhere(-1) << 8 | other);
    add(78, join(own, w.lower));
    add(79, join(own, hint(0)));
    add(80, join(own << 8 | other, tag(0)));
}
