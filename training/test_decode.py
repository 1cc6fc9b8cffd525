"""Trees and names against all there are, for short sentences."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from decode import find_cycle, legal_names, tree


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
def test_best_tree_with_one_root(words: int) -> None:
    chance = np.random.default_rng(words)
    for _ in range(40):
        scores = chance.normal(size=(words, words + 1)) * 3
        scores[np.arange(words), np.arange(1, words + 1)] = -1e9
        every = (
            heads
            for heads in product(range(words + 1), repeat=words)
            if heads.count(0) == 1 and find_cycle([-1, *heads]) is None
        )
        best = max(every, key=lambda heads: scores[np.arange(words), list(heads)].sum())
        assert tree(scores) == list(best)


def test_best_legal_names() -> None:
    labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    chance = np.random.default_rng(1)

    def legal(names: tuple[str, ...]) -> bool:
        pairs = zip(("O", *names), names, strict=False)
        return all(not n.startswith("I-") or before in (n, "B-" + n[2:]) for before, n in pairs)

    for _ in range(20):
        scores = chance.normal(size=(4, len(labels)))
        best = max(
            filter(legal, product(labels, repeat=4)),
            key=lambda names: sum(scores[i, labels.index(name)] for i, name in enumerate(names)),
        )
        assert legal_names(scores, labels) == list(best)
