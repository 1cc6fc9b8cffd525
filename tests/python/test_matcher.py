"""Names in, places out: whole words, longest, in code points, the same for every number of threads."""

from __future__ import annotations

import numpy as np
import pytest
import sayso


def test_find_gives_whole_words_in_code_points():
    matcher = sayso.Matcher(["Åse", "Åse Berg", "port"])
    text = "“Åse Bergen” met Åse Berg at the airport, the port."
    found = [(text[start:end], name) for start, end, name in matcher.find(text)]
    assert found == [("Åse", 0), ("Åse Berg", 1), ("port", 2)]


def test_find_all_equals_find_for_every_number_of_threads():
    matcher = sayso.Matcher(["Norvia", "the port"], ignore_case=True)
    texts = [f"{'é' * (i % 7)} norvia left The Port {i}" for i in range(500)]
    expected = [(i, *row) for i, text in enumerate(texts) for row in matcher.find(text)]
    for threads in (1, 2, 5, None):
        columns = matcher.find_all(texts, threads=threads)
        assert all(column.dtype == np.int64 for column in columns)
        assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected
    assert len(matcher) == 2


def test_an_empty_name_is_refused():
    with pytest.raises(sayso.SaysoError, match="id 1 is empty"):
        sayso.Matcher(["Norvia", ""])
