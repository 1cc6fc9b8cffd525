"""Annotated files, read; what is wrong with one is said with file, line and what was expected."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .spans import Json

Faults = Callable[[Any], Iterator[str]]
"""What is wrong with a document, in words."""


class GoldError(ValueError):
    """An annotated file that is not what it should be. `line` counts from 1, or is None."""

    def __init__(self, file: Path, line: int | None, expected: str) -> None:
        super().__init__(f"{file}:{line}: {expected}" if line else f"{file}: {expected}")
        self.file, self.line, self.expected = file, line, expected


def read_text(path: Path) -> str:
    """The text of a file, which may be gzipped."""
    data = _unpacked(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GoldError(path, line, f"expected UTF-8, found the byte 0x{data[error.start]:02x}") from None


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if not data.startswith(b"\x1f\x8b"):
        if path.suffix == ".gz":
            raise GoldError(path, None, "expected gzip, as the name ends in .gz")
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise GoldError(path, None, f"expected a whole gzip file: {error}") from None


def parsed_json(path: Path, text: str, line: int | None) -> Any:
    """What the JSON says, the whole file's or one line's."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise GoldError(
            path, line or error.lineno, f"expected JSON: {error.msg}, column {error.colno}"
        ) from None
    except RecursionError:
        raise GoldError(path, line, "expected JSON that is less deeply nested") from None


def read_jsonl(path: Path, faults: Faults) -> dict[str, Json]:
    """The documents of a file with one a line, by id; none may have a fault."""
    docs: dict[str, Json] = {}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            doc = parsed_json(path, line, number)
            if fault := next(faults(doc), None):
                raise GoldError(path, number, fault)
            if doc["id"] in docs:
                raise GoldError(path, number, f"expected an id of its own, {doc['id']!r} stands above")
            docs[doc["id"]] = doc
    if not docs:
        raise GoldError(path, None, "expected at least one document")
    return docs


def key_faults(doc: Any, kinds: dict[str, type]) -> Iterator[str]:
    """What is wrong with the keys of an object that must have these."""
    if not isinstance(doc, dict):
        yield f"expected an object, found {kind_of(doc)}"
        return
    for key, kind in kinds.items():
        if not isinstance(doc.get(key), kind):
            yield f"expected {key!r} to be {kind_of(kind())}, found {kind_of(doc.get(key))}"
            return


def kind_of(value: Any) -> str:
    """The kind of a JSON value, in words."""
    names = {str: "a string", list: "a list", dict: "an object", bool: "a truth value", type(None): "nothing"}
    return names.get(type(value), "a number")
