"""Writes what teachers say of attributions: those that people labelled, and plain ones made of sentences."""

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
from acts import ACTS, FACTUALITIES, Teacher, chances, read_articles, statements
from encoder import WordPieces
from news import Token, split_sentences, tokenize

BATCH = 64
# Articles that are read and written together, and the most sentences in all.
POOL, SENTENCES = 4096, 24_576
# The corpus whose articles a student is cross-validated on; what was written for training needs no teacher.
MEASURED, WRITTEN = "polnear-stance", "stance"
# Words of a raw sentence that becomes a content, and how many of each corpus at most.
SHORTEST, LONGEST = 6, 40
RAW = {"polnear/train.jsonl": 20_000, "newsmtsc/train.jsonl": 6_000, "fnc1/bodies.jsonl": 14_000}
HELD = ["polnear/dev.jsonl", "newsmtsc/dev.jsonl", "newsmtsc/dev_mt.jsonl"]
# Of those that only assert so many stay: the others are what is rare.
PLAIN = 0.4
SOURCES = ["he", "she", "the spokesman", "the candidate", "officials", "the senator", "the report", "critics"]
# Marks that would open or close something.
CROSSING = re.compile(r"[\[\]{}<>|#=“”\"]")


def sentences(text: str) -> Iterator[list[Token]]:
    """The sentences of a text by their words, paragraph by paragraph."""
    for paragraph in filter(None, (" ".join(part.split()) for part in text.split("\n"))):
        yield from split_sentences(tokenize(paragraph))


def joined(tokens: list[Token]) -> str:
    """A sentence as it stood, but for the number of its spaces."""
    text, end = "", tokens[0].start
    for token in tokens:
        text += " " * (token.start > end) + token.text
        end = token.end
    return text


def rows_of(data: Path, name: str) -> Iterator[dict]:
    for line in (data / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def raw_sentences(data: Path, measured: set[str], chance: random.Random) -> Iterator[list[Token]]:
    """Sentences of the training parts of some corpora, each once: none of the `measured` texts, on which a
    student is cross-validated, and none of a development part."""
    seen: set[str] = set()
    for name in HELD:
        seen.update(
            joined(tokens).lower() for row in rows_of(data, name) for tokens in sentences(row["text"])
        )
    for name, most in RAW.items():
        found = []
        for row in rows_of(data, name):
            if row.get("split", "train") != "train" or row["text"] in measured:
                continue
            for tokens in sentences(row["text"]):
                sentence = joined(tokens)
                fits = SHORTEST <= len(tokens) <= LONGEST and not CROSSING.search(sentence)
                if fits and sentence.lower() not in seen:
                    seen.add(sentence.lower())
                    found.append(tokens)
        chance.shuffle(found)
        yield from found[:most]


def names_of(found: list[list[Token]]) -> set[str]:
    """Words that are more often capitalised than small, by their small form."""
    small, capital = Counter[str](), Counter[str]()
    for token in (token for tokens in found for token in tokens[1:]):
        (capital if token.text[0].isupper() else small)[token.text.lower()] += 1
    first = {tokens[0].text.lower() for tokens in found}
    return {word for word in first | capital.keys() if capital[word] >= small[word]}


def article_of(tokens: list[Token], names: set[str], chance: random.Random) -> dict:
    """A text in which somebody says the sentence: the cue tells nothing, so that the content has to."""
    sentence = joined(tokens)
    content = sentence.rstrip(".?!")
    keeps = tokens[0].text.lower() in names
    small = content if keeps else content[0].lower() + content[1:]
    end = sentence[len(content) :][:1] or "."
    way, source = chance.random(), chance.choice(SOURCES)
    if way < 0.4:
        cue = chance.choice(["said", "said", "told reporters", "added", "wrote"])
        quoted = f"“{content}{end if end != '.' else ','}”"
        parts = [("content", quoted), ("", " "), ("source", source), ("", " "), ("cue", cue)]
    elif way < 0.9:
        that = "that " if way < 0.7 else ""
        parts = [
            ("source", source.capitalize()),
            ("", " "),
            ("cue", "said"),
            ("", " "),
            ("content", that + small),
        ]
    else:
        parts = [("cue", "According to"), ("", " "), ("source", source), ("", ", "), ("content", small)]
    text, row = "", {"id": "0", "act": "assert", "factuality": "CT+"}
    for role, words in parts:
        if role:
            row[role] = [[len(text), len(text) + len(words)]]
        text += words
    return {"corpus": "raw", "text": text + ".", "attributions": [row]}


def label(articles: list[dict], teachers: list[Teacher], split: WordPieces, threads: int) -> None:
    """Writes the chances into the attributions of articles."""
    rows = statements(articles, split)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces))
    parts = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    attributions = [row for article in articles for row in article["attributions"]]
    with ThreadPoolExecutor(threads) as workers:
        found = workers.map(lambda part: chances(teachers, [rows[i] for i in part]), parts)
        for part, (acts, factualities) in zip(parts, found, strict=True):
            for i, act, factuality in zip(part, acts.tolist(), factualities.tolist(), strict=True):
                attributions[i]["acts"] = {n: round(c, 4) for n, c in zip(ACTS, act, strict=True)}
                named = zip(FACTUALITIES, factuality, strict=True)
                attributions[i]["factualities"] = {n: round(c, 4) for n, c in named}


def likeliest(chances: dict[str, float]) -> str:
    return max(chances, key=lambda name: chances[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teachers", type=Path, nargs="+", help="folders of the trained teachers")
    parser.add_argument("examples", type=Path, help="articles as `sayso-train examples` writes them")
    parser.add_argument(
        "out", type=Path, help="the same with chances but for what was written, and raw sentences"
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(1)
    start = time.monotonic()
    chance = random.Random(args.seed)
    loaded = [Teacher.load(folder) for folder in args.teachers]
    teachers, split = [teacher for teacher, _ in loaded], loaded[0][1]
    known = list(read_articles(args.examples))
    measured = {article["text"] for article in known if article["corpus"] == MEASURED}
    found = list(raw_sentences(args.data, measured, chance))
    names = names_of(found)
    raw = [article_of(tokens, names, chance) for tokens in found]
    chance.shuffle(raw)
    del raw[SENTENCES:]
    known = [article for article in known if article["corpus"] != WRITTEN]
    with args.out.open("w", encoding="utf-8") as out:
        for at in range(0, len(known), POOL):
            articles = known[at : at + POOL]
            label(articles, teachers, split, args.threads)
            for article in articles:
                print(json.dumps(article), file=out)
        print(f"{len(known)} articles, {time.monotonic() - start:.0f} s", flush=True)
        for at in range(0, len(raw), POOL):
            articles = raw[at : at + POOL]
            label(articles, teachers, split, args.threads)
            for article in articles:
                (row,) = article["attributions"]
                row["act"], row["factuality"] = likeliest(row["acts"]), likeliest(row["factualities"])
                if row["act"] != "assert" or chance.random() < PLAIN:
                    print(json.dumps(article), file=out)
            out.flush()
            took = time.monotonic() - start
            print(f"{at + len(articles)} of {len(raw)} sentences, {took:.0f} s", flush=True)


if __name__ == "__main__":
    main()
