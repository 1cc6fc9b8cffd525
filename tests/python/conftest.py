"""Fixtures that the tests share."""

from __future__ import annotations

import pytest
import sayso
from samples import STORY


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
