"""Steps of training: rates by layer, a warm-up and a linear fall, batches shared out among threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import torch
from dropout import source
from encoder import Encoder
from mpnet import MPNet
from torch import Tensor, nn

LAYER_DECAY, WARM_UP, CLIP = 0.9, 0.06, 1.0
Item = TypeVar("Item")


def rate_groups(model: nn.Module, encoder: Encoder | MPNet) -> list[dict[str, object]]:
    """Lower layers learn slower; the word piece table does not learn."""
    encoder.pieces.weight.requires_grad_(False)
    depth = len(encoder.layers)
    parts = [
        (list(layer.parameters()), encoder.rate * LAYER_DECAY ** (depth - 1 - i))
        for i, layer in enumerate(encoder.layers)
    ]
    # The vectors of letter case are new, like the heads.
    new = [*encoder.cases.parameters()]
    known = {id(p) for p in (*new, *encoder.layers.parameters())}
    low = [p for p in encoder.parameters() if p.requires_grad and id(p) not in known]
    parts.append((low, encoder.rate * LAYER_DECAY**depth))
    inside = {id(p) for p in encoder.parameters()}
    parts.append(([*new, *(p for p in model.parameters() if id(p) not in inside)], encoder.head_rate))
    groups: list[dict[str, object]] = []
    for parameters, rate in parts:
        groups.append({"params": [p for p in parameters if p.dim() > 1], "lr": rate, "weight_decay": 0.01})
        groups.append({"params": [p for p in parameters if p.dim() == 1], "lr": rate, "weight_decay": 0.0})
    return groups


class Optimiser:
    def __init__(
        self, model: nn.Module, encoder: Encoder | MPNet, steps: int, seed: int, threads: int
    ) -> None:
        self.adam = torch.optim.AdamW(rate_groups(model, encoder), betas=(0.9, 0.98), fused=True)
        warm = int(WARM_UP * steps)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.adam, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
        )
        self.learning = [p for p in model.parameters() if p.requires_grad]
        self.seed = seed
        self.workers = ThreadPoolExecutor(threads)
        self.threads = threads
        self.done = 0

    def gradients(self, loss_of: Callable[[], Tensor], seed: int) -> tuple[float, list[Tensor | None]]:
        """Loss and gradients of a share of a batch, each thread on its own."""
        source.generator.manual_seed(seed)
        loss = loss_of()
        return loss.item(), list(torch.autograd.grad(loss, self.learning, allow_unused=True))

    def step(self, batch: list[Item], loss_of: Callable[[list[Item]], Tensor]) -> float:
        """One step on a batch; its loss."""
        shares = [batch[i :: self.threads] for i in range(min(self.threads, len(batch)))]
        first = self.seed * 1_000_003 + self.done * self.threads
        calls = [
            self.workers.submit(self.gradients, partial(loss_of, share), first + i)
            for i, share in enumerate(shares)
        ]
        loss = 0.0
        self.adam.zero_grad(set_to_none=True)
        for call in calls:
            part, grads = call.result()
            loss += part / len(shares)
            for parameter, grad in zip(self.learning, grads, strict=True):
                if grad is not None:
                    grad /= len(shares)
                    parameter.grad = grad if parameter.grad is None else parameter.grad.add_(grad)
        nn.utils.clip_grad_norm_(self.learning, CLIP)
        self.adam.step()
        self.schedule.step()
        self.done += 1
        return loss
