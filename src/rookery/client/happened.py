"""What a full-screen client is told beyond the lines of the line client.

Reactions, typing, deletions, read marks, presence, pages of history: values without wording, as
those of `shown`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from rookery.client.said import Said


class What(enum.Enum):
    """What happened in a room."""

    JOINED = enum.auto()
    LEFT = enum.auto()
    """Left the room; `detail` is the reason."""
    QUIT = enum.auto()
    """Left the server; `detail` is the reason."""
    REMOVED = enum.auto()
    """`subject` was removed by the sender; `detail` is the reason."""
    RENAMED = enum.auto()
    """The sender is `subject` now."""
    TOPIC = enum.auto()
    """The sender set the topic to `detail`."""
    MODE = enum.auto()
    """The sender set the modes `detail`, as on the wire."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; who did it is told beside it."""

    what: What
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in a room, now or in its history."""

    room: str
    who: str
    event: Event
    at_ms: int | None = None
    msgid: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody reacted to a message, or took that back. IRCv3 draft/react."""

    target: str
    """The conversation: a room, or the person with whom I talk."""
    to_msgid: str
    emoji: str
    who: str
    at_ms: int | None = None
    msgid: str = ""
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Redacted:
    """A message was deleted. IRCv3 draft/message-redaction."""

    target: str
    msgid: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is typing, pauses, or is done. IRCv3 typing."""

    target: str
    who: str
    is_active: bool
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class ReadTo:
    """How far I have read, told by the server; 0 for never. IRCv3 draft/read-marker."""

    target: str
    at_ms: int


class Presence(enum.Enum):
    """Where a person is."""

    UNKNOWN = enum.auto()
    HERE = enum.auto()
    AWAY = enum.auto()
    GONE = enum.auto()
    """Not connected: what is said to them waits for them."""


@dataclass(frozen=True, slots=True)
class Near:
    """Where a person is now. IRCv3 away-notify, monitor."""

    nick: str
    presence: Presence


Item: TypeAlias = "Said | Happened | Reacted"
"""A line of history."""


class Toward(enum.Enum):
    """Which part of history a page is."""

    LATEST = enum.auto()
    BEFORE = enum.auto()
    UNASKED = enum.auto()
    """The server sent it on its own."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a conversation's history, oldest first, without gaps."""

    target: str
    toward: Toward
    items: tuple[Item, ...]
    is_last: bool = False
    """There is nothing older."""
    is_failed: bool = False
    """The server could not say; `items` is empty."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, oldest first. soju.im/search."""

    words: str
    target: str
    """The conversation that was searched; empty for all."""
    items: tuple[Said, ...]
    reason: str = ""
    """Why it could not be searched, in the server's words."""


@dataclass(frozen=True, slots=True)
class Correspondents:
    """With whom I have talked, and when last, in milliseconds since 1970; the earliest first."""

    names: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """My message is on the server's disk."""

    target: str
    client_id: str


@dataclass(frozen=True, slots=True)
class MembersChanged:
    """Who is in a room, or their ranks."""

    room: str


Happening: TypeAlias = (
    Happened | Reacted | Redacted | Typing | ReadTo | Near | Page | Found | Correspondents
    | Stored | MembersChanged
)  # fmt: skip
