"""What a terminal is shown: colour where it is wanted, a line of progress, small tables."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from typing import TextIO


def colour(stream: TextIO) -> bool:
    """Whether to write in colour: to a terminal, unless NO_COLOR asks for none."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(most: int = 100) -> int:
    """Characters in a line of the terminal."""
    return min(shutil.get_terminal_size((most, 24)).columns, most)


class Progress:
    """One line that tells how far a run has come; a terminal sees it, a file does not."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.shown = stream.isatty()
        self.start = time.monotonic()

    def __call__(self, documents: int, attributions: int, errors: int, read: int, total: int) -> None:
        if not self.shown:
            return
        share = min(read / total, 1.0) if total else 0.0
        bar = "━" * round(share * 24)
        seconds = max(time.monotonic() - self.start, 0.001)
        told = (
            f"{share:4.0%} {bar:<24} {counted(documents, 'document')}, {counted(attributions, 'attribution')}"
        )
        told += f", {counted(errors, 'error')}" if errors else ""
        self.write(f"{told}, {read / seconds / 1e6:.1f} MB/s")

    def write(self, line: str) -> None:
        self.stream.write("\r\x1b[K" + line[: width() - 1])
        self.stream.flush()

    def clear(self) -> None:
        """Takes the line away again."""
        if self.shown:
            self.write("")


def counted(number: int, noun: str) -> str:
    """A number of things in words: "1 row", "2,000 rows"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def printable(text: object) -> str:
    """A value on one line, without what a terminal would act on."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def table(head: Sequence[str], rows: Sequence[Sequence[object]], most: int = 100) -> str:
    """Rows as text, in columns as wide as they need to be; the last one is cut where the line ends."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(head, *cells, strict=True)]
    widths[-1] = max(10, min(widths[-1], most - sum(widths[:-1]) - 2 * (len(widths) - 1)))
    lines = [head, ["─" * width for width in widths], *cells]
    return "\n".join("  ".join(map(fit, line, widths)).rstrip() for line in lines)


def fit(cell: str, width: int) -> str:
    return cell[: width - 1] + "…" if len(cell) > width else cell.ljust(width)
