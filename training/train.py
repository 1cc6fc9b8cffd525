"""Trains the teacher and measures it on the development files."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from conllu import Sentence, read_conllu, read_iob
from encoder import WordPieces, packaged_encoder
from optimise import Optimiser
from predict import Prediction, predict
from score import score_names, score_syntax
from teacher import NAMES, Labels, Teacher, make_batch, piece_count
from torch import Tensor
from torch.nn import functional as F

IGNORED = -100
# Names that are derived by rule or follow other guidelines count less.
TREEBANKS = [("ud-ewt", "ner-ewt", 1.0), ("ud-gum-free", "ner-gum-derived", 0.3)]
NAME_SETS = [("ner-wikigold", 1.0), ("ner-re3d-free", 0.3)]
NAMES_MEASURED = ["ner-ewt", "ner-wikigold", "ner-gum-derived"]


@dataclass
class Item:
    sentence: Sentence
    name_weight: float
    pieces: int


def typographic(sentence: Sentence) -> Sentence:
    """The sentence with the quotation marks of typographers, the side taken from the tags."""
    assert sentence.xpos is not None
    sides = {"``": "“", "''": "”"}
    pairs = zip(sentence.words, sentence.xpos, strict=True)
    return replace(sentence, words=[sides.get(x, w) if w == '"' else w for w, x in pairs])


def read_items(data: Path, split: WordPieces, chance: random.Random) -> list[Item]:
    """Training sentences; a sentence in a treebank and in a set of names is one with both."""
    items: list[Item] = []

    def add(sentence: Sentence, weight: float) -> None:
        items.append(Item(sentence, weight, piece_count(sentence.words, split)))

    for treebank, name_set, weight in TREEBANKS:
        named = {s.sent_id: s for s in read_iob(data / name_set / "train.iob2.gz")}
        for s in read_conllu(data / treebank / "train.conllu.gz"):
            same = named.get(s.sent_id)
            if same and same.words == s.words:
                s.names = same.names
                del named[s.sent_id]
            # News has curly quotation marks, the treebanks hardly any: half of them get them.
            add(typographic(s) if chance.random() < 0.5 else s, weight)
        for s in named.values():
            add(s, weight)
    for name_set, weight in NAME_SETS:
        for s in read_iob(data / name_set / "train.iob2.gz"):
            add(s, weight)
    return items


def batches(items: list[Item], budget: int, chance: random.Random) -> Iterator[list[Item]]:
    """The items of an epoch, those of near length together, in an order of chance."""
    order = sorted(items, key=lambda item: (item.pieces + chance.uniform(0, 3), chance.random()))
    groups: list[list[Item]] = [[]]
    for item in order:
        if groups[-1] and (len(groups[-1]) + 1) * item.pieces > budget:
            groups.append([])
        groups[-1].append(item)
    chance.shuffle(groups)
    yield from groups


def padded(rows: list[list[int]], width: int) -> Tensor:
    return torch.tensor([row + [IGNORED] * (width - len(row)) for row in rows])


def loss_of(teacher: Teacher, items: list[Item], split: WordPieces, ids: dict[str, dict[str, int]]) -> Tensor:
    """Cross-entropies of tags, heads, labels of dependencies and names, each a mean over its words."""
    batch = make_batch([item.sentence.words for item in items], split)
    scores = teacher(batch)
    width = batch.firsts.shape[1] - 1
    tags, heads, rels, names = [], [], [], []
    for item in items:
        s = item.sentence
        none = [IGNORED] * len(s.words)
        tags.append([ids["tag"][tag] for tag in s.tags] if s.tags else none)
        heads.append(s.heads or none)
        rels.append([ids["rel"][r] for r in s.deprels] if s.deprels else none)
        names.append([ids["name"][n] for n in s.names] if s.names else none)
    loss = torch.zeros(())
    gold_heads = padded(heads, width)
    if (gold_heads != IGNORED).any():
        loss = loss + F.cross_entropy(scores.tags.flatten(0, 1), padded(tags, width).flatten())
        loss = loss + F.cross_entropy(scores.heads.flatten(0, 1), gold_heads.flatten())
        at, word = (gold_heads != IGNORED).nonzero(as_tuple=True)
        rel = teacher.relations(scores.rel_dependent[at, word], scores.rel_head[at, gold_heads[at, word]])
        loss = loss + F.cross_entropy(rel, padded(rels, width)[at, word])
    gold_names = padded(names, width)
    known = gold_names != IGNORED
    if known.any():
        each = F.cross_entropy(scores.names.flatten(0, 1), gold_names.flatten(), reduction="none")
        weights = torch.tensor([item.name_weight for item in items])[:, None] * known
        loss = loss + (each.view_as(weights) * weights).sum() / known.sum()
    return loss


def measure(
    teacher: Teacher, split: WordPieces, data: Path, workers: ThreadPoolExecutor
) -> dict[str, dict[str, float]]:
    """Figures on the development files, gold words and sentences given."""
    teacher.eval()
    trees = {t: list(read_conllu(data / t / "dev.conllu.gz")) for t, _, _ in TREEBANKS}
    named = {n: list(read_iob(data / n / "dev.iob2.gz")) for n in NAMES_MEASURED}
    texts = list({tuple(s.words) for file in (*trees.values(), *named.values()) for s in file})
    found = dict(zip(texts, predict(teacher, split, [list(t) for t in texts], workers), strict=True))

    def of(file: list[Sentence]) -> list[Prediction]:
        return [found[tuple(s.words)] for s in file]

    result = {t: score_syntax(file, of(file)) for t, file in trees.items()}
    return result | {n: score_names(file, of(file)) for n, file in named.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the trained teacher")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--encoder", type=Path, help="folder of MiniLM-L6 (default: the package's)")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--budget", type=int, default=1000, help="pieces in a batch")
    parser.add_argument("--threads", type=int, default=2, help="a share of each batch for each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure-all", action="store_true", help="measure after every epoch")
    parser.add_argument("--limit", type=int, help="only so many batches, to try out")
    args = parser.parse_args()

    # Threads within each product wait for each other on a busy machine; a share of the batch each is faster.
    torch.set_num_threads(1)
    workers = ThreadPoolExecutor(args.threads)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    folder = args.encoder or packaged_encoder()
    split = WordPieces(folder / "vocab.txt")
    items = read_items(args.data, split, chance)
    labels = Labels.of(item.sentence for item in items)
    teacher = Teacher(labels)
    teacher.encoder.load_pretrained(folder)
    torch.nn.init.xavier_uniform_(teacher.arc.data[:-1])
    ids = {
        "tag": {tag: i for i, tag in enumerate(labels.tags)},
        "rel": {rel: i for i, rel in enumerate(labels.deprels)},
        "name": {name: i for i, name in enumerate(NAMES)},
    }
    plan = [group for _ in range(args.epochs) for group in (*batches(items, args.budget, chance), None)]
    steps = sum(group is not None for group in plan)
    optimiser = Optimiser(teacher, teacher.encoder, steps, args.seed, args.threads)
    print(f"{len(items)} sentences, {sum(i.pieces for i in items)} pieces, {len(labels.tags)} tags, "
          f"{len(labels.deprels)} labels, {steps} steps", flush=True)  # fmt: skip
    start = time.monotonic()
    pieces = epochs = 0
    running = 0.0
    teacher.train()
    for group in plan:
        if group is None:
            teacher.save(args.out, folder / "vocab.txt")
            epochs += 1
            if epochs < args.epochs and not args.measure_all:
                continue
            figures = measure(teacher, split, args.data, workers)
            (args.out / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
            print(f"{time.monotonic() - start:.0f} s", json.dumps(figures), flush=True)
            teacher.train()
            continue
        loss = optimiser.step(group, lambda share: loss_of(teacher, share, split, ids))
        done = optimiser.done
        pieces += sum(item.pieces for item in group)
        running += (loss - running) / min(done, 50)
        if done % 50 == 0:
            took = time.monotonic() - start
            pace = f"{took:.0f} s, {pieces / took:.0f} pieces/s"
            print(f"step {done} of {steps}, loss {running:.3f}, {pace}", flush=True)
        if done == args.limit:
            break


if __name__ == "__main__":
    main()
