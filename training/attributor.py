"""The attribution teacher: one encoder with heads for spans and for the links between them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import torch
from articles import LABELS, Window
from chain import Chain, masked
from dropout import dropout
from encoder import CASES, CLS, PAD, SEP, WIDTH, Encoder, WordPieces, case_of
from links import Links
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

SPAN_DROPOUT = 0.2


@dataclass
class Batch:
    pieces: Tensor
    cases: Tensor
    # Place of each word's first piece, 0 for padding; whether a paragraph begins there.
    firsts: Tensor
    opens: Tensor

    @property
    def mask(self) -> Tensor:
        return self.firsts > 0


def padded(rows: list[list[int]], fill: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [fill] * (longest - len(row)) for row in rows])


def make_batch(windows: list[Window], split: WordPieces) -> Batch:
    rows, cases, firsts, opens = [], [], [], []
    for window in windows:
        row, case, first, opening = [CLS], [0], [], []
        for i in range(window.start, window.end):
            word = window.article.words[i].text
            opening.append(int(window.article.opens(i)))
            if opening[-1] and i > window.start:
                row.append(SEP)
                case.append(0)
            first.append(len(row))
            pieces = split(word)
            row += pieces
            case += [case_of(word) + CASES * window.article.quoted[i]] * len(pieces)
        rows.append([*row, SEP])
        cases.append([*case, 0])
        firsts.append(first)
        opens.append(opening)
    return Batch(padded(rows, PAD), padded(cases, 0), padded(firsts, 0), padded(opens, 0).bool())


class Attributor(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        # A quoted word has a case vector of its own.
        self.encoder = Encoder(2 * CASES)
        self.span = nn.Linear(WIDTH, len(LABELS))
        self.chain = Chain()
        self.links = Links()

    def forward(self, batch: Batch) -> Tensor:
        """Vectors of the words, [batch, words, width]."""
        x = self.encoder(batch.pieces, batch.cases)
        words: Tensor = x.gather(1, batch.firsts[:, :, None].expand(-1, -1, x.shape[2]))
        return words

    def emissions(self, vectors: Tensor, opens: Tensor) -> Tensor:
        return masked(self.span(dropout(vectors, SPAN_DROPOUT, self.training)), opens)

    def save(self, folder: Path, vocabulary: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self.state_dict(), str(folder / "model.safetensors"))
        shutil.copyfile(vocabulary, folder / "vocab.txt")

    @staticmethod
    def load(folder: Path) -> tuple[Attributor, WordPieces]:
        attributor = Attributor()
        attributor.load_state_dict(load_file(str(folder / "model.safetensors")))
        attributor.eval()
        return attributor, WordPieces(folder / "vocab.txt")
