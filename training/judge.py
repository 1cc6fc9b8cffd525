"""The sentiment teacher: the encoder reads a sentence with a target marked, a head scores its sentiment."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import torch
from dropout import dropout
from encoder import CASES, CLS, PAD, SEP, WIDTH, Encoder, WordPieces, case_of
from news import Token, tokenize
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

LABELS = ["negative", "neutral", "positive"]
HEAD_DROPOUT = 0.1
# Pieces of a sentence at most: the words around the target, more of those after it than before.
LONGEST = 126


@dataclass
class Item:
    """A target in a text: the words and which of them are the target's."""

    identity: str
    text: str
    start: int
    end: int
    words: list[Token]
    inside: list[bool]
    # Chances of the labels where they are known.
    gold: list[float] | None = None


def make_item(identity: str, text: str, start: int, end: int, words: list[Token]) -> Item | None:
    inside = [word.start < end and start < word.end for word in words]
    return Item(identity, text, start, end, words, inside) if any(inside) else None


def read_gold(path: Path) -> list[Item]:
    items = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        item = make_item(row["id"], row["text"], row["start"], row["end"], tokenize(row["text"]))
        if item is not None:
            item.gold = [float(row["label"] == label) for label in LABELS]
            items.append(item)
    return items


@dataclass
class Batch:
    pieces: Tensor
    cases: Tensor
    # 1 where a piece is the target's.
    target: Tensor


def pieces_of(item: Item, split: WordPieces) -> list[tuple[int, int, bool]]:
    """Piece, letter case and whether it is the target's, of the words around the target."""
    row = [
        (piece, case_of(word.text) + CASES * inside, inside)
        for word, inside in zip(item.words, item.inside, strict=True)
        for piece in split(word.text)
    ]
    first = next(i for i, (_, _, inside) in enumerate(row) if inside)
    start = max(0, min(first - LONGEST // 3, len(row) - LONGEST))
    return row[start : start + LONGEST]


def make_batch(items: list[Item], split: WordPieces) -> Batch:
    rows = [[(CLS, 0, False), *pieces_of(item, split), (SEP, 0, False)] for item in items]
    longest = max(map(len, rows))
    padded = [row + [(PAD, 0, False)] * (longest - len(row)) for row in rows]
    pieces, cases, target = (torch.tensor([[each[k] for each in row] for row in padded]) for k in range(3))
    return Batch(pieces, cases, target.float())


class Judge(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        # The target's words have a case vector of their own, which is what marks them.
        self.encoder = Encoder(2 * CASES)
        self.inner = nn.Linear(2 * WIDTH, WIDTH)
        self.outer = nn.Linear(WIDTH, len(LABELS))

    def forward(self, batch: Batch) -> Tensor:
        """Scores of the labels, [batch, 3]."""
        return self.head(self.encoder(batch.pieces, batch.cases), batch)

    def head(self, x: Tensor, batch: Batch) -> Tensor:
        """The scores by the encoder's vectors."""
        target = (x * batch.target[:, :, None]).sum(1) / batch.target.sum(1, keepdim=True)
        both = dropout(torch.cat([x[:, 0], target], 1), HEAD_DROPOUT, self.training)
        scores: Tensor = self.outer(dropout(torch.tanh(self.inner(both)), HEAD_DROPOUT, self.training))
        return scores

    def save(self, folder: Path, vocabulary: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self.state_dict(), str(folder / "model.safetensors"))
        shutil.copyfile(vocabulary, folder / "vocab.txt")

    @staticmethod
    def load(folder: Path) -> tuple[Judge, WordPieces]:
        judge = Judge()
        judge.load_state_dict(load_file(str(folder / "model.safetensors")))
        judge.eval()
        return judge, WordPieces(folder / "vocab.txt")
