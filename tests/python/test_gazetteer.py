"""The gazetteer's files as a person edits them: shape, order, and forms that mean one thing only."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "data" / "gazetteer"
COLUMNS = ["id", "label", "name", "variants", "short", "demonyms", "speaks_for", "gender", "country"]
COLUMNS += ["role", "origin"]
LABELS = {
    "country": {"GPE", "LOC"},
    "norp": {"NORP"},
    "org": {"ORG"},
    "outlet": {"OUTLET"},
    "person": {"PER"},
    "place": {"GPE", "LOC"},
    "region": {"GPE", "LOC"},
}


def lines(path: Path) -> list[str]:
    """All but remarks, the header first."""
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]


def forms(row: dict[str, str], *columns: str) -> list[str]:
    return [form for column in columns for form in row[column].split("|") if form]


FILES = sorted(FOLDER.glob("*.tsv"))
ROWS = [
    dict(zip(COLUMNS, line.split("\t"), strict=False)) | {"file": path.name}
    for path in FILES
    for line in lines(path)[1:]
]
IDS = {row["id"] for row in ROWS}
FULL = ("name", "variants", "demonyms")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_shape(path):
    raw = path.read_bytes()
    assert b"\r" not in raw, "LF ends a line"
    assert raw.endswith(b"\n")
    header, *rows = lines(path)
    assert header.split("\t") == COLUMNS
    for line in rows:
        cells = line.split("\t")
        assert len(cells) == len(COLUMNS), line
        parts = [part for cell in cells for part in cell.split("|")]
        assert all(part == part.strip() for part in parts), f"space at an edge: {line}"
        assert all(part or not cell for cell in cells for part in cell.split("|")), f"empty form: {line}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_order(path):
    ids = [line.split("\t")[0].encode() for line in lines(path)[1:]]
    wrong = [after for before, after in pairwise(ids) if before >= after]
    assert not wrong, "ids go up by their bytes"


def test_as_many_as_promised():
    assert len(IDS) == len(ROWS) >= 1500


def test_labels():
    wrong = [row["id"] for row in ROWS if row["label"] not in LABELS.get(row["id"].split(":")[0], set())]
    assert not wrong


def test_references():
    unknown = {row["speaks_for"] for row in ROWS if row["speaks_for"]} - IDS
    assert not unknown
    unknown = {f"country:{row['country']}" for row in ROWS if row["country"]} - IDS
    assert not unknown
    assert {row["gender"] for row in ROWS if row["label"] != "PER"} <= {""}
    assert {row["gender"] for row in ROWS if row["label"] == "PER"} <= {"m", "f", ""}
    assert all(row["name"] and row["origin"] for row in ROWS)


def test_full_forms_mean_one_thing():
    means = {}
    for row in ROWS:
        for form in forms(row, *FULL):
            means.setdefault(form, set()).add(row["id"])
    assert not {form: ids for form, ids in means.items() if len(ids) > 1}


def test_short_forms_add_something():
    wrong = [(row["id"], form) for row in ROWS for form in forms(row, "short") if form in forms(row, *FULL)]
    assert not wrong


def test_no_form_with_an_article_hides_a_longer_name():
    """Leftmost-longest: "The State" would take its "State" away from "State Department"."""
    means = {form: row["id"] for row in ROWS for form in forms(row, *FULL, "short")}
    starts = {}
    for form in means:
        words = form.split(" ")
        for n in range(1, len(words)):
            starts.setdefault(" ".join(words[:n]), []).append(form)
    hidden = [
        (form, name)
        for form in means
        if form.startswith("The ")
        for name in starts.get(form.removeprefix("The "), [])
        if means[name] != means[form] and f"The {name}" not in means
    ]
    assert not hidden
