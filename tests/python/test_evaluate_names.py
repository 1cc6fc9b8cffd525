"""Scoring names: cases whose figures the reference scorer gave, and the reference itself."""

import gzip
import json
import random
import subprocess
import sys
from types import SimpleNamespace

import pytest
from samples import SHARED
from sayso.cli import main as command
from sayso.evaluate import TASKS, GoldError, Options, PredictionError, evaluate, main
from sayso.evaluate.entity_file import read, unbracketed

TEXT = "Dana Rook met the Riga Post in Riga. The Post said Latvians like Riga."
GOLD = [
    {
        "id": "a",
        "genre": "news",
        "text": TEXT,
        "entities": [
            [0, 9, "PER"],
            [18, 27, "ORG"],
            [31, 35, "LOC"],
            [41, 45, "ORG"],
            [51, 59, "MISC"],
            [65, 69, "LOC"],
        ],
    },
    {"id": "b", "text": "Ann Lee left Oslo.", "entities": [[0, 7, "PER"], [13, 17, "LOC"]]},
]
SAID = {
    "a": [
        [5, 9, "PER"],
        [0, 4, "PER"],
        [18, 27, "OUTLET"],
        [31, 35, "GPE"],
        [41, 45, "LOC"],
        [51, 59, "NORP"],
        [51, 59, "NORP"],
        [46, 50, "VERB"],
    ],
    "b": [[0, 7, "PER"], [13, 17, "PER"]],
}

FIGURES = """\
LOC        P  50.00  R  33.33  F1  40.00  gold 3  system 2
MISC       P 100.00  R 100.00  F1 100.00  gold 1  system 1
ORG        P 100.00  R  50.00  F1  66.67  gold 2  system 1
PER        P  25.00  R  50.00  F1  33.33  gold 2  system 4
micro      P  50.00  R  50.00  F1  50.00  gold 8  system 8
untyped    P  75.00  R  75.00  F1  75.00  gold 8  system 8
overlap    P  62.50  R  62.50  F1  62.50  gold 8  system 8
genre -            P  50.00  R  50.00  F1  50.00  gold 2
genre news         P  50.00  R  50.00  F1  50.00  gold 6
"""

VALUES = {
    "types": {
        "LOC": {"P": 50.0, "R": 33.333, "F1": 40.0, "gold": 3},
        "MISC": {"P": 100.0, "R": 100.0, "F1": 100.0, "gold": 1},
        "ORG": {"P": 100.0, "R": 50.0, "F1": 66.667, "gold": 2},
        "PER": {"P": 25.0, "R": 50.0, "F1": 33.333, "gold": 2},
    },
    "micro": {"P": 50.0, "R": 50.0, "F1": 50.0},
    "untyped": {"P": 75.0, "R": 75.0, "F1": 75.0},
    "overlap": {"P": 62.5, "R": 62.5, "F1": 62.5},
    "genres": {
        "-": {"P": 50.0, "R": 50.0, "F1": 50.0, "gold": 2},
        "news": {"P": 50.0, "R": 50.0, "F1": 50.0, "gold": 6},
    },
    "F1": 50.0,
}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(doc) + "\n" for doc in GOLD), encoding="utf-8")
    return path


def saying(said):
    """A pipeline that finds these names, whatever the text."""
    return lambda records: [{"id": record["id"], "entities": said[record["id"]]} for record in records]


def reference(gold, said, *options):
    script = [sys.executable, str(SHARED / "eval" / "score_ner.py"), str(gold), str(said), *options]
    return subprocess.run(script, capture_output=True, text=True, check=True).stdout


def test_figures_of_all_types(gold):
    figures = evaluate("names", gold, saying(SAID), Options(by_genre=True))
    assert "".join(f"{line}\n" for line in figures.lines) == FIGURES
    assert figures.values == VALUES


def test_figures_of_some_types(gold):
    figures = evaluate("names", gold, saying(SAID), Options(types=["PER", "LOC"]))
    assert figures.lines[2:] == [
        "micro      P  33.33  R  40.00  F1  36.36  gold 5  system 6",
        "untyped    P  50.00  R  60.00  F1  54.55  gold 5  system 6",
        "overlap    P  50.00  R  60.00  F1  54.55  gold 5  system 6",
    ]
    assert set(figures.values) == {"types", "micro", "untyped", "overlap", "F1"}


def test_a_type_that_the_gold_does_not_have_is_asked_about(gold):
    with pytest.raises(
        ValueError, match="no names of type 'PERS' in the gold; there are: LOC, MISC, ORG, PER"
    ):
        evaluate("names", gold, saying(SAID), Options(types=["PERS"]))


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        # Nationalities have no place where nothing else is marked.
        (["PER", "LOC", "ORG"], ["PER", "ORG", "LOC", "LOC"]),
        (["PER", "LOC", "ORG", "MISC"], ["PER", "ORG", "LOC", "LOC", "MISC"]),
        # A label that the gold has is its own.
        (["PER", "LOC", "ORG", "GPE", "NORP"], ["PER", "ORG", "GPE", "LOC", "NORP"]),
        (["PER"], ["PER"]),
    ],
)
def test_labels_become_those_of_the_gold(tmp_path, types, expected):
    path = tmp_path / "gold.jsonl"
    entities = [[place, place + 1, kind] for place, kind in enumerate(types)]
    path.write_text(json.dumps({"id": "a", "text": "Some names", "entities": entities}))
    labels = ["PER", "OUTLET", "GPE", "LOC", "NORP"]
    said = {"a": [[place, place + 1, label] for place, label in enumerate(labels)]}
    (doc,) = evaluate("names", path, saying(said)).predictions
    assert [kind for _, _, kind in doc["entities"]] == expected


def test_predictions_are_written_for_the_reference_scorer(gold, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    main("names", gold, out, saying(SAID), Options(by_genre=True))
    printed = capsys.readouterr().out
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == ["a", "b"]
    if SHARED:
        assert printed == reference(gold, out, "--by-genre")


def test_names_in_brackets(tmp_path):
    path = tmp_path / "gold.txt"
    path.write_text(
        "# a remark\n\n[GPE Kyiv] said no.\nIt [sic] told [OUTLET the Riga Post] so, [PER Dana Rook].\r\n",
        encoding="utf-8",
    )
    docs = read(path)
    assert list(docs) == ["3", "4"]
    assert docs["3"]["text"] == "Kyiv said no."
    assert docs["3"]["entities"] == [(0, 4, "GPE")]
    assert docs["4"]["text"] == "It [sic] told the Riga Post so, Dana Rook."
    assert [docs["4"]["text"][a:b] for a, b, _ in docs["4"]["entities"]] == ["the Riga Post", "Dana Rook"]
    packed = tmp_path / "gold.txt.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read(packed) == docs


def test_what_brackets_mark_keeps_its_label_and_all_labels_count(tmp_path):
    path = tmp_path / "gold.txt"
    path.write_text("[GPE Kyiv] said no to the Riga Post.")
    values = evaluate("names", path, saying({"1": [[0, 4, "GPE"], [20, 29, "OUTLET"]]})).values
    assert {kind: row["F1"] for kind, row in values["types"].items()} == {"GPE": 100, "OUTLET": 0}
    assert values["micro"] == {"P": 50, "R": 100, "F1": 66.667}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("No [FAC Dnipro Dam].", r"expected a label, one of PER ORG GPE LOC NORP OUTLET, found '\[FAC '"),
        ("No [GPE Kyiv.", r"expected a name and `\]` after '\[GPE '"),
        ("No [ORG the [GPE Kyiv] council].", r"expected a name and `\]` after '\[ORG '"),
        ("No [GPE  ].", r"expected a name and `\]` after '\[GPE '"),
    ],
)
def test_bad_brackets(tmp_path, line, expected):
    with pytest.raises(ValueError, match=expected):
        unbracketed(line)
    path = tmp_path / "gold.txt"
    path.write_text(f"# a remark\n{line}\n")
    with pytest.raises(GoldError, match=f"gold.txt:2: {expected}"):
        evaluate("names", path, saying({}))


@pytest.mark.parametrize(
    ("name", "content", "line", "expected"),
    [
        ("gold.txt", "# nothing\n\n", None, "expected at least one sentence"),
        ("gold.jsonl", "", None, "expected at least one document"),
        ("gold.jsonl", '{"id": "a", "text": "x", "entities": []}', None, "expected at least one entity"),
        ("gold.jsonl", '\n{"id": "a", "text": "x"}', 2, "expected 'entities' to be a list, found nothing"),
        (
            "gold.jsonl",
            '{"id": "a", "text": "x", "entities": [[0, 2, "PER"]]}',
            1,
            "entities[0]: expected a span within the text's 1 code points, found [0, 2]",
        ),
        (
            "gold.jsonl",
            '{"id": "a", "text": "x", "entities": [[0, 1]]}',
            1,
            'entities[0]: expected [start, end, "TYPE"], found [0, 1]',
        ),
        ("gold.jsonl", '{"id": "a", "text": "", "entities": [], "genre": 7}', 1, "'genre' to be a string"),
        ("gold.jsonl", '{"id": "a", "text": "", "entities": []}\n' * 2, 2, "an id of its own"),
    ],
)
def test_bad_gold_names_file_line_and_what_was_expected(tmp_path, name, content, line, expected):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError) as error:
        evaluate("names", path, saying({}))
    assert error.value.line == line
    assert expected in str(error.value) and str(path) in str(error.value)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, "b: expected a list of entities"),
        (
            [[0, 19, "PER"]],
            r"b: entities\[0\]: expected a span within the text's 18 code points, found \[0, 19\]",
        ),
        ([[0, 7, None]], r'b: entities\[0\]: expected \[start, end, "TYPE"\], found \[0, 7, None\]'),
    ],
)
def test_bad_predictions(gold, said, expected):
    with pytest.raises(PredictionError, match=expected):
        evaluate("names", gold, saying({**SAID, "b": said}))


class Finder:
    """Stands in for a pipeline; it finds a name and a pronoun that says who was named."""

    def __init__(self, lexicon=None, gazetteer=None, *, model=None, parse, blocks):
        assert (lexicon, gazetteer, parse, blocks) == (None, None, "none", "all")

    def pipe(self, records):
        for record in records:
            mentions = [
                SimpleNamespace(start=start, end=end, label=label, via=via)
                for start, end, label in SAID[record["id"]][:6]
                for via in ("surname", "pronoun", "description")
            ]
            mentions[1].start += 1
            yield SimpleNamespace(id=record["id"], mentions=mentions)


def test_the_command(gold, monkeypatch, capsys):
    monkeypatch.setattr("sayso.Pipeline", Finder)
    assert command(["eval", "names", str(gold), "--by-genre"]) == 0
    assert capsys.readouterr().out == f"{FIGURES}{json.dumps(VALUES)}\n"
    assert command(["eval", "names", str(gold), "--types", "PER,LOC"]) == 0
    assert "micro      P  33.33  R  40.00" in capsys.readouterr().out
    assert command(["eval", "names", str(gold), "--gold-tokens"]) == 2
    assert "the option gold-tokens is for conllu, not for names" in capsys.readouterr().err


def test_names_are_found_without_a_parse_in_all_of_the_text():
    assert TASKS["names"].setting == {"parse": "none", "blocks": "all"}


def moved(doc, types, dice):
    """The names with every kind of error: missing, doubled, moved, of another type, invented."""
    out = []
    for start, end, kind in doc["entities"]:
        for _ in range(dice.choice((0, 1, 1, 1, 1, 2))):
            a, b = start + dice.choice((0, 0, 0, 0, 2, -5)), end + dice.choice((0, 0, 0, 0, 4, -1))
            a, b = max(0, a), min(b, len(doc["text"]))
            if a < b:
                out.append([a, b, kind if dice.random() < 0.9 else dice.choice(types)])
    return out + [[0, 1, dice.choice(types)]] * (dice.random() < 0.2)


@pytest.mark.skipif(SHARED is None, reason="the reference scorers are not there")
@pytest.mark.parametrize("name", ["ner-ewt", "ner-wikigold"])
def test_figures_are_those_of_the_reference_scorer(tmp_path, capsys, name):
    gold, out = SHARED / "data" / name / "dev.jsonl.gz", tmp_path / "out.jsonl"
    docs = read(gold)
    types = next(iter(docs.values()))["types"]
    for seed in range(3):
        dice = random.Random(seed)
        said = {key: moved(doc, types, dice) for key, doc in docs.items()}
        for chosen in (None, ["LOC", "PER"]):
            main("names", gold, out, saying(said), Options(by_genre=True, types=chosen))
            options = ["--by-genre", *(["--types", ",".join(chosen)] if chosen else [])]
            assert capsys.readouterr().out == reference(gold, out, *options)
