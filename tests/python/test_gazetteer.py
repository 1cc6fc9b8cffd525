"""The gazetteer's files as a person edits them: shape, order, and forms that mean one thing only."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "data" / "gazetteer"
COLUMNS = ["id", "label", "name", "variants", "short", "demonyms", "speaks_for", "gender", "country"]
COLUMNS += ["role", "origin"]
OUTLET_COLUMNS = [*COLUMNS[:-1], "owner", "origin"]
OFFICE_COLUMNS = ["office", "of", "person", "from", "to", "as_of", "origin"]
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


def columns(path: Path) -> list[str]:
    special = {"outlets.tsv": OUTLET_COLUMNS, "offices.tsv": OFFICE_COLUMNS}
    return special.get(path.name, COLUMNS)


def rows(path: Path) -> list[dict[str, str]]:
    cells = (line.split("\t") for line in lines(path)[1:])
    return [dict(zip(columns(path), row, strict=False)) | {"file": path.name} for row in cells]


ALL = sorted(FOLDER.glob("*.tsv"))
FILES = [path for path in ALL if path.name != "offices.tsv"]
ROWS = [row for path in FILES for row in rows(path)]
OFFICES = rows(FOLDER / "offices.tsv")
IDS = {row["id"] for row in ROWS}
FULL = ("name", "variants", "demonyms")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_shape(path):
    raw = path.read_bytes()
    assert b"\r" not in raw, "LF ends a line"
    assert raw.endswith(b"\n")
    header, *below = lines(path)
    assert header.split("\t") == columns(path)
    for line in below:
        cells = line.split("\t")
        assert len(cells) == len(columns(path)), line
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
    owners = {row["owner"] for row in ROWS if ":" in row.get("owner", "")}
    assert owners
    assert not owners - IDS
    assert {row["gender"] for row in ROWS if row["label"] != "PER"} <= {""}
    assert {row["gender"] for row in ROWS if row["label"] == "PER"} <= {"m", "f", ""}
    assert all(row["name"] and row["origin"] for row in ROWS)


def test_offices_are_of_known_ids_and_in_order():
    unknown = {row[column] for row in OFFICES for column in ("of", "person")} - IDS
    assert not unknown
    assert all(row["to"] or row["as_of"] for row in OFFICES), "the file vouches for no day after its own"
    keys = [(row["of"], row["office"], row["from"]) for row in OFFICES]
    assert [after for before, after in pairwise(keys) if before >= after] == []


def test_an_office_is_held_by_one_at_a_time():
    twice = [
        (before, after)
        for before, after in pairwise(OFFICES)
        if (before["of"], before["office"]) == (after["of"], after["office"])
        and after["from"] < (before["to"] or before["as_of"])[: len(after["from"])]
    ]
    assert not twice


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
