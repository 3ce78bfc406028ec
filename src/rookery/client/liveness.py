"""Notice a connection that has died without a word: ask after silence, give up without an answer.

Times are seconds of a clock that never goes back.
"""

from __future__ import annotations

from typing import Final

QUIET_PING_S: Final = 30.0
"""Silence after which the server is asked whether it is there."""
WAITING_PING_S: Final = 5.0
"""The same while something of ours waits for its answer."""
ANSWER_S: Final = 15.0
"""How long the answer may take."""


class Liveness:
    """What one connection has heard; ask `is_dead`, then `is_ping_due`, then sleep `next_s`."""

    def __init__(self, now_s: float) -> None:
        self._heard_at_s = now_s
        self._asked_at_s: float | None = None

    def heard(self, now_s: float) -> None:
        """Note that bytes came."""
        self._heard_at_s = now_s
        self._asked_at_s = None

    def is_ping_due(self, now_s: float, *, is_waiting: bool) -> bool:
        """Return whether to send PING now; it counts as sent."""
        if self._asked_at_s is not None or now_s < self._heard_at_s + _quiet_s(
            is_waiting=is_waiting
        ):
            return False
        self._asked_at_s = now_s
        return True

    def is_dead(self, now_s: float) -> bool:
        """Return whether the server has not answered in time."""
        return self._asked_at_s is not None and now_s >= self._asked_at_s + ANSWER_S

    def next_s(self, now_s: float, *, is_waiting: bool) -> float:
        """Return how long nothing has to be asked, if nothing is heard."""
        if self._asked_at_s is not None:
            return max(0.0, self._asked_at_s + ANSWER_S - now_s)
        return max(0.0, self._heard_at_s + _quiet_s(is_waiting=is_waiting) - now_s)


def _quiet_s(*, is_waiting: bool) -> float:
    return WAITING_PING_S if is_waiting else QUIET_PING_S
