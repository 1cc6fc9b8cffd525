"""Linking across documents: one answer from documents, tables and files, in any order."""

from __future__ import annotations

import json
import random
from pathlib import Path

import polars
import pytest
import sayso
from examples import ROOT
from sayso.cli import main
from sayso.evaluate import GoldError, PredictionError, evaluate, link_file, pipeline

GOLD = [ROOT / "tests" / "link" / name for name in ("dev.txt", "held-out.txt")]
COLUMNS = ["document_id", "entity", "name", "label", "corpus_entity", "corpus_name", "why"]


@pytest.fixture(scope="module")
def docs(nlp):
    return list(nlp.pipe(link_file.read(GOLD[:1]).values()))


@pytest.fixture(scope="module")
def links(docs):
    return sayso.link(docs)


def rows(links):
    return links.to_polars().rows()


def test_every_entity_has_a_row(docs, links):
    assert isinstance(links, sayso.Table)
    assert links.columns == COLUMNS
    told = [(row["document_id"], row["entity"], row["name"], row["label"]) for row in links.head(10**6)]
    assert told == [(doc.id, e.id, e.name, e.label) for doc in docs for e in doc.entities]
    for row in links.head(10**6):
        assert links[row["document_id"], row["entity"]] == row["corpus_entity"]
    assert links.of(docs[0].id) == {e.id: links[docs[0].id, e.id] for e in docs[0].entities}


def test_names_are_one_across_documents(links):
    assert links["d10", "person:alexander-hrishchenko"] == links["d09", "person:oleksandr-hryshchenko"]
    assert links["d02", "org:hsb"] == "org:harbour-safety-board"
    assert links["d04", "person:tomas-kellen"] != links["d01", "person:mara-kellen"]
    assert links["d10", "person:volodymyr-zelenskyy"] == "person:volodymyr-zelenskyy"


def test_what_is_not_there(links):
    assert links.of("nowhere") == {}
    with pytest.raises(KeyError):
        links["nowhere", "person:nobody"]


def test_the_order_of_the_documents_tells_nothing(docs, links):
    for seed in range(3):
        shuffled = docs.copy()
        random.Random(seed).shuffle(shuffled)
        assert sorted(rows(sayso.link(iter(shuffled)))) == sorted(rows(links))


def test_tables_and_files_say_the_same(docs, links, tmp_path):
    assert rows(sayso.link(sayso.tables(docs))) == rows(links)
    lines = [doc.to_json(text=False) + "\n" for doc in docs]
    whole, first, second = (tmp_path / f"{name}.jsonl" for name in ("whole", "first", "second"))
    for path, part in [(whole, lines), (first, lines[:11]), (second, lines[11:])]:
        path.write_text("".join(part), encoding="utf-8")
    assert rows(sayso.link(whole)) == rows(sayso.link(str(whole))) == rows(links)
    assert rows(sayso.link([first, second])) == rows(links)


def test_the_command_links_what_a_run_wrote(docs, links, tmp_path, capsys):
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps({"id": doc.id, "text": doc.text}) + "\n" for doc in docs))
    for out in ("out.jsonl.gz", "out.parquet"):
        assert main(["run", str(records), "-o", str(tmp_path / out)]) == 0
        for name in ("links.jsonl", "links.parquet"):
            assert main(["link", str(tmp_path / out), "-o", str(tmp_path / name)]) == 0
        lines = (tmp_path / "links.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == links.head(10**6)
        assert polars.read_parquet(tmp_path / "links.parquet").rows() == rows(links)
    assert f"{len(links):,} entities of documents, " in capsys.readouterr().out


def test_nothing_gives_a_table_with_columns(tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    for nothing in ([], iter([]), sayso.tables([]), empty):
        links = sayso.link(nothing)
        assert (len(links), links.columns, links.to_polars().columns) == (0, COLUMNS, COLUMNS)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("missing.jsonl", None, "missing.jsonl"),
        ("text.txt", "Mara Quill left.", "expected what `sayso run` wrote"),
        ("other.jsonl", '\n{"text": "x"}', 'other.jsonl:2: expected a document of schema "sayso/1"'),
        ("lines.jsonl", "no JSON", "lines.jsonl:1: expected a document of schema"),
        (
            "later.jsonl",
            '{"schema": "sayso/9", "id": "a", "mentions": [], "entities": []}',
            'found "sayso/9"',
        ),
    ],
)
def test_bad_files_are_named(tmp_path, name, content, expected):
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(sayso.SaysoError, match=expected):
        sayso.link(path)


def test_bad_folders_and_outputs_are_named(docs, tmp_path, capsys):
    with pytest.raises(sayso.SaysoError, match=r"found no entities\.parquet in it"):
        sayso.link(tmp_path)
    (tmp_path / "entities.parquet").write_text("no Parquet")
    with pytest.raises(sayso.SaysoError, match=r"entities\.parquet"):
        sayso.link(tmp_path)
    good = tmp_path / "good.jsonl"
    good.write_text(docs[0].to_json() + "\n")
    assert main(["link", str(good), "-o", str(tmp_path / "links.tsv")]) == 2
    assert "expected an output that ends in .jsonl (also .gz, .zst) or .parquet" in capsys.readouterr().err
    assert main(["link", str(good), "-o", str(tmp_path / "no" / "links.jsonl")]) == 2
    assert not Path(tmp_path / "links.tsv").exists()


def test_documents_must_be_documents():
    with pytest.raises(TypeError):
        sayso.link([{"text": "a record"}])


def test_other_tables_are_refused(docs):
    tables = sayso.tables(docs)
    with pytest.raises(sayso.SaysoError, match="expected a table entities with the columns document_id, id"):
        sayso.link(tables._replace(entities=tables.documents))
    with pytest.raises(sayso.SaysoError, match="expected mentions in the order of their entities"):
        sayso.link(tables._replace(entities=sayso.tables(docs[1:]).entities))


def test_pairs_are_right_on_texts_of_our_own():
    """The figures stand in docs/linking.md; less than this is a fault."""
    figures = evaluate("link", GOLD, pipeline("link")).values
    assert figures["linked"]["F1"] > 90


FOUND = [
    {"id": "a", "text": "Ann Lee met Bo.", "mentions": [(0, 7, "x"), (12, 14, "y")]},
    {"id": "b", "text": "Lee left Bo.", "mentions": [(0, 3, "x"), (9, 11, "y")]},
]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.txt"
    path.write_text("# a remark\n= a\n[Ann Lee|lee] met [Bo|bo].\n\n= b\n[Lee|lee] left [Bo|bo].\n")
    return path


def test_gold_is_read(gold):
    docs = link_file.read([gold])
    assert docs["a"] == {"id": "a", "text": "Ann Lee met Bo.", "mentions": [(0, 7, "lee"), (12, 14, "bo")]}
    assert [docs["b"]["text"][a:b] for a, b, _ in docs["b"]["mentions"]] == ["Lee", "Bo"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("# nothing\n", "expected at least one document"),
        ("a text\n", "gold.txt:1: expected a line `= ID` before the first text"),
        ("= a\n[Ann Lee] left.\n", r"gold.txt:2: expected \[name\|key\]"),
        ("= a\n[Ann Lee|] left.\n", r"gold.txt:2: expected \[name\|key\]"),
        ("= a\nx\n= a\ny\n", "gold.txt:3: expected an id of its own"),
    ],
)
def test_bad_gold_is_named(tmp_path, content, expected):
    path = tmp_path / "gold.txt"
    path.write_text(content)
    with pytest.raises(GoldError, match=expected):
        evaluate("link", path, lambda records: [])


@pytest.mark.parametrize(
    ("second", "figures"),
    [
        ([(0, 3, "x"), (9, 11, "y")], (100, 100, 100)),
        # One pair of two is lost, as nothing was found there.
        ([(0, 3, "x")], (100, 50, 66.667)),
        ([(0, 3, "z"), (9, 11, "y")], (100, 50, 66.667)),
        # All four names are one: of four pairs across documents two are right.
        ([(0, 3, "x"), (9, 11, "x")], (50, 50, 50)),
    ],
)
def test_pairs_are_counted(gold, second, figures):
    said = [FOUND[0], {**FOUND[1], "mentions": second}]
    values = evaluate("link", gold, lambda _: said).values
    assert tuple(values["across"][name] for name in ("P", "R", "F1")) == figures
    assert values["F1"] == figures[2]


def test_bad_predictions_are_named(gold):
    for mentions, expected in [(None, "a: expected a list of mentions"), ([[0, 1]], r"a: mentions\[0\]")]:
        with pytest.raises(PredictionError, match=expected):
            evaluate("link", gold, lambda _, rows=mentions: [{"id": "a", "mentions": rows}, FOUND[1]])
