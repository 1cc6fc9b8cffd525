"""Figures of the installed package on annotated data, written into RESULTS.md beside this file.

    python benches/measure.py [TASK ...]

The bundled sample stories are always measured. The rest stands in `../shared/data`, beside the project; where
that folder is missing, this says so and measures the sample stories alone.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sayso import __version__
from sayso.evaluate import evaluate, pipeline

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benches" / "RESULTS.md"
SHARED = ROOT.parent / "shared" / "data"
BEGIN, END = "<!-- measure:begin -->", "<!-- measure:end -->"

# The figures worth a row, and what of each: F1, accuracy, recall. Those that are a number have no part.
PARTS = ("f", "acc", "r")


class Run(NamedTuple):
    """A task on one gold."""

    task: str
    gold: str
    paths: list[Path]


def runs() -> Iterator[Run]:
    """What there is to measure."""
    samples = sorted((ROOT / "tests" / "story").glob("*.gold.json"))
    if samples:
        yield Run("story", "tests/story", samples)
    else:
        print("tests/story has no *.gold.json: no sample stories to measure")
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: only the sample stories are measured")
        return
    for task, gold in (
        ("attribution", "polnear/dev.jsonl"),
        ("labels", "polnear-stance/dev.jsonl"),
        ("story", "seeds/kremlin-aljazeera.gold.json"),
    ):
        if (SHARED / gold).is_file():
            yield Run(task, gold, [SHARED / gold])
        else:
            print(f"{SHARED / gold} is not there: not measured")


def rows(run: Run, values: Any) -> Iterator[str]:
    """The figures of one run as rows of the table."""
    values = values.get("all", values)  # of several stories, all of them together
    for name, value in values.items():
        if isinstance(value, dict):
            part = next((part for part in PARTS if part in value), None)
            if part is None:
                continue
            name = f"{name} ({'F1' if part == 'f' else 'accuracy' if part == 'acc' else 'recall'})"
            value = value[part]
        yield f"| {run.task} | {run.gold} | {name} | {value:.1f} |"


def table(lines: list[str]) -> str:
    """The marked part of RESULTS.md."""
    head = ["| task | gold | figure | % |", "| --- | --- | --- | ---: |"]
    return "\n".join([BEGIN, f"sayso {__version__}, {date.today().isoformat()}.", "", *head, *lines, END])


def write(part: str) -> None:
    """Puts the table between its marks; the rest of the file stays as it is."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else f"# Results\n\n{BEGIN}\n{END}\n"
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{RESULTS}: expected the marks {BEGIN} and {END}")
    RESULTS.write_text(before + part + after, encoding="utf-8", newline="\n")


def main(tasks: list[str]) -> None:
    lines = []
    for run in runs():
        if tasks and run.task not in tasks:
            continue
        figures = evaluate(run.task, run.paths, pipeline)
        print(f"\n{run.task} on {run.gold}\n{figures}")
        lines += rows(run, figures.values)
    if not lines:
        print("nothing was measured: RESULTS.md stays as it is")
    elif tasks:
        print("measured in part: RESULTS.md stays as it is")
    else:
        write(table(lines))
        print(f"\nwritten: {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
