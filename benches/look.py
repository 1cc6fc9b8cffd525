"""Pictures of what people see: the demo's page and a document in a notebook, light and dark, wide and narrow.

    python benches/look.py [FOLDER]

renders them with Chromium into PNG files in FOLDER (out/look). Nobody compares them but your eyes.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import sayso
from sayso.demo import demo, story

SCHEMES = {"light": ("#fff", "#1f1f1f", 1), "dark": ("#111", "#d6d6d6", 0)}
# A narrow window is as narrow as Chromium lets one be.
WIDTHS = {"wide": (1280, 2600), "narrow": (500, 3600)}
CELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>cell</title>
<style>body {{ background: {paper}; color: {ink}; font: 14px/1.4 system-ui, sans-serif; margin: 2rem; }}
table {{ font-size: 12px; border-collapse: collapse; }}
td, th {{ padding: 0.4em 0.6em; text-align: right; }}</style>
{body}</html>
"""


def pages(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Name, colour scheme and file of each page: what `sayso demo` writes, and what a notebook would show."""
    demo(str(folder / "demo"))
    docs = list(sayso.pipe(story()))
    for scheme, (paper, ink, _) in SCHEMES.items():
        yield "page", scheme, folder / "demo" / "story.html"
        shown = (docs[2]._repr_html_(), sayso.tables(docs).documents._repr_html_())
        cell = folder / f"cell-{scheme}.html"
        cell.write_text(CELL.format(paper=paper, ink=ink, body="\n".join(shown)), encoding="utf-8")
        yield "notebook", scheme, cell


def browser() -> str:
    """The Chromium to use; ends the program with advice where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    asked = os.environ.get("CHROMIUM")
    for found in [asked, *map(shutil.which, names)]:
        if found:
            return found
    sys.exit(
        "No Chromium to look with: apt-get install chromium, brew install chromium, or CHROMIUM=PATH.\n"
        "`sayso demo` writes the page all the same; open its story.html in any browser."
    )


def shoot(chromium: str, page: Path, scheme: str, size: tuple[int, int], picture: Path) -> None:
    picture.unlink(missing_ok=True)
    with TemporaryDirectory() as profile:
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-sync",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            f"--blink-settings=preferredColorScheme={SCHEMES[scheme][2]}",
            f"--window-size={size[0]},{size[1]}",
            f"--screenshot={picture}",
            page.resolve().as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if not picture.exists():
        sys.exit(f"{chromium} made no picture of {page.name}:\n{done.stderr}")
    print(picture)


def main(folder: Path) -> None:
    chromium = browser()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as work:
        for (name, scheme, page), (width, size) in product(pages(Path(work)), WIDTHS.items()):
            shoot(chromium, page, scheme, size, folder.resolve() / f"{name}-{scheme}-{width}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out/look"))
