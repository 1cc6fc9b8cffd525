"""What is shown is escaped: texts and names come from outside."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
import sayso
from sayso import _core
from sayso.display import Progress, colour, table

EVIL = '<script>alert("x")</script>'
RECORD = {
    "id": f"id {EVIL}",
    "title": f"Headline {EVIL}: Norvia denies it",
    "outlet": f"Outlet {EVIL}",
    "url": "javascript:alert(1)",
    "text": f'"We {EVIL} did not do it," Mara Quill said. According to {EVIL}, <img src=x onerror=a()> is.',
}


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


@pytest.fixture(scope="module")
def evil():
    return sayso.Pipeline(gazetteer={EVIL: "org:evil", "Mara Quill": EVIL})(RECORD)


@pytest.mark.parametrize(
    "show",
    [
        lambda doc: doc._repr_html_(),
        lambda doc: doc.to_html(layers=["attributions", "mentions", "blocks"]),
        lambda doc: doc.to_html(page=True),
        lambda doc: sayso.tables([doc]).documents._repr_html_(),
        lambda doc: sayso.tables([doc]).attributions._repr_html_(),
    ],
    ids=["notebook", "layers", "page", "documents", "attributions"],
)
def test_html_is_escaped(evil, show):
    found = Tags(show(evil))
    assert not found.tags & {"script", "img", "iframe", "link"}
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert not [value for _, value in found.attributes if value and "javascript:" in value]


def test_the_board_groups_by_name():
    """A name that no list knows may be a state in one article and a body in the next."""
    ids = ("country:ketterey", "org:ketterey")
    text = "The home secretary accused Ketterey of cutting the cable."
    docs = [sayso.Pipeline(gazetteer={"Ketterey": name})({"id": name, "text": text}) for name in ids]
    assert {doc.attributions[0].about_id for doc in docs} == set(ids)
    assert _core.page(docs, title="Story").count(">Ketterey</h3>") == 1


def test_html_marks_the_layers_asked_for(doc):
    plain, marked = doc.to_html(layers=[]), doc.to_html(layers=["attributions", "mentions"])
    assert "<mark" not in plain or len(plain) < len(marked)
    with pytest.raises(sayso.SaysoError, match="mentoins"):
        doc.to_html(layers=["mentoins"])


def test_terminal_gets_no_control_characters(nlp):
    doc = nlp("\x1b[31mred\x07 Mara Quill said \x1b]0;title\x07 it was not so.\r\n\x9b2J")
    assert not set(doc.to_text()) & set("\x1b\x07\x9b\r")
    assert str(doc) == doc.to_text()
    assert "\x1b[" in nlp("Mara Quill said it was not so.").to_text(color=True)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_colour_is_for_terminals(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert colour(Terminal())
    assert not colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour(Terminal())


def test_progress_is_for_terminals():
    shown, hidden = Terminal(), io.StringIO()
    for stream in (shown, hidden):
        Progress(stream)(10, 20, 1, 50, 100)
    assert "50%" in shown.getvalue()
    assert hidden.getvalue() == ""


def test_tables_in_the_terminal_are_cut_and_clean():
    told = table(("who", "what"), [("a\x1b[31m", "b" * 200)], 60)
    assert "\x1b" not in told
    assert max(map(len, told.splitlines())) <= 60
