"""What happened, in the past tense: the only things that change the world or reach a person.

Events are values about users and rooms; `Said` is a tuple, since it is made for every message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rookery.core.account_events import AccountChanged
from rookery.core.server_events import OperatorActed

if TYPE_CHECKING:
    from rookery.core.modes import ModeChange
    from rookery.core.names import Name
    from rookery.core.room import Room
    from rookery.core.user import User


SaidFields: TypeAlias = tuple[int, str, str, str, str, str, str, str, str, str, str]


class Said(NamedTuple):
    """A message to a room or a person, from when it is decided on: what is delivered, and kept.

    `conversation`, `sender` and `recipient` are keys; `source` and `target` are what is shown.
    """

    id: int
    conversation: str
    """A room's key, or `names.conversation_key` of two people."""
    sender: str
    recipient: str
    """The addressee's key; empty in rooms."""
    source: str
    """`nick!user@host` at the time."""
    account: str
    """The sender's account name; empty without one."""
    command: str
    """PRIVMSG, NOTICE or TAGMSG."""
    target: str
    text: str
    tags: str
    """Client-only tags as on the wire, without `@`; may be empty."""
    client_id: str
    """The sending client's id (`docs/ext/resend.md`); may be empty."""


def new_said(*fields: *SaidFields) -> Said:
    """Return the message with `fields` in the order of `Said`, at half the cost of naming them."""
    return tuple.__new__(Said, fields)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person took a nick and is there."""

    user: User


@dataclass(frozen=True, slots=True)
class SignedOut:
    """A person's last session is gone."""

    user: User
    reason: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A person took another nick; `old_source` is who they were."""

    user: User
    old_key: str
    old_source: str
    name: Name


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A person who is there proved an account; None for logged out."""

    user: User
    account: Name | None


@dataclass(frozen=True, slots=True)
class Joined:
    """A person entered a room; `rank` is what they are in it from now on."""

    user: User
    room: Room
    rank: int
    at_id: int = 0
    """The id of this moment: in a private room nobody reads what was said before it."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A person left a room of their own will."""

    user: User
    room: Room
    reason: str


@dataclass(frozen=True, slots=True)
class Kicked:
    """A person was removed from a room by another."""

    user: User
    room: Room
    by: str
    reason: str
    account: str = ""
    """Name of the account of who did it; empty for none."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A person was invited to a room; `lets_in` where that overrides what keeps people out."""

    user: User
    room: Room
    by: User
    lets_in: bool


@dataclass(frozen=True, slots=True)
class RoomRenamed:
    """A room has another name, and all else that it had."""

    room: Room
    old_key: str
    old_name: str
    name: Name
    by: str
    reason: str
    account: str = ""
    """Name of the account of who did it; empty for none."""


@dataclass(frozen=True, slots=True)
class RoomRegistered:
    """A room belongs to an account (its key) for good; also when it is handed on."""

    room: Room
    founder: str


@dataclass(frozen=True, slots=True)
class RoomDropped:
    """A room belongs to nobody any more."""

    room: Room


@dataclass(frozen=True, slots=True)
class RoomMade:
    """A room came to be; `founder` is an account's key or empty."""

    room: Room
    founder: str


@dataclass(frozen=True, slots=True)
class TopicSet:
    """A room has another topic; empty for none."""

    room: Room
    by: str
    topic: str
    at_ms: int
    account: str = ""
    """Name of the account of who did it; empty for none."""


@dataclass(frozen=True, slots=True)
class ModesSet:
    """A room's modes or its members' ranks changed, in this order."""

    room: Room
    by: str
    changes: tuple[ModeChange, ...]
    at_id: int = 0
    """The id of this moment, from which on the room may be private or open."""
    account: str = ""
    """Name of the account of who did it; empty for none."""


@dataclass(frozen=True, slots=True)
class AwaySet:
    """A person went away with a word, or came back with none."""

    user: User
    text: str


@dataclass(frozen=True, slots=True)
class UserModesSet:
    """A person's own modes changed: the letters that are set now, and those no longer."""

    user: User
    on: str
    off: str
    privileges: frozenset[str] = frozenset()
    """What the person may do who is made an operator by this."""


@dataclass(frozen=True, slots=True)
class RealnameSet:
    """A person calls themselves something else."""

    user: User
    realname: str


@dataclass(frozen=True, slots=True)
class HostSet:
    """A person is shown with another host name; `old_source` is who they were."""

    user: User
    old_source: str
    host: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """`user` takes messages from `person` whatever modes say."""

    user: User
    person: User


@dataclass(frozen=True, slots=True)
class AcceptEnded:
    """`user` takes no more messages from `person` than from others."""

    user: User
    person: User


@dataclass(frozen=True, slots=True)
class MetadataSet:
    """A person or a room says something else about itself; None for no more under this key.

    `by` is who did it, as shown; `setter` the session that did and needs not be told.
    """

    owner: User | Room
    key: str
    value: str | None
    by: str
    setter: object


@dataclass(frozen=True, slots=True)
class NameRegistered:
    """A name has an owner from now on."""

    name: Name
    floor_id: int = 0
    """The owner reads nothing of those who had the name up to here."""


PersonChanged: TypeAlias = (
    AwaySet | UserModesSet | RealnameSet | HostSet | LoggedIn | Accepted | AcceptEnded
)
"""What changes something about a person who is there, but their nick and their rooms."""

Event: TypeAlias = (
    SignedIn
    | SignedOut
    | Renamed
    | Joined
    | Parted
    | Kicked
    | Invited
    | RoomRenamed
    | RoomRegistered
    | RoomDropped
    | RoomMade
    | TopicSet
    | ModesSet
    | PersonChanged
    | NameRegistered
    | AccountChanged
    | MetadataSet
    | OperatorActed
)
"""What `World.apply` takes. `Said` changes nothing in the world and has a way of its own."""
