"""The command line: what it prints, what it writes, what it leaves, and its exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import polars
import pytest
import sayso
from samples import SAID, STORY
from sayso.cli import main


@pytest.fixture
def folder(tmp_path):
    """A folder of two articles, one of them in a folder of its own."""
    inputs = tmp_path / "in"
    (inputs / "deep").mkdir(parents=True)
    (inputs / "one.txt").write_text(STORY, encoding="utf-8")
    (inputs / "deep" / "two.txt").write_text(SAID, encoding="utf-8")
    return inputs


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_read_marks_up(article, capsys):
    assert main(["read", str(article)]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "Mara Quill" in out


def test_read_prints_json(article, capsys):
    assert main(["read", str(article), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == sayso.read(article).to_dict()


def test_read_writes_a_page(article, tmp_path):
    page = tmp_path / "page.html"
    assert main(["read", str(article), "--html", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_read_names_what_is_missing(tmp_path, capsys):
    assert main(["read", str(tmp_path / "missing.txt")]) == 2
    assert "missing.txt" in capsys.readouterr().err


def test_run_reads_folders(folder, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    assert main(["run", str(folder), "-o", str(out)]) == 0
    assert "2 documents" in capsys.readouterr().out
    assert {doc["id"]: doc["text"] for doc in lines(out)} == {"one": STORY, "deep/two": SAID}


def test_run_gives_the_same_bytes_for_every_number_of_threads(folder, tmp_path):
    for threads in (1, 2, 4):
        assert (
            main(["run", str(folder), "-o", str(tmp_path / f"{threads}.jsonl"), "--threads", str(threads)])
            == 0
        )
    assert len({(tmp_path / f"{threads}.jsonl").read_bytes() for threads in (1, 2, 4)}) == 1


def test_run_leaves_texts_out(folder, tmp_path):
    out = tmp_path / "out.jsonl"
    assert main(["run", str(folder), "-o", str(out), "--no-text"]) == 0
    assert all("text" not in doc for doc in lines(out))


def test_run_renames_columns(tmp_path):
    records = tmp_path / "records.csv"
    records.write_text(f'key,body\nk,"{SAID.replace(chr(34), chr(34) * 2)}"\n')
    out = tmp_path / "out.jsonl"
    assert main(["run", str(records), "-o", str(out), "--text-column", "body", "--id-column", "key"]) == 0
    assert [(doc["id"], doc["text"]) for doc in lines(out)] == [("k", SAID)]


def test_run_names_the_columns_there_are(tmp_path, capsys):
    records = tmp_path / "records.csv"
    records.write_text("key,body\nk,a\n")
    assert main(["run", str(records), "-o", str(tmp_path / "out.jsonl")]) == 2
    told = capsys.readouterr().err
    assert "text" in told
    assert "body" in told
    assert not (tmp_path / "out.jsonl").exists()


def test_run_puts_bad_rows_into_the_errors_table(tmp_path, capsys):
    records = tmp_path / "records.jsonl"
    records.write_text('{"text": "a", "id": "x"}\nnot json\n{"text": "b", "id": "x"}\n{"id": "y"}\n')
    out = tmp_path / "out.parquet"
    assert main(["run", str(records), "-o", str(out)]) == 1
    assert "3 rows" in capsys.readouterr().err
    errors = polars.read_parquet(out / "errors.parquet")
    assert errors["line"].to_list() == [2, 3, 4]
    assert "duplicate id" in errors["reason"][1]
    assert polars.read_parquet(out / "documents.parquet")["id"].to_list() == ["x"]


@pytest.mark.parametrize("out", ["no/such/folder/out.jsonl", "out.xlsx", "/proc/out.jsonl"])
def test_run_refuses_an_output_it_cannot_write(folder, tmp_path, monkeypatch, capsys, out):
    monkeypatch.chdir(tmp_path)
    assert main(["run", str(folder), "-o", out]) == 2
    assert out.rsplit("/", 1)[-1] in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(
    "arguments", [[], ["nothing"], ["read"], ["run", "x"], ["run", "x", "-o", "y.jsonl", "--threads", "0"]]
)
def test_wrong_usage_is_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: sayso" in capsys.readouterr().err


def test_version_names_the_word_lists(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith(f"sayso {sayso.__version__}\n")
    assert dict(line.split() for line in out.splitlines()) == sayso.versions()
    assert "gazetteer/countries.tsv" in sayso.versions()


def test_demo_tells_who_accuses_and_who_denies(tmp_path, capsys):
    assert main(["demo", "-o", str(tmp_path / "demo")]) == 0
    out = capsys.readouterr().out
    assert "accuse" in out
    assert "deny" in out
    docs = lines(tmp_path / "demo" / "story.jsonl")
    assert len(docs) == 6
    assert (tmp_path / "demo" / "story.html").stat().st_size > 10_000
    assert polars.read_parquet(tmp_path / "demo" / "story.parquet" / "documents.parquet").height == 6


def test_eval_scores_a_file(tmp_path, nlp, capsys):
    doc = nlp({"text": SAID, "id": "one"}).to_dict()
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(doc) + "\n")
    predictions = tmp_path / "predicted.jsonl"
    assert main(["eval", "attribution", str(gold), "--predictions", str(predictions)]) == 0
    assert "100" in capsys.readouterr().out
    assert lines(predictions)[0]["attributions"] == doc["attributions"]


def test_interrupted_run_leaves_nothing(tmp_path):
    records = tmp_path / "records.jsonl"
    line = json.dumps({"text": f"{STORY}\n\n" * 20}) + "\n"
    records.write_text(line * 20_000)
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "sayso", "run", str(records), "-o", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        part = wait_for(lambda: [path for path in tmp_path.iterdir() if path.name.endswith(".part")])
        assert part
        process.send_signal(signal.SIGINT)
        assert "interrupted" in process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def wait_for(what):
    for _ in range(600):
        if found := what():
            return found
        time.sleep(0.05)
    return None


def test_a_reader_that_has_seen_enough_is_no_error(article):
    command = f'"{sys.executable}" -m sayso read {" ".join([str(article)] * 1000)} --json | head -c 10'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, env=os.environ, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
