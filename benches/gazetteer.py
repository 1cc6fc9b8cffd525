"""The gazetteer against ahocorasick_rs, the fastest finder of many names that a Python user can install.

    make bench, or: python benches/gazetteer.py [--rounds N] [--corpus FILE.jsonl] [SIZE ...]

Both run on one core in this process, round by round in turn, one call a text. Of every text the best round
counts, and the speed is that of the sum: what else the machine does hits some rounds of some texts, and moves
ratios in one run less than clocks. sayso finds with every normalisation and with ids and gives an array;
ahocorasick_rs gives raw hits, in the fastest of its settings at that size, "standard" too, which gives a
shorter name where two begin at one place. Beside that stand the ratios to its setting that gives the longest
and to its hits filtered to whole words, and sayso with all texts in one call, which takes best whole rounds.

Names are capitalised phrases of the corpus, as many as make about five hits in a thousand bytes, and made-up
ones up to the size asked for, none of whose words stand in the corpus alone.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import ahocorasick_rs
import sayso

CORPUS = Path(__file__).parents[2] / "shared" / "data" / "polnear" / "train.jsonl"
SIZES = [300, 10_000, 100_000, 1_000_000]
# Above that its deterministic automaton takes gigabytes.
LARGEST_DFA = 10_000
PHRASE = re.compile(r"\b[A-Z][\w.]*\w(?:[ -](?:of |the )?[A-Z]\w+){0,3}\b")
HITS = 5.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--apart", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.apart:
        return apart(*options.apart)
    texts = corpus(options.corpus)
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} texts, {size / 1e6:.1f} MB, {options.rounds} rounds\n")
    print(
        "| names | hits/kB | sayso | ahocorasick_rs | its setting | ratio | leftmost longest | whole words "
        "| one call |"
    )
    print("| ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    for count in options.sizes:
        print(speed(count, texts, size, options.rounds), flush=True)
    print("\n| names | words | dfa | nfa |\n| ---: | ---: | ---: | ---: |")
    for count in options.sizes:
        print(engines(count, texts, size, options.rounds), flush=True)
    print("\n| names | build, from TSV | peak | load, compiled | peak | file | ahocorasick_rs builds |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in options.sizes:
        print(loading(count, texts), flush=True)


def speed(count: int, texts: list[str], size: int, rounds: int) -> str:
    names = chosen(count, texts)
    gazetteer = sayso.Gazetteer({name: f"id:{i}" for i, name in enumerate(names)})
    rivals = settings(names)
    timed: dict[str, Callable[[str], object]] = {"": gazetteer.find_array, **rivals}
    best = {name: [float("inf")] * len(texts) for name in timed}
    gc.disable()
    for _ in range(rounds):
        for name, run in timed.items():
            improve(best[name], run, texts)
    sums = {name: sum(times) for name, times in best.items()}
    ours = sums.pop("")
    setting, raw = min(sums.items(), key=lambda one: one[1])
    run = rivals[setting]
    times = [float("inf")] * len(texts)
    for _ in range(rounds):
        improve(times, lambda text: whole(text, run(text)), texts)
    filtered = sum(times)
    together = min(clock(lambda: gazetteer.find_all(texts, threads=1)) for _ in range(rounds))
    gc.enable()
    longest = min(took for name, took in sums.items() if name.endswith("leftmost longest"))
    hits = len(gazetteer.find_all(texts, threads=1)[0]) / size * 1e3
    speeds = f"{size / ours / 1e6:.0f} MB/s | {size / raw / 1e6:.0f} MB/s | {setting}"
    ratios = f"{raw / ours:.1f} | {longest / ours:.1f} | {filtered / ours:.1f}"
    return f"| {count:,} | {hits:.1f} | {speeds} | {ratios} | {size / together / 1e6:.0f} MB/s |"


def improve(best: list[float], run: Callable[[str], object], texts: list[str]) -> None:
    """One more round: the shortest time of each text is kept."""
    for i, text in enumerate(texts):
        start = time.perf_counter()
        kept = run(text)
        took = time.perf_counter() - start
        del kept
        if took < best[i]:
            best[i] = took


def engines(count: int, texts: list[str], size: int, rounds: int) -> str:
    """The engines of sayso beside each other."""
    names = {name: f"id:{i}" for i, name in enumerate(chosen(count, texts))}
    kinds = ["words", "nfa"] if count > LARGEST_DFA else ["words", "dfa", "nfa"]
    built = {kind: sayso.Gazetteer(names, engine=kind) for kind in kinds}
    best = dict.fromkeys(built, float("inf"))
    for _ in range(rounds):
        for kind, gazetteer in built.items():
            best[kind] = min(best[kind], clock(lambda of=gazetteer: of.find_all(texts, threads=1)))
    cells = [
        f"{size / best[kind] / 1e6:.0f} MB/s" if kind in best else "" for kind in ("words", "dfa", "nfa")
    ]
    return f"| {count:,} | {' | '.join(cells)} |"


def clock(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    kept = run()
    took = time.perf_counter() - start
    del kept
    return took


def settings(names: list[str]) -> dict[str, Callable[[str], list[tuple[int, int, int]]]]:
    """Every setting that can be built, in the output form with places: a filter to whole words needs them."""
    kinds = {"contiguous NFA": ahocorasick_rs.Implementation.ContiguousNFA, "its own choice": None}
    if len(names) <= LARGEST_DFA:
        kinds["DFA"] = ahocorasick_rs.Implementation.DFA
    matches = {
        "leftmost longest": ahocorasick_rs.MatchKind.LeftmostLongest,
        "leftmost first": ahocorasick_rs.MatchKind.LeftmostFirst,
        "standard": ahocorasick_rs.MatchKind.Standard,
    }
    built = {}
    for kind, implementation in kinds.items():
        for match, matchkind in matches.items():
            # The others take minutes and gigabytes to build then, and are slower below.
            if len(names) > 100_000 and (match == "leftmost first" or implementation is None):
                continue
            automaton = ahocorasick_rs.AhoCorasick(
                names, matchkind=matchkind, implementation=implementation, store_patterns=False
            )
            built[f"{kind}, {match}"] = automaton.find_matches_as_indexes
    return built


def whole(text: str, hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The hits that neither begin nor end inside a word."""
    kept = []
    for hit in hits:
        _, start, end = hit
        if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            kept.append(hit)
    return kept


def loading(count: int, texts: list[str]) -> str:
    """Times and peaks of processes that do nothing else."""
    names = chosen(count, texts)
    with tempfile.TemporaryDirectory() as folder:
        table, compiled = Path(folder, "names.tsv"), Path(folder, "names.gazetteer")
        rows = "".join(f"{name}\tid:{i}\n" for i, name in enumerate(names))
        table.write_text("name\tid\n" + rows, encoding="utf-8")
        sayso.Gazetteer.load(table).save(compiled)
        size = compiled.stat().st_size
        cells = [f"{count:,}"]
        for what, file in (("load", table), ("load", compiled)):
            seconds, most = measured(what, file)
            cells += [f"{seconds:.2f} s", f"{most:.0f} MB"]
        cells.append(f"{size / 1e6:.1f} MB")
        seconds, most = measured("rival", table)
        cells.append(f"{seconds:.2f} s, {most:.0f} MB")
    return f"| {' | '.join(cells)} |"


def measured(what: str, file: Path) -> tuple[float, float]:
    """The best of three: seconds, and megabytes at the most."""
    command = [sys.executable, __file__, "--apart", what, str(file)]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)]
    figures = [tuple(map(float, run.stdout.split())) for run in runs]
    return min(seconds for seconds, _ in figures), min(most for _, most in figures)


def apart(what: str, file: str) -> None:
    if what == "load":
        seconds = clock(lambda: sayso.Gazetteer.load(file))
    else:
        rows = Path(file).read_text(encoding="utf-8").splitlines()[1:]
        names = [row.split("\t")[0] for row in rows]
        del rows
        kind = ahocorasick_rs.Implementation.ContiguousNFA
        longest = ahocorasick_rs.MatchKind.LeftmostLongest
        seconds = clock(
            lambda: ahocorasick_rs.AhoCorasick(
                names, matchkind=longest, implementation=kind, store_patterns=False
            )
        )
    print(seconds, peak())


def peak() -> float:
    """Megabytes that this process has held at the most; `getrusage` would begin with those of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def corpus(path: Path) -> list[str]:
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines]
    print(f"{path} is not there: the texts are generated, and the figures not those of news")
    draw = random.Random(7)
    sentences = [
        "The harbour board of Port Vell said on Tuesday that the spill wasn’t Norvia’s fault.",
        "“We have nothing to hide,” Dr. Ilse Marn, the board’s chair, told reporters. “Nothing at all.”",
        "U.S. officials in the Lantern Bay office declined to comment, citing the inspectors’ work.",
        "Earlier reports that the tanker had been hit by a drone could not be confirmed independently.",
        "At 6:30 p.m. some 1,200 residents gathered, according to Lt. Aro Kessel of the coast guard.",
    ]
    return [" ".join(draw.choices(sentences, k=45)) for _ in range(800)]


def chosen(count: int, texts: list[str]) -> list[str]:
    """As many names: first of the corpus, then made up."""
    draw = random.Random(count)
    small = Counter(word for text in texts for word in re.findall(r"\b[a-z]+\b", text))
    phrases = Counter(phrase for text in texts for phrase in PHRASE.findall(text))
    size = sum(map(len, texts)) / 1e3
    # Words that are written small as well would be found as often again, and not as names.
    usable = [
        (phrase, times)
        for phrase, times in sorted(phrases.items())
        if (" " in phrase or "-" in phrase or (phrase.isalpha() and len(phrase) > 3))
        and not any(small[word.lower()] for word in re.split("[ -]", phrase)[:1] if " " not in phrase)
    ]
    draw.shuffle(usable)
    if count < 1000:
        usable.sort(key=lambda one: -one[1])
    names: dict[str, None] = {}
    hits = 0
    # A phrase is found inside longer ones too, all the more the more of them there are.
    enough = HITS * size * (0.8 if count < 1000 else 0.55)
    for phrase, times in usable:
        if len(names) >= count * 0.9 or hits > enough:
            break
        names[phrase] = None
        hits += times
    known = {word.lower() for text in texts for word in re.findall(r"\w+", text)}
    heads = "b c d f g h k l m n p r s t v z br kr st".split()
    tails = "a e i o u ai ou".split()
    while len(names) < count:
        words = draw.choice([1, 2, 2, 2, 3])
        made = [
            "".join(draw.choice(heads) + draw.choice(tails) for _ in range(draw.randint(2, 4))).capitalize()
            for _ in range(words)
        ]
        if words > 1 or made[0].lower() not in known:
            names[" ".join(made)] = None
    given = list(names)
    draw.shuffle(given)
    return given


if __name__ == "__main__":
    main()
