"""Names found in a text: where they stand, and what kind of thing each of them names.

Figures, in percent (precision, recall, F1):

* of each type, and `micro` over all of them: start, end and type equal
* `untyped`: start and end equal
* `overlap`: the type equal and a character shared, each name used once
* with `by_genre`, `genres`: `micro` in each genre of the gold

Types are those of the gold, or those of `types`. Labels of sayso that the gold does not have are renamed:
OUTLET to ORG, GPE to LOC, NORP to MISC. A prediction has `entities`, a list of start, end and type; those
whose type the gold does not have even then are left out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import entity_file
from .figures import Figures, percent
from .spans import Json
from .task import Documents, Options, PredictionError, one

SETTING = {"parse": "none", "blocks": "all"}
NAMED = ("gazetteer", "model", "surname", "metonym")
"""The ways of finding a name; pronouns and descriptions name nothing."""
RENAMED = {"OUTLET": "ORG", "GPE": "LOC", "NORP": "MISC"}

Entity = tuple[int, int, str]


def read(paths: Sequence[Path]) -> Documents:
    """The texts and their names."""
    return entity_file.read(one(paths, "of texts with names"))


def find(nlp: Any, records: Iterable[Json]) -> Iterable[Json]:
    """The names that the pipeline finds."""
    for doc in nlp.pipe(records):
        names = [(m.start, m.end, m.label) for m in doc.mentions if m.via in NAMED]
        yield {"id": doc.id, "entities": names}


def accept(predicted: Documents, gold: Documents) -> Documents:
    """The predictions with the types of the gold."""
    return {key: {"id": key, "entities": _retyped(doc, gold[key])} for key, doc in predicted.items()}


def _retyped(doc: Json, gold: Json) -> list[Entity]:
    rows, types = doc.get("entities"), gold["types"]
    if not isinstance(rows, list):
        raise PredictionError(f"{doc['id']}: expected a list of entities")
    for number, row in enumerate(rows):
        if fault := entity_file.entity_fault(row, len(gold["text"])):
            raise PredictionError(f"{doc['id']}: entities[{number}]: {fault}")
    renamed = [(a, b, kind if kind in types else RENAMED.get(kind, kind)) for a, b, kind in rows]
    return [row for row in renamed if row[2] in types]


class Count:
    """Hits among gold and predicted."""

    def __init__(self) -> None:
        self.hit = self.gold = self.said = 0

    def add(self, hit: int, gold: int, said: int) -> None:
        self.hit += hit
        self.gold += gold
        self.said += said

    def prf(self) -> dict[str, float]:
        p, r = percent(self.hit, self.said), percent(self.hit, self.gold)
        return {"P": p, "R": r, "F1": percent(2 * self.hit, self.gold + self.said)}


class Score:
    """Adds up one document after the other."""

    def __init__(self) -> None:
        self.types: dict[str, Count] = {}
        self.genres: dict[str, Count] = {}
        self.over = {name: Count() for name in ("micro", "untyped", "overlap")}

    def add(self, gold: Collection[Entity], said: Collection[Entity], genre: str) -> None:
        gold, said = set(gold), set(said)
        for kind in {row[2] for row in gold | said}:
            of_kind = [{row for row in rows if row[2] == kind} for rows in (gold & said, gold, said)]
            self.types.setdefault(kind, Count()).add(*map(len, of_kind))
        places, said_places = {row[:2] for row in gold}, {row[:2] for row in said}
        for count in (self.over["micro"], self.genres.setdefault(genre, Count())):
            count.add(len(gold & said), len(gold), len(said))
        self.over["untyped"].add(len(places & said_places), len(places), len(said_places))
        self.over["overlap"].add(overlapping(gold, said), len(gold), len(said))

    def figures(self, by_genre: bool) -> Figures:
        lines, values = list[str](), dict[str, Any](types={})
        for kind, count in sorted(self.types.items()):
            lines.append(f"{kind:<10} {_shown(count)}  system {count.said}")
            values["types"][kind] = _rounded(count) | {"gold": count.gold}
        for name, count in self.over.items():
            lines.append(f"{name:<10} {_shown(count)}  system {count.said}")
            values[name] = _rounded(count)
        if by_genre:
            values["genres"] = {}
            for genre, count in sorted(self.genres.items()):
                lines.append(f"genre {genre:<12} {_shown(count)}")
                values["genres"][genre] = _rounded(count) | {"gold": count.gold}
        return Figures(lines, values | {"F1": values["micro"]["F1"]})


def _shown(count: Count) -> str:
    return "  ".join(f"{name} {share:6.2f}" for name, share in count.prf().items()) + f"  gold {count.gold}"


def _rounded(count: Count) -> dict[str, float]:
    return {name: round(share, 3) for name, share in count.prf().items()}


def overlapping(gold: Iterable[Entity], said: Iterable[Entity]) -> int:
    """How many names of the gold find one of their type that shares a character, first come, first served."""
    free, hits = sorted(said), 0
    for start, end, kind in sorted(gold):
        found = next((row for row in free if row[2] == kind and start < row[1] and row[0] < end), None)
        if found:
            free.remove(found)
            hits += 1
    return hits


def score(gold: Mapping[str, Json], predicted: Mapping[str, Json], options: Options) -> Figures:
    """Compares documents by id; every gold document needs a prediction."""
    total = Score()
    kept = _kept(gold, options.types)
    for key, doc in gold.items():
        want, have = (
            [tuple(row) for row in rows["entities"] if row[2] in kept] for rows in (doc, predicted[key])
        )
        total.add(want, have, doc["genre"])
    return total.figures(options.by_genre)


def _kept(gold: Mapping[str, Json], types: Sequence[str] | None) -> Sequence[str]:
    """The types that count."""
    there: list[str] = next(iter(gold.values()))["types"]
    if not types:
        return there
    for kind in types:
        if kind not in there:
            raise ValueError(f"no names of type {kind!r} in the gold; there are: {', '.join(there)}")
    return types
