"""Event factuality for files: records with a text and the places of events in, a value for each event out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso import _core
from sayso.evaluate.event_file import read_events
from sayso.evaluate.events import judge
from sayso.evaluate.gold_file import GoldError
from sayso.evaluate.spans import Json


def write_events(
    source: Path, out: Path, scale: str = "uw", models: Sequence[str] = (), threads: int = 0
) -> int:
    """Writes a line with `id` and `value` for each event of a file; returns how many there were.

    Every block of a text counts as copy. Raises `GoldError` where a record or an event is not what it should
    be; then nothing is written.
    """
    nlp = _core.Pipeline(models=models, parse="none", every_block=True)
    numbers: list[int] = []

    def records() -> Iterator[Json]:
        for number, record in read_events(source):
            numbers.append(number)
            yield record

    lines = []
    for place, events in enumerate(judge(nlp, records(), scale, threads)):
        for event in events:
            if isinstance(event["value"], str):
                raise GoldError(source, numbers[place], f"event {event['id']!r}: {event['value']}")
            lines.append(json.dumps(event, ensure_ascii=False) + "\n")
    part = out.with_name(out.name + ".part")  # nothing half written stands under the final name
    part.write_text("".join(lines), encoding="utf-8", newline="\n")
    part.replace(out)
    return len(lines)
