"""One entry of a conversation: a message or an event, as it stands now.

An entry is a value: whatever happens to a message (stored, edited, deleted, reacted to) makes
another entry with the same `key`. Its text is as it came: the view makes it safe.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from rookery.client.happened import Event

NO_REACTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


class Kind(enum.Enum):
    """What an entry is."""

    SAID = enum.auto()
    ACTION = enum.auto()
    """`/me waves`: `text` is "waves"."""
    NOTICE = enum.auto()
    EVENT = enum.auto()
    """Something happened: see `Entry.event`."""
    WORD = enum.auto()
    """A word of this client or of the server to me alone: `text` is the sentence."""


class State(enum.Enum):
    """How far a message of mine has come."""

    SENT = enum.auto()
    """On the server's disk: also everything that others said."""
    WAITING = enum.auto()
    """In the outbox or on its way; sent as soon as that is possible."""
    ASKED_ABOUT = enum.auto()
    """Waited for more than 10 minutes, or may have arrived: the person has to say."""
    FAILED = enum.auto()
    """Refused, for `Entry.reason`: to be retried or discarded by the person."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `key` is its name in its conversation for as long as the program runs."""

    key: str
    at_ms: int
    """When, in milliseconds since 1970, by the server's clock; by ours while it waits."""
    kind: Kind
    sender: str
    text: str = ""
    """May have several lines."""
    msgid: str = ""
    """Empty for what the server does not keep, or has not answered yet."""
    account: str = ""
    event: Event | None = None
    state: State = State.SENT
    reason: str = ""
    """The server's words, where it failed; ours, where it is asked about."""
    reply_to: str = ""
    """The msgid of the message that this one answers; perhaps of none that is loaded."""
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_REACTIONS)
    """Emoji to the names of those who reacted with it, both in order."""
    reply_count: int = 0
    """How many of the entries that are loaded answer this one."""
    is_own: bool = False
    is_mention: bool = False
    is_edited: bool = False
    is_redacted: bool = False
    """Deleted: `text` is empty."""

    @property
    def is_talk(self) -> bool:
        """Return whether somebody said it; only that counts as unread."""
        return self.kind in {Kind.SAID, Kind.ACTION, Kind.NOTICE}
