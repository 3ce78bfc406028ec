"""Who may do what in a room.

A decision depends on the room and on facts about the actor, on nothing else: so that one node can
own a room. Each `check_` function returns quietly or raises `Refusal`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.core import masks
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import ADMIN, FOUNDER, HALF_OPERATOR, JUDGED, MEMBERS_ONLY, OPERATOR

if TYPE_CHECKING:
    from rookery.core.room import Room
    from rookery.core.user import User

EVERYBODY: Final = 0
"""The audience of a message that all members of the room hear."""
_MAX_VERDICTS: Final = 4096
"""How many verdicts a room remembers before it begins anew (unit: people)."""


def check_may_join(room: Room, user: User, password: str) -> None:
    """Raise BANNED, INVITE_ONLY, ACCOUNT_NEEDED, WRONG_KEY or ROOM_FULL, in this order.

    Those whose account is half operator or more, and those whom an operator invited, always may.
    """
    if rank_on_entry(room, user) >= HALF_OPERATOR or user.invites.get(room):
        return
    if _is_listed(room, "b", user) and not _is_listed(room, "e", user):
        raise Refusal(Reason.BANNED, room.name)
    if "i" in room.flags and not _is_listed(room, "I", user):
        raise Refusal(Reason.INVITE_ONLY, room.name)
    if "R" in room.flags and not user.account:
        raise Refusal(Reason.ACCOUNT_NEEDED, room.name)
    if room.password and password != room.password:
        raise Refusal(Reason.WRONG_KEY, room.name)
    if room.limit and len(room.members) >= room.limit:
        raise Refusal(Reason.ROOM_FULL, room.name)


def rank_on_entry(room: Room, user: User) -> int:
    """Return the rank that the user's account has in the room whenever it enters."""
    account = user.account_key
    if not account:
        return 0
    rank = room.kept_ranks.get(account, 0)
    if account == room.founder:
        rank |= FOUNDER | OPERATOR if room.is_registered else OPERATOR
    return rank


def check_may_speak(room: Room, user: User, text: str = "") -> int:
    """Return the least rank that hears what the user says, EVERYBODY for all; or raise CANNOT_SEND.

    Called for every message: what members of a room without such rules pay is two look-ups.
    """
    rank = room.members.get(user)
    gate = room.gate
    if rank is None:
        if gate & MEMBERS_ONLY:
            raise Refusal(Reason.CANNOT_SEND, room.name)
        rank = 0
    return _judge(room, user, rank, text) if gate & JUDGED else EVERYBODY


def _judge(room: Room, user: User, rank: int, text: str) -> int:
    flags = room.flags
    is_ctcp = text.startswith("\x01") and not text.startswith("\x01ACTION")
    if "C" in flags and is_ctcp:
        raise Refusal(Reason.CANNOT_SEND, room.name)
    if rank:
        return EVERYBODY
    needs_account = not flags.isdisjoint("MR") and not user.account
    if "m" in flags or needs_account or _is_silenced(room, user):
        raise Refusal(Reason.CANNOT_SEND, room.name)
    return HALF_OPERATOR if "U" in flags else EVERYBODY


def _is_silenced(room: Room, user: User) -> bool:
    """Return whether a ban or mute concerns the user; the answer is kept until a list changes."""
    if not room.lists["b"]:
        return False
    person = (user.source, user.account)
    verdict = room.verdicts.get(person)
    if verdict is None:
        verdict = _is_listed(room, "b", user, with_mutes=True) and not _is_listed(
            room, "e", user, with_mutes=True
        )
        if len(room.verdicts) >= _MAX_VERDICTS:
            room.verdicts.clear()
        room.verdicts[person] = verdict
    return verdict


def _is_listed(room: Room, letter: str, user: User, *, with_mutes: bool = False) -> bool:
    entries = room.lists[letter]
    return bool(entries) and masks.has_person(
        entries.values(), user.source, user.account, with_mutes=with_mutes
    )


def check_may_set_topic(room: Room, user: User) -> None:
    """Raise NOT_IN_ROOM, or MUST_BE_OPERATOR in a `t` room."""
    check_is_member(room, user)
    if "t" in room.flags:
        check_has_rank(room, user, HALF_OPERATOR)


def check_may_invite(room: Room, user: User) -> None:
    """Raise NOT_IN_ROOM, or MUST_BE_OPERATOR in an `i` room."""
    check_is_member(room, user)
    if "i" in room.flags:
        check_is_operator(room, user)


def check_may_remove(room: Room, user: User, other: User) -> None:
    """Raise USER_NOT_IN_ROOM, or OUTRANKED where `other` is more than `user`, who may KICK."""
    rank = room.members.get(other)
    if rank is None:
        raise Refusal(Reason.USER_NOT_IN_ROOM, other.nick, room.name)
    if not may_act_on(room.members[user], rank):
        raise Refusal(Reason.OUTRANKED, room.name)


def may_act_on(rank: int, other_rank: int) -> bool:
    """Return whether somebody of `rank` may remove, or take the rank of, one of `other_rank`.

    Operators may do so to operators, founders to founders; everybody else to lower ranks only.
    """
    if rank >= FOUNDER:
        return True
    if rank >= ADMIN:
        return other_rank < ADMIN
    if rank >= OPERATOR:
        return other_rank < ADMIN
    return rank >= HALF_OPERATOR > other_rank


def check_is_member(room: Room, user: User) -> None:
    """Raise NOT_IN_ROOM."""
    if user not in room.members:
        raise Refusal(Reason.NOT_IN_ROOM, room.name)


def check_is_operator(room: Room, user: User) -> None:
    """Raise MUST_BE_OPERATOR."""
    check_has_rank(room, user, OPERATOR)


def check_has_rank(room: Room, user: User, least: int) -> None:
    """Raise MUST_BE_OPERATOR below the rank `least`."""
    if room.members.get(user, 0) < least:
        raise Refusal(Reason.MUST_BE_OPERATOR, room.name)


def is_founder(room: Room, user: User) -> bool:
    """Return whether the user is signed in to the founding account."""
    return bool(room.founder) and user.account_key == room.founder


def is_visible(room: Room, user: User) -> bool:
    """Return whether the room is shown to the user in lists (mode `s`)."""
    return "s" not in room.flags or user in room.members


def is_shown_in(room: Room, user: User, to: User) -> bool:
    """Return whether `to` may know that `user` is, comes to or leaves the room (mode `u`)."""
    if "u" not in room.flags:
        return True
    has_rank = bool(room.members.get(user) or room.members.get(to))
    return has_rank or user is to or to.is_operator


def history_floor(room: Room, user: User) -> int:
    """Return the id above which a member may read what was said; 0 for all of it.

    Nobody reads what was said in private before being let in: a member reads from when their
    account (a guest: this stay) first entered the private room. `H` opens all of it.
    Every reader of a room's messages asks here, and whether the reader is a member.
    """
    if "H" in room.flags:
        return 0
    since = room.since.get(user.account_key) if user.account_key else None
    if since is None:
        since = room.entered.get(user)
    return room.floor_id if since is None else since
