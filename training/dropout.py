"""Dropout whose random numbers belong to the thread, so that a run on several threads can be repeated."""

from __future__ import annotations

import threading

import torch
from torch import Tensor


class Source(threading.local):
    """The generator of this thread."""

    def __init__(self) -> None:
        self.generator = torch.Generator()


source = Source()


def dropout(x: Tensor, chance: float, training: bool) -> Tensor:
    if not training or chance == 0:
        return x
    keep = torch.rand(x.shape, generator=source.generator) >= chance
    return x * keep / (1 - chance)
