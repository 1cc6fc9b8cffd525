"""Writes what a trained teacher says of the sentiment towards targets in raw news, and vectors of words."""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch
from encoder import WIDTH, WordPieces
from judge import LONGEST, Item, Judge, make_batch, make_item, read_gold
from news import Token, split_sentences, tokenize
from torch import Tensor

PRONOUNS = set("he she him her his they them we it".split())
# Capitalised, but no target.
NO_NAMES = set(
    """I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July
    August September October November December Mr. Mrs. Ms. Dr. Democratic Republican American
    Americans""".split()
)
SHORTEST_SENTENCE, LONGEST_SENTENCE = 6, 60
# Targets of a sentence at most, items in a batch, batches at a time.
TARGETS, BATCH, CHUNK = 2, 32, 32
# Words seen less often get no vector; numbers in a vector, and how large they are.
FEWEST, NUMBERS, SIZE = 3, 48, 0.2


def names(words: list[Token]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, and pronouns of persons, as offsets into the text."""
    i = 0
    while i < len(words):
        text = words[i].text
        if text.lower() in PRONOUNS:
            yield words[i].start, words[i].end
        elif text[0].isupper() and text not in NO_NAMES and text.lower() not in COMMON:
            last = i
            while last + 1 < len(words) and last < i + 4 and words[last + 1].text[0].isupper():
                last += 1
            yield words[i].start, words[last].end
            i = last
        i += 1


COMMON: set[str] = set()


def common_words(sentences: list[tuple[str, str, list[Token]]]) -> set[str]:
    """Words that are more often small than capitalised: at the start of a sentence they are no names."""
    small, capital = Counter[str](), Counter[str]()
    for _, _, words in sentences:
        for word in words:
            (capital if word.text[0].isupper() else small)[word.text.lower()] += 1
    return {word for word in capital if small[word] >= max(2, capital[word])} | {
        "the",
        "a",
        "an",
        "but",
        "in",
    }


def key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def raw_sentences(data: Path) -> Iterator[tuple[str, str, list[Token]]]:
    """Sentences of the training parts of newsmtsc and polnear, each once, with their words."""
    # What a student is measured on must not be among its texts.
    seen = {
        key(json.loads(line)["text"])
        for part in ("dev", "dev_mt")
        for line in (data / "newsmtsc" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    }
    for name in ("newsmtsc", "polnear"):
        for line in (data / name / "train.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for paragraph in filter(None, map(str.strip, record["text"].split("\n\n"))):
                paragraph = " ".join(paragraph.split())
                for tokens in split_sentences(tokenize(paragraph)):
                    text = paragraph[tokens[0].start : tokens[-1].end]
                    if key(text) in seen or not SHORTEST_SENTENCE <= len(tokens) <= LONGEST_SENTENCE:
                        continue
                    seen.add(key(text))
                    first = tokens[0].start
                    words = [Token(t.text, t.start - first, t.end - first) for t in tokens]
                    yield record["id"], text, words


def raw_items(data: Path, chance: random.Random) -> list[Item]:
    """Targets in raw news, some of each sentence."""
    sentences = list(raw_sentences(data))
    COMMON.update(common_words(sentences))
    items = []
    for identity, text, words in sentences:
        spans = list(names(words))
        for start, end in sorted(chance.sample(spans, min(TARGETS, len(spans)))):
            item = make_item(f"{identity}:{start}", text, start, end, words)
            if item is not None:
                items.append(item)
    return items


class Vectors:
    """Means of the encoder's vectors of each word, wherever it stands."""

    def __init__(self) -> None:
        self.sums: dict[str, Tensor] = {}
        self.counts = Counter[str]()

    def add(self, items: list[Item], states: Tensor, split: WordPieces) -> None:
        for item, rows in zip(items, states, strict=True):
            at = 1
            if sum(len(split(word.text)) for word in item.words) > LONGEST:
                continue
            for word, inside in zip(item.words, item.inside, strict=True):
                pieces = len(split(word.text))
                if not inside:
                    text = word.text.lower()
                    mean = rows[at : at + pieces].mean(0)
                    self.counts[text] += 1
                    self.sums[text] = self.sums[text] + mean if text in self.sums else mean
                at += pieces

    def write(self, path: Path) -> None:
        words = sorted(word for word, count in self.counts.items() if count >= FEWEST)
        means = torch.stack([self.sums[word] / self.counts[word] for word in words])
        weights = torch.tensor([float(self.counts[word]) for word in words]).sqrt()[:, None]
        means -= (means * weights).sum(0) / weights.sum()
        _, _, directions = torch.linalg.svd(means * weights, full_matrices=False)
        found = means @ directions[:NUMBERS].T
        found *= SIZE / found.pow(2).mean().sqrt()
        with path.open("w", encoding="utf-8") as out:
            for word, row in zip(words, found.tolist(), strict=True):
                print(word, *(f"{x:.4f}" for x in row), sep="\t", file=out)


@torch.no_grad()
def judge_items(
    judges: list[Judge], items: list[Item], split: WordPieces
) -> tuple[list[list[float]], Tensor]:
    """Mean chances of the labels, and the states of the first teacher's encoder."""
    batch = make_batch(items, split)
    chances = torch.zeros(len(items), 3)
    states = torch.empty(0)
    for number, judge in enumerate(judges):
        found = judge.encoder(batch.pieces, batch.cases)
        chances += judge.head(found, batch).softmax(1) / len(judges)
        if number == 0:
            states = found
    return chances.tolist(), states


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teachers", type=Path, nargs="+", help="folders of the trained teachers")
    parser.add_argument("out", type=Path, help="targets with their chances, JSON lines")
    parser.add_argument("vectors", type=Path, help="vectors of words, columns of a table")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, help="stop after so many targets")
    args = parser.parse_args()

    torch.set_num_threads(1)
    workers = ThreadPoolExecutor(args.threads)
    loaded = [Judge.load(folder) for folder in args.teachers]
    judges, split = [judge for judge, _ in loaded], loaded[0][1]
    chance = random.Random(args.seed)
    items = raw_items(args.data, chance)
    chance.shuffle(items)
    # The annotated targets too: who also learns what the teacher makes of them is less misled by slips.
    items = [*read_gold(args.data / "newsmtsc" / "train.jsonl"), *items][: args.limit]
    vectors = Vectors()
    print(f"{len(items)} targets, {WIDTH} numbers a word", flush=True)
    start = time.monotonic()
    with args.out.open("w", encoding="utf-8") as out:
        for at in range(0, len(items), BATCH * CHUNK):
            chunk = sorted(items[at : at + BATCH * CHUNK], key=lambda item: len(item.words))
            batches = [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
            calls = [workers.submit(judge_items, judges, batch, split) for batch in batches]
            for batch, call in zip(batches, calls, strict=True):
                chances, states = call.result()
                vectors.add(batch, states, split)
                for item, scores in zip(batch, chances, strict=True):
                    row = {"id": item.identity, "text": item.text, "start": item.start, "end": item.end}
                    print(json.dumps(row | {"scores": [round(s, 4) for s in scores]}), file=out)
            out.flush()
            took = time.monotonic() - start
            print(f"{min(len(items), at + BATCH * CHUNK)} targets, {took:.0f} s", flush=True)
    vectors.write(args.vectors)


if __name__ == "__main__":
    main()
