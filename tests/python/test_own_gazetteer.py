"""`sayso.Gazetteer`: names in, places out; tables, compiled files, and how they can be wrong."""

from __future__ import annotations

import gzip
import json

import numpy as np
import polars
import pytest
import sayso
from sayso.cli import main

NAMES = {
    "Norvia Shipping": ["org:norvia", "company:norvia-shipping"],
    "NSC": "org:norvia",
    "Åse Berg": "person:ase-berg",
    "US": "country:USA",
}
ROWS = [
    ("Norvia Shipping", "org:norvia", "ORG", ""),
    ("Åse Berg", "person:ase-berg", "PER", ""),
    ("us", "magazine:us", "", "exact"),
]
TEXT = "“NSC” met ASE BERG’s crew; us? Norvia-Shipping did. The US did not, nor did Norvia Shippings."


def found(gazetteer, text=TEXT):
    return [(text[start:end], ids) for start, end, ids in gazetteer.find(text)]


def table(path, rows=ROWS, columns=("name", "id", "label", "case")):
    """The rows in the form that the suffix asks for."""
    name = path.name.removesuffix(".gz")
    if name.endswith(".parquet"):
        polars.DataFrame(rows, schema=dict.fromkeys(columns, polars.String), orient="row").write_parquet(path)
        return path
    sign = "\t" if name.endswith(".tsv") else ","
    text = "".join(sign.join(row) + "\n" for row in [columns, *rows])
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_find_gives_names_however_they_are_written():
    assert found(sayso.Gazetteer(NAMES)) == [
        ("NSC", ("org:norvia",)),
        ("ASE BERG", ("person:ase-berg",)),
        ("Norvia-Shipping", ("org:norvia", "company:norvia-shipping")),
        ("US", ("country:USA",)),
    ]


def test_case_can_be_asked_for():
    assert found(sayso.Gazetteer({"Åse Berg": "a", "us": "b"}, case="exact")) == [("us", ("b",))]
    ignoring = sayso.Gazetteer({"US": "b"}, case="ignore")
    assert found(ignoring) == [("us", ("b",)), ("US", ("b",))]
    with pytest.raises(ValueError, match='case: expected "exact", "ignore" or None, not "Exact"'):
        sayso.Gazetteer({}, case="Exact")


@pytest.mark.parametrize("engine", ["words", "dfa", "nfa"])
def test_find_all_gives_a_row_for_every_id(engine):
    gazetteer = sayso.Gazetteer(NAMES, engine=engine)
    texts = [f"{'é' * (i % 7)} {TEXT} {i}" for i in range(300)]
    expected = [
        (i, start, end, gazetteer.ids.index(one))
        for i, text in enumerate(texts)
        for start, end, ids in gazetteer.find(text)
        for one in ids
    ]
    assert len(expected) == 300 * 5
    for threads in (1, 2, 5, None):
        columns = gazetteer.find_all(texts, threads=threads)
        assert all(column.dtype == np.int64 for column in columns)
        assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected


@pytest.mark.parametrize("engine", ["words", "dfa", "nfa"])
def test_find_array_gives_the_rows_of_one_text(engine):
    gazetteer = sayso.Gazetteer(NAMES, engine=engine)
    # The last is long enough to be searched with the interpreter free.
    for text in ("", "nothing", TEXT, f"“é{TEXT}", TEXT * 2000):
        array = gazetteer.find_array(text)
        expected = [
            [start, end, gazetteer.ids.index(one)] for start, end, ids in gazetteer.find(text) for one in ids
        ]
        assert array.dtype == np.int64 and array.shape == (len(expected), 3)
        assert array.tolist() == expected


def test_arguments_are_checked():
    gazetteer = sayso.Gazetteer(NAMES)
    with pytest.raises(ValueError, match="threads must be at least 1"):
        gazetteer.find_all([TEXT], threads=0)
    with pytest.raises(ValueError, match='engine: expected "words", "dfa" or "nfa", not "trie"'):
        sayso.Gazetteer(NAMES, engine="trie")
    for names in ({"Norvia": 1}, {1: "a"}, {"Norvia": []}, {"Norvia": ["a", None]}):
        with pytest.raises(TypeError, match="names: expected a name and an id or ids as strings"):
            sayso.Gazetteer(names)


def test_it_says_what_it_is():
    gazetteer = sayso.Gazetteer(NAMES)
    assert len(gazetteer) == 4
    assert repr(gazetteer) == "Gazetteer(4 names, 4 ids)"
    assert gazetteer.ids == ("org:norvia", "company:norvia-shipping", "person:ase-berg", "country:USA")
    assert gazetteer.labels == [None] * 4
    info = gazetteer.info()
    assert (info["names"], info["ids"], info["labels"], info["exact"]) == (4, 4, [], 2)
    assert info["bytes"] > 0 and info["engine"] == "words"


def test_texts_with_lone_surrogates_and_without_anything():
    gazetteer = sayso.Gazetteer(NAMES)
    assert gazetteer.find("\ud800 NSC") == [(2, 5, ("org:norvia",))]
    assert gazetteer.find_array("\ud800 NSC").tolist() == [[2, 5, 0]]
    assert [column.tolist() for column in gazetteer.find_all(["", "\ud800 NSC"])] == [[1], [2], [5], [0]]
    assert [column.tolist() for column in gazetteer.find_all([])] == [[]] * 4
    assert sayso.Gazetteer({}).find(TEXT) == []


@pytest.mark.parametrize("name", ["names.tsv", "names.csv", "names.parquet", "names.tsv.gz"])
def test_every_table_loads(tmp_path, name):
    gazetteer = sayso.Gazetteer.load(table(tmp_path / name))
    assert found(gazetteer) == [
        ("ASE BERG", ("person:ase-berg",)),
        ("us", ("magazine:us",)),
        ("Norvia-Shipping", ("org:norvia",)),
    ]
    assert gazetteer.labels == ["ORG", "PER", None]


def test_variants_are_names_too(tmp_path):
    rows = [("Norvia Shipping", "Norvia Ships|Norvia Line", "org:norvia")]
    path = table(tmp_path / "names.csv", rows, ("name", "variants", "id"))
    assert len(sayso.Gazetteer.load(path)) == 3


def test_a_compiled_file_gives_the_same_gazetteer(tmp_path):
    gazetteer = sayso.Gazetteer.load(table(tmp_path / "names.tsv"))
    # What a file is shows in its first bytes, whatever it is called.
    for name in ("names.gazetteer", "compiled.csv"):
        gazetteer.save(tmp_path / name)
        again = sayso.Gazetteer.load(tmp_path / name)
        assert (found(again), again.ids, again.labels) == (found(gazetteer), gazetteer.ids, gazetteer.labels)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "compiled.csv",
        "names.gazetteer",
        "names.tsv",
    ]


def refused(path, **options):
    with pytest.raises(sayso.SaysoError) as caught:
        sayso.Gazetteer.load(path, **options)
    return str(caught.value).removeprefix(f"{path.parent}/")


def test_a_compiled_file_is_refused_wherever_it_is_cut_or_flipped(tmp_path):
    path = tmp_path / "names.gazetteer"
    sayso.Gazetteer({"Norvia": "a"}).save(path)
    whole = path.read_bytes()
    for end in [*range(0, 200), *range(200, len(whole), 37)]:
        path.write_bytes(whole[:end])
        assert refused(path).startswith("names.gazetteer: ")
    for at in [*range(0, 60), *range(60, len(whole), 101)]:
        for bit in range(8):
            flipped = bytearray(whole)
            flipped[at] ^= 1 << bit
            path.write_bytes(flipped)
            assert refused(path).startswith("names.gazetteer: ")
    path.write_bytes(whole[:-1])
    assert refused(path) == "names.gazetteer: the gazetteer is cut short; build it again"
    path.write_bytes(whole[:-1] + b"\x80")
    assert "its checksum is wrong" in refused(path)
    path.write_bytes(whole.replace(b"gazetteer 2", b"gazetteer 9"))
    assert 'expected gazetteer format 2, found "9"' in refused(path)
    path.write_bytes(b"PK\x03\x04")
    assert "expected a compiled gazetteer or a table of names" in refused(path)


LONG = "x" * 10_000
BAD = [
    ("", "a", "", "", "expected a name, found an empty cell"),
    ("-", "a", "", "", 'expected a name with letters, found "-"'),
    ("Norvia", "", "", "", "expected an id, found an empty cell"),
    (LONG, "a", "", "", "expected a name of at most 1000 characters, found one of 10000"),
    ("Norvia", "a", "", "maybe", 'expected the case exact or ignore, found "maybe"'),
    (
        "Norvia",
        "org:norvia",
        "PER",
        "",
        'expected the label ORG that the id "org:norvia" has in line 2, found PER',
    ),
]


@pytest.mark.parametrize("suffix", ["tsv", "csv", "parquet"])
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad[-1][:30])
def test_a_bad_row_is_named_with_its_line(tmp_path, suffix, bad, capsys):
    *row, reason = bad
    path = table(tmp_path / f"names.{suffix}", [*ROWS, tuple(row), *ROWS])
    # The rows of a table without lines have numbers.
    line = 4 if suffix == "parquet" else 5
    if suffix == "parquet":
        reason = reason.replace("line 2", "line 1")
    assert refused(path) == f"names.{suffix}:{line}: {reason}"
    assert main(["gazetteer", "check", str(path)]) == 1
    out, err = capsys.readouterr()
    assert err == f"sayso: {path}:{line}: {reason}\n"
    assert out == f"{path}: 3 names, 3 ids, 1 fault\n"


def test_every_bad_row_is_told(tmp_path, capsys):
    path = tmp_path / "names.csv"
    path.write_bytes(
        b'name,id\r\n\r\nNorvia,a\r\n"two\r\nlines",b\r\n\r\ncaf\xe9,c\r\nx\r\n,d\r\n"Port\n\nVell",e\r\nlast,'
    )
    assert main(["gazetteer", "check", str(path)]) == 1
    out, err = capsys.readouterr()
    assert [line.removeprefix(f"sayso: {path}:") for line in err.splitlines()] == [
        "7: expected UTF-8, found something else behind 3 bytes",
        "8: expected 2 cells, found 1",
        "9: expected a name, found an empty cell",
        '10: expected a name in one paragraph, found "Port\\n\\nVell"',
        "13: expected an id, found an empty cell",
    ]
    assert "2 names, 2 ids, 5 faults" in out
    path = tmp_path / "names.tsv"
    path.write_bytes(b"# remark\n\nid\tname\na\tNorvia\r\n\nb\tcaf\xe9\nc\n \t \nd\t-")
    assert main(["gazetteer", "check", str(path)]) == 1
    err = capsys.readouterr().err
    assert [line.removeprefix(f"sayso: {path}:") for line in err.splitlines()] == [
        "6: expected UTF-8, found something else behind 5 bytes",
        "7: expected 2 cells, found 1",
        '9: expected a name with letters, found "-"',
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("names.tsv", b"", ":1: expected a header row with name, id"),
        ("names.csv", b"\n", ":1: expected a header row with name, id"),
        ("names.tsv", b"name\tlabel\n", ':1: expected a column "id", found name, label'),
        ("names.csv", b"nom,id\n", ':1: expected a column "name", found nom, id'),
        ("names.parquet", b"PAR1 and nothing", ": "),
        ("names.tsv", b"\0" * 100, ": binary file"),
        ("names.tsv.gz", b"no gzip", ": "),
        (
            "names.txt",
            b"Norvia",
            ": expected a compiled gazetteer or a table of names, .tsv, .csv or .parquet",
        ),
    ],
)
def test_a_file_that_is_no_table_is_named(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path).startswith(name + reason)
    with pytest.raises(sayso.SaysoError, match=name):
        sayso.Gazetteer.check(path)


def test_columns_of_other_types(tmp_path):
    path = tmp_path / "names.parquet"
    polars.DataFrame({"name": ["Norvia", None], "id": [1, 2]}).write_parquet(path)
    assert refused(path) == "names.parquet:2: expected a name, found an empty cell"
    polars.DataFrame({"name": ["Norvia"], "id": [1]}).write_parquet(path)
    assert sayso.Gazetteer.load(path).ids == ("1",)
    polars.DataFrame({"name": [["Norvia"]], "id": ["a"]}).write_parquet(path)
    assert 'names.parquet:1: expected strings in the column "name", found' in refused(path)


def test_a_bad_name_of_a_dict_is_named():
    with pytest.raises(sayso.SaysoError, match='"": expected a name, found an empty cell'):
        sayso.Gazetteer({"Norvia": "a", "": "b"})
    with pytest.raises(sayso.SaysoError, match=r'^"x{60}": expected a name of at most 1000 characters'):
        sayso.Gazetteer({LONG: "a"})
    with pytest.raises(sayso.SaysoError, match="no_such_folder"):
        sayso.Gazetteer(NAMES).save("no_such_folder/names.gazetteer")
    with pytest.raises(sayso.SaysoError, match="nowhere"):
        sayso.Gazetteer.load("nowhere.tsv")


def test_build_and_info(tmp_path, capsys):
    path, out = table(tmp_path / "names.tsv"), tmp_path / "names.gazetteer"
    assert main(["gazetteer", "build", str(path), "-o", str(out)]) == 0
    assert capsys.readouterr().out.startswith("3 names, 3 ids in 0.0 MB: ")
    assert main(["gazetteer", "info", str(out)]) == 0
    assert "names   3 (case counts for 1)" in capsys.readouterr().out
    assert main(["gazetteer", "check", str(out)]) == 0
    assert "0 faults" in capsys.readouterr().out
    assert main(["gazetteer", "build", str(tmp_path / "none.tsv"), "-o", str(out)]) == 2
    assert "none.tsv" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["names.tsv", "names.csv", "names.parquet", "names.gazetteer"])
def test_a_pipeline_takes_every_form(tmp_path, name):
    path = tmp_path / name
    rows = [("Quillmark", "org:quillmark", "OUTLET", "")]
    if name == "names.gazetteer":
        sayso.Gazetteer.load(table(tmp_path / "names.csv", rows)).save(path)
    else:
        table(path, rows)
    doc = sayso.Pipeline(gazetteer=path)("Quillmark denied the charge.")
    (mention,) = json.loads(doc.to_json())["mentions"]
    assert (mention["name"], mention["label"], mention["via"]) == ("Quillmark", "OUTLET", "gazetteer")


def test_a_pipeline_names_a_label_that_it_does_not_know(tmp_path):
    path = table(tmp_path / "names.csv", [("Quillmark", "org:quillmark", "PAPER", "")])
    with pytest.raises(sayso.SaysoError, match=r"names\.csv:2: expected the label PER, .* found \"PAPER\""):
        sayso.Pipeline(gazetteer=path)
