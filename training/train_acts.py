"""Trains the stance teacher on attributions with act and factuality."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from acts import ACTS, Statement, Teacher, chances, make_batch, read_articles, statements
from encoder import WordPieces
from mpnet import packaged_mpnet
from optimise import Optimiser
from torch import Tensor
from torch.nn import functional as F

BATCH = 32
POOL = 16 * BATCH
SMOOTHING = 0.05
# The loss of factualities counts so much beside that of acts.
FACTUALITY = 0.5
FOLDS = 5
# Steps between measures.
CHECK = 400


def batches(rows: list[Statement], chance: random.Random) -> Iterator[list[Statement]]:
    """The attributions of an epoch; those of near length together, in an order of chance."""
    order = chance.sample(rows, len(rows))
    groups = []
    for at in range(0, len(order), POOL):
        pool = sorted(order[at : at + POOL], key=lambda row: len(row.pieces))
        groups += [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
    chance.shuffle(groups)
    yield from groups


def loss_of(teacher: Teacher, rows: list[Statement]) -> Tensor:
    batch = make_batch(rows)
    acts, factualities = teacher(batch)
    loss = F.cross_entropy(acts, batch.acts, label_smoothing=SMOOTHING)
    return loss + FACTUALITY * F.cross_entropy(factualities, batch.factualities, label_smoothing=SMOOTHING)


def figures(teacher: Teacher, rows: list[Statement]) -> str:
    """What is right, in percent."""
    teacher.eval()
    pairs, factualities = [], 0
    for at in range(0, len(rows), BATCH):
        part = rows[at : at + BATCH]
        acts, levels = (found.argmax(1).tolist() for found in chances([teacher], part))
        pairs += [(row.act, act) for row, act in zip(part, acts, strict=True)]
        factualities += sum(row.factuality == level for row, level in zip(part, levels, strict=True))
    teacher.train()
    total, labels = 0.0, 0
    for label in range(len(ACTS)):
        gold, said = sum(g == label for g, _ in pairs), sum(p == label for _, p in pairs)
        if gold >= 5:
            total += 2 * sum(g == p == label for g, p in pairs) / (gold + said)
            labels += 1
    act, all_rows = sum(g == p for g, p in pairs), max(1, len(rows))
    return (
        f"act {100 * act / all_rows:.1f}, macro F1 {100 * total / max(1, labels):.1f}, "
        f"factuality {100 * factualities / all_rows:.1f} of {len(rows)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples", type=Path, help="articles as `sayso-train examples` writes them")
    parser.add_argument("out", type=Path, help="folder for the trained teacher")
    parser.add_argument("--encoder", type=Path, help="folder of the pretrained encoder")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--most", type=int, help="learn from so many attributions, by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without", type=int, help="leave out this fifth of a corpus and measure on it")
    parser.add_argument("--corpus", default="polnear-stance", help="the corpus that --without cuts")
    args = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    folder = args.encoder or packaged_mpnet(args.out.parent)
    split = WordPieces(folder / "vocab.txt")
    rows = statements(list(read_articles(args.examples)), split)
    held = [row for row in rows if row.corpus == args.corpus and row.article % FOLDS == args.without]
    if args.without is not None and not held:
        parser.error(f"--without {args.without}: no such article of {args.corpus}")
    if held:
        left_out = {id(row) for row in held}
        rows = [row for row in rows if id(row) not in left_out]
    if args.most and args.most < len(rows):
        # All of the corpus that is measured on stays.
        rows.sort(key=lambda row: (row.corpus != args.corpus, chance.random()))
        rows = rows[: args.most]
    teacher = Teacher()
    teacher.encoder.load_pretrained(folder)
    plan = [group for _ in range(args.epochs) for group in (*batches(rows, chance), None)]
    steps = sum(group is not None for group in plan)
    optimiser = Optimiser(teacher, teacher.encoder, steps, args.seed, args.threads)
    print(
        f"{len(rows)} attributions, {sum(len(row.pieces) for row in rows)} pieces, {steps} steps", flush=True
    )
    start, running = time.monotonic(), 0.0
    teacher.train()
    for group in plan:
        if group is None:
            if held:
                print(figures(teacher, held), flush=True)
            teacher.save(args.out, folder / "vocab.txt")
            continue
        loss = optimiser.step(group, lambda share: loss_of(teacher, share))
        running += (loss - running) / min(optimiser.done, 100)
        if optimiser.done % 50 == 0:
            took = time.monotonic() - start
            print(f"step {optimiser.done} of {steps}, loss {running:.3f}, {took:.0f} s", flush=True)
        if held and optimiser.done % CHECK == 0:
            print(figures(teacher, held), flush=True)


if __name__ == "__main__":
    main()
