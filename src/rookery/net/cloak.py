"""Host names that hide addresses: the same address looks the same, and tells nothing else."""

from __future__ import annotations

import base64
import hmac
import ipaddress
from functools import lru_cache
from typing import Final

CLOAK_CHARS: Final = 12


@lru_cache(maxsize=4096)
def cloak(address: str, secret: bytes) -> str:
    """Return the host name shown for an IP address; `localhost` for this computer's own."""
    try:
        if ipaddress.ip_address(address).is_loopback:
            return "localhost"
    except ValueError:
        return "localhost"
    digest = hmac.digest(secret, address.encode(), "sha256")
    return base64.b32encode(digest).decode().lower()[:CLOAK_CHARS] + ".cloak"
