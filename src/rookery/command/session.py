"""PING, PONG and QUIT: the life of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.wire import numerics as num
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from rookery.command.call import Call


MAX_REASON_BYTES: Final = 390
"""Of a QUIT's reason: it fits one line beside the longest source."""


def ping(call: Call) -> None:
    """Answer with the token."""
    if not call.param(0):
        if call.params:
            call.reply(num.ERR_NOORIGIN, "No origin specified")
        else:
            call.reply(num.ERR_NEEDMOREPARAMS, "PING", "Not enough parameters")
        return
    server = call.node.replies.server
    call.send(f":{server} PONG {server} :{call.params[0]}\r\n".encode())


def pong(call: Call) -> None:
    """Take the proof that what went before has arrived; any other token is a sign of life."""
    if call.params:
        call.node.receipts.answered(call.session, call.params[-1])


def quit_(call: Call) -> None:
    """Disconnect; the others read the reason."""
    port = call.session.port
    if port is not None:
        reason = cut(call.param(0), MAX_REASON_BYTES)
        port.close(f"Quit: {reason}", has_read_all=True)


COMMANDS: Final = (
    Command(
        "PING",
        ping,
        0,
        "PING <token>",
        "Ask for a sign of life.",
        "RFC 2812 §3.7.2",
        is_early=True,
    ),
    Command(
        "PONG",
        pong,
        0,
        "PONG [server] <token>",
        "Answer a PING.",
        "RFC 2812 §3.7.3",
        is_early=True,
    ),
    Command(
        "QUIT",
        quit_,
        0,
        "QUIT [:reason]",
        "Disconnect.",
        "modern IRC, QUIT",
        is_early=True,
    ),
)
