"""The scorer of claims: small cases counted by hand, and the figures of the reference scorers."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest
from samples import SHARED
from sayso.cli import main as command
from sayso.evaluate import GoldError, PredictionError, evaluate

CLAIM = "A crocodile was seen in the harbour of Dunmere"
EMERGENT = [
    {
        "id": "e1",
        "claim_id": "c1",
        "claim": CLAIM,
        "headline": "Crocodile in Dunmere harbour",
        "label": "for",
    },
    {"id": "e2", "claim_id": "c1", "claim": CLAIM, "headline": "No crocodile in Dunmere", "label": "against"},
    {"id": "e3", "claim_id": "c1", "claim": CLAIM, "headline": "Is it a crocodile?", "label": "observing"},
    {"id": "e4", "claim_id": "c1", "claim": CLAIM, "headline": "A crocodile, they say", "label": "observing"},
]
FNC = [
    {"id": "f1", "headline": CLAIM, "body_id": 1, "label": "disagree"},
    {"id": "f2", "headline": CLAIM, "body_id": 2, "label": "unrelated"},
    {"id": "f3", "headline": "Copper gets dearer", "body_id": 2, "label": "agree"},
    {"id": "f4", "headline": "Copper gets dearer", "body_id": 1, "label": "unrelated"},
]
BODIES = [
    {"body_id": 1, "topic": 0, "text": "There is no crocodile in Dunmere. The photo is a hoax."},
    {"body_id": 2, "topic": 1, "text": "Norvia raises its prices for copper. It said so on Monday."},
]


def file(folder, rows, name="gold.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def saying(*labels):
    return lambda records: [{"id": r["id"], "label": said} for r, said in zip(records, labels, strict=True)]


def test_emergent_counted_by_hand(tmp_path):
    found = evaluate("claims", file(tmp_path, EMERGENT), saying("for", "for", "observing", "for")).values
    assert found == {
        "accuracy": 50.0,
        "macro_f1": pytest.approx((50 + 0 + 200 / 3) / 3, abs=0.01),
        "f1_for": 50.0,
        "f1_against": 0.0,
        "f1_observing": pytest.approx(66.67),
    }


def test_fnc_counted_by_hand(tmp_path):
    file(tmp_path, BODIES, "bodies.jsonl")
    found = evaluate("claims", file(tmp_path, FNC), saying("agree", "unrelated", "agree", "discuss")).values
    # A quarter for related, one for unrelated, a whole one, nothing: 1.5 of 2.5.
    assert found["weighted_score"] == 60.0
    assert found["related_accuracy"] == 75.0
    assert found["accuracy"] == 50.0
    assert found["f1_disagree"] == 0.0
    assert found["f1_agree"] == pytest.approx(66.67)


def test_articles_may_stand_elsewhere(tmp_path):
    gold, bodies = file(tmp_path, FNC), file(tmp_path, BODIES, "texts.jsonl")
    with pytest.raises(OSError, match=r"bodies\.jsonl"):
        evaluate("claims", gold, saying())
    asked = []

    def predict(records):
        asked.extend(records)
        return [{"id": row["id"], "label": "agree"} for row in asked]

    evaluate("claims", [gold, bodies], predict)
    assert [row["text"] for row in asked] == [BODIES[i]["text"] for i in (0, 1, 1, 0)]
    assert all("label" not in row for row in asked)


def changed(rows, at, **cells):
    return [{**row, **cells} if i == at else row for i, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("rows", "line", "expected"),
    [
        (changed(EMERGENT, 1, label="agree"), 2, "expected a label for, against, observing, found 'agree'"),
        (changed(EMERGENT, 2, claim=None), 3, "expected 'claim' to be a string, found nothing"),
        (changed(EMERGENT, 3, id="e1"), 4, "expected an id of its own, 'e1' stands above"),
        (
            changed(FNC, 0, label="for"),
            1,
            "expected a label agree, disagree, discuss, unrelated, found 'for'",
        ),
        (changed(FNC, 0, body_id=9), None, "f1: no article 9"),
        (EMERGENT + FNC, None, "expected headlines or articles, found both"),
    ],
)
def test_bad_gold(tmp_path, rows, line, expected):
    file(tmp_path, BODIES, "bodies.jsonl")
    with pytest.raises(GoldError) as fault:
        evaluate("claims", file(tmp_path, rows), saying())
    assert (fault.value.line, fault.value.expected) == (line, expected)


def test_bad_articles(tmp_path):
    gold = file(tmp_path, FNC)
    for rows, line, expected in (
        ([BODIES[0], {"body_id": 2}], 2, "expected 'text' to be a string"),
        ([BODIES[0], {"text": "A word."}], 2, "expected a body_id"),
        ([*BODIES, BODIES[0]], 3, "expected an article of its own, 1 stands above"),
    ):
        with pytest.raises(GoldError, match=expected) as fault:
            evaluate("claims", [gold, file(tmp_path, rows, "texts.jsonl")], saying())
        assert fault.value.line == line
    with pytest.raises(GoldError, match="headlines need no articles"):
        evaluate("claims", [file(tmp_path, EMERGENT), gold], saying())


def test_bad_predictions(tmp_path):
    with pytest.raises(PredictionError, match="e1: expected a label for, against, observing, found 'agree'"):
        evaluate("claims", file(tmp_path, EMERGENT), saying("agree", "for", "for", "for"))


def test_the_command_judges_and_writes_what_scorers_read(tmp_path, capsys):
    file(tmp_path, BODIES, "bodies.jsonl")
    for rows, labels in (
        (EMERGENT, {"for", "against", "observing"}),
        (FNC, {"agree", "disagree", "discuss", "unrelated"}),
    ):
        gold, out = file(tmp_path, rows), tmp_path / "said.jsonl"
        assert command(["eval", "claims", str(gold), "--predictions", str(out)]) == 0
        assert "macro_f1" in capsys.readouterr().out
        said = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert [row["id"] for row in said] == [row["id"] for row in rows]
        assert {row["label"] for row in said} <= labels
    assert command(["eval", "claims", str(gold), "--lexicon", "own.tsv"]) == 2
    assert "no use for lists" in capsys.readouterr().err


@pytest.mark.skipif(SHARED is None, reason="the reference scorers are not beside the project")
@pytest.mark.parametrize(
    ("script", "rows"), [("score_emergent.py", EMERGENT), ("score_fnc1.py", FNC)], ids=["emergent", "fnc1"]
)
def test_figures_are_those_of_the_reference_scorers(tmp_path, script, rows):
    scorer = SHARED / "eval" / script
    file(tmp_path, BODIES, "bodies.jsonl")
    dice = random.Random(1)
    rows = [{**dice.choice(rows), "id": f"r{i}"} for i in range(200)]
    labels = sorted({row["label"] for row in rows} | ({"discuss"} if script == "score_fnc1.py" else set()))
    said = [row["label"] if dice.random() < 0.5 else dice.choice(labels) for row in rows]
    gold = file(tmp_path, rows)
    ours = evaluate("claims", gold, saying(*said)).values
    predicted = file(
        tmp_path, [{"id": r["id"], "label": s} for r, s in zip(rows, said, strict=True)], "p.jsonl"
    )
    done = subprocess.run(
        [sys.executable, str(scorer), str(gold), str(predicted)], capture_output=True, text=True, check=True
    )
    theirs = json.loads(done.stdout.splitlines()[-1])
    assert ours == {name: pytest.approx(100 * theirs[name], abs=0.006) for name in ours}
    assert set(theirs) - set(ours) == {"dataset", "n"}
