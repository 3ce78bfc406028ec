"""Name and password of a request, as HTTP Basic has them. RFC 7617."""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple


class Credentials(NamedTuple):
    """What a client says it is."""

    name: str
    password: str


def credentials(header: str) -> Credentials | None:
    """Return what an Authorization header says; None where it is none of Basic's."""
    scheme, _, encoded = header.strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    name, colon, password = text.partition(":")
    return Credentials(name, password) if colon and name and password else None
