"""Trains the sentiment teacher."""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import torch
from encoder import WordPieces, packaged_encoder
from judge import Item, Judge, make_batch, pieces_of, read_gold
from optimise import Optimiser
from torch import Tensor
from torch.nn import functional as F

BATCH = 32
POOL = 8 * BATCH
SMOOTHING = 0.05


def batches(items: list[Item], sizes: dict[str, int], chance: random.Random) -> Iterator[list[Item]]:
    """The items of an epoch; those of near length together, in an order of chance."""
    order = chance.sample(items, len(items))
    groups = []
    for at in range(0, len(order), POOL):
        pool = sorted(order[at : at + POOL], key=lambda item: sizes[item.identity])
        groups += [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
    chance.shuffle(groups)
    yield from groups


def loss_of(judge: Judge, items: list[Item], split: WordPieces) -> Tensor:
    gold = torch.tensor([item.gold for item in items])
    return F.cross_entropy(judge(make_batch(items, split)), gold, label_smoothing=SMOOTHING)


@torch.no_grad()
def macro_f1(judge: Judge, items: list[Item], split: WordPieces) -> float:
    judge.eval()
    pairs = []
    for at in range(0, len(items), BATCH):
        part = items[at : at + BATCH]
        found = judge(make_batch(part, split)).argmax(1).tolist()
        pairs += [(item.gold.index(1.0), label) for item, label in zip(part, found, strict=True) if item.gold]
    judge.train()
    total = 0.0
    for label in range(3):
        both = sum(g == p == label for g, p in pairs)
        either = sum(g == label for g, _ in pairs) + sum(p == label for _, p in pairs)
        total += 2 * both / max(1, either)
    return total / 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the trained teacher")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--encoder", type=Path, help="folder of the pretrained encoder")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--stop", type=int, help="stop after so many of the epochs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without", type=int, help="leave out this sixth of the sentences and measure on it")
    args = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    folder = args.encoder or packaged_encoder()
    split = WordPieces(folder / "vocab.txt")
    path = args.data / "newsmtsc" / "train.jsonl"
    items = read_gold(path)
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    fold = {row["id"]: zlib.crc32(row["sent"].encode()) % 6 for row in rows}
    held = [item for item in items if fold[item.identity] == args.without]
    items = [item for item in items if fold[item.identity] != args.without]
    sizes = {item.identity: len(pieces_of(item, split)) for item in items}
    judge = Judge()
    judge.encoder.load_pretrained(folder)
    plan = [group for _ in range(args.epochs) for group in (*batches(items, sizes, chance), None)]
    steps = sum(group is not None for group in plan)
    optimiser = Optimiser(judge, judge.encoder, steps, args.seed, args.threads)
    print(f"{len(items)} targets, {sum(sizes.values())} pieces, {steps} steps", flush=True)
    start = time.monotonic()
    running = 0.0
    epoch = 0
    judge.train()
    for group in plan:
        if group is None:
            if held:
                print(f"macro F1 {macro_f1(judge, held, split):.4f}", flush=True)
            judge.save(args.out, folder / "vocab.txt")
            epoch += 1
            if epoch == args.stop:
                break
            continue
        loss = optimiser.step(group, lambda share: loss_of(judge, share, split))
        done = optimiser.done
        running += (loss - running) / min(done, 50)
        if done % 20 == 0:
            took = time.monotonic() - start
            print(f"step {done} of {steps}, loss {running:.3f}, {took:.0f} s", flush=True)


if __name__ == "__main__":
    main()
