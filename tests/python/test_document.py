"""What a document and its parts say of themselves."""

from __future__ import annotations

import json

import numpy as np
import pytest
import sayso
from samples import SAID, STORY


def test_document_keeps_what_it_was_given(doc):
    assert (doc.id, doc.text, doc.title) == ("story", STORY, "Cable cut: Norvia denies it")
    assert (doc.outlet, doc.date, doc.url, doc.warnings) == ("Northline", None, None, [])


def test_document_says_who_says_what():
    (said,) = sayso.read(SAID).attributions
    assert (said.source.text, said.cue.text, said.content.text) == ("Mara Quill", "said", '"The ship sank,"')
    assert (said.kind, said.source_kind, said.act, said.factuality) == ("direct", "person", "assert", "CT+")
    assert (said.polarity, said.certainty, said.parent, said.children) == (1, 1.0, None, [])
    assert said.chain == [said]
    assert 0.5 < said.confidence <= 1
    labels = said.label_confidence
    assert 0.5 < labels["act"] <= 1
    assert 0.5 < labels["factuality"] <= 1
    assert labels["about"] is None


def test_labels_come_from_the_closed_sets(doc):
    assert doc.attributions
    assert doc.mentions
    for a in doc.attributions:
        assert a.act in sayso.ACTS
        assert a.factuality in sayso.FACTUALITIES
        assert a.kind in sayso.KINDS
        assert a.source_kind in (*sayso.SOURCE_KINDS, None)
    assert {m.label for m in doc.mentions} <= set(sayso.LABELS)
    assert {m.via for m in doc.mentions} <= set(sayso.VIAS)
    assert {b.kind for b in doc.blocks} <= set(sayso.BLOCK_KINDS)


def test_parts_find_each_other(doc):
    for a in doc.attributions:
        assert a.document == doc
        assert all(child.parent == a for child in a.children)
        assert a.chain[0] == a
        assert a.chain[-1].parent is None
    for entity in doc.entities:
        assert entity.mentions
        assert all(m.entity == entity and m.name == entity.name for m in entity.mentions)


def test_parts_agree_with_json(doc):
    told = doc.to_dict()
    assert [a["id"] for a in told["attributions"]] == [a.id for a in doc.attributions]
    for row, a in zip(told["attributions"], doc.attributions, strict=True):
        assert row["parent"] == (a.parent.id if a.parent else None)
        assert (row["act"], row["factuality"], row["about"]) == (a.act, a.factuality, a.about)
        assert [(s["start"], s["end"], s["text"]) for s in row["content"]] == [
            (s.start, s.end, s.text) for s in a.content
        ]
    assert [m["id"] for m in told["mentions"]] == [m.id for m in doc.mentions]


def test_english_is_the_figure_that_is_written(doc):
    assert doc.english == doc.to_dict()["english"]


def test_json_there_and_back(doc):
    line = doc.to_json(vectors=True)
    assert "\n" not in line
    assert json.loads(line) == doc.to_dict(vectors=True)
    assert sayso.Document.from_json(line) == doc
    assert "text" not in doc.to_dict(text=False)


def test_vectors_left_out_of_json_are_missed_in_words(doc):
    back = sayso.Document.from_json(doc.to_json())
    assert [str(a) for a in back.attributions] == [str(a) for a in doc.attributions]
    for use in (lambda: back.vectors, lambda: back.attributions[0].vector, lambda: sayso.tables([back])):
        with pytest.raises(sayso.SaysoError, match="vectors=True"):
            use()


@pytest.mark.parametrize(
    "line", ["", "{}", "[1]", '{"schema": "sayso/2"}', '{"schema": "sayso/1"}', "\ud800"]
)
def test_broken_json_is_refused(line):
    with pytest.raises((sayso.SaysoError, UnicodeEncodeError)):
        sayso.Document.from_json(line)


def test_vectors_are_a_view(doc):
    vectors = doc.vectors
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(doc.attributions), len(sayso.FEATURES))
    assert not vectors.flags.owndata
    assert np.shares_memory(vectors, doc.vectors)
    with pytest.raises(ValueError, match="read-only"):
        vectors[...] = 0
    for a, row in zip(doc.attributions, vectors, strict=True):
        assert np.array_equal(a.vector, row)


def test_vectors_keep_the_document_alive(nlp):
    vectors = nlp(SAID).vectors
    kept = vectors.copy()
    for _ in range(50):
        nlp(STORY)
    assert np.array_equal(vectors, kept)


def test_vectors_stay_in_their_range(doc):
    low = [feature.low for feature in sayso.FEATURES]
    high = [feature.high for feature in sayso.FEATURES]
    assert (doc.vectors >= low).all()
    assert (doc.vectors <= high).all()
    assert len({feature.name for feature in sayso.FEATURES}) == len(sayso.FEATURES)


def test_documents_compare_by_value(nlp):
    one, same, other = nlp(SAID), nlp(SAID), nlp(STORY)
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != SAID
    assert one.attributions == same.attributions
    assert len({*one.attributions, *same.attributions}) == len(one.attributions)
    assert one.attributions[0] != other.attributions[0]


def test_content_is_a_sequence_of_spans(doc):
    for a in doc.attributions:
        assert list(a.content) == a.content.spans
        assert a.content.text == " … ".join(span.text for span in a.content)
        assert len(a.content) == len(a.content.spans)
        if a.content:
            assert (a.content.start, a.content.end) == (a.content[0].start, a.content[-1].end)
    with pytest.raises(IndexError):
        doc.attributions[0].content[99]


def test_reprs_are_one_line(doc):
    parts = [
        doc,
        *doc.attributions,
        *doc.mentions,
        *doc.entities,
        *doc.blocks,
        *doc.sentences,
        *sayso.FEATURES,
    ]
    for part in parts:
        assert repr(part)
        assert "\n" not in repr(part)
    (said,) = sayso.read(SAID).attributions
    assert repr(said) == '<Mara Quill | said | "The ship sank," | assert CT+>'
