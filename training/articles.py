"""Articles as words with paragraphs, sentences and quotation, their gold labels, and windows over them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from news import Token, split_sentences, tokenize

ROLES = ["source", "cue", "content"]
LABELS = ["O", *(f"{mark}-{role}" for role in ROLES for mark in "BI")]
# Pieces of a window without its marks.
BUDGET = 253
PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")


def begin(role: str) -> int:
    return LABELS.index(f"B-{role}")


def role_of(label: int) -> int:
    """Place of a label's role in `ROLES`; -1 for none."""
    return (label - 1) // 2 if label else -1


@dataclass
class Article:
    identity: str
    text: str
    words: list[Token] = field(default_factory=list)
    # Of each word: number of its paragraph and of its sentence, whether it stands in quotation marks.
    paragraphs: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    # Gold: a label a word, and the first words of the cues it belongs to; a source may be shared by some.
    labels: list[int] = field(default_factory=list)
    links: list[list[int]] = field(default_factory=list)

    def opens(self, i: int) -> bool:
        """Whether a paragraph begins at word `i`."""
        return i == 0 or self.paragraphs[i] != self.paragraphs[i - 1]


@dataclass
class Window:
    """The words from `start` to before `end` of an article."""

    article: Article
    start: int
    end: int
    pieces: int


def read_article(identity: str, text: str) -> Article:
    article = Article(identity, text)
    sentence = 0
    for number, match in enumerate(PARAGRAPH.finditer(text)):
        for tokens in split_sentences(tokenize(match.group())):
            article.words += [Token(t.text, t.start + match.start(), t.end + match.start()) for t in tokens]
            article.sentences += [sentence] * len(tokens)
            article.paragraphs += [number] * len(tokens)
            sentence += 1
    inside = False
    for i, word in enumerate(article.words):
        # Each paragraph starts anew; the marks themselves count as quoted.
        before = inside and not article.opens(i)
        inside = (before or word.text == "“") and word.text != "”"
        if word.text in {'"', "``", "''"}:
            inside = not before
        article.quoted.append(before or inside)
    return article


def add_gold(article: Article, attributions: Iterable[dict[str, list[list[int]]]]) -> None:
    """Labels and links from a corpus's attributions."""
    article.labels = [0] * len(article.words)
    article.links = [[] for _ in article.words]
    for attribution in attributions:
        spans = [
            (role, [i for i, word in enumerate(article.words) if word.start < end and start < word.end])
            for role in ROLES
            for start, end in attribution[role]
        ]
        cues = [words[0] for role, words in spans if role == "cue" and words]
        for role, words in spans:
            for i in words:
                first = i == words[0] or article.opens(i)
                article.labels[i] = begin(role) + (not first)
                if cues:
                    article.links[i].append(min(cues))
    for i, label in enumerate(article.labels):
        # Where two spans shared a word, the rest of one may lack its begin.
        if label and LABELS[label].startswith("I") and article.labels[i - 1] not in (label, label - 1):
            article.labels[i] = label - 1


def read_gold(path: Path) -> list[Article]:
    articles = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        article = read_article(record["id"], record["text"])
        add_gold(article, record["attributions"])
        articles.append(article)
    return articles


class Cutter:
    """Windows over an article; `sizes` are the pieces of its words."""

    def __init__(self, article: Article, sizes: list[int]) -> None:
        self.article = article
        self.ends = [0]
        for i, size in enumerate(sizes):
            # A separator stands before each paragraph.
            self.ends.append(self.ends[-1] + size + article.opens(i))

    def reach(self, start: int, budget: int = BUDGET) -> int:
        """End of the window from `start`: whole paragraphs, else whole sentences, else what fits."""
        end = start + 1
        while end < len(self.article.words) and self.ends[end + 1] - self.ends[start] <= budget:
            end += 1
        if end == len(self.article.words):
            return end
        for parts in (self.article.paragraphs, self.article.sentences):
            cut = next((i for i in range(end, start, -1) if parts[i] != parts[i - 1]), None)
            if cut is not None:
                return cut
        return end

    def window(self, start: int, end: int) -> Window:
        return Window(self.article, start, end, 3 + self.ends[end] - self.ends[start])

    def moved(self, chance: random.Random) -> Iterator[Window]:
        """Windows side by side, the first one shortened by chance."""
        start, first = 0, chance.randint(BUDGET // 4, BUDGET)
        while start < len(self.article.words):
            end = self.reach(start, BUDGET if start else first)
            yield self.window(start, end)
            start = end

    def overlapping(self) -> Iterator[Window]:
        """Windows of which each starts about half of one after the one before."""
        start = end = 0
        while end < len(self.article.words):
            end = self.reach(start)
            yield self.window(start, end)
            start = self.reach(start, BUDGET // 2)
