"""What attributions mean: act, factuality, source kind, entity, about, nesting, over many articles.

A gold attribution is found when a predicted one shares at least half of their joint content words, or shares
its cue and at least a third of them. Labels are scored on the found ones only, so read them beside `found`.

Figures in percent: found; act, and its macro-F1 over the acts with five or more gold rows; factuality and its
polarity; source_kind; entity (where gold names one), how many of its errors are silent (`entity null`) and,
where gold names none, how often one is `invented`; about (where gold or the prediction names one); `inner
found` (attributions inside others), of the inner found the right parent, and `inner precision` (of the
predicted rows with a parent).
"""

from collections import Counter
from collections.abc import Mapping

from .figures import Figures
from .names import same_name
from .spans import Json
from .words import TextWords, pairs_of, relation

NAMES = (
    *("found", "act", "factuality", "polarity", "source_kind", "entity", "entity null", "invented"),
    *("about", "inner found", "parent", "inner precision"),
)
RARE = 5
"""Acts with fewer gold rows have no F1."""


class Score:
    """Adds up one document after the other."""

    def __init__(self) -> None:
        self.counts = {name: [0, 0] for name in NAMES}
        self.confusion: Counter[tuple[str, str | None]] = Counter()
        self.total: Counter[str] = Counter()

    def count(self, name: str, right: object) -> None:
        self.counts[name][0] += bool(right)
        self.counts[name][1] += 1

    def add(self, gold: Json, predicted: Json) -> None:
        words = TextWords(gold["text"])
        want = [(row, r) for row in gold["attributions"] if (r := relation(row, words))]
        have = [(row, r) for row in predicted.get("attributions") or [] if (r := relation(row, words))]
        pair = pairs_of([r for _, r in want], [r for _, r in have])
        said_id = {want[i][0]["id"]: have[j][0].get("id") for i, j in pair.items()}
        gold_of = {j: i for i, j in pair.items()}
        for j, (p, _) in enumerate(have):
            if p.get("parent"):
                self.count("inner precision", j in gold_of and want[gold_of[j]][0].get("parent"))
        for i, (g, _) in enumerate(want):
            self.total[g["act"]] += 1
            self.count("inner found" if g.get("inner") else "found", i in pair)
            if i in pair:
                self._labels(g, have[pair[i]][0], said_id)

    def _labels(self, g: Json, p: Json, said_id: dict[object, object]) -> None:
        if g.get("inner"):
            self.count("parent", p.get("parent") and p["parent"] == said_id.get(g["parent"]))
        self.confusion[g["act"], p.get("act")] += 1
        self.count("act", g["act"] == p.get("act"))
        self.count("factuality", g["factuality"] == p.get("factuality"))
        self.count("polarity", g["factuality"][-1] == str(p.get("factuality"))[-1:])
        if g.get("inner"):
            return
        self.count("source_kind", g["source_kind"] == p.get("source_kind"))
        if g["source_entity"]:
            self.count("entity", same_name(g["source_entity"], p.get("source_entity")))
            self.count("entity null", not p.get("source_entity"))
        else:
            self.count("invented", p.get("source_entity"))
        if g["about"] or p.get("about"):
            self.count("about", same_name(g["about"], p.get("about")))

    def act_f1(self) -> dict[str, float]:
        out = {}
        for act in (act for act, n in self.total.items() if n >= RARE):
            n_gold = sum(n for (g, _), n in self.confusion.items() if g == act)
            n_said = sum(n for (_, p), n in self.confusion.items() if p == act)
            out[act] = 200 * self.confusion[act, act] / max(1, n_gold + n_said)
        return out


def score(gold: Mapping[str, Json], predicted: Mapping[str, Json]) -> Figures:
    """Compares documents by id; every gold document needs a prediction."""
    total = Score()
    for key, doc in gold.items():
        total.add(doc, predicted[key])
    f1s = total.act_f1()
    values = {name: round(100 * hit / max(1, n), 2) for name, (hit, n) in total.counts.items()}
    values["act macro"] = round(sum(f1s.values()) / max(1, len(f1s)), 2)
    lines = [f"{name:14}{values[name]:6.1f}   {hit}/{n}" for name, (hit, n) in total.counts.items()]
    by_act = " ".join(f"{act} {f:.0f}" for act, f in sorted(f1s.items()))
    lines.append(f"{'act macro':14}{values['act macro']:6.1f}   {by_act}")
    wrong = [f"{g} as {p} {n}" for (g, p), n in total.confusion.most_common(60) if g != p]
    lines.append("confused: " + ", ".join(wrong)[:600])
    return Figures(lines, values)
