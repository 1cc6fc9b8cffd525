#!/usr/bin/env python3
"""Turn the sample story's annotations into gold files: data/demo/NAME.txt + NAME.ann -> NAME.gold.json.

    build.py [NAME ...]        all stories without a name

An .ann file is read line by line; a line that begins with '#' is a remark.

    alias Ketterey = Stavenport | the ministry       other names of one entity
    @ Home Secretary Tomas                           a paragraph of the text, by its first words
    7 accuse CT+ person < 4 optional                 label, act, factuality, source kind ('-': none),
                                                     '<' its parent's label, 'optional'
      source   Home Secretary Tomas Brandreth        the fields of the row; a span is a substring
      cue      accused ; of                          of the text, ' ; ' parts several spans,
      content  “Let us be ~ our lifeline,”           ' ~ ' stands for the words left out, and
      cue      said #2                               '#2' takes the second such substring
      entity   Tomas Brandreth                       canonical name of who speaks
      about    Ketterey                              canonical name of whom the content is about

A span is looked for from the row's paragraph on, at whole words; without a number it must stand only once in
that paragraph; what is not in it is taken from the next one that has it. A mistake stops the run with its
file and line.
"""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXTS = HERE.parents[1] / "data" / "demo"
ACTS = set(
    "assert confirm deny accuse criticise praise warn believe disbelieve doubt speculate question intend "
    "urge decline".split()
)
FACTUALITY = {"CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"}
KINDS = {
    "person",
    "official_group",
    "state",
    "organisation",
    "outlet",
    "document",
    "anonymous",
    "public",
    "-",
}
HEAD = re.compile(r"(\w+) (\w+) (\S+) (\S+)(?: < (\w+))?( optional)?$")
ROLES = ("source", "cue", "content")


def whole(words):
    """The words as a pattern that neither starts nor ends inside a word."""
    before, after = (r"\b" if edge.isalnum() else "" for edge in (words[:1], words[-1:]))
    return re.compile(before + re.escape(words) + after)


def find(span, text, start):
    """Offsets of one span, written as in the head of this file, in the text from start on."""
    span, _, number = span.partition(" #")
    first, _, last = span.partition(" ~ ")
    places = list(whole(first).finditer(text, start))
    if not places:
        raise ValueError(f"not in the text from here on: {first!r}")
    if not number and len(places) > 1 and "\n" not in text[start : places[1].start()]:
        raise ValueError(f"stands there more than once, say which: {first!r}")
    if number and int(number) > len(places):
        raise ValueError(f"does not stand there {number} times: {first!r}")
    begin, end = places[int(number or 1) - 1].span()
    close = whole(last).search(text, end)
    if not close or "\n" in text[begin : close.end()]:
        raise ValueError(f"does not end in its paragraph: {span!r}")
    return [begin, close.end() if last else end]


def read(name):
    """The gold document of one story."""
    text = (TEXTS / f"{name}.txt").read_bytes().decode("utf-8")
    rows, aliases, start, row = {}, {}, None, None
    for number, line in enumerate((HERE / f"{name}.ann").read_text(encoding="utf-8").splitlines(), 1):
        key, rest = (line.strip() + " ").split(" ", 1)
        rest = rest.strip()
        try:
            if not key or key.startswith("#"):
                continue
            if key == "alias":
                canonical, others = rest.split(" = ")
                aliases[canonical] = others.split(" | ")
            elif key == "@":
                at = ("\n" + text).find("\n" + rest)
                if at < (start or 0):
                    raise ValueError(f"no paragraph from here on begins so: {rest!r}")
                start, row = at, None
            elif not line.startswith(" "):
                head = HEAD.match(line)
                if not head or head[2] not in ACTS or head[3] not in FACTUALITY or head[4] not in KINDS:
                    raise ValueError(f"not a row: {line!r}")
                label, act, factuality, kind, parent, optional = head.groups()
                if label in rows or start is None:
                    raise ValueError(f"second row {label}, or a row before the first paragraph")
                row = rows[label] = {
                    "id": f"{name}#{label}",
                    "source": [],
                    "cue": [],
                    "content": [],
                    "act": act,
                    "factuality": factuality,
                    "source_entity": None,
                    "source_kind": None if kind == "-" else kind,
                    "about": None,
                    "optional": bool(optional),
                    "parent": parent and f"{name}#{parent}",
                    "line": number,
                }
            elif row is None:
                raise ValueError("a field without a row")
            elif key in ROLES:
                row[key] = [find(span, text, start) for span in rest.split(" ; ")]
            elif key in ("entity", "about"):
                row["source_entity" if key == "entity" else key] = rest
            else:
                raise ValueError(f"no such field: {key!r}")
        except ValueError as error:
            raise SystemExit(f"{name}.ann:{number}: {error}") from None
    ids = {row["id"] for row in rows.values()}
    for row in rows.values():
        line = row.pop("line")
        if row["parent"] and (row["parent"] not in ids or row["parent"] == row["id"]):
            raise SystemExit(f"{name}.ann:{line}: no such parent")
        if not row["cue"]:
            raise SystemExit(f"{name}.ann:{line}: no cue")
        if bool(row["source"]) != bool(row["source_kind"]):
            raise SystemExit(f"{name}.ann:{line}: source and source kind come together")
    return {"id": name, "text": text, "aliases": aliases, "attributions": list(rows.values())}


def main():
    for name in sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.ann")):
        gold = json.dumps(read(name), ensure_ascii=False, indent=1)
        (HERE / f"{name}.gold.json").write_text(gold + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
