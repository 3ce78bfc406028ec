"""What happens to a room when people come and go and modes change; for `World.apply` only.

Here is kept who may read what was said in private: `access.history_floor` tells it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.core import mode_changes
from rookery.core.access import history_floor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.core.modes import ModeChange
    from rookery.core.names import Name
    from rookery.core.room import Room
    from rookery.core.user import User


MAX_INVITES: Final = 100
"""Invitations that a person is known to have (unit: rooms)."""


def enter(room: Room, user: User, rank: int, at_id: int) -> None:
    """Take the user in; in a private room they read from `at_id` on, or from where they could."""
    if room.is_private:
        _let_read(room, user, at_id)
    room.members[user] = rank
    user.rooms[room] = None
    user.invites.pop(room, None)


def leave(room: Room, user: User) -> None:
    """Take the user out."""
    del room.members[user]
    del user.rooms[room]
    room.entered.pop(user, None)


def invite(room: Room, user: User, *, lets_in: bool) -> None:
    """Note the invitation; of more than `MAX_INVITES` the oldest is forgotten."""
    lets_in = user.invites.pop(room, False) or lets_in
    if len(user.invites) >= MAX_INVITES:
        del user.invites[next(iter(user.invites))]
    user.invites[room] = lets_in


def disown(room: Room) -> None:
    """Let the room be nobody's."""
    room.founder = ""
    room.kept_ranks.clear()
    room.flags -= {"r"}


def set_modes(room: Room, changes: Iterable[ModeChange], at_id: int) -> None:
    """Make checked changes; a room that opens keeps for itself what was said up to `at_id`."""
    was_private = room.is_private
    for change in changes:
        mode_changes.apply(room, change)
    if room.is_private and not was_private:
        for member in room.members:
            _let_read(room, member, history_floor(room, member))
    elif was_private and not room.is_private:
        for member in room.members:
            _let_read(room, member, history_floor(room, member))
        room.floor_id = at_id


def rename(room: Room, old_key: str, name: Name, people: Iterable[User]) -> None:
    """Give the room its new name, also in what `people` are known to have read."""
    room.name, room.key = name
    for user in people:
        read = [place for place in user.markers if place[1] == old_key]
        for account, _ in read:
            user.markers[account, room.key] = user.markers.pop((account, old_key))


def _let_read(room: Room, user: User, from_id: int) -> None:
    if user.account_key:
        room.since.setdefault(user.account_key, from_id)
    else:
        room.entered.setdefault(user, from_id)
