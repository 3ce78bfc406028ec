"""From the keys that are pressed to the actions of the table, sequences of two keys included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client.tui.keys import MESSAGE, SEQUENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.client.tui.keys import Key


class Pressed:
    """The keys of some groups; a selected message's keys go before the others."""

    def __init__(self, table: Iterable[Key], groups: set[str]) -> None:
        self._actions: dict[str, str] = {}
        self._second: dict[tuple[str, str], str] = {}
        self._begun = ""
        """The first key of a sequence, once pressed."""
        own = [key for key in table if key.group in groups]
        for key in sorted(own, key=lambda one: one.group == MESSAGE):
            if key.action in SEQUENCES and len(key.keys) > 1:
                self._second[key.keys[0], key.keys[-1]] = key.action
            else:
                self._actions |= dict.fromkeys(key.keys, key.action)

    @property
    def is_begun(self) -> bool:
        """Return whether the next key is the second of a sequence, whatever it is."""
        return bool(self._begun)

    def action(self, key: str) -> str | None:
        """Return the action of a key, empty in mid-sequence, None for a key that has none."""
        begun, self._begun = self._begun, ""
        if begun:
            return self._second.get((begun, key), "")
        if any(first == key for first, _ in self._second):
            self._begun = key
            return ""
        return self._actions.get(key)
