"""The scorers: small cases counted by hand, and letter for letter the lines of the reference scorers."""

import gzip
import json
import random
import subprocess
import sys

import pytest
from samples import SHARED
from sayso.cli import main as command
from sayso.evaluate import TASKS, GoldError, Options, PredictionError, evaluate, main

TEXT = 'Ann Rook said the dam held. "It broke," the mayor replied, according to the Ledger.'


def span(words, text=TEXT):
    start = text.index(words)
    return [start, start + len(words)]


def said(id, source, cue, content, **labels):
    """An attribution over TEXT; the labels are null unless given."""
    roles = {"source": source, "cue": cue, "content": content}
    spans = {role: [span(words)] if words else [] for role, words in roles.items()}
    row = dict.fromkeys(("parent", "source_entity", "source_kind", "about"))
    return {"id": id, "act": "assert", "factuality": "CT+", **row, **spans, **labels}


ROOK = said("1", "Ann Rook", "said", "the dam held", source_entity="Ann Rook", source_kind="person")
LEDGER = said("2", "the Ledger", "according to", "the mayor replied", source_entity="The Ledger")
MAYOR = said(
    "3",
    "the mayor",
    "replied",
    '"It broke,"',
    parent="2",
    act="deny",
    factuality="CT-",
    about="Dam Board; Ann Rook",
)
GOLD = {"id": "a", "text": TEXT, "attributions": [ROOK, LEDGER, MAYOR]}


def gold_file(folder, *docs, name="gold.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(doc) + "\n" for doc in docs), encoding="utf-8")
    return path


def giving(*attributions):
    """A pipeline that finds these in every text."""
    return lambda records: [{"id": r["id"], "attributions": list(attributions)} for r in records]


def test_gold_against_itself_is_perfect(tmp_path):
    gold = {**GOLD, "attributions": [ROOK, LEDGER, {**MAYOR, "inner": True}]}
    path = gold_file(tmp_path, gold)
    for task in ("attribution", "labels", "story"):
        figures = evaluate(task, path, giving(*gold["attributions"]))
        for name, value in figures.values.items():
            n = value.get("n") if isinstance(value, dict) else None
            share = value.get("f", value.get("acc", value.get("r"))) if isinstance(value, dict) else value
            empty = ("entity null", "invented", "about", "act macro", "nested left out")
            if name not in empty and n != 0:
                assert share == 100, (task, name, value)


@pytest.mark.parametrize(
    ("found", "name", "expected"),
    [
        # Two of three contents to the word; the third shares one of three words.
        (
            [ROOK, MAYOR, said("9", None, None, "replied")],
            "content exact",
            {"p": 66.67, "r": 66.67, "f": 66.67},
        ),
        # A comma and marks at the edge are no words.
        ([{**MAYOR, "content": [span("It broke")]}], "content span", {"p": 100, "r": 33.33, "f": 50}),
        # Joint words: "the dam held"; two of them are shared, which is more than half.
        ([{**ROOK, "content": [span("dam held")]}], "relation partial", {"p": 100, "r": 33.33, "f": 50}),
        ([{**ROOK, "content": [span("dam held")]}], "relation strict", {"p": 0, "r": 0, "f": 0}),
        # The content fits, the source does not.
        ([{**ROOK, "source": [span("the mayor")]}, MAYOR], "source accuracy", {"acc": 50, "n": 2}),
        # One span, an object, and a role that is null are forms of a role.
        (
            [{**ROOK, "content": span("the dam held"), "cue": {"start": 9, "end": 13}, "source": None}],
            "cue exact",
            {"p": 100, "r": 33.33, "f": 50},
        ),
        ([MAYOR], "content direct exact", {"r": 100, "n": 1}),
        ([MAYOR], "content indirect exact", {"r": 0, "n": 2}),
        # An attribution of the title counts nowhere.
        ([{**ROOK, "field": "title"}, MAYOR], "source token", {"p": 100, "r": 33.33, "f": 50}),
        # One that stands inside its parent's content is left out.
        ([LEDGER, said("9", None, None, "mayor", parent="2")], "nested left out", {"n": 1}),
    ],
)
def test_attribution_figures(tmp_path, found, name, expected):
    assert evaluate("attribution", gold_file(tmp_path, GOLD), giving(*found)).values[name] == expected


@pytest.mark.parametrize(
    ("found", "name", "expected"),
    [
        ([ROOK], "found", 33.3),
        ([ROOK, said("9", None, None, "according")], "precision", 50),
        # The cue and a third of the content are enough to be found; half of the content is, without a cue.
        ([{**ROOK, "content": [span("held")]}], "found", 33.3),
        ([{**ROOK, "content": [span("held")], "cue": []}], "found", 0),
        ([{**ROOK, "act": "confirm"}, MAYOR], "act", 50),
        ([{**MAYOR, "factuality": "PR-"}], "factuality", 0),
        ([{**MAYOR, "factuality": "PR-"}], "polarity", 100),
        # Case and a leading article do not count; aliases do.
        ([{**LEDGER, "source_entity": "ledger"}], "entity", 100),
        ([{**LEDGER, "source_entity": "Dam Ledger"}], "entity", 100),
        ([{**LEDGER, "source_entity": "Ledger Dam"}], "entity", 0),
        # A parent counts where gold has one, and where the prediction invents one.
        ([{**LEDGER, "id": "x"}, {**MAYOR, "parent": "x"}], "parent", 100),
        ([LEDGER, {**MAYOR, "parent": None}], "parent", 0),
        ([LEDGER, {**ROOK, "parent": "2"}], "parent", 0),
    ],
)
def test_story_figures(tmp_path, found, name, expected):
    path = gold_file(tmp_path, {**GOLD, "aliases": {"The Ledger": ["Dam Ledger"]}}, name="x.gold.json")
    assert evaluate("story", path, giving(*found)).values[name] == expected
    assert evaluate("story", tmp_path, giving(*found)).values[name] == expected


def test_optional_rows_are_neither_missing_nor_spurious(tmp_path):
    gold = {**GOLD, "attributions": [{**ROOK, "optional": True}, LEDGER]}
    path = gold_file(tmp_path, gold, name="x.gold.json")
    assert evaluate("story", path, giving(LEDGER)).lines[:2] == [
        "found        100.0   1/1",
        "precision    100.0   1/1",
    ]
    assert evaluate("story", path, giving(ROOK)).lines[:2] == [
        "found          0.0   0/1",
        "precision    100.0   1/1",
    ]


def test_several_stories_have_figures_each_and_together(tmp_path):
    paths = [gold_file(tmp_path, {**GOLD, "id": id}, name=f"{id}.gold.json") for id in "ab"]
    found = {"a": [ROOK, LEDGER, MAYOR], "b": [ROOK]}
    figures = evaluate(
        "story", paths, lambda rs: [{"id": r["id"], "attributions": found[r["id"]]} for r in rs]
    )
    assert [figures.values[key]["found"] for key in ("a", "b", "all")] == [100, 33.3, 66.7]
    assert figures.lines[0] == "a" and figures.lines[1] == "found        100.0   3/3"


@pytest.mark.parametrize(
    ("found", "name", "expected"),
    [
        ([ROOK, MAYOR], "found", 66.67),
        ([{**ROOK, "act": "warn"}, MAYOR], "act", 50),
        ([{**ROOK, "source_kind": "state"}], "source_kind", 0),
        # Gold that names several is met by any of them.
        ([{**MAYOR, "about": "ann rook"}], "about", 100),
        ([{**MAYOR, "about": None}], "about", 0),
        ([{**ROOK, "about": "Dam Board"}], "about", 0),
        ([{**ROOK, "source_entity": None}, LEDGER], "entity null", 50),
        ([{**MAYOR, "source_entity": "Ann Rook"}], "invented", 100),
        ([LEDGER, MAYOR], "inner precision", 100),
        ([LEDGER, {**ROOK, "parent": "2"}], "inner precision", 0),
    ],
)
def test_label_figures(tmp_path, found, name, expected):
    assert evaluate("labels", gold_file(tmp_path, GOLD), giving(*found)).values[name] == expected


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        (b'{"id": "a", "text": "", "attributions": []}\n{"id": ', 2, "expected JSON"),
        (b'\n\n["a"]', 3, "expected an object, found a list"),
        (b'{"id": 7, "text": "", "attributions": []}', 1, "expected 'id' to be a string, found a number"),
        (b'{"id": "a", "text": "x"}', 1, "expected 'attributions' to be a list, found nothing"),
        (
            b'{"id": "a", "text": "x", "attributions": [{"cue": [[0, 2]]}]}',
            1,
            "attributions[0].cue: expected a span within the text's 1 code points, found [0, 2]",
        ),
        (
            b'{"id": "a", "text": "x", "attributions": [{"cue": ["said"]}]}',
            1,
            'attributions[0].cue: expected [start, end], found "said"',
        ),
        (b'{"id": "a", "text": "", "attributions": []}\n' * 2, 2, "an id of its own"),
        (b'{"id": "a",\n "text": "\xff"}', 2, "expected UTF-8, found the byte 0xff"),
        (b"[" * 100_000, 1, "less deeply nested"),
        (b"", None, "at least one document"),
    ],
)
def test_bad_gold_names_file_line_and_what_was_expected(tmp_path, content, line, expected):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError) as error:
        evaluate("attribution", path, giving())
    assert error.value.line == line
    assert expected in str(error.value) and str(path) in str(error.value)


def test_labels_must_be_there(tmp_path):
    bare = {"id": "a", "text": TEXT, "attributions": [{"id": "1", "cue": [[0, 3]]}]}
    with pytest.raises(GoldError, match=r"gold\.jsonl:1: attributions\[0\]: expected the key 'act'"):
        evaluate("labels", gold_file(tmp_path, bare), giving())


@pytest.mark.parametrize(
    ("predict", "expected"),
    [
        (lambda records: [], "no prediction for 1 of 1 documents, 'a' for one"),
        (lambda records: ["a"], "expected documents with an id"),
        (lambda records: [{"id": "b"}], "'b', which the gold does not have"),
        (giving({"cue": [[0, 999]]}), r"a: attributions\[0\]\.cue: expected a span within"),
    ],
)
def test_bad_predictions(tmp_path, predict, expected):
    with pytest.raises(PredictionError, match=expected):
        evaluate("attribution", gold_file(tmp_path, GOLD), predict)


def test_unknown_task(tmp_path):
    with pytest.raises(
        ValueError,
        match="no task 'poetry'; there are: "
        "attribution, labels, story, conllu, names, coref, gap, link, sentiment, claims, events",
    ):
        evaluate("poetry", tmp_path, giving())


@pytest.mark.parametrize(
    ("task", "options", "expected"),
    [
        ("story", Options(by_genre=True), "by-genre is for conllu and names, not for story"),
        ("conllu", Options(types=["PER"]), "types is for names, not for conllu"),
        ("names", Options(gold_tokens=True), "gold-tokens is for conllu, not for names"),
    ],
)
def test_options_apply_where_they_mean_something(tmp_path, task, options, expected):
    with pytest.raises(ValueError, match=f"the option {expected}"):
        evaluate(task, tmp_path, giving(), options)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("gold.jsonl", gzip.compress(b'{"id": ')[:-9], "expected a whole gzip file"),
        ("gold.jsonl", b"\x1f\x8bno", "expected a whole gzip file"),
        ("gold.jsonl.gz", b"{}", r"expected gzip, as the name ends in \.gz"),
        ("gold.jsonl.gz", gzip.compress(b'\n{"id": "\xff"}'), "gold.jsonl.gz:2: expected UTF-8"),
    ],
)
def test_bad_gzip(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_bytes(content)
    for task in ("attribution", "conllu", "names"):
        with pytest.raises(GoldError, match=expected):
            evaluate(task, path, giving())


def test_the_command_knows_the_tasks(capsys):
    with pytest.raises(SystemExit):
        command(["eval", "poetry", "gold.jsonl"])
    told = capsys.readouterr().err
    assert [task for task in TASKS if f"'{task}'" not in told] == []


def test_gold_may_be_gzipped(tmp_path):
    path = gold_file(tmp_path, GOLD)
    packed = tmp_path / "gold.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert evaluate("attribution", packed, giving(ROOK)) == evaluate("attribution", path, giving(ROOK))


def test_main_prints_and_writes_what_scorers_read(tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    figures = main("attribution", gold_file(tmp_path, GOLD), out, giving(ROOK))
    assert capsys.readouterr().out == f"{figures}\n"
    assert [json.loads(line) for line in out.read_text().splitlines()] == figures.predictions
    assert sorted(p.name for p in tmp_path.iterdir()) == ["gold.jsonl", "out.jsonl"]


def perturbed(doc, dice):
    """Predictions with every kind of error: rows missing and doubled, spans moved, labels swapped."""
    rows = [a for a in doc["attributions"] if dice.random() < 0.8]
    ids = {a["id"]: f"p{n}" for n, a in enumerate(rows)}
    labels = {
        key: [a.get(key) for a in rows]
        for key in ("act", "factuality", "source_kind", "source_entity", "about")
    }
    out = []
    for a in rows:
        row = {"id": ids[a["id"]], "parent": ids.get(a.get("parent"))}
        if dice.random() < 0.15:
            row["parent"] = dice.choice([None, *ids.values()])
        for role in ("source", "cue", "content"):
            spans = [
                [max(0, s + dice.choice((0, 0, 0, 6, -9))), e + dice.choice((0, 0, 0, 7, -5))]
                for s, e in a[role]
            ]
            spans = [[s, min(e, len(doc["text"]))] for s, e in spans if s < min(e, len(doc["text"]))]
            row[role] = [] if dice.random() < 0.1 else spans
        if len(row["cue"]) == 1 and dice.random() < 0.5:
            row["cue"] = {"start": row["cue"][0][0], "end": row["cue"][0][1], "text": ""}
        for key, all_values in labels.items():
            row[key] = dice.choice(all_values) if dice.random() < 0.2 else a.get(key)
        row["field"] = "title" if dice.random() < 0.05 else "text"
        out += [row] * (2 if dice.random() < 0.1 else 1)
    return {"id": doc["id"], "attributions": out}


@pytest.mark.skipif(SHARED is None, reason="the reference scorers are not there")
@pytest.mark.parametrize(
    ("task", "script", "gold"),
    [
        ("attribution", "score_attribution.py", "polnear/dev.jsonl"),
        ("labels", "score_stance.py", "polnear-stance/dev.jsonl"),
        ("story", "score_story.py", "seeds/kremlin-aljazeera.gold.json"),
    ],
)
def test_figures_are_those_of_the_reference_scorers(tmp_path, capsys, task, script, gold):
    lines = _documents(SHARED / "data" / gold)[:5]  # a few documents suffice, and the reference is slow
    path, out = tmp_path / "gold", tmp_path / "out.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    docs = {d["id"]: d for d in map(json.loads, lines)}
    for seed in range(3):
        dice = random.Random(seed)
        main(task, path, out, lambda records, dice=dice: [perturbed(docs[r["id"]], dice) for r in records])
        ours = capsys.readouterr().out
        command = [sys.executable, str(SHARED / "eval" / script), str(path), str(out)]
        theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert ours == theirs


def _documents(path):
    text = path.read_text(encoding="utf-8")
    return [text] if path.suffix == ".json" else text.strip("\n").split("\n")
