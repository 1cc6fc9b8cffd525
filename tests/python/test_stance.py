"""Stance: what the article commits to, pairs, and a vector whose every dimension has a name."""

from __future__ import annotations

import numpy
import pytest
import sayso


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Mara Quill said the ferry had sunk.", "said", "Uu"),
        ("Mara Quill knows that the ferry had sunk.", "knows", "CT+"),
        ("Mara Quill admitted that the ferry had sunk.", "admitted", "CT+"),
        ("Mara Quill falsely claimed that the ferry had sunk.", "claimed", "CT-"),
        ("Officials said that Mara Quill knew that the ferry had sunk.", "knew", "Uu"),
        ("Officials said that Mara Quill claims that the ferry had sunk.", "claims", "Uu"),
    ],
)
def test_the_article_commits_to_what_its_words_presuppose(text, cue, expected):
    doc = sayso.read(text)
    (said,) = [a for a in doc.attributions if a.cue.text.endswith(cue)]
    assert said.article_factuality == expected
    again = sayso.Document.from_json(doc.to_json())
    assert [a.article_factuality for a in again.attributions] == [
        a.article_factuality for a in doc.attributions
    ]
    names = [feature.name for feature in sayso.FEATURES]
    sign = {"CT+": 1.0, "CT-": -1.0, "Uu": 0.0}[expected]
    assert said.vector[names.index("article_commitment")] == sign


def test_the_layout_is_told():
    assert sayso.LAYOUT == 2
    assert len(sayso.FEATURES) == 41


def test_the_vector_feels_who_is_praised_and_who_is_not():
    names = [feature.name for feature in sayso.FEATURES]
    bad, good = names.index("felt_negative"), names.index("felt_positive")
    praise = sayso.read("The board said Mara Quill had done a brilliant, brave job.").attributions[0].vector
    blame = sayso.read("The board said Mara Quill had been corrupt and a disgrace.").attributions[0].vector
    nobody = sayso.read("The board said it rained.").attributions[0].vector
    assert praise[good] > praise[bad]
    assert blame[bad] > blame[good]
    assert (nobody[bad], nobody[good]) == (0.0, 0.0)


def test_pairs_are_means_of_their_attributions():
    doc = sayso.read("Ole Rook accused Mara Quill of fraud. Rook also said Quill had lied.")
    (pair,) = [pair for pair in doc.pairs if pair.about == "Mara Quill"]
    rows = [a.vector for a in doc.attributions if a.about == "Mara Quill"]
    assert numpy.allclose(pair.vector, numpy.mean(rows, axis=0))
    assert pair.source == "Ole Rook"
