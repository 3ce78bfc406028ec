"""Who is shown to whom: what WHO, WHOIS and their like agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.access import is_shown_in, is_visible
from rookery.core.room import prefixes
from rookery.wire.capabilities import MULTI_PREFIX

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.room import Room
    from rookery.core.user import User

HIDDEN_ADDRESS = "255.255.255.255"
"""Stands for an address that is not disclosed. IRCv3 whox."""


def is_shown(user: User, to: User) -> bool:
    """Return whether WHO shows `user`: not invisible, or in a common room."""
    return (
        not user.is_invisible
        or user is to
        or to.is_operator
        or not to.rooms.keys().isdisjoint(user.rooms)
    )


def shown_room(user: User, to: User) -> Room | None:
    """Return a room that `user` may be shown in, one in common where there is one."""
    rooms = [room for room in user.rooms if is_shown_in(room, user, to)]
    common = next((room for room in rooms if to in room.members), None)
    if common is not None or (user.is_invisible and user is not to):
        return common
    return next((room for room in rooms if is_visible(room, to)), None)


def ranks(call: Call, user: User, room: Room) -> str:
    """Return the prefixes of `user` in `room`, as many as the asker's client understands."""
    return prefixes(room.members[user], all_ranks=bool(call.session.caps & MULTI_PREFIX))


def flags(call: Call, user: User, room: Room | None) -> str:
    """Return the flags of RPL_WHOREPLY: away, operator, ranks, bot."""
    return "".join(
        [
            "G" if user.away else "H",
            "*" if user.is_operator else "",
            ranks(call, user, room) if room else "",
            "B" if user.is_bot else "",
        ]
    )


def may_see_address(user: User, to: User) -> bool:
    """Return whether the IP address of `user` is for the eyes of `to`: oneself and operators."""
    return user is to or to.is_operator


def address(user: User, to: User) -> str:
    """Return the IP address as a parameter, or what stands for one that is hidden."""
    if not user.address or not may_see_address(user, to):
        return HIDDEN_ADDRESS
    return f"0{user.address}" if user.address.startswith(":") else user.address


def idle_s(call: Call, user: User) -> str:
    """Return for how many seconds the person has said nothing."""
    return str(max(0, call.now_ms - user.spoke_at_ms) // 1000)
