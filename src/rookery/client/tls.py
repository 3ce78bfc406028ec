"""Whom to trust: the policy of docs/adr/0005-client-tls.md as pure decisions, and the contexts."""

from __future__ import annotations

import enum
import hashlib
import ssl
from typing import TYPE_CHECKING, Final

from rookery.client.state import VOUCHED

if TYPE_CHECKING:
    from rookery.client.options import Options

_HEX_DIGITS: Final = 64


class Verdict(enum.Enum):
    """What to do with a certificate that the system's authorities do not vouch for."""

    ACCEPT = enum.auto()
    ASK = enum.auto()
    REFUSE = enum.auto()


def wants_tls(options: Options) -> bool:
    """Return whether to try TLS first."""
    if options.tls is not None:
        return options.tls
    return options.fingerprint is not None or not options.is_loopback


def may_fall_back(options: Options, pinned: str | None) -> bool:
    """Return whether a server that speaks no TLS may be talked to in the clear."""
    return options.tls is None and options.fingerprint is None and pinned is None


def judge(fingerprint: str, pinned: str | None, given: str | None) -> Verdict:
    """Return what to do; `given` is the person's own --fingerprint and counts before the pin."""
    if given is not None:
        return Verdict.ACCEPT if plain_hex(given) == fingerprint else Verdict.REFUSE
    if pinned is None:
        return Verdict.ASK
    return Verdict.ACCEPT if pinned == fingerprint else Verdict.REFUSE


def fingerprint_of(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate in DER, in lower-case hexadecimal."""
    return hashlib.sha256(certificate).hexdigest()


def plain_hex(fingerprint: str) -> str:
    """Return a fingerprint as people write it (`SHA256:AB:CD…`) in plain hexadecimal."""
    lowered = fingerprint.strip().lower()
    for prefix in ("sha256:", "sha-256:", "sha256=", "sha256 "):
        lowered = lowered.removeprefix(prefix)
    return lowered.replace(":", "").replace(" ", "")


def is_fingerprint(text: str) -> bool:
    """Return whether `text` can be a SHA-256 fingerprint."""
    digits = plain_hex(text)
    return len(digits) == _HEX_DIGITS and all(digit in "0123456789abcdef" for digit in digits)


def shown(fingerprint: str) -> str:
    """Return a fingerprint in groups that eyes can compare."""
    pairs = [fingerprint[at : at + 2].upper() for at in range(0, len(fingerprint), 2)]
    return ":".join(pairs)


def vouching_context() -> ssl.SSLContext:
    """Return a context in which the system's authorities decide."""
    return ssl.create_default_context()


def pinning_context() -> ssl.SSLContext:
    """Return a context that takes any certificate: `judge` decides, before a byte is said."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def is_vouched(pinned: str | None) -> bool:
    """Return whether the authorities vouched for the server before."""
    return pinned == VOUCHED
