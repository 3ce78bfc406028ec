"""WHOWAS: who had a nick before. modern IRC, "WHOWAS message"."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.command.sight import HIDDEN_ADDRESS
from rookery.core.refusal import Reason, Refusal
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.former import Former


def whowas(call: Call) -> None:
    """Tell who had the nick, the latest first; a count that is no number above 0 is no bound."""
    nick = call.param(0)
    if not nick:
        raise Refusal(Reason.NO_NICK_GIVEN)
    formers = call.node.world.formers.of(fold(nick), _count(call.param(1)))
    shown = nick.partition(" ")[0] or "*"
    for former in formers:
        _tell(call, former)
    if not formers:
        call.reply(num.ERR_WASNOSUCHNICK, shown, "There was no such nickname")
    call.reply(num.RPL_ENDOFWHOWAS, shown, "End of WHOWAS")


def _count(text: str) -> int:
    digits = text.removeprefix("+")
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _tell(call: Call, former: Former) -> None:
    nick = former.nick
    call.reply(num.RPL_WHOWASUSER, nick, former.username, former.host, "*", former.realname)
    if former.account:
        call.reply(num.RPL_WHOISACCOUNT, nick, former.account, "was logged in as")
    if call.user.is_operator and former.address:
        address = former.address if not former.address.startswith(":") else f"0{former.address}"
        call.reply(num.RPL_WHOISACTUALLY, nick, address or HIDDEN_ADDRESS, "was using host")
    signed_in = time.strftime("%a %b %d %Y %H:%M:%S", time.gmtime(former.signed_in_at_ms / 1000))
    call.reply(num.RPL_WHOISSERVER, nick, call.node.replies.server, signed_in)


COMMANDS: Final = (
    Command(
        "WHOWAS",
        whowas,
        0,
        "WHOWAS <nick> [count]",
        "Tell who had a nick before.",
        "modern IRC, WHOWAS",
    ),
)
