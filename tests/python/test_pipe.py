"""Many records: every form in which they come gives the same documents."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest
import sayso
from samples import SAID, STORY

CUES = Path(__file__).parents[2] / "data/lexicon/en/cues.tsv"
TEXTS = [SAID, STORY, "Nothing is said here.", "", "Norvia denied the charge."]
IDS = ["a", "b", "c", "d", "e"]
COLUMNS = {"id": IDS, "text": TEXTS, "outlet": ["Northline", None, "Radio Mell", None, None]}
DICTS = [dict(zip(COLUMNS, cells, strict=True)) for cells in zip(*COLUMNS.values(), strict=True)]


@pytest.mark.parametrize(
    "records",
    [
        DICTS,
        iter(DICTS),
        pandas.DataFrame(COLUMNS),
        pandas.DataFrame(COLUMNS, index=[9, 8, 7, 6, 5]),
        polars.DataFrame(COLUMNS),
        pyarrow.table(COLUMNS),
        pyarrow.table(COLUMNS).cast(pyarrow.schema([(name, pyarrow.large_string()) for name in COLUMNS])),
    ],
    ids=["dicts", "iterator", "pandas", "pandas-index", "polars", "arrow", "arrow-large"],
)
def test_pipe_takes_named_columns(nlp, records):
    assert list(nlp.pipe(records)) == [nlp(record) for record in DICTS]


@pytest.mark.parametrize(
    "records",
    [
        TEXTS,
        tuple(TEXTS),
        (text for text in TEXTS),
        pandas.Series(TEXTS),
        pandas.Series(TEXTS, dtype=object),
        polars.Series("body", TEXTS),
        pyarrow.array(TEXTS),
        pyarrow.chunked_array([TEXTS]),
    ],
    ids=["list", "tuple", "generator", "pandas", "pandas-object", "polars", "arrow", "arrow-chunked"],
)
def test_pipe_takes_texts(nlp, records):
    docs = list(nlp.pipe(records))
    assert [doc.text for doc in docs] == TEXTS
    assert [doc.id for doc in docs] == ["0", "1", "2", "3", "4"]


def test_pipe_renames_columns(nlp):
    frame = polars.DataFrame(
        {"body": [SAID], "link": ["https://news.example/1"], "day": [datetime.date(2026, 6, 3)]}
    )
    (doc,) = nlp.pipe(frame, text="body", id="link", date="day")
    assert (doc.text, doc.id, doc.date) == (SAID, "https://news.example/1", "2026-06-03")


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("batch_size", [1, 7, 1000])
def test_pipe_keeps_order(nlp, threads, batch_size):
    texts = [f"{TEXTS[i % 5]} {i}" for i in range(60)]
    docs = list(nlp.pipe(texts, threads=threads, batch_size=batch_size))
    assert [doc.text for doc in docs] == texts
    assert [doc.to_json() for doc in docs] == [doc.to_json() for doc in nlp.pipe(texts, threads=1)]


def test_pipe_is_lazy(nlp):
    taken = []

    def endless():
        for i in itertools.count():
            taken.append(i)
            yield SAID

    docs = nlp.pipe(endless(), batch_size=4)
    assert not taken
    assert [doc.id for doc in itertools.islice(docs, 3)] == ["0", "1", "2"]
    assert len(taken) == 4


def test_pipe_allows_an_id_twice(nlp):
    docs = list(nlp.pipe([{"text": "a", "id": "x"}, {"text": "b", "id": "x"}, {"text": "c", "id": 7}]))
    assert [doc.id for doc in docs] == ["x", "x", "7"]


def test_pipe_of_the_module():
    assert [doc.text for doc in sayso.pipe([SAID])] == [SAID]
    assert [doc.text for doc in sayso.pipe([{"body": SAID}], text="body")] == [SAID]


def test_own_names():
    names = sayso.Pipeline(gazetteer={"Norvia Shipping": "org:norvia-shipping"})
    (entity,) = [e for e in names("The crew left Norvia Shipping.").entities if e.id == "org:norvia-shipping"]
    assert (entity.name, entity.label) == ("Norvia Shipping", "ORG")


def test_own_cues(tmp_path):
    head, *rows = (line for line in CUES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    (like,) = (row.split("\t") for row in rows if row.startswith("say\t"))
    own = tmp_path / "mine.tsv"
    own.write_text("\t".join(head.split("\t")) + "\n" + "\t".join(["blorgify", *like[1:]]) + "\n")
    text = '"The ship sank," Mara Quill blorgified.'
    (found,) = sayso.Pipeline(lexicon=own)(text).attributions
    assert (found.source.text, found.cue.text) == ("Mara Quill", "blorgified")
    assert not [a for a in sayso.read(text).attributions if a.cue and a.cue.text == "blorgified"]


def test_read_takes_html(tmp_path):
    page = tmp_path / "page.html"
    copy = "".join(
        f"<p>{line}</p>"
        for line in [SAID, "Nobody knew on Monday why it had gone down.", *["Rain fell."] * 9]
    )
    page.write_text(f"<html><body><nav>Home</nav><article>{copy}</article></body></html>")
    doc = sayso.read(page)
    assert "Home" not in doc.text
    (said,) = [a for a in doc.attributions if a.cue and a.cue.text == "said"]
    assert doc.text[said.source.start : said.source.end] == "Mara Quill"


def test_read_takes_a_text_or_a_path(article):
    assert sayso.read(STORY).text == STORY
    doc = sayso.read(article)
    assert (doc.id, doc.text) == ("article", STORY)


def test_a_text_that_is_the_name_of_a_file_is_asked_about(nlp, article):
    with pytest.warns(UserWarning, match="Path"):
        assert nlp.read(str(article)).text == str(article)


def test_names_that_are_no_strings_are_refused():
    with pytest.raises(TypeError, match="found 'Norvia': 1"):
        sayso.Pipeline(gazetteer={"Norvia": 1})
