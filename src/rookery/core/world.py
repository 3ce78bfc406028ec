"""The world: everybody who is connected and every room, in memory.

`apply` is the only place that changes it; everything else asks. Keys are folded names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rookery.core import modes
from rookery.core.events import (
    AwaySet,
    Event,
    HostSet,
    Joined,
    LoggedIn,
    ModesSet,
    NameRegistered,
    Parted,
    RealnameSet,
    Renamed,
    RoomMade,
    SignedIn,
    SignedOut,
    TopicSet,
    UserModesSet,
)

if TYPE_CHECKING:
    from rookery.core.room import Room
    from rookery.core.user import User


class World:
    """Users by nick, rooms by name, and the names that have an owner."""

    __slots__ = ("accounts", "invisible_count", "operator_count", "rooms", "users")

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.rooms: dict[str, Room] = {}
        self.invisible_count = 0
        self.operator_count = 0
        self.accounts: dict[str, str] = {}
        """Registered names: key to the name as its owner wrote it."""

    def apply(self, event: Event) -> None:
        """Make `event` so."""
        match event:
            case SignedIn(user):
                self.users[user.key] = user
            case SignedOut(user):
                self._forget(user)
            case Renamed(user, old_key, _, name):
                del self.users[old_key]
                user.rename(name)
                self.users[user.key] = user
            case LoggedIn(user, account):
                user.account, user.account_key = account or ("", "")
            case RoomMade(room, founder):
                room.founder = founder
                self.rooms[room.key] = room
            case Joined(user, room, rank):
                room.members[user] = rank
                user.rooms[room] = None
            case Parted(user, room):
                self._take_out(user, room)
            case _:
                self._set(event)

    def _set(
        self,
        event: TopicSet
        | ModesSet
        | AwaySet
        | UserModesSet
        | RealnameSet
        | HostSet
        | NameRegistered,
    ) -> None:
        match event:
            case TopicSet(room, by, topic, at_ms):
                room.topic, room.topic_by, room.topic_at_ms = topic, by, at_ms
            case ModesSet(room, _, changes):
                for change in changes:
                    modes.apply(room, change)
            case AwaySet(user, text):
                user.away = text
            case UserModesSet(user, on, off):
                self._set_user_modes(user, user.modes.union(on).difference(off))
            case RealnameSet(user, realname):
                user.realname = realname
            case HostSet(user, _, host):
                user.move(host)
            case NameRegistered(name):
                self.accounts[name.key] = name.text
            case _:
                assert_never(event)

    def _set_user_modes(self, user: User, letters: frozenset[str]) -> None:
        self.invisible_count -= user.is_invisible
        self.operator_count -= user.is_operator
        user.modes = letters
        self.invisible_count += user.is_invisible
        self.operator_count += user.is_operator

    def _forget(self, user: User) -> None:
        del self.users[user.key]
        self.invisible_count -= user.is_invisible
        self.operator_count -= user.is_operator
        for room in list(user.rooms):
            self._take_out(user, room)

    def _take_out(self, user: User, room: Room) -> None:
        del room.members[user]
        del user.rooms[room]
        if not room.members and not room.is_memorable:
            del self.rooms[room.key]
