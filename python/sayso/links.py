"""Entities across documents: which of them are one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property

from sayso import _core
from sayso.tables import Table, Tables

Written = str | os.PathLike[str]


class Links(Table):
    """What each entity of each document is in the corpus: a table with a row for each, and a mapping.

    Columns: `document_id`, `entity` (its id there), `name`, `label`, `corpus_entity` (an id that is the same in
    all documents), `corpus_name` and `why`: one of "gazetteer", "name", "variant", "short", "context" and "open",
    which is a short form that could mean several and is an entity of its document alone.

    >>> from sayso import read
    >>> links = link([read("Mara Quill left.")])
    >>> links["0", "person:mara-quill"]
    'person:mara-quill'
    """

    @cached_property
    def _map(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for document, entity, corpus in self._core.triples("document_id", "entity", "corpus_entity"):
            found.setdefault(document, {})[entity] = corpus
        return found

    def __getitem__(self, place: tuple[str, str]) -> str:
        """The id in the corpus of an entity, given the document's id and the entity's; `KeyError` where there is none."""
        document, entity = place
        return self._map[document][entity]

    def of(self, document: str) -> dict[str, str]:
        """The ids in the corpus of all entities of a document, by their ids there; empty where it has none."""
        return dict(self._map.get(document, {}))


def link(source: Iterable[_core.Document] | Tables | Written | Iterable[Written]) -> Links:
    """Finds which entities of many documents are one: the same person under other spellings and short forms.

    `source`: documents, also straight from `pipe`; the tables of `sayso.tables`; or what `sayso run` wrote,
    a `.jsonl` file (also `.gz`, `.zst`) or a folder of tables, one path or several. The order of the documents does
    not matter. Memory grows with the number of distinct names and with the rows of the table; to write the table
    of a corpus whose rows are too many, `sayso link` on the command line keeps the names alone.

    Raises `SaysoError` where a path is not what a run wrote, and `TypeError` where a document is something else.
    """
    if isinstance(source, Tables):
        return Links(_core.link_tables(source.entities._core, source.mentions._core))
    if isinstance(source, (str, os.PathLike)):
        return Links(_core.link_files([source]))
    docs = list(source) if isinstance(source, (list, tuple)) else source
    if isinstance(docs, list) and docs and all(isinstance(doc, (str, os.PathLike)) for doc in docs):
        return Links(_core.link_files(docs))
    return Links(_core.link(docs))
