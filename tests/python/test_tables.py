"""Tables: what leaves through Arrow is what the documents say."""

from __future__ import annotations

import json

import duckdb
import polars
import pyarrow
import pytest
import sayso
from samples import SAID, STORY
from sayso.cli import main

KINDS = ("documents", "mentions", "entities", "attributions")


@pytest.fixture(scope="module")
def docs(nlp):
    return list(
        nlp.pipe([{"text": STORY, "id": "one"}, {"text": SAID, "id": "two"}, {"text": "", "id": "none"}])
    )


@pytest.fixture(scope="module")
def tables(docs):
    return sayso.tables(docs)


def test_tables_have_a_row_for_each(docs, tables):
    assert len(tables.documents) == 3
    for kind in KINDS[1:]:
        assert len(getattr(tables, kind)) == sum(len(getattr(doc, kind)) for doc in docs) > 0


def test_tables_take_a_generator(nlp, tables):
    again = sayso.tables(
        nlp.pipe(polars.DataFrame({"id": ["one", "two", "none"], "text": [STORY, SAID, ""]}))
    )
    assert again.attributions.to_arrow() == tables.attributions.to_arrow()


@pytest.mark.parametrize("kind", KINDS)
def test_frames_agree(tables, kind):
    table = getattr(tables, kind)
    frame = table.to_polars()
    assert frame.columns == table.columns == list(table.to_pandas().columns)
    assert frame.to_dicts() == table.to_arrow().to_pylist() == table.head(10**6)
    assert len(table.to_pandas()) == frame.height == len(table)


def test_rows_say_what_the_document_says(docs, tables):
    rows = tables.attributions.head(100)
    for row, a in zip(rows, [a for doc in docs for a in doc.attributions], strict=True):
        assert (row["document_id"], row["id"], row["act"]) == (a.document.id, a.id, a.act)
        assert row["content_text"] == a.content.text
        assert row["source_text"] == (a.source.text if a.source else None)
        assert row["vector"] == pytest.approx(a.vector.tolist())


def test_duckdb_reads_a_table_by_name(docs, tables):
    said = tables.attributions
    assert said is not None
    [(count,)] = duckdb.sql("select count(*) from said where document_id = 'two'").fetchall()
    assert count == len(docs[1].attributions)


def test_no_documents_make_tables_with_columns():
    tables = sayso.tables([])
    for table in tables:
        assert len(table) == 0
        assert table.to_polars().columns == table.columns
        assert pyarrow.schema(table).names == table.columns


def test_tables_without_texts(docs):
    assert sayso.tables(docs, text=False).documents.to_polars()["text"].to_list() == [None] * 3


def test_tables_refuse_what_is_no_document():
    with pytest.raises(TypeError):
        sayso.tables(["a text"])


def test_run_writes_parquet_that_others_read(tmp_path, docs, tables):
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps({"id": doc.id, "text": doc.text}) + "\n" for doc in docs))
    out = tmp_path / "out.parquet"
    assert main(["run", str(records), "-o", str(out)]) == 0
    for kind in KINDS:
        file = out / f"{kind}.parquet"
        [(count,)] = duckdb.sql(f"select count(*) from '{file}'").fetchall()
        assert count == len(getattr(tables, kind))
        assert polars.read_parquet(file).columns == getattr(tables, kind).columns
    written = polars.read_parquet(out / "attributions.parquet").drop("vector")
    assert written.to_dicts() == tables.attributions.to_polars().drop("vector").to_dicts()
    assert polars.read_parquet(out / "errors.parquet").height == 0
