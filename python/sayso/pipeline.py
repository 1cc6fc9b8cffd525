"""The pipeline as Python sees it: one text, or many."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias

from sayso import _core
from sayso._core import Document, SaysoError
from sayso.html import extract
from sayso.records import Columns, Row, batches, one, rows
from sayso.sentiment import Sentiment, Target, judge

Files: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Pipeline:
    """The stages with their lexicon and gazetteer; built once, used for any number of texts and threads.

    `lexicon` and `gazetteer` name TSV files of your own that extend the built-in ones; `gazetteer` may also
    be a dict from names to ids, or name what `Gazetteer.load` reads. `threads` is for `pipe`; as many as
    there are cores where it is None.
    `model` names files of your own that `sayso-train` wrote, each for the built-in model of its kind.
    `parse` says which sentences get heads: "cues" those that hold a cue or a quotation, "all" or "none".
    `min_confidence` (0 to 1) leaves out attributions that are less likely right, and those without a figure.
    `blocks` is "copy" for titles, captions, datelines and body text, or "all" for whatever is in the text.

    >>> nlp = Pipeline(gazetteer={"Norvia Shipping": "org:norvia-shipping"})
    >>> nlp("Norvia Shipping denied the charge.").mentions[0].name
    'Norvia Shipping'
    """

    def __init__(
        self,
        lexicon: Files | None = None,
        gazetteer: Files | Mapping[str, str] | None = None,
        threads: int | None = None,
        *,
        model: Files | None = None,
        parse: Literal["cues", "all", "none"] = "cues",
        blocks: Literal["copy", "all"] = "copy",
        min_confidence: float = 0.0,
    ) -> None:
        if blocks not in ("copy", "all"):
            raise ValueError(f'blocks: expected "copy" or "all", not {blocks!r}')
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence: expected a number from 0 to 1, not {min_confidence!r}")
        names = named(gazetteer) if isinstance(gazetteer, Mapping) else {}
        files = [] if isinstance(gazetteer, Mapping) else paths(gazetteer)
        self.threads = checked(threads)
        self._given: dict[str, Any] = {
            "lexicon": paths(lexicon),
            "gazetteer": names or files,
            "threads": self.threads,
            "model": paths(model),
            "parse": parse,
            "blocks": blocks,
            "min_confidence": min_confidence,
        }
        lists = self._given["lexicon"], files, list(names.items())
        self._core = _core.Pipeline(*lists, self._given["model"], parse, blocks == "all", min_confidence)

    def __call__(self, record: str | Mapping[str, Any]) -> Document:
        """Analyses one text, or one dict with `text` and perhaps `id`, `title`, `outlet`, `date`, `url`."""
        return self._core.analyse([one(record)], 1)[0]

    def read(self, article: str | os.PathLike[str]) -> Document:
        """Analyses the text of an article; of a `pathlib.Path` the file is read.

        A file is decoded as UTF-8, or as what it seems to be, with a warning; HTML needs `sayso[html]`, and
        offsets then count in the text that was extracted.
        """
        if isinstance(article, str):
            if is_file(article):
                warnings.warn(
                    f"this reads the text {article!r}; for the file of that name, read(Path({article!r}))",
                    stacklevel=2,
                )
            return self(article)
        found = _core.load(article, extract)
        if len(found) != 1:
            raise SaysoError(
                f"{os.fspath(article)}: expected one article, found {len(found)}; `sayso run` takes many"
            )
        return self._core.analyse(found, 1)[0]

    def pipe(
        self,
        records: Iterable[Any],
        *,
        text: str | None = None,
        id: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        date: str | None = None,
        url: str | None = None,
        batch_size: int = 256,
        threads: int | None = None,
    ) -> Iterator[Document]:
        """Analyses many records and yields their documents in the same order, as they come.

        `records`: strings, dicts, a pandas or polars frame or series, or an Arrow table. The keywords name
        the columns where they are not called like this: `pipe(frame, text="body", id="url")`. Records are
        read `batch_size` at a time, and each batch is analysed on all threads with the interpreter free.
        A record without text gives an empty document with a warning.
        """
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, not {batch_size}")
        threads = self.threads if threads is None else checked(threads)
        items = rows(records, Columns(text, id, title, outlet, date, url))
        return self._documents(batches(items, batch_size), threads)

    def tag(self, sentences: Iterable[Sequence[str]]) -> list[list[tuple[str, str, str, int, str]]]:
        """Tags and parses sentences whose words are taken as they are.

        Of each word: lemma, universal tag, fine tag, number of the head (from 1; 0 for the root), relation.

        >>> Pipeline().tag([["She", "denied", "it", "."]])[0][1]
        ('deny', 'VERB', 'VBD', 0, 'root')
        """
        return self._core.tag([list(words) for words in sentences])

    def sentiment(self, text: str, spans: Iterable[Target]) -> list[Sentiment]:
        """How a text speaks of each target, by the sentence that the target stands in.

        `spans` are pairs of start and end in code points, or what has a `start` and an `end`, such as the
        mentions of a document. The answer has a row for each, in their order, and makes a data frame as it
        is. A span that does not lie in the text, or holds no word, raises `ValueError`.

        >>> text = "The inquiry cleared Mara Quill and blamed the harbour board for the spill."
        >>> [(s.text, s.label) for s in Pipeline().sentiment(text, [(42, 59)])]
        [('the harbour board', 'negative')]
        """
        return judge(self, text, spans)

    def _documents(self, lists: Iterator[list[Row]], threads: int) -> Iterator[Document]:
        for batch in lists:
            yield from self._core.analyse(batch, threads)

    def __reduce__(self) -> tuple[Any, ...]:
        return restored, (type(self), self._given)

    def __repr__(self) -> str:
        usual = {"model": [], "parse": "cues", "blocks": "copy"}
        given = {key: value for key, value in self._given.items() if usual.get(key) != value}
        return f"sayso.Pipeline({', '.join(f'{key}={value!r}' for key, value in given.items())})"


def restored(kind: type[Pipeline], given: dict[str, Any]) -> Pipeline:
    """A pipeline from its pickle."""
    return kind(**given)


def named(names: Mapping[str, str]) -> dict[str, str]:
    """Names and their ids, if that is what they are."""
    for name, identity in names.items():
        if not isinstance(name, str) or not isinstance(identity, str):
            raise TypeError(f"gazetteer: expected a name and an id as strings, found {name!r}: {identity!r}")
    return dict(names)


def is_file(text: str) -> bool:
    """Whether a text is rather the name of a file that is there."""
    try:
        return len(text) < 256 and os.path.isfile(text)
    except ValueError:
        return False


def paths(files: Files | None) -> list[str]:
    """One path or several as a list of them."""
    if files is None:
        return []
    if isinstance(files, (str, os.PathLike)):
        files = [files]
    return [os.fspath(file) for file in files]


def checked(threads: int | None) -> int:
    if threads is None:
        return os.cpu_count() or 1
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    return threads


@cache
def default() -> Pipeline:
    """The pipeline with the built-in lexicon and gazetteer, built when it is first needed."""
    return Pipeline()


def read(article: str | os.PathLike[str]) -> Document:
    """Analyses an article with the built-in lexicon and gazetteer; see `Pipeline.read`.

    >>> doc = read('"The ship sank," Mara Quill said.')
    >>> doc.attributions[0].source.text
    'Mara Quill'
    """
    return default().read(article)


def pipe(records: Iterable[Any], **columns: Any) -> Iterator[Document]:
    """Analyses many records with the built-in lexicon and gazetteer; see `Pipeline.pipe`."""
    return default().pipe(records, **columns)


def sentiment(text: str, spans: Iterable[Target]) -> list[Sentiment]:
    """How a text speaks of each target, with the built-in models; see `Pipeline.sentiment`."""
    return default().sentiment(text, spans)


def versions() -> dict[str, str]:
    """The version of sayso and the checksums of its lexicon and gazetteer files."""
    return dict(_core.versions())
