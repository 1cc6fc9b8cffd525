"""Sentiment towards targets: rows for pandas, clear errors, and the figures of the reference scorer."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas
import pytest
import sayso
from hypothesis import given
from hypothesis import strategies as st
from samples import SHARED
from sayso.evaluate import GoldError, PredictionError, evaluate, main

TEXT = "Prosecutors accused Ælfric Bélanger of fraud. 🚢 Mara Quill won praise for her brave rescue."
LABELS = ("negative", "neutral", "positive")
ROWS = [
    ("a", "The board praised Mara Quill.", "Mara Quill", "positive"),
    ("b", "The court jailed Ole Rook for fraud.", "Ole Rook", "negative"),
    ("c", "Jan Finch arrived on Monday.", "Jan Finch", "neutral"),
    ("d", "Critics mocked Anna Rook and her failed plan.", "Anna Rook", "negative"),
]


def place(name, text=TEXT):
    return text.index(name), text.index(name) + len(name)


def gold_file(tmp_path, rows=ROWS):
    path = tmp_path / "targets.jsonl"
    docs = []
    for key, text, name, label in rows:
        start, end = place(name, text)
        docs.append({"id": key, "text": text, "start": start, "end": end, "label": label})
    path.write_text("".join(json.dumps(doc) + "\n" for doc in docs), encoding="utf-8")
    return path


def test_each_target_has_a_row_in_the_order_of_the_spans():
    spans = [place("Mara Quill"), place("Ælfric Bélanger")]
    mara, alfric = sayso.sentiment(TEXT, spans)
    assert (mara.text, alfric.text) == ("Mara Quill", "Ælfric Bélanger")
    assert (mara.label, alfric.label) == ("positive", "negative")
    assert (alfric.start, alfric.end) == spans[1]
    for row in (mara, alfric):
        scores = {label: getattr(row, label) for label in LABELS}
        assert sum(scores.values()) == pytest.approx(1, abs=2e-4)
        assert row.label == max(scores, key=scores.get)


def test_a_list_of_rows_is_a_data_frame():
    frame = pandas.DataFrame(sayso.sentiment(TEXT, [place("Mara Quill")]))
    assert list(frame.columns) == ["start", "end", "text", "label", *LABELS]
    assert frame.loc[0, "text"] == "Mara Quill"


def test_mentions_are_targets():
    doc = sayso.read(TEXT)
    rows = sayso.sentiment(doc.text, doc.mentions)
    assert [row.text for row in rows] == [mention.text for mention in doc.mentions]
    assert sayso.sentiment(doc.text, []) == []


def test_a_target_is_judged_by_its_own_sentence_and_not_by_its_name():
    alone = TEXT[: TEXT.index(".") + 1]
    assert sayso.sentiment(alone, [place("Ælfric Bélanger")]) == sayso.sentiment(
        TEXT, [place("Ælfric Bélanger")]
    )
    other = alone.replace("Ælfric Bélanger", "Mara Quill")
    (one,), (two,) = (
        sayso.sentiment(t, [place(n, t)]) for t, n in ((alone, "Ælfric Bélanger"), (other, "Mara Quill"))
    )
    assert one[3:] == two[3:]


def test_it_does_not_hang_on_what_the_pipeline_parses():
    spans = [place("Mara Quill"), place("Ælfric Bélanger")]
    assert sayso.Pipeline(parse="none").sentiment(TEXT, spans) == sayso.sentiment(TEXT, spans)


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        (TEXT, [(0, 11), (0, 999)], r"spans\[1\]: expected 0 <= start < end <= \d+.*found \(0, 999\)"),
        (TEXT, [(-1, 4)], r"spans\[0\]: expected 0 <= start"),
        (TEXT, [(9, 4)], r"spans\[0\]: .*found \(9, 4\)"),
        (TEXT, [(4, 4)], r"spans\[0\]: .*found \(4, 4\)"),
        ("", [(0, 1)], r"spans\[0\]: expected 0 <= start < end <= 0"),
        ("   ", [(0, 2)], r"spans\[0\]: expected a word in \(0, 2\), found none"),
        ("He left ... at noon.", [(8, 11)], r"spans\[0\]: expected a word"),
    ],
)
def test_a_span_that_is_none_is_told_by_its_number(text, spans, expected):
    with pytest.raises(ValueError, match=expected):
        sayso.sentiment(text, spans)


@pytest.mark.parametrize("span", [3, "ab", (1,), (1, 2, 3), (1.5, 2), None, ("a", "b")])
def test_what_is_no_span_is_told_by_its_number(span):
    with pytest.raises(TypeError, match=r"spans\[1\]: expected \(start, end\)"):
        sayso.sentiment(TEXT, [(0, 11), span])


def test_what_is_no_text_is_told():
    with pytest.raises(TypeError, match="text: expected a string, found Document"):
        sayso.sentiment(sayso.read(TEXT), [(0, 11)])
    title = sayso.Pipeline()({"title": "Board blames Germany", "text": "It is so."}).mentions[0]
    with pytest.raises(ValueError, match=r"spans\[0\]: it counts in the title"):
        sayso.sentiment("It is so.", [title])


@given(st.text(min_size=1, max_size=200), st.data())
def test_any_text_is_judged_or_refused_in_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    said = answer(text, (start, end))
    assert said in LABELS or "expected a word" in said


def answer(text, span):
    """The label, or the words of the refusal."""
    try:
        return sayso.sentiment(text, [span])[0].label
    except ValueError as error:
        return str(error)


def test_figures_are_counted_by_hand(tmp_path):
    said = {"a": "positive", "b": "negative", "c": "negative", "d": "neutral"}
    predict = lambda rows: [{"id": row["id"], "label": said[row["id"]]} for row in rows]  # noqa: E731
    values = evaluate("sentiment", gold_file(tmp_path), predict).values
    assert values["f1_positive"] == 100.0
    assert values["f1_negative"] == 50.0
    assert values["f1_neutral"] == 0.0
    assert values["macro_f1"] == values["accuracy"] == values["macro_recall"] == 50.0
    assert values["f1_pos_neg"] == 75.0


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"label": "mixed"}, "expected a label of negative, neutral, positive, found 'mixed'"),
        ({"end": 99}, r"expected a span in the text, found 18\.\.99"),
        ({"start": "0"}, "expected 'start' to be a number, found a string"),
    ],
)
def test_what_is_no_target_is_refused_with_its_line(tmp_path, change, expected):
    path = gold_file(tmp_path)
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([json.dumps(json.loads(first) | change), *rest]), encoding="utf-8")
    with pytest.raises(GoldError, match=r"targets\.jsonl:1: " + expected):
        evaluate("sentiment", path, list)


def test_what_is_no_label_is_refused(tmp_path):
    with pytest.raises(PredictionError, match="a: expected a label"):
        evaluate("sentiment", gold_file(tmp_path), lambda rows: [{"id": row["id"]} for row in rows])


@pytest.mark.skipif(SHARED is None, reason="the reference scorer is not here")
def test_the_reference_scorer_agrees(tmp_path, capsys):
    gold, out = gold_file(tmp_path), tmp_path / "said"
    figures = main("sentiment", gold, predictions_out=out)
    script = [sys.executable, str(SHARED / "eval" / "score_newsmtsc.py"), str(gold), str(out)]
    shown = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    reference = json.loads(shown.splitlines()[-1])
    assert {name: round(100 * reference[name], 3) for name in figures.values} == figures.values
