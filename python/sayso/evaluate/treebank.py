"""Gold in CoNLL-U: documents with their sentences, and the raw text that they come from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from .conllu_file import ConlluError, Sentence, bare, parse
from .gold_file import GoldError, read_text
from .spans import Json


def read(path: Path) -> dict[str, Json]:
    """The documents of a gold file by id: `id`, `text` and `sentences`.

    In the text a space is between sentences, a blank line between paragraphs.
    """
    try:
        sentences = list(parse(read_text(path)))
        for sentence in sentences:
            _check(sentence)
    except ConlluError as error:
        raise GoldError(path, error.line, error.expected) from None
    docs: dict[str, Json] = {}
    for part in _documents(sentences):
        key = part[0].remarks.get("newdoc id") or str(len(docs) + 1)
        if key in docs:
            raise GoldError(path, part[0].line, f"expected an id of its own, {key!r} stands above")
        docs[key] = {"id": key, "text": text_of(part), "sentences": part}
    if not docs:
        raise GoldError(path, None, "expected at least one sentence")
    return docs


def text_of(sentences: Sequence[Sentence]) -> str:
    """The raw text of a document."""
    text = sentences[0].text
    for sentence in sentences[1:]:
        text += ("\n\n" if sentence.begins("newpar") else " ") + sentence.text
    return text


def _documents(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    part: list[Sentence] = []
    for sentence in sentences:
        if part and sentence.begins("newdoc"):
            yield part
            part = []
        part.append(sentence)
    if part:
        yield part


def _check(sentence: Sentence) -> None:
    """Gold must have trees, and a text that its tokens make up."""
    if bare(sentence.text) != "".join(bare(token.form) for token in sentence.tokens):
        raise ConlluError(sentence.line, f"expected the tokens of the remark `# text = {sentence.text[:60]}`")
    if number := _in_cycle([word.head for word in sentence.words]):
        raise ConlluError(
            sentence.line, f"expected a tree, found that the head of word {number} comes back to it"
        )


def _in_cycle(heads: Sequence[int | None]) -> int | None:
    """The number of a word that is above itself."""
    settled = set[int]()
    for start in range(1, len(heads) + 1):
        way = set[int]()
        at: int | None = start
        while at and at not in settled:
            if at in way:
                return at
            way.add(at)
            at = heads[at - 1]
        settled |= way
    return None
