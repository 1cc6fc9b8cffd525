"""Words, tags and trees against a treebank, from raw text or from the words of the gold.

Figures, each in percent, as the CoNLL 2018 shared task counts them:

* `Tokens`, `Sentences`: F1 of exact spans; `Words`: F1 of aligned words
* `UPOS`, `XPOS`, `Lemmas`: F1 over aligned words
* `UAS`, `LAS`: F1 over aligned words whose head is aligned too; `LAS` wants the relation as well, but for its
  subtype, which `LASsub` wants too (nsubj:pass is not nsubj)
* `UPOS_aligned`, ...: accuracy over the aligned words alone
* with `by_genre`, `genres`: recall in each genre of the gold

A prediction is a document in CoNLL-U (`conllu`). With `gold_tokens` the words of each sentence are given, and
it is (lemma, upos, xpos, head, relation) of each of them, sentence by sentence (`tagged`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import conllu_file, treebank
from .align import ROOT, Layout, Placed, align, layout
from .conllu_file import ConlluError, Sentence, Word
from .figures import Figures, percent
from .spans import Json
from .task import Documents, Options, PredictionError, one

SETTING = {"parse": "all", "blocks": "all"}
OVER_WORDS = ("UPOS", "XPOS", "Lemmas", "UAS", "LAS", "LASsub")
OF_GENRES = ("UPOS", "XPOS", "UAS", "LAS")

Right = Counter[str]
"""How often each figure's question is answered right."""


def read(paths: Sequence[Path]) -> Documents:
    """The treebank, by document."""
    return treebank.read(one(paths, "in CoNLL-U"))


def ask(doc: Json, options: Options) -> Json:
    """The raw text, or the words."""
    if not options.gold_tokens:
        return {"id": doc["id"], "text": doc["text"]}
    sentences = [[word.form for word in sentence.words] for sentence in doc["sentences"]]
    return {"id": doc["id"], "sentences": sentences}


def find(nlp: Any, records: Iterable[Json]) -> Iterable[Json]:
    """What the pipeline makes of text or of words."""
    for record in records:
        if "sentences" in record:
            yield {"id": record["id"], "tagged": nlp.tag(record["sentences"])}
        else:
            yield {"id": record["id"], "conllu": nlp(record).to_conllu()}


def accept(predicted: Documents, gold: Documents) -> Documents:
    """The predictions in CoNLL-U."""
    return {key: {"id": key, "conllu": _conllu(doc, gold[key])} for key, doc in predicted.items()}


def _conllu(doc: Json, gold: Json) -> str:
    text, rows, sentences = doc.get("conllu"), doc.get("tagged"), gold["sentences"]
    if isinstance(text, str):
        return text.rstrip("\n") + "\n\n"
    if not isinstance(rows, list):
        raise PredictionError(f"{doc['id']}: expected a document in CoNLL-U, or the tags of its words")
    if len(rows) != len(sentences):
        raise PredictionError(f"{doc['id']}: expected {len(sentences)} sentences, got {len(rows)}")
    words = [_words(doc["id"], *pair) for pair in zip(sentences, rows, strict=True)]
    return conllu_file.write(doc["id"], sentences, words)


def _words(name: str, sentence: Sentence, row: Sequence[tuple[str, str, str, int, str]]) -> list[Word]:
    words = sentence.words
    if len(row) != len(words):
        raise PredictionError(f"{name}: expected the tags of {len(words)} words, got {len(row)}")
    for tags in row:
        if [type(tag) for tag in tags] != [str, str, str, int, str]:
            raise PredictionError(f"{name}: expected (lemma, upos, xpos, head, deprel), got {str(tags)[:60]}")
    return [Word(word.form, *tags) for word, tags in zip(words, row, strict=True)]


def written(doc: Json) -> str:
    """A prediction as it stands in a file."""
    return str(doc["conllu"])


def score(gold: Mapping[str, Json], predicted: Mapping[str, Json], options: Options) -> Figures:
    """Compares documents by id; every gold document needs a prediction."""
    total = Score()
    for key, doc in gold.items():
        try:
            said = layout(conllu_file.parse(predicted[key]["conllu"]))
        except ConlluError as error:
            raise PredictionError(f"{key}: the prediction is not CoNLL-U: {error}") from None
        want = layout(doc["sentences"])
        if want.characters != said.characters:
            raise PredictionError(f"{key}: {_differing(want.characters, said.characters)}")
        total.add(want, said)
    return total.figures(options.by_genre)


def _differing(gold: str, said: str) -> str:
    pairs = enumerate(zip(gold, said, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(gold), len(said)))
    return (
        f"expected the characters of the gold, at {at} (white space not counted) "
        f"{gold[at : at + 30]!r}, got {said[at : at + 30]!r}"
    )


class Score:
    """Adds up one document after the other."""

    def __init__(self) -> None:
        self.right: Right = Counter()
        self.gold, self.said = Counter[str](), Counter[str]()
        self.genres: dict[str, Right] = {}

    def add(self, gold: Layout, said: Layout) -> None:
        for name, a, b in (
            ("Tokens", gold.tokens, said.tokens),
            ("Sentences", gold.sentences, said.sentences),
        ):
            self.right[name] += len(set(a) & set(b))
            self.gold[name] += len(a)
            self.said[name] += len(b)
        self.gold["Words"] += len(gold.words)
        self.said["Words"] += len(said.words)
        self._words(gold.words, said.words)

    def _words(self, gold: Sequence[Placed], said: Sequence[Placed]) -> None:
        pairs = list(align(gold, said))
        gold_of = {j: i for i, j in pairs} | {ROOT: ROOT}
        for placed in gold:
            if placed.genre:
                self.genres.setdefault(placed.genre, Counter())["Words"] += 1
        for i, j in pairs:
            right = _right(gold[i], said[j], gold_of)
            self.right["Words"] += 1
            self.right.update(right)
            if gold[i].genre:
                self.genres[gold[i].genre].update(right)

    def figures(self, by_genre: bool) -> Figures:
        lines, values = list[str](), dict[str, Any]()
        for name in ("Tokens", "Sentences", "Words"):
            line, values[name] = self._f1(name, name)
            lines.append(line)
        for name in OVER_WORDS:
            line, values[name] = self._f1(name, "Words")
            accuracy = percent(self.right[name], self.right["Words"])
            lines.append(f"{line}  aligned acc {accuracy:6.2f}")
            values[f"{name}_aligned"] = round(accuracy, 3)
        if by_genre:
            values["genres"] = {}
            for genre, right in sorted(self.genres.items()):
                recall = {name: percent(right[name], right["Words"]) for name in OF_GENRES}
                shares = "  ".join(f"{name} {share:6.2f}" for name, share in recall.items())
                lines.append(f"{genre:<12} words {right['Words']:6}  {shares}  (recall)")
                values["genres"][genre] = {
                    "words": right["Words"],
                    **{name: round(share, 3) for name, share in recall.items()},
                }
        values |= {"gold_words": self.gold["Words"], "system_words": self.said["Words"]}
        return Figures(lines, values)

    def _f1(self, name: str, unit: str) -> tuple[str, float]:
        right, gold, said = self.right[name], self.gold[unit], self.said[unit]
        p, r, f = percent(right, said), percent(right, gold), percent(2 * right, gold + said)
        return f"{name:<10} P {p:6.2f}  R {r:6.2f}  F1 {f:6.2f}", round(f, 3)


def _right(gold: Placed, said: Placed, gold_of: Mapping[int, int]) -> list[str]:
    """Which figures' questions the word answers right."""
    a, b = gold.word, said.word
    attached = gold.parent is not None and said.parent is not None and gold_of.get(said.parent) == gold.parent
    answers = {
        "UPOS": a.upos == b.upos,
        "XPOS": a.xpos == b.xpos,
        "Lemmas": a.lemma in ("_", b.lemma),
        "UAS": attached,
        "LAS": attached and a.deprel.partition(":")[0] == b.deprel.partition(":")[0],
        "LASsub": attached and a.deprel == b.deprel,
    }
    return [name for name, right in answers.items() if right]
