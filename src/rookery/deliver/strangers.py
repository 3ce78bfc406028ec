"""Names that nobody has signed in with yet, and who has left messages for them in this run.

Each such name is a row for good, so one sender may make up a limited number of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Strangers:
    """Sender to the keys of the names that they have written to."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}

    def may_add(
        self, sender: str, name: str, most: int, is_stranger: Callable[[str], bool]
    ) -> bool:
        """Return whether `sender` may write to one more stranger; those who came count no more."""
        names = self._names.get(sender, set())
        if name in names or len(names) < most:
            return True
        names.intersection_update([one for one in names if is_stranger(one)])
        return len(names) < most

    def add(self, sender: str, name: str) -> None:
        """Remember that `sender` has written to the stranger `name`."""
        self._names.setdefault(sender, set()).add(name)
