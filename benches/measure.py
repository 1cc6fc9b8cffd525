"""Figures of the installed package on annotated data, written into RESULTS.md beside this file.

    python benches/measure.py [TASK ...]

What the project bundles is always measured. The rest stands in `../shared/data`, beside the project; where
that folder is missing, this says so and measures what is bundled alone. Stance, and that towards claims, are
cross-validated by the trainer, which takes cargo: the models in the package have learnt from all of its data.
"""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sayso import __version__
from sayso.evaluate import Options, evaluate, pipeline

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benches" / "RESULTS.md"
SHARED = ROOT.parent / "shared" / "data"
BEGIN, END = "<!-- measure:begin -->", "<!-- measure:end -->"

# The figures worth a row, and what of each: F1, accuracy, recall. Those that are a number have no part.
PARTS = {"f": "F1", "F1": "F1", "acc": "accuracy", "r": "recall", "points": "times 100"}
CUT = ("Tokens", "Sentences")
WORDS = ("UPOS", "XPOS", "Lemmas", "UAS", "LAS")
NEWS = ("UPOS", "XPOS", "UAS", "LAS")

TRAINER = ["cargo", "run", "--locked", "--quiet", "--profile", "training", "--features", "train"]
TRAINER += ["--bin", "sayso-train", "--"]


class Run(NamedTuple):
    """A task on one gold."""

    task: str
    gold: str
    paths: list[Path]
    options: Options = Options()

    @property
    def name(self) -> str:
        """The gold, and what was given of it."""
        return f"{self.gold}, gold tokens" if self.options.gold_tokens else self.gold


def runs() -> Iterator[Run]:
    """What there is to measure."""
    yield from bundled()
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: only what is bundled is measured")
        return
    for run in shared():
        if all(path.is_file() for path in run.paths):
            yield run
        else:
            print(f"{run.paths[0]} is not there: not measured")


def bundled() -> Iterator[Run]:
    """Gold of the project itself."""
    samples = sorted((ROOT / "tests" / "story").glob("*.gold.json"))
    if samples:
        yield Run("story", "tests/story", samples)
    else:
        print("tests/story has no *.gold.json: no sample stories to measure")
    for name in ("dev.txt", "held-out.txt"):
        yield Run("link", f"tests/link/{name}", [ROOT / "tests" / "link" / name])
    names = ROOT / "data" / "corpus" / "news-names.test.txt"
    if names.is_file():
        yield Run("names", "data/corpus/news-names.test.txt", [names])
    else:
        print(f"{names} is not there: not measured")


def shared() -> Iterator[Run]:
    """Gold that stands beside the project."""
    by_genre = Options(by_genre=True)
    for task, gold, options in (
        ("attribution", "polnear/dev.jsonl", Options()),
        ("labels", "polnear-stance/dev.jsonl", Options()),
        ("story", "seeds/kremlin-aljazeera.gold.json", Options()),
        ("conllu", "ud-ewt/dev.conllu.gz", Options()),
        ("conllu", "ud-ewt/dev.conllu.gz", Options(gold_tokens=True)),
        ("conllu", "ud-gum-free/dev.conllu.gz", by_genre),
        ("conllu", "ud-gum-free/dev.conllu.gz", replace(by_genre, gold_tokens=True)),
        ("gap", "coref-gap/dev.tsv.gz", Options()),
        ("coref", "coref-ontogum/dev.jsonl.gz", Options()),
        ("names", "ner-ewt/dev.jsonl.gz", Options()),
        ("names", "ner-wikigold/dev.jsonl.gz", Options()),
        ("sentiment", "newsmtsc/dev.jsonl", Options()),
        ("sentiment", "newsmtsc/dev_mt.jsonl", Options()),
        ("events", "uw_factuality/dev.jsonl", Options()),
        ("events", "uds_factuality/dev.jsonl", Options()),
    ):
        yield Run(task, gold, [SHARED / gold], options)


def figures(run: Run, values: Any) -> Iterator[tuple[str, Any]]:
    """The figures worth a row by name, each a number or a dict of parts."""
    if run.task == "conllu":
        names = WORDS if run.options.gold_tokens else (*CUT, *WORDS)
        yield from ((name, values[name]) for name in names)
        news = values.get("genres", {}).get("news", {})
        yield from ((f"news: {name}", {"r": news[name]}) for name in NEWS if news)
    elif run.task == "names":
        yield from values["types"].items()
        yield from ((name, values[name]) for name in ("micro", "untyped", "overlap"))
    elif run.task == "events":
        yield "mean absolute error, of 3.00", {"points": 100 * values["mae"]}
        names = ("pearson_r", *(name for name in values if name.startswith("f1_")), "band_macro_f1")
        yield from ((name, 100 * values[name]) for name in names)
    else:
        yield from values.get("all", values).items()  # of several stories, all of them together


def rows(run: Run, values: Any) -> Iterator[str]:
    """The figures of one run as rows of the table."""
    for name, value in figures(run, values):
        if isinstance(value, dict):
            part = next((part for part in PARTS if part in value), None)
            if part is None:
                continue
            name = f"{name} ({PARTS[part]})"
            value = value[part]
        yield f"| {run.task} | {run.name} | {name} | {value:.1f} |"


def claims() -> Iterator[str]:
    """Rows of stance towards claims: folds by claim or story, each judged by a model that never saw it."""
    for folder, *extra in (("emergent",), ("fnc1", "--bodies", str(SHARED / "fnc1" / "bodies.jsonl"))):
        gold = [SHARED / folder / name for name in ("train.jsonl", "dev.jsonl")]
        if not all(path.is_file() for path in gold):
            print(f"{gold[0]} is not there: not measured")
            continue
        done = subprocess.run(
            [*TRAINER, "claims", "--folds", "5", "--train", *map(str, gold), *extra],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        print(f"\nclaims on {folder}, five folds\n{done.stdout}")
        for line in done.stdout.splitlines():
            name, value = line.removeprefix(folder).strip().split("\t")
            yield f"| claims | {folder}, train and dev, five folds | {name} | {float(value):.1f} |"


def stance() -> Iterator[str]:
    """Rows of act, factuality and about, spans given: folds by article, off the card of a passing model."""
    gold = [SHARED / "polnear-stance" / name for name in ("train.jsonl", "dev.jsonl")]
    articles = [
        SHARED / name for name in ("polnear/train.jsonl", "fnc1/bodies.jsonl", "newsmtsc/train.jsonl")
    ]
    if missing := [path for path in (*gold, *articles) if not path.is_file()]:
        print(f"{missing[0]} is not there: not measured")
        return
    corpus = ROOT / "data" / "corpus"
    labels = [
        "--labels",
        *(corpus / f"{name}-read.labels.txt" for name in ("polnear", "news")),
        "--articles",
        *articles,
    ]
    written = ["--written", *sorted((corpus / "stance").glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "stance.model"
        told = [str(part) for part in (*gold, *labels, *written, "--out", model)]
        subprocess.run(
            [*TRAINER, "stance", "--train", *told],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        card = tomllib.loads(model.with_suffix(".toml").read_text(encoding="utf-8"))
    for name, value in card["figures"].items():
        folds, _, figure = name.partition(", ")
        if folds == "cross-validated":
            print(f"stance, five folds: {name} {value}")
            yield f"| stance | polnear-stance, train and dev, five folds | {figure} | {value:.1f} |"


def table(lines: list[str]) -> str:
    """The marked part of RESULTS.md."""
    head = ["| task | gold | figure | % |", "| --- | --- | --- | ---: |"]
    return "\n".join([BEGIN, f"sayso {__version__}, {date.today().isoformat()}.", "", *head, *lines, END])


def write(part: str) -> None:
    """Puts the table between its marks; the rest of the file stays as it is."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else f"# Results\n\n{BEGIN}\n{END}\n"
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{RESULTS}: expected the marks {BEGIN} and {END}")
    RESULTS.write_text(before + part + after, encoding="utf-8", newline="\n")


def main(tasks: list[str]) -> None:
    lines = []
    for run in runs():
        if tasks and run.task not in tasks:
            continue
        found = evaluate(run.task, run.paths, pipeline(run.task), run.options)
        print(f"\n{run.task} on {run.name}\n{found}")
        lines += rows(run, found.values)
    if SHARED.is_dir() and (not tasks or "claims" in tasks):
        lines += claims()
    if SHARED.is_dir() and (not tasks or "stance" in tasks):
        lines += stance()
    if not lines:
        print("nothing was measured: RESULTS.md stays as it is")
    elif tasks:
        print("measured in part: RESULTS.md stays as it is")
    else:
        write(table(lines))
        print(f"\nwritten: {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
