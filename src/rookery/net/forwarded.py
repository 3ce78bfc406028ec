"""Whom a request comes from, where a proxy that is believed says so in HTTP headers.

Anybody can write these headers: they are read only where the connection's other end is trusted.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Container, Mapping
from typing import Final, NamedTuple

from rookery.wire.address import unmapped

FOR: Final = "X-Forwarded-For"
PROTO: Final = "X-Forwarded-Proto"


class Origin(NamedTuple):
    """The client's address, and whether its connection is encrypted."""

    address: str
    is_encrypted: bool


def forwarded(headers: Mapping[str, str], peer: Origin, proxies: Container[str]) -> Origin:
    """Return where a request comes from, whose connection comes from `peer`.

    Each proxy adds behind the list whom it has its connection from, so it is read from the end.
    A header that comes several times must be given as one list: the first line is the client's.
    """
    if peer.address not in proxies:
        return peer
    scheme = headers.get(PROTO, "").rpartition(",")[2].strip().lower()
    is_encrypted = scheme == "https" if scheme else peer.is_encrypted
    address = peer.address
    for text in reversed(headers.get(FOR, "").split(",")):
        try:
            address = unmapped(ipaddress.ip_address(text.strip()))
        except ValueError:
            break
        if address not in proxies:
            break
    return Origin(address, is_encrypted)
