"""Code points at the door: a span's slice of the text is its words, whatever the text."""

from __future__ import annotations

import sayso
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import SAID, STORY

NLP = sayso.Pipeline(threads=1)

# Sentences that have something to find, among anything at all.
pieces = st.one_of(
    st.sampled_from(
        [SAID, STORY, "According to Zoë Ångström, ‘it’s not so’.", "Norvia denied the charge.", "\n\n"]
    ),
    st.text(max_size=30),
    st.text(alphabet="“”‘’\"'«», .!?:—é🚢\u0301\u200b\r\n", max_size=20),
)
texts = st.lists(pieces, max_size=8).map(" ".join)


def spans_of(doc):
    for a in doc.attributions:
        yield from (span for span in (a.source, a.cue, a.addressee, *a.content) if span)
    yield from (mention.span for mention in doc.mentions)
    yield from doc.sentences
    yield from (block.span for block in doc.blocks)


def check(doc):
    fields = {"text": doc.text, "title": doc.title}
    for span in spans_of(doc):
        assert fields[span.field][span.start : span.end] == span.text
        assert span.start < span.end


def test_offsets_of_the_story(doc):
    check(doc)
    assert any(span.start > STORY.index("🚢") for span in spans_of(doc))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_offsets_fit_any_text(text):
    doc = NLP(text)
    assert len(doc.text) == len(text)
    check(doc)


@settings(max_examples=100, deadline=None)
@given(texts, texts)
@example(
    title="“ According to Zoë Ångström, ‘it’s not so’. 0",
    text='“ "The ship sank," Mara Quill said. \' According to Zoë Ångström, ‘it’s not so’.',
)
def test_offsets_fit_any_title(title, text):
    check(NLP({"text": text, "title": title}))


@settings(max_examples=100, deadline=None)
@given(texts)
def test_json_holds_all_of_any_document(text):
    doc = NLP(text)
    assert sayso.Document.from_json(doc.to_json(vectors=True)) == doc
