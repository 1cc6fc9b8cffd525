"""Attributions as sets of words, so that a comma or a quotation mark more or less neither helps nor hurts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .spans import Json, Span, spans_of

WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
ROLES = ("content", "cue", "source")

Words = frozenset[int]
"""Indices of words of one text."""


@dataclass(frozen=True, eq=False)
class Relation:
    """One attribution: the words of each role, together and span by span."""

    words: dict[str, Words]
    pieces: dict[str, list[Words]]
    spans: list[Span]
    """The spans of the content."""
    confidence: float | None = None
    """How sure the prediction is; None where it does not say."""


class TextWords:
    """The words of a text, in order, and where they begin and end."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def within(self, span: Span) -> Words:
        """The words that share a character with the span."""
        start, end = span
        return frozenset(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))


def relation(attribution: Json, words: TextWords) -> Relation | None:
    """The attribution in words; None where it has none, or stands in the title."""
    if attribution.get("field") == "title":
        return None
    spans = {role: spans_of(attribution.get(role)) for role in ROLES}
    pieces = {role: [words.within(span) for span in spans[role]] for role in ROLES}
    joint = {role: frozenset[int]().union(*pieces[role]) for role in ROLES}
    sure = attribution.get("confidence")
    return Relation(joint, pieces, spans["content"], sure) if any(joint.values()) else None


def relations(attributions: Iterable[Json], words: TextWords) -> list[Relation]:
    """The attributions that have words, in order."""
    return [row for a in attributions if (row := relation(a, words)) is not None]


def jaccard(a: Words, b: Words) -> float:
    """The share of the joint words that both have; two empty sets are equal."""
    return 1.0 if not a and not b else len(a & b) / max(1, len(a | b))


def pairs_of(want: Sequence[Relation], have: Sequence[Relation]) -> dict[int, int]:
    """One-to-one pairs, gold index to predicted index, the closest first.

    Two make a pair that share half of their joint content words, or their cue and a third of them.
    """
    scored = []
    for i, gold in enumerate(want):
        for j, said in enumerate(have):
            both = gold.words["content"] and said.words["content"]
            content = jaccard(gold.words["content"], said.words["content"]) if both else 0.0
            cue = bool(gold.words["cue"] & said.words["cue"])
            bare = not gold.words["content"] and not said.words["content"]
            if content >= 0.5 or (cue and (content >= 1 / 3 or bare)):
                rest = sum(jaccard(gold.words[role], said.words[role]) for role in ("cue", "source"))
                scored.append((content + cue, rest, i, j))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(scored, key=lambda row: (-row[0], -row[1], row[2], row[3])):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs
