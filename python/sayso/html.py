"""HTML to text: the copy of a page, without what stands around it. Needs `sayso[html]`."""

from __future__ import annotations


def extract(markup: str) -> str:
    """The article of a page, which is then the text that offsets count in."""
    try:
        import trafilatura
    except ImportError as error:
        raise ImportError(f"HTML needs an extractor: pip install 'sayso[html]' ({error})") from error
    text: str | None = trafilatura.extract(markup, include_comments=False, include_tables=False)
    if not text:
        raise ValueError("no article found in the page")
    return text
