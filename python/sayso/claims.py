"""How texts stand towards claims: they agree, disagree, discuss, or are about something else."""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TextIO, TypeAlias

from sayso import _core
from sayso._core import Stance
from sayso.pipeline import Files, checked, paths

Form: TypeAlias = Literal["headline", "article"]

BATCH = 256
"""Pairs that are judged together."""


class Judge:
    """The models that tell how a text stands towards a claim; built once, used for any number of pairs.

    `model` names files of your own that `sayso-train claims` wrote, each for the built-in model of its kind.
    `threads` is for `pipe`; as many as there are cores where it is None.

    >>> judge = Judge()
    >>> judge("The mayor sold the harbour", "No, the mayor did not sell the harbour: it is a hoax").label
    'disagree'
    """

    def __init__(self, model: Files | None = None, threads: int | None = None) -> None:
        self.threads = checked(threads)
        self._model = paths(model)
        self._core = _core.Judge(self._model)

    def __call__(self, claim: str, text: str, form: Form | None = None) -> Stance:
        """How `text` stands towards `claim`; see `stance`."""
        return next(self.pipe([(claim, text)], form))

    def pipe(self, pairs: Iterable[tuple[str, str]], form: Form | None = None) -> Iterator[Stance]:
        """The stances of many pairs of a claim and a text, in their order, as they come.

        Raises `ValueError` at a pair whose claim or text has no words, with its place from 0.
        """
        for place, answer in enumerate(self.answers(pairs, form)):
            if isinstance(answer, str):
                raise ValueError(f"pair {place}: {answer}")
            yield answer

    def answers(self, pairs: Iterable[tuple[str, str]], form: Form | None = None) -> Iterator[Stance | str]:
        """The same with a string in the place of what cannot be judged, that says what is wrong with it."""
        rest = iter(pairs)
        while batch := list(islice(rest, BATCH)):
            yield from self._core.judge(batch, form, self.threads if len(batch) > 1 else 1)

    def __reduce__(self) -> tuple[type[Judge], tuple[list[str], int]]:
        return type(self), (self._model, self.threads)


@cache
def default() -> Judge:
    """The judge with the built-in models, built when it is first needed."""
    return Judge()


def stance(claim: str, text: str, form: Form | None = None) -> Stance:
    """How a text stands towards a claim: `label`, and `scores` of all labels in `STANCES`.

    A text of one sentence is read as a headline, any other as an article; `form` says what it is where that
    is wrong. docs/claims.md says what the labels mean and how often they are right.

    Raises `ValueError` where claim or text has no words.

    >>> stance("The ferry sank", "The ferry did not sink, the harbour board said. It lies in Dunmere.").form
    'article'
    """
    return default()(claim, text, form)


def judged(inputs: Path, out: Path, judge: Judge, form: Form | None = None) -> int:
    """Judges the records of a file, `id`, `claim` and `text` a line, and writes `id`, `stance` and `scores`.

    Files whose names end in `.gz` are gzipped. Nothing stands under the name of the output before all of it
    is written. Returns how many records there were. Raises `ValueError` with file and line where a record
    lacks something, has no words in claim or text, or an id that another one had.
    """
    part = out.with_name(out.name + ".part")
    count = 0
    try:
        with created(part, out.suffix == ".gz") as file:
            read = records(inputs)
            while batch := list(islice(read, BATCH)):
                pairs = [(claim, text) for _, _, claim, text in batch]
                for (line, key, _, _), answer in zip(batch, judge.answers(pairs, form), strict=True):
                    if isinstance(answer, str):
                        raise ValueError(f"{inputs}:{line}: {answer}")
                    scores = {label: round(score, 4) for label, score in answer.scores.items()}
                    row = {"id": key, "stance": answer.label, "scores": scores}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += len(batch)
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
    return count


def records(path: Path) -> Iterator[tuple[int, str, str, str]]:
    """Line, id, claim and text of the records of a file."""
    seen: dict[str, int] = {}
    for number, line in enumerate(lines(path), 1):
        if not line.strip():
            continue
        key, claim, text = record(f"{path}:{number}", line)
        if key in seen:
            raise ValueError(f"{path}:{number}: expected an id of its own, line {seen[key]} has {key!r} too")
        seen[key] = number
        yield number, key, claim, text


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, perhaps gzipped."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ValueError(f"{path}: expected a whole gzip file: {error}") from None


def record(place: str, line: bytes) -> tuple[str, str, str]:
    """Id, claim and text of one line."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{place}: expected UTF-8, found the byte 0x{line[error.start]:02x}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{place}: expected JSON: {error.msg}, column {error.colno}") from None
    except ValueError as error:
        raise ValueError(f"{place}: expected JSON: {error}") from None
    except RecursionError:
        raise ValueError(f"{place}: expected JSON that is less deeply nested") from None
    if not isinstance(row, dict):
        raise ValueError(f"{place}: expected an object with id, claim and text")
    key, claim, text = row.get("id"), row.get("claim"), row.get("text")
    if isinstance(key, int) and not isinstance(key, bool):
        key = str(key)
    for name, value in (("id", key), ("claim", claim), ("text", text)):
        if not isinstance(value, str):
            raise ValueError(f"{place}: expected {name!r} to be a string, found {shown(value)}")
    return str(key), str(claim), str(text)


def shown(value: object) -> str:
    """A value of JSON in a message."""
    return "nothing" if value is None else json.dumps(value)[:40]


def created(path: Path, packed: bool) -> TextIO:
    """A file to write, perhaps gzipped; the same lines give the same bytes."""
    if not packed:
        return path.open("w", encoding="utf-8", newline="\n")
    binary: Any = gzip.GzipFile("", "wb", fileobj=path.open("wb"), mtime=0)
    binary.myfileobj = binary.fileobj  # closed with it
    return io.TextIOWrapper(binary, encoding="utf-8", newline="\n")
