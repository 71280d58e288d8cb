"""No question computes longer than the limit: a thread of its own looks on and ends what does.

The engine knows no clock. What takes too long is ended from outside, by an exception that is thrown
into its thread (CPython's `PyThreadState_SetAsyncExc`) and arrives between two of its bytecodes, so
that a single call into C is not cut, but what follows it.
"""

import ctypes
import itertools
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

__all__ = ["TimeLimit", "TimeLimitError"]

Answer = TypeVar("Answer")

# Seconds after which what was thrown is thrown again: a finaliser may have been where it arrived.
AGAIN: Final = 1.0
# Jumps back in a loop, at each of which what was thrown arrives if it has not yet.
ARRIVING: Final = 100
# An import cut in half would leave a broken module to everybody who asks later.
AFTER_IMPORT: Final = 0.05
IMPORTING: Final = "importlib._bootstrap"


class TimeLimitError(Exception):
    """A question took longer than `seconds` and was ended."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"This took longer than {seconds:g} s and was ended.")


class _CutError(BaseException):
    """What is thrown; no handler of errors in between takes it for one of its own."""


@dataclass
class _Job:
    """A question in hand: its thread, when it has to be done, and who is at it."""

    thread: int
    due: float
    left: bool = False
    cutting: bool = False
    thrown: bool = False
    importing: bool = False


def _throw(thread: int) -> None:
    error = ctypes.py_object(_CutError)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error)


def _imports(thread: int) -> bool:
    frame = sys._current_frames().get(thread)
    while frame is not None:
        if frame.f_globals.get("__name__") == IMPORTING:
            return True
        frame = frame.f_back
    return False


class TimeLimit:
    """Ends what takes longer than `seconds`; one of it serves any number of threads."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._jobs: dict[int, _Job] = {}
        self._numbers = itertools.count()
        self._entered = threading.Event()
        self._starting = threading.Lock()
        self._watcher: threading.Thread | None = None

    def within(self, work: Callable[[], Answer]) -> Answer:
        """What `work` returns or raises; raises `TimeLimitError` where it takes too long.

        When it returns nothing is thrown into the calling thread any more. `work` may be ended
        anywhere: it must hold no lock but by `with`, and leave nothing half done.
        """
        self._watch_from_now_on()
        number, job = next(self._numbers), _Job(threading.get_ident(), 0.0)
        try:
            try:
                job.due = time.monotonic() + self.seconds
                self._jobs[number] = job
                if not self._entered.is_set():
                    self._entered.set()
                return work()
            finally:
                self._leave(number, job)
        except _CutError:
            # It may have been the leaving that was interrupted; each of its parts can be repeated.
            self._leave(number, job)
            raise TimeLimitError(self.seconds) from None

    def _leave(self, number: int, job: _Job) -> None:
        """Take the job from the watcher; no lock, since a thread that is cut might not return it.

        Either the watcher sees `left` and throws nothing, or this sees `cutting` and waits until
        all is thrown (Dekker's protocol). What has not arrived by then does so here: taken back,
        it would leave the interpreter looking for it at every step from then on.
        """
        job.left = True
        while job.cutting:
            time.sleep(0)
        self._jobs.pop(number, None)
        if job.thrown:
            for _ in range(ARRIVING):
                pass

    def _watch_from_now_on(self) -> None:
        # A process that was forked has none of its parent's threads.
        if self._watcher is None or not self._watcher.is_alive():
            with self._starting:
                if self._watcher is None or not self._watcher.is_alive():
                    self._watcher = threading.Thread(target=self._watch, daemon=True)
                    self._watcher.start()

    def _watch(self) -> None:
        while True:
            self._entered.wait()
            self._entered.clear()
            # All have the same limit, so that nobody who enters while this sleeps is due before.
            while jobs := list(self._jobs.values()):
                wait = min(job.due for job in jobs) - time.monotonic()
                if wait > 0:
                    time.sleep(wait)
                    continue
                for job in jobs:
                    if job.due <= time.monotonic():
                        self._cut(job)

    def _cut(self, job: _Job) -> None:
        job.cutting = True
        importing, waited = _imports(job.thread), job.importing
        job.importing = importing
        if importing or waited:
            # Of the first who asks for a library nobody can say that it asked for too much.
            job.due = time.monotonic() + (AFTER_IMPORT if importing else self.seconds)
        else:
            # No later than who enters now: the watcher sleeps until the first that it knows of.
            job.due = time.monotonic() + min(AGAIN, self.seconds)
            if not job.left:
                job.thrown = True
                _throw(job.thread)
        job.cutting = False
