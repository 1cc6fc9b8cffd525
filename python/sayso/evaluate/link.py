"""Names across documents: which of them name one thing.

The figures are those of pairs of marked names (precision, recall, F1, in percent). A pair is right where both
sides say that its names are one thing; one whose name was not found is missing.

* `across`: pairs of names in different documents, what linking is about
* `linked`: the same of the names that were found, so without the faults of finding
* `all`: pairs within a document too
* `found`: the share of the marked names that share a character with a name that was found

A prediction has `mentions`, a list of start, end and the id of what it names in the corpus.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from .figures import Figures, percent
from .spans import Json
from .task import Documents, Options, PredictionError

Mention = tuple[int, int, str]
Pairs = tuple[int, int, int]
"""Pairs that are right, that the gold has, that were predicted."""

NAMED = ("gazetteer", "model", "surname", "metonym")
"""The ways of finding a name; pronouns and descriptions name nothing."""


def find(nlp: Any, records: Iterable[Json]) -> Iterable[Json]:
    """The names that the pipeline finds in all records, and what they are in the corpus."""
    from sayso import link  # here, for the scorers themselves need no compiled module

    docs = list(nlp.pipe(records))
    links = link(docs)
    for doc in docs:
        entities = links.of(doc.id)
        names = [(m.start, m.end, entities[m.entity.id]) for m in doc.mentions if m.via in NAMED]
        yield {"id": doc.id, "mentions": names}


def accept(predicted: Documents, gold: Documents) -> Documents:
    """The predictions, if they are what they should be."""
    for key, doc in predicted.items():
        rows = doc.get("mentions")
        if not isinstance(rows, list):
            raise PredictionError(f"{key}: expected a list of mentions")
        for number, row in enumerate(rows):
            if not isinstance(row, list | tuple) or [type(part) for part in row] != [int, int, str]:
                raise PredictionError(
                    f'{key}: mentions[{number}]: expected [start, end, "id"], found {str(row)[:60]}'
                )
    return predicted


def named(gold: Iterable[Mention], said: Iterable[Mention]) -> list[str | None]:
    """For each name of the gold what the prediction that shares most characters with it names."""
    rows = list(said)

    def best(start: int, end: int) -> str | None:
        shared = [(min(end, b) - max(start, a), -(b - a), thing) for a, b, thing in rows]
        return max(shared)[2] if shared and max(shared)[0] > 0 else None

    return [best(start, end) for start, end, _ in gold]


def pairs(rows: Iterable[tuple[str, str, str | None]], *, within: bool) -> Pairs:
    """The pairs of rows (document, thing, predicted thing); `within` keeps those of one document."""
    rows = list(rows)

    def count(keys: Iterable[tuple[str, Hashable] | None]) -> int:
        """Pairs of one thing."""
        told = [key for key in keys if key is not None]
        everywhere = Counter(thing for _, thing in told)
        return _of(everywhere) - (0 if within else _of(Counter(told)))

    gold = count((doc, thing) for doc, thing, _ in rows)
    said = count((doc, other) if other is not None else None for doc, _, other in rows)
    right = count((doc, (thing, other)) if other is not None else None for doc, thing, other in rows)
    return right, gold, said


def _of(counts: Mapping[Any, int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def score(gold: Mapping[str, Json], predicted: Mapping[str, Json], _: Options) -> Figures:
    """Compares documents by id; every gold document needs a prediction."""
    rows = list[tuple[str, str, str | None]]()
    for key, doc in gold.items():
        said = named(doc["mentions"], predicted[key]["mentions"])
        rows += [(key, thing, other) for (_, _, thing), other in zip(doc["mentions"], said, strict=True)]
    seen = [row for row in rows if row[2] is not None]
    counted = {
        "across": pairs(rows, within=False),
        "linked": pairs(seen, within=False),
        "all": pairs(rows, within=True),
    }
    lines, values = list[str](), dict[str, Any]()
    for name, (right, want, have) in counted.items():
        shares = {"P": percent(right, have), "R": percent(right, want), "F1": percent(2 * right, want + have)}
        shown = "  ".join(f"{of} {share:6.2f}" for of, share in shares.items())
        lines.append(f"{name:<8} {shown}  gold {want}  system {have}")
        values[name] = {of: round(share, 3) for of, share in shares.items()} | {"gold": want}
    lines.append(f"{'found':<8} {percent(len(seen), len(rows)):8.2f}  {len(seen)}/{len(rows)}")
    return Figures(
        lines,
        values | {"found": round(percent(len(seen), len(rows)), 3), "F1": values["across"]["F1"]},
    )
