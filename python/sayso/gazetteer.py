"""The command `sayso gazetteer`: compiles tables of names, and says what is in them and what is wrong."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sayso._core import Gazetteer
from sayso.display import counted

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: Commands) -> None:
    """Adds the command to those there are."""
    top = commands.add_parser("gazetteer", help="names of your own: compile, check, describe")
    actions = top.add_subparsers(title="actions", required=True, metavar="ACTION")
    table = (
        "a table (.tsv, .csv, .parquet, also .gz and .zst) with name, id and perhaps label, case, variants"
    )

    builder = actions.add_parser("build", help="compiles a table of names, to load it at once")
    builder.add_argument("table", metavar="TABLE", help=table)
    builder.add_argument("-o", "--out", required=True, metavar="FILE", help="the compiled file")
    builder.add_argument(
        "--case", choices=["exact", "ignore"], help="of names that do not say; else exact for acronyms"
    )
    builder.set_defaults(command=build)

    checker = actions.add_parser("check", help="tells every row that is not what it should be")
    checker.add_argument("files", nargs="+", metavar="FILE", help="a table, or a compiled file")
    checker.set_defaults(command=check)

    teller = actions.add_parser("info", help="what is in it")
    teller.add_argument("files", nargs="+", metavar="FILE", help="a table, or a compiled file")
    teller.set_defaults(command=info)


def build(options: argparse.Namespace) -> int:
    gazetteer = Gazetteer.load(options.table, case=options.case)
    gazetteer.save(options.out)
    size = Path(options.out).stat().st_size
    print(f"{told(gazetteer)} in {size / 1e6:.1f} MB: {options.out}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Exit status 1 where a row would be refused."""
    status = 0
    for file in options.files:
        gazetteer, wrong = Gazetteer.check(file)
        for reason in wrong:
            print(f"sayso: {reason}", file=sys.stderr)
            status = 1
        print(f"{file}: {told(gazetteer)}, {counted(len(wrong), 'fault')}")
    return status


def info(options: argparse.Namespace) -> int:
    for file in options.files:
        found = Gazetteer.load(file).info()
        print(file)
        print(f"  names   {found['names']} (case counts for {found['exact']})")
        print(f"  ids     {found['ids']}")
        print(f"  labels  {', '.join(found['labels']) or 'none'}")
        print(f"  memory  {found['bytes'] / 1e6:.1f} MB")
    return 0


def told(gazetteer: Gazetteer) -> str:
    return f"{counted(len(gazetteer), 'name')}, {counted(len(gazetteer.ids), 'id')}"
