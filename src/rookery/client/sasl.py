"""The client's half of SASL PLAIN. Source: RFC 4616; IRCv3 sasl 3.1, "The AUTHENTICATE command"."""

from __future__ import annotations

import base64
from typing import Final

CHUNK_BYTES: Final = 400


def plain(name: str, password: str) -> list[str]:
    """Return the parameters of the AUTHENTICATE lines that prove `name`, in order."""
    encoded = base64.b64encode(f"\0{name}\0{password}".encode()).decode()
    chunks = [encoded[at : at + CHUNK_BYTES] for at in range(0, len(encoded), CHUNK_BYTES)]
    if len(chunks[-1]) == CHUNK_BYTES:
        chunks.append("+")
    return chunks
