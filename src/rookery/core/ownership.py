"""Whose a room is: registering it for good, handing it on, giving it up.

A room that somebody with an account makes belongs to that account. Registering it says so to
everybody (`r`, and `q` for the founder), and from then on it is the founder's to rename.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.access import check_is_member, check_is_operator, is_founder
from rookery.core.modes import BY_LETTER, ModeChange
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import FOUNDER

if TYPE_CHECKING:
    from rookery.core.room import Room
    from rookery.core.user import User


def check_may_register(room: Room, user: User) -> None:
    """Raise NOT_IN_ROOM, ACCOUNT_NEEDED, ROOM_REGISTERED, MUST_BE_FOUNDER or MUST_BE_OPERATOR."""
    check_is_member(room, user)
    if not user.account:
        raise Refusal(Reason.ACCOUNT_NEEDED, room.name)
    if room.is_registered:
        raise Refusal(Reason.ROOM_REGISTERED, room.name)
    if room.founder:
        check_is_founder(room, user)
    else:
        check_is_operator(room, user)


def check_is_founder(room: Room, user: User) -> None:
    """Raise MUST_BE_FOUNDER; operators of the server count as founders of every room."""
    if not is_founder(room, user) and not user.is_operator:
        raise Refusal(Reason.MUST_BE_FOUNDER, room.name)


def changes_of_owner(room: Room, founder: str, *, is_registered: bool) -> tuple[ModeChange, ...]:
    """Return the changes that make the account `founder` the only one with `q`, empty for nobody.

    `is_registered` is whether the room is so afterwards. Modes that are as they should be are
    left out.
    """
    changes = []
    if room.is_registered != is_registered:
        changes.append(ModeChange(is_registered, BY_LETTER["r"], ""))
    for member, rank in room.members.items():
        wants = is_registered and bool(founder) and member.account_key == founder
        if bool(rank & FOUNDER) != wants:
            changes.append(ModeChange(wants, BY_LETTER["q"], member.nick, member))
    return tuple(changes)
