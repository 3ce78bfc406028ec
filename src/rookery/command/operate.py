"""What operators of the server do: KILL, REHASH and WALLOPS.

Who may is said by the rows' `privilege`. Source: modern IRC, "Operator Messages"; RFC 2812 §3.7.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.row import Command
from rookery.core import masks
from rookery.core.events import SignedOut
from rookery.core.refusal import Reason, Refusal
from rookery.core.server_events import Killed, Proclaimed
from rookery.errors import RookeryError
from rookery.wire import numerics as num
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.core.user import User

MAX_COMMENT_BYTES: Final = 300
"""Of a KILL's comment: what the others read fits one line beside the longest names."""
_NO_COMMENT: Final = "No reason given"


def kill(call: Call) -> None:
    """End all connections of a person, who is gone also where their account is always on."""
    node = call.node
    if masks.glob(call.params[0]).fullmatch(node.replies.server):
        raise Refusal(Reason.IS_SERVER)
    victim = names.person(node, call.params[0])
    comment = cut(call.params[1], MAX_COMMENT_BYTES) or _NO_COMMENT
    by = call.user
    reason = f"Killed ({by.nick} ({comment}))"
    call.emit(Killed(victim, by, comment, reason))
    _take_away(call, victim, reason)


def _take_away(call: Call, victim: User, reason: str) -> None:
    node = call.node
    for session in list(victim.sessions):
        if session.port is not None:
            session.port.close(reason, error=f"Closing Link: {node.replies.server} ({reason})")
    if node.world.users.get(victim.key) is victim:
        call.emit(SignedOut(victim, reason))


def rehash(call: Call) -> None:
    """Read the settings and certificates again, as SIGHUP does."""
    source = call.node.rehash
    if source is None:
        call.reply(num.ERR_UNKNOWNERROR, "REHASH", "There are no settings to be read again")
        return
    call.reply(num.RPL_REHASHING, source.file, "Rehashing")
    failed = partial(_tell_failed, call)

    def take_over(obey: Callable[[], None]) -> None:
        try:
            obey()
        except RookeryError as error:
            failed(error)

    call.wait_for(call.node.readers, source.read, take_over, failed)


def _tell_failed(call: Call, error: Exception) -> None:
    text = str(error) if isinstance(error, RookeryError) else "The settings could not be read"
    call.reply(num.ERR_UNKNOWNERROR, "REHASH", text)


def wallops(call: Call) -> None:
    """Tell everybody who wants to read what operators say."""
    if not call.params[0]:
        call.reply(num.ERR_NEEDMOREPARAMS, "WALLOPS", "Not enough parameters")
        return
    call.emit(Proclaimed(call.user, call.params[0]))


COMMANDS: Final = (
    Command(
        "KILL",
        kill,
        2,
        "KILL <nick> :<comment>",
        "End the connections of a person.",
        "modern IRC, KILL",
        privilege="kill",
    ),
    Command(
        "REHASH",
        rehash,
        0,
        "REHASH",
        "Let the server read its settings again.",
        "modern IRC, REHASH",
        privilege="rehash",
    ),
    Command(
        "WALLOPS",
        wallops,
        1,
        "WALLOPS :<text>",
        "Tell everybody who reads it (mode w).",
        "modern IRC, WALLOPS",
        privilege="wallops",
    ),
)
