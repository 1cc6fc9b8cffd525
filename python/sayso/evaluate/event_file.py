"""Texts with events in them: where each stands, and how factual it is where that is known."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .gold_file import GoldError, key_faults, kind_of, parsed_json, read_text
from .spans import Json


def read_events(path: Path, *, valued: bool = False) -> Iterator[tuple[int, Json]]:
    """The records of a file of JSON lines, also gzipped, with the number of each line.

    Raises `GoldError` at the first that is not one: `text` and `events` of `id`, `start` and `end`, with
    `valued` a `value` too. Ids of events occur once in the file.
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        record = parsed_json(path, line, number)
        if fault := next(_faults(record, valued), None):
            raise GoldError(path, number, fault)
        for event in record["events"]:
            above = seen.setdefault(event["id"], number)
            if above != number or sum(e["id"] == event["id"] for e in record["events"]) > 1:
                where = f"line {above} has" if above != number else "this line has it"
                twice = f"{where} {event['id']!r} too" if above != number else f"{where} twice"
                raise GoldError(path, number, f"expected an id of its own for {event['id']!r}: {twice}")
        yield number, record


def _faults(record: Any, valued: bool) -> Iterator[str]:
    yield from key_faults(record, {"text": str, "events": list})
    if not isinstance(record, dict) or not isinstance(record.get("events"), list):
        return
    for number, event in enumerate(record["events"]):
        at = f"events[{number}]"
        if not isinstance(event, dict):
            yield f"{at}: expected an object, found {kind_of(event)}"
        elif not isinstance(event.get("id"), str):
            yield f"{at}: expected 'id' to be a string, found {kind_of(event.get('id'))}"
        else:
            yield from (f"{at}: {fault}" for fault in _event_faults(event, len(record["text"]), valued))


def _event_faults(event: Json, length: int, valued: bool) -> Iterator[str]:
    start, end = event.get("start"), event.get("end")
    if type(start) is not int or type(end) is not int:
        yield f"expected 'start' and 'end' to be whole numbers, found {json.dumps([start, end])[:60]}"
    elif not 0 <= start < end <= length:
        yield f"expected 0 <= start < end <= {length}, the code points of the text, found {start} and {end}"
    value = event.get("value")
    if valued and not (isinstance(value, (int, float)) and type(value) is not bool and math.isfinite(value)):
        yield f"expected 'value' to be a number from -3 to 3, found {json.dumps(value)[:60]}"
