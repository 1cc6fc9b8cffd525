"""Which of two names a pronoun is: GAP (Webster et al. 2018), in its own tab-separated form.

A name counts as chosen where the entity of the pronoun is that of a mention on the name. Every sentence is
parsed.

Figures in percent: precision, recall and F1 of the names chosen, over masculine, feminine and all pronouns;
`bias`, the feminine F1 over the masculine one.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .figures import Figures, percent
from .gold_file import GoldError, read_text
from .spans import Json
from .task import Documents, Options, PredictionError, one

SETTING = {"parse": "all", "blocks": "all"}
COLUMNS = (
    *("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref"),
    *("B", "B-offset", "B-coref"),
)
FEMININE = ("she", "her", "hers")
TRUTH = {"TRUE": True, "FALSE": False}


def read(paths: Sequence[Path]) -> Documents:
    """The examples by id: `text`; `[start, end]` of `pronoun`, `a` and `b`; in `gold` which are meant."""
    path = one(paths, "in the form of GAP")
    lines = read_text(path).splitlines()
    if not lines or tuple(lines[0].split("\t")[: len(COLUMNS)]) != COLUMNS:
        raise GoldError(path, 1, f"expected the columns {', '.join(COLUMNS)}")
    docs: Documents = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            doc = _example(line.split("\t"))
        except ValueError as error:
            raise GoldError(path, number, str(error)) from None
        if doc["id"] in docs:
            raise GoldError(path, number, f"expected an id of its own, found {doc['id']!r} again")
        docs[doc["id"]] = doc
    return docs


def _example(cells: Sequence[str]) -> Json:
    if len(cells) < len(COLUMNS):
        raise ValueError(f"expected {len(COLUMNS)} columns, found {len(cells)}")
    key, text, pronoun, at, a, a_at, a_is, b, b_at, b_is = cells[: len(COLUMNS)]
    places = {}
    for name, word, offset in (("pronoun", pronoun, at), ("a", a, a_at), ("b", b, b_at)):
        start = int(offset) if offset.isdecimal() else -1
        if start < 0 or text[start : start + len(word)] != word:
            raise ValueError(f"expected {word!r} at the offset {offset}")
        places[name] = [start, start + len(word)]
    if a_is.upper() not in TRUTH or b_is.upper() not in TRUTH:
        raise ValueError(f"expected TRUE or FALSE, found {a_is!r} and {b_is!r}")
    feminine = pronoun.lower() in FEMININE
    gold = [TRUTH[a_is.upper()], TRUTH[b_is.upper()]]
    return {"id": key, "text": text, **places, "feminine": feminine, "gold": gold}


def ask(doc: Json, _: Options) -> Json:
    """The text, and where the pronoun and the names stand."""
    return {"id": doc["id"], "text": doc["text"], "places": [doc["pronoun"], doc["a"], doc["b"]]}


def find(nlp: Any, records: Iterable[Json]) -> Iterable[Json]:
    """Which names the pipeline chooses."""
    places = {}

    def texts() -> Iterable[Json]:
        for record in records:
            places[record["id"]] = record["places"]
            yield {"id": record["id"], "text": record["text"]}

    for doc in nlp.pipe(texts()):
        pronoun, *names = places.pop(doc.id)
        meant = {m.entity.id for m in doc.mentions if [m.start, m.end] == pronoun and m.via == "pronoun"}
        chosen = [
            any(m.start < end and start < m.end and m.entity.id in meant for m in doc.mentions)
            for start, end in names
        ]
        yield {"id": doc.id, "chosen": chosen}


def accept(predicted: Documents, _: Documents) -> Documents:
    """The predictions, each with two answers."""
    for key, doc in predicted.items():
        chosen = doc.get("chosen")
        if not isinstance(chosen, list) or [type(answer) for answer in chosen] != [bool, bool]:
            raise PredictionError(f"{key}: expected 'chosen' to be two of true and false")
    return predicted


def written(doc: Json) -> str:
    """A prediction as a line of GAP's own scorer."""
    return "\t".join([doc["id"], *(str(answer).upper() for answer in doc["chosen"])]) + "\n"


def score(gold: Documents, predicted: Documents, _: Options) -> Figures:
    """Figures over all examples."""
    counts = {name: [0, 0, 0] for name in ("masculine", "feminine", "overall")}
    for key, doc in gold.items():
        of = "feminine" if doc["feminine"] else "masculine"
        for want, have in zip(doc["gold"], predicted[key]["chosen"], strict=True):
            for name in (of, "overall"):
                for i, hit in enumerate((want and have, want, have)):
                    counts[name][i] += hit
    values: dict[str, Any] = {}
    lines = []
    for name, (hit, n_gold, said) in counts.items():
        p, r, f = percent(hit, said), percent(hit, n_gold), percent(2 * hit, n_gold + said)
        values[name] = {"P": round(p, 3), "R": round(r, 3), "F1": round(f, 3)}
        lines.append(f"{name:<10} P {p:6.2f}  R {r:6.2f}  F1 {f:6.2f}")
    masculine = values["masculine"]["F1"]
    values["bias"] = round(values["feminine"]["F1"] / masculine, 4) if masculine else 0.0
    lines.append(f"{'bias F/M':<10} {values['bias']:6.3f}")
    return Figures(lines, values)
