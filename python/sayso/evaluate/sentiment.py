"""Sentiment towards a target in a sentence: the labels of NewsMTSC (Hamborg and Donnay 2021).

One target a line: `id`, `text`, `start` and `end` in code points, `label`. The whole text counts as one to be
judged, whatever it would be in an article.

In percent: `macro_f1`, the mean of the labels' F1; `accuracy`; `f1_pos_neg`, the mean of the F1 of positive
and negative; `macro_recall`; the F1 of each label.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .figures import Figures, percent
from .gold_file import key_faults, read_jsonl
from .spans import Json
from .task import Documents, Options, PredictionError, one

LABELS = ("negative", "neutral", "positive")


def read(paths: Sequence[Path]) -> Documents:
    """The targets by id."""
    return read_jsonl(one(paths, "with a target a line"), _faults)


def _faults(doc: Any) -> Iterator[str]:
    keys = {"id": str, "text": str, "start": int, "end": int, "label": str}
    if fault := next(key_faults(doc, keys), None):
        yield fault
    elif not 0 <= doc["start"] < doc["end"] <= len(doc["text"]):
        yield f"expected a span in the text, found {doc['start']}..{doc['end']}"
    elif doc["label"] not in LABELS:
        yield f"expected a label of {', '.join(LABELS)}, found {doc['label']!r}"


def ask(doc: Json, _: Options) -> Json:
    """The text and the place of the target."""
    return {key: doc[key] for key in ("id", "text", "start", "end")}


def find(nlp: Any, records: Iterable[Json]) -> Iterable[Json]:
    """The labels that the pipeline gives."""
    for record in records:
        (judged,) = nlp.sentiment(record["text"], [(record["start"], record["end"])])
        yield {"id": record["id"], "label": judged.label}


def accept(predicted: Documents, _: Documents) -> Documents:
    """The predictions, each with one of the labels."""
    for key, doc in predicted.items():
        if doc.get("label") not in LABELS:
            raise PredictionError(
                f"{key}: expected a label of {', '.join(LABELS)}, found {doc.get('label')!r}"
            )
    return predicted


def score(gold: Documents, predicted: Documents, _: Options) -> Figures:
    """Figures over all targets."""
    pairs = [(doc["label"], predicted[key]["label"]) for key, doc in gold.items()]
    f1, recall = {}, {}
    for label in LABELS:
        hit = sum(g == p == label for g, p in pairs)
        n_gold, said = (sum(pair[side] == label for pair in pairs) for side in (0, 1))
        f1[label], recall[label] = percent(2 * hit, n_gold + said), percent(hit, n_gold)
    values = {
        "macro_f1": sum(f1.values()) / 3,
        "accuracy": percent(sum(g == p for g, p in pairs), len(pairs)),
        "f1_pos_neg": (f1["positive"] + f1["negative"]) / 2,
        "macro_recall": sum(recall.values()) / 3,
        **{f"f1_{label}": f1[label] for label in LABELS},
    }
    lines = [f"{name:<14}{value:7.2f}" for name, value in values.items()]
    wrong = [f"{g} as {p} {sum(pair == (g, p) for pair in pairs)}" for g in LABELS for p in LABELS if g != p]
    lines.append("confused: " + ", ".join(wrong))
    return Figures(lines, {name: round(value, 3) for name, value in values.items()})
