"""Figures on annotated data: how much of what people marked is found, and how much of what is found is right.

```python
from sayso.evaluate import evaluate

figures = evaluate("attribution", "dev.jsonl", predict)
print(figures)
figures.values["relation partial"]["f"]
```

Tasks are `attribution` and `labels`, whose gold has one document a line, and `story`, whose gold is one JSON
document, several of them, or a folder of `*.gold.json`. Each task's module says what its figures mean.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from . import attribution, labels, story
from .figures import Figures
from .gold import LABELS, GoldError, prediction_fault, read_jsonl, read_stories
from .spans import Json

__all__ = ["TASKS", "Figures", "GoldError", "PredictionError", "evaluate", "main", "pipeline"]

Predict = Callable[[Iterable[Json]], Iterable[Json]]
"""Takes records with `id` and `text`, gives documents as the output contract has them."""

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]


class PredictionError(ValueError):
    """A prediction that cannot be scored."""


class Task(NamedTuple):
    """How a task reads its gold, and how it scores."""

    read: Callable[[Sequence[Path]], dict[str, Json]]
    score: Callable[[dict[str, Json], dict[str, Json]], Figures]


def _lines(keys: Sequence[str]) -> Callable[[Sequence[Path]], dict[str, Json]]:
    def read(paths: Sequence[Path]) -> dict[str, Json]:
        if len(paths) != 1:
            raise ValueError(f"expected one file with a document a line, got {len(paths)} files")
        return read_jsonl(paths[0], keys)

    return read


TASKS = {
    "attribution": Task(_lines(()), attribution.score),
    "labels": Task(_lines((*LABELS, "source_kind")), labels.score),
    "story": Task(read_stories, story.score),
}
"""The tasks by name."""


def evaluate(task: str, gold_path: Paths, predict: Predict) -> Figures:
    """Runs `predict` over the texts of the gold and scores what it gives.

    Raises `GoldError` where a gold file is not what the task expects, `PredictionError` where a document has
    no prediction or one that cannot be read, `ValueError` for an unknown task, and `OSError` where a file
    cannot be opened.
    """
    if task not in TASKS:
        raise ValueError(f"no task {task!r}; there are: {', '.join(TASKS)}")
    paths = [gold_path] if isinstance(gold_path, (str, PathLike)) else gold_path
    gold = TASKS[task].read([Path(path) for path in paths])
    predicted: dict[str, Json] = {}
    for doc in predict({"id": key, "text": doc["text"]} for key, doc in gold.items()):
        if fault := prediction_fault(doc, gold):
            raise PredictionError(fault)
        predicted[doc["id"]] = doc
    missing = [key for key in gold if key not in predicted]
    if missing:
        raise PredictionError(
            f"no prediction for {len(missing)} of {len(gold)} documents, {missing[0]!r} for one"
        )
    predicted = {key: predicted[key] for key in gold}
    return replace(TASKS[task].score(gold, predicted), predictions=list(predicted.values()))


def main(
    task: str,
    gold: Paths,
    predictions_out: str | PathLike[str] | None = None,
    predict: Predict | None = None,
) -> Figures:
    """Scores the built-in pipeline, or `predict`, and prints the figures.

    `predictions_out` is written one document a line, so that any scorer can read it.
    """
    figures = evaluate(task, gold, predict or pipeline)
    if predictions_out is not None:
        out = Path(predictions_out)
        part = out.with_name(out.name + ".part")  # nothing half written stands under the final name
        part.write_text("".join(json.dumps(doc) + "\n" for doc in figures.predictions), encoding="utf-8")
        part.replace(out)
    print(figures)
    return figures


def pipeline(records: Iterable[Json]) -> Iterable[Json]:
    """What the built-in pipeline finds in the records."""
    from sayso import Pipeline  # here, for the scorers themselves need no compiled module

    return (doc.to_dict() for doc in Pipeline().pipe(records))
