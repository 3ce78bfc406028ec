"""Threads that check passwords while nobody else wants the processor.

Whoever guesses passwords would otherwise slow down what people say: a check takes a large part of a
second, and a message waits up to 4 ms for each time that it meets one. So these threads stand back,
and there are never more of them than processors. Where others keep those busy, a thread that does
not stand back takes a share, small but sure, of what waits: a login may be slow, but not endless.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from rookery import log
from rookery.store.reader import STOP_S, Readers

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.store.writer import CallSoon

T = TypeVar("T")

NICENESS: Final = 15
"""Beside a busy thread the others get a thirtieth of the processor (source: sched(7))."""
RELIEF_THREADS: Final = 1
"""Those that work beside the others (unit: threads)."""
PATIENCE_S: Final = 2.0
"""Longer than any check lasts that has a slow processor to itself."""

_log: Final = log.get("server")


class Hashers:
    """A few threads and one bounded queue for work that costs much and shall disturb nobody."""

    def __init__(
        self,
        max_threads: int,
        call_soon_threadsafe: CallSoon,
        max_waiting: int,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._patience_s = patience_s
        # For each work its end, as soon as a thread begins it.
        self._begun: queue.SimpleQueue[threading.Event | None] = queue.SimpleQueue()
        self._threads = Readers(max_threads, call_soon_threadsafe, max_waiting, stand_back)
        self._relief = threading.Thread(target=self._relieve, name="hashing-relief", daemon=True)
        self._relief.start()

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do `work` on a thread, then call `done` or `failed` as `Readers.run` does."""
        self._threads.run(partial(self._noted, work), done, failed)

    def stop(self, wait_s: float = STOP_S) -> None:
        """End as `Readers.stop` does; what the relieving thread is at ends with the process."""
        self._begun.put(None)
        self._threads.stop(wait_s)

    def _noted(self, work: Callable[[], T]) -> T:
        ended = threading.Event()
        self._begun.put(ended)
        try:
            return work()
        finally:
            ended.set()

    def _relieve(self) -> None:
        """Do one work of those that wait, each time that one under way has lasted too long."""
        while (ended := self._begun.get()) is not None:
            while not ended.wait(self._patience_s):
                self._threads.do_one()


def processors() -> int:
    """Return how many processors this thread may use."""
    usable = getattr(os, "sched_getaffinity", None)  # Not everywhere.
    return len(usable(0)) if usable else os.cpu_count() or 1


def stand_back() -> None:
    """Let the thread that calls this work while the others of the process leave it the processor.

    Only on Linux has each thread a niceness of its own; elsewhere nothing happens.
    """
    if sys.platform == "linux":
        me = threading.get_native_id()
        try:
            niceness = max(NICENESS, os.getpriority(os.PRIO_PROCESS, me))
            os.setpriority(os.PRIO_PROCESS, me, niceness)
        except OSError as error:
            _log.warning("checks of passwords cannot stand back for chat", reason=str(error))
