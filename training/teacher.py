"""The teacher: one encoder with heads for tags, dependencies and names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from conllu import Sentence
from dropout import dropout
from encoder import CLS, PAD, POSITIONS, SEP, WIDTH, Encoder, WordPieces, case_of
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F

ARC, REL, HEAD_DROPOUT = 320, 128, 0.33
NAMES = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
LONGEST = POSITIONS - 2


@dataclass
class Batch:
    pieces: Tensor
    cases: Tensor
    # Place of each word's first piece; place 0 stands for the root and for padding.
    firsts: Tensor
    lengths: Tensor

    @property
    def word_mask(self) -> Tensor:
        """[batch, words], true for a word, counted without the root."""
        return torch.arange(self.firsts.shape[1] - 1)[None, :] < self.lengths[:, None]


@dataclass
class Labels:
    tags: list[str]
    deprels: list[str]

    def save(self, path: Path) -> None:
        path.write_text(json.dumps({"tags": self.tags, "deprels": self.deprels}, indent=1), encoding="utf-8")

    @staticmethod
    def load(path: Path) -> Labels:
        return Labels(**json.loads(path.read_text(encoding="utf-8")))

    @staticmethod
    def of(sentences: Iterable[Sentence]) -> Labels:
        tags: set[str] = set()
        deprels: set[str] = set()
        for s in sentences:
            tags |= set(s.tags or ())
            deprels |= set(s.deprels or ())
        return Labels(sorted(tags), sorted(deprels))


def piece_count(words: list[str], split: WordPieces) -> int:
    """Pieces of a sentence with its two marks."""
    return 2 + sum(len(split(word)) for word in words)


def make_batch(sentences: list[list[str]], split: WordPieces) -> Batch:
    """Pieces of the sentences. One of too many pieces keeps the first piece of each word only."""
    rows: list[list[int]] = []
    cases: list[list[int]] = []
    firsts: list[list[int]] = []
    for words in sentences:
        per_word = 1 if piece_count(words, split) > LONGEST + 2 else None
        if per_word and len(words) > LONGEST:
            raise ValueError(f"a sentence of {len(words)} words")
        row, case, first = [CLS], [0], [0]
        for word in words:
            pieces = split(word)[:per_word]
            first.append(len(row))
            row += pieces
            case += [case_of(word)] * len(pieces)
        rows.append([*row, SEP])
        cases.append([*case, 0])
        firsts.append(first)

    def padded(lists: list[list[int]], fill: int) -> Tensor:
        longest = max(map(len, lists))
        return torch.tensor([values + [fill] * (longest - len(values)) for values in lists])

    lengths = torch.tensor([len(words) for words in sentences])
    return Batch(padded(rows, PAD), padded(cases, 0), padded(firsts, 0), lengths)


class Projection(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.linear = nn.Linear(WIDTH, width)

    def forward(self, x: Tensor) -> Tensor:
        return dropout(F.leaky_relu(self.linear(x), 0.1), HEAD_DROPOUT, self.training)


@dataclass
class Scores:
    """Scores of a batch. Words are counted without the root; heads are [batch, words, root and words]."""

    tags: Tensor
    heads: Tensor
    names: Tensor
    rel_dependent: Tensor
    rel_head: Tensor


class Teacher(nn.Module):
    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = Encoder()
        self.tag = nn.Linear(WIDTH, len(labels.tags))
        self.name = nn.Linear(WIDTH, len(NAMES))
        self.arc_dependent, self.arc_head = Projection(ARC), Projection(ARC)
        self.rel_dependent, self.rel_head = Projection(REL), Projection(REL)
        # One column more stands for a bias, as in Dozat and Manning (2017).
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.rel = nn.Parameter(torch.zeros(len(labels.deprels), REL + 1, REL + 1))

    def forward(self, batch: Batch) -> Scores:
        x = self.encoder(batch.pieces, batch.cases)
        x = x.gather(1, batch.firsts[:, :, None].expand(-1, -1, x.shape[2]))
        words = dropout(x[:, 1:], HEAD_DROPOUT, self.training)
        heads = with_one(self.arc_dependent(x[:, 1:])) @ self.arc @ self.arc_head(x).transpose(1, 2)
        allowed = torch.arange(x.shape[1])[None, :] <= batch.lengths[:, None]
        heads = heads.masked_fill(~allowed[:, None, :], -1e9)
        # No word is its own head.
        own = torch.eye(x.shape[1], dtype=torch.bool)[1:]
        heads = heads.masked_fill(own[None], -1e9)
        return Scores(
            tags=self.tag(words),
            heads=heads,
            names=self.name(words),
            rel_dependent=with_one(self.rel_dependent(x[:, 1:])),
            rel_head=with_one(self.rel_head(x)),
        )

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores of the labels for pairs of a dependent and its head, [pairs, labels]."""
        count = len(self.labels.deprels)
        left = dependents @ self.rel.permute(1, 0, 2).reshape(REL + 1, -1)
        return (left.view(-1, count, REL + 1) @ heads[:, :, None])[:, :, 0]

    def save(self, folder: Path, vocabulary: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self.state_dict(), str(folder / "model.safetensors"))
        self.labels.save(folder / "labels.json")
        shutil.copyfile(vocabulary, folder / "vocab.txt")

    @staticmethod
    def load(folder: Path) -> tuple[Teacher, WordPieces]:
        teacher = Teacher(Labels.load(folder / "labels.json"))
        teacher.load_state_dict(load_file(str(folder / "model.safetensors")))
        teacher.eval()
        return teacher, WordPieces(folder / "vocab.txt")


def with_one(x: Tensor) -> Tensor:
    return torch.cat([x, x.new_ones(*x.shape[:-1], 1)], dim=-1)
