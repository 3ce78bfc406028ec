"""How long to wait before the next try to connect: 1, 2, 4 … 30 s, with jitter."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_WAIT_S: Final = 1.0
LONGEST_WAIT_S: Final = 30.0
JITTER: Final = 0.25
"""A wait is shortened by up to this part, so that a room does not come back as one."""


class Backoff:
    """The waits of one client; `chance` returns 0 to 1."""

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        self._chance = chance
        self._wait_s = FIRST_WAIT_S

    def next_wait_s(self) -> float:
        """Return the next wait; each is twice the one before, up to the longest."""
        wait_s = self._wait_s * (1 - JITTER * self._chance())
        self._wait_s = min(self._wait_s * 2, LONGEST_WAIT_S)
        return wait_s

    def reset(self) -> None:
        """Begin again: a connection worked."""
        self._wait_s = FIRST_WAIT_S
