"""HTML files to text: the copy of the page, without what stands around it. Needs `sayso[html]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def extract(path: str) -> dict[str, Any]:
    """A record of the page: its text, which is then the text that offsets count in, and what it says of itself."""
    try:
        import trafilatura
    except ImportError as error:
        raise ImportError("HTML needs an extractor: pip install 'sayso[html]'") from error
    page = Path(path)
    found = trafilatura.bare_extraction(page.read_bytes(), with_metadata=True)
    record: dict[str, Any] = {"id": page.stem, "text": found.text if found else None}
    if found:
        record |= {"title": found.title, "outlet": found.sitename, "date": found.date, "url": found.url}
    return record
