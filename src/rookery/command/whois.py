"""WHOIS: all that one may know of a person. modern IRC, "WHOIS message"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import sight
from rookery.command.about import description
from rookery.command.row import Command
from rookery.command.target_server import is_this_server
from rookery.core import user_modes
from rookery.core.access import is_shown_in, is_visible
from rookery.core.refusal import Reason, Refusal
from rookery.wire import numerics as num
from rookery.wire.casefold import fold
from rookery.wire.lists import packed

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.user import User

ROOMS_BYTES: Final = 350
"""Of room names in one reply."""


def whois(call: Call) -> None:
    """Tell about each person asked for, as many as TARGMAX says."""
    asked = call.param(1) or call.param(0)
    if not asked:
        raise Refusal(Reason.NO_NICK_GIVEN)
    if call.param(1) and not is_this_server(call, call.params[0]):
        call.refuse(Refusal(Reason.NO_SUCH_SERVER, call.params[0]))
        call.reply(num.RPL_ENDOFWHOIS, asked.partition(" ")[0], "End of WHOIS list")
        return
    for text in asked.split(",")[: call.node.rules.targets_per_command]:
        user = call.node.world.users.get(fold(text))
        if user is None:
            call.refuse(Refusal(Reason.NO_SUCH_NICK, text))
        else:
            _tell_about(call, user)
        call.reply(num.RPL_ENDOFWHOIS, text.partition(" ")[0] or "*", "End of WHOIS list")


def _tell_about(call: Call, user: User) -> None:
    nick, me = user.nick, call.user
    call.reply(num.RPL_WHOISUSER, nick, user.username, user.host, "*", user.realname)
    for rooms in packed(_rooms(call, user), " ", ROOMS_BYTES):
        call.reply(num.RPL_WHOISCHANNELS, nick, rooms)
    call.reply(num.RPL_WHOISSERVER, nick, call.node.replies.server, description(call))
    if user.is_operator:
        call.reply(num.RPL_WHOISOPERATOR, nick, "is a server operator")
    if sight.may_see_address(user, me):
        _tell_private(call, user)
    if user.account:
        call.reply(num.RPL_WHOISACCOUNT, nick, user.account, "is logged in as")
    if user.is_bot:
        call.reply(num.RPL_WHOISBOT, nick, f"is a bot on {call.node.rules.network}")
    if user.sessions and all(session.is_encrypted for session in user.sessions):
        call.reply(num.RPL_WHOISSECURE, nick, "is using a secure connection")
    if user.away:
        call.reply(num.RPL_AWAY, nick, user.away)
    signed_in_s = str(user.signed_in_at_ms // 1000)
    idle_s = sight.idle_s(call, user)
    call.reply(num.RPL_WHOISIDLE, nick, idle_s, signed_in_s, "seconds idle, signon time")


def _tell_private(call: Call, user: User) -> None:
    """Tell what only the person and operators may know."""
    if user.address:
        address = sight.address(user, call.user)
        source = f"{user.username}@{user.host}"
        call.reply(num.RPL_WHOISACTUALLY, user.nick, source, address, "is actually using host")
    modes = user_modes.shown(user)
    call.reply(num.RPL_WHOISMODES, user.nick, f"is using modes {modes}")
    for session in user.sessions:
        if session.fingerprint:
            text = f"has client certificate fingerprint {session.fingerprint}"
            call.reply(num.RPL_WHOISCERTFP, user.nick, text)


def _rooms(call: Call, user: User) -> list[str]:
    """Return the rooms with ranks; of an invisible person only those in common."""
    me = call.user
    is_hidden = user.is_invisible and user is not me
    return [
        sight.ranks(call, user, room) + room.name
        for room in user.rooms
        if me.is_operator
        or (
            is_shown_in(room, user, me)
            and (me in room.members if is_hidden else is_visible(room, me))
        )
    ]


COMMANDS: Final = (
    Command(
        "WHOIS",
        whois,
        0,
        "WHOIS [server] <nick>[,<nick>...]",
        "Tell about a person.",
        "modern IRC, WHOIS",
    ),
)
