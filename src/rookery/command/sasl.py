"""AUTHENTICATE: proving an account while signing in, or later. IRCv3 sasl 3.1 and 3.2.

Passwords are checked on the pool for hashing; an account that is not there costs the same time
and gets the same answer as a wrong password.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.command.signing import account_of, signing_of
from rookery.core.events import LoggedIn
from rookery.core.names import Name
from rookery.wire import numerics as num
from rookery.wire import scram
from rookery.wire.capabilities import SASL
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.store.base import AccountRow

CHUNK_CHARS: Final = 400
"""A payload line of this length is followed by more. IRCv3 sasl 3.1."""
MAX_PAYLOAD_CHARS: Final = 4 * CHUNK_CHARS
_FAKE_SALT_KEY: Final = secrets.token_bytes(32)
"""Salts of accounts that are not there: the same for a name as long as the server runs."""


@dataclass(slots=True)
class Exchange:
    """A SASL exchange under way; `step` takes the next whole payload."""

    step: Callable[[Call, Exchange, bytes], None]
    collected: str = ""
    scram: scram.Exchange | None = None
    name: str = ""


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


def _begin(call: Call, mechanism: str) -> None:
    if account_of(call.session) is not None:
        call.reply(num.ERR_SASLALREADY, "You are signed in to an account already")
        return
    step = _MECHANISMS.get(mechanism)
    if step is None:
        call.reply(num.RPL_SASLMECHS, ",".join(_MECHANISMS), "are available SASL mechanisms")
        call.reply(num.ERR_SASLFAIL, "SASL authentication failed: no such mechanism")
        return
    call.session.sasl = Exchange(step)
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
        _failed(call)
        return
    exchange.step(call, exchange, payload)


def _plain(call: Call, _: Exchange, payload: bytes) -> None:
    """RFC 4616: `authzid NUL authcid NUL password`."""
    try:
        authzid, authcid, password = payload.decode().split("\0")
    except ValueError:
        _failed(call)
        return
    if authzid not in {"", authcid} or not password:
        _failed(call)
        return
    node, key = call.node, fold(authcid)

    def check() -> str:
        row = node.store.account(key)
        if row is None:
            node.passwords.waste(password)
            return ""
        return row.name if node.passwords.is_right(row.password_hash, password) else ""

    def then(account: str) -> None:
        if account:
            _succeeded(call, account)
        else:
            _failed(call)

    call.wait_for(node.hashers, check, then, lambda _: _unavailable(call))


def _scram_first(call: Call, exchange: Exchange, payload: bytes) -> None:
    try:
        first = scram.parse_client_first(payload)
    except scram.ScramError:
        _failed(call)
        return
    node, key = call.node, fold(first.username)

    def then(row: AccountRow | None) -> None:
        verifier = scram.loads(row.scram) if row else _fake_verifier(key)
        exchange.name = row.name if row else ""
        exchange.scram = scram.Exchange(first, verifier, secrets.token_urlsafe(18))
        exchange.step = _scram_final
        call.send(_payload(exchange.scram.challenge))

    call.wait_for(node.readers, lambda: node.store.account(key), then, lambda _: _unavailable(call))


def _fake_verifier(key: str) -> scram.Verifier:
    salt = hmac.digest(_FAKE_SALT_KEY, key.encode(), "sha256")[: scram.SALT_BYTES]
    nothing = secrets.token_bytes(hashlib.sha256().digest_size)
    return scram.Verifier(scram.ITERATIONS, salt, nothing, nothing)


def _scram_final(call: Call, exchange: Exchange, payload: bytes) -> None:
    assert exchange.scram is not None, "the first step made it"
    try:
        proof = exchange.scram.prove(payload)
    except scram.ScramError:
        _failed(call)
        return
    exchange.step = _scram_done
    call.send(_payload(proof))


def _scram_done(call: Call, exchange: Exchange, _: bytes) -> None:
    _succeeded(call, exchange.name)


def _payload(data: bytes) -> bytes:
    return b"AUTHENTICATE " + base64.b64encode(data) + b"\r\n"


def _succeeded(call: Call, account: str) -> None:
    call.session.sasl = None
    logged_in(call, account)
    call.reply(num.RPL_SASLSUCCESS, "SASL authentication successful")


def logged_in(call: Call, account: str) -> None:
    """Make the session one of `account`, and say so (900)."""
    session, name = call.session, Name(account, fold(account))
    signing = signing_of(session)
    if signing is not None:
        signing.account = name
        nick = signing.nick.text if signing.nick else "*"
        mask = f"{nick}!{signing.username or '*'}@{session.host}"
    else:
        call.emit(LoggedIn(call.user, name))
        mask = call.user.source
    text = f"You are now logged in as {account}"
    line = call.node.replies.numeric(session.nick, num.RPL_LOGGEDIN, mask, account, text)
    send = call.send_once_stored if call.is_durable else call.send
    send(line)


def _failed(call: Call) -> None:
    call.session.sasl = None
    call.reply(num.ERR_SASLFAIL, "SASL authentication failed")


def _unavailable(call: Call) -> None:
    call.session.sasl = None
    text = "SASL authentication is not possible right now: try again in a moment"
    call.reply(num.ERR_SASLFAIL, text)


_MECHANISMS: Final[dict[str, Callable[[Call, Exchange, bytes], None]]] = {
    "PLAIN": _plain,
    "SCRAM-SHA-256": _scram_first,
}


COMMANDS: Final = (
    Command(
        "AUTHENTICATE",
        authenticate,
        1,
        "AUTHENTICATE <mechanism | payload | *>",
        "Sign in to your account: PLAIN or SCRAM-SHA-256.",
        "IRCv3 sasl 3.1, 3.2",
        is_early=True,
    ),
)
