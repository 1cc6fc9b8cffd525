"""Whether one set of predictions is better than another: the paired bootstrap over documents.

After Efron & Tibshirani (1993): documents are drawn with replacement, both sets are scored on what was drawn,
and the differences are sorted.
"""

import random
from collections.abc import Callable, Sequence

ROUNDS = 1000
SEED = 1

Counts = Sequence[float]
"""What a document adds to the sums that figures are made of."""


def differences(
    ours: Sequence[Counts],
    theirs: Sequence[Counts],
    figures: Callable[[Counts], dict[str, float]],
) -> dict[str, tuple[float, float, float]]:
    """For each figure the difference on all documents, and the ends of the interval that holds 95 % of them.

    `ours` and `theirs` have a row of counts a document, in the same order; `figures` makes figures of sums.
    """

    def difference(chosen: Sequence[int]) -> dict[str, float]:
        sums = [
            [sum(column) for column in zip(*(rows[i] for i in chosen), strict=True)]
            for rows in (ours, theirs)
        ]
        a, b = map(figures, sums)
        return {name: a[name] - b[name] for name in a}

    count = len(ours)
    chance = random.Random(SEED)
    whole = difference(range(count))
    drawn = [difference([chance.randrange(count) for _ in range(count)]) for _ in range(ROUNDS)]
    ends = {}
    for name in whole:
        ordered = sorted(row[name] for row in drawn)
        ends[name] = (whole[name], ordered[int(0.025 * ROUNDS)], ordered[int(0.975 * ROUNDS) - 1])
    return ends
