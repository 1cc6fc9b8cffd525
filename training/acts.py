"""The stance teacher: the encoder reads an attribution, a head scores its act and its factuality."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch
from dropout import dropout
from encoder import CASES, WordPieces, case_of
from mpnet import CLS, PAD, SEP, WIDTH, MPNet
from news import tokenize
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

ACTS = (
    "decline question deny accuse disbelieve doubt speculate warn urge intend confirm criticise praise"
    " believe assert"
).split()
FACTUALITIES = "CT+ PR+ PS+ CT- PR- PS- Uu".split()
HEAD_DROPOUT = 0.1
# Pieces at most: before the attribution, of its source, its cue and its content.
BEFORE, SOURCE, CUE, CONTENT = 10, 10, 14, 36
# Letters that these pieces are looked for in.
NEAR, FAR = 200, 400
# Whose pieces they are: each has case vectors of its own, which is what marks them.
IN_CONTENT, IN_CUE, IN_SOURCE, IN_FRONT = range(4)


@dataclass
class Statement:
    """An attribution by its pieces, each with its letter case, and its labels as numbers."""

    pieces: list[tuple[int, int]]
    act: int
    factuality: int
    # The number of its article and the corpus of that.
    article: int
    corpus: str


def read_articles(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def statements(articles: list[dict], split: WordPieces) -> list[Statement]:
    """All attributions of some articles, in their order."""
    found = []
    for number, article in enumerate(articles):
        for row in article["attributions"]:
            act, factuality = ACTS.index(row["act"]), FACTUALITIES.index(row["factuality"])
            pieces = pieces_of(article["text"], row, split)
            found.append(Statement(pieces, act, factuality, number, article["corpus"]))
    return found


def pieces_of(text: str, row: dict, split: WordPieces) -> list[tuple[int, int]]:
    """What stands before, source and cue; behind a mark the content."""

    def pieces(part: str, whose: int) -> list[tuple[int, int]]:
        words = tokenize(part.replace("\n", " "))
        return [(piece, case_of(word.text) + CASES * whose) for word in words for piece in split(word.text)]

    def words(role: str) -> str:
        return " … ".join(text[start:end] for start, end in row[role])

    first = min(start for role in ("source", "cue", "content") for start, _ in row[role])
    before = pieces(text[max(0, first - NEAR) : first], IN_FRONT)[-BEFORE:]
    source = pieces(words("source"), IN_SOURCE)[:SOURCE]
    cue = pieces(words("cue"), IN_CUE)[:CUE]
    content = pieces(words("content")[:FAR], IN_CONTENT)[:CONTENT]
    return [(CLS, 0), *before, *source, *cue, (SEP, 0), *content, (SEP, 0)]


@dataclass
class Batch:
    pieces: Tensor
    cases: Tensor
    acts: Tensor = field(repr=False)
    factualities: Tensor = field(repr=False)


def make_batch(rows: list[Statement]) -> Batch:
    longest = max(len(row.pieces) for row in rows)
    padded = [row.pieces + [(PAD, 0)] * (longest - len(row.pieces)) for row in rows]
    pieces, cases = (torch.tensor([[piece[k] for piece in row] for row in padded]) for k in range(2))
    acts, factualities = (torch.tensor([getattr(row, k) for row in rows]) for k in ("act", "factuality"))
    return Batch(pieces, cases, acts, factualities)


class Teacher(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = MPNet(4 * CASES)
        self.inner = nn.Linear(3 * WIDTH, WIDTH)
        self.outer = nn.Linear(WIDTH, len(ACTS) + len(FACTUALITIES))

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Scores of acts and of factualities, [batch, 15] and [batch, 7]."""
        x = self.encoder(batch.pieces, batch.cases)
        whose = batch.cases // CASES

        def mean(inside: Tensor) -> Tensor:
            found: Tensor = (x * inside[:, :, None]).sum(1) / inside.sum(1, keepdim=True).clamp(min=1)
            return found

        cue = mean((whose == IN_CUE).float())
        content = mean(((whose == IN_CONTENT) & (batch.cases > 0)).float())
        all_three = dropout(torch.cat([x[:, 0], cue, content], 1), HEAD_DROPOUT, self.training)
        scores = self.outer(dropout(torch.tanh(self.inner(all_three)), HEAD_DROPOUT, self.training))
        return scores[:, : len(ACTS)], scores[:, len(ACTS) :]

    def save(self, folder: Path, vocabulary: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self.state_dict(), str(folder / "model.safetensors"))
        shutil.copyfile(vocabulary, folder / "vocab.txt")

    @staticmethod
    def load(folder: Path) -> tuple[Teacher, WordPieces]:
        teacher = Teacher()
        teacher.load_state_dict(load_file(str(folder / "model.safetensors")))
        teacher.eval()
        return teacher, WordPieces(folder / "vocab.txt")


@torch.no_grad()
def chances(teachers: list[Teacher], rows: list[Statement]) -> tuple[Tensor, Tensor]:
    """Mean chances of acts and of factualities, by the teachers."""
    batch = make_batch(rows)
    said = [teacher(batch) for teacher in teachers]
    acts, factualities = (sum(each[k].softmax(1) for each in said) / len(said) for k in range(2))
    return torch.as_tensor(acts), torch.as_tensor(factualities)
