"""What the model has to tell: values without wording, in the order in which they are to be shown.

Rooms carry their wire name (`#teamchat`); `plain_room` is how people see it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TypeAlias

from rookery.client.happened import Happening
from rookery.client.said import Said as Said  # noqa: PLC0414 - one of what is shown
from rookery.wire.standard import CHANTYPES


def plain_room(room: str) -> str:
    """Return the room's name as people write it: without the wire's `#`."""
    return room[1:] if room[:1] in CHANTYPES and len(room) > 1 else room


@dataclass(frozen=True, slots=True)
class SignedIn:
    """I am in for the first time."""

    nick: str
    account: str


@dataclass(frozen=True, slots=True)
class NameTaken:
    """Somebody else has the name; call `Model.sign_in` with another, or with its password."""

    name: str
    is_password_wrong: bool = False
    """A password that a person gave was refused."""
    is_saved_wrong: bool = False
    """The saved password no longer opens it."""


@dataclass(frozen=True, slots=True)
class NameRefused:
    """The server cannot take such a name; `reason` are its own words."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShutOut:
    """The server lets nobody like me in: banned, server password, too many connections."""

    reason: str
    is_for_good: bool
    """The server says so for this person; else the connection failed before we were in."""


@dataclass(frozen=True, slots=True)
class SecretMade:
    """A password that must be on disk before any line goes out."""

    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class SecretProved:
    """The server took this password for the name."""

    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class SecretUseless:
    """A password that was made for a name belongs to nothing."""

    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """The account has the new password."""

    is_first: bool = False
    """Until now it had one that a client has made."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody entered a room."""

    room: str
    who: str


class Why(enum.Enum):
    """Why I am in a room now."""

    ASKED = enum.auto()
    RETURNED = enum.auto()
    """I was in it when the connection was lost."""
    ELSEWHERE = enum.auto()
    """Another session of mine is in it."""


@dataclass(frozen=True, slots=True)
class Entered:
    """I am in a room; `members` is everybody there."""

    room: str
    members: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left a room, or the server."""

    room: str
    who: str


@dataclass(frozen=True, slots=True)
class Went:
    """I am out of a room; `by` is who removed me, empty for my own doing."""

    room: str
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Renamed:
    """Somebody has another name now."""

    before: str
    after: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A room's topic, on entering (`by` is empty) or when it changes."""

    room: str
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """My private message is stored, and delivered or kept as `Kept` says next."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """My private message waits for its addressee."""

    target: str
    is_known: bool
    """False: nobody has ever signed in with this name."""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """My message was refused; `reason` are the server's words."""

    target: str
    text: str
    code: str
    reason: str
    client_id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Missed:
    """That many messages follow, said while I was away; `room` is empty for private ones."""

    count: int
    room: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A command was refused: by numeric or FAIL code, with the server's words."""

    command: str
    subject: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who is connected, or in `room`."""

    names: tuple[str, ...]
    away: frozenset[str]
    room: str = ""
    unlisted: int = 0
    """How many more there are, whom the server does not show me."""


@dataclass(frozen=True, slots=True)
class RoomList:
    """The rooms that there are, each with how many people are in it."""

    rooms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A request of mine has its whole answer; what it showed came before."""

    request: str


@dataclass(frozen=True, slots=True)
class Word:
    """The server's own words: message of the day, notices, errors."""

    text: str


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody asks me into a room."""

    who: str
    room: str


@dataclass(frozen=True, slots=True)
class BackOnline:
    """Signed in again after a lost connection; `sent` of my lines had waited and are stored."""

    after_s: float
    sent: int


@dataclass(frozen=True, slots=True)
class WaitingSent:
    """Old lines that the person wanted sent are stored."""

    count: int


@dataclass(frozen=True, slots=True)
class AskResend:
    """These lines have waited long, or may have arrived: call `Model.answer_resend`."""

    lines: tuple[tuple[str, str], ...]
    """Target and text of each."""
    may_have_arrived: bool


Shown: TypeAlias = (
    Said | SignedIn | NameTaken | NameRefused | ShutOut | SecretMade | SecretProved
    | SecretUseless | PasswordChanged | Joined | Entered | Left | Went | Renamed | Topic | Sent
    | Kept | NotSent | Missed | Refused | People | RoomList | Done | Word | Invited | BackOnline
    | WaitingSent | AskResend | Happening
)  # fmt: skip
