"""Entities across documents: which of them are one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeAlias, cast

from sayso import _core
from sayso.tables import Table, Tables

Written: TypeAlias = str | os.PathLike[str]


class Links(Table):
    """What each entity of each document is in the corpus: a table with a row for each, and a mapping.

    Columns: `document_id`, `entity` (its id there), `name`, `label`, `corpus_entity` (an id that is the same
    in all documents), `corpus_name` and `why`: one of "gazetteer", "name", "variant", "short", "context" and
    "open", which is a short form that could mean several and is an entity of its document alone.

    >>> from sayso import Pipeline
    >>> links = link([Pipeline()({"id": "a", "text": "Mara Quill left."})])
    >>> links["a", "person:mara-quill"]
    'person:mara-quill'
    """

    @cached_property
    def _map(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for document, entity, corpus in self._core.triples("document_id", "entity", "corpus_entity"):
            found.setdefault(document, {})[entity] = corpus
        return found

    def __getitem__(self, place: tuple[str, str]) -> str:
        """The corpus id of an entity, by the document's id and its own; `KeyError` where there is none."""
        document, entity = place
        return self._map[document][entity]

    def of(self, document: str) -> dict[str, str]:
        """The corpus ids of all entities of a document, by their ids there; empty where it has none."""
        return dict(self._map.get(document, {}))


def link(source: Iterable[_core.Document] | Tables | Written | Sequence[Written]) -> Links:
    """Finds which entities of many documents are one: the same person under other spellings and short forms.

    `source`: documents, also straight from `pipe`; the tables of `sayso.tables`; or what `sayso run` wrote, a
    `.jsonl` file (also `.gz`, `.zst`) or a folder of tables, one path or a list. The order of the documents
    does not matter. Memory grows with the number of distinct names and the rows of the table; where these
    are too many, `sayso link` on the command line writes them as they come and keeps the names alone.

    Raises `SaysoError` where a path is not what a run wrote, `TypeError` where a document is something else.
    """
    if isinstance(source, Tables):
        return Links(_core.link_tables(source.entities._core, source.mentions._core))
    if isinstance(source, (str, os.PathLike)):
        return Links(_core.link_files([source]))
    if isinstance(source, Sequence) and source and isinstance(source[0], (str, os.PathLike)):
        return Links(_core.link_files(cast(Sequence[Written], source)))
    return Links(_core.link(cast(Iterable[_core.Document], source)))
