"""Which cue a source or a content belongs to: the head for it, and its training."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from articles import ROLES, Article, Window, begin, role_of
from dropout import source
from numpy.typing import NDArray
from teacher import Projection, with_one
from torch import Tensor, nn
from torch.nn import functional as F

LINK = 128
# Classes of how a cue lies to a word: distance in words, sentences, paragraphs, and cues between.
NEARNESS = [17, 7, 5, 6]
# Fitting on finished vectors: passes, questions of a batch, rates of the projections and of the nearness.
PASSES, BATCH, RATE, NEAR_RATE = 6, 16, 1e-3, 3.2e-2


def nearness(article: Article, words: list[int], cues: list[int]) -> Tensor:
    """Classes of the way from each word to each cue, [words, cues, kinds]."""

    def between(places: list[int], bound: int) -> NDArray[np.integer]:
        at = np.array(places)
        way: NDArray[np.integer] = np.clip(at[cues][None, :] - at[words][:, None], -bound, bound)
        return way + bound

    way = np.array(cues)[None, :] - np.array(words)[:, None]
    length = np.minimum(8, np.ceil(np.log2(np.abs(way) + 1))).astype(int)
    rank = np.arange(len(cues))[None, :] - np.searchsorted(cues, words, side="right")[:, None]
    kinds = [
        np.sign(way) * length + 8,
        between(article.sentences, 3),
        between(article.paragraphs, 2),
        np.clip(rank, -3, 2) + 3,
    ]
    return torch.from_numpy(np.stack(kinds, axis=2))


class Links(nn.Module):
    """Which cue a word belongs to."""

    def __init__(self) -> None:
        super().__init__()
        self.word, self.cue = Projection(LINK), Projection(LINK)
        self.pair = nn.Parameter(torch.zeros(LINK + 1, LINK))
        nn.init.xavier_uniform_(self.pair.data[:-1])
        self.near = nn.ParameterList(nn.Parameter(torch.zeros(len(ROLES), kinds)) for kinds in NEARNESS)

    def forward(self, words: Tensor, cues: Tensor, roles: Tensor, near: Tensor) -> Tensor:
        """Scores of the cues for each word, [words, cues]."""
        scores: Tensor = with_one(self.word(words)) @ self.pair @ self.cue(cues).T
        for i, table in enumerate(self.near):
            scores = scores + table[roles[:, None], near[:, :, i]]
        return scores


@dataclass
class Question:
    """Words of a window and the cues they may belong to, as places in the window; chances of the cues."""

    words: Tensor
    cues: Tensor
    roles: Tensor
    near: Tensor
    gold: Tensor

    def loss(self, links: Links, vectors: Tensor) -> Tensor:
        """Cross-entropy, summed over the words."""
        scores = links(vectors[self.words], vectors[self.cues], self.roles, self.near)
        return F.cross_entropy(scores, self.gold, reduction="sum")


def question(window: Window) -> Question | None:
    """What the gold labels ask in a window: nothing unless there are cues to choose from."""
    article, inside = window.article, range(window.start, window.end)
    cues = [i for i in inside if article.labels[i] == begin("cue")]
    words = [
        i
        for i in inside
        if ROLES[role_of(article.labels[i])] != "cue" and not set(cues).isdisjoint(article.links[i])
    ]
    if len(cues) < 2 or not words:
        return None
    gold = torch.tensor([[float(cue in article.links[i]) for cue in cues] for i in words])
    return Question(
        words=torch.tensor(words) - window.start,
        cues=torch.tensor(cues) - window.start,
        roles=torch.tensor([role_of(article.labels[i]) for i in words]),
        near=nearness(article, words, cues),
        gold=gold / gold.sum(dim=1, keepdim=True),
    )


def fit(questions: list[tuple[Question, Tensor]], seed: int) -> Links:
    """A new head, learnt from questions and the vectors of their windows."""
    torch.manual_seed(seed)
    source.generator.manual_seed(seed)
    chance, links = random.Random(seed), Links()
    rest = [p for name, p in links.named_parameters() if not name.startswith("near")]
    groups = [{"params": rest, "lr": RATE}, {"params": list(links.near), "lr": NEAR_RATE}]
    adam = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    steps = PASSES * (len(questions) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1 - step / steps)
    for _ in range(PASSES):
        chance.shuffle(questions)
        for at in range(0, len(questions) - BATCH + 1, BATCH):
            batch = questions[at : at + BATCH]
            loss = torch.stack([asked.loss(links, vectors.float()) for asked, vectors in batch]).sum()
            adam.zero_grad()
            torch.autograd.backward(loss / sum(len(asked.words) for asked, _ in batch))
            adam.step()
            schedule.step()
    return links.eval()
