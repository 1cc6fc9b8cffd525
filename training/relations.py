"""From labels and scores of links to attributions."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from articles import LABELS, ROLES, Article, role_of
from numpy.typing import NDArray

Floats = NDArray[np.floating]
SOURCE, CUE, CONTENT = range(len(ROLES))
# A source already taken serves another cue as well if it leans to it at least so much.
SHARED = 0.1
# A cue without a content takes one that leans to another cue if it leans to this one at least so much.
LEAST = 0.02


@dataclass
class Span:
    role: int
    start: int
    end: int


@dataclass
class Attribution:
    """Spans of each role; the confidence is that of its weakest span."""

    spans: list[list[Span]] = field(default_factory=lambda: [[] for _ in ROLES])
    confidence: float = 1.0

    def add(self, span: Span, confidence: float) -> None:
        self.spans[span.role].append(span)
        self.confidence = min(self.confidence, confidence)


def spans_of(labels: list[int]) -> list[Span]:
    spans: list[Span] = []
    for i, label in enumerate(labels):
        if LABELS[label].startswith("B"):
            spans.append(Span(role_of(label), i, i + 1))
        elif label:
            spans[-1].end = i + 1
    return spans


def attach(spans: list[Span], odds: Floats, sure: list[float], sentences: list[int]) -> list[Attribution]:
    """Attributions around the cues: `odds` are chances of the cues for each span, `sure` those of the spans.

    The likeliest pairs come first. Each cue gets a content, each content a cue, wherever that is. A source
    stays in its sentence; each cue gets one, sources that are free before those that cues share. A cue
    without a content is left out.
    """
    cues = [i for i, span in enumerate(spans) if span.role == CUE]
    found = [Attribution() for _ in cues]
    for cue, attribution in zip(cues, found, strict=True):
        attribution.add(spans[cue], sure[cue])
    near: list[tuple[float, int, int]] = []
    pairs: list[tuple[float, int, int]] = []
    for i, span in enumerate(spans):
        for c, cue in enumerate(cues):
            if span.role == CONTENT:
                pairs.append((odds[i, c], i, c))
            elif span.role == SOURCE and sentences[spans[cue].start] == sentences[span.start]:
                near.append((odds[i, c], i, c))
    near.sort(key=lambda pair: -pair[0])
    pairs.sort(key=lambda pair: -pair[0])
    placed: set[int] = set()
    for first in (True, False):
        for chance, i, c in pairs:
            if i in placed or (first and (found[c].spans[CONTENT] or chance < LEAST)):
                continue
            found[c].add(spans[i], min(sure[i], chance))
            placed.add(i)
    taken: set[int] = set()
    for shared in (False, True):
        for chance, i, c in near:
            if found[c].spans[SOURCE] or (chance < SHARED if shared else i in taken):
                continue
            # That it is shared takes nothing from the chance of a source.
            found[c].add(spans[i], sure[i] if shared or i in taken else min(sure[i], chance))
            taken.add(i)
    return [attribution for attribution in found if attribution.spans[CONTENT]]


def record(article: Article, attributions: list[Attribution]) -> dict[str, object]:
    """The article in the format of the corpus, confidences rounded down."""
    rows = []
    for number, attribution in enumerate(attributions, 1):
        row: dict[str, object] = {"id": str(number)}
        for role, spans in zip(ROLES, attribution.spans, strict=True):
            row[role] = [[article.words[s.start].start, article.words[s.end - 1].end] for s in spans]
        rows.append(row | {"confidence": int(1000 * attribution.confidence) / 1000})
    return {"id": article.identity, "text": article.text, "attributions": rows}
