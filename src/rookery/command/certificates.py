"""Certificates that prove an account by SASL EXTERNAL: `NS CERT`.

A certificate is known by the SHA-256 of its DER form; it proves one account at most.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rookery.command.signing import account_of
from rookery.core.account_events import CertificateSet

if TYPE_CHECKING:
    from rookery.command.call import Call

_FINGERPRINT: Final = re.compile("[0-9a-f]{64}")


def cert(call: Call, words: list[str]) -> None:
    """List, add or remove certificates of one's account."""
    account = account_of(call.session)
    action, given = words[0].upper(), words[1] if len(words) > 1 else ""
    if account is None:
        call.fail("ACCOUNT_REQUIRED", "Sign in to your account first")
    elif action == "LIST":
        _list(call, account.key)
    elif action == "ADD":
        _add(call, account.key, given)
    elif action in {"DEL", "DELETE", "REMOVE"}:
        _remove(call, account.key, given)
    else:
        call.fail("INVALID_PARAMS", "CERT LIST, CERT ADD or CERT DEL, please")


def _list(call: Call, key: str) -> None:
    fingerprints = call.node.world.registry.fingerprints(key)
    for fingerprint in fingerprints:
        call.send(call.served(fingerprint))
    call.send(call.served(f"Your account has {len(fingerprints)} certificates"))


def _add(call: Call, key: str, given: str) -> None:
    node, registry = call.node, call.node.world.registry
    fingerprint = _normalised(given) if given else call.session.fingerprint
    if not _FINGERPRINT.fullmatch(fingerprint):
        text = "Give the SHA-256 of your certificate, or connect with it: CERT ADD <fingerprint>"
        call.fail("INVALID_PARAMS", text)
    elif registry.certificates.get(fingerprint, key) != key:
        call.fail("CERTIFICATE_IN_USE", "That certificate is another account's")
    elif len(registry.fingerprints(key)) >= node.rules.accounts.certificates_max:
        call.fail("TOO_MANY", "Your account has as many certificates as allowed: CERT DEL one")
    else:
        _set(call, fingerprint, key, "")
        call.done("CERT", f"{fingerprint} signs in to your account from now on")


def _remove(call: Call, key: str, given: str) -> None:
    fingerprint = _normalised(given)
    if call.node.world.registry.certificates.get(fingerprint) != key:
        call.fail("INVALID_PARAMS", "Your account has no such certificate: CERT LIST")
        return
    _set(call, fingerprint, "", key)
    call.done("CERT", f"{fingerprint} signs in to your account no more")


def _set(call: Call, fingerprint: str, owner: str, before: str) -> None:
    """Let a certificate prove `owner`, or as `before` where it could not be stored."""
    bus = call.node.bus
    undone = CertificateSet(fingerprint, before)
    call.on_store_failure("", lambda: bus.publish(undone))
    call.emit(CertificateSet(fingerprint, owner))


def _normalised(fingerprint: str) -> str:
    """Return a fingerprint as openssl and clients print it in the one form that is kept."""
    return fingerprint.replace(":", "").lower()
