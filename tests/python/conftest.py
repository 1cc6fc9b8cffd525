"""Texts that the tests share; all people, places and companies in them are invented."""

from __future__ import annotations

import pytest
import sayso

SAID = '"The ship sank," Mara Quill said.'
STORY = (
    "TRESSAY (Northline) — “We had no part in it,” Norvia’s spokesman Ælfric Bélanger told reporters on "
    "Monday. 🚢 The harbour board accused Norvia of cutting the cable, a charge the company denied.\n\n"
    "According to Mara Quill, the freighter may have dragged its anchor. “It was not us,” she said."
)


@pytest.fixture(scope="session")
def nlp() -> sayso.Pipeline:
    return sayso.Pipeline(threads=2)


@pytest.fixture(scope="session")
def doc(nlp: sayso.Pipeline) -> sayso.Document:
    return nlp({"text": STORY, "id": "story", "title": "Cable cut: Norvia denies it", "outlet": "Northline"})


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(STORY, encoding="utf-8")
    return path
