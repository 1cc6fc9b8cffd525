"""Figures on annotated data: how much of what people marked is found, and how much of what is found is right.

```python
from sayso.evaluate import evaluate

figures = evaluate("attribution", "dev.jsonl", predict)
print(figures)
figures.values["relation partial"]["f"]
```

Tasks are `attribution` and `labels`, whose gold has one document a line; `story`, whose gold is one JSON
document, several of them, or a folder of `*.gold.json`; `conllu`, whose gold is a treebank; `names`, whose
gold is texts with their names; `coref`, whose gold has clusters of mentions; `gap`, with one pronoun a row;
`link`, whose gold is texts with their names and what each is in all of them; `sentiment`, with one target
a line; `claims`, whose gold is claims with headlines or articles; and `events`, whose gold is sentences with
a value of each event. Gold may be gzipped. Each task's module says what its figures mean.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any

from . import (
    attribution,
    claims,
    conllu,
    coref,
    entities,
    events,
    gap,
    labels,
    link,
    link_file,
    sentiment,
    story,
)
from .figures import Figures
from .gold import LABELS, prediction_fault, read_lines, read_predictions, read_stories
from .gold_file import GoldError
from .spans import Json
from .task import Documents, Options, Predict, PredictionError, Task, one

__all__ = ["TASKS", "Figures", "GoldError", "Options", "PredictionError", "evaluate", "main", "pipeline"]

File = str | PathLike[str]
Files = File | Sequence[File]
NO_OPTIONS = Options()


def _lines(keys: Sequence[str]) -> Callable[[Sequence[Path]], Documents]:
    return lambda paths: read_lines(one(paths, "with a document a line"), keys)


def _whole(nlp: Any, records: Iterable[Json]) -> Iterable[Json]:
    return (doc.to_dict() for doc in nlp.pipe(records))


def _checked(predicted: Documents, gold: Documents) -> Documents:
    for key, doc in predicted.items():
        if fault := prediction_fault(doc, gold[key]):
            raise PredictionError(fault)
    return predicted


def _attributions(
    read: Callable[[Sequence[Path]], Documents],
    score: Callable[[Mapping[str, Json], Mapping[str, Json]], Figures],
) -> Task:
    """A task on whole documents, as the output contract has them."""
    return Task(read, _whole, _checked, lambda gold, predicted, _: score(gold, predicted))


def _compared(gold: Documents, predicted: Documents, options: Options) -> Figures:
    """Attributions, against those of another file where one is given."""
    if options.against is None:
        return attribution.score(gold, predicted)
    other = read_predictions(Path(options.against), gold)
    return attribution.score(gold, predicted, other)


TASKS = {
    "attribution": replace(
        _attributions(_lines(()), attribution.score), score=_compared, options=("against",)
    ),
    "labels": _attributions(_lines((*LABELS, "source_kind")), labels.score),
    "story": _attributions(read_stories, story.score),
    "conllu": Task(
        conllu.read,
        conllu.find,
        conllu.accept,
        conllu.score,
        ask=conllu.ask,
        written=conllu.written,
        setting=conllu.SETTING,
        options=("gold_tokens", "by_genre"),
    ),
    "names": Task(
        entities.read,
        entities.find,
        entities.accept,
        entities.score,
        setting=entities.SETTING,
        options=("types", "by_genre"),
    ),
    "coref": Task(coref.read, coref.find, coref.accept, coref.score, setting=coref.SETTING),
    "gap": Task(
        gap.read,
        gap.find,
        gap.accept,
        gap.score,
        ask=gap.ask,
        written=gap.written,
        setting=gap.SETTING,
    ),
    "link": Task(link_file.read, link.find, link.accept, link.score),
    "sentiment": Task(sentiment.read, sentiment.find, sentiment.accept, sentiment.score, ask=sentiment.ask),
    "claims": Task(
        claims.read,
        claims.find,
        claims.accept,
        claims.score,
        ask=claims.ask,
        setup=claims.judge,
    ),
    "events": Task(
        events.read,
        events.find,
        events.accept,
        events.score,
        ask=events.ask,
        written=events.written,
        setting=events.SETTING,
        options=("scale",),
    ),
}
"""The tasks by name."""


def evaluate(task: str, gold_path: Files, predict: Predict, options: Options = NO_OPTIONS) -> Figures:
    """Runs `predict` over the texts of the gold and scores what it gives.

    Raises `GoldError` where a gold file is not what the task expects, `PredictionError` where a document has
    no prediction or one that cannot be read, `ValueError` for an unknown task or an option that it does not
    have, and `OSError` where a file cannot be opened.
    """
    chosen = _chosen(task, options)
    paths = [gold_path] if isinstance(gold_path, (str, PathLike)) else gold_path
    gold = chosen.read([Path(path) for path in paths])
    said = _by_id(predict(chosen.ask(doc, options) for doc in gold.values()), gold)
    predicted = chosen.accept(said, gold)
    return replace(chosen.score(gold, predicted, options), predictions=list(predicted.values()))


def _chosen(task: str, options: Options) -> Task:
    """The task of that name, which must have the options."""
    if task not in TASKS:
        raise ValueError(f"no task {task!r}; there are: {', '.join(TASKS)}")
    for option in options.given():
        if option not in TASKS[task].options:
            having = [name for name, other in TASKS.items() if option in other.options]
            raise ValueError(
                f"the option {option.replace('_', '-')} is for {' and '.join(having)}, not for {task}"
            )
    return TASKS[task]


def _by_id(docs: Iterable[Any], gold: Documents) -> Documents:
    """The predictions in the order of the gold, one for each document."""
    said: Documents = {}
    for doc in docs:
        if not isinstance(doc, dict) or not isinstance(doc.get("id"), str):
            raise PredictionError(f"expected documents with an id, got {str(doc)[:60]!r}")
        if doc["id"] not in gold:
            raise PredictionError(f"a prediction for {doc['id']!r}, which the gold does not have")
        said[doc["id"]] = doc
    missing = [key for key in gold if key not in said]
    if missing:
        raise PredictionError(
            f"no prediction for {len(missing)} of {len(gold)} documents, {missing[0]!r} for one"
        )
    return {key: said[key] for key in gold}


def main(
    task: str,
    gold: Files,
    predictions_out: File | None = None,
    predict: Predict | None = None,
    options: Options = NO_OPTIONS,
) -> Figures:
    """Scores the built-in pipeline, or `predict`, and prints the figures.

    `predictions_out` is written one document a line, or in CoNLL-U, so that any scorer can read it.
    """
    chosen = _chosen(task, options)
    figures = evaluate(task, gold, predict or pipeline(task), options)
    if predictions_out is not None:
        out = Path(predictions_out)
        part = out.with_name(out.name + ".part")  # nothing half written stands under the final name
        part.write_text("".join(map(chosen.written, figures.predictions)), encoding="utf-8", newline="\n")
        part.replace(out)
    print(figures)
    return figures


def pipeline(
    task: str,
    lexicon: Sequence[File] | None = None,
    gazetteer: Sequence[File] | None = None,
    model: Sequence[File] | None = None,
) -> Predict:
    """What the built-in pipeline finds, set up as the task wants it."""
    from sayso import Pipeline  # here, for the scorers themselves need no compiled module

    chosen = TASKS[task]
    if chosen.setup is not None:
        if lexicon or gazetteer:
            raise ValueError(f"{task} has no use for lists of your own")
        nlp = chosen.setup(model)
    else:
        nlp = Pipeline(lexicon, gazetteer, model=model, **chosen.setting)
    return lambda records: chosen.find(nlp, records)
