"""What a task is: how its gold is read, what the pipeline is asked, and how the answers are scored."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path
from typing import Any

from .figures import Figures
from .spans import Json

Predict = Callable[[Iterable[Json]], Iterable[Json]]
"""Takes records with `id` and, for most tasks, `text`; gives what it finds in each, with the same `id`."""

Documents = dict[str, Json]
"""By id, in the order of the gold."""


class PredictionError(ValueError):
    """A prediction that cannot be scored."""


@dataclass(frozen=True)
class Options:
    """What may be asked of some tasks."""

    gold_tokens: bool = False
    """Tags and parses the words of the gold, rather than raw text."""
    by_genre: bool = False
    """Figures of each genre too."""
    types: Sequence[str] | None = None
    """The types of names that count; those of the gold where it is None."""
    against: str | PathLike[str] | None = None
    """Predictions of something else, one document a line, which the figures are compared with."""
    scale: str | None = None
    """The scale of events, "uw" or "uds"; as the names in the gold say where it is None."""

    def given(self) -> list[str]:
        """The names of the options that are set."""
        return [option.name for option in fields(self) if getattr(self, option.name)]


def text_alone(doc: Json, _: Options) -> Json:
    """The text of a document, without what is annotated in it."""
    return {"id": doc["id"], "text": doc["text"]}


def json_line(doc: Json) -> str:
    """A prediction as one line of JSON."""
    return json.dumps(doc) + "\n"


@dataclass(frozen=True)
class Task:
    """One task of `evaluate`."""

    read: Callable[[Sequence[Path]], Documents]
    """The gold; raises `GoldError`."""
    find: Callable[[Any, Iterable[Json]], Iterable[Json]]
    """What a `sayso.Pipeline` finds in the records."""
    accept: Callable[[Documents, Documents], Documents]
    """The predictions as they are scored and written, given them and the gold; raises `PredictionError`."""
    score: Callable[[Documents, Documents, Options], Figures]
    """The figures, given the gold and the accepted predictions."""
    ask: Callable[[Json, Options], Json] = text_alone
    """The record that is predicted from, given a gold document."""
    written: Callable[[Json], str] = json_line
    """An accepted prediction as a scorer reads it from a file."""
    setting: Mapping[str, Any] = field(default_factory=dict)
    """How the pipeline is set up: keywords of `sayso.Pipeline`."""
    setup: Callable[[Sequence[str | PathLike[str]] | None], Any] | None = None
    """What is asked in the place of a pipeline, given models of the user's own."""
    options: Sequence[str] = ()
    """The names of the `Options` that apply."""


def one(paths: Sequence[Path], what: str) -> Path:
    """The only path."""
    if len(paths) != 1:
        raise ValueError(f"expected one file {what}, got {len(paths)} files")
    return paths[0]
