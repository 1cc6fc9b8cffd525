"""CoNLL-U: sentences of words with lemma, tags, head and relation, ten columns a word.

Kept are the columns 1 to 5, 7 and 8, `SpaceAfter=No`, and the remarks above a sentence, of which `genre`
holds until the next one. Empty nodes (8.1) are left out.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

COLUMNS = 10
RANGE = re.compile(r"([1-9]\d*)-([1-9]\d*)")
EMPTY = re.compile(r"\d+\.\d+")


class ConlluError(ValueError):
    """A line that is not CoNLL-U; it counts from 1."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(f"line {line}: {expected}")
        self.line, self.expected = line, expected


class Word(NamedTuple):
    """What is tagged and parsed."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int | None
    """The number of its head in the sentence, from 1; 0 at the root, None where there is no parse."""
    deprel: str


class Token(NamedTuple):
    """What stands in the text: a word, or several that are written as one (don't: do, n't)."""

    form: str
    words: list[Word]
    spaced: bool
    """Whether white space follows."""


class Sentence(NamedTuple):
    """One sentence, and where it stands."""

    line: int
    """Where its first word is, in the file."""
    remarks: dict[str, str]
    """Those right above it."""
    genre: str
    tokens: list[Token]

    @property
    def words(self) -> list[Word]:
        return [word for token in self.tokens for word in token.words]

    @property
    def text(self) -> str:
        """Its text as remarked; else its tokens put together."""
        said = self.remarks.get("text")
        if said is not None:
            return said.strip()
        return "".join(token.form + " " * token.spaced for token in self.tokens).strip()

    def begins(self, part: str) -> bool:
        """Whether it begins a `newdoc` or a `newpar`."""
        return any(remark.startswith(part) for remark in self.remarks)


class Row(NamedTuple):
    """A line of ten columns."""

    line: int
    cells: list[str]


def bare(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def parse(text: str) -> Iterator[Sentence]:
    """The sentences of a file; raises `ConlluError`."""
    genre, remarks, rows = "", dict[str, str](), list[Row]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        line = line.rstrip("\r")
        if line.startswith("#"):
            name, _, value = line.removeprefix("# ").partition(" = ")
            remarks[name] = value
            genre = value if name == "genre" else genre
        elif line:
            rows.append(_row(number, line))
        elif rows:
            yield Sentence(rows[0].line, remarks, genre, list(_tokens(rows)))
            remarks, rows = {}, []


def _row(number: int, line: str) -> Row:
    cells = line.split("\t")
    if len(cells) != COLUMNS:
        raise ConlluError(number, f"expected {COLUMNS} columns with tabs between them, found {len(cells)}")
    return Row(number, cells)


def _tokens(rows: Sequence[Row]) -> Iterator[Token]:
    """The tokens of a sentence; its words must be numbered from 1 without a gap."""
    rows = [row for row in rows if not EMPTY.fullmatch(row.cells[0])]
    count = sum(1 for row in rows if "-" not in row.cells[0])
    done, at = 0, 0
    while at < len(rows):
        row = rows[at]
        if "-" in row.cells[0]:
            size = _size(row, done, count)
            inside = rows[at + 1 : at + 1 + size]
            at += 1
        else:
            inside = [row]
        words = [_word(row, done + 1 + place, count) for place, row in enumerate(inside)]
        yield _token(row, words)
        done, at = done + len(words), at + len(words)


def _size(row: Row, done: int, count: int) -> int:
    """How many words a multi-word token has."""
    found = RANGE.fullmatch(row.cells[0])
    if found is None or int(found[1]) != done + 1 or not done + 1 < int(found[2]) <= count:
        raise ConlluError(
            row.line, f"expected a range of the next words, from {done + 1}, found {row.cells[0]!r}"
        )
    return int(found[2]) - done


def _token(row: Row, words: list[Word]) -> Token:
    if not bare(row.cells[1]):
        raise ConlluError(row.line, "expected a form in column 2, found none")
    return Token(row.cells[1], words, "SpaceAfter=No" not in row.cells[9].split("|"))


def _word(row: Row, number: int, count: int) -> Word:
    if row.cells[0] != str(number):
        raise ConlluError(row.line, f"expected the word number {number}, found {row.cells[0]!r}")
    _, form, lemma, upos, xpos, _, head, deprel, *_ = row.cells
    if head == "_":
        return Word(form, lemma, upos, xpos, None, deprel)
    if not (head.isascii() and head.isdecimal() and int(head) <= count):
        raise ConlluError(row.line, f"expected a head from 0 to {count} in column 7, found {head!r}")
    return Word(form, lemma, upos, xpos, int(head), deprel)


def write(name: str, sentences: Sequence[Sentence], words: Sequence[Sequence[Word]]) -> str:
    """A document in CoNLL-U: the tokens of the sentences, but other tags, heads and relations."""
    lines = [f"# newdoc id = {name}"]
    for number, (sentence, tagged) in enumerate(zip(sentences, words, strict=True), 1):
        lines += ["# newpar"] * sentence.begins("newpar")
        lines += [f"# sent_id = {sentence.remarks.get('sent_id', number)}", f"# text = {sentence.text}"]
        lines += [*_lines(sentence.tokens, tagged), ""]
    return "\n".join(lines) + "\n"


def _lines(tokens: Sequence[Token], words: Sequence[Word]) -> Iterator[str]:
    done = 0
    for token in tokens:
        misc = "_" if token.spaced else "SpaceAfter=No"
        size = len(token.words)
        if size > 1:
            yield "\t".join([f"{done + 1}-{done + size}", token.form, *"_" * 7, misc])
        for number, word in enumerate(words[done : done + size], done + 1):
            head = "_" if word.head is None else str(word.head)
            cells = [str(number), word.form, word.lemma, word.upos, word.xpos, "_", head, word.deprel, "_"]
            yield "\t".join([*cells, misc if size == 1 else "_"])
        done += size
