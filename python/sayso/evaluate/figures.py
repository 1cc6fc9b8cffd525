"""What a scorer found."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .spans import Json


def percent(part: float, whole: float) -> float:
    """The share in percent; nothing of nothing is 0."""
    return 100.0 * part / whole if whole else 0.0


@dataclass(frozen=True)
class Figures:
    """Figures of one task. As a string: a line for each, then all of them as one line of JSON."""

    lines: Sequence[str]
    """A line for each figure, to read."""
    values: Mapping[str, Any]
    """The figures by name, rounded, to compute with."""
    predictions: Sequence[Json] = ()
    """What was scored, one document each, in gold order."""

    def __str__(self) -> str:
        return "\n".join([*self.lines, json.dumps(self.values)])
