"""From scores to well-formed trees and names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def tree(scores: Floats) -> list[int]:
    """The best tree with one root: `scores[d, h]` for word d + 1 below word h, column 0 being the root."""
    words = scores.shape[0]
    heads: list[int] = scores.argmax(axis=1).tolist()
    if heads.count(0) == 1 and find_cycle([-1, *heads]) is None:
        return heads
    # A price on root arcs higher than any tree's gain leaves one of them (Stanojević and Cohen 2021).
    square = np.full((words + 1, words + 1), -np.inf)
    square[1:] = np.maximum(scores, -1e6)
    square[1:, 0] -= 2e6 * (words + 1)
    square[np.arange(words + 1), np.arange(words + 1)] = -np.inf
    return spanning_tree(square)[1:]


def find_cycle(heads: list[int]) -> list[int] | None:
    """A cycle of the graph, or None. Node 0 is the root."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


def spanning_tree(scores: Floats) -> list[int]:
    """Chu-Liu-Edmonds over `scores[dependent, head]`; the head of node 0 is -1."""
    heads = [-1, *scores[1:].argmax(axis=1).tolist()]
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    members = np.array(cycle)
    kept = scores[members, [heads[m] for m in cycle]]
    # The cycle becomes one node, the last.
    n = len(rest)
    small = np.full((n + 1, n + 1), -np.inf)
    small[:n, :n] = scores[np.ix_(rest, rest)]
    from_cycle = scores[np.ix_(rest, members)]
    small[:n, n] = from_cycle.max(axis=1)
    into_cycle = scores[np.ix_(members, rest)] - kept[:, None]
    small[n, :n] = into_cycle.max(axis=0)
    small[0] = -np.inf
    small_heads = spanning_tree(small)
    for i in range(1, n):
        h = small_heads[i]
        heads[rest[i]] = int(members[from_cycle[i].argmax()]) if h == n else int(rest[h])
    outside = small_heads[n]
    entry = int(into_cycle[:, outside].argmax())
    heads[cycle[entry]] = int(rest[outside])
    return heads


def legal_names(scores: Floats, labels: list[str]) -> list[str]:
    """The best sequence of IOB2 labels in which an I- continues a name of its class."""
    count = len(labels)
    step = np.zeros((count, count))
    for i, before in enumerate(labels):
        for j, after in enumerate(labels):
            if after.startswith("I-") and before not in (after, "B-" + after[2:]):
                step[i, j] = -1e9
    best = scores[0] + np.array([-1e9 if label.startswith("I-") else 0.0 for label in labels])
    back: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        ways = best[:, None] + step
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for origin in reversed(back):
        path.append(int(origin[path[-1]]))
    return [labels[i] for i in reversed(path)]
