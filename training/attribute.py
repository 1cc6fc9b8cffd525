"""Attributions of articles by trained teachers, whose scores are averaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import torch
from articles import Article, Cutter, Window
from attributor import Attributor, make_batch
from chain import best_path, posteriors
from encoder import WordPieces
from links import nearness
from predict import PIECES_PER_BATCH
from relations import CUE, Attribution, Floats, Span, attach, spans_of
from torch import Tensor


def attribute(
    attributors: Sequence[Attributor], split: WordPieces, articles: list[Article], workers: ThreadPoolExecutor
) -> list[list[Attribution]]:
    """The attributions of each article, in their order; windows of near length share a batch."""
    windows: list[tuple[int, Window]] = []
    for i, article in enumerate(articles):
        cutter = Cutter(article, [len(split(word.text)) for word in article.words])
        windows += [(i, window) for window in cutter.overlapping()]
    windows.sort(key=lambda pair: pair[1].pieces)
    groups: list[list[tuple[int, Window]]] = [[]]
    for pair in windows:
        if groups[-1] and (len(groups[-1]) + 1) * pair[1].pieces > PIECES_PER_BATCH:
            groups.append([])
        groups[-1].append(pair)

    @torch.inference_mode()
    def encode(group: list[tuple[int, Window]]) -> Tensor:
        batch = make_batch([window for _, window in group], split)
        return torch.stack([attributor(batch) for attributor in attributors], dim=2)

    def work(i: int) -> list[Attribution]:
        return decode(attributors, articles[i], parts[i]) if articles[i].words else []

    parts: list[list[tuple[Window, Tensor]]] = [[] for _ in articles]
    for group, vectors in zip(groups, workers.map(encode, groups), strict=True):
        for (i, window), row in zip(group, vectors, strict=True):
            parts[i].append((window, row))
    return list(workers.map(work, range(len(articles))))


def stitch(article: Article, parts: list[tuple[Window, Tensor]]) -> Tensor:
    """Each word's vectors, one a teacher, from the window in which it lies most central."""
    count = len(article.words)
    vectors = parts[0][1].new_zeros(count, *parts[0][1].shape[1:])
    depths = np.full(count, -1)
    for window, row in parts:
        places = np.arange(window.start, window.end)
        # The ends of the article cut nothing off.
        left = places - window.start if window.start else count
        right = window.end - 1 - places if window.end < count else count
        depth = np.broadcast_to(np.minimum(left, right), places.shape)
        deeper = places[depth > depths[places]]
        depths[places] = np.maximum(depth, depths[places])
        vectors[deeper] = row[deeper - window.start]
    return vectors


def mean(scores: Iterable[Tensor]) -> Tensor:
    return torch.stack(list(scores)).mean(dim=0)


@torch.inference_mode()
def decode(
    attributors: Sequence[Attributor], article: Article, parts: list[tuple[Window, Tensor]]
) -> list[Attribution]:
    """One path and one choice of links, by the mean of what the teachers score."""
    vectors = stitch(article, parts).unbind(dim=1)
    opens = torch.tensor([article.opens(i) for i in range(len(article.words))])
    emissions = mean(a.emissions(v, opens) for a, v in zip(attributors, vectors, strict=True))
    transitions = mean(a.chain.transitions() for a in attributors)
    scores = emissions.double().numpy(), transitions.double().numpy()
    labels = best_path(*scores)
    odds = posteriors(*scores)[np.arange(len(labels)), labels]
    spans = spans_of(labels)
    sure = [float(odds[span.start : span.end].mean()) for span in spans]
    return attach(spans, link_odds(attributors, article, vectors, spans), sure, article.sentences)


def link_odds(
    attributors: Sequence[Attributor], article: Article, vectors: Sequence[Tensor], spans: list[Span]
) -> Floats:
    """Chances of the cues for each span, a mean over its words."""
    cues = [span.start for span in spans if span.role == CUE]
    words = [i for span in spans for i in range(span.start, span.end)]
    if not cues:
        return np.zeros((len(spans), 0))
    roles = torch.tensor([span.role for span in spans for _ in range(span.start, span.end)])
    near = nearness(article, words, cues)
    scores = mean(a.links(v[words], v[cues], roles, near) for a, v in zip(attributors, vectors, strict=True))
    each = scores.softmax(dim=1).double().numpy()
    starts = np.cumsum([0, *(span.end - span.start for span in spans)])
    return np.stack([each[a:b].mean(axis=0) for a, b in pairwise(starts)])
