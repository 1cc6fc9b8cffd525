"""The examples of a Markdown file: what they are, what they print, and whether the file says so.

    python tests/python/examples.py [--write]

tells which outputs shown in README.md and docs/ are no longer those of the package; `--write` renews them.
How an example is written:

* A ```python block is run; a ```text block right after it is what it prints. Blocks share names.
* In a ```console block, lines that begin with `$ ` are run and what follows them is what they print. Where
  none follows, only the exit status counts, which is 0 unless `$ echo $?` comes next.
* A second word behind the fence, as in ```tsv cues.tsv, is a file that later examples find in their folder.
* `...` in an output stands for anything, such as a time.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import sayso

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(?P<kind>\w*)(?: (?P<name>[\w.-]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
BEGIN, END = "<!-- features:begin -->\n", "<!-- features:end -->"


class Output(NamedTuple):
    """What one example prints and what the file shows, with the place of that in the file."""

    line: int
    start: int
    end: int
    shown: str
    printed: str

    @property
    def holds(self) -> bool:
        return doctest.OutputChecker().check_output(self.shown, self.printed, doctest.ELLIPSIS)


def outputs(path: Path) -> Iterator[Output]:
    """Runs the examples of a file in a folder of their own."""
    page = path.read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "__main__"}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        printed, printed_at = "", -1
        for fence in FENCE.finditer(page):
            kind, name, body = fence["kind"], fence["name"], fence["body"]
            line = page.count("\n", 0, fence.start()) + 1
            if name:
                Path(name).write_text(body, encoding="utf-8")
            elif kind == "python":
                printed, printed_at = python(body, names, path, line), fence.end()
            elif kind == "console":
                yield from console(body, fence.start("body"), line)
            elif kind == "text" and printed_at >= 0 and not page[printed_at : fence.start()].strip():
                yield Output(line, fence.start("body"), fence.end("body"), body, printed)


def python(code: str, names: dict[str, Any], path: Path, line: int) -> str:
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        # The lines above make the traceback of a failing example point into the file.
        exec(compile("\n" * line + code, str(path), "exec"), names)
    return lines_of(told.getvalue())


def console(body: str, at: int, line: int) -> Iterator[Output]:
    steps = list(re.finditer(r"^\$ (?P<command>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", body, re.MULTILINE))
    assert "".join(step[0] for step in steps) == body, f"line {line}: expected commands and their outputs"
    status = 0
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        printed, status = shell(step["command"], status)
        asked = after is not None and after["command"] == "echo $?"
        assert asked or status == 0, f"line {line}: {step['command']} ends with {status}: {printed}"
        if step["shown"]:
            yield Output(
                line, at + step.start("shown"), at + step.end("shown"), step["shown"], lines_of(printed)
            )


def shell(command: str, status: int) -> tuple[str, int]:
    """What a command prints on both streams, and how it ends."""
    place = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", f"(exit {status}); {command}"],
        env=os.environ | {"PATH": place, "COLUMNS": "100", "PYTHONSAFEPATH": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout, done.returncode


def lines_of(printed: str) -> str:
    """Without white space at the ends of lines, which an editor would take away."""
    return "".join(line.rstrip() + "\n" for line in printed.rstrip().splitlines())


def features() -> str:
    """The dimensions of the stance vector as a table."""
    rows = [
        f"| {i} | `{f.name}` | {f.low:g} to {f.high:g} | {f.meaning} |" for i, f in enumerate(sayso.FEATURES)
    ]
    return "\n".join(["| | name | range | meaning |", "| --- | --- | --- | --- |", *rows]) + "\n"


def renewed(page: str, found: list[Output]) -> str:
    """The page with the outputs that no longer hold replaced."""
    for output in reversed(found):
        if not output.holds:
            page = page[: output.start] + output.printed + page[output.end :]
    if BEGIN in page:
        before, _, rest = page.partition(BEGIN)
        page = before + BEGIN + features() + END + rest.partition(END)[2]
    return page


def main(write: bool, say: Callable[[str], None] = print) -> int:
    stale = 0
    for path in FILES:
        page = path.read_text(encoding="utf-8")
        new = renewed(page, list(outputs(path)))
        if new != page:
            stale += 1
            say(f"{path.relative_to(ROOT)}: {'renewed' if write else 'shows outputs that no longer hold'}")
            if write:
                path.write_text(new, encoding="utf-8")
    return 0 if write else stale


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
