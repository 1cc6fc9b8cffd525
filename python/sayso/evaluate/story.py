"""A richly annotated story: acts, factuality, entities, what they are about, nesting.

A gold row is found when a predicted one shares at least half of their joint content words, or shares its cue
and at least a third of them. Rows marked optional count neither as missing nor as spurious. In percent: found
(recall), precision, then of the found rows: source (half of the words), entity, act, factuality; about and
parent over the rows where gold or the prediction has one. `polarity` is the sign of the factuality alone.
"""

from collections.abc import Mapping
from typing import Any

from .figures import Figures
from .names import norm
from .spans import Json
from .words import TextWords, jaccard, pairs_of, relation

Counts = dict[str, tuple[int, int]]
"""Of each figure: how many are right, of how many."""

CHECKS = ("source", "entity", "act", "factuality", "polarity", "about", "parent")


def count(gold: Json, predicted: Json) -> Counts:
    """What is right in one document."""
    words = TextWords(gold["text"])
    want = [(row, r) for row in gold["attributions"] if (r := relation(row, words))]
    have = [(row, r) for row in predicted.get("attributions") or [] if (r := relation(row, words))]
    same = {norm(a): norm(k) for k, names in (gold.get("aliases") or {}).items() for a in [k, *names]}

    def canon(name: Any) -> str | None:
        return same.get(norm(name), norm(name))

    pair = pairs_of([r for _, r in want], [r for _, r in have])
    due = [i for i, (row, _) in enumerate(want) if not row.get("optional")]
    hits = [i for i in due if i in pair]
    said_id = {want[i][0]["id"]: have[j][0].get("id") for i, j in pair.items()}
    checks = {name: [0, 0] for name in CHECKS}
    for i in hits:
        (g, g_words), (p, p_words) = want[i], have[pair[i]]
        right = {
            "source": jaccard(g_words.words["source"], p_words.words["source"]) >= 0.5,
            "act": g["act"] == p.get("act"),
            "factuality": g["factuality"] == p.get("factuality"),
            "polarity": g["factuality"][-1] == str(p.get("factuality"))[-1:],
        }
        if g["about"] or p.get("about"):
            right["about"] = canon(g["about"]) == canon(p.get("about"))
        if g["source_entity"]:
            right["entity"] = canon(g["source_entity"]) == canon(p.get("source_entity"))
        if g["parent"]:
            right["parent"] = g["parent"] in said_id and p.get("parent") == said_id[g["parent"]]
        elif p.get("parent"):
            right["parent"] = False
        for name, is_right in right.items():
            checks[name][0] += is_right
            checks[name][1] += 1
    found: Counts = {"found": (len(hits), len(due)), "precision": (len(pair), len(have))}
    return found | {name: (hit, n) for name, (hit, n) in checks.items()}


def figures(counts: Counts) -> Figures:
    """The counts of one document, or the sum of several, in percent."""
    lines = [f"{name:12}{100 * hit / max(1, n):6.1f}   {hit}/{n}" for name, (hit, n) in counts.items()]
    return Figures(lines, {name: round(100 * hit / max(1, n), 1) for name, (hit, n) in counts.items()})


def score(gold: Mapping[str, Json], predicted: Mapping[str, Json]) -> Figures:
    """One document's figures; of several, each under its id and then all of them together."""
    counted = {key: count(doc, predicted[key]) for key, doc in gold.items()}
    if len(counted) == 1:
        return figures(*counted.values())
    names = ("found", "precision", *CHECKS)
    counted["all"] = {
        n: (sum(c[n][0] for c in counted.values()), sum(c[n][1] for c in counted.values())) for n in names
    }
    parts = {key: figures(counts) for key, counts in counted.items()}
    lines = [line for key, part in parts.items() for line in [key, *part.lines]]
    return Figures(lines, {key: part.values for key, part in parts.items()})
