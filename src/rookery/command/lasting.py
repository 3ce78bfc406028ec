"""Messages of tags alone that belong to the history: a reaction does, typing does not."""

from __future__ import annotations

from typing import Final

LASTING_TAGS: Final = frozenset({"+draft/react", "+draft/unreact", "+draft/reply", "+reply"})
"""A TAGMSG with one of these is kept: it says something about a message for good."""


def is_lasting(tags: str) -> bool:
    """Return whether a message of these tags alone, as on the wire, is kept."""
    keys = {item.partition("=")[0] for item in tags.split(";")}
    return not keys.isdisjoint(LASTING_TAGS)
