"""Spans of a role, in every form that gold and predictions have them. Offsets count Unicode code points."""

import re
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
"""A document or an attribution as it stands in a file."""

Span = tuple[int, int]
"""Half-open, in code points."""

MARKS = re.compile(r"[\"“”„«»]|(?<!\w)'|‘")
QUOTED = re.compile(r"[\"“„«][^\"”»]*[\"”»]?")


def spans_of(role: Any) -> list[Span]:
    """The spans of a role: one span, a list of spans, empty or null; a span is a pair or an object."""
    if not role:
        return []
    if isinstance(role, dict):
        return [(role["start"], role["end"])]
    if isinstance(role[0], int):
        return [(role[0], role[1])]
    return [(s["start"], s["end"]) if isinstance(s, dict) else (s[0], s[1]) for s in role]


def kind(spans: Sequence[Span], text: str) -> str:
    """direct, indirect or mixed, by the quotation marks around and inside a content."""
    said = " ".join(text[max(0, start - 1) : end + 1] for start, end in spans)
    if not MARKS.search(said):
        return "indirect"
    bare = "".join(text[start:end] for start, end in spans).strip(" ,.;:\n")
    share = sum(map(len, QUOTED.findall(said))) / max(1, len(bare))
    return "direct" if share > 0.9 else "mixed"


def without_nested(attributions: Sequence[Json]) -> tuple[list[Json], int]:
    """The attributions that do not stand inside another's content, and how many were left out."""
    contents = {a.get("id"): spans_of(a.get("content")) for a in attributions}
    kept = [a for a in attributions if not _inside(spans_of(a.get("content")), contents, a.get("parent"))]
    return kept, len(attributions) - len(kept)


def _inside(inner: list[Span], contents: dict[Any, list[Span]], parent: Any) -> bool:
    outer = contents.get(parent) if parent else None
    if not outer:
        return False
    return all(any(start >= first and end <= last for first, last in outer) for start, end in inner)
