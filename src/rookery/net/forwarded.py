"""Whom a request comes from, where a proxy that is believed says so in HTTP headers.

Anybody can write these headers: they are read only where the connection's other end is trusted.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Container, Mapping
from typing import NamedTuple


class Origin(NamedTuple):
    """The client's address, and whether its connection is encrypted."""

    address: str
    is_encrypted: bool


def forwarded(headers: Mapping[str, str], peer: Origin, proxies: Container[str]) -> Origin:
    """Return where a request comes from, whose connection comes from `peer`.

    Each proxy adds behind the list whom it has its connection from, so it is read from the end.
    """
    if peer.address not in proxies:
        return peer
    scheme = headers.get("X-Forwarded-Proto", "").rpartition(",")[2].strip().lower()
    is_encrypted = scheme == "https" if scheme else peer.is_encrypted
    address = peer.address
    for text in reversed(headers.get("X-Forwarded-For", "").split(",")):
        try:
            address = str(ipaddress.ip_address(text.strip()))
        except ValueError:
            break
        if address not in proxies:
            break
    return Origin(address, is_encrypted)
