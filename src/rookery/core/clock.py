"""Ids of messages: time-ordered, unique, and 63 bits wide.

An id is `(milliseconds since 2024) << 20 | counter`. It is the order of every conversation, the
time of its message and the cursor into history (`docs/adr/0001-one-id.md`). Ids never go back,
also when the clock does.
"""

from __future__ import annotations

from typing import Final

EPOCH_MS: Final = 1_704_067_200_000
"""2024-01-01T00:00:00Z in milliseconds since 1970."""
COUNTER_BITS: Final = 20
MAX_ID: Final = (1 << 63) - 1


class IdClock:
    """Gives out ids; each is greater than all before it."""

    __slots__ = ("last_id",)

    def __init__(self, last_id: int = 0) -> None:
        self.last_id = last_id

    def next_id(self, now_ms: int) -> int:
        """Return the next id for a message said at `now_ms` (milliseconds since 1970)."""
        new_id = (now_ms - EPOCH_MS) << COUNTER_BITS
        if new_id <= self.last_id:
            new_id = self.last_id + 1
        self.last_id = new_id
        return new_id

    def next_ids(self, now_ms: int, count: int) -> range:
        """Return the ids that as many calls of `next_id` would give, one after the other."""
        first_id = self.next_id(now_ms)
        self.last_id = first_id + count - 1
        return range(first_id, first_id + count)


def first_id_at(at_ms: int) -> int:
    """Return the lowest id that a message said at `at_ms` can have; at least 0."""
    return min(max(0, (at_ms - EPOCH_MS) << COUNTER_BITS), MAX_ID)


def time_of(message_id: int) -> int:
    """Return when the message was said, in milliseconds since 1970."""
    return (message_id >> COUNTER_BITS) + EPOCH_MS
