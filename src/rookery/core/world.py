"""The world: everybody who is connected and every room, in memory.

`apply` is the only place that changes it; everything else asks. Keys are folded names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rookery.core import account_changes, room_changes, user_modes
from rookery.core.account_events import AccountChanged
from rookery.core.events import (
    Accepted,
    AcceptEnded,
    AwaySet,
    Event,
    HostSet,
    Invited,
    Joined,
    Kicked,
    LoggedIn,
    MetadataSet,
    ModesSet,
    NameRegistered,
    Parted,
    PersonChanged,
    RealnameSet,
    Renamed,
    RoomDropped,
    RoomMade,
    RoomRegistered,
    RoomRenamed,
    SignedIn,
    SignedOut,
    TopicSet,
    UserModesSet,
)
from rookery.core.foreign_names import Shapes
from rookery.core.former import Formers
from rookery.core.registry import Registry
from rookery.core.room import Room
from rookery.core.server_events import Killed, Proclaimed

if TYPE_CHECKING:
    from rookery.core.server_events import OperatorActed
    from rookery.core.user import User


class World:
    """Users by nick, rooms by name, and the names that have an owner."""

    __slots__ = (
        "accepted",
        "accepting",
        "accounts",
        "changes",
        "formers",
        "invisible_count",
        "max_user_count",
        "metadata",
        "operator_count",
        "registry",
        "rooms",
        "shapes",
        "users",
    )

    def __init__(self, max_formers: int = 1000) -> None:
        self.changes = 0
        """How often something was made so: what was found out holds as long as it stands still."""
        self.users: dict[str, User] = {}
        self.rooms: dict[str, Room] = {}
        self.invisible_count = 0
        self.max_user_count = 0
        """The most people that were ever here at once."""
        self.operator_count = 0
        self.accounts: dict[str, str] = {}
        """Registered names: key to the name as its owner wrote it."""
        self.shapes = Shapes()
        """Of those who are here, and of the accounts."""
        self.registry = Registry()
        self.accepted: dict[User, dict[User, None]] = {}
        """Whose messages a person takes whatever modes say."""
        self.accepting: dict[User, dict[User, None]] = {}
        """The other way round: on whose lists a person is."""
        self.formers = Formers(max_formers)
        self.metadata: dict[str, dict[str, str]] = {}
        """What accounts say about themselves: key of the account to key and value."""

    def metadata_of(self, owner: User | Room) -> dict[str, str]:
        """Return what a person or a room says about itself; for reading only."""
        account = "" if isinstance(owner, Room) else owner.account_key
        return self.metadata.get(account, {}) if account else owner.metadata

    def apply(self, event: Event) -> None:
        """Make `event` so."""
        self.changes += 1
        match event:
            case SignedIn(user):
                self.users[user.key] = user
                self.shapes.add(user.key)
                self.max_user_count = max(self.max_user_count, len(self.users))
                self._settle_standing(user)
            case SignedOut(user):
                self._forget(user)
            case Renamed(user, old_key, _, name):
                if old_key != name.key:
                    self.formers.remember(user)
                del self.users[old_key]
                self._drop_shape(old_key)
                user.rename(name)
                self.users[user.key] = user
                self.shapes.add(user.key)
                self._settle_standing(user)
            case RoomMade(room, founder):
                room.founder = founder
                self.rooms[room.key] = room
            case Joined(user, room, rank, at_id):
                room_changes.enter(room, user, rank, at_id)
            case Parted(user, room):
                self._take_out(user, room)
            case Kicked(user, room):
                room.since.pop(user.account_key, None)
                self._take_out(user, room)
            case Invited(user, room, _, lets_in):
                room_changes.invite(room, user, lets_in=lets_in)
            case RoomRenamed(room, old_key, _, name):
                del self.rooms[old_key]
                self.rooms[name.key] = room
                room_changes.rename(room, old_key, name, self.users.values())
            case _:
                self._set(event)

    def _set(
        self,
        event: TopicSet
        | ModesSet
        | RoomRegistered
        | RoomDropped
        | NameRegistered
        | AccountChanged
        | MetadataSet
        | OperatorActed
        | PersonChanged,
    ) -> None:
        match event:
            case TopicSet(room, by, topic, at_ms):
                room.topic, room.topic_by, room.topic_at_ms = topic, by, at_ms
            case ModesSet(room, _, changes, at_id):
                room_changes.set_modes(room, changes, at_id)
            case RoomRegistered(room, founder):
                room.founder = founder
            case RoomDropped(room):
                room_changes.disown(room)
                self._forget_empty(room)
            case NameRegistered(name, floor_id):
                self.accounts[name.key] = name.text
                self.shapes.add(name.key)
                if floor_id > self.registry.given_up.get(name.key, 0):
                    self.registry.given_up[name.key] = floor_id
                if name.key in self.users:
                    self._settle_standing(self.users[name.key])
            case MetadataSet(owner, key, value):
                self._set_metadata(owner, key, value)
            case _ if isinstance(event, AccountChanged):
                account_changes.apply(self, event)
            case Killed() | Proclaimed():
                pass  # Nothing is changed by what operators say.
            case _:
                self._set_about(event)

    def _set_about(self, event: PersonChanged) -> None:
        match event:
            case AwaySet(user, text):
                user.away = text
            case LoggedIn(user, account):
                user.account, user.account_key = account or ("", "")
                self._settle_standing(user)
            case UserModesSet(user, on, off, privileges):
                self._set_user_modes(user, user.modes.union(on).difference(off))
                if user_modes.OPERATOR in on + off:
                    user.privileges = privileges
            case RealnameSet(user, realname):
                user.realname = realname
            case HostSet(user, _, host):
                user.move(host)
            case Accepted(user, person):
                self.accepted.setdefault(user, {})[person] = None
                self.accepting.setdefault(person, {})[user] = None
            case AcceptEnded(user, person):
                _unpair(self.accepted, user, person)
                _unpair(self.accepting, person, user)
            case _:
                assert_never(event)

    def _settle_standing(self, user: User) -> None:
        """Work out whose mail the person may read; call when nick or account have changed."""
        user.is_stand_in = user.key in self.accounts and user.account_key != user.key
        user.mail_floor_id = self.registry.given_up.get(user.account_key, 0)

    def _set_metadata(self, owner: User | Room, key: str, value: str | None) -> None:
        account = "" if isinstance(owner, Room) else owner.account_key
        values = self.metadata.setdefault(account, {}) if account else owner.metadata
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value

    def _set_user_modes(self, user: User, letters: frozenset[str]) -> None:
        self.invisible_count -= user.is_invisible
        self.operator_count -= user.is_operator
        user.modes = letters
        self.invisible_count += user.is_invisible
        self.operator_count += user.is_operator

    def _forget(self, user: User) -> None:
        self.formers.remember(user)
        for person in self.accepted.pop(user, {}):
            _unpair(self.accepting, person, user)
        for person in self.accepting.pop(user, {}):
            _unpair(self.accepted, person, user)
        del self.users[user.key]
        self._drop_shape(user.key)
        self.invisible_count -= user.is_invisible
        self.operator_count -= user.is_operator
        for room in list(user.rooms):
            self._take_out(user, room)

    def _drop_shape(self, key: str) -> None:
        if key not in self.users and key not in self.accounts:
            self.shapes.drop(key)

    def _take_out(self, user: User, room: Room) -> None:
        room_changes.leave(room, user)
        self._forget_empty(room)

    def _forget_empty(self, room: Room) -> None:
        if not room.members and not room.is_memorable:
            del self.rooms[room.key]


def _unpair(pairs: dict[User, dict[User, None]], one: User, other: User) -> None:
    """Take a pair out, and the empty rest of it."""
    others = pairs.get(one)
    if others is not None:
        others.pop(other, None)
        if not others:
            del pairs[one]
