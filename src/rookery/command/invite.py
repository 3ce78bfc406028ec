"""INVITE: asking people into rooms. modern IRC "INVITE message", IRCv3 invite-notify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.row import Command
from rookery.core.access import check_may_invite
from rookery.core.events import Invited
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import HALF_OPERATOR
from rookery.wire import numerics as num

if TYPE_CHECKING:
    from rookery.command.call import Call


def invite(call: Call) -> None:
    """Invite a person to a room; without parameters, list the rooms one is invited to."""
    if not call.params:
        _list(call)
        return
    if len(call.params) == 1:
        call.reply(num.ERR_NEEDMOREPARAMS, "INVITE", "Not enough parameters")
        return
    user = call.user
    person = names.person(call.node, call.params[0])
    room = names.room(call.node, call.params[1])
    check_may_invite(room, user)
    if person in room.members:
        raise Refusal(Reason.USER_IN_ROOM, person.nick, room.name)
    lets_in = room.members[user] >= HALF_OPERATOR
    call.reply(num.RPL_INVITING, person.nick, room.name)
    call.emit(Invited(person, room, user, lets_in))
    if person.away:
        call.reply(num.RPL_AWAY, person.nick, person.away)


def _list(call: Call) -> None:
    rooms = call.node.world.rooms
    for room in call.user.invites:
        if rooms.get(room.key) is room:
            call.reply(num.RPL_INVITELIST, room.name)
    call.reply(num.RPL_ENDOFINVITELIST, "End of INVITE list")


COMMANDS: Final = (
    Command(
        "INVITE",
        invite,
        0,
        "INVITE [<nick> <#room>]",
        "Invite a person to a room, whatever keeps others out; alone, list your invitations.",
        "RFC 2812 §3.2.7",
    ),
)
