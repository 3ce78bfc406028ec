"""Who may do what in a room.

A decision depends on the room and on facts about the actor, on nothing else: so that one node can
own a room. Each function returns quietly or raises `Refusal`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR

if TYPE_CHECKING:
    from rookery.core.room import Room
    from rookery.core.user import User


def check_may_join(room: Room, user: User, password: str) -> None:
    """Raise WRONG_KEY or ROOM_FULL; the founder always may."""
    if is_founder(room, user):
        return
    if room.password and password != room.password:
        raise Refusal(Reason.WRONG_KEY, room.name)
    if room.limit and len(room.members) >= room.limit:
        raise Refusal(Reason.ROOM_FULL, room.name)


def check_may_speak(room: Room, user: User) -> None:
    """Raise CANNOT_SEND: not a member of an `n` room, or without voice in an `m` room."""
    rank = room.members.get(user)
    if (rank is None and "n" in room.flags) or (not rank and "m" in room.flags):
        raise Refusal(Reason.CANNOT_SEND, room.name)


def check_may_set_topic(room: Room, user: User) -> None:
    """Raise NOT_IN_ROOM, or MUST_BE_OPERATOR in a `t` room."""
    check_is_member(room, user)
    if "t" in room.flags:
        check_is_operator(room, user)


def check_is_member(room: Room, user: User) -> None:
    """Raise NOT_IN_ROOM."""
    if user not in room.members:
        raise Refusal(Reason.NOT_IN_ROOM, room.name)


def check_is_operator(room: Room, user: User) -> None:
    """Raise MUST_BE_OPERATOR."""
    if not room.members.get(user, 0) & OPERATOR:
        raise Refusal(Reason.MUST_BE_OPERATOR, room.name)


def is_founder(room: Room, user: User) -> bool:
    """Return whether the user is signed in to the founding account."""
    return bool(room.founder) and user.account_key == room.founder


def is_visible(room: Room, user: User) -> bool:
    """Return whether the room is shown to the user in lists (mode `s`)."""
    return "s" not in room.flags or user in room.members
