"""How texts stand towards claims: headlines as Emergent has them, articles as the Fake News Challenge does.

A gold line has `id`, `label` and either `claim` and `headline` (Emergent; Ferreira and Vlachos 2016) or
`headline` and `body_id` (FNC-1; Pomerleau and Rao 2017). The articles, `body_id` and `text` a line, stand in
further files, or in `bodies.jsonl` beside the gold.

Emergent's labels are for, against and observing, and all headlines are about their claims: of our stances the
likeliest one but "unrelated" counts. Those of FNC-1 are ours.

Figures in percent: `accuracy`, `macro_f1` over the labels, `f1_...` of each; for FNC-1 also `weighted_score`,
the official one as a share of its maximum, and `related_accuracy`, whether related is told from unrelated.
"""

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from .figures import Figures, percent
from .gold_file import GoldError, key_faults, parsed_json, read_jsonl, read_text
from .spans import Json
from .task import Documents, Options, PredictionError

EMERGENT = {"for": "agree", "against": "disagree", "observing": "discuss"}
"""Its labels and ours."""
FNC = ("agree", "disagree", "discuss", "unrelated")
LABELS = {"headline": tuple(EMERGENT), "article": FNC}


def judge(model: Sequence[str | PathLike[str]] | None) -> Any:
    """What is asked."""
    from sayso import Judge  # here, for the scorers themselves need no compiled module

    return Judge(model)


def read(paths: Sequence[Path]) -> Documents:
    """The pairs by id: `claim`, `text`, the `form` of the text, and the `label`."""
    gold, *others = paths
    docs = read_jsonl(gold, _faults)
    forms = {_form(doc) for doc in docs.values()}
    if len(forms) > 1:
        raise GoldError(gold, None, "expected headlines or articles, found both")
    if forms == {"headline"}:
        if others:
            raise GoldError(others[0], None, "headlines need no articles beside them")
        return {key: _pair(doc, doc["claim"], doc["headline"], "headline") for key, doc in docs.items()}
    bodies = _bodies(others or [gold.with_name("bodies.jsonl")])
    pairs = {}
    for key, doc in docs.items():
        if str(doc["body_id"]) not in bodies:
            raise GoldError(gold, None, f"{key}: no article {doc['body_id']!r}")
        pairs[key] = _pair(doc, doc["headline"], bodies[str(doc["body_id"])], "article")
    return pairs


def _pair(doc: Json, claim: str, text: str, form: str) -> Json:
    return {"id": doc["id"], "claim": claim, "text": text, "form": form, "label": doc["label"]}


def _form(doc: Json) -> str:
    return "article" if "body_id" in doc else "headline"


def _faults(doc: Any) -> Iterator[str]:
    yield from key_faults(doc, {"id": str, "headline": str, "label": str})
    form = _form(doc)
    if form == "headline":
        yield from key_faults(doc, {"claim": str})
    if doc["label"] not in LABELS[form]:
        yield f"expected a label {', '.join(LABELS[form])}, found {doc['label']!r}"


def _bodies(paths: Sequence[Path]) -> dict[str, str]:
    """The texts of articles by their ids."""
    bodies: dict[str, str] = {}
    for path in paths:
        for number, line in enumerate(read_text(path).split("\n"), 1):
            if not line.strip():
                continue
            doc = parsed_json(path, line, number)
            if fault := next(key_faults(doc, {"text": str}), None):
                raise GoldError(path, number, fault)
            if "body_id" not in doc:
                raise GoldError(path, number, "expected a body_id")
            if str(doc["body_id"]) in bodies:
                raise GoldError(
                    path, number, f"expected an article of its own, {doc['body_id']!r} stands above"
                )
            bodies[str(doc["body_id"])] = doc["text"]
    return bodies


def ask(doc: Json, _: Options) -> Json:
    """The pair without its label."""
    return {key: doc[key] for key in ("id", "claim", "text", "form")}


def find(judge: Any, records: Iterable[Json]) -> Iterable[Json]:
    """The label that the models give each pair, in the words of its corpus."""
    rows = list(records)
    for form in LABELS:
        of = [row for row in rows if row["form"] == form]
        for row, stance in zip(of, judge.pipe([(r["claim"], r["text"]) for r in of], form), strict=True):
            if form == "article":
                yield {"id": row["id"], "label": stance.label}
            else:
                scores = stance.scores
                yield {"id": row["id"], "label": max(EMERGENT, key=lambda label: scores[EMERGENT[label]])}


def accept(predicted: Documents, gold: Documents) -> Documents:
    """The predictions, each with a label of the corpus."""
    for key, doc in predicted.items():
        labels = LABELS[gold[key]["form"]]
        if doc.get("label") not in labels:
            raise PredictionError(f"{key}: expected a label {', '.join(labels)}, found {doc.get('label')!r}")
    return predicted


def score(gold: Documents, predicted: Documents, _: Options) -> Figures:
    """Figures over all pairs."""
    pairs = [(doc["label"], predicted[key]["label"]) for key, doc in gold.items()]
    labels = LABELS[next(iter(gold.values()))["form"]]
    f1 = {}
    for label in labels:
        hit = sum(want == have == label for want, have in pairs)
        f1[label] = percent(2 * hit, sum((want == label) + (have == label) for want, have in pairs))
    values = {
        "accuracy": percent(sum(want == have for want, have in pairs), len(pairs)),
        "macro_f1": sum(f1.values()) / len(f1),
        **{f"f1_{label}": value for label, value in f1.items()},
    }
    if labels == FNC:
        related = sum((want == "unrelated") == (have == "unrelated") for want, have in pairs)
        best = sum(_official(want, want) for want, _ in pairs)
        values["weighted_score"] = percent(sum(_official(want, have) for want, have in pairs), best)
        values["related_accuracy"] = percent(related, len(pairs))
    values = {name: round(value, 2) for name, value in values.items()}
    return Figures([f"{name:16} {value:6.2f}" for name, value in values.items()], values)


def _official(want: str, have: str) -> float:
    """The points of the challenge for one pair."""
    if want == "unrelated":
        return 0.25 * (have == "unrelated")
    return 0.25 * (have != "unrelated") + 0.75 * (have == want)
