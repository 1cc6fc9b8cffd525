"""Tokens with their lemmas, tags and heads; CoNLL-U; models of one's own."""

import gzip
import pickle
import re
from pathlib import Path

import pytest
import sayso

MODELS = Path(__file__).resolve().parents[2] / "data" / "models" / "en"
TEXT = (
    "Norvia’s spokesman didn't say that the well-known tanker had sunk.\n\nIt sailed — “slowly” — on 3 May."
)


@pytest.fixture(scope="module")
def doc() -> sayso.Document:
    return sayso.Pipeline(parse="all")(TEXT)


def test_tokens_cover_the_text(doc: sayso.Document) -> None:
    assert [t.text for t in doc.tokens] == [TEXT[t.start : t.end] for t in doc.tokens]
    assert "".join(t.text for t in doc.tokens) == re.sub(r"\s", "", TEXT)
    assert [t.index for t in doc.tokens] == list(range(len(doc.tokens)))
    for token in doc.tokens:
        sentence = doc.sentences[token.sentence]
        assert sentence.start <= token.start <= token.end <= sentence.end


def test_a_token_has_lemma_tags_and_head(doc: sayso.Document) -> None:
    by = {t.text: t for t in doc.tokens}
    say = by["say"]
    assert (say.lemma, say.pos, say.tag, say.dep, say.head) == ("say", "VERB", "VB", "root", None)
    assert by["spokesman"].dep == "nsubj" and by["spokesman"].head == say
    assert (by["n't"].lemma, by["n't"].pos) == ("not", "PART")
    assert by["sunk"].lemma == "sink" and by["sunk"].dep == "ccomp"
    assert repr(say) == "Token('say', VERB, root)" or repr(say) == 'Token("say", VERB, root)'


def test_tokens_compare_and_pickle(doc: sayso.Document) -> None:
    again = pickle.loads(pickle.dumps(doc.tokens[3]))
    assert (
        again == doc.tokens[3] and again.lemma == doc.tokens[3].lemma and hash(again) == hash(doc.tokens[3])
    )
    assert sayso.Document.from_json(doc.to_json(vectors=True)).tokens == []


def test_what_is_parsed_can_be_chosen() -> None:
    text = "The harbour is old. The mayor denied it."
    deps = {
        mode: [t.dep is not None for t in sayso.Pipeline(parse=mode)(text).tokens]
        for mode in ("cues", "all", "none")
    }
    assert deps["all"] == [True] * 10
    assert deps["none"] == [False] * 10
    assert deps["cues"] == [False] * 5 + [True] * 5
    with pytest.raises(ValueError, match='expected "cues", "all" or "none"'):
        sayso.Pipeline(parse="some")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match='expected "copy" or "all"'):
        sayso.Pipeline(blocks="some")  # type: ignore[arg-type]


def test_every_block_can_be_analysed() -> None:
    text = "Ferry sinks\n\nThe ferry sank.\n\nLeave a Reply\n"
    assert "Reply" in [t.text for t in sayso.Pipeline(blocks="all")(text).tokens]


def test_conllu_has_ranges_places_and_paragraphs(doc: sayso.Document) -> None:
    lines = doc.to_conllu().splitlines()
    assert lines[0] == f"# newdoc id = {doc.id}"
    assert lines.count("# newpar") == 2
    assert "1-2\tNorvia’s\t_\t_\t_\t_\t_\t_\t_\tTokenRange=0:8" in lines
    rows = [line.split("\t") for line in lines if line and line[0].isdigit()]
    assert all(len(row) == 10 for row in rows)
    assert sum(row[6] == "0" for row in rows) == len(doc.sentences)
    for row in rows:
        start, end = map(int, re.search(r"TokenRange=(\d+):(\d+)", row[9]).groups())
        assert TEXT[start:end] == row[1]


def test_a_run_writes_conllu(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "x", "text": "She denied it."}\n{"id": "y"}\n', encoding="utf-8")
    from sayso.cli import main

    assert main(["run", str(source), "-o", str(tmp_path / "out.conllu.gz"), "--parse", "all"]) == 1
    text = gzip.decompress((tmp_path / "out.conllu.gz").read_bytes()).decode()
    assert "2\tdenied\tdeny\tVERB\tVBD\t_\t0\troot\t_\tTokenRange=4:10" in text
    assert (tmp_path / "out.errors.jsonl").exists()


def test_words_can_be_given() -> None:
    nlp = sayso.Pipeline()
    (sentence,) = nlp.tag([["Officials", "denied", "the", "charge", "."]])
    assert sentence[0] == ("official", "NOUN", "NNS", 2, "nsubj")
    assert [word[3] for word in sentence] == [2, 0, 4, 2, 2]
    assert nlp.tag([]) == [] and nlp.tag([[]]) == [[]]


def test_a_model_of_ones_own_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    own = tmp_path / "own.model"
    own.write_bytes((MODELS / "tagger.model").read_bytes())
    nlp = sayso.Pipeline(model=own)
    assert nlp("She denied it.").tokens[1].tag == "VBD"
    assert "own.model" in repr(nlp)
    assert pickle.loads(pickle.dumps(nlp))("She denied it.").tokens[1].tag == "VBD"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda file: b"", "expected a sayso model"),
        (lambda file: b"PK" + file, "expected a sayso model"),
        (lambda file: file.replace(b"model 1", b"model 0", 1), "expected model format 1"),
        (lambda file: file[:-9], "cut short"),
        (lambda file: file[:900] + bytes([file[900] ^ 4]) + file[901:], "checksum"),
    ],
)
def test_a_broken_model_is_refused(tmp_path: Path, change, told: str) -> None:
    broken = tmp_path / "broken.model"
    broken.write_bytes(change((MODELS / "names.model").read_bytes()))
    with pytest.raises(sayso.SaysoError, match=rf"broken\.model: .*{told}"):
        sayso.Pipeline(model=broken)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(sayso.SaysoError, match="nowhere"):
        sayso.Pipeline(model=tmp_path / "nowhere.model")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*** --- ... 12:30 %%%",
        "Пожар в порту потушили к утру вторника.",
        "港口大火已被扑灭。",
        "\U0001f600 \U0001f600",
    ],
)
def test_text_that_is_no_english_gives_tokens_and_no_nonsense(text: str) -> None:
    doc = sayso.Pipeline(parse="all", blocks="all")(text)
    assert "".join(t.text for t in doc.tokens) == re.sub(r"\s", "", text)
    assert [m.text for m in doc.mentions] == []
    assert doc.english < 0.3


def test_a_sentence_without_end_is_parsed() -> None:
    doc = sayso.Pipeline(parse="all")("and the ship sailed on " * 2000)
    assert len(doc.tokens) == 10_000
    assert all(t.dep for t in doc.tokens)
