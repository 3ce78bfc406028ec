"""Operators of the server: who may become one, and what each of them may do.

An operator is made by OPER alone; what may be done as one is a row of `PRIVILEGES`.
Source: modern IRC, "OPER message", "KILL message"; RFC 2812 §3.1.4.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.core import masks
from rookery.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rookery.core.user import User

PRIVILEGES: Final[Mapping[str, str]] = {
    "kill": "End the connections of a person (KILL).",
    "rehash": "Let the server read its settings again (REHASH).",
    "stats": "Read what the server tells operators only (STATS).",
    "wallops": "Tell something to everybody who reads it, mode w (WALLOPS).",
}
"""What an operator may be allowed, besides what every operator may."""
ALL: Final = frozenset(PRIVILEGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """What an operator proves, and may do; at least one proof is there."""

    password_hash: str = ""
    """argon2id; empty where the certificate is proof enough."""
    mask: str = ""
    """`nick!user@host` that the person must fit; also tried with the address. Empty for any."""
    fingerprint: str = ""
    """SHA-256 of the client's certificate, in hexadecimal; empty for any."""
    privileges: frozenset[str] = ALL


def check_may_try(operator: Operator, user: User, fingerprint: str) -> None:
    """Raise NO_OPERATOR_HERE where the person is not where this operator comes from."""
    sources = (user.source, f"{user.nick}!{user.username}@{user.address}")
    mask = masks.normalised(operator.mask)
    is_from_there = not operator.mask or any(masks.matches(mask, one, "") for one in sources)
    wanted = operator.fingerprint.replace(":", "").lower()
    has_certificate = not wanted or hmac.compare_digest(wanted, fingerprint.lower())
    if not (is_from_there and has_certificate):
        raise Refusal(Reason.NO_OPERATOR_HERE)


def check_may(user: User, privilege: str) -> None:
    """Raise NOT_AN_OPERATOR or PRIVILEGE_MISSING unless the person may do `privilege`."""
    if not user.is_operator:
        raise Refusal(Reason.NOT_AN_OPERATOR)
    if privilege not in user.privileges:
        raise Refusal(Reason.PRIVILEGE_MISSING, privilege)
