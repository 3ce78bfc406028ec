"""Changes gathered until the next paint: one splice for each conversation, and what else is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rookery.client.conversation.changes import About, Changed, Listed
from rookery.client.tui.splice import Splice, together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.client.conversation.changes import Change


class Gathered:
    """What has changed since the last `clear`."""

    def __init__(self) -> None:
        self._splices: dict[str, list[Splice]] = {}
        self.is_new = False
        """Something beside the entries has changed, or anything at all."""

    def add(self, changes: Iterable[Change]) -> None:
        """Take changes in, in their order."""
        for change in changes:
            self.is_new = True
            match change:
                case Changed(key, at, removed, added):
                    self._splices.setdefault(key, []).append(Splice(at, removed, added))
                case About() | Listed():
                    pass
                case _:
                    assert_never(change)

    def splices(self) -> dict[str, Splice]:
        """Return one splice for each conversation whose entries changed."""
        put_together = {key: together(many) for key, many in self._splices.items()}
        return {key: splice for key, splice in put_together.items() if splice is not None}

    def clear(self) -> None:
        """Begin anew."""
        self._splices.clear()
        self.is_new = False
