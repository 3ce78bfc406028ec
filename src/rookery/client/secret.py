"""Passwords that the client makes: a name's first use keeps it with one that nobody types."""

from __future__ import annotations

import secrets
from typing import Final

_PREFIX: Final = "made-"
"""Tells these from what a person has chosen; the rest is random enough alone."""
_RANDOM_BYTES: Final = 24


def make() -> str:
    """Return a new one."""
    return _PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)


def is_made(secret: str) -> bool:
    """Return whether a client has made it, so that its person does not know it."""
    return secret.startswith(_PREFIX) and len(secret) > 2 * len(_PREFIX) + _RANDOM_BYTES
