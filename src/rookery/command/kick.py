"""KICK: removing people from rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.missed import keep_seat
from rookery.command.row import Command
from rookery.core.access import check_has_rank, check_is_member, check_may_remove
from rookery.core.events import Kicked
from rookery.core.refusal import Refusal
from rookery.core.room import HALF_OPERATOR
from rookery.wire import numerics as num
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from rookery.command.call import Call

MAX_REASON_BYTES: Final = 300
"""RPL_ISUPPORT `KICKLEN`; a line holds it beside the longest names."""


def kick(call: Call) -> None:
    """Remove people from a room, or each from the room that stands at the same place."""
    rooms = [text for text in call.params[0].split(",") if text]
    people = [text for text in call.params[1].split(",") if text]
    if not rooms or not people or len(rooms) not in {1, len(people)}:
        call.reply(num.ERR_NEEDMOREPARAMS, "KICK", "Not enough parameters")
        return
    if len(rooms) == 1:
        rooms *= len(people)
    for room, person in zip(rooms, people, strict=True):
        try:
            _kick(call, room, person)
        except Refusal as refusal:
            call.refuse(refusal)


def _kick(call: Call, room_text: str, nick: str) -> None:
    user = call.user
    room = names.room(call.node, room_text)
    check_is_member(room, user)
    check_has_rank(room, user, HALF_OPERATOR)
    person = names.person(call.node, nick)
    check_may_remove(room, user, person)
    read_id = max((session.read_id for session in person.sessions), default=0)
    if read_id:  # Who is not connected has a seat that tells more.
        keep_seat(call.node, person, room, read_id)
    reason = cut(call.param(2), MAX_REASON_BYTES) or user.nick
    call.emit(Kicked(person, room, user.source, reason, user.account))


COMMANDS: Final = (
    Command(
        "KICK",
        kick,
        2,
        "KICK <#room> <nick>[,<nick>...] [:reason]",
        "Remove people from a room; half operators and above, and only those below them.",
        "RFC 2812 §3.2.8",
    ),
)
