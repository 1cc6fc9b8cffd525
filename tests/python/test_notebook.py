"""The tutorial runs from top to bottom in a fresh kernel, and shows what it promises to show."""

from __future__ import annotations

import re

import nbformat
import pytest
from examples import ROOT
from nbclient import NotebookClient

TUTORIAL = ROOT / "docs" / "tutorial.ipynb"


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    """The code cells after a run in an empty folder; a cell that fails ends it."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    folder = tmp_path_factory.mktemp("tutorial")
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cell):
    """What a cell shows, in every form that it has."""
    texts = [output.get("text", "") for output in cell.outputs]
    return "\n".join(texts + [text for output in cell.outputs for text in output.get("data", {}).values()])


def the(cells, words):
    """What is shown by the one cell with these words."""
    (cell,) = [cell for cell in cells if words in cell.source]
    return shown(cell)


def test_the_article_is_marked_up(cells):
    markup = the(cells, "doc = sayso.read(article)")
    text = re.sub(r"<[^>]*>", "", markup)
    for role in ("source", "cue", "c1", "c2"):
        assert re.search(rf'<mark class="[^"]*sayso-{role}\b', markup), role
    assert "Captain Mara Quill" in text
    assert 'data-kind="teaser"' in markup


def test_it_finds_who_denies_and_through_whom(cells):
    assert "She -> Mara Quill" in the(cells, "Who denies, and what?")
    assert "investigators < two officials" in the(cells, "step.source.text")


def test_own_words_count(cells):
    assert "NSC -> Norvia Shipping | harrumphed | criticise CT+" in the(cells, "harrumph\\tverb")


def test_documents_come_back_as_they_were(cells):
    assert the(cells, "back == docs").strip() == "True"


def test_no_cell_warns(cells):
    assert [output for cell in cells for output in cell.outputs if output.get("name") == "stderr"] == []


def test_outputs_are_stripped_in_the_repository():
    for cell in nbformat.read(TUTORIAL, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
