"""A linear-chain CRF: its loss for training, best path and posteriors for decoding."""

from __future__ import annotations

import numpy as np
import torch
from articles import LABELS
from numpy.typing import NDArray
from torch import Tensor, nn

Floats = NDArray[np.floating]
NEVER = -1e4
INSIDE = torch.tensor([label.startswith("I") for label in LABELS])
# An `I-` continues a span of its own role.
ILLEGAL = torch.tensor([[b.startswith("I") and (a == "O" or a[1:] != b[1:]) for b in LABELS] for a in LABELS])


class Chain(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.steps = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))

    def transitions(self) -> Tensor:
        """Scores of a label after another, [before, after]."""
        return self.steps.masked_fill(ILLEGAL, NEVER)

    def loss(self, emissions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood, a mean over the words; [batch, words, labels] and [batch, words]."""
        steps = self.transitions()
        gold = emissions.gather(2, labels[:, :, None])[:, :, 0]
        gold = (gold * mask).sum() + (steps[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]).sum()
        total = emissions[:, 0]
        for i in range(1, emissions.shape[1]):
            after = torch.logsumexp(total[:, :, None] + steps, dim=1) + emissions[:, i]
            total = torch.where(mask[:, i, None], after, total)
        return (torch.logsumexp(total, dim=1).sum() - gold) / mask.sum()


def masked(emissions: Tensor, opens: Tensor) -> Tensor:
    """Emissions that let no span run over the begin of a paragraph."""
    return emissions.masked_fill(opens[..., None] & INSIDE, NEVER)


def best_path(emissions: Floats, transitions: Floats) -> list[int]:
    total = emissions[0]
    pointers = []
    for row in emissions[1:]:
        paths = total[:, None] + transitions
        pointers.append(paths.argmax(axis=0))
        total = paths.max(axis=0) + row
    path = [int(total.argmax())]
    for pointer in reversed(pointers):
        path.append(int(pointer[path[-1]]))
    return path[::-1]


def posteriors(emissions: Floats, transitions: Floats) -> Floats:
    """Probability of each label of each word, all paths counted."""
    forward, backward = np.array(emissions, dtype=float), np.zeros(emissions.shape)
    for i in range(1, len(emissions)):
        forward[i] += np.logaddexp.reduce(forward[i - 1][:, None] + transitions, axis=0)
    for i in range(len(emissions) - 2, -1, -1):
        backward[i] = np.logaddexp.reduce(transitions + emissions[i + 1] + backward[i + 1], axis=1)
    both = forward + backward
    odds: Floats = np.exp(both - np.logaddexp.reduce(both, axis=1, keepdims=True))
    return odds
