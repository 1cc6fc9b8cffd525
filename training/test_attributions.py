"""The chain against all paths there are, windows and attributions on invented text."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import torch
from articles import BUDGET, LABELS, Cutter, add_gold, read_article
from attribute import decode, stitch
from attributor import Attributor
from chain import Chain, best_path, masked, posteriors
from encoder import WIDTH
from relations import CONTENT, CUE, SOURCE, Span, attach, record, spans_of

TEXT = "The mayor said on Monday that “the bridge is safe.\n\n“Nobody will fall,” she added.\n\nIt rained."
GOLD = {"source": ["The mayor"], "cue": ["said"], "content": ["that “the bridge is safe"]}
OTHER = {"source": ["she"], "cue": ["added"], "content": ["“Nobody will fall,”"]}


def located(roles: dict[str, list[str]]) -> dict[str, list[list[int]]]:
    return {
        role: [[TEXT.index(part), TEXT.index(part) + len(part)] for part in parts]
        for role, parts in roles.items()
    }


def test_chain_agrees_with_all_paths() -> None:
    torch.manual_seed(1)
    chain, words = Chain(), 4
    torch.nn.init.normal_(chain.steps)
    opens = torch.tensor([True, False, False, True])
    emissions = masked(2 * torch.randn(words, len(LABELS)), opens)
    scores, steps = emissions.double().numpy(), chain.transitions().detach().double().numpy()
    paths = np.array(list(product(range(len(LABELS)), repeat=words)))
    totals = scores[np.arange(words), paths].sum(axis=1) + steps[paths[:, :-1], paths[:, 1:]].sum(axis=1)
    odds = np.exp(totals - np.logaddexp.reduce(totals))
    best = paths[totals.argmax()]
    assert best_path(scores, steps) == list(best)
    assert not LABELS[best[3]].startswith("I")
    each = [[odds[paths[:, i] == label].sum() for label in range(len(LABELS))] for i in range(words)]
    np.testing.assert_allclose(posteriors(scores, steps), each, atol=1e-9)
    # The second row of the batch is a word shorter.
    both, mask = torch.stack([emissions, emissions]), torch.tensor([[True] * 4, [True] * 3 + [False]])
    labels = torch.tensor(np.stack([best, best]))
    short = np.logaddexp.reduce(
        totals[paths[:, 3] == 0] - scores[3, 0] - steps[paths[paths[:, 3] == 0, 2], 0]
    )
    gold = totals.max(), totals.max() - scores[3, best[3]] - steps[best[2], best[3]]
    loss = (np.logaddexp.reduce(totals) - gold[0] + short - gold[1]) / 7
    np.testing.assert_allclose(chain.loss(both, labels, mask).item(), loss, rtol=1e-4)


def test_gold_comes_back() -> None:
    article = read_article("a", TEXT)
    add_gold(article, [located(GOLD), located(OTHER)])
    spans = spans_of(article.labels)
    cues = [span.start for span in spans if span.role == CUE]
    odds = np.array([[float(cue in article.links[span.start]) for cue in cues] for span in spans])
    found = record(article, attach(spans, odds, [1.0] * len(spans), article.sentences))
    assert found["attributions"] == [
        {"id": "1", **located(GOLD), "confidence": 1.0},
        {"id": "2", **located(OTHER), "confidence": 1.0},
    ]


def test_quotation_ends_with_its_paragraph() -> None:
    article = read_article("a", TEXT)
    quoted = [word.text for word, inside in zip(article.words, article.quoted, strict=True) if inside]
    assert " ".join(quoted) == "“ the bridge is safe . “ Nobody will fall , ”"


def test_each_cue_gets_a_source() -> None:
    spans = [
        *(Span(SOURCE, 0, 1), Span(CUE, 1, 2), Span(CONTENT, 2, 4)),
        *(Span(CUE, 5, 6), Span(CONTENT, 6, 8), Span(SOURCE, 10, 11), Span(CUE, 11, 12)),
    ]
    sentences = [0] * 10 + [1] * 3
    near, far = [0.6, 0.3, 0.1], [0.1, 0.8, 0.1]
    odds = np.array([near, near, near, far, far, [0.1, 0.1, 0.8], [0.0, 0.1, 0.9]])
    found = attach(spans, odds, [0.9] * len(spans), sentences)
    # The second cue shares the source of the first; the third has no content.
    assert [a.spans[SOURCE] for a in found] == [[spans[0]], [spans[0]]]
    assert [a.confidence for a in found] == [0.6, 0.8]
    odds[0] = 0.95, 0.05, 0.0
    assert [a.spans[SOURCE] for a in attach(spans, odds, [0.9] * 7, sentences)] == [[spans[0]], []]


def test_windows_cover_the_words() -> None:
    chance = random.Random(1)
    for _ in range(20):
        text = "\n\n".join("Rain fell. " * chance.randint(1, 90) for _ in range(chance.randint(1, 9)))
        article = read_article("a", text)
        cutter = Cutter(article, [chance.randint(1, 3) for _ in article.words])
        side_by_side = [i for w in cutter.moved(chance) for i in range(w.start, w.end)]
        assert side_by_side == list(range(len(article.words)))
        windows = list(cutter.overlapping())
        assert all(window.pieces <= BUDGET + 3 for window in windows)
        # A word's vector is here its place: every word gets its own.
        rows = [torch.arange(w.start, w.end + 5)[:, None].float() for w in windows]
        vectors = stitch(article, list(zip(windows, rows, strict=True)))
        assert vectors[:, 0].tolist() == side_by_side


def test_teachers_are_averaged() -> None:
    torch.manual_seed(1)
    article = read_article("a", TEXT)
    window = Cutter(article, [1] * len(article.words)).window(0, len(article.words))
    row = torch.randn(len(article.words), 1, WIDTH)
    one, above, below = (Attributor().eval() for _ in range(3))
    above.load_state_dict(one.state_dict())
    below.load_state_dict(one.state_dict())
    # Scores are linear in these weights: two teachers as far above as below are the one between them.
    for name in ("span.weight", "chain.steps", "links.pair", *(f"links.near.{i}" for i in range(4))):
        middle = one.get_parameter(name).data
        away = torch.randn_like(middle)
        above.get_parameter(name).data = middle + away
        below.get_parameter(name).data = middle - away
    [alone, high, both] = (
        record(article, decode(teachers, article, [(window, row.expand(-1, len(teachers), -1))]))
        for teachers in ([one], [above], [above, below])
    )
    assert alone["attributions"] and both == alone != high
