"""Who is who in one document: clusters of names, pronouns and noun phrases against those of a corpus.

A mention of sayso that lies inside one of the gold and covers its head word stands for it, unless another is
equal to it; clusters of one mention are left out on both sides. Every sentence is parsed.

In percent: precision, recall and F1 of `mentions`, of the links in `MUC` (Vilain et al. 1995), `B3` (Bagga &
Baldwin 1998) and `CEAFe` (Luo 2005), over all documents together; `CoNLL`, the mean of the three F1s;
`pronouns`: of those with an earlier mention that is none, those linked to one.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .figures import Figures, percent
from .gold_file import key_faults, read_jsonl
from .spans import Json, Span
from .task import Documents, Options, PredictionError, one

SETTING = {"parse": "all", "blocks": "all"}
PRONOUNS = ("pron", "pron-other")

Clusters = list[list[Span]]


def read(paths: Sequence[Path]) -> Documents:
    """The documents by id, with their clusters."""
    return read_jsonl(one(paths, "with a document a line"), _faults)


def _faults(doc: Any) -> Iterator[str]:
    if fault := next(key_faults(doc, {"id": str, "text": str, "clusters": list}), None):
        yield fault
        return
    length = len(doc["text"])
    for number, cluster in enumerate(doc["clusters"]):
        mentions = cluster.get("mentions") if isinstance(cluster, dict) else None
        if not isinstance(mentions, list):
            yield f"clusters[{number}]: expected an object with 'mentions'"
            return
        for mention in mentions:
            place = [mention.get("start"), mention.get("end")] if isinstance(mention, dict) else None
            if not _is_place(place, length):
                yield f"clusters[{number}]: expected mentions within the text, found {str(mention)[:60]}"


def _is_place(place: Any, length: int) -> bool:
    is_pair = isinstance(place, list | tuple) and [type(end) for end in place] == [int, int]
    return is_pair and 0 <= place[0] < place[1] <= length


def find(nlp: Any, records: Iterable[Json]) -> Iterable[Json]:
    """The chains of the pipeline as clusters of places."""
    for doc in nlp.pipe(records):
        yield {"id": doc.id, "clusters": [[[m.start, m.end] for m in chain] for chain in doc.chains]}


def accept(predicted: Documents, gold: Documents) -> Documents:
    """The predictions, each a list of lists of `[start, end]`."""
    for key, doc in predicted.items():
        clusters = doc.get("clusters")
        if not isinstance(clusters, list):
            raise PredictionError(f"{key}: expected a list of clusters")
        for place in (place for cluster in clusters for place in cluster):
            if not _is_place(place, len(gold[key]["text"])):
                raise PredictionError(f"{key}: expected clusters of [start, end], found {str(place)[:60]}")
    return predicted


class Score:
    """Adds up one document after the other: hits and wholes, of precision and of recall."""

    def __init__(self) -> None:
        names = ("mentions", "MUC", "B3", "CEAFe", "pronouns")
        self.counts = {name: [0.0, 0.0, 0.0, 0.0] for name in names}

    def count(self, name: str, *more: float) -> None:
        counts = self.counts[name]
        counts[:] = [old + new for old, new in zip(counts, more, strict=True)]

    def add(self, doc: Json, said: Clusters) -> None:
        info = {(m["start"], m["end"]): m for cluster in doc["clusters"] for m in cluster["mentions"]}
        gold = _unique([[(m["start"], m["end"]) for m in cluster["mentions"]] for cluster in doc["clusters"]])
        said = _by_heads(gold, _unique(said), info)
        of_gold = {m: k for k, cluster in enumerate(gold) for m in cluster}
        of_said = {m: k for k, cluster in enumerate(said) for m in cluster}
        both = of_gold.keys() & of_said.keys()
        self.count("mentions", len(both), len(of_said), len(both), len(of_gold))
        self.count("MUC", *_links(said, of_gold), *_links(gold, of_said))
        shared: dict[tuple[int, int], int] = {}
        for m in both:
            pair = (of_gold[m], of_said[m])
            shared[pair] = shared.get(pair, 0) + 1
        right = [
            sum(n * n / len(side[pair[i]]) for pair, n in shared.items())
            for i, side in ((1, said), (0, gold))
        ]
        self.count("B3", right[0], len(of_said), right[1], len(of_gold))
        weights = {(g, s): 2 * n / (len(gold[g]) + len(said[s])) for (g, s), n in shared.items()}
        best = _assign(weights)
        self.count("CEAFe", best, len(said), best, len(gold))
        self._pronouns(gold, said, of_gold, of_said, info)

    def _pronouns(
        self,
        gold: Clusters,
        said: Clusters,
        of_gold: dict[Span, int],
        of_said: dict[Span, int],
        info: dict[Span, Json],
    ) -> None:
        def kind(mention: Span) -> str:
            return str(info.get(mention, {}).get("kind"))

        for m, k in of_gold.items():
            if kind(m) != "pron":
                continue
            wanted = {a for a in gold[k] if a < m and kind(a) not in PRONOUNS}
            self.count("pronouns", 0, 0, 0, bool(wanted))
            if m in of_said:
                claim = [a for a in said[of_said[m]] if a < m and kind(a) not in PRONOUNS]
                hit = any(a in wanted for a in claim)
                self.count("pronouns", hit, bool(claim), hit, 0)

    def figures(self) -> Figures:
        lines, values = [], dict[str, Any]()
        for name, (hit, said, found, there) in self.counts.items():
            p, r = percent(hit, said), percent(found, there)
            f = 2 * p * r / (p + r) if p + r else 0.0
            values[name] = {"P": round(p, 3), "R": round(r, 3), "F1": round(f, 3)}
            lines.append(f"{name:<10} P {p:6.2f}  R {r:6.2f}  F1 {f:6.2f}")
        values["CoNLL"] = round(sum(values[name]["F1"] for name in ("MUC", "B3", "CEAFe")) / 3, 3)
        lines.append(f"{'CoNLL':<10} {values['CoNLL']:6.2f}")
        return Figures(lines, values)


def _unique(clusters: Iterable[Iterable[Any]]) -> Clusters:
    """The clusters of two and more, each mention in the first that has it."""
    seen: set[Span] = set()
    kept = []
    for cluster in clusters:
        places = [place for start, end in cluster if (place := (start, end)) not in seen]
        places = list(dict.fromkeys(places))
        seen.update(places)
        if len(places) > 1:
            kept.append(places)
    return kept


def _links(clusters: Clusters, other: dict[Span, int]) -> tuple[int, int]:
    """Links of the clusters that the other side has, too, and all of them."""
    kept = whole = 0
    for cluster in clusters:
        parts = {other[m] for m in cluster if m in other}
        kept += len(cluster) - len(parts) - sum(m not in other for m in cluster)
        whole += len(cluster) - 1
    return kept, whole


def _by_heads(gold: Clusters, said: Clusters, info: dict[Span, Json]) -> Clusters:
    """The clusters with the mentions of the gold that their mentions stand for."""
    wanted = {m for cluster in gold for m in cluster}
    by_head: dict[Span, list[Span]] = {}
    for m in wanted:
        if head := info[m].get("head"):
            by_head.setdefault((head[0], head[1]), []).append(m)
    mentions = {m for cluster in said for m in cluster}
    taken = mentions & wanted
    renamed: dict[Span, Span] = {}
    for m in sorted(sorted(mentions - wanted), key=lambda m: m[0] - m[1]):
        fits = [
            g
            for head, places in by_head.items()
            if m[0] <= head[0] and head[1] <= m[1]
            for g in places
            if g not in taken and g[0] <= m[0] and m[1] <= g[1]
        ]
        if fits:
            renamed[m] = min(fits, key=lambda g: (g[1] - g[0], g))
            taken.add(renamed[m])
    return [[renamed.get(m, m) for m in cluster] for cluster in said]


def _assign(weights: dict[tuple[int, int], float]) -> float:
    """The largest sum of weights with no row and no column twice (Kuhn & Munkres, by shortest paths)."""
    rows = sorted({g for g, _ in weights})
    columns = sorted({s for _, s in weights})
    if not rows:
        return 0.0
    if len(rows) > len(columns):
        return _assign({(s, g): w for (g, s), w in weights.items()})
    cost = [[0.0] * (len(columns) + 1)] + [[0.0, *(-weights.get((g, s), 0.0) for s in columns)] for g in rows]
    n, m = len(rows), len(columns)
    of_row, of_column = [0.0] * (n + 1), [0.0] * (m + 1)
    taken, way = [0] * (m + 1), [0] * (m + 1)
    for row in range(1, n + 1):
        taken[0], at = row, 0
        least, done = [float("inf")] * (m + 1), [False] * (m + 1)
        while taken[at]:
            done[at] = True
            here, step, nearest = taken[at], float("inf"), 0
            for j in range(1, m + 1):
                if done[j]:
                    continue
                over = cost[here][j] - of_row[here] - of_column[j]
                if over < least[j]:
                    least[j], way[j] = over, at
                if least[j] < step:
                    step, nearest = least[j], j
            for j in range(m + 1):
                if done[j]:
                    of_row[taken[j]] += step
                    of_column[j] -= step
                else:
                    least[j] -= step
            at = nearest
        while at:
            taken[at] = taken[way[at]]
            at = way[at]
    return sum(-cost[taken[j]][j] for j in range(1, m + 1) if taken[j])


def score(gold: Documents, predicted: Documents, _: Options) -> Figures:
    """Figures over all documents."""
    total = Score()
    for key, doc in gold.items():
        total.add(doc, predicted[key]["clusters"])
    return total.figures()
