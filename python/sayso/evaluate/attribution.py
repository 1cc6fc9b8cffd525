"""Who (source) said (cue) what (content): how much of it is found, over many articles.

Figures, each in percent:

* `content exact`, `cue exact`, `source exact`: the role's words of one attribution are predicted to the word
* `content span`, ...: each contiguous span of a role on its own, exact to the word; the measure of the
  sequence labelling papers (CofeNet, COLING 2022, calls it exact match)
* `content token`, ...: every word's membership in the role
* `content direct exact`, `indirect`, `mixed`: recall of gold contents by kind; precision is not split
* `relation partial`: one-to-one pairs whose contents share at least half of their joint words, and whose
  sources do too, and whose cues share a word (an empty role matches only an empty role)
* `relation strict`: one-to-one pairs in which all three roles are exact
* `source accuracy`: of the pairs whose contents match by half, those whose source matches by half

The gold has no nested attributions, so predicted ones are left out and counted.
"""

from collections.abc import Mapping

from .figures import Figures
from .spans import Json, kind, without_nested
from .words import ROLES, Relation, TextWords, jaccard, relations

KINDS = ("direct", "indirect", "mixed")


class Count:
    """Hits among predicted and gold."""

    def __init__(self) -> None:
        self.hit = self.predicted = self.gold = 0

    def add(self, hit: int, predicted: int, gold: int) -> None:
        self.hit += hit
        self.predicted += predicted
        self.gold += gold

    def f1(self) -> dict[str, float]:
        p, r = self.hit / max(1, self.predicted), self.hit / max(1, self.gold)
        return {"p": 100 * p, "r": 100 * r, "f": 200 * p * r / max(1e-9, p + r)}


class Score:
    """Adds up one document after the other."""

    def __init__(self) -> None:
        self.exact = {role: Count() for role in ROLES}
        self.piece = {role: Count() for role in ROLES}
        self.token = {role: Count() for role in ROLES}
        self.kinds = {name: [0, 0] for name in KINDS}
        self.partial, self.strict = Count(), Count()
        self.pairs = self.right_source = self.nested = 0

    def add(self, gold: Json, predicted: Json) -> None:
        words = TextWords(gold["text"])
        said, inner = without_nested(predicted.get("attributions") or [])
        self.nested += inner
        want, have = relations(gold["attributions"], words), relations(said, words)
        for role in ROLES:
            self._role(role, want, have, gold["text"])
        self._relations(want, have)

    def _role(self, role: str, want: list[Relation], have: list[Relation], text: str) -> None:
        left = [row.words[role] for row in have if row.words[role]]
        predicted, hits = len(left), 0
        gold = [row for row in want if row.words[role]]
        for row in gold:
            found = row.words[role] in left
            if found:
                left.remove(row.words[role])
                hits += 1
            if role == "content":
                tally = self.kinds[kind(row.spans, text)]
                tally[0] += found
                tally[1] += 1
        self.exact[role].add(hits, predicted, len(gold))
        a = {piece for row in want for piece in row.pieces[role] if piece}
        b = {piece for row in have for piece in row.pieces[role] if piece}
        self.piece[role].add(len(a & b), len(b), len(a))
        a_words = frozenset[int]().union(*(row.words[role] for row in want))
        b_words = frozenset[int]().union(*(row.words[role] for row in have))
        self.token[role].add(len(a_words & b_words), len(b_words), len(a_words))

    def _relations(self, want: list[Relation], have: list[Relation]) -> None:
        free = list(have)
        partial = strict = 0
        for row in want:
            best = max(free, key=lambda other: _closeness(row, other), default=None)
            if best is None or jaccard(row.words["content"], best.words["content"]) < 0.5:
                continue
            free.remove(best)
            self.pairs += 1
            same_source = jaccard(row.words["source"], best.words["source"]) >= 0.5
            self.right_source += same_source
            cue, said_cue = row.words["cue"], best.words["cue"]
            same_cue = bool(cue & said_cue) or (not cue and not said_cue)
            partial += same_source and same_cue
            strict += row.words == best.words
        self.partial.add(partial, len(have), len(want))
        self.strict.add(strict, len(have), len(want))

    def result(self) -> dict[str, dict[str, float]]:
        out = {f"{role} exact": self.exact[role].f1() for role in ROLES}
        out |= {f"{role} span": self.piece[role].f1() for role in ROLES}
        out |= {f"{role} token": self.token[role].f1() for role in ROLES}
        out |= {"relation partial": self.partial.f1(), "relation strict": self.strict.f1()}
        for name, (found, n) in self.kinds.items():
            out[f"content {name} exact"] = {"r": 100 * found / max(1, n), "n": n}
        out["nested left out"] = {"n": self.nested}
        out["source accuracy"] = {"acc": 100 * self.right_source / max(1, self.pairs), "n": self.pairs}
        return out


def _closeness(row: Relation, other: Relation) -> tuple[float, float]:
    return (
        jaccard(row.words["content"], other.words["content"]),
        jaccard(row.words["source"], other.words["source"]),
    )


def score(gold: Mapping[str, Json], predicted: Mapping[str, Json]) -> Figures:
    """Compares documents by id; every gold document needs a prediction."""
    total = Score()
    for key, doc in gold.items():
        total.add(doc, predicted[key])
    result = total.result()
    lines = [
        f"{name:24}" + "  ".join(f"{k} {v:6.1f}" if k != "n" else f"n {v}" for k, v in row.items())
        for name, row in result.items()
    ]
    return Figures(lines, {name: {k: round(v, 2) for k, v in row.items()} for name, row in result.items()})
