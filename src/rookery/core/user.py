"""A person who is connected, with one or more sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.core import user_modes

if TYPE_CHECKING:
    from rookery.core.names import Name
    from rookery.core.room import Room


NOTHING: Final[frozenset[str]] = frozenset()
"""One for all: each empty set of its own is 216 bytes."""


class User:
    """Who holds a nick now. Sessions are opaque here: delivery knows what they are.

    `account` is the account's name, empty for a guest; `away` is empty for a person who is here.
    """

    __slots__ = (
        "account",
        "account_key",
        "address",
        "away",
        "host",
        "invites",
        "is_stand_in",
        "key",
        "mail_floor_id",
        "markers",
        "metadata",
        "modes",
        "nick",
        "privileges",
        "realname",
        "resends",
        "rooms",
        "sessions",
        "signed_in_at_ms",
        "signed_in_id",
        "source",
        "spoke_at_ms",
        "username",
    )

    def __init__(self, name: Name, username: str, host: str, realname: str) -> None:
        self.nick = name.text
        self.key = name.key
        self.username = username
        self.host = host
        self.realname = realname
        self.account = ""
        self.account_key = ""
        self.is_stand_in = False
        """The nick is an account's, and the person is not signed in to it."""
        self.mail_floor_id = 0
        """Private messages up to this id were an earlier owner's of the account's name."""
        self.away = ""
        self.address = ""
        """The IP address, shown to the person and to operators only; empty where unknown."""
        self.modes = NOTHING
        """Letters of `user_modes.USER_MODES`."""
        self.privileges = NOTHING
        """What an operator may do besides (`operators.PRIVILEGES`)."""
        self.rooms: dict[Room, None] = {}
        self.invites: dict[Room, bool] = {}
        """Rooms the person is invited to, and whether an operator's word lets them in."""
        self.markers: dict[tuple[str, str], int] = {}
        """(account or nothing, room or person) to how far they have read, as far as it is known."""
        self.metadata: dict[str, str] = {}
        """A guest's; those of an account are in `World.metadata`."""
        self.sessions: list[Any] = []
        self.signed_in_id = 0
        """Ids above it were said since this nick was taken."""
        self.signed_in_at_ms = 0
        self.spoke_at_ms = 0
        self.resends: dict[str, int] | None = None
        """Device to the highest counter stored (`docs/ext/resend.md`); None before it is read."""
        self.source = f"{name.text}!{username}@{host}"

    @property
    def is_invisible(self) -> bool:
        """Whether the person hides from those who share no room with them."""
        return user_modes.INVISIBLE in self.modes

    @property
    def is_operator(self) -> bool:
        """Whether the person is an operator of the server."""
        return user_modes.OPERATOR in self.modes

    @property
    def is_bot(self) -> bool:
        """Whether this is a program."""
        return user_modes.BOT in self.modes

    def rename(self, name: Name) -> None:
        """Take another nick; the world's index is the caller's business."""
        self.nick = name.text
        self.key = name.key
        self.source = f"{name.text}!{self.username}@{self.host}"

    def move(self, host: str) -> None:
        """Take another host name."""
        self.host = host
        self.source = f"{self.nick}!{self.username}@{host}"
