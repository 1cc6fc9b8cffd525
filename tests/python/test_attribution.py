"""Attributions of the model: how sure it is, what a careful user leaves out, and one set against another."""

import json
import random

import pytest
import sayso
from samples import STORY
from sayso.evaluate import Options, evaluate
from sayso.evaluate.attribution import reliability
from sayso.evaluate.bootstrap import differences
from test_evaluate import GOLD, LEDGER, MAYOR, ROOK, giving, gold_file

ROOTS = {**GOLD, "attributions": [ROOK, LEDGER, {**MAYOR, "parent": None}]}


def test_confidence_is_a_share_in_two_places(nlp):
    found = [a.confidence for a in nlp(STORY).attributions if a.confidence is not None]
    assert found and all(0 <= share <= 1 and round(share, 2) == share for share in found)
    rows = json.loads(nlp(STORY).to_json())["attributions"]
    assert [row["confidence"] for row in rows if row["confidence"] is not None] == found


def test_a_careful_pipeline_gives_the_surer_part_of_the_same(nlp):
    whole = [(a.cue.text, a.confidence) for a in nlp(STORY).attributions]
    for least in (0.5, 0.9, 1.0):
        careful = [
            (a.cue.text, a.confidence) for a in sayso.Pipeline(min_confidence=least)(STORY).attributions
        ]
        assert careful == [(cue, share) for cue, share in whole if share is not None and share >= least]


@pytest.mark.parametrize("least", [-0.1, 1.5, float("nan")])
def test_a_share_is_between_0_and_1(least):
    with pytest.raises(ValueError, match="from 0 to 1"):
        sayso.Pipeline(min_confidence=least)


def test_an_attribution_says_why(nlp):
    (a,) = nlp("Officials in Norvia said that the ferry had left on time.").attributions
    assert "model" in a.why and '"say" with that-clause' in a.why


def test_what_is_inside_a_content_has_its_parent(nlp):
    outer, inner = nlp("Quill said that Norvia claims that the tanker was empty.").attributions
    assert (inner.source.text, inner.cue.text, inner.parent.id) == ("Norvia", "claims", outer.id)


def test_one_set_of_predictions_against_another(tmp_path):
    docs = [{**ROOTS, "id": f"a{i}"} for i in range(20)]
    gold = gold_file(tmp_path, *docs)
    worse = gold_file(
        tmp_path, *({"id": d["id"], "attributions": [ROOK]} for d in docs[1:]), name="other.jsonl"
    )
    figures = evaluate("attribution", gold, giving(*ROOTS["attributions"]), Options(against=worse))
    by, low, high = figures.values["against"]["relation partial"]
    assert 0 < low <= by <= high and by == pytest.approx(100 - 200 * 19 / (19 + 60), abs=0.01)
    assert "over resampled documents" in str(figures)
    same = gold_file(
        tmp_path, *({"id": d["id"], "attributions": d["attributions"]} for d in docs), name="same.jsonl"
    )
    figures = evaluate("attribution", gold, giving(*ROOTS["attributions"]), Options(against=same))
    assert set(map(tuple, figures.values["against"].values())) == {(0, 0, 0)}


def test_a_foreign_document_in_the_other_file_is_an_error(tmp_path):
    gold = gold_file(tmp_path, ROOTS)
    other = gold_file(tmp_path, {"id": "b", "attributions": []}, name="other.jsonl")
    with pytest.raises(ValueError, match=r"other\.jsonl.*1.*'b'"):
        evaluate("attribution", gold, giving(), Options(against=other))


def test_an_interval_holds_what_chance_gives():
    chance = random.Random(7)
    ours = [(chance.random() < 0.6, 1) for _ in range(400)]
    theirs = [(chance.random() < 0.5, 1) for _ in range(400)]
    found = differences(ours, theirs, lambda sums: {"share": 100 * sums[0] / sums[1]})
    by, low, high = found["share"]
    # The standard error of such a difference is 3.5.
    assert low < by < high and 10 < high - low < 18


def test_reliability_sets_what_is_said_against_what_is_right():
    lines = reliability([(0.95, True)] * 19 + [(0.95, False)] + [(0.31, True), (0.31, False)])
    assert [line.split() for line in lines[1:]] == [
        ["0.3", "-", "0.4", "2", "31.0", "50.0"],
        ["0.9", "-", "1.0", "20", "95.0", "95.0"],
    ]
