"""The interpreter is free while Rust works, and Ctrl-C is heard."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from samples import STORY

BIG = f"{STORY}\n\n" * 3000


def test_other_threads_go_on_while_rust_works(nlp):
    ticks, done = 0, threading.Event()

    def work():
        list(nlp.pipe([BIG] * 4, threads=1))
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    while not done.wait(0.005):
        ticks += 1
    worker.join()
    # One that held the interpreter would let none through before it is done.
    assert ticks >= 3


def interrupted(nlp, records):
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        list(nlp.pipe(records, threads=1))
    timer.join()


def test_ctrl_c_stops_many_texts(nlp):
    interrupted(nlp, [BIG] * 200)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at the threads of the process")
def test_ctrl_c_does_not_wait_for_a_huge_text(nlp):
    interrupted(nlp, [BIG * 10])
    names = [task.joinpath("comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
    # The analysis that nobody waits for any more.
    assert "sayso" in names
