"""Texts with the names in them marked: one document a line of JSON, or one sentence a line with brackets.

    {"id": "a", "text": "Kyiv said no.", "genre": "news", "entities": [[0, 4, "LOC"]]}

    # a remark
    [GPE Kyiv] said no.

Brackets hold a label of sayso and a name; the number of the line is the id. Offsets count Unicode code
points.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .gold_file import GoldError, key_faults, read_jsonl, read_text
from .spans import Json

LABELS = ("PER", "ORG", "GPE", "LOC", "NORP", "OUTLET")
"""What may stand in brackets, which are all that is marked there."""

OPENING = re.compile(r"\[([A-Z]+) ")


def read(path: Path) -> dict[str, Json]:
    """The documents by id: `id`, `text`, `genre`, `entities` and `types`, all that are marked."""
    if path.name.removesuffix(".gz").endswith(".txt"):
        return _read_brackets(path)
    docs = read_jsonl(path, _faults)
    types = {kind for doc in docs.values() for _, _, kind in doc["entities"]}
    if not types:
        raise GoldError(path, None, "expected at least one entity")
    return {
        key: _document(key, doc["text"], doc["entities"], types, doc.get("genre"))
        for key, doc in docs.items()
    }


def _document(key: str, text: str, entities: Any, types: Any, genre: str | None = None) -> Json:
    return {"id": key, "text": text, "genre": genre or "-", "entities": entities, "types": sorted(types)}


def _faults(doc: Any) -> Iterator[str]:
    if fault := next(key_faults(doc, {"id": str, "text": str, "entities": list}), None):
        yield fault
        return
    if not isinstance(doc.get("genre") or "", str):
        yield "expected 'genre' to be a string"
    for number, entity in enumerate(doc["entities"]):
        if fault := entity_fault(entity, len(doc["text"])):
            yield f"entities[{number}]: {fault}"


def entity_fault(entity: Any, length: int) -> str | None:
    """What is wrong with an entity in a text of `length` code points."""
    if not isinstance(entity, list | tuple) or [type(part) for part in entity] != [int, int, str]:
        return f'expected [start, end, "TYPE"], found {str(entity)[:60]}'
    if not 0 <= entity[0] < entity[1] <= length:
        return f"expected a span within the text's {length} code points, found {[*entity[:2]]}"
    return None


def _read_brackets(path: Path) -> dict[str, Json]:
    docs: dict[str, Json] = {}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            try:
                text, entities = unbracketed(line.strip())
            except ValueError as error:
                raise GoldError(path, number, str(error)) from None
            docs[str(number)] = _document(str(number), text, entities, LABELS)
    if not docs:
        raise GoldError(path, None, "expected at least one sentence")
    return docs


def unbracketed(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a line and the names in it; raises `ValueError`."""
    text, entities, at = "", list[tuple[int, int, str]](), 0
    while opening := OPENING.search(line, at):
        label, end = opening[1], line.find("]", opening.end())
        name = line[opening.end() : end]
        if label not in LABELS:
            raise ValueError(f"expected a label, one of {' '.join(LABELS)}, found {opening[0]!r}")
        if end < 0 or "[" in name or not name.strip():
            raise ValueError(f"expected a name and `]` after {opening[0]!r}")
        text += line[at : opening.start()]
        entities.append((len(text), len(text) + len(name), label))
        text, at = text + name, end + 1
    return text + line[at:], entities
