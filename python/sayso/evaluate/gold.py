"""Annotated files, read and checked: what is wrong with one is said with file, line and what was expected."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .spans import Json
from .words import ROLES

LABELS = ("id", "act", "factuality", "source_entity", "about", "parent")
"""What an attribution of the tasks story and labels has."""


class GoldError(ValueError):
    """An annotated file that is not what it should be. `line` counts from 1, or is None."""

    def __init__(self, file: Path, line: int | None, expected: str) -> None:
        super().__init__(f"{file}:{line}: {expected}" if line else f"{file}: {expected}")
        self.file, self.line, self.expected = file, line, expected


def read_jsonl(path: Path, labels: Sequence[str] = ()) -> dict[str, Json]:
    """The documents of a file with one a line, by id; every attribution must have `labels`."""
    docs: dict[str, Json] = {}
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            doc = _parsed(path, line, number)
            if fault := next(_faults(doc, labels), None):
                raise GoldError(path, number, fault)
            if doc["id"] in docs:
                raise GoldError(path, number, f"expected an id of its own, {doc['id']!r} stands above")
            docs[doc["id"]] = doc
    if not docs:
        raise GoldError(path, None, "expected at least one document")
    return docs


def read_stories(paths: Sequence[Path], labels: Sequence[str] = LABELS) -> dict[str, Json]:
    """The documents of files with one each, by id. A folder stands for its `*.gold.json`."""
    docs: dict[str, Json] = {}
    for path in _files(paths):
        doc = _parsed(path, _text(path), None)
        if fault := next(_faults(doc, labels), None):
            raise GoldError(path, None, fault)
        if doc["id"] in docs:
            raise GoldError(path, None, f"expected an id of its own, {doc['id']!r} is in another file")
        docs[doc["id"]] = doc
    return docs


def prediction_fault(doc: Any, gold: Mapping[str, Json]) -> str | None:
    """What is wrong with a predicted document, in words; None where it can be scored."""
    if not isinstance(doc, dict) or not isinstance(doc.get("id"), str):
        return f"expected documents with an id, got {str(doc)[:60]!r}"
    if doc["id"] not in gold:
        return f"a prediction for {doc['id']!r}, which the gold does not have"
    rows = doc.get("attributions") or []
    if not isinstance(rows, list):
        return f"{doc['id']}: expected a list of attributions, got {_a(rows)}"
    texts = {"title": None, "text": len(gold[doc["id"]]["text"])}
    for number, row in enumerate(rows):
        at = f"{doc['id']}: attributions[{number}]"
        if not isinstance(row, dict):
            return f"{at}: expected an object, got {_a(row)}"
        for role in ROLES:
            if fault := _role_fault(row.get(role), texts.get(row.get("field") or "text")):
                return f"{at}.{role}: {fault}"
    return None


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(path.glob("*.gold.json"))
            if not found:
                raise GoldError(path, None, "expected a folder with .gold.json files")
            yield from found
        else:
            yield path


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GoldError(path, line, f"expected UTF-8, found the byte 0x{data[error.start]:02x}") from None


def _parsed(path: Path, text: str, line: int | None) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise GoldError(
            path, line or error.lineno, f"expected JSON: {error.msg}, column {error.colno}"
        ) from None
    except RecursionError:
        raise GoldError(path, line, "expected JSON that is less deeply nested") from None


def _faults(doc: Any, labels: Sequence[str]) -> Iterator[str]:
    """What is wrong with a document, in words."""
    if not isinstance(doc, dict):
        yield f"expected an object, found {_a(doc)}"
        return
    for key, kind in (("id", str), ("text", str), ("attributions", list)):
        if not isinstance(doc.get(key), kind):
            yield f"expected {key!r} to be {_a(kind())}, found {_a(doc.get(key))}"
            return
    if not isinstance(doc.get("aliases", {}), dict):
        yield f"expected 'aliases' to be an object, found {_a(doc['aliases'])}"
    for number, row in enumerate(doc["attributions"]):
        at = f"attributions[{number}]"
        if not isinstance(row, dict):
            yield f"{at}: expected an object, found {_a(row)}"
            continue
        for role in ROLES:
            if fault := _role_fault(row.get(role), len(doc["text"])):
                yield f"{at}.{role}: {fault}"
        for key in labels:
            if key not in row:
                yield f"{at}: expected the key {key!r}"
        for key in {"act", "factuality"}.intersection(labels):
            if not isinstance(row.get(key), str) or not row[key]:
                yield f"{at}.{key}: expected a label, found {_a(row.get(key))}"


def _role_fault(role: Any, length: int | None) -> str | None:
    """What is wrong with a role in a text of `length` code points; None for a text that is not known."""
    if not role:
        return None
    if isinstance(role, list) and isinstance(role[0], int):
        role = [role]
    for span in role if isinstance(role, list) else [role]:
        if isinstance(span, dict):
            span = [span.get("start"), span.get("end")]
        if not isinstance(span, list) or len(span) != 2 or not all(type(n) is int for n in span):
            return f"expected [start, end], found {json.dumps(span)[:60]}"
        if not 0 <= span[0] <= span[1] or (length is not None and span[1] > length):
            return f"expected a span within the text's {length} code points, found {span}"
    return None


def _a(value: Any) -> str:
    names = {str: "a string", list: "a list", dict: "an object", bool: "a truth value", type(None): "nothing"}
    return names.get(type(value), "a number")
