"""Documents, their parts and pipelines travel between processes."""

from __future__ import annotations

import copy
import multiprocessing
import pickle

import pytest
import sayso
from samples import SAID, STORY


def parts(doc):
    yield doc
    yield from (*doc.attributions, *doc.mentions, *doc.entities, *doc.blocks, *doc.sentences)
    for a in doc.attributions:
        yield a.content
        yield from a.content


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_there_and_back(doc, protocol):
    for part in parts(doc):
        back = pickle.loads(pickle.dumps(part, protocol))
        assert back == part
        assert hash(back) == hash(part)
        assert repr(back) == repr(part)


def test_copies_are_equal(doc):
    for part in parts(doc):
        assert copy.copy(part) == part
        assert copy.deepcopy(part) == part


def test_pickle_of_another_version_is_refused(doc):
    restore, (version, data) = doc.__reduce__()
    assert version == sayso.__version__
    with pytest.raises(sayso.SaysoError, match=r"pickled by sayso 0\.0\.0"):
        restore("0.0.0", data)
    with pytest.raises(sayso.SaysoError, match="broken pickle"):
        restore(version, data[: len(data) // 2])


def test_pipeline_pickles_with_what_it_was_given():
    nlp = sayso.Pipeline(gazetteer={"Norvia Shipping": "org:norvia-shipping"}, threads=2)
    back = pickle.loads(pickle.dumps(nlp))
    assert repr(back) == repr(nlp)
    text = "Norvia Shipping denied it."
    assert back(text) == nlp(text)


def work(nlp, text):
    return list(nlp.pipe([text] * 20))


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_pipeline_works_in_other_processes(nlp, method):
    # The threads of this process are running by now, which is what makes a fork hard.
    expected = work(nlp, STORY)
    with multiprocessing.get_context(method).Pool(2) as pool:
        docs = pool.starmap(work, [(nlp, STORY), (nlp, SAID)])
    assert docs[0] == expected
    assert [doc.text for doc in docs[1]] == [SAID] * 20
