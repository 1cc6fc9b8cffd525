"""Writes the attributions that trained teachers find together in raw news."""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import torch
from articles import Article, read_article
from attribute import attribute
from attributor import Attributor
from relations import record

# A copy of a text is known by how it begins.
KEY = 200


def key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()[:KEY]


def lines(path: Path) -> Iterator[dict[str, str]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def raw_news(data: Path) -> Iterator[Article]:
    """Bodies of fnc1 and sentences of newsmtsc, the training parts alone, each text once."""
    fnc, mtsc = data / "fnc1", data / "newsmtsc"
    bodies = {row["body_id"]: row["text"] for row in lines(fnc / "bodies.jsonl")}
    learnt, kept = ({row["body_id"] for row in lines(fnc / f"{part}.jsonl")} for part in ("train", "dev"))
    # What a student is measured on must not be among its texts.
    seen = {key(bodies[i]) for i in kept}
    seen |= {key(row["text"]) for part in ("dev", "dev_mt") for row in lines(mtsc / f"{part}.jsonl")}
    measured = " ".join(
        re.sub(r"\W+", " ", row["text"].lower()) for row in lines(data / "polnear" / "dev.jsonl")
    )
    texts = [(f"fnc1-{i}", bodies[i]) for i in bodies if i in learnt - kept]
    texts += [(row["id"], row["text"]) for row in lines(mtsc / "train.jsonl")]
    for identity, text in texts:
        if key(text) in seen or key(text) in measured:
            continue
        seen.add(key(text))
        paragraphs = (" ".join(part.split()) for part in text.splitlines())
        article = read_article(identity, "\n\n".join(filter(None, paragraphs)))
        if article.words:
            yield article


def polnear(path: Path) -> Iterator[Article]:
    for row in lines(path):
        yield read_article(row["id"], row["text"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teachers", type=Path, nargs="+", help="folders of the trained teachers")
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument(
        "--texts", type=Path, help="label these, in the format of polnear, instead of raw news"
    )
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(1)
    workers = ThreadPoolExecutor(args.threads)
    attributors, splits = zip(*map(Attributor.load, args.teachers), strict=True)
    given = polnear(args.texts) if args.texts else raw_news(args.data)
    start = time.monotonic()
    articles = words = found = 0
    with args.out.open("w", encoding="utf-8") as out:
        while chunk := list(islice(given, 200)):
            for article, attributions in zip(
                chunk, attribute(attributors, splits[0], chunk, workers), strict=True
            ):
                print(json.dumps(record(article, attributions), ensure_ascii=False), file=out)
                words += len(article.words)
                found += len(attributions)
            articles += len(chunk)
            took = time.monotonic() - start
            print(f"{articles} texts, {words} words, {found} attributions, {took:.0f} s", flush=True)


if __name__ == "__main__":
    main()
