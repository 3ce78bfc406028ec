"""Who commits: a thread for a store on disk, the caller itself for one in memory.

`done` of each batch is called once, on the loop's thread and in the order of `submit`.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Final

from rookery.errors import StoreUnavailableError
from rookery.store.base import Batch, Done, Store

CallSoon = Callable[[Callable[[], None]], object]
"""`loop.call_soon_threadsafe`."""

IDLE_S: Final = 0.3
"""How long no batch may come until the store is told to tidy: well above the pause between two
lines of a lively talk, so that no line waits for it (unit: seconds)."""
RESTLESS_S: Final = 1.0
"""How often the store is told to tidy a little while batches leave it no rest (unit: seconds)."""
STOP_TIMEOUT_S: Final = 30.0
"""How long `stop` waits for a disk that does not answer (unit: seconds)."""

_log: Final = logging.getLogger(__name__)


class Writer:
    """A thread that commits one batch after the other and outlives every error."""

    def __init__(self, store: Store, call_soon_threadsafe: CallSoon) -> None:
        self._store = store
        self._call_soon = call_soon_threadsafe
        self._queue: queue.SimpleQueue[tuple[Batch, Done] | None] = queue.SimpleQueue()
        # A daemon: a disk that never answers must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, batch: Batch, done: Done) -> None:
        """Hand `batch` over; returns at once."""
        self._queue.put((batch, done))

    def stop(self) -> None:
        """Wait until all that was submitted is committed, at most `STOP_TIMEOUT_S`."""
        self._queue.put(None)
        self._thread.join(STOP_TIMEOUT_S)
        if self._thread.is_alive():
            _log.error("the store has not finished in %s s; its last batch is lost", STOP_TIMEOUT_S)

    def _run(self) -> None:
        # A start may have found work that an earlier end has left.
        wait_s: float | None = IDLE_S
        tidied_at = monotonic()
        while True:
            try:
                submitted = self._queue.get(timeout=wait_s)
            except queue.Empty:
                wait_s = 0 if _tidy(self._store) else None
                continue
            if submitted is None:
                return
            batch, done = submitted
            self._report(partial(done, _commit(self._store, batch)))
            wait_s = IDLE_S
            if monotonic() - tidied_at > RESTLESS_S:
                _tidy(self._store)
                tidied_at = monotonic()

    def _report(self, done: Callable[[], None]) -> None:
        try:
            self._call_soon(done)
        except RuntimeError:
            # The loop has been closed: nobody is left who waits for the answer.
            _log.warning("a batch was answered after the end of the loop")


class InlineWriter:
    """Commits in `submit` and calls `done` from there; for stores that never wait."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def submit(self, batch: Batch, done: Done) -> None:
        """Commit `batch` and call `done` before returning."""
        done(_commit(self._store, batch))

    def stop(self) -> None:
        """Nothing is under way."""


def _commit(store: Store, batch: Batch) -> StoreUnavailableError | None:
    try:
        store.commit(batch)
    except StoreUnavailableError as error:
        _log.warning("a batch of %d messages was not stored: %s", len(batch.messages), error)
        return error
    except Exception:  # noqa: BLE001 - without the thread nobody would ever be answered again
        _log.exception("a batch of %d messages broke the store", len(batch.messages))
        return StoreUnavailableError("The store failed on this batch. The server's log says why")
    return None


def _tidy(store: Store) -> bool:
    """Return whether more waits; after a failure it waits for better times."""
    try:
        return store.tidy()
    except StoreUnavailableError as error:
        _log.warning("the store could not tidy up: %s", error)
    except Exception:  # noqa: BLE001 - as above
        _log.exception("tidying broke the store")
    return False
