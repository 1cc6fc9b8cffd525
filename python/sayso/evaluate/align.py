"""Words of two analyses of one text, paired through the characters that they cover, as CoNLL 2018 has it.

Words pair that cover the same characters. Those of a multi-word token have no characters of their own: around
one, the words of both sides pair by the longest common subsequence of their forms, in lower case.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .conllu_file import Sentence, Word, bare
from .spans import Span

ROOT = -1
"""The parent of a word that has none."""

Pair = tuple[int, int]
"""The places of a word in both analyses."""


class Placed(NamedTuple):
    """A word and the characters that it covers, white space not counted."""

    start: int
    end: int
    multi: bool
    """Whether it shares them with other words of its token."""
    word: Word
    parent: int | None
    """The place of its head, or ROOT; None where there is no parse."""
    genre: str


class Layout(NamedTuple):
    """One analysis of a text."""

    characters: str
    tokens: list[Span]
    sentences: list[Span]
    words: list[Placed]


def layout(sentences: Iterable[Sentence]) -> Layout:
    """Where everything stands."""
    out = Layout("", [], [], [])
    pieces: list[str] = []
    at = 0
    for sentence in sentences:
        first, begin = len(out.words), at
        for token in sentence.tokens:
            pieces.append(bare(token.form))
            start, at = at, at + len(pieces[-1])
            out.tokens.append((start, at))
            multi = len(token.words) > 1
            out.words.extend(
                Placed(start, at, multi, word, _parent(word, first), sentence.genre) for word in token.words
            )
        out.sentences.append((begin, at))
    return out._replace(characters="".join(pieces))


def _parent(word: Word, first: int) -> int | None:
    return word.head and first + word.head - 1 if word.head != 0 else ROOT


def align(gold: Sequence[Placed], said: Sequence[Placed]) -> Iterator[Pair]:
    """The pairs, in order."""
    i = j = 0
    while i < len(gold) and j < len(said):
        g, s = gold[i], said[j]
        if (g.multi and s.multi) or (g.multi and s.end > g.start) or (s.multi and g.end > s.start):
            i_end, j_end = _group(gold, said, i, j)
            for a, b in _common(_forms(gold[i:i_end]), _forms(said[j:j_end])):
                yield i + a, j + b
            i, j = i_end, j_end
            continue
        if (g.start, g.end) == (s.start, s.end):
            yield i, j
        # Whichever ends first gives way to its next; both do where they end together.
        i, j = i + (g.end <= s.end), j + (s.end <= g.end)


def _group(gold: Sequence[Placed], said: Sequence[Placed], i: int, j: int) -> tuple[int, int]:
    """Where the words end on both sides that the multi-word tokens from here on keep together."""
    end = max(word.end for word in (gold[i], said[j]) if word.multi)
    while True:
        i, end = _reach(gold, i, end)
        j, reached = _reach(said, j, end)
        if reached == end:
            return i, j
        end = reached


def _reach(words: Sequence[Placed], at: int, end: int) -> tuple[int, int]:
    """Past the words that begin before the end; a multi-word token across it moves it, another word stops."""
    while at < len(words) and words[at].start < end:
        if words[at].end > end and not words[at].multi:
            break
        end = max(end, words[at].end)
        at += 1
    return at, end


def _forms(words: Sequence[Placed]) -> list[str]:
    return [placed.word.form.lower() for placed in words]


def _common(a: Sequence[str], b: Sequence[str]) -> Iterator[Pair]:
    """A longest common subsequence, as places in both."""
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            same = a[i] == b[j]
            best[i][j] = 1 + best[i + 1][j + 1] if same else max(best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
