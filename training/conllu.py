"""Sentences, read from and written to CoNLL-U and IOB2 files."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO


@dataclass
class Sentence:
    """The syntactic words of a sentence. A layer that is not annotated is None."""

    words: list[str]
    xpos: list[str] | None = None
    upos: list[str] | None = None
    heads: list[int] | None = None
    deprels: list[str] | None = None
    names: list[str] | None = None
    misc: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def tags(self) -> list[str] | None:
        """The joint tags, `XPOS UPOS`."""
        if self.xpos is None or self.upos is None:
            return None
        return [f"{x} {u}" for x, u in zip(self.xpos, self.upos, strict=True)]

    @property
    def sent_id(self) -> str:
        for line in self.comments:
            if line.startswith("# sent_id = "):
                return line[len("# sent_id = ") :]
        return ""


def open_text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Comments and rows of each sentence of a file."""
    comments: list[str] = []
    rows: list[list[str]] = []
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line:
                # A word may be "#": a comment is a line without a tab.
                if line.startswith("#") and "\t" not in line:
                    comments.append(line)
                else:
                    rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = [], []
    if rows:
        yield comments, rows


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Sentences without ranges and empty nodes. Columns that hold only `_` are layers not annotated."""
    for comments, all_rows in blocks(path):
        rows = [row for row in all_rows if row[0].isdigit()]
        blank = all(row[7] == "_" for row in rows)
        yield Sentence(
            words=[row[1] for row in rows],
            xpos=None if blank else [row[4] for row in rows],
            upos=None if blank else [row[3] for row in rows],
            heads=None if blank else [int(row[6]) for row in rows],
            deprels=None if blank else [row[7] for row in rows],
            misc=[row[9] if len(row) > 9 else "_" for row in rows],
            comments=comments,
        )


def read_iob(path: Path) -> Iterator[Sentence]:
    """Sentences with names; classes other than PER, LOC and ORG are read as no name."""
    for comments, rows in blocks(path):
        names = [row[-1] if row[-1][2:] in ("PER", "LOC", "ORG") else "O" for row in rows]
        yield Sentence(words=[row[0] for row in rows], names=names, comments=comments)


def write_sentence(out: TextIO, sentence: Sentence) -> None:
    """Writes a sentence; a layer that is None becomes `_`."""
    for line in sentence.comments:
        print(line, file=out)
    for i, word in enumerate(sentence.words):
        row = [
            str(i + 1),
            word,
            "_",
            sentence.upos[i] if sentence.upos else "_",
            sentence.xpos[i] if sentence.xpos else "_",
            "_",
            str(sentence.heads[i]) if sentence.heads else "_",
            sentence.deprels[i] if sentence.deprels else "_",
            "_",
            sentence.misc[i] if sentence.misc else "_",
        ]
        print("\t".join(row), file=out)
    print(file=out)
