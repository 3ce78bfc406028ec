"""A room or a talk with a person: what a full-screen client shows of it.

The view reads; only the modules beside this one write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rookery.client.happened import Presence
from rookery.client.rooms import is_room
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.conversation.entry import Entry


def key_of(name: str) -> str:
    """Return the key of the conversation with a room or a person."""
    return fold(name)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a room; `prefix` is the sign of their highest rank (`@`), or empty."""

    nick: str
    prefix: str = ""
    presence: Presence = Presence.HERE


@dataclass(slots=True)
class Conversation:
    """One conversation; `name` as on the wire (`#teamchat`), or a nick."""

    name: str
    topic: str = ""
    members: tuple[Member, ...] = ()
    """Everybody in the room, by rank and name; empty for a person."""
    presence: Presence = Presence.UNKNOWN
    """Where the person is; of no meaning for a room."""
    entries: list[Entry] = field(default_factory=list)
    """In order; what waits or failed stands last."""
    unread: int = 0
    mentions: int = 0
    """Of the unread, those that name me; in a private talk, all."""
    read_at_ms: int = 0
    """The read marker: what is newer is unread."""
    new_from_key: str = ""
    """The entry above which the line "new" stands; empty for no line."""
    draft: str = ""
    typing: tuple[str, ...] = ()
    """Who is typing now."""
    has_older: bool = True
    """PgUp may fetch more."""
    is_loading: bool = False
    """A page is being fetched."""
    is_joined: bool = True
    """False for a room that I am not in; a talk with a person is always joined."""

    @property
    def key(self) -> str:
        """Return its key: the folded name."""
        return key_of(self.name)

    @property
    def is_room(self) -> bool:
        """Return whether it is a room."""
        return is_room(self.name)

    def index_of(self, entry_key: str) -> int:
        """Return where the entry stands, or -1; the newest are found quickest."""
        for index in range(len(self.entries) - 1, -1, -1):
            if self.entries[index].key == entry_key:
                return index
        return -1

    def with_msgid(self, msgid: str) -> Entry | None:
        """Return the entry with this msgid, where it is loaded."""
        return next((entry for entry in reversed(self.entries) if entry.msgid == msgid), None)
