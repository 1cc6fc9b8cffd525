"""Scoring against a treebank: cases whose figures the reference scorer gave, and the reference itself."""

import gzip
import json
import random
import re
import subprocess
import sys

import pytest
from samples import SHARED
from sayso.cli import main as command
from sayso.evaluate import TASKS, GoldError, Options, PredictionError, evaluate, main
from sayso.evaluate.align import align, layout
from sayso.evaluate.conllu_file import Sentence, Token, Word, parse
from sayso.evaluate.treebank import read


def tabbed(text):
    """CoNLL-U, of lines that have spaces between their columns."""
    return re.sub(r"^\d.*", lambda line: re.sub(" +", "\t", line[0]), text, flags=re.MULTILINE)


GOLD = tabbed("""\
# newdoc id = a
# genre = news
# newpar
# sent_id = a-1
# text = Dana didn't leave Riga.
1 Dana Dana PROPN NNP _ 4 nsubj _ _
2-3 didn't _ _ _ _ _ _ _ _
2 did do AUX VBD _ 4 aux _ _
3 n't not PART RB _ 4 advmod _ _
4 leave leave VERB VB _ 0 root _ _
4.1 leave leave VERB VB _ _ _ _ _
5 Riga Riga PROPN NNP _ 4 obj _ SpaceAfter=No
6 . . PUNCT . _ 4 punct _ _

# sent_id = a-2
# text = It was told.
1 It it PRON PRP _ 3 nsubj:pass _ _
2 was be AUX VBD _ 3 aux:pass _ _
3 told tell VERB VBN _ 0 root _ SpaceAfter=No
4 . . PUNCT . _ 3 punct _ _

# newpar
# text = No.
1 No no INTJ UH _ 0 root _ SpaceAfter=No
2 . . PUNCT . _ 1 punct _ _

# newdoc id = b
# genre = blog
# text = Ha!
1 Ha _ INTJ UH _ 0 root _ SpaceAfter=No
2 ! ! PUNCT . _ 1 punct _ _
""")

SAID = {
    "a": tabbed("""\
# newdoc id = a
1 Dana Dana PROPN NN _ 4 nsubj _ _
2-3 didn't _ _ _ _ _ _ _ _
2 Did do AUX VBD _ 4 aux _ _
3 not not PART RB _ 4 advmod _ _
4 leave leave NOUN VB _ 0 root _ _
5 Riga. Riga. PROPN NNP _ 4 obj _ TokenRange=17:22
6 It it PRON PRP _ 4 nsubj _ _

1 was be AUX VBD _ 2 aux _ _
2 told told VERB VBN _ 0 root _ SpaceAfter=No
3 . . PUNCT . _ 1 punct _ _

1 No no INTJ UH _ 0 root _ SpaceAfter=No
2 . . PUNCT . _ _ _ _ _
"""),
    "b": tabbed("""\
1 Ha ha INTJ UH _ 2 dep _ SpaceAfter=No
2 ! ! PUNCT . _ 0 root _ _
"""),
}

FIGURES = """\
Tokens     P  91.67  R  84.62  F1  88.00
Sentences  P  50.00  R  50.00  F1  50.00
Words      P  84.62  R  78.57  F1  81.48
UPOS       P  76.92  R  71.43  F1  74.07  aligned acc  90.91
XPOS       P  76.92  R  71.43  F1  74.07  aligned acc  90.91
Lemmas     P  76.92  R  71.43  F1  74.07  aligned acc  90.91
UAS        P  46.15  R  42.86  F1  44.44  aligned acc  54.55
LAS        P  46.15  R  42.86  F1  44.44  aligned acc  54.55
LASsub     P  38.46  R  35.71  F1  37.04  aligned acc  45.45
blog         words      2  UPOS 100.00  XPOS 100.00  UAS   0.00  LAS   0.00  (recall)
news         words     12  UPOS  66.67  XPOS  66.67  UAS  50.00  LAS  50.00  (recall)
"""

VALUES = {
    "Tokens": 88.0,
    "Sentences": 50.0,
    "Words": 81.481,
    "UPOS": 74.074,
    "UPOS_aligned": 90.909,
    "XPOS": 74.074,
    "XPOS_aligned": 90.909,
    "Lemmas": 74.074,
    "Lemmas_aligned": 90.909,
    "UAS": 44.444,
    "UAS_aligned": 54.545,
    "LAS": 44.444,
    "LAS_aligned": 54.545,
    "LASsub": 37.037,
    "LASsub_aligned": 45.455,
    "genres": {
        "blog": {"words": 2, "UPOS": 100.0, "XPOS": 100.0, "UAS": 0.0, "LAS": 0.0},
        "news": {"words": 12, "UPOS": 66.667, "XPOS": 66.667, "UAS": 50.0, "LAS": 50.0},
    },
    "gold_words": 14,
    "system_words": 13,
}

TAGGED = {
    "a": [
        [
            ("Dana", "PROPN", "NNP", 4, "nsubj"),
            ("do", "AUX", "VBD", 4, "aux"),
            ("not", "PART", "RB", 4, "advmod"),
            ("leave", "VERB", "VB", 0, "root"),
            ("Riga", "NOUN", "NN", 4, "obl"),
            (".", "PUNCT", ".", 5, "punct"),
        ],
        [
            ("it", "PRON", "PRP", 3, "nsubj"),
            ("be", "AUX", "VBD", 3, "aux:pass"),
            ("tell", "VERB", "VBN", 0, "root"),
            (".", "PUNCT", ".", 3, "punct"),
        ],
        [("no", "INTJ", "UH", 0, "root"), (".", "PUNCT", ".", 1, "punct")],
    ],
    "b": [[("ha", "INTJ", "UH", 0, "root"), ("!", "PUNCT", "NN", 1, "punct")]],
}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text(GOLD, encoding="utf-8")
    return path


def saying(said):
    """A pipeline that gives these documents in CoNLL-U, whatever the text."""
    return lambda records: [{"id": record["id"], "conllu": said[record["id"]]} for record in records]


def tagging(tagged):
    """A pipeline that gives these tags, whatever the words."""
    return lambda records: [{"id": record["id"], "tagged": tagged[record["id"]]} for record in records]


def reference(gold, said, *options):
    script = [sys.executable, str(SHARED / "eval" / "score_conllu.py"), str(gold), str(said), *options]
    return subprocess.run(script, capture_output=True, text=True, check=True).stdout


def test_figures_counted_on_other_tokens_and_sentences(gold):
    figures = evaluate("conllu", gold, saying(SAID), Options(by_genre=True))
    assert "".join(f"{line}\n" for line in figures.lines) == FIGURES
    assert figures.values == VALUES


def test_genres_are_shown_where_they_are_asked_for(gold):
    figures = evaluate("conllu", gold, saying(SAID))
    assert "genres" not in figures.values
    assert [line.split()[0] for line in figures.lines] == [
        line.split()[0] for line in FIGURES.split("\n")[:9]
    ]


def test_gold_words_are_given_and_their_tags_scored(gold):
    asked = []

    def predict(records):
        asked.extend(records)
        return tagging(TAGGED)(asked)

    values = evaluate("conllu", gold, predict, Options(gold_tokens=True, by_genre=True)).values
    assert asked[0] == {
        "id": "a",
        "sentences": [["Dana", "did", "n't", "leave", "Riga", "."], ["It", "was", "told", "."], ["No", "."]],
    }
    assert {name: values[name] for name in ("Tokens", "Sentences", "Words", "Lemmas")} == dict.fromkeys(
        ("Tokens", "Sentences", "Words", "Lemmas"), 100
    )
    wrong = {"UPOS": 1, "XPOS": 2, "UAS": 1, "LAS": 2, "LASsub": 3}
    assert {name: values[name] for name in wrong} == {
        name: round(100 * (14 - n) / 14, 3) for name, n in wrong.items()
    }
    assert values["genres"]["blog"] == {"words": 2, "UPOS": 100, "XPOS": 50, "UAS": 100, "LAS": 100}


def test_the_text_is_that_of_the_remarks_with_a_blank_line_between_paragraphs(gold):
    asked = []
    evaluate(
        "conllu", gold, lambda records: saying(SAID)([asked.append(record) or record for record in records])
    )
    assert asked == [
        {"id": "a", "text": "Dana didn't leave Riga. It was told.\n\nNo."},
        {"id": "b", "text": "Ha!"},
    ]


def test_a_file_without_remarks_is_one_document(gold):
    bare = "\n".join(line for line in GOLD.split("\n") if not line.startswith("#"))
    gold.write_text(bare, encoding="utf-8")
    (doc,) = read(gold).values()
    assert (doc["id"], doc["text"]) == ("1", "Dana didn't leave Riga. It was told. No. Ha!")
    assert evaluate("conllu", gold, saying({"1": bare})).values["Lemmas"] == 100


@pytest.mark.parametrize(
    ("options", "predict"), [((), saying(SAID)), (("--gold-tokens",), tagging(TAGGED))], ids=["raw", "gold"]
)
def test_predictions_are_written_for_the_reference_scorer(gold, tmp_path, capsys, options, predict):
    out = tmp_path / "out.conllu"
    main("conllu", gold, out, predict, Options(gold_tokens=bool(options), by_genre=True))
    printed = capsys.readouterr().out
    assert [s.text for s in parse(out.read_text(encoding="utf-8"))]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gold.conllu", "out.conllu"]
    if SHARED:
        assert printed == reference(gold, out, "--by-genre")


def test_written_gold_tokens_keep_the_text_and_the_multi_word_tokens(gold, tmp_path):
    out = tmp_path / "out.conllu"
    main("conllu", gold, out, tagging(TAGGED), Options(gold_tokens=True))
    assert {key: doc["text"] for key, doc in read(out).items()} == {
        key: doc["text"] for key, doc in read(gold).items()
    }
    assert "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n" in out.read_text(encoding="utf-8")
    assert "5\tRiga\tRiga\tNOUN\tNN\t_\t4\tobl\t_\tSpaceAfter=No\n" in out.read_text(encoding="utf-8")


def sentence(notation):
    """A sentence of tokens; words of a multi-word token stand behind it: `don't=do+n't and more`."""
    tokens = []
    for token in notation.split():
        form, _, words = token.partition("=")
        tokens.append(
            Token(form, [Word(w, "_", "_", "_", None, "_") for w in (words or form).split("+")], True)
        )
    return Sentence(1, {}, "", tokens)


@pytest.mark.parametrize(
    ("gold", "said", "pairs"),
    [
        ("a bc d", "a bc d", "a-a bc-bc d-d"),
        ("a bc d", "ab c d", "d-d"),
        ("a b c", "ab c", "c-c"),
        ("abcd e", "a b c d e", "e-e"),
        # Words of a multi-word token pair by their forms, in lower case.
        ("don't=do+n't x", "don't=Do+n't x", "do-Do n't-n't x-x"),
        ("don't=do+n't x", "do n't x", "do-do n't-n't x-x"),
        ("don't=do+not x", "do n't x", "do-do x-x"),
        ("do n't x", "don't=do+not x", "do-do x-x"),
        ("a b", "ab=b+a", "b-b"),
        ("ab=b+a", "a b", "a-a"),
        # Tokens that cross one another are taken together.
        ("ab=a+b cd=c+d", "a bc=b+c d", "a-a b-b c-c d-d"),
        ("ab=a+b c", "a bc", "a-a"),
        ("a bc", "ab=a+b c", "a-a"),
        ("x ab=a+b", "xa b", "b-b"),
        ("xa b", "x ab=a+b", "b-b"),
        ("x y ab=a+b z", "xy ab z", "z-z"),
    ],
)
def test_words_pair_through_their_characters(gold, said, pairs):
    a, b = (layout([sentence(notation)]).words for notation in (gold, said))
    assert " ".join(f"{a[i].word.form}-{b[j].word.form}" for i, j in align(a, b)) == pairs


ROW = "1\tHa\tha\tINTJ\tUH\t_\t0\troot\t_\t_"


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        ("", None, "expected at least one sentence"),
        ("# newdoc id = a\n\n# text = Ha\n", None, "expected at least one sentence"),
        ("\n# text = Ha\n" + ROW[:-2], 3, "expected 10 columns with tabs between them, found 9"),
        (ROW.replace("\t", " "), 1, "expected 10 columns with tabs between them, found 1"),
        (ROW.replace("1", "one", 1), 1, "expected the word number 1, found 'one'"),
        (ROW.replace("1", "2", 1), 1, "expected the word number 1, found '2'"),
        (f"{ROW}\n{ROW}", 2, "expected the word number 2, found '1'"),
        (ROW.replace("1", "1-2", 1), 1, "expected a range of the next words, from 1, found '1-2'"),
        (ROW.replace("1", "1-b", 1), 1, "expected a range of the next words, from 1, found '1-b'"),
        (ROW.replace("0", "2"), 1, "expected a head from 0 to 1 in column 7, found '2'"),
        (ROW.replace("0", "-1"), 1, "expected a head from 0 to 1 in column 7, found '-1'"),
        (ROW.replace("0", "root"), 1, "expected a head from 0 to 1 in column 7, found 'root'"),
        (ROW.replace("0", "²"), 1, "expected a head from 0 to 1 in column 7, found '²'"),
        (ROW.replace("0", "1"), 1, "expected a tree, found that the head of word 1 comes back to it"),
        (GOLD.replace("4\taux\t", "3\taux\t").replace("4\tadvmod", "2\tadvmod"), 6, "head of word 2 comes"),
        (ROW.replace("Ha", " "), 1, "expected a form in column 2, found none"),
        (f"# text = Ho\n{ROW}", 2, "expected the tokens of the remark `# text = Ho`"),
        (f"# newdoc id = a\n{ROW}\n\n# newdoc id = a\n{ROW}", 5, "an id of its own, 'a' stands above"),
    ],
)
def test_bad_gold_names_file_line_and_what_was_expected(gold, content, line, expected):
    gold.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError) as error:
        evaluate("conllu", gold, saying(SAID))
    assert error.value.line == line
    assert expected in str(error.value) and str(gold) in str(error.value)


def test_gold_is_one_file(gold):
    with pytest.raises(ValueError, match="expected one file in CoNLL-U, got 2 files"):
        evaluate("conllu", [gold, gold], saying(SAID))


@pytest.mark.parametrize(
    ("predict", "expected"),
    [
        (saying({**SAID, "b": ROW}), r"b: expected the characters of the gold, at 2 .* '!', got ''"),
        (saying({**SAID, "b": "no"}), "b: the prediction is not CoNLL-U: line 1: expected 10 columns"),
        (saying({**SAID, "b": None}), "b: expected a document in CoNLL-U, or the tags of its words"),
        (tagging({**TAGGED, "b": []}), "b: expected 1 sentences, got 0"),
        (tagging({**TAGGED, "b": [[]]}), "b: expected the tags of 2 words, got 0"),
        (tagging({**TAGGED, "b": [["UH", "."]]}), r"b: expected \(lemma, upos, xpos, head, deprel\), got UH"),
        (
            tagging({**TAGGED, "b": [[("ha", "INTJ", "UH", 3, "root")] * 2]}),
            "b: the prediction is not CoNLL-U: line 4: expected a head from 0 to 2",
        ),
    ],
)
def test_bad_predictions(gold, predict, expected):
    with pytest.raises(PredictionError, match=expected):
        evaluate("conllu", gold, predict)


class Reader:
    """Stands in for a pipeline that parses."""

    def __init__(self, lexicon=None, gazetteer=None, *, model=None, parse, blocks):
        assert (lexicon, gazetteer, parse, blocks) == (None, None, "all", "all")

    def __call__(self, record):
        self.id = record["id"]
        return self

    def to_conllu(self):
        return SAID[self.id]

    def tag(self, sentences):
        return next(rows for rows in TAGGED.values() if len(rows) == len(sentences))


def test_the_command(gold, monkeypatch, capsys):
    monkeypatch.setattr("sayso.Pipeline", Reader)
    assert command(["eval", "conllu", str(gold), "--by-genre"]) == 0
    assert capsys.readouterr().out == f"{FIGURES}{json.dumps(VALUES)}\n"
    assert command(["eval", "conllu", str(gold), "--gold-tokens"]) == 0
    assert "Sentences  P 100.00" in capsys.readouterr().out
    assert command(["eval", "conllu", str(gold), "--types", "PER"]) == 2
    assert "the option types is for names, not for conllu" in capsys.readouterr().err


def test_the_pipeline_is_asked_for_all_of_the_text():
    assert TASKS["conllu"].setting == {"parse": "all", "blocks": "all"}


def scrambled(sentences, dice):
    """A document in CoNLL-U over the same characters with every kind of error."""
    out, rows = [], []
    for place, sentence in enumerate(sentences):
        tokens = [(token.form, token.words) for token in sentence.tokens]
        while tokens:
            form, words = tokens.pop(0)
            parts = [word.form for word in words] if len(words) > 1 and dice.random() < 0.8 else [form]
            if dice.random() < 0.04 and tokens:  # two tokens as one, of one word or of several
                form += tokens.pop(0)[0]
                parts = dice.choice([[form], ["do", "n't"], [form.upper(), "x"]])
            elif dice.random() < 0.04 and len(form) > 1:  # one as two
                cut = dice.randrange(1, len(form))
                tokens.insert(0, (form[cut:], words))
                form = form[:cut]
                parts = dice.choice([[form], [form, "y"]])
            rows += changed(form, parts, words, sum("-" not in row[0] for row in rows), dice)
            last = place + 1 == len(sentences) and not tokens
            if last or dice.random() < (0.02 if tokens else 0.9):
                out += [*finished(rows), ""]
                rows = []
    return "\n".join(out) + "\n"


def changed(form, parts, words, done, dice):
    """The rows of a token; some lemmas, tags, heads and relations are those of another word."""
    if len(parts) > 1:
        yield [f"{done + 1}-{done + len(parts)}", form, *"________"]
    for number, part in enumerate(parts):
        like = words[min(number, len(words) - 1)]
        lemma, upos, deprel = (
            value if dice.random() < 0.9 else other
            for value, other in ((like.lemma, "be"), (like.upos, "X"), (like.deprel, "nsubj:pass"))
        )
        head = dice.choices([like.head, "_", dice.randrange(9)], [0.9, 0.02, 0.08])[0]
        yield [str(done + 1 + number), part, lemma, upos, like.xpos, "_", head, deprel, "_", "_"]


def finished(rows):
    """The rows as lines; no head is beyond the sentence."""
    count = sum("-" not in row[0] for row in rows)
    for row in rows:
        yield "\t".join([*row[:6], row[6] if row[6] == "_" else str(min(row[6], count)), *row[7:]])


@pytest.mark.skipif(SHARED is None, reason="the reference scorers are not there")
@pytest.mark.parametrize("gold", ["ud-ewt", "ud-gum-free"])
def test_figures_are_those_of_the_reference_scorer(tmp_path, capsys, gold):
    whole = gzip.decompress((SHARED / "data" / gold / "dev.conllu.gz").read_bytes()).decode("utf-8")
    docs = whole.split("# newdoc")[1:9]
    path, out = tmp_path / "gold.conllu", tmp_path / "out.conllu"
    path.write_text("".join(f"# newdoc{doc}" for doc in docs), encoding="utf-8")
    said = read(path)
    for seed in range(3):
        dice = random.Random(seed)
        predict = saying({key: scrambled(doc["sentences"], dice) for key, doc in said.items()})
        main("conllu", path, out, predict, Options(by_genre=True))
        assert capsys.readouterr().out == reference(path, out, "--by-genre")


@pytest.mark.skipif(SHARED is None, reason="the reference scorers are not there")
def test_the_text_is_that_of_the_reference(tmp_path):
    path = SHARED / "data" / "ud-gum-free" / "dev.conllu.gz"
    script = [sys.executable, str(SHARED / "eval" / "score_conllu.py"), "--make-text", str(path)]
    theirs = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    assert "\n\n".join(doc["text"] for doc in read(path).values()) + "\n" == theirs
