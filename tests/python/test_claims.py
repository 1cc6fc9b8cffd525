"""Stance towards claims: one pair, many, files, and what is wrong with them."""

from __future__ import annotations

import gzip
import json
import pickle
import re

import pytest
import sayso
from examples import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from sayso.cli import main

CLAIM = "A crocodile was seen in the harbour of Dunmere"
AGREES = "Crocodile seen in Dunmere harbour"
DENIES = "No, there is no crocodile in Dunmere harbour: the photo is a hoax"
HEDGES = "Crocodile reportedly seen in Dunmere harbour, according to unconfirmed rumours"
ELSEWHERE = "Norvia raises its prices for copper by a tenth"
ARTICLE = (
    "A photo of a crocodile in the harbour of Dunmere is a hoax, the harbour board said on Monday. "
    "The picture was doctored and the story is false. No crocodile was seen in Dunmere, the police said."
)


@pytest.fixture(scope="module")
def judge():
    return sayso.Judge(threads=2)


@pytest.mark.parametrize(
    ("text", "label"),
    [(AGREES, "agree"), (DENIES, "disagree"), (HEDGES, "discuss"), (ELSEWHERE, "unrelated")],
)
def test_headlines(text, label):
    found = sayso.stance(CLAIM, text)
    assert (found.label, found.form) == (label, "headline")
    assert list(found.scores) == list(sayso.STANCES)
    assert sum(found.scores.values()) == pytest.approx(1)
    assert found.scores[label] == max(found.scores.values())


def test_articles(judge):
    found = judge(CLAIM, ARTICLE)
    assert found.form == "article"
    assert found.label != "unrelated"
    assert judge("Norvia raises its prices for copper by a tenth", ARTICLE).label == "unrelated"


def test_the_form_can_be_said(judge):
    assert judge(CLAIM, AGREES, "article").form == "article"
    assert judge(CLAIM, ARTICLE, "headline").form == "headline"
    assert judge(CLAIM, AGREES, "article").scores != judge(CLAIM, AGREES).scores
    with pytest.raises(ValueError, match='expected "headline" or "article", not "tweet"'):
        judge(CLAIM, AGREES, "tweet")


@pytest.mark.parametrize("claim", ["", " \n", "?!", "…"])
def test_a_claim_without_words(judge, claim):
    with pytest.raises(ValueError, match="claim: expected a sentence, found no words"):
        judge(claim, AGREES)


@pytest.mark.parametrize("text", ["", "\n\n", '"'])
@pytest.mark.parametrize("form", [None, "headline", "article"])
def test_a_text_without_sentences(judge, text, form):
    with pytest.raises(ValueError, match="text: expected sentences, found no words"):
        judge(CLAIM, text, form)


def test_many_come_in_order_whatever_the_threads(judge):
    pairs = [(CLAIM, text) for text in (AGREES, DENIES, HEDGES, ELSEWHERE, ARTICLE)] * 80
    found = list(judge.pipe(pairs))
    assert found == [sayso.stance(*pair) for pair in pairs]
    assert found == list(sayso.Judge(threads=1).pipe(iter(pairs)))
    with pytest.raises(ValueError, match="pair 2: claim"):
        list(judge.pipe([*pairs[:2], ("", AGREES)]))


def test_stances_and_judges_pickle(judge):
    found = judge(CLAIM, DENIES)
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(judge))(CLAIM, DENIES) == found
    assert repr(found).startswith("<disagree 0.")


JUDGE = sayso.Judge(threads=1)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=300), st.sampled_from([None, "headline", "article"]))
def test_any_two_strings_have_scores_or_no_words(claim, text, form):
    (found,) = JUDGE.answers([(claim, text)], form)
    if isinstance(found, str):
        assert found.endswith("found no words")
    else:
        assert sum(found.scores.values()) == pytest.approx(1)
        assert all(0 <= score <= 1 for score in found.scores.values())


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> crocodile\u202e in harbour",
        "crocodile " * 20_000,
        "\ud800 crocodile",
        "ｃｒｏｃｏｄｉｌｅ 🐊\u0301" * 50,
        "((((" * 5_000 + "crocodile",
        "no not never hoax " * 500,
    ],
)
def test_hostile_text(judge, text):
    for pair in ((CLAIM, text), (text, CLAIM), (text, text)):
        for form in (None, "headline", "article"):
            assert sum(judge(*pair, form).scores.values()) == pytest.approx(1)


def test_every_label_is_explained():
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(sayso.STANCES)


def written(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_the_command_writes_stances(tmp_path, capsys):
    texts = {"a": AGREES, "7": DENIES, "c": ARTICLE}
    records = [{"id": int(key) if key == "7" else key, "claim": CLAIM, "text": t} for key, t in texts.items()]
    pairs, out = written(tmp_path / "pairs.jsonl", *records), tmp_path / "out.jsonl"
    assert main(["stance", str(pairs), "-o", str(out)]) == 0
    assert "3 stances" in capsys.readouterr().out
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == list(texts)
    for row in rows:
        found = sayso.stance(CLAIM, texts[row["id"]])
        assert row["stance"] == found.label
        assert row["scores"] == pytest.approx(found.scores, abs=1e-4)


def test_the_command_reads_and_writes_gzip(tmp_path):
    packed = tmp_path / "pairs.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps({"id": "a", "claim": CLAIM, "text": DENIES}).encode()))
    outs = [tmp_path / "one" / "out.jsonl.gz", tmp_path / "two" / "out.jsonl.gz"]
    for out, threads in zip(outs, "12", strict=True):
        out.parent.mkdir()
        assert main(["stance", str(packed), "-o", str(out), "--form", "headline", "--threads", threads]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert json.loads(gzip.decompress(outs[0].read_bytes()))["stance"] == "disagree"


GOOD = {"id": "a", "claim": CLAIM, "text": AGREES}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"id": "b", "text": AGREES}, ":2: expected 'claim' to be a string, found nothing"),
        ({"id": "b", "claim": CLAIM}, ":2: expected 'text' to be a string, found nothing"),
        ({"claim": CLAIM, "text": AGREES}, ":2: expected 'id' to be a string, found nothing"),
        ({"id": True, "claim": CLAIM, "text": AGREES}, ":2: expected 'id' to be a string, found true"),
        (GOOD, ":2: expected an id of its own, line 1 has 'a' too"),
        ({"id": "b", "claim": "?", "text": AGREES}, ":2: claim: expected a sentence, found no words"),
        ({"id": "b", "claim": CLAIM, "text": " "}, ":2: text: expected sentences, found no words"),
        (["b"], ":2: expected an object with id, claim and text"),
    ],
)
def test_bad_records_name_file_and_line(tmp_path, capsys, record, expected):
    pairs, out = written(tmp_path / "pairs.jsonl", GOOD, record), tmp_path / "out.jsonl"
    assert main(["stance", str(pairs), "-o", str(out)]) == 2
    assert f"pairs.jsonl{expected}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [pairs]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"id": ', ":1: expected JSON: "),
        (b"\n\xff\xfe", ":2: expected UTF-8, found the byte 0xff"),
        (b"[" * 100_000, ":1: expected JSON"),
    ],
)
def test_what_is_no_json(tmp_path, capsys, content, expected):
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_bytes(content)
    assert main(["stance", str(pairs), "-o", str(tmp_path / "out.jsonl")]) == 2
    assert f"pairs.jsonl{expected}" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(json.dumps(GOOD).encode())[:-9]])
def test_broken_gzip(tmp_path, capsys, content):
    pairs = tmp_path / "pairs.jsonl.gz"
    pairs.write_bytes(content)
    assert main(["stance", str(pairs), "-o", str(tmp_path / "out.jsonl")]) == 2
    assert "pairs.jsonl.gz: expected a whole gzip file" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [pairs]


def test_missing_files(tmp_path, capsys):
    assert main(["stance", str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "out.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
    with pytest.raises(sayso.SaysoError, match=r"none\.model"):
        sayso.Judge(model=tmp_path / "none.model")
    other = tmp_path / "own.model"
    other.write_bytes(b"no model")
    # What is no model is no stance model either; the tagger's reader says so.
    with pytest.raises(sayso.SaysoError, match="expected a sayso model"):
        sayso.Judge(model=other)
