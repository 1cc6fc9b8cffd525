"""Scoring coreference: cases counted by hand, and the reference scorer on what the pipeline finds."""

import json
import subprocess
import sys

import pytest
import sayso
from samples import SHARED
from sayso.evaluate import GoldError, PredictionError, evaluate, main

HEAD = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
ROWS = [
    "a\tAnna Rook met Berta Finch before she left.\tshe\t33\tAnna Rook\t0\tTRUE\tBerta Finch\t14\tFALSE\t-",
    "b\tOle Rook saw Jan Finch, and he waved.\the\t28\tOle Rook\t0\tFALSE\tJan Finch\t13\tTRUE\t-",
    "c\tOle Rook saw Jan Finch, and he sat.\the\t28\tOle Rook\t0\tTRUE\tJan Finch\t13\tFALSE\t-",
]
TEXT = "Anna Rook spoke. She left the port. Rook said it was late. The port is old."
CLUSTERS = [
    [[0, 9, "name"], [17, 20, "pron"], [36, 40, "name"]],
    [[26, 34, "nom"], [59, 67, "nom"]],
    [[46, 48, "pron"]],
]


def gap_file(tmp_path, rows=ROWS):
    path = tmp_path / "gap.tsv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def cluster_file(tmp_path, clusters=CLUSTERS):
    mention = lambda m: {"start": m[0], "end": m[1], "head": [m[1] - 4, m[1]], "kind": m[2]}  # noqa: E731
    doc = {"id": "a", "text": TEXT, "clusters": [{"mentions": [*map(mention, c)]} for c in clusters]}
    path = tmp_path / "clusters.jsonl"
    path.write_text(json.dumps(doc) + "\n", encoding="utf-8")
    return path


def test_gap_counts_the_names_chosen(tmp_path):
    said = {"a": [True, False], "b": [True, True], "c": [False, False]}
    figures = evaluate(
        "gap", gap_file(tmp_path), lambda rows: [{"id": r["id"], "chosen": said[r["id"]]} for r in rows]
    )
    assert figures.values["feminine"] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert figures.values["masculine"] == {"P": 50.0, "R": 50.0, "F1": 50.0}
    assert figures.values["overall"] == {"P": 66.667, "R": 66.667, "F1": 66.667}
    assert figures.values["bias"] == 2.0


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a\tAnna left.\tshe\t3", "expected 10 columns, found 4"),
        (ROWS[0].replace("\t33\t", "\t32\t"), "expected 'she' at the offset 32"),
        (ROWS[0].replace("\t33\t", "\tx\t"), "expected 'she' at the offset x"),
        (ROWS[0].replace("TRUE", "YES"), "expected TRUE or FALSE, found 'YES'"),
        (ROWS[1].replace("b\t", "c\t", 1) + "\n" + ROWS[2], "expected an id of its own"),
    ],
)
def test_what_is_no_gap_is_refused_with_its_line(tmp_path, row, expected):
    with pytest.raises(GoldError, match=r"gap\.tsv:[23]: " + expected):
        evaluate("gap", gap_file(tmp_path, [row]), list)


def test_clusters_are_counted_by_their_heads(tmp_path):
    said = [[[0, 9], [17, 20]], [[30, 34], [36, 40]]]
    figures = evaluate(
        "coref", cluster_file(tmp_path), lambda rows: [{"id": r["id"], "clusters": said} for r in rows]
    )
    # "port" stands for "the port"; the lone pronoun counts on neither side.
    assert figures.values["mentions"] == {"P": 100.0, "R": 80.0, "F1": 88.889}
    assert figures.values["MUC"] == {"P": 50.0, "R": 33.333, "F1": 40.0}
    assert figures.values["B3"] == {"P": 75.0, "R": 43.333, "F1": 54.93}
    assert figures.values["pronouns"]["F1"] == 100.0


def test_what_is_no_cluster_is_refused(tmp_path):
    with pytest.raises(
        GoldError, match=r"clusters\.jsonl:1: clusters\[0\]: expected mentions within the text"
    ):
        evaluate("coref", cluster_file(tmp_path, [[[70, 99, "name"]]]), list)
    with pytest.raises(PredictionError, match=r"a: expected clusters of \[start, end\]"):
        evaluate("coref", cluster_file(tmp_path), lambda rows: [{"id": "a", "clusters": [[[5, 2]]]}])


@pytest.mark.skipif(SHARED is None, reason="the reference scorer is not here")
@pytest.mark.parametrize("task", ["gap", "coref"])
def test_the_reference_scorer_agrees(tmp_path, task, capsys):
    gold = gap_file(tmp_path) if task == "gap" else cluster_file(tmp_path)
    out = tmp_path / "said"
    figures = main(task, gold, predictions_out=out)
    options = ["--gap"] if task == "gap" else ["--heads", "--drop-singletons"]
    script = [sys.executable, str(SHARED / "eval" / "score_coref.py"), str(gold), str(out), *options]
    shown = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    reference = json.loads(shown.splitlines()[-1])
    reference.get("pronouns", {}).pop("gold", None)
    assert {name: reference[name] for name in figures.values} == figures.values


def test_pronouns_are_mentions_with_a_confidence():
    doc = sayso.read("Mara Kellen runs the port of Norvia. She said on Monday that it was closed.")
    she = next(m for m in doc.mentions if m.text == "She")
    assert (she.name, she.via) == ("Mara Kellen", "pronoun")
    assert 0.0 < she.confidence <= 1.0
    (attribution,) = doc.attributions
    assert attribution.source_entity == "Mara Kellen"
    assert attribution.label_confidence["source_entity"] == she.confidence
    again = sayso.Document.from_json(doc.to_json())
    assert again.attributions[0].label_confidence == attribution.label_confidence
    assert next(m for m in again.mentions if m.text == "She").confidence == she.confidence


def test_chains_hold_whoever_has_no_name():
    text = (
        "Mara Kellen runs the port. A nurse opened the door. She said Kellen had left, and the nurse agreed."
    )
    doc = sayso.read(text)
    chains = [[place.text for place in chain] for chain in doc.chains]
    assert ["Mara Kellen", "Kellen"] in chains
    assert ["A nurse", "She", "the nurse"] in chains
    assert all(text[place.start : place.end] == place.text for chain in doc.chains for place in chain)
    assert "nurse" not in {entity.name for entity in doc.entities}
    assert [a.source_entity for a in doc.attributions if a.source.text == "She"] == [None]
    assert sayso.Document.from_json(doc.to_json()).chains == []


def test_pronouns_alone_are_no_chain():
    assert sayso.read("You guys won. I saw it, and my friends saw it.").chains == []


def test_who_says_it_is_who_i_am():
    doc = sayso.read("“I heard no shot,” Mara Kellen said on Monday.")
    assert ["I", "Mara Kellen"] in [[place.text for place in chain] for chain in doc.chains]
