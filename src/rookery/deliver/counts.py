"""What a node has done so far: plain numbers that cost next to nothing until somebody asks.

They are raised once for an epoch, a commit or a flush, never for a message.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

COMMIT_S: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
"""Upper bounds of the classes of commit times: a fast disk's fsync to one that is ill."""
COMMIT_ROWS: Final = (1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536)
"""Upper bounds of the classes of commit sizes."""


class Tally:
    """How many values fell into each class, and their sum."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        """How many were at most each bound and above the one before; the last: above all."""
        self.total = 0.0

    def add(self, value: float) -> None:
        """Count a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Counts:
    """The numbers of one node, since its start."""

    __slots__ = (
        "commit_began_s",
        "commit_rows",
        "commit_s",
        "deliveries",
        "dropped_readers",
        "epochs",
        "failed_commits",
        "is_failing",
        "messages",
    )

    def __init__(self) -> None:
        self.epochs = 0
        self.messages = 0
        """Stored; those of failed commits are not among them."""
        self.failed_commits = 0
        self.is_failing = False
        """Whether the last commit failed."""
        self.deliveries = 0
        """Writes to a connection; each carries all that an epoch had for it."""
        self.dropped_readers = 0
        self.commit_rows = Tally(COMMIT_ROWS)
        self.commit_s = Tally(COMMIT_S)
        self.commit_began_s = 0.0
        """By `time.perf_counter`, of the commit that is under way."""

    def committed(self, messages: int, ended_s: float, *, is_stored: bool) -> None:
        """Count a commit that has ended, well or not."""
        self.commit_s.add(ended_s - self.commit_began_s)
        self.is_failing = not is_stored
        if is_stored:
            self.messages += messages
        else:
            self.failed_commits += 1
