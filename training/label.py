"""Fills in tags, dependencies and names of a CoNLL-U file by a trained teacher."""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import torch
from conllu import blocks
from predict import Prediction, predict
from teacher import LONGEST, Teacher

UPOS, XPOS, HEAD, DEPREL, MISC = 3, 4, 6, 7, 9


def fill(rows: list[list[str]], prediction: Prediction) -> None:
    """Writes a prediction into the rows of the words; ranges and empty nodes stay as they are."""
    for i, row in enumerate(row for row in rows if row[0].isdigit()):
        row[UPOS], row[XPOS] = prediction.upos[i], prediction.xpos[i]
        row[HEAD], row[DEPREL] = str(prediction.heads[i]), prediction.deprels[i]
        # Rounded down, so that a threshold means what it says.
        added = [f"Conf={int(100 * prediction.confidence[i]) / 100:.2f}"]
        if prediction.names[i] != "O":
            added.append(f"Name={prediction.names[i]}")
        old = [f for f in row[MISC].split("|") if f != "_" and not f.startswith(("Conf=", "Name="))]
        row[MISC] = "|".join(sorted(added + old))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path, help="folder of the trained teacher")
    parser.add_argument("raw", type=Path, help="CoNLL-U with words; .gz is read too")
    parser.add_argument("out", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(1)
    workers = ThreadPoolExecutor(args.threads)
    teacher, split = Teacher.load(args.teacher)
    start = time.monotonic()
    count = words = skipped = 0
    with args.out.open("w", encoding="utf-8") as out:
        given = blocks(args.raw)
        while chunk := list(islice(given, 2000)):
            texts = [[row[1] for row in rows if row[0].isdigit()] for _, rows in chunk]
            # The encoder has 512 places.
            kept = [i for i, text in enumerate(texts) if 0 < len(text) <= LONGEST]
            skipped += len(texts) - len(kept)
            predictions = predict(teacher, split, [texts[i] for i in kept], workers)
            for i, prediction in zip(kept, predictions, strict=True):
                comments, rows = chunk[i]
                fill(rows, prediction)
                lines = [*comments, *("\t".join(row) for row in rows)]
                print("\n".join(lines), end="\n\n", file=out)
                words += len(texts[i])
            count += len(kept)
            took = time.monotonic() - start
            print(f"{count} sentences, {words} words, {skipped} too long, {took:.0f} s", flush=True)


if __name__ == "__main__":
    main()
