"""Reads of the store in a few threads; what they find comes back on the loop's thread.

`run` belongs to the loop's thread; so do `done` and `failed`, of which each `run` calls one.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from rookery.errors import StoreUnavailableError
from rookery.store.writer import CallSoon

MAX_WAITING: Final = 4096
"""Reads that may be under way or waiting: a reconnect of some thousand people at once fits in, and
the last of them still waits for less than a second (unit: reads)."""

STOP_S: Final = 5.0
"""How long the end of the server waits for reads that have begun."""

_log: Final = logging.getLogger(__name__)
T = TypeVar("T")


class Readers:
    """A few threads and one bounded queue for `Store`'s reads, or other work that would block."""

    def __init__(
        self,
        max_threads: int,
        call_soon_threadsafe: CallSoon,
        max_waiting: int = MAX_WAITING,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        """Start the threads; each calls `prepare` before its first work."""
        self._max_waiting = max_waiting
        self._call_soon = call_soon_threadsafe
        self._prepare = prepare
        # Each entry works, and returns what is to be called on the loop's thread.
        self._queue: queue.SimpleQueue[Callable[[], Callable[[], None]] | None]
        self._queue = queue.SimpleQueue()
        self._waiting = 0
        """Only the loop's thread counts it."""
        self._threads = [
            threading.Thread(target=self._run, name=f"store-reader-{number}", daemon=True)
            for number in range(1, max_threads + 1)
        ]
        for thread in self._threads:
            thread.start()

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do `work` on a thread, then call `done` with its result or `failed` with its error.

        When `max_waiting` wait already, `failed` is called at once with `StoreUnavailableError`.
        """
        if self._waiting >= self._max_waiting:
            failed(StoreUnavailableError("Too many are reading at this moment. Try again"))
            return
        self._waiting += 1
        self._queue.put(partial(_answer_of, work, done, failed))

    def stop(self, wait_s: float = STOP_S) -> None:
        """Wait for what has begun, at most `wait_s`; what waits is dropped unanswered.

        A thread that is still at work then ends with the process.
        """
        try:
            while True:
                self._queue.get_nowait()
        except queue.Empty:
            pass
        for _ in self._threads:
            self._queue.put(None)
        until_s = time.monotonic() + wait_s
        for thread in self._threads:
            thread.join(max(0.0, until_s - time.monotonic()))
            if thread.is_alive():
                _log.warning("a thread is still at work at the end: %s", thread.name)

    def do_one(self) -> None:
        """Do one work of those that wait, if any, on the thread that calls this."""
        try:
            work = self._queue.get_nowait()
        except queue.Empty:
            return
        if work is None:
            self._queue.put(None)  # It is for a thread that is to end.
        else:
            self._do(work)

    def _run(self) -> None:
        if self._prepare is not None:
            self._prepare()
        while (work := self._queue.get()) is not None:
            self._do(work)

    def _do(self, work: Callable[[], Callable[[], None]]) -> None:
        try:
            self._call_soon(partial(self._give_back, work()))
        except RuntimeError:
            # The loop has been closed: nobody is left who waits for the answer.
            _log.warning("a read was answered after the end of the loop")

    def _give_back(self, answer: Callable[[], None]) -> None:
        self._waiting -= 1
        answer()


def _answer_of(
    work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
) -> Callable[[], None]:
    try:
        return partial(done, work())
    except Exception as error:  # noqa: BLE001 - whatever it is, `failed` takes it
        _log.warning("a read failed: %s", error)
        return partial(failed, error)
