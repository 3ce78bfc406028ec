"""How fast a session may speak: a token bucket of lines and one of bytes.

Nothing is lost and nobody is thrown out: what comes too fast waits, and the sender's own
connection fills up. Time is an argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Pace(NamedTuple):
    """Lines and bytes per second, and how many of each may come at once."""

    lines_per_s: float
    burst_lines: float
    bytes_per_s: float
    burst_bytes: float


class Patience:
    """How long a sender may let others wait: a while, and more with what comes."""

    def __init__(self, pause_s: float, least_bytes_per_s: float) -> None:
        self._pause_s = self._left_s = pause_s
        self._least_bytes_per_s = least_bytes_per_s

    @property
    def wait_s(self) -> float:
        """How long the next bytes may take."""
        return max(0.0, min(self._left_s, self._pause_s))

    def came(self, size: int, waited_s: float) -> None:
        """Count bytes that have come, and how long they took."""
        self._left_s += size / self._least_bytes_per_s - waited_s


class Bucket:
    """One session's allowance."""

    __slots__ = ("_at_s", "_bytes", "_lines", "_pace")

    def __init__(self, pace: Pace, now_s: float) -> None:
        self._pace = pace
        self._lines = pace.burst_lines
        self._bytes = pace.burst_bytes
        self._at_s = now_s

    def takes(self, lines: Sequence[bytes], now_s: float) -> bool:
        """Return whether the allowance covers all of `lines`; if so, they are taken from it."""
        self._refill(now_s)
        total_bytes = sum(map(len, lines))
        if self._lines < len(lines) or self._bytes < total_bytes:
            return False
        self._lines -= len(lines)
        self._bytes -= total_bytes
        return True

    def wait_s(self, line_bytes: int, now_s: float) -> float:
        """Take one line from the allowance and return 0, or the seconds until it is there."""
        self._refill(now_s)
        pace = self._pace
        wanted_bytes = min(float(line_bytes), pace.burst_bytes)
        if self._lines >= 1 and self._bytes >= wanted_bytes:
            self._lines -= 1
            self._bytes -= wanted_bytes
            return 0.0
        lines_s = (1 - self._lines) / pace.lines_per_s
        bytes_s = (wanted_bytes - self._bytes) / pace.bytes_per_s
        return max(lines_s, bytes_s)

    def spend(self, lines: int, now_s: float) -> float:
        """Take so many lines, which have come already; return the seconds until that is made up."""
        self._refill(now_s)
        self._lines -= lines
        return max(0.0, -self._lines / self._pace.lines_per_s)

    def _refill(self, now_s: float) -> None:
        pace = self._pace
        passed_s = max(0.0, now_s - self._at_s)
        self._at_s = now_s
        self._lines = min(pace.burst_lines, self._lines + passed_s * pace.lines_per_s)
        self._bytes = min(pace.burst_bytes, self._bytes + passed_s * pace.bytes_per_s)
