"""The forms in which records come: strings, dicts, frames, series and Arrow tables.

pandas, polars and pyarrow are known by their shape alone; none of them is imported. What a record lacks
never stops the others: it becomes an empty text with a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, NamedTuple

FIELDS = ("text", "id", "title", "outlet", "date", "url")


class Row(NamedTuple):
    """A record as the pipeline takes it."""

    id: str
    text: str
    title: str | None
    outlet: str | None
    date: str | None
    url: str | None
    warnings: list[str]


class Columns(NamedTuple):
    """Which column holds what; None stands for the column of that name, where there is one."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None

    def among(self, names: Iterable[object]) -> dict[str, str]:
        """The columns to read, by field; a ValueError names those there are where one is missing."""
        there = [str(name) for name in names]
        found = {}
        for field, asked in zip(FIELDS, self, strict=True):
            column = field if asked is None else asked
            if column in there:
                found[field] = column
            elif field == "text" or asked is not None:
                listed = ", ".join(repr(name) for name in there) or "none"
                hint = f"; name the one that holds the {field}: {field}=..." if asked is None else ""
                raise ValueError(f"no column {column!r} for the {field}; there are: {listed}{hint}")
        return found


def rows(records: Iterable[Any], columns: Columns) -> Iterator[Row]:
    """The records one by one, each with its own id or its place."""
    if isinstance(records, (str, bytes, Mapping, PurePath)):
        kind = type(records).__name__
        raise TypeError(f"pipe takes many records, not one {kind}; for one text there is nlp(text)")
    names = names_of(records)
    if names is not None:
        return of_frame(records, columns.among(names))
    if not isinstance(records, Iterable):
        raise TypeError(
            f"{type(records).__name__} is not iterable: pipe takes strings, dicts, a frame or a series"
        )
    return of_items(iter(records), columns)


def one(record: Any) -> Row:
    """A single record: a text or a dict."""
    return next(of_items(iter([record]), Columns()))


def names_of(frame: Any) -> Iterable[object] | None:
    """The column names of a pandas or polars frame or an Arrow table; None for anything else."""
    if hasattr(frame, "collect_schema") and hasattr(frame, "collect"):
        raise TypeError("a lazy frame has no rows yet: call .collect() first; pipe takes what that gives")
    names = getattr(frame, "column_names", None)
    if names is None:
        names = getattr(frame, "columns", None)
    if names is None or callable(names) or not hasattr(frame, "__getitem__"):
        return None
    return list(names)


def of_frame(frame: Any, found: dict[str, str]) -> Iterator[Row]:
    columns = [frame[name] for name in found.values()]
    for place, cells in enumerate(zip(*columns, strict=True)):
        yield row(place, dict(zip(found, cells, strict=True)))


def of_items(items: Iterator[Any], columns: Columns) -> Iterator[Row]:
    found: dict[str, str] | None = None
    for place, item in enumerate(items):
        if isinstance(item, Mapping):
            # The first one decides which columns there are; a later one that lacks some is a gap, not an end.
            if found is None:
                found = columns.among(item.keys())
            optional = {field: field for field in FIELDS} | found
            yield row(place, {field: item.get(name) for field, name in optional.items()})
        elif isinstance(item, (bytes, PurePath)):
            kind = type(item).__name__
            raise TypeError(
                f"record {place} is {kind}, not text: decode it, or read the file with sayso.read"
            )
        elif isinstance(item, (list, tuple, set)):
            raise TypeError(f"record {place} is a {type(item).__name__}: pipe takes strings or dicts")
        else:
            yield row(place, {"text": item})


def row(place: int, cells: Mapping[str, Any]) -> Row:
    text, warnings = plain(cells.get("text")), []
    if text is None:
        text, warnings = "", ["no text"]
    elif not isinstance(text, str):
        text, warnings = "", [f"no text: found {type(text).__name__}"]
    identity = word(cells.get("id"))
    title, outlet, date, url = (word(cells.get(field)) for field in FIELDS[2:])
    return Row(str(place) if identity is None else identity, text, title, outlet, date, url, warnings)


def plain(cell: Any) -> Any:
    """The Python value of a cell, None where it is missing."""
    if isinstance(cell, str):
        return cell
    if hasattr(cell, "as_py"):
        cell = cell.as_py()
    missing = (isinstance(cell, float) and cell != cell) or type(cell).__name__ in {"NAType", "NaTType"}
    return None if missing else cell


def word(cell: Any) -> str | None:
    """A cell as a string: dates in ISO form, numbers as Python writes them."""
    cell = plain(cell)
    if cell is None or isinstance(cell, str):
        return cell
    return str(cell.isoformat()) if hasattr(cell, "isoformat") else str(cell)


def batches(items: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Lists of at most `size` records or about four million characters, whichever comes first."""
    batch: list[Row] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += len(item.text)
        if len(batch) >= size or weight >= 4_000_000:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
