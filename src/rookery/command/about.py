"""What the server tells about itself: VERSION, ADMIN, INFO, TIME and LINKS.

Each takes a server's name or mask, or a nick, and there is one server.
Source: modern IRC, "Server Queries and Commands".
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rookery.command.isupport import tell_isupport
from rookery.command.row import Command
from rookery.command.target_server import check_is_here
from rookery.core import masks
from rookery.wire import numerics as num

if TYPE_CHECKING:
    from rookery.command.call import Call

_INFO: Final = (
    "Rookery: nothing said here is ever lost.",
    "What you read is stored: an echo of your own message means it is on disk.",
    "Messages to people who are away wait for them.",
    "HELP lists the commands.",
)
_UNSAID: Final = "Nobody has said so here"


def version(call: Call) -> None:
    """Show the version, and what the server has."""
    check_is_here(call)
    node = call.node
    call.reply(num.RPL_VERSION, node.rules.version, node.replies.server, description(call))
    tell_isupport(call)


def admin(call: Call) -> None:
    """Show who looks after the server."""
    check_is_here(call)
    rules = call.node.rules
    call.reply(num.RPL_ADMINME, call.node.replies.server, "Administrative info")
    call.reply(num.RPL_ADMINLOC1, rules.admin_location or description(call))
    call.reply(num.RPL_ADMINLOC2, rules.admin_organisation or rules.network)
    call.reply(num.RPL_ADMINEMAIL, rules.admin_email or _UNSAID)


def info(call: Call) -> None:
    """Show what this program is, and since when it runs."""
    check_is_here(call)
    rules = call.node.rules
    call.reply(num.RPL_INFO, f"{rules.version} ({rules.network})")
    for line in _INFO:
        call.reply(num.RPL_INFO, line)
    call.reply(num.RPL_INFO, f"This server was started {_readable(rules.created_at_ms)}")
    call.reply(num.RPL_ENDOFINFO, "End of INFO list")


def time_(call: Call) -> None:
    """Show the server's time."""
    check_is_here(call)
    call.reply(num.RPL_TIME, call.node.replies.server, _readable(call.now_ms))


def links(call: Call) -> None:
    """List the servers of the network that fit the mask: this one, or none."""
    mask = call.param(1) or call.param(0)
    if call.param(1):
        check_is_here(call)
    server = call.node.replies.server
    if not mask or masks.glob(mask).fullmatch(server):
        call.reply(num.RPL_LINKS, "*", server, f"0 {description(call)}")
    call.reply(num.RPL_ENDOFLINKS, "*", "End of /LINKS list")


def description(call: Call) -> str:
    """Return what the server says it is."""
    rules = call.node.rules
    return rules.description or rules.network


def _readable(at_ms: int) -> str:
    return time.strftime("%A, %d %B %Y, %H:%M:%S UTC", time.gmtime(at_ms / 1000))


COMMANDS: Final = (
    Command("ADMIN", admin, 0, "ADMIN [server]", "Show who runs the server.", "RFC 2812 §3.4.9"),
    Command("INFO", info, 0, "INFO [server]", "Tell about the server.", "RFC 2812 §3.4.10"),
    Command(
        "LINKS",
        links,
        0,
        "LINKS [[server] <mask>]",
        "List the servers of the network.",
        "RFC 2812 §3.4.5",
    ),
    Command("TIME", time_, 0, "TIME [server]", "Show the server's time.", "RFC 2812 §3.4.6"),
    Command(
        "VERSION",
        version,
        0,
        "VERSION [server]",
        "Show the server's version, and what it has.",
        "RFC 2812 §3.4.3",
    ),
)
