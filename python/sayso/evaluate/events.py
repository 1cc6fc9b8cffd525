"""How certain it is that events happened, from -3 to 3: UW (Lee et al. 2015) and UDS (Rudinger et al. 2018).

Gold has a sentence a line, with the places of its events and a value of each. The values are told on the
scale of UDS where that name stands in the id of the first sentence or in the name of the file or its folder,
else on that of UW, or as the option `scale` says.

Figures: `mae`, the mean absolute error, and `pearson_r`, those of the papers; then F1 and error of three
bands of the gold: negative (up to -1), uncertain, positive (from 1), and the mean of the three F1.
"""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from .event_file import read_events
from .figures import Figures
from .gold_file import GoldError
from .spans import Json
from .task import Documents, Options, PredictionError, one

SETTING = {"parse": "none", "blocks": "all"}
BATCH = 512
LOW, HIGH = -3.0, 3.0
BANDS = ("negative", "uncertain", "positive")


def read(paths: Sequence[Path]) -> Documents:
    """The sentences by id, each with its events and the `scale` to judge them on."""
    path = one(paths, "with a sentence a line")
    scale = ""
    docs: Documents = {}
    for number, record in read_events(path, valued=True):
        key = record.get("id", str(number))
        if not isinstance(key, str) or key in docs:
            raise GoldError(path, number, f"expected an id of its own, found {key!r}")
        names = f"{path.parent.name}/{path.name}/{key}".lower()
        scale = scale or ("uds" if "uds" in names else "uw")
        docs[key] = {**record, "id": key, "scale": scale}
    if not any(doc["events"] for doc in docs.values()):
        raise GoldError(path, None, "expected at least one event")
    return docs


def ask(doc: Json, options: Options) -> Json:
    """The text, the places of its events without their values, and the scale."""
    events = [{key: event[key] for key in ("id", "start", "end")} for event in doc["events"]]
    return {"id": doc["id"], "text": doc["text"], "events": events, "scale": options.scale or doc["scale"]}


def judge(nlp: Any, records: Iterable[Json], scale: str, threads: int = 0) -> Iterator[list[Json]]:
    """Of each record the events as `id` and `value`, by the compiled pipeline.

    A value is a string that says what is wrong with the event where something is.
    """
    records = iter(records)
    while batch := list(islice(records, BATCH)):
        asked = [(r["text"], [(e["start"], e["end"]) for e in r["events"]]) for r in batch]
        for record, values in zip(batch, nlp.factuality(asked, scale, threads), strict=True):
            pairs = zip(record["events"], values, strict=True)
            yield [{"id": event["id"], "value": value} for event, value in pairs]


def find(nlp: Any, records: Iterable[Json]) -> Iterable[Json]:
    """The values that the pipeline gives; an event in which it finds no word has the value 0."""
    asked = list(records)
    scale = asked[0]["scale"] if asked else "uw"
    for record, events in zip(asked, judge(nlp._core, asked, scale), strict=True):
        for event in events:
            event["value"] = 0.0 if isinstance(event["value"], str) else event["value"]
        yield {"id": record["id"], "events": events}


def accept(predicted: Documents, gold: Documents) -> Documents:
    """The predictions, with a finite number for each event of the gold."""
    for key, doc in predicted.items():
        events = doc.get("events")
        said = [e.get("id") for e in events if isinstance(e, dict)] if isinstance(events, list) else None
        wanted = [event["id"] for event in gold[key]["events"]]
        if said != wanted:
            raise PredictionError(f"{key}: expected the events {wanted}, found {said}")
        for event in doc["events"]:
            value = event.get("value")
            if type(value) not in (int, float) or not math.isfinite(value):
                raise PredictionError(f"{event['id']}: expected a finite value, found {value!r}")
    return predicted


def written(doc: Json) -> str:
    """The events of a sentence as lines that a scorer reads."""
    return "".join(json.dumps(event) + "\n" for event in doc["events"])


def score(gold: Documents, predicted: Documents, options: Options) -> Figures:
    """Figures over all events."""
    want = [float(event["value"]) for doc in gold.values() for event in doc["events"]]
    have = [min(HIGH, max(LOW, float(event["value"]))) for key in gold for event in predicted[key]["events"]]
    scale = options.scale or next(iter(gold.values()))["scale"]
    mae = math.fsum(abs(a - b) for a, b in zip(want, have, strict=True)) / len(want)
    values: dict[str, Any] = {"dataset": f"{scale}_factuality", "n": len(want), "mae": mae}
    values["pearson_r"] = pearson(want, have)
    lines = [f"mae {mae:.4f}", f"pearson_r {values['pearson_r']:.4f}"]
    lines.append("by gold band: negative is value <= -1, positive is value >= 1, uncertain is between")
    for name in BANDS:
        among = [i for i, value in enumerate(want) if band(value) == name]
        said = sum(band(value) == name for value in have)
        hits = sum(band(have[i]) == name for i in among)
        precision, recall = hits / max(1, said), hits / max(1, len(among))
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        error = math.fsum(abs(want[i] - have[i]) for i in among) / max(1, len(among))
        values[f"f1_{name}"], values[f"mae_{name}"] = f1, error
        shares = f"precision {precision:.4f}  recall {recall:.4f}  f1 {f1:.4f}"
        lines.append(f"{name:<10} n {len(among):6d}  mae {error:.4f}  {shares}")
    values["band_macro_f1"] = sum(values[f"f1_{name}"] for name in BANDS) / 3
    lines.append(f"band_macro_f1 {values['band_macro_f1']:.4f}")
    return Figures(lines, values)


def band(value: float) -> str:
    """The band of a value."""
    return "negative" if value <= -1 else "positive" if value >= 1 else "uncertain"


def pearson(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Pearson's r; 0 where either side does not vary."""
    mx, my = math.fsum(xs) / len(xs), math.fsum(ys) / len(ys)
    sxx = math.fsum((x - mx) ** 2 for x in xs)
    syy = math.fsum((y - my) ** 2 for y in ys)
    if sxx <= 0 or syy <= 0:
        return 0.0
    return math.fsum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / math.sqrt(sxx * syy)
