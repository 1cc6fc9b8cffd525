"""Importing sayso brings in what it needs and no frame library."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ["pandas", "polars", "pyarrow", "duckdb", "trafilatura", "numpy"]


@pytest.mark.parametrize(
    "code", ["import sayso", "import sayso; sayso.read('Mara Quill said so.')", "import sayso.cli"]
)
def test_import_is_light(code):
    check = f"{code}; import sys; print(*[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
