"""Documents as tables: Arrow inside, any frame outside, whose library is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso import _core

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

SHOWN = 10


class Table:
    """Rows with named columns, which polars, pandas, Arrow and DuckDB take without a copy of the text.

    >>> said = tables([read("Norvia denied the charge.")]).attributions
    >>> "act" in said.columns
    True
    """

    def __init__(self, core: _core.Table) -> None:
        self._core = core

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._core.columns

    def head(self, rows: int = SHOWN) -> list[dict[str, Any]]:
        """The first rows as plain dicts."""
        return self._core.head(rows)

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow table over the same memory."""
        return needed("pyarrow").table(self)

    def to_polars(self) -> polars.DataFrame:
        """A polars frame over the same memory."""
        return needed("polars").DataFrame(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame; by way of pyarrow."""
        needed("pandas")
        return self.to_arrow().to_pandas()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._core.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._core.__arrow_c_schema__()

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return f"<sayso.Table {self._core.name}: {len(self)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        def line(tag: str, cells: Iterable[object]) -> str:
            return "<tr>" + "".join(f"<{tag}>{escape(brief(cell))}</{tag}>" for cell in cells) + "</tr>"

        rows = "".join(line("td", row.values()) for row in self.head())
        return f"<p>{escape(repr(self))}</p><table>{line('th', self.columns)}{rows}</table>"


def brief(cell: object) -> str:
    """A cell in at most fifty characters."""
    told = "" if cell is None else str(cell)
    return told[:49] + "…" if len(told) > 50 else told


class Tables(NamedTuple):
    """The tables of some documents; `document_id` joins them."""

    documents: Table
    mentions: Table
    entities: Table
    attributions: Table
    pairs: Table


def tables(docs: Iterable[_core.Document], *, text: bool = True) -> Tables:
    """The tables of documents, in their order; without `text` the documents' texts are left out.

    The documents may come straight from `pipe`: only the rows are kept.
    """
    return Tables(*map(Table, _core.tables(docs, text=text)))


def needed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(f"this needs {name}: pip install {name}") from error
