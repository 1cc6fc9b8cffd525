"""How a text speaks of the people and bodies in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from sayso.pipeline import Pipeline


class Place(Protocol):
    """Anything with a start and an end: a `Span`, a `Mention`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Target: TypeAlias = tuple[int, int] | Place


class Sentiment(NamedTuple):
    """How a sentence speaks of a target in it.

    A tuple with names, so that a list of them is a table: `pandas.DataFrame(sayso.sentiment(text, spans))`
    has these columns, and so has `polars.DataFrame`.
    """

    start: int
    """Where the target begins, in code points."""
    end: int
    """One past where it ends."""
    text: str
    """The target as it is written."""
    label: str
    """`negative`, `neutral` or `positive`: the one with the highest score."""
    negative: float
    """How likely it is that the target is shown in a bad light; the three scores add up to 1."""
    neutral: float
    """How likely it is that it is shown in neither."""
    positive: float
    """How likely it is that it is shown in a good light."""


def judge(nlp: Pipeline, text: str, spans: Iterable[Target]) -> list[Sentiment]:
    """The sentiment towards each target, in the order of `spans`."""
    if not isinstance(text, str):
        raise TypeError(f"text: expected a string, found {type(text).__name__}; of a document, its `text`")
    places = [place(number, span) for number, span in enumerate(spans)]
    found = nlp._core.sentiment(text, places)
    return [
        Sentiment(start, end, text[start:end], label, *scores)
        for (start, end), (label, *scores) in zip(places, found, strict=True)
    ]


def place(number: int, span: Any) -> tuple[int, int]:
    """The two numbers of a span, or an error that says which one has none."""
    if getattr(span, "field", "text") != "text":
        raise ValueError(f"spans[{number}]: it counts in the {span.field}, not in the text")
    pair = (span.start, span.end) if hasattr(span, "start") and hasattr(span, "end") else span
    try:
        start, end = (int(point.__index__()) for point in pair)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(
            f"spans[{number}]: expected (start, end) in code points, found {str(span)[:60]!r}"
        ) from None
    return start, end
