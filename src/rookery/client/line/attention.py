"""Whether somebody is at the keyboard: only then what is printed is read.

A terminal that is left open must not tell the person's telephone that all is read: for a while
the server would not wake it (`docs/howto/notifications.md`).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

READ_EVERY_S: Final = 1.0
"""What is printed within it counts as read together."""
ATTENTION_S: Final = 120.0
"""So long behind the start and each key the person counts as being there."""


class Attention:
    """A person in front of a terminal; `look` is called when they have read.

    `later` calls a function after some seconds.
    """

    def __init__(
        self,
        look: Callable[[], None],
        later: Callable[[float, Callable[[], None]], object],
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._later = later
        self._clock_s = clock_s
        self._there_until_s = clock_s() + ATTENTION_S
        self._is_reading = False

    def pressed(self) -> None:
        """Know that a key was pressed: what stands there was read."""
        self._there_until_s = self._clock_s() + ATTENTION_S
        self.printed()

    def printed(self) -> None:
        """Know that there is something to read."""
        if self._clock_s() < self._there_until_s and not self._is_reading:
            self._is_reading = True
            self._later(READ_EVERY_S, self._read)

    def _read(self) -> None:
        self._is_reading = False
        self._look()
