"""The stub says what the binary has: names and signatures (stubtest), and docstrings."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import sayso
from sayso import _core

STUB = Path(sayso.__file__).with_name("_core.pyi")


def test_stub_has_the_names_and_signatures_of_the_binary(tmp_path):
    command = [sys.executable, "-m", "mypy.stubtest", "sayso._core", "--concise"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_stub_has_the_docstrings_of_the_binary():
    differing = []
    for name, node, thing in documented(ast.parse(STUB.read_text(encoding="utf-8")), _core):
        if ast.get_docstring(node) != (inspect.getdoc(thing) or None):
            differing.append(name)
    assert not differing


def documented(tree, owner, prefix=""):
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            thing = getattr(owner, node.name)
            yield node.name, node, thing
            yield from documented(node, thing, f"{node.name}.")
        # Python's own methods have docstrings of their own.
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield prefix + node.name, node, getattr(owner, node.name)


def test_all_names_what_there_is():
    assert sayso.__all__ == sorted(
        sayso.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )
    assert all(getattr(sayso, name) is not None for name in sayso.__all__)


def test_public_names_have_docstrings():
    things = [getattr(sayso, name) for name in sayso.__all__]
    assert [thing for thing in things if callable(thing) and not inspect.getdoc(thing)] == []
