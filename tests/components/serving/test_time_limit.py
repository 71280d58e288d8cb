"""The time limit: what never ends is ended, what ends is left alone, whoever comes next as well."""

import os
import subprocess
import sys
import threading
import time
import types
from contextlib import suppress
from pathlib import Path

import pytest

from components.serving import time_limit
from components.serving.time_limit import TimeLimit, TimeLimitError

ROOT = Path(__file__).parents[3]
SHORT = 0.05
LONG = 60.0


def forever():
    while True:
        pass


def test_what_never_ends_is_ended_and_says_after_how_long():
    with pytest.raises(TimeLimitError, match=r"longer than 0\.05 s"):
        TimeLimit(SHORT).within(forever)


def test_what_is_fast_is_answered_and_its_errors_are_its_own():
    limit = TimeLimit(LONG)
    assert limit.within(lambda: 7) == 7
    with pytest.raises(KeyError):
        limit.within(lambda: {}["none"])
    assert not limit._jobs


def test_no_handler_of_errors_keeps_it_from_ending():
    def stubborn():
        while True:
            with suppress(Exception):
                forever()

    with pytest.raises(TimeLimitError):
        TimeLimit(SHORT).within(stubborn)


def test_what_swallows_even_that_is_ended_the_next_time(monkeypatch):
    monkeypatch.setattr(time_limit, "AGAIN", SHORT)
    swallowed = []

    def once():
        try:
            forever()
        except BaseException:
            swallowed.append(1)
        forever()

    with pytest.raises(TimeLimitError):
        TimeLimit(SHORT).within(once)
    assert swallowed == [1]


def test_the_next_one_is_ended_as_soon_though_the_one_before_had_to_be():
    limit, ended = TimeLimit(SHORT), []
    for _ in range(4):
        began = time.monotonic()
        with pytest.raises(TimeLimitError):
            limit.within(forever)
        ended.append(time.monotonic() - began)
    assert min(ended[1:]) < time_limit.AGAIN


def test_cleaning_up_is_done():
    lock = threading.Lock()

    def locked():
        with lock:
            forever()

    with pytest.raises(TimeLimitError):
        TimeLimit(SHORT).within(locked)
    assert lock.acquire(blocking=False)


def test_what_came_too_late_never_arrives(monkeypatch):
    """The work is over while it is being thrown: neither its answer nor the next one is hit."""
    limit = TimeLimit(SHORT)
    throw, thrown, over = time_limit._throw, threading.Event(), threading.Event()

    def late(thread):
        thrown.set()
        over.wait(10)
        time.sleep(SHORT)  # it is leaving by now
        throw(thread)

    monkeypatch.setattr(time_limit, "_throw", late)

    def work():
        thrown.wait(10)
        over.set()
        return 7

    with suppress(TimeLimitError):  # allowed: it was over time
        assert limit.within(work) == 7
    for _ in range(100_000):
        pass
    assert not limit._jobs


PROFILED = """
import cProfile, io
from components.serving.time_limit import TimeLimit
limit = TimeLimit(60)
limit.within(lambda: None)
cProfile.run("for n in range(100): (lambda n: {'a': io.BytesIO(b''), 'b': n})(n)")
"""


def test_a_profiler_may_look_on_afterwards():
    """What the interpreter still looks for at every step would keep it from ever going on."""
    run = [sys.executable, "-c", PROFILED]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "function calls" in done.stdout, done.stderr


def test_threads_are_ended_each_by_itself_and_used_again():
    """Short and endless work in turn, in many threads: each answer is that of its own work."""
    limit, wrong = TimeLimit(SHORT), []

    def run(seed):
        for turn in range(12):
            if (turn + seed) % 3 == 0:
                try:
                    limit.within(forever)
                except TimeLimitError:
                    continue
                wrong.append("not ended")
            else:
                try:
                    answer = limit.within(lambda turn=turn: turn)
                except TimeLimitError:
                    continue  # a thread that got no time for so long
                except BaseException as error:
                    wrong.append(error)
                    raise
                if answer != turn:
                    wrong.append(answer)
            sum(range(1000))  # nothing arrives between two questions

    threads = [threading.Thread(target=run, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert wrong == [] and not limit._jobs


def test_work_at_the_very_limit_is_answered_or_ended_and_nothing_else():
    limit = TimeLimit(0.002)
    answers = {"done": 0, "ended": 0}

    def work():
        end = time.monotonic() + 0.002
        while time.monotonic() < end:
            pass

    for _ in range(300):
        try:
            limit.within(work)
            answers["done"] += 1
        except TimeLimitError:
            answers["ended"] += 1
    assert sum(answers.values()) == 300 and not limit._jobs


def test_an_import_is_never_cut(tmp_path, monkeypatch):
    (tmp_path / "slow_to_import.py").write_text(
        "import time\nend = time.monotonic() + 0.4\nwhile time.monotonic() < end: pass\nDONE = 1\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))

    def work(then):
        import slow_to_import

        assert slow_to_import.DONE
        return then()

    # Nor is its time counted.
    assert TimeLimit(0.3).within(lambda: work(lambda: 7)) == 7
    sys.modules.pop("slow_to_import")
    with pytest.raises(TimeLimitError):
        TimeLimit(SHORT).within(lambda: work(forever))
    found = sys.modules.pop("slow_to_import")
    assert isinstance(found, types.ModuleType) and found.DONE == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_process_has_a_watcher_of_its_own():
    limit = TimeLimit(SHORT)
    limit.within(lambda: None)
    child = os.fork()
    if child == 0:
        try:
            limit.within(forever)
        except TimeLimitError:
            os._exit(7)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
