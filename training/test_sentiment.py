"""What counts as a target in raw news, and what of a long sentence the sentiment teacher reads."""

from judge import LONGEST, make_item, pieces_of
from label_sentiment import common_words, names
from news import tokenize


class Letters:
    """Splits a word into its letters, each a piece."""

    def __call__(self, word: str) -> list[int]:
        return [ord(c) for c in word]


def test_targets_are_names_and_pronouns():
    text = "Then she met Mara Quill of the Harbour Board; I saw Ole."
    found = [text[start:end] for start, end in names(tokenize(text))]
    assert found == ["Then", "she", "Mara Quill", "Harbour Board", "Ole"]


def test_what_is_often_small_is_no_name():
    sentences = [
        ("a", t, tokenize(t)) for t in ("When she left, when he came.", "When?", "Ole ran when told.")
    ]
    common = common_words(sentences)
    assert "when" in common and "ole" not in common


def test_a_long_sentence_is_read_around_its_target():
    text = "left " * 200 + "Quill " + "right " * 200
    item = make_item("a", text, 1000, 1005, tokenize(text))
    assert item is not None
    pieces = pieces_of(item, Letters())  # type: ignore[arg-type]
    inside = [i for i, (_, _, target) in enumerate(pieces) if target]
    assert (len(pieces), len(inside), inside[0]) == (LONGEST, 5, LONGEST // 3)
    assert make_item("a", "  ", 0, 1, []) is None
