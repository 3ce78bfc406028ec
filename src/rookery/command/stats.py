"""STATS: figures of the server, one letter each. modern IRC, "STATS message"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command.row import Command
from rookery.command.target_server import check_is_here
from rookery.core.operators import check_may
from rookery.wire import numerics as num

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call

_S_PER_DAY: Final = 86_400


class Query(NamedTuple):
    """One letter: what answers it, or None where there is nothing to tell."""

    tell: Callable[[Call], None] | None
    summary: str
    is_for_operators: bool = False


def stats(call: Call) -> None:
    """Answer the letter, known or not, and say that this was all."""
    check_is_here(call, 1)
    letter = call.params[0][:1]
    if not letter.strip(": "):
        call.reply(num.ERR_NEEDMOREPARAMS, "STATS", "Not enough parameters")
        return
    query = QUERIES.get(letter)
    if query is not None and query.is_for_operators:
        check_may(call.user, "stats")
    if query is not None and query.tell is not None:
        query.tell(call)
    call.reply(num.RPL_ENDOFSTATS, letter, "End of /STATS report")


def _uptime(call: Call) -> None:
    up_s = max(0, call.now_ms - call.node.rules.created_at_ms) // 1000
    days, rest_s = divmod(up_s, _S_PER_DAY)
    hours, rest_s = divmod(rest_s, 3600)
    minutes, seconds = divmod(rest_s, 60)
    text = f"Server Up {days} days {hours}:{minutes:02}:{seconds:02}"
    call.reply(num.RPL_STATSUPTIME, text)


def _commands(call: Call) -> None:
    for command, count in sorted(call.node.uses.items()):
        call.reply(num.RPL_STATSCOMMANDS, command, str(count))


def _operators(call: Call) -> None:
    for name, operator in sorted(call.node.rules.operators.items()):
        call.reply(num.RPL_STATSOLINE, "O", operator.mask or "*", "*", name)


QUERIES: Final = {
    "m": Query(_commands, "How often each command was given, but for what is said."),
    "o": Query(_operators, "Who may become an operator.", is_for_operators=True),
    "u": Query(_uptime, "How long the server has been up."),
    "k": Query(None, "Bans from the whole server: there are none.", is_for_operators=True),
    "l": Query(None, "Connections: not told.", is_for_operators=True),
}
"""Letters that mean something. `O` is not `o`: no other letter tells anything."""

COMMANDS: Final = (
    Command("STATS", stats, 1, "STATS <letter> [server]", "Show figures.", "RFC 2812 §3.4.4"),
)
