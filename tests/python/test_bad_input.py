"""Whatever comes in, a clear message or a document with a warning comes out."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pandas
import polars
import pytest
import sayso


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\0", "\ufeff", "“", "”", '"' * 9, "a" * 100_000])
def test_any_text_gives_a_document(nlp, text):
    assert nlp(text).text == text


@pytest.mark.parametrize("mark", ['"', "“", "“a” ", "'", "(", "\n", ". ", "Mara said so. "])
def test_a_million_of_anything_gives_a_document(nlp, mark):
    text = mark * (1_000_000 // len(mark))
    assert len(nlp(text).text) == len(text)


def test_a_sentence_of_cues_gives_a_document(nlp):
    text = "he said " * 2000
    assert nlp(text).text == text


def test_a_single_line_of_megabytes_gives_a_document(nlp):
    text = "Mara Quill said the ship sank and nobody knew why it had. " * 40_000
    assert nlp(text).text == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ünï \ud800 said", "Ünï \ufffd said"),
        ("\udfff\ud800", "\ufffd\ufffd"),
        ("\ud83d\ude00 said 🚢", "\ufffd\ufffd said 🚢"),
    ],
)
def test_lone_surrogates_are_replaced_one_for_one(nlp, text, kept):
    doc = nlp({"text": text, "title": "\ud800", "id": "\udc80"})
    assert (doc.text, doc.title, doc.id) == (kept, "\ufffd", "\ufffd")
    assert len(doc.text) == len(text)
    assert "U+FFFD" in doc.warnings[0]


@pytest.mark.parametrize("text", [None, math.nan, np.nan, pandas.NA, pandas.NaT, 5, b"bytes"])
def test_a_record_without_text_does_not_stop_the_others(nlp, text):
    docs = list(nlp.pipe([{"text": "a"}, {"text": text}, {"id": "x"}, {"text": "b"}]))
    assert [doc.text for doc in docs] == ["a", "", "", "b"]
    assert "no text" in docs[1].warnings[0]
    assert docs[2].warnings == ["no text"]


@pytest.mark.parametrize(
    "records",
    [
        ["a", None],
        pandas.Series(["a", None]),
        pandas.Series(["a", math.nan], dtype=object),
        polars.Series(["a", None]),
    ],
)
def test_a_gap_in_a_series_does_not_stop_the_others(nlp, records):
    assert [doc.warnings for doc in nlp.pipe(records)] == [[], ["no text"]]


@pytest.mark.parametrize(
    "records",
    [
        [{"body": "a", "link": "b"}],
        pandas.DataFrame({"body": ["a"], "link": ["b"]}),
        polars.DataFrame({"body": ["a"], "link": ["b"]}),
    ],
)
def test_a_missing_column_names_those_there_are(nlp, records):
    with pytest.raises(ValueError, match=r"no column 'text'.*'body', 'link'"):
        list(nlp.pipe(records))
    with pytest.raises(ValueError, match=r"no column 'url' for the id.*'body', 'link'"):
        list(nlp.pipe(records, text="body", id="url"))


@pytest.mark.parametrize("records", ["one text", b"bytes", {"text": "a"}, Path("a.txt"), 5, None])
def test_what_is_not_many_records_is_refused_at_once(nlp, records):
    with pytest.raises(TypeError, match="pipe takes"):
        nlp.pipe(records)


@pytest.mark.parametrize("record", [b"bytes", Path("a.txt"), ["a"], ("a", "b")])
def test_what_is_no_record_is_refused_with_its_place(nlp, record):
    with pytest.raises(TypeError, match="record 1 is"):
        list(nlp.pipe(["a", record]))


def test_a_lazy_frame_is_refused(nlp):
    with pytest.raises(TypeError, match="collect"):
        nlp.pipe(polars.LazyFrame({"text": ["a"]}))


@pytest.mark.parametrize("number", [0, -1])
def test_counts_start_at_one(nlp, number):
    with pytest.raises(ValueError, match="threads must be at least 1"):
        sayso.Pipeline(threads=number)
    with pytest.raises(ValueError, match="threads must be at least 1"):
        nlp.pipe(["a"], threads=number)
    with pytest.raises(ValueError, match="batch_size must be at least 1"):
        nlp.pipe(["a"], batch_size=number)


def test_a_missing_lexicon_is_named():
    with pytest.raises(sayso.SaysoError, match=r"nowhere\.tsv"):
        sayso.Pipeline(lexicon="nowhere.tsv")
    with pytest.raises(sayso.SaysoError, match=r"nowhere\.tsv"):
        sayso.Pipeline(gazetteer=["nowhere.tsv"])


def test_a_broken_lexicon_is_named_with_its_line(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_text("what\tis\tthis\na\tb\tc\n")
    with pytest.raises(sayso.SaysoError, match=r"mine\.tsv:1"):
        sayso.Pipeline(lexicon=path)
    with pytest.raises(sayso.SaysoError, match=r"mine\.tsv:1"):
        sayso.Pipeline(gazetteer=path)


def test_files_that_are_no_article_are_named(tmp_path):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "two.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n')
    for name in ("missing.txt", "empty.txt", "binary.txt", "two.jsonl"):
        with pytest.raises(sayso.SaysoError, match=re.escape(name)):
            sayso.read(tmp_path / name)


@pytest.mark.parametrize(
    ("data", "warning"),
    [(b" \n", "empty text"), (b"caf\xe9 said", "decoded as windows-1252"), (b"caf\xc3\xa9", None)],
)
def test_a_file_in_another_encoding_is_read_with_a_warning(tmp_path, data, warning):
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    warnings = sayso.read(path).warnings
    assert any(warning in told for told in warnings) if warning else not warnings
