"""How well a teacher does on development files."""

from __future__ import annotations

from conllu import Sentence
from predict import Prediction


def bare(deprel: str) -> str:
    return deprel.split(":")[0]


def score_syntax(gold: list[Sentence], given: list[Prediction]) -> dict[str, float]:
    """Percentages over all words, punctuation included; LAS without subtypes, and with them as exact."""
    right = dict.fromkeys(["xpos", "upos", "uas", "las", "las_exact"], 0)
    total = 0
    for s, p in zip(gold, given, strict=True):
        assert s.xpos and s.upos and s.heads and s.deprels
        for i in range(len(s.words)):
            head = s.heads[i] == p.heads[i]
            right["xpos"] += s.xpos[i] == p.xpos[i]
            right["upos"] += s.upos[i] == p.upos[i]
            right["uas"] += head
            right["las"] += head and bare(s.deprels[i]) == bare(p.deprels[i])
            right["las_exact"] += head and s.deprels[i] == p.deprels[i]
        total += len(s.words)
    return {name: round(100 * count / total, 2) for name, count in right.items()}


def spans(names: list[str]) -> set[tuple[int, int, str]]:
    found = set()
    start = None
    for i, name in enumerate([*names, "O"]):
        if start is not None and not name.startswith("I-"):
            found.add((start, i, names[start][2:]))
            start = None
        if name.startswith("B-"):
            start = i
    return found


def score_names(gold: list[Sentence], given: list[Prediction]) -> dict[str, float]:
    """Precision, recall and F1 of whole names with their classes."""
    right = found = wanted = 0
    for s, p in zip(gold, given, strict=True):
        assert s.names is not None
        ours, theirs = spans(p.names), spans(s.names)
        right += len(ours & theirs)
        found += len(ours)
        wanted += len(theirs)
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    figures = {"precision": precision, "recall": recall, "f1": f1}
    return {name: round(100 * value, 2) for name, value in figures.items()}
