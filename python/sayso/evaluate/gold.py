"""Annotated attributions, read and checked; predicted ones, checked."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .gold_file import GoldError, key_faults, kind_of, parsed_json, read_jsonl, read_text
from .spans import Json
from .words import ROLES

LABELS = ("id", "act", "factuality", "source_entity", "about", "parent")
"""What an attribution of the tasks story and labels has."""


def read_lines(path: Path, labels: Sequence[str] = ()) -> dict[str, Json]:
    """The documents of a file with one a line, by id; every attribution must have `labels`."""
    return read_jsonl(path, lambda doc: _faults(doc, labels))


def read_stories(paths: Sequence[Path], labels: Sequence[str] = LABELS) -> dict[str, Json]:
    """The documents of files with one each, by id. A folder stands for its `*.gold.json`."""
    docs: dict[str, Json] = {}
    for path in _files(paths):
        doc = parsed_json(path, read_text(path), None)
        if fault := next(_faults(doc, labels), None):
            raise GoldError(path, None, fault)
        if doc["id"] in docs:
            raise GoldError(path, None, f"expected an id of its own, {doc['id']!r} is in another file")
        docs[doc["id"]] = doc
    return docs


def read_predictions(path: Path, gold: dict[str, Json]) -> dict[str, Json]:
    """The documents of a file with predictions for those of the gold, by id; one may be missing."""

    def faults(doc: Any) -> Iterator[str]:
        yield from key_faults(doc, {"id": str, "attributions": list})
        if doc["id"] not in gold:
            yield f"expected an id of the gold, found {doc['id']!r}"
        elif fault := prediction_fault(doc, gold[doc["id"]]):
            yield fault

    return read_jsonl(path, faults)


def prediction_fault(doc: Json, gold: Json) -> str | None:
    """What is wrong with predicted attributions, in words; None where they can be scored."""
    rows = doc.get("attributions") or []
    if not isinstance(rows, list):
        return f"{doc['id']}: expected a list of attributions, got {kind_of(rows)}"
    texts = {"title": None, "text": len(gold["text"])}
    for number, row in enumerate(rows):
        at = f"{doc['id']}: attributions[{number}]"
        if not isinstance(row, dict):
            return f"{at}: expected an object, got {kind_of(row)}"
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


def _faults(doc: Any, labels: Sequence[str]) -> Iterator[str]:
    """What is wrong with a document, in words."""
    if fault := next(key_faults(doc, {"id": str, "text": str, "attributions": list}), None):
        yield fault
        return
    if not isinstance(doc.get("aliases", {}), dict):
        yield f"expected 'aliases' to be an object, found {kind_of(doc['aliases'])}"
    for number, row in enumerate(doc["attributions"]):
        at = f"attributions[{number}]"
        if not isinstance(row, dict):
            yield f"{at}: expected an object, found {kind_of(row)}"
            continue
        for role in ROLES:
            if fault := _role_fault(row.get(role), len(doc["text"])):
                yield f"{at}.{role}: {fault}"
        for key in labels:
            if key not in row:
                yield f"{at}: expected the key {key!r}"
        for key in {"act", "factuality"}.intersection(labels):
            if not isinstance(row.get(key), str) or not row[key]:
                yield f"{at}.{key}: expected a label, found {kind_of(row.get(key))}"


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
