"""AUTHENTICATE: proving an account while signing in, or later. IRCv3 sasl 3.1 and 3.2.

Payloads come in lines of at most 400 characters; one of exactly 400 is followed by more.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from rookery.command.mechanisms import MECHANISMS, Exchange, failed, offered
from rookery.command.row import Command
from rookery.command.signing import account_of
from rookery.wire import numerics as num
from rookery.wire.capabilities import SASL

if TYPE_CHECKING:
    from rookery.command.call import Call

CHUNK_CHARS: Final = 400
MAX_PAYLOAD_CHARS: Final = 4 * CHUNK_CHARS


def authenticate(call: Call) -> None:
    """Handle AUTHENTICATE: a mechanism, a payload, or `*` to give up."""
    session, word = call.session, call.params[0]
    if not session.caps & SASL:
        call.reply(num.ERR_SASLFAIL, "Ask for the sasl capability first: CAP REQ sasl")
        return
    exchange = session.sasl
    if word == "*":
        session.sasl = None
        call.reply(num.ERR_SASLABORTED, "SASL authentication aborted")
    elif isinstance(exchange, Exchange):
        _collect(call, exchange, word)
    else:
        _begin(call, word.upper())


def abort(call: Call) -> None:
    """End an exchange that is under way when the sign-in completes without it."""
    if call.session.sasl is not None:
        call.session.sasl = None
        call.reply(num.ERR_SASLABORTED, "SASL authentication aborted: you signed in without it")


def _begin(call: Call, mechanism: str) -> None:
    if account_of(call.session) is not None:
        call.reply(num.ERR_SASLALREADY, "You are signed in to an account already")
        return
    available = offered(call.node.rules)
    if mechanism not in available:
        call.reply(num.RPL_SASLMECHS, ",".join(available), "are available SASL mechanisms")
        call.reply(num.ERR_SASLFAIL, "SASL authentication failed: no such mechanism")
        return
    call.session.sasl = Exchange(MECHANISMS[mechanism])
    call.send(b"AUTHENTICATE +\r\n")


def _collect(call: Call, exchange: Exchange, chunk: str) -> None:
    if len(chunk) > CHUNK_CHARS or len(exchange.collected) + len(chunk) > MAX_PAYLOAD_CHARS:
        call.session.sasl = None
        call.reply(num.ERR_SASLTOOLONG, "SASL message too long")
        return
    if chunk != "+":
        exchange.collected += chunk
    if len(chunk) == CHUNK_CHARS:
        return
    collected, exchange.collected = exchange.collected, ""
    try:
        payload = base64.b64decode(collected, validate=True)
    except (binascii.Error, ValueError):
        failed(call)
        return
    exchange.step(call, exchange, payload)


COMMANDS: Final = (
    Command(
        "AUTHENTICATE",
        authenticate,
        1,
        "AUTHENTICATE <mechanism | payload | *>",
        "Sign in to your account: PLAIN, SCRAM-SHA-256 or EXTERNAL.",
        "IRCv3 sasl 3.1, 3.2",
        is_early=True,
    ),
)
