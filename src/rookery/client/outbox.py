"""My own messages until the server has answered each: waiting, on their way, or asked about.

They leave in the order in which they were written, and only from the front: ids of
`rookery.chat/id` must reach the server in order (`docs/ext/resend.md`).
"""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rookery.wire.message import NO_TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_IN_FLIGHT: Final = 16
"""Messages on their way at once: hides the round trip, and stays below any server's pacing."""
STALE_AFTER_S: Final = 600.0
"""A line that has waited longer is asked about before it is sent."""


class Progress(enum.Enum):
    """Where a message is."""

    WAITING = enum.auto()
    ASKED_ABOUT = enum.auto()
    IN_FLIGHT = enum.auto()


@dataclass(slots=True, eq=False)
class Waiting:
    """One message of mine; `client_id` is its `rookery.chat/id`."""

    target: str
    text: str
    client_id: str
    typed_at_s: float
    tags: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = Progress.WAITING
    was_written: bool = False
    """It was on its way when a connection died: it may have arrived."""
    is_doubtful: bool = False
    """An earlier run may have sent it under another id, which no server can tell."""

    @property
    def is_asked_about(self) -> bool:
        """Return whether the person has to say first whether it is still to be sent."""
        return self.progress is Progress.ASKED_ABOUT

    @property
    def may_have_left(self) -> bool:
        """Return whether it was handed to a connection, or may have been."""
        return self.was_written or self.is_doubtful or self.progress is Progress.IN_FLIGHT


class Outbox:
    """The queue of one person on one server."""

    def __init__(self) -> None:
        self._queue: deque[Waiting] = deque()
        self._in_flight = 0

    def __len__(self) -> int:
        return len(self._queue)

    def __iter__(self) -> Iterator[Waiting]:
        return iter(list(self._queue))

    def add(
        self,
        target: str,
        text: str,
        client_id: str,
        now_s: float,
        tags: Mapping[str, str] = NO_TAGS,
    ) -> Waiting:
        """Put a message at the end."""
        entry = Waiting(target, text, client_id, now_s, tags)
        self._queue.append(entry)
        return entry

    def take_due(self) -> list[Waiting]:
        """Return what may leave now, in order; it counts as on its way."""
        due = []
        for entry in self._queue:
            if self._in_flight >= MAX_IN_FLIGHT or entry.progress is Progress.ASKED_ABOUT:
                break
            if entry.progress is not Progress.IN_FLIGHT:
                entry.progress = Progress.IN_FLIGHT
                self._in_flight += 1
                due.append(entry)
        return due

    def clear(self) -> None:
        """Forget all messages: they are kept elsewhere."""
        self._queue.clear()
        self._in_flight = 0

    def answered(self, entry: Waiting) -> None:
        """Forget a message that is stored, or that the server refuses."""
        if entry in self._queue:
            self._queue.remove(entry)
            self._in_flight -= entry.progress is Progress.IN_FLIGHT

    def lost(self) -> None:
        """Take back what was on its way: the connection is gone."""
        self._in_flight = 0
        for entry in self._queue:
            entry.was_written = entry.was_written or entry.progress is Progress.IN_FLIGHT
            entry.progress = Progress.WAITING

    def ask_about(self, now_s: float, *, is_resend_safe: bool) -> list[Waiting]:
        """Return the waiting messages that must be asked about; they stop the queue until then.

        Those that are old, those of an earlier run that may have arrived, and without
        `rookery.chat/resend` all that may have.
        """
        asked = [
            entry
            for entry in self._queue
            if entry.progress is Progress.WAITING
            and (
                now_s - entry.typed_at_s > STALE_AFTER_S
                or entry.is_doubtful
                or (entry.was_written and not is_resend_safe)
            )
        ]
        for entry in asked:
            entry.progress = Progress.ASKED_ABOUT
        return asked

    def approve(self, now_s: float) -> int:
        """Let the messages that were asked about go, as if typed now; return how many."""
        asked = [entry for entry in self._queue if entry.progress is Progress.ASKED_ABOUT]
        for entry in asked:
            entry.progress = Progress.WAITING
            entry.typed_at_s = now_s
            entry.was_written = entry.is_doubtful = False
        return len(asked)

    def drop(self) -> list[Waiting]:
        """Remove and return the messages that were asked about."""
        dropped = [entry for entry in self._queue if entry.progress is Progress.ASKED_ABOUT]
        self._queue = deque(e for e in self._queue if e.progress is not Progress.ASKED_ABOUT)
        return dropped
