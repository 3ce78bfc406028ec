"""ISON and USERHOST: which of these are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.wire import numerics as num
from rookery.wire.casefold import fold
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from rookery.command.call import Call

MAX_USERHOST: Final = 5
"""RFC 2812 §4.8."""
MAX_LIST_BYTES: Final = 400
"""ISON is answered in one line; a line cannot ask for much more. RFC 2812 §4.9."""


def ison(call: Call) -> None:
    """Name those of the list who are connected."""
    users = call.node.world.users
    asked = (nick for param in call.params for nick in param.split())
    present = [users[key].nick for key in map(fold, asked) if key in users]
    line = " ".join(present)
    if len(line) > MAX_LIST_BYTES:
        line = cut(line, MAX_LIST_BYTES).rpartition(" ")[0]
    call.reply(num.RPL_ISON, line)


def userhost(call: Call) -> None:
    """Show the hosts of up to five people."""
    users = call.node.world.users
    there = [users[key] for key in map(fold, call.params[:MAX_USERHOST]) if key in users]
    replies = (
        f"{user.nick}{'*' if user.is_operator else ''}="
        f"{'-' if user.away else '+'}{user.username}@{user.host}"
        for user in there
    )
    call.reply(num.RPL_USERHOST, " ".join(replies))


COMMANDS: Final = (
    Command(
        "ISON",
        ison,
        1,
        "ISON <nick>...",
        "Tell which of these are connected.",
        "RFC 2812 §4.9",
    ),
    Command(
        "USERHOST",
        userhost,
        1,
        "USERHOST <nick>...",
        "Show the host names of up to five people.",
        "RFC 2812 §4.8",
    ),
)
