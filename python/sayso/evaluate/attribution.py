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

from .bootstrap import Counts, differences
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
        self.sure: list[tuple[float, bool]] = []

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
        right: dict[int, bool] = {}
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
            right[id(best)] = same_source and same_cue
            strict += row.words == best.words
        self.sure += [
            (row.confidence, right.get(id(row), False)) for row in have if row.confidence is not None
        ]
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


WANTED = 0.9
"""The share of right relations that a careful user asks for."""


def reliability(sure: list[tuple[float, bool]]) -> list[str]:
    """What confidence says against how many relations are right in part, a line for each tenth."""
    lines = ["confidence   relations   said   right"]
    for low in range(10):
        rows = [(c, right) for c, right in sure if low <= c * 10 < low + 1 + (low == 9)]
        if rows:
            said, right = (100 * sum(column) / len(rows) for column in zip(*rows, strict=True))
            lines.append(f"{low / 10:.1f} - {low / 10 + 0.1:.1f} {len(rows):11} {said:6.1f}  {right:6.1f}")
    return lines


def working_point(sure: list[tuple[float, bool]], gold: int) -> dict[str, dict[str, float]]:
    """The lowest confidence above which 90 % of the relations are right in part, and the recall there."""
    best, hit = None, 0
    for number, (confidence, right) in enumerate(sorted(sure, key=lambda row: -row[0]), 1):
        hit += right
        if hit >= WANTED * number:
            best = {"min_confidence": confidence, "r": 100 * hit / max(1, gold), "n": number}
    return {"where 90 % are right": {k: round(v, 2) for k, v in best.items()}} if best else {}


def counts(gold: Json, predicted: Json) -> list[int]:
    """What one document adds to each of the sums behind `FIGURES`."""
    one = Score()
    one.add(gold, predicted)
    parts = [one.partial, one.strict, *(one.exact[role] for role in ROLES)]
    sums = [number for part in parts for number in (part.hit, part.predicted, part.gold)]
    return [*sums, one.right_source, one.pairs]


FIGURES = ("relation partial", "relation strict", *(f"{role} exact" for role in ROLES))


def figures(sums: Counts) -> dict[str, float]:
    """F1 of each of `FIGURES`, and the source accuracy."""
    found = {}
    for i, name in enumerate(FIGURES):
        hit, predicted, gold = sums[3 * i : 3 * i + 3]
        found[name] = 200 * hit / max(1, predicted + gold)
    return found | {"source accuracy": 100 * sums[-2] / max(1, sums[-1])}


def against(
    gold: Mapping[str, Json], predicted: Mapping[str, Json], other: Mapping[str, Json]
) -> tuple[dict[str, list[float]], list[str]]:
    """The differences by name, and a line for each."""
    ours = [counts(doc, predicted[key]) for key, doc in gold.items()]
    theirs = [counts(doc, other.get(key, {})) for key, doc in gold.items()]
    ends = differences(ours, theirs, figures)
    lines = [f"{name:24}{by:+6.1f}  [{low:+.1f}, {high:+.1f}]" for name, (by, low, high) in ends.items()]
    return {name: [round(number, 2) for number in row] for name, row in ends.items()}, lines


def score(
    gold: Mapping[str, Json], predicted: Mapping[str, Json], other: Mapping[str, Json] | None = None
) -> Figures:
    """Compares documents by id; every gold document needs a prediction.

    `other` are predictions of something else: each of its figures is set against those of `predicted`, with
    the interval in which 95 % of the differences over resampled documents lie (paired bootstrap).
    """
    total = Score()
    for key, doc in gold.items():
        total.add(doc, predicted[key])
    result = total.result()
    lines = [
        f"{name:24}" + "  ".join(f"{k} {v:6.1f}" if k != "n" else f"n {v}" for k, v in row.items())
        for name, row in result.items()
    ]
    values: Json = {name: {k: round(v, 2) for k, v in row.items()} for name, row in result.items()}
    if total.sure:
        lines += ["", *reliability(total.sure)]
        values |= working_point(total.sure, total.partial.gold)
    if other is not None:
        more, lines_of = against(gold, predicted, other)
        lines += ["", "less the other file, with the interval of 95 % over resampled documents", *lines_of]
        values["against"] = more
    return Figures(lines, values)
