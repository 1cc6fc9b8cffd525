"""What of an attribution the stance teacher reads, and what is made of a raw sentence."""

import random

from acts import BEFORE, CONTENT, IN_CONTENT, IN_CUE, IN_FRONT, IN_SOURCE, pieces_of
from encoder import CASES
from label_acts import SOURCES, article_of, names_of
from mpnet import CLS, SEP, bucket_of
from news import tokenize


class Letters:
    """Splits a word into its letters, each a piece above the marks of the encoder."""

    def __call__(self, word: str) -> list[int]:
        return [1000 + ord(c) for c in word]


def read(text: str, row: dict) -> dict[int, str]:
    """The letters that the teacher sees of each part."""
    found: dict[int, str] = {}
    for piece, case in pieces_of(text, row, Letters()):  # type: ignore[arg-type]
        if piece not in (CLS, SEP):
            found[case // CASES] = found.get(case // CASES, "") + chr(piece - 1000)
    return found


def test_each_part_is_marked():
    text = "It rained. Zoë said it was late."
    row = {"source": [[11, 14]], "cue": [[15, 19]], "content": [[20, 31]]}
    found = read(text, row)
    assert found == {
        IN_FRONT: "Itrained."[-BEFORE:],
        IN_SOURCE: "Zoë",
        IN_CUE: "said",
        IN_CONTENT: "itwaslate",
    }


def test_long_parts_are_cut_where_least_is_told():
    text = "before " * 60 + "she said " + "after " * 60
    row = {"source": [[420, 423]], "cue": [[424, 428]], "content": [[429, len(text) - 1]]}
    found = read(text, row)
    assert found[IN_FRONT] == "beforebefore"[-BEFORE:]
    assert (len(found[IN_CONTENT]), found[IN_CONTENT][:5]) == (CONTENT, "after")


def test_a_raw_sentence_is_said_by_somebody():
    raw = [tokenize(text) for text in ("The port was shut on Monday.", "Quill knew the port.")]
    names = names_of(raw)
    assert {"quill", "monday"} <= names
    for seed in range(20):
        for sentence, words in zip(raw, ("port was shut on Monday", "Quill knew the port"), strict=True):
            article = article_of(sentence, names, random.Random(seed))
            text, (row,) = article["text"], article["attributions"]
            source, cue, content = (text[slice(*row[role][0])] for role in ("source", "cue", "content"))
            assert words in content and "Monday" not in source + cue
            assert cue.lower() in ("said", "told reporters", "added", "wrote", "according to")
            assert source.lower() in SOURCES


def test_near_distances_are_apart_and_far_ones_together():
    buckets = bucket_of(200)
    behind, ahead = buckets[:, 0].tolist(), buckets[0].tolist()
    assert behind[:9] == list(range(9)) and ahead[:9] == [0, *range(17, 25)]
    assert behind[9:] == sorted(behind[9:]) and set(behind[128:]) == {15} and set(ahead[128:]) == {31}
