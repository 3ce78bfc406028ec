"""Where the messages of a conversation stand: under its key, or under another name.

A room that is renamed keeps its place, so that none of its rows is touched; a key whose place was
taken along or given up gets a fresh one (`docs/adr/0007-moved-conversations.md`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from rookery.core.events import Said
from rookery.store.bulk import Statement
from rookery.store.rows import AccountRemoval, RoomMove, RoomRemoval

Change = RoomMove | RoomRemoval | AccountRemoval


class Places:
    """The conversations that have moved; a value, which `after` replaces."""

    def __init__(self, moved: Mapping[str, str]) -> None:
        self._places = moved
        self._keys = {place: key for key, place in moved.items()}

    def of(self, key: str) -> str:
        """Return the place of a conversation."""
        return self._places.get(key, key)

    def stored(self, messages: list[Said]) -> list[Said]:
        """Return messages as they are written: with places for conversations."""
        places = self._places
        if not places:
            return messages
        return [
            said._replace(conversation=places[said.conversation])
            if said.conversation in places
            else said
            for said in messages
        ]

    def shown(self, messages: list[Said]) -> list[Said]:
        """Return messages as they were said: with keys for conversations."""
        keys = self._keys
        if not keys:
            return messages
        return [
            said._replace(conversation=keys[said.conversation])
            if said.conversation in keys
            else said
            for said in messages
        ]

    def after(self, changes: Iterable[Change]) -> tuple[Places, list[Statement]]:
        """Return the places after `changes`, and what writes the difference."""
        places = dict(self._places)
        abandoned = []
        for change in changes:
            match change:
                case RoomMove(old_key, key):
                    abandoned.append(places.get(key, key))
                    places[key] = places.get(old_key, old_key)
                    places[old_key] = _fresh(old_key)
                case RoomRemoval(key, True):
                    abandoned.append(places.get(key, key))
                    places[key] = _fresh(key)
        if not abandoned:
            return self, []
        places = {key: place for key, place in places.items() if key != place}
        before = self._places
        # What goes first: no two keys may have one place at any time.
        statements: list[Statement] = [
            ("DELETE FROM place WHERE key = ?", [key])
            for key, place in before.items()
            if places.get(key) != place
        ]
        statements += [
            ("INSERT INTO place (key, place) VALUES (?, ?)", [key, place])
            for key, place in places.items()
            if before.get(key) != place
        ]
        statements += [
            ("INSERT OR IGNORE INTO abandoned (place) VALUES (?)", [place]) for place in abandoned
        ]
        return Places(places), statements


def _fresh(key: str) -> str:
    """Return a place that nothing has had; no key has a space."""
    return f"{key} {secrets.token_hex(8)}"
