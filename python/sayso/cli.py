"""The command line, thin over the package.

Exit status: 0 all well; 1 some rows went to the errors table, or `gazetteer check` found faults; 2 wrong
usage, or a file that cannot be read or written; 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sayso import _core, gazetteer
from sayso.claims import Judge, judged
from sayso.demo import demo
from sayso.display import Progress, colour, counted, width
from sayso.html import extract
from sayso.pipeline import Pipeline, versions
from sayso.records import FIELDS

SCALES = ("uw", "uds")
OK, ERRORS, TROUBLE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    options = parser().parse_args(arguments)
    try:
        status: int = options.command(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return told("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of the output has seen enough; closing it keeps the interpreter from trying again.
        sys.stderr.close()
        return OK
    except OSError as error:
        named = error.filename and error.strerror
        return told(f"{error.filename}: {error.strerror}" if named else str(error), TROUBLE)
    except (_core.SaysoError, ValueError, ImportError) as error:
        return told(str(error), TROUBLE)


def told(message: str, status: int) -> int:
    print(f"sayso: {message}", file=sys.stderr)
    return status


def read(options: argparse.Namespace) -> int:
    nlp = pipeline(options)
    docs = [nlp.read(Path("/dev/stdin") if article == "-" else Path(article)) for article in options.articles]
    if options.html:
        Path(options.html).write_text(_core.page(docs, title=docs[0].title or docs[0].id), encoding="utf-8")
    elif options.json:
        for doc in docs:
            print(doc.to_json())
    else:
        print("\n".join(doc.to_text(color=colour(sys.stdout), width=width()) for doc in docs))
    return OK


def run(options: argparse.Namespace) -> int:
    progress = Progress(sys.stderr)
    try:
        documents, attributions, errors, size, seconds = _core.run(
            pipeline(options)._core,
            options.inputs,
            options.out,
            columns=[getattr(options, f"{field}_column") for field in FIELDS],
            threads=options.threads,
            text=options.text,
            vectors=options.vectors,
            extract=extract,
            progress=progress if progress.shown else None,
        )
    finally:
        progress.clear()
    rate = size / max(seconds, 0.001) / 1e6
    took = f"{seconds:.1f} s ({rate:.1f} MB/s)"
    found = f"{counted(documents, 'document')}, {counted(attributions, 'attribution')}"
    print(f"{found} in {took}: {options.out}")
    if errors:
        return told(
            f"{counted(errors, 'row')} could not be read: {errors_of(options.out)} says which and why", ERRORS
        )
    return OK


def errors_of(out: str) -> Path:
    """The errors table of an output: in a folder of tables, or beside a file of lines."""
    path = Path(out)
    if path.suffix.lower() == ".parquet":
        return path / "errors.parquet"
    name = path.name.lower()
    stem = max(name.rfind(".jsonl"), name.rfind(".conllu"))
    return path.with_name(path.name[:stem] + ".errors.jsonl")


def linked(options: argparse.Namespace) -> int:
    rows, open_ = _core.write_links(options.outputs, options.out)
    entities = "1 entity" if rows == 1 else f"{rows:,} entities"
    print(f"{entities} of documents, {open_:,} of them left open: {options.out}")
    return OK


def stance(options: argparse.Namespace) -> int:
    judge = Judge(options.model, options.threads or None)
    count = judged(Path(options.pairs), Path(options.out), judge, options.form)
    print(f"{counted(count, 'stance')}: {options.out}")
    return 0


def events(options: argparse.Namespace) -> int:
    from sayso.events import write_events

    written = write_events(
        Path(options.input), Path(options.out), options.scale, options.model or (), options.threads
    )
    print(f"{counted(written, 'event')}: {options.out}")
    return OK


def evaluate(options: argparse.Namespace) -> int:
    from sayso import evaluate

    evaluate.main(
        options.task,
        options.gold,
        options.predictions,
        evaluate.pipeline(options.task, options.lexicon, options.gazetteer, options.model),
        evaluate.Options(
            options.gold_tokens, options.by_genre, options.types, options.against, options.scale
        ),
    )
    return OK


def show(options: argparse.Namespace) -> int:
    print(demo(options.out))
    return OK


def pipeline(options: argparse.Namespace) -> Pipeline:
    return Pipeline(options.lexicon, options.gazetteer, model=options.model, parse=options.parse)


class Version(argparse.Action):
    """Prints the version and the checksums of what the answers depend on."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        for name, version in versions().items():
            print(f"{name} {version}")
        parser.exit()


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="sayso", description="Who says what about whom, how sure are they, and where did they hear it?"
    )
    top.add_argument(
        "--version", action=Version, nargs=0, help="the version, and checksums of the word lists"
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    own = argparse.ArgumentParser(add_help=False)
    own.add_argument(
        "--lexicon", action="append", metavar="TSV", help="cues and terms of your own, may be repeated"
    )
    own.add_argument(
        "--gazetteer", action="append", metavar="FILE", help="names of your own, may be repeated"
    )
    own.add_argument("--model", action="append", metavar="FILE", help="a model of your own, may be repeated")
    parsed = argparse.ArgumentParser(add_help=False)
    parsed.add_argument(
        "--parse", choices=["cues", "all", "none"], default="cues", help="sentences to parse (%(default)s)"
    )

    one = commands.add_parser("read", parents=[own, parsed], help="one article, marked up in the terminal")
    one.add_argument(
        "articles", nargs="+", metavar="ARTICLE", help="a text or HTML file; - for standard input"
    )
    form = one.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one document a line")
    form.add_argument("--html", metavar="FILE", help="a page of its own")
    one.set_defaults(command=read)

    many = commands.add_parser(
        "run", parents=[own, parsed], help="many articles, into a file or a folder of tables"
    )
    many.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="folders, .txt .html .jsonl .csv .parquet, also .gz and .zst",
    )
    many.add_argument(
        "-o",
        "--out",
        required=True,
        help=".jsonl or .conllu (also .gz, .zst) or .parquet, a folder of tables",
    )
    many.add_argument(
        "--threads", type=positive, default=0, metavar="N", help="as many as there are cores, if not given"
    )
    many.add_argument(
        "--no-text", dest="text", action="store_false", help="leave the texts out of the output"
    )
    many.add_argument("--vectors", action="store_true", help="stance vectors in JSON too; tables have them")
    for field in FIELDS:
        many.add_argument(f"--{field}-column", default=field, metavar="NAME", help=argparse.SUPPRESS)
    many.epilog = (
        "Columns go by their names, text, id, title, outlet, date, url, or by --text-column NAME and so on."
    )
    many.set_defaults(command=run)

    across = commands.add_parser("link", help="which entities of what runs wrote are one, across documents")
    across.add_argument(
        "outputs",
        nargs="+",
        metavar="OUT",
        help="what `sayso run` wrote: .jsonl (also .gz, .zst) or .parquet",
    )
    across.add_argument(
        "-o", "--out", required=True, metavar="LINKS", help=".jsonl (also .gz, .zst) or .parquet, one file"
    )
    across.set_defaults(command=linked)

    towards = commands.add_parser("stance", help="how texts stand towards claims")
    towards.add_argument(
        "pairs", metavar="PAIRS", help=".jsonl (also .gz): records with an id, a claim and a text"
    )
    towards.add_argument(
        "-o", "--out", required=True, metavar="OUT", help=".jsonl (also .gz): id, stance and scores of each"
    )
    towards.add_argument(
        "--form",
        choices=["headline", "article"],
        help="what the texts are, if not given: of one sentence a headline, else an article",
    )
    towards.add_argument(
        "--model", action="append", metavar="FILE", help="a model of your own, may be repeated"
    )
    towards.add_argument(
        "--threads", type=positive, default=0, metavar="N", help="as many as there are cores, if not given"
    )
    towards.set_defaults(command=stance)

    told = commands.add_parser(
        "events", help="how certain it is that events happened, from -3 to 3, by their places"
    )
    told.add_argument(
        "input", metavar="IN", help=".jsonl (also .gz): text, and events, a list of id, start and end"
    )
    told.add_argument(
        "-o", "--out", required=True, metavar="OUT", help=".jsonl: id and value, an event a line"
    )
    told.add_argument(
        "--scale", choices=SCALES, default="uw", help="uw: what the author holds; uds: what has happened yet"
    )
    told.add_argument("--model", action="append", metavar="FILE", help="a model of your own, may be repeated")
    told.add_argument(
        "--threads", type=positive, default=0, metavar="N", help="as many as there are cores, if not given"
    )
    told.set_defaults(command=events)

    scored = commands.add_parser("eval", parents=[own], help="figures on annotated data")
    scored.add_argument(
        "task",
        choices=[
            "attribution",
            "story",
            "labels",
            "conllu",
            "names",
            "coref",
            "gap",
            "link",
            "claims",
            "events",
            "sentiment",
        ],
    )
    scored.add_argument("gold", nargs="+", metavar="GOLD", help="annotated files, also .gz")
    scored.add_argument(
        "--predictions", metavar="OUT", help="also write what was scored, one document a line or CoNLL-U"
    )
    scored.add_argument(
        "--gold-tokens", action="store_true", help="conllu: tag and parse the words of the gold"
    )
    scored.add_argument(
        "--types", type=listed, metavar="PER,LOC", help="names: these types alone, else all of the gold"
    )
    scored.add_argument(
        "--against", metavar="FILE", help="attribution: compare with predictions in this file (bootstrap)"
    )
    scored.add_argument("--scale", choices=SCALES, help="events: else as the names in the gold say")
    scored.add_argument("--by-genre", action="store_true", help="conllu, names: figures of each genre too")
    scored.set_defaults(command=evaluate)

    gazetteer.add(commands)

    sample = commands.add_parser("demo", help="the bundled sample story through all of it")
    sample.add_argument(
        "-o", "--out", default="sayso-demo", metavar="FOLDER", help="where to write (%(default)s)"
    )
    sample.set_defaults(command=show)
    return top


def listed(names: str) -> list[str]:
    return names.split(",")


def positive(number: str) -> int:
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, not {number!r}")
    return int(number)
