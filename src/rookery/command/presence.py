"""People who are always on: they stay in their rooms without a connection, also over a restart.

A person stays whose nick is their account's and whose account says so (`NS SET ALWAYS-ON`). Where
they are is kept in the account's row, behind every change of it; a start puts them there again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rookery.command.account_rows import keep_row
from rookery.command.away import ABSENT
from rookery.core.access import check_may_join, rank_on_entry
from rookery.core.account import Presence, is_chosen
from rookery.core.account_events import AccountSettingsSet
from rookery.core.events import (
    HostSet,
    Joined,
    Kicked,
    LoggedIn,
    ModesSet,
    Parted,
    RealnameSet,
    Renamed,
    RoomMade,
    RoomRenamed,
    SignedIn,
    SignedOut,
)
from rookery.core.names import Name
from rookery.core.refusal import Refusal
from rookery.core.room import Room
from rookery.core.user import User
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.command.node import Node
    from rookery.core.events import Event
    from rookery.store.base import AccountRow


def stays(node: Node, user: User) -> bool:
    """Return whether the person stays without a connection."""
    key = user.account_key
    if not key or key != user.key:
        return False
    settings = node.world.registry.settings_of(key)
    return is_chosen(node.rules.accounts.always_on, settings.always_on)


def keep_presence(node: Node) -> None:
    """Put those back who are always on, and from now on keep where they are; once, at a start."""
    registry = node.world.registry
    for key, settings in registry.settings.items():
        is_on = is_chosen(node.rules.accounts.always_on, settings.always_on)
        if is_on and settings.presence is not None and key not in node.world.users:
            _put_back(node, Name(node.world.accounts[key], key), settings.presence)
    node.bus = _Keeper(node)


def _put_back(node: Node, name: Name, presence: Presence) -> None:
    """Let a person be where they were; nobody is there yet who could be told."""
    world = node.world
    user = User(name, presence.username, presence.host, presence.realname)
    user.account, user.account_key = name
    user.away = ABSENT
    user.signed_in_at_ms = user.spoke_at_ms = node.now_ms()
    user.signed_in_id = node.ids.last_id
    world.apply(SignedIn(user))
    for text, rank in presence.rooms.items():
        key = fold(text)
        room = world.rooms.get(key)
        if room is None:
            room = Room(Name(text, key), node.now_ms())
            world.apply(RoomMade(room, ""))
        if _may_return(room, user):
            world.apply(Joined(user, room, rank | rank_on_entry(room, user), node.ids.last_id))


def _may_return(room: Room, user: User) -> bool:
    """Return whether the person belongs to the room, or could come in.

    What was kept may be older than a ban: it is written behind what it tells of.
    """
    if rank_on_entry(room, user) or user.account_key in room.since:
        return True
    try:
        check_may_join(room, user, room.password)
    except Refusal:
        return False
    return True


class _Keeper:
    """The bus, which also notes whose presence has changed."""

    __slots__ = ("_deliver", "_due", "_node")

    def __init__(self, node: Node) -> None:
        self._node = node
        self._deliver = node.bus.publish
        self._due: set[str] = set()

    def publish(self, event: Event) -> None:
        """Deliver the event, and keep what it changes for whoever is always on."""
        self._deliver(event)
        if type(event) in _CHANGES:
            for user in _concerned(self._node, event):
                self._look_at(user, event)

    def _look_at(self, user: User, event: Event) -> None:
        if stays(self._node, user):
            self._note(user.key)
        settings_of = self._node.world.registry.settings_of
        # Whoever went away, took another nick or is signed out is not to be put back.
        former_key = event.old_key if isinstance(event, Renamed) else user.key
        if settings_of(former_key).presence is not None:
            self._note(former_key)

    def _note(self, key: str) -> None:
        if key not in self._due:
            self._due.add(key)
            # What is written from now on may be newer than what is read then.
            writes = self._node.account_writes.get(key, 0)
            self._node.epoch.after_commit(lambda: self._read(key, writes))

    def _read(self, key: str, writes: int) -> None:
        node = self._node
        node.readers.run(
            lambda: node.store.account(key),
            lambda row: self._write(key, row, writes),
            lambda _: self._due.discard(key),
        )

    def _write(self, key: str, row: AccountRow | None, writes: int) -> None:
        node = self._node
        self._due.discard(key)
        user = node.world.users.get(key)
        if row is None:
            return
        if node.account_writes.get(key, 0) != writes:
            self._note(key)
            return
        before = node.world.registry.settings_of(key)
        is_kept = user is not None and user.account_key == key and stays(node, user)
        presence = _presence(user) if user is not None and is_kept else None
        settings = replace(before, presence=presence)
        if settings != before:
            self._deliver(AccountSettingsSet(key, settings))
            keep_row(node, row._replace(settings=settings.dumps()))
            node.epoch.touch()


def _presence(user: User) -> Presence:
    rooms = {room.name: room.members[user] for room in user.rooms}
    return Presence(user.username, user.realname, user.host, rooms)


_CHANGES: Final[frozenset[type[Any]]] = frozenset(
    {
        AccountSettingsSet,
        HostSet,
        Joined,
        Kicked,
        LoggedIn,
        ModesSet,
        Parted,
        RealnameSet,
        Renamed,
        RoomRenamed,
        SignedIn,
        SignedOut,
    }
)


def _concerned(node: Node, event: Event) -> Iterable[User]:
    """Return whose presence an event of `_CHANGES` may have changed."""
    match event:
        case ModesSet(_, _, changes):
            return [change.member for change in changes if change.member is not None]
        case RoomRenamed(room):
            return list(room.members)
        case AccountSettingsSet(key):
            user = node.world.users.get(key)
            return [user] if user is not None else []
        case (
            HostSet()
            | Joined()
            | Kicked()
            | LoggedIn()
            | Parted()
            | RealnameSet()
            | Renamed()
            | SignedIn()
            | SignedOut()
        ):
            return [event.user]
        case _:
            return []
