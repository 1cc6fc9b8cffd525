"""The sample story: six outlets on one incident, and they disagree."""

from __future__ import annotations

import json
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
SURE = {
    "CT+": "certain",
    "PR+": "probable",
    "PS+": "possible",
    "CT-": "certainly not",
    "PR-": "probably not",
    "PS-": "possibly not",
    "Uu": "not committed",
}
HEAD = ("outlet", "who", "does", "about", "how sure", "what")


def story() -> list[dict[str, str]]:
    """The six articles as records with `id`, `outlet` and `text`."""
    return [
        {"id": name, "outlet": name.replace("-", " ").title(), "text": text} for name, text in _core.demo()
    ]


def demo(out: str) -> str:
    """Writes tables, lines and a page of the story into a folder; returns who accuses and who denies."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    page, lines, tables = (folder / name for name in ("story.html", "story.jsonl", "story.parquet"))
    with TemporaryDirectory() as place:
        records = Path(place) / "story.jsonl"
        records.write_text("".join(json.dumps(record) + "\n" for record in story()), encoding="utf-8")
        for file in (lines, tables):
            run(records, file)
    docs = [Document.from_json(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    page.write_text(_core.page(docs, title=TITLE, intro=INTRO), encoding="utf-8")
    return f"{board(docs)}\n\nWritten: {page}, {lines}, {tables}"


def run(records: Path, out: Path) -> None:
    _core.run(
        default()._core,
        [records],
        out,
        columns=FIELDS,
        threads=0,
        text=True,
        vectors=False,
        extract=extract,
        progress=None,
    )


def board(docs: list[Document]) -> str:
    """Who accuses and who denies, a row each."""
    rows = []
    for doc in docs:
        for a in doc.attributions:
            if a.act in ("accuse", "deny"):
                source = a.source_entity or (a.source.text if a.source else "?")
                rows.append((doc.outlet, source, a.act, a.about or "", SURE[a.factuality], a.content.text))
    return table(HEAD, rows, width(140))
