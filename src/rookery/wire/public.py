"""Which IP addresses are of the public internet, and no way into somebody's own network.

Addresses that carry another one inside (mapped, translated, tunnelled) are as public as that.
IANA's registries of special addresses, as the standard library has them.
"""

from __future__ import annotations

import ipaddress
from typing import Final, TypeAlias

_Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"
_TRANSLATED: Final = tuple(ipaddress.IPv6Network(text) for text in ("64:ff9b::/96", "::/96"))
"""RFC 6052, and the IPv4-compatible ones of RFC 4291: the last 32 bits are an IPv4 address."""
_NEVER: Final = tuple(
    ipaddress.IPv6Network(text) for text in ("fec0::/10", "64:ff9b:1::/48", "3fff::/20")
)
"""Site-local ones (RFC 3879); those that a network translates for itself, with an IPv4 address in
the middle or at the end (RFC 8215); examples (RFC 9637)."""
_IPV4_BITS: Final = 0xFFFFFFFF


def is_public(text: str) -> bool:
    """Return whether it is an address that a stranger may have us connect to."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_global(one) for one in _meanings(address))


def _meanings(address: _Address) -> list[_Address]:
    """Return the address, and those that are inside of it."""
    meanings: list[_Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return [address.ipv4_mapped]
        if any(address in network for network in _TRANSLATED):
            return [ipaddress.IPv4Address(int(address) & _IPV4_BITS)]
        if address.sixtofour:
            meanings.append(address.sixtofour)
        if address.teredo:
            meanings += address.teredo
    return meanings


def _is_global(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and any(address in one for one in _NEVER):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
