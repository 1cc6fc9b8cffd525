"""Trains the attribution teacher."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from articles import Cutter, Window, read_gold
from attributor import Attributor, make_batch, padded
from encoder import WordPieces, packaged_encoder
from links import fit, question
from optimise import Optimiser
from torch import Tensor

# Windows of a batch, weight of the links; of so many articles one is enough to fit them.
BATCH, LINK_WEIGHT, LINK_SHARE = 8, 0.1, 3
POOL = 16 * BATCH


def batches(cutters: list[Cutter], chance: random.Random) -> Iterator[list[Window]]:
    """The windows of an epoch, cut anew; those of near length together, in an order of chance."""
    windows = [window for cutter in cutters for window in cutter.moved(chance)]
    chance.shuffle(windows)
    groups = []
    for at in range(0, len(windows), POOL):
        pool = sorted(windows[at : at + POOL], key=lambda window: window.pieces)
        groups += [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
    chance.shuffle(groups)
    yield from groups


def loss_of(attributor: Attributor, windows: list[Window], split: WordPieces) -> Tensor:
    """The chain's loss of the labels, and the cross-entropy of the links to gold cues."""
    batch = make_batch(windows, split)
    vectors = attributor(batch)
    labels = padded([w.article.labels[w.start : w.end] for w in windows], 0)
    loss = attributor.chain.loss(attributor.emissions(vectors, batch.opens), labels, batch.mask)
    links, count = torch.zeros(()), 0
    for row, window in zip(vectors, windows, strict=True):
        if asked := question(window):
            links = links + asked.loss(attributor.links, row)
            count += len(asked.words)
    return loss + LINK_WEIGHT * links / max(1, count)


@torch.no_grad()
def fit_links(attributor: Attributor, cutters: list[Cutter], split: WordPieces, seed: int) -> None:
    """Learns the links anew from finished vectors: their nearness needs a higher rate than all else."""
    chance = random.Random(seed)
    attributor.eval()
    questions = []
    for cutter in cutters[::LINK_SHARE]:
        windows = list(cutter.moved(chance))
        for row, window in zip(attributor(make_batch(windows, split)), windows, strict=True):
            if asked := question(window):
                questions.append((asked, row.half()))
    with torch.enable_grad():
        attributor.links = fit(questions, seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the trained teacher")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--encoder", type=Path, help="folder of the pretrained encoder")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, help="stop after so many batches, to try things out")
    args = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    folder = args.encoder or packaged_encoder()
    split = WordPieces(folder / "vocab.txt")
    articles = read_gold(args.data / "polnear" / "train.jsonl")
    cutters = [Cutter(a, [len(split(word.text)) for word in a.words]) for a in articles]
    attributor = Attributor()
    attributor.encoder.load_pretrained(folder)
    plan = [group for _ in range(args.epochs) for group in (*batches(cutters, chance), None)]
    steps = sum(group is not None for group in plan)
    optimiser = Optimiser(attributor, attributor.encoder, steps, args.seed, args.threads)
    total = sum(window.pieces for group in plan for window in group or ())
    print(f"{len(articles)} articles, {total} pieces, {steps} steps", flush=True)
    start = time.monotonic()
    pieces = 0
    running = 0.0
    attributor.train()
    for group in plan:
        if group is None:
            attributor.save(args.out, folder / "vocab.txt")
            continue
        loss = optimiser.step(group, lambda share: loss_of(attributor, share, split))
        done = optimiser.done
        pieces += sum(window.pieces for window in group)
        running += (loss - running) / min(done, 50)
        if done % 10 == 0:
            took = time.monotonic() - start
            pace = f"{took:.0f} s, {pieces / took:.0f} pieces/s"
            print(f"step {done} of {steps}, loss {running:.3f}, {pace}", flush=True)
        if done == args.limit:
            break
    fit_links(attributor, cutters, split, args.seed)
    attributor.save(args.out, folder / "vocab.txt")
    print(f"{time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
