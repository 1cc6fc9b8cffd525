"""What README.md and docs/ show is what happens, and they name every label, feature and column there is."""

from __future__ import annotations

import re

import pytest
import sayso
from examples import BEGIN, END, FILES, ROOT, features, outputs

pytestmark = pytest.mark.usefixtures("plain")


@pytest.fixture
def plain(monkeypatch):
    """Output as it goes to a file, whatever the terminal that runs the tests."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_examples_print_what_is_shown(path):
    for output in outputs(path):
        place = f"{path.name}, line {output.line}: renew with python tests/python/examples.py --write"
        assert output.holds, f"{place}\nshown:\n{output.shown}\nprinted:\n{output.printed}"


def doc(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def cells(page, heading):
    """The first cells of the table under a heading."""
    section = re.split(r"^#+ ", page.partition(f" {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)


def test_the_feature_table_is_that_of_the_package():
    assert doc("stance.md").partition(BEGIN)[2].partition(END)[0] == features()


@pytest.mark.parametrize(
    ("heading", "labels"),
    [("Acts", sayso.ACTS), ("Factuality", sayso.FACTUALITIES), ("Source kinds", sayso.SOURCE_KINDS)],
)
def test_every_label_is_explained(heading, labels):
    assert sorted(cells(doc("stance.md"), heading)) == sorted(labels)


def test_every_other_label_is_named():
    page = doc("output.md")
    for label in (*sayso.LABELS, *sayso.VIAS, *sayso.KINDS, *sayso.BLOCK_KINDS):
        assert f"`{label}`" in page


@pytest.mark.parametrize("name", ["documents", "mentions", "entities", "attributions"])
def test_every_column_is_explained(name):
    columns = getattr(sayso.tables([]), name).columns
    assert cells(doc("output.md"), f"Table {name}") == columns


def test_every_column_of_links_is_explained():
    assert cells(doc("linking.md"), "Table links") == sayso.link([]).columns
    reasons = ["gazetteer", "name", "variant", "short", "context", "open"]
    assert cells(doc("linking.md"), "Reasons") == reasons


def test_every_key_of_a_line_is_explained():
    record = {"text": "Mara Quill told reporters that it sank.", "title": "Ship sinks"}
    line = sayso.Pipeline()(record).to_dict(vectors=True)
    page = doc("output.md").partition(" One document, one line\n")[2].partition("\n## ")[0]
    keys = set(line) | set(line["meta"])
    for layer in ("blocks", "mentions", "entities", "attributions"):
        keys |= set(line[layer][0])
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


def test_the_floors_are_those_that_are_kept():
    kept = (ROOT / "tests" / "suite" / "floors.rs").read_text(encoding="utf-8")
    kept = kept.partition("const FLOORS")[2].partition("];")[0]
    told = re.findall(r"^\| \d+ \| (.*?) \|", doc("architecture.md"), re.MULTILINE)
    floors = re.findall(r"&\[(\".*?)\]", kept)
    assert [re.findall(r"`(\w+)`", row) for row in told] == [re.findall(r'"(\w+)"', row) for row in floors]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
