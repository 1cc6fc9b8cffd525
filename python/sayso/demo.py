"""The sample story: six outlets on one incident, and they disagree."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from sayso import _core
from sayso._core import Document
from sayso.display import table, width
from sayso.html import extract
from sayso.pipeline import default
from sayso.records import FIELDS

TITLE = "The night the lights went out"
INTRO = "Six articles on one invented incident, from six invented outlets: the sample story of sayso."
SHOWN = ("accuse", "deny")


def story() -> list[Document]:
    """The six articles, analysed."""
    records = ({"id": name, "text": text, "outlet": outlet(name)} for name, text in _core.demo())
    return list(default().pipe(records))


def outlet(name: str) -> str:
    return name.replace("-", " ").title()


def demo(out: str) -> str:
    """Writes the tables, the lines and a page of the story into a folder; returns who accuses and who denies."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    docs = story()
    with TemporaryDirectory() as records:
        for name, text in _core.demo():
            (Path(records) / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        for name in ("story.jsonl", "story.parquet"):
            _core.run(
                default()._core,
                [records],
                str(folder / name),
                columns=list(FIELDS),
                threads=0,
                text=True,
                vectors=False,
                extract=extract,
                progress=None,
            )
    (folder / "story.html").write_text(_core.page(docs, title=TITLE, intro=INTRO), encoding="utf-8")
    return f"{board(docs)}\n\nWritten: {folder / 'story.html'}, {folder / 'story.jsonl'}, {folder / 'story.parquet'}"


def board(docs: list[Document]) -> str:
    """Who accuses and who denies, a row each."""
    rows = []
    for doc in docs:
        for a in doc.attributions:
            if a.act in SHOWN:
                source = a.source_entity or (a.source.text if a.source else "?")
                rows.append((doc.outlet, source, a.act, a.about or "", a.factuality, a.content.text))
    return table(("outlet", "who", "does", "about", "how sure", "what"), rows, width(140))
