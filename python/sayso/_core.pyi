"""The compiled half of sayso; the names to use are those of the package."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ACTS",
    "BLOCK_KINDS",
    "FACTUALITIES",
    "FEATURES",
    "KINDS",
    "LABELS",
    "LAYOUT",
    "SOURCE_KINDS",
    "STANCES",
    "VIAS",
    "Attribution",
    "Block",
    "Content",
    "Document",
    "Entity",
    "Feature",
    "Gazetteer",
    "Judge",
    "Mention",
    "Pair",
    "Pipeline",
    "SaysoError",
    "Span",
    "Stance",
    "Table",
    "Token",
    "__version__",
    "demo",
    "link",
    "link_files",
    "link_tables",
    "load",
    "page",
    "run",
    "tables",
    "versions",
    "write_links",
]

__version__: str
ACTS: tuple[str, ...]
BLOCK_KINDS: tuple[str, ...]
FACTUALITIES: tuple[str, ...]
FEATURES: tuple[Feature, ...]
LAYOUT: int
"""The version of what `FEATURES` say."""
KINDS: tuple[str, ...]
LABELS: tuple[str, ...]
SOURCE_KINDS: tuple[str, ...]
STANCES: tuple[str, ...]
VIAS: tuple[str, ...]

_Path = str | os.PathLike[str]
_Case = Literal["exact", "ignore"]
_Engine = Literal["words", "dfa", "nfa"]
# id, text, title, outlet, date, url, warnings
_Row = tuple[str, str, str | None, str | None, str | None, str | None, list[str]]

class SaysoError(Exception):
    """What could not be loaded, read or written; the message names the file, the line and what was expected."""

@final
class Span:
    """A stretch of the text or of the title."""
    def __new__(cls, start: int, end: int, text: str, field: str = "text") -> Span: ...
    @property
    def start(self) -> int:
        """The first code point, counted in the field."""
    @property
    def end(self) -> int:
        """One past the last code point."""
    @property
    def text(self) -> str:
        """The words."""
    @property
    def field(self) -> str:
        """Where the span counts: "text", or "title" where the record's title is analysed apart."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs__(self) -> tuple[int, int, str, str]: ...

@final
class Content:
    """What is said: one or more spans in text order, a sequence of them."""
    def __new__(cls, spans: Sequence[Span]) -> Content: ...
    @property
    def text(self) -> str:
        """The words, the pieces joined by " … "."""
    @property
    def spans(self) -> list[Span]:
        """The pieces."""
    @property
    def start(self) -> int | None:
        """The first code point of the first piece."""
    @property
    def end(self) -> int | None:
        """One past the last code point of the last piece."""
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> Span: ...
    def __iter__(self) -> Iterator[Span]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs__(self) -> tuple[list[Span]]: ...

@final
class Block:
    """A run of the text and what it is: copy, or something that came along with it."""
    def __new__(cls, span: Span, kind: str) -> Block: ...
    @property
    def span(self) -> Span:
        """Where it stands."""
    @property
    def kind(self) -> str:
        """One of `sayso.BLOCK_KINDS`."""
    @property
    def start(self) -> int:
        """The first code point."""
    @property
    def end(self) -> int:
        """One past the last code point."""
    @property
    def text(self) -> str:
        """The words."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs__(self) -> tuple[Span, str]: ...

@final
class Token:
    """A word or mark of the text: its lemma, its tags, and the word that it hangs on."""
    @property
    def span(self) -> Span:
        """Where it stands."""
    @property
    def start(self) -> int:
        """The first code point."""
    @property
    def end(self) -> int:
        """One past the last code point."""
    @property
    def text(self) -> str:
        """The word."""
    @property
    def field(self) -> str:
        """Where the span counts: "text", or "title" where the record's title is analysed apart."""
    @property
    def index(self) -> int:
        """Its place among the tokens of the document."""
    @property
    def lemma(self) -> str:
        """The form that a dictionary has: "say" of "said"."""
    @property
    def tag(self) -> str:
        """Fine part of speech, as the Penn treebank has it: "VBD"."""
    @property
    def pos(self) -> str:
        """Universal part of speech: "VERB"."""
    @property
    def head(self) -> Token | None:
        """The token that it hangs on; None for the root of a sentence, and where the sentence was not parsed."""
    @property
    def dep(self) -> str | None:
        """What it is to its head, in the words of Universal Dependencies: "nsubj"; None where the sentence was not parsed."""
    @property
    def sentence(self) -> int:
        """The number of its sentence among `doc.sentences`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Mention:
    """A place in the text that names something."""
    @property
    def id(self) -> str:
        """The document's id, "#m" and its number among the mentions, from 1."""
    @property
    def span(self) -> Span:
        """Where it stands."""
    @property
    def start(self) -> int:
        """The first code point."""
    @property
    def end(self) -> int:
        """One past the last code point."""
    @property
    def text(self) -> str:
        """The words."""
    @property
    def field(self) -> str:
        """Where the span counts: "text", or "title" where the record's title is analysed apart."""
    @property
    def label(self) -> str:
        """One of `sayso.LABELS`."""
    @property
    def entity(self) -> Entity:
        """What it names."""
    @property
    def name(self) -> str | None:
        """The canonical name of what it names."""
    @property
    def via(self) -> str:
        """One of `sayso.VIAS`: how it was found."""
    @property
    def confidence(self) -> float | None:
        """How likely the entity is right, where the mention is a pronoun or a description; None for names."""
    @property
    def why(self) -> str:
        """Why it names this entity, in words."""
    @property
    def document(self) -> Document:
        """The document it stands in."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Entity:
    """What mentions of one document name."""
    @property
    def id(self) -> str:
        """Such as "country:UKR"; a name that no list knows gets an id from its letters."""
    @property
    def name(self) -> str:
        """The canonical name."""
    @property
    def label(self) -> str:
        """One of `sayso.LABELS`."""
    @property
    def mentions(self) -> list[Mention]:
        """The places that name it, in text order."""
    @property
    def document(self) -> Document:
        """The document it belongs to."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Attribution:
    """Who says what: a source, the cue that attributes, the content, and what the source makes of it."""
    @property
    def id(self) -> str:
        """The document's id, "#" and its number among the attributions, from 1."""
    @property
    def parent(self) -> Attribution | None:
        """The attribution in whose content this one stands."""
    @property
    def children(self) -> list[Attribution]:
        """The attributions that stand right in the content of this one."""
    @property
    def chain(self) -> list[Attribution]:
        """This attribution, its parent, its parent's parent: the way the content came."""
    @property
    def field(self) -> str:
        """Where its spans count: "text", or "title" where the record's title is analysed apart."""
    @property
    def kind(self) -> str:
        """One of `sayso.KINDS`: whether the content stands in quotation marks."""
    @property
    def source(self) -> Span | None:
        """Who says it, as the text has it."""
    @property
    def source_entity(self) -> str | None:
        """The canonical name of the source."""
    @property
    def source_entity_id(self) -> str | None:
        """The id of the source, such as "country:UKR"."""
    @property
    def source_kind(self) -> str | None:
        """One of `sayso.SOURCE_KINDS`."""
    @property
    def addressee(self) -> Span | None:
        """Who is told."""
    @property
    def addressee_entity(self) -> str | None:
        """The canonical name of who is told."""
    @property
    def addressee_entity_id(self) -> str | None:
        """The id of who is told."""
    @property
    def cue(self) -> Span | None:
        """The words that attribute."""
    @property
    def content(self) -> Content:
        """What is said."""
    @property
    def act(self) -> str:
        """One of `sayso.ACTS`: what the source does with the content."""
    @property
    def factuality(self) -> str:
        """One of `sayso.FACTUALITIES`: what the source commits to."""
    @property
    def polarity(self) -> int:
        """The sign of the factuality: 1 so, -1 not so, 0 uncommitted."""
    @property
    def certainty(self) -> float:
        """The degree of the factuality, from 0 to 1."""
    @property
    def article_factuality(self) -> str:
        """One of `sayso.FACTUALITIES`: what the article itself commits to."""
    @property
    def about(self) -> str | None:
        """The canonical name of the entity that the content blames or clears."""
    @property
    def about_id(self) -> str | None:
        """The id of the entity that the content blames or clears."""
    @property
    def confidence(self) -> float | None:
        """How likely source, cue and content are right, measured on articles: None where a rule alone found it."""
    @property
    def label_confidence(self) -> dict[str, float | None]:
        """How likely each label is right, measured on articles that training did not see: those of `act` and `factuality`,
        that of `about` where it is not None, and that of `source_entity` where the source is a pronoun or a description."""
    @property
    def why(self) -> str:
        """The rule that knows the cue, and what the model goes by, in words."""
    @property
    def vector(self) -> NDArray[np.float32]:
        """Its row of the document's stance vectors."""
    @property
    def document(self) -> Document:
        """The document it stands in."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Pair:
    """A source with whom it speaks about, in one document: both are known entities."""
    @property
    def source(self) -> str:
        """The canonical name of who speaks."""
    @property
    def source_id(self) -> str:
        """The id of who speaks."""
    @property
    def about(self) -> str:
        """The canonical name of whom it speaks about."""
    @property
    def about_id(self) -> str:
        """The id of whom it speaks about."""
    @property
    def attributions(self) -> list[Attribution]:
        """The attributions in which it does, in text order."""
    @property
    def vector(self) -> NDArray[np.float32]:
        """The mean of their stance vectors: float32, one number for each of `sayso.FEATURES`."""
    @property
    def document(self) -> Document:
        """The document it stands in."""

@final
class Document:
    """An analysed article: the text as it was given and every layer over it.

    Spans count in Unicode code points, so that `doc.text[span.start:span.end] == span.text`; those whose
    `field` is "title" count in `doc.title`. Documents compare by value, hash and pickle.
    """
    @property
    def id(self) -> str:
        """The record's own id, or its place in the input."""
    @property
    def text(self) -> str:
        """The text as it was given; lone surrogates, which no file can hold, are replaced by U+FFFD."""
    @property
    def title(self) -> str | None:
        """The headline, where it was given apart from the text."""
    @property
    def outlet(self) -> str | None:
        """Who published it."""
    @property
    def date(self) -> str | None:
        """When, as it was given."""
    @property
    def url(self) -> str | None:
        """Where it was found."""
    @property
    def warnings(self) -> list[str]:
        """What a reader should know about the reading of it: another encoding, no text, not English."""
    @property
    def english(self) -> float:
        """The share of the words that look like English, from 0 to 1."""
    @property
    def blocks(self) -> list[Block]:
        """The blocks of the text and what each of them is."""
    @property
    def sentences(self) -> list[Span]:
        """The sentences of the copy."""
    @property
    def tokens(self) -> list[Token]:
        """The words and marks of the sentences, with their tags and heads. Empty in a document that comes from JSON."""
    def to_conllu(self) -> str:
        """The document in CoNLL-U, with the places of the words in the last column."""
    @property
    def mentions(self) -> list[Mention]:
        """The places that name something, in text order."""
    @property
    def entities(self) -> list[Entity]:
        """What the mentions name, in the order of their first mention."""
    @property
    def chains(self) -> list[list[Span]]:
        """For everybody and everything told of twice or more, with a name or without, the places that mean it: names,
        pronouns, noun phrases up to their head noun. Empty in a document that comes from JSON."""
    @property
    def attributions(self) -> list[Attribution]:
        """Who says what, in text order; an outer one stands before those in its content."""
    @property
    def vectors(self) -> NDArray[np.float32]:
        """The stance vectors: one row for each attribution, one column for each of `sayso.FEATURES`.

        A read-only float32 view of the document's own memory.
        """
    @property
    def vector(self) -> NDArray[np.float32]:
        """The mean of the stance vectors: float32, one number for each of `sayso.FEATURES`; zeros without attributions."""
    @property
    def pairs(self) -> list[Pair]:
        """The sources with whom they speak about, where both are known, in the order of their first attribution."""
    def factuality(self, spans: Iterable[Any], *, scale: Literal["uw", "uds"] = "uw") -> NDArray[np.float32]:
        """How certain the text is that events happened: a float32 array with a value from -3 to 3 for each span.

        `spans`: pairs of start and end in code points of the text, or objects with `start` and `end`, each the
        word of an event or a phrase, whose head counts. `scale` is "uw" (what the author holds: "will come"
        is nearly certain) or "uds" (whether it has happened yet: "will come" has not). The sentences are parsed
        for it where they are not, by the built-in models.

        Raises `ValueError` for another scale, for a span outside the text, reversed or empty, and for one where no
        word of a sentence stands.
        """
    def to_json(self, *, text: bool = True, vectors: bool = False) -> str:
        """The document as one line of JSON, in the schema "sayso/1"; with `vectors` the stance vectors too."""
    def to_dict(self, *, text: bool = True, vectors: bool = False) -> dict[str, Any]:
        """The document as plain dicts and lists, in the shape of `to_json`."""
    @staticmethod
    def from_json(line: str) -> Document:
        """Reads back what `to_json` wrote with its text."""
    def to_html(self, *, layers: Sequence[str] | None = None, page: bool = False) -> str:
        """The text as HTML with its layers marked; with `page` a whole page of its own. All text is escaped.

        `layers` chooses among "attributions", "mentions" and "blocks"; a page shows attributions and blocks.
        """
    def to_text(self, *, color: bool = False, width: int = 100) -> str:
        """The text as a terminal shows it, `width` characters wide, with its attributions marked and listed;
        with `color` in ANSI colours.
        """
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Feature:
    """A dimension of the stance vectors."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def meaning(self) -> str:
        """What it says."""
    @property
    def low(self) -> float:
        """Its least value."""
    @property
    def high(self) -> float:
        """Its greatest value."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Pipeline:
    """The stages with their lexicon and gazetteer."""
    def __new__(
        cls,
        lexicon: Sequence[_Path] = ...,
        gazetteer: Sequence[_Path] = ...,
        names: Sequence[tuple[str, str]] = ...,
        models: Sequence[_Path] = ...,
        parse: str = "cues",
        every_block: bool = False,
        min_confidence: float = 0.0,
    ) -> Pipeline: ...
    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[str, str, str, int, str]]]:
        """Lemma, universal and fine tag, number of the head (from 1, 0 for the root) and relation of each word of the
        sentences, whose words are taken as they are.
        """
    def sentiment(self, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, float, float, float]]:
        """Label and chances (negative, neutral, positive) of the sentiment towards each target, whose spans count in code
        points.
        """
    def analyse(self, records: Sequence[_Row], threads: int) -> list[Document]:
        """Analyses records on `threads` threads, in their order, with the interpreter free."""
    def factuality(
        self, texts: Sequence[tuple[str, Sequence[tuple[int, int]]]], scale: str, threads: int
    ) -> list[list[float | str]]:
        """How factual events of many texts are: of each text and the start and end of each of its events, in code points,
        the values, on `threads` threads. A value is a string that says what is wrong with the event where something is.
        """

@final
class Stance:
    """How a text stands towards a claim."""
    def __new__(cls, form: str, scores: Sequence[float]) -> Stance: ...
    @property
    def label(self) -> str:
        """The one with the highest score: "agree", "disagree", "discuss" or "unrelated"."""
    @property
    def scores(self) -> dict[str, float]:
        """What speaks for each label, from 0 to 1, together 1."""
    @property
    def form(self) -> str:
        """What the text was read as, "headline" or "article"."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __getnewargs__(self) -> tuple[str, list[float]]: ...

@final
class Judge:
    """The models of stance towards claims."""
    def __new__(cls, models: Sequence[_Path] = ...) -> Judge: ...
    def judge(
        self, pairs: Sequence[tuple[str, str]], form: str | None = None, threads: int = 0
    ) -> list[Stance | str]:
        """The stance of each text towards its claim, or a string that says what is wrong with the pair."""

@final
class Gazetteer:
    """Names and what they name, found in texts: whole words, leftmost, longest, without overlap.

    `names` is a dict from names to ids, or to several ids. Diacritics do not count, nor whether an apostrophe is curly or
    a space is a hyphen; a possessive ending is left out. Case counts for acronyms and for names of at most three letters,
    or as `case` says: "exact" or "ignore". `engine` is "words", the fastest, or "dfa" or "nfa", which find the same.
    """
    def __new__(
        cls,
        names: Mapping[str, str | Iterable[str]],
        *,
        case: _Case | None = None,
        engine: _Engine = "words",
    ) -> Gazetteer: ...
    @staticmethod
    def load(path: _Path, *, case: _Case | None = None, engine: _Engine = "words") -> Gazetteer:
        """The gazetteer in a file: a compiled one, or a table (`.tsv`, `.csv`, `.parquet`, also `.gz` and `.zst`) with the columns
        `name` and `id` and perhaps `label`, `case` ("exact", "ignore" or empty) and `variants`, more names with `|` between.
        Raises SaysoError at the first row that is not what it should be.
        """
    @staticmethod
    def check(path: _Path) -> tuple[Gazetteer, list[str]]:
        """The gazetteer in a file without the rows that are not what they should be, and what is wrong with each of those."""
    def save(self, path: _Path) -> None:
        """Writes the compiled gazetteer to a file, from which it loads many times faster than from a table."""
    def find(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """The names in one text, each as start, end (code points) and its ids."""
    def find_array(self, text: str) -> NDArray[np.int64]:
        """The names in one text as an int64 array of three columns, a row for each id of each: start and end in code points,
        and the place of the id in `ids`. It takes a few microseconds for an article.
        """
    def find_all(
        self, texts: Sequence[str], *, threads: int | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The names in many texts, searched on `threads` threads (None: one for each core) with the interpreter free: four int64
        arrays of one length, with the place of the text, start and end in code points, and the place of the id in `ids`. A
        name with several ids has a row for each.
        """
    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, each once, in the order of the rows."""
    @property
    def labels(self) -> list[str | None]:
        """The label of each of `ids`, None where it has none."""
    def info(self) -> dict[str, Any]:
        """How many names, ids and labels there are, for how many names case counts, how many bytes it takes, and the engine."""
    def __len__(self) -> int: ...

@final
class Table:
    """Rows of one kind with named columns, kept as Arrow record batches."""
    @property
    def name(self) -> str:
        """What the rows are: "documents", "mentions", "entities", "attributions", "pairs" or "links"."""
    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
    def head(self, rows: int) -> list[dict[str, Any]]:
        """The first `rows` rows, each a dict from column to value."""
    def triples(self, first: str, second: str, third: str) -> list[tuple[str, str, str]]:
        """Three columns of strings, row by row."""
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as an Arrow stream; one without rows still carries its columns. A `requested_schema` is not
        followed, which the interface allows.
        """
    def __arrow_c_schema__(self) -> object:
        """The columns and their types as an Arrow schema."""

def demo() -> list[tuple[str, str]]:
    """Names and texts of the six articles of the sample story."""

def link(docs: Iterable[Document]) -> Table:
    """The table of links of documents, in their order."""

def link_files(paths: Sequence[_Path]) -> Table:
    """The table of links of what runs wrote, file after file."""

def link_tables(entities: Table, mentions: Table) -> Table:
    """The table of links of the documents whose entities and mentions these tables hold."""

def load(path: _Path, extract: Callable[[str], str]) -> list[_Row]:
    """The records of a file. `extract` turns the markup of an HTML page into its text."""

def page(docs: Sequence[Document], *, title: str, intro: str = "") -> str:
    """Several documents as one self-contained HTML page: who accuses and who denies, and each text marked."""

def run(
    pipeline: Pipeline,
    inputs: Sequence[_Path],
    out: _Path,
    *,
    columns: Sequence[str],
    threads: int,
    text: bool,
    vectors: bool,
    extract: Callable[[str], str],
    progress: Callable[[int, int, int, int, int], object] | None,
) -> tuple[int, int, int, int, float]:
    """Reads, analyses and writes with the interpreter free; on Ctrl-C nothing is left behind.

    `columns` names those of text, id, title, outlet, date and url. `progress` is called about every 50 ms
    with the numbers of documents, attributions and errors, and the bytes read of those there are.
    """

def tables(docs: Iterable[Document], *, text: bool = True) -> tuple[Table, Table, Table, Table, Table]:
    """The tables of documents, in the order documents, mentions, entities, attributions, pairs."""

def write_links(paths: Sequence[_Path], out: _Path) -> tuple[int, int]:
    """Writes the table of links of what runs wrote to a file, and returns the number of its rows and of those
    that are left open.
    """

def versions() -> list[tuple[str, str]]:
    """The version of sayso and a checksum (CRC-32) of each of its lexicon and gazetteer files."""
