"""Time and memory of linking a corpus that chance makes: python benches/link.py [DOCUMENTS].

Names follow Zipf's law over 120,000 people, 20,000 bodies and 6,000 places; a third of the documents has one
of its people by the surname alone, and some names are spelled in another way.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data" / "lexicon" / "en"
LABELS = {"person": "PER", "org": "ORG", "place": "GPE"}


def column(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line and not line.startswith("#")][1:]


def slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def document(number: int, dice: random.Random, pools: dict[str, tuple[list[str], list[float]]]) -> str:
    entities = {}
    for kind, count in (("person", 5), ("org", 4), ("place", 3)):
        names, weights = pools[kind]
        for name in dice.choices(names, cum_weights=weights, k=count):
            if kind == "person" and dice.random() < 0.07:
                name = name.split(" ")[-1]
            elif dice.random() < 0.02:
                name = name.replace("y", "i").replace("Y", "I")
            entities[f"{kind}:{slug(name)}"] = (name, LABELS[kind])
    rows = [{"id": key, "name": name, "label": label} for key, (name, label) in entities.items()]
    mentions = [{"text": row["name"], "entity": row["id"], "via": "model"} for row in rows]
    return json.dumps({"schema": "sayso/1", "id": f"doc/{number}", "mentions": mentions, "entities": rows})


def main(count: int) -> None:
    dice = random.Random(7)
    given, surnames = column("given_names.tsv"), column("surnames.tsv")
    words = ["Ministry", "Board", "Shipping", "Bank", "Union", "Freight", "Council", "University"]
    made = {
        "person": [f"{dice.choice(given)} {dice.choice(surnames)}" for _ in range(120_000)],
        "org": [
            f"{dice.choice(surnames)} {dice.choice(surnames)} {dice.choice(words)}" for _ in range(20_000)
        ],
        "place": [dice.choice(surnames) + dice.choice(["ville", "ton", "ov", "burg"]) for _ in range(6_000)],
    }
    pools = {
        kind: (names, list(accumulate(1 / rank for rank in range(3, len(names) + 3))))
        for kind, names in made.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        out, links = Path(folder) / "out.jsonl", Path(folder) / "links.parquet"
        with out.open("w", encoding="utf-8") as file:
            for number in range(count):
                file.write(document(number, dice, pools) + "\n")
        start = time.perf_counter()
        command = [sys.executable, "-m", "sayso", "link", str(out), "-o", str(links)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        took = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = out.stat().st_size / 1e6
        print(f"{count:,} documents, {size:.0f} MB: {took:.1f} s, at most {peak:.0f} MB of memory")
        print(told.partition(": ")[0])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
