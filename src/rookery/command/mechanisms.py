"""The SASL mechanisms, step by step; `sasl` collects what they read.

Passwords are checked on the pool for hashing; an account that is not there costs the same time
and gets the same answer as a wrong password.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.command.login import check_password, failed_too_often, logged_in, verified
from rookery.wire import numerics as num
from rookery.wire import scram
from rookery.wire.capabilities import STANDARD_REPLIES
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.command.node import Rules
    from rookery.store.base import AccountRow

_FAKE_SALT: Final = b"the salt of nobody: "
"""With the store's secret it gives an absent account one salt, which no restart changes."""


@dataclass(slots=True)
class Exchange:
    """A SASL exchange under way; `step` takes the next whole payload."""

    step: Callable[[Call, Exchange, bytes], None]
    collected: str = ""
    scram: scram.Exchange | None = None
    name: str = ""
    generation: int = 0
    """The account's, when what proves it was read."""


def offered(rules: Rules) -> list[str]:
    """Return the names of the mechanisms that can be used on this server."""
    return [name for name in MECHANISMS if name != "EXTERNAL" or _has_external(rules)]


def _has_external(rules: Rules) -> bool:
    return rules.accounts.has_client_certificates


def _plain(call: Call, _: Exchange, payload: bytes) -> None:
    """RFC 4616: `authzid NUL authcid NUL password`."""
    try:
        authzid, authcid, password = payload.decode().split("\0")
    except ValueError:
        failed(call)
        return
    if (authzid and fold(authzid) != fold(authcid)) or not password:
        failed(call)
        return
    if not _may_try(call, fold(authcid)):
        return

    def then(account: str) -> None:
        if account:
            _succeeded(call, account)
        else:
            failed(call)

    check_password(call, authcid, password, then, lambda: _unavailable(call))


def _may_try(call: Call, key: str) -> bool:
    wait_s = call.node.gate.try_login(call, key)
    if wait_s:
        failed(call, f"Too many failed tries: wait {wait_s} s before the next")
    return not wait_s


def _scram_first(call: Call, exchange: Exchange, payload: bytes) -> None:
    try:
        first = scram.parse_client_first(payload)
    except scram.ScramError:
        failed(call)
        return
    node, key = call.node, fold(first.username)
    if not _may_try(call, key):
        return

    exchange.generation = node.world.registry.generation(key)

    def then(row: AccountRow | None) -> None:
        row = verified(row)
        verifier = scram.loads(row.scram) if row else _fake_verifier(node.secret, key)
        exchange.name = row.name if row else ""
        exchange.scram = scram.Exchange(first, verifier, secrets.token_urlsafe(18))
        exchange.step = _scram_final
        call.send(_payload(exchange.scram.challenge))

    call.wait_for(node.readers, lambda: node.store.account(key), then, lambda _: _unavailable(call))


def _fake_verifier(secret: bytes, key: str) -> scram.Verifier:
    salt = hmac.digest(secret, _FAKE_SALT + key.encode(), "sha256")[: scram.SALT_BYTES]
    nothing = secrets.token_bytes(hashlib.sha256().digest_size)
    return scram.Verifier(scram.ITERATIONS, salt, nothing, nothing)


def _scram_final(call: Call, exchange: Exchange, payload: bytes) -> None:
    assert exchange.scram is not None, "the first step made it"
    try:
        proof = exchange.scram.prove(payload)
    except scram.ScramError:
        failed(call)
        return
    call.node.gate.logged_in(call, fold(exchange.name))
    exchange.step = _scram_done
    call.send(_payload(proof))


def _scram_done(call: Call, exchange: Exchange, _: bytes) -> None:
    world, key = call.node.world, fold(exchange.name)
    if key not in world.accounts or world.registry.generation(key) != exchange.generation:
        failed(call)  # The account was removed meanwhile.
        return
    _succeeded(call, exchange.name)


def _external(call: Call, _: Exchange, payload: bytes) -> None:
    """RFC 4422 appendix A: the TLS certificate is the proof, the payload may name the account."""
    world = call.node.world
    key = world.registry.certificates.get(call.session.fingerprint, "")
    try:
        asked = payload.decode()
    except UnicodeDecodeError:
        failed(call)
        return
    if key not in world.accounts or (asked and fold(asked) != key):
        failed(call)
        return
    _succeeded(call, world.accounts[key])


def _payload(data: bytes) -> bytes:
    return b"AUTHENTICATE " + base64.b64encode(data) + b"\r\n"


def _succeeded(call: Call, account: str) -> None:
    call.session.sasl = None
    logged_in(call, account)
    call.reply(num.RPL_SASLSUCCESS, "SASL authentication successful")


def failed(call: Call, text: str = "SASL authentication failed") -> None:
    """End the exchange without a proof; the session is closed after too many."""
    call.session.sasl = None
    call.reply(num.ERR_SASLFAIL, text)
    failed_too_often(call)


def _unavailable(call: Call) -> None:
    """End the exchange unjudged; FAIL in front lets a client tell it from a wrong password."""
    call.session.sasl = None
    text = "SASL authentication is not possible right now: try again in a moment"
    if call.session.caps & STANDARD_REPLIES:
        call.fail("TEMPORARILY_UNAVAILABLE", text)
    call.reply(num.ERR_SASLFAIL, text)


MECHANISMS: Final[dict[str, Callable[[Call, Exchange, bytes], None]]] = {
    "PLAIN": _plain,
    "SCRAM-SHA-256": _scram_first,
    "EXTERNAL": _external,
}
"""Name to the step that takes the first payload."""
