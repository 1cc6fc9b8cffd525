"""Factuality of events: of documents, from files, and against people's judgements."""

from __future__ import annotations

import gzip
import json
import pickle
import random
import subprocess
import sys

import numpy as np
import pytest
import sayso
from samples import SHARED
from sayso.cli import main as command
from sayso.evaluate import GoldError, Options, PredictionError, evaluate, main

TEXT = "🚢 The crew managed to escape. Fenn denies that the ferry will sink."


def place(word, text=TEXT):
    start = text.index(word)
    return start, start + len(word)


def event(id, word, **more):
    start, end = place(word)
    return {"id": id, "start": start, "end": end, **more}


RECORD = {"id": "a", "text": TEXT, "events": [event("a1", "escape"), event("a2", "sink")]}


def lines(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_document_gives_a_value_for_each_span(nlp):
    doc = nlp(TEXT)
    values = doc.factuality([place("escape"), place("sink"), place("denies")])
    assert values.dtype == np.float32 and values.shape == (3,)
    assert (np.abs(values) <= 3).all()
    assert values[0] > 1.5 and values[2] > 2
    assert doc.factuality([]).shape == (0,)


def test_the_scales_differ_on_the_future(nlp):
    text = "The council will build a bridge."
    doc = nlp(text)
    (uw,), (uds,) = (doc.factuality([place("build", text)], scale=scale) for scale in ("uw", "uds"))
    assert uw > 1 > -0.5 > uds
    assert doc.factuality([place("build", text)])[0] == uw


def test_a_failed_escape_did_not_happen(nlp):
    text = "The crew failed to escape."
    assert nlp(text).factuality([place("escape", text)])[0] < -1


def test_spans_may_be_tokens_or_spans_or_rows_of_an_array(nlp):
    doc = nlp(TEXT)
    pair = place("escape")
    token = next(token for token in doc.tokens if token.text == "escape")
    expected = doc.factuality([pair])
    for span in (token, token.span, list(pair), np.array(pair)):
        assert doc.factuality([span]) == expected
    assert doc.factuality(np.array([pair])) == expected


def test_parsing_json_and_pickles_do_not_change_a_value(nlp):
    doc = nlp(TEXT)
    spans = [place("escape"), place("sink")]
    expected = doc.factuality(spans).tolist()
    whole = sayso.Pipeline(parse="all")(TEXT)
    for other in (whole, sayso.Document.from_json(doc.to_json()), pickle.loads(pickle.dumps(doc))):
        assert other.factuality(spans).tolist() == expected


def test_events_of_a_title_are_found_by_their_spans(doc):
    token = next(token for token in doc.tokens if token.field == "title" and token.text == "denies")
    assert doc.factuality([token.span])[0] > 1.5


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((5, 999), rf"spans\[0\]: expected 0 <= start < end <= {len(TEXT)}.*found 5 and 999"),
        ((-1, 4), r"found -1 and 4"),
        ((8, 5), r"found 8 and 5"),
        ((8, 8), r"found 8 and 8"),
        ((1, 2), r"spans\[0\]: expected a word of a sentence, found none there"),
        (("a", "b"), r"spans\[0\]: expected a start and an end, found \('a', 'b'\)"),
        (7, r"spans\[0\]: expected a start and an end, found 7"),
    ],
)
def test_bad_spans_are_named(nlp, span, expected):
    with pytest.raises(ValueError, match=expected):
        nlp(TEXT).factuality([span])


def test_there_are_two_scales(nlp):
    with pytest.raises(ValueError, match='scale: expected "uw" or "uds", not "UW"'):
        nlp(TEXT).factuality([place("escape")], scale="UW")


def test_the_command_writes_a_line_an_event(tmp_path, nlp, capsys):
    source, out = (
        lines(tmp_path / "in.jsonl", RECORD, {"text": "No event.", "events": []}),
        tmp_path / "out.jsonl",
    )
    assert command(["events", str(source), "-o", str(out)]) == 0
    assert "2 events" in capsys.readouterr().out
    found = read(out)
    assert [row["id"] for row in found] == ["a1", "a2"]
    values = nlp(TEXT).factuality([place("escape"), place("sink")])
    assert [row["value"] for row in found] == pytest.approx(values.tolist())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_the_command_takes_scale_threads_and_gzip(tmp_path):
    records = [
        {**RECORD, "events": [{**e, "id": f"{n}-{e['id']}"} for e in RECORD["events"]]} for n in range(40)
    ]
    source = lines(tmp_path / "in.jsonl", *records)
    packed = tmp_path / "in.jsonl.gz"
    packed.write_bytes(gzip.compress(source.read_bytes()))
    outs = []
    for name, threads in (("in.jsonl", "1"), ("in.jsonl", "2"), ("in.jsonl.gz", "2")):
        out = tmp_path / "out.jsonl"
        given = ["events", str(tmp_path / name), "-o", str(out), "--scale", "uds", "--threads", threads]
        assert command(given) == 0
        outs.append(out.read_bytes())
    assert outs[0] == outs[1] == outs[2]
    assert len(outs[0].splitlines()) == 80


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ('{"text": "They left."', "expected JSON"),
        ("[]", "expected an object, found a list"),
        ('{"events": []}', "expected 'text' to be a string, found nothing"),
        ('{"text": "They left."}', "expected 'events' to be a list, found nothing"),
        ('{"text": "They left.", "events": {}}', "expected 'events' to be a list, found an object"),
        ('{"text": "They left.", "events": [5]}', "events[0]: expected an object, found a number"),
        (
            '{"text": "They left.", "events": [{"start": 5, "end": 9}]}',
            "events[0]: expected 'id' to be a string, found nothing",
        ),
        (
            '{"text": "They left.", "events": [{"id": "x", "start": 5}]}',
            "events[0]: expected 'start' and 'end' to be whole numbers, found [5, null]",
        ),
        (
            '{"text": "They left.", "events": [{"id": "x", "start": 5, "end": 11}]}',
            "events[0]: expected 0 <= start < end <= 10, the code points of the text, found 5 and 11",
        ),
        (
            '{"text": "They left.", "events": [{"id": "x", "start": 9, "end": 5}]}',
            "found 9 and 5",
        ),
        (
            '{"text": "  ", "events": [{"id": "x", "start": 0, "end": 2}]}',
            "event 'x': expected a word of a sentence, found none there",
        ),
        (
            '{"text": "We go.", "events": [{"id": "y", "start": 3, "end": 5}, '
            '{"id": "y", "start": 0, "end": 2}]}',
            "expected an id of its own for 'y': this line has it twice",
        ),
        (
            '{"text": "They left.", "events": [{"id": "a1", "start": 5, "end": 9}]}',
            "expected an id of its own for 'a1': line 1 has 'a1' too",
        ),
    ],
)
def test_bad_records_name_file_and_line(tmp_path, capsys, record, expected):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f"{json.dumps(RECORD)}\n\n{record}\n", encoding="utf-8")
    assert command(["events", str(source), "-o", str(out)]) == 2
    told = capsys.readouterr().err
    assert f"{source}:3: " in told and expected in told
    assert not out.exists()


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    assert command(["events", str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "out.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


# --- evaluation


def gold(*values, name="a"):
    """A sentence for each value, with one event."""
    return [
        {"id": f"{name}{n}", "text": TEXT, "events": [event(f"{name}{n}-0", "escape", value=value)]}
        for n, value in enumerate(values)
    ]


def saying(*values):
    return lambda records: [
        {"id": r["id"], "events": [{"id": r["events"][0]["id"], "value": value}]}
        for r, value in zip(records, values, strict=True)
    ]


def test_figures_counted_by_hand(tmp_path):
    path = lines(tmp_path / "gold.jsonl", *gold(3, 3, -3, 0))
    figures = evaluate("events", path, saying(2, 9, -1, 1))
    values = figures.values
    # 9 counts as 3: errors 1, 0, 2, 1.
    assert values["mae"] == 1.0 and values["n"] == 4
    assert values["pearson_r"] == pytest.approx(0.9683, abs=1e-4)
    assert (values["f1_negative"], values["f1_positive"], values["f1_uncertain"]) == (1.0, 0.8, 0.0)
    assert values["mae_negative"] == 2.0
    assert values["band_macro_f1"] == pytest.approx(0.6)
    assert figures.lines[0] == "mae 1.0000"


def test_what_does_not_vary_has_no_correlation(tmp_path):
    path = lines(tmp_path / "gold.jsonl", *gold(3, -3))
    assert evaluate("events", path, saying(1, 1)).values["pearson_r"] == 0.0


def test_the_scale_is_that_of_the_gold_or_of_the_option(tmp_path):
    def scales(name, *options):
        asked = []

        def predict(records):
            for record in records:
                asked.append(record["scale"])
                assert all(set(e) == {"id", "start", "end"} for e in record["events"])
                yield {"id": record["id"], "events": [{"id": e["id"], "value": 1} for e in record["events"]]}

        evaluate("events", lines(tmp_path / "gold.jsonl", *gold(3, -3, name=name)), predict, *options)
        return set(asked)

    assert scales("a") == {"uw"}
    assert scales("uds-dev-") == {"uds"}
    assert scales("uds-dev-", Options(scale="uw")) == {"uw"}


def test_the_pipeline_is_measured_and_what_it_said_is_written(tmp_path, capsys):
    path, out = lines(tmp_path / "gold.jsonl", *gold(3, 2.5)), tmp_path / "out.jsonl"
    assert command(["eval", "events", str(path), "--predictions", str(out)]) == 0
    assert '"dataset": "uw_factuality"' in capsys.readouterr().out
    assert [row["id"] for row in read(out)] == ["a0-0", "a1-0"]
    assert all(-3 <= row["value"] <= 3 for row in read(out))


@pytest.mark.parametrize(
    ("record", "line", "expected"),
    [
        (
            {"id": "b", "text": "They left.", "events": [{"id": "x", "start": 5, "end": 9}]},
            2,
            "'value' to be a number",
        ),
        ({"id": "a0", "text": "They left.", "events": []}, 2, "an id of its own, found 'a0'"),
    ],
)
def test_bad_gold(tmp_path, record, line, expected):
    path = lines(tmp_path / "gold.jsonl", *gold(3), record)
    with pytest.raises(GoldError, match=expected) as error:
        evaluate("events", path, saying(1))
    assert error.value.line == line


def test_gold_without_events(tmp_path):
    path = lines(tmp_path / "gold.jsonl", {"id": "b", "text": "They left.", "events": []})
    with pytest.raises(GoldError, match="expected at least one event"):
        evaluate("events", path, saying())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"id": "a0"}, "expected the events"),
        ({"id": "a0", "events": []}, "expected the events"),
        ({"id": "a0", "events": [{"id": "a0-0", "value": "high"}]}, "expected a finite value, found 'high'"),
        ({"id": "a0", "events": [{"id": "a0-0", "value": float("nan")}]}, "expected a finite value"),
    ],
)
def test_bad_predictions(tmp_path, said, expected):
    with pytest.raises(PredictionError, match=expected):
        evaluate("events", lines(tmp_path / "gold.jsonl", *gold(3)), lambda records: [said])


@pytest.mark.skipif(SHARED is None, reason="the reference scorers are not there")
@pytest.mark.parametrize("scale", ["uw", "uds"])
def test_figures_are_those_of_the_reference_scorers(tmp_path, capsys, scale):
    chance = random.Random(7)
    values = [chance.choice([-3, -1.2, -1, 0, 0.4, 1, 2.2, 3]) for _ in range(60)]
    path = lines(tmp_path / "gold.jsonl", *gold(*values, name=f"{scale}-"))
    out = tmp_path / "out.jsonl"
    main("events", path, out, saying(*(value + chance.uniform(-2, 2) for value in values)))
    ours = capsys.readouterr().out
    script = str(SHARED / "eval" / f"score_{scale}_factuality.py")
    given = [sys.executable, script, str(path), str(out)]
    assert subprocess.run(given, capture_output=True, text=True, check=True).stdout == ours
