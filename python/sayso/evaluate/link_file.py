"""Texts with the names in them marked by what they name, across documents.

    # a remark
    = first
    [Mara Quill|quill] left. [Quill|quill] said no more.

A line `= ID` opens a document, whose text is the lines below it; brackets hold a name and a key, and what has
one key is one thing in all documents. Offsets count Unicode code points.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from .gold_file import GoldError, read_text
from .spans import Json

MARKED = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]|[\[\]]")


def read(paths: Sequence[Path]) -> dict[str, Json]:
    """The documents of the files by id: `id`, `text` and `mentions`, a list of start, end and key."""
    docs: dict[str, Json] = {}
    for path in paths:
        before = len(docs)
        for number, key, lines in _documents(path):
            if key in docs:
                raise GoldError(path, number, f"expected an id of its own, {key!r} stands above")
            docs[key] = _document(path, key, lines)
        if len(docs) == before:
            raise GoldError(path, None, "expected at least one document, which a line `= ID` opens")
    return docs


def _documents(path: Path) -> Iterator[tuple[int, str, list[tuple[int, str]]]]:
    """The line, the id and the numbered lines of each document."""
    number, key, lines = 0, "", list[tuple[int, str]]()
    for at, line in enumerate(read_text(path).splitlines(), 1):
        if line.startswith("= ") and line[2:].strip():
            if key:
                yield number, key, lines
            number, key, lines = at, line[2:].strip(), []
        elif line.startswith("#") and not key:
            continue
        elif key:
            lines.append((at, line))
        elif line.strip():
            raise GoldError(path, at, f"expected a line `= ID` before the first text, found {line[:40]!r}")
    if key:
        yield number, key, lines


def _document(path: Path, key: str, lines: Sequence[tuple[int, str]]) -> Json:
    text, mentions = "", list[tuple[int, int, str]]()
    while lines and not lines[-1][1].strip():
        lines = lines[:-1]
    for number, line in lines:
        text, at = text + "\n" * bool(text), 0
        for mark in MARKED.finditer(line):
            name, thing = mark[1], mark[2]
            if not name or not thing or not name.strip() or not thing.strip():
                raise GoldError(path, number, f"expected [name|key], found {line[mark.start() :][:40]!r}")
            text += line[at : mark.start()]
            mentions.append((len(text), len(text) + len(name), thing))
            text, at = text + name, mark.end()
        text += line[at:]
    return {"id": key, "text": text, "mentions": mentions}
