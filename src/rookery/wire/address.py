"""What an address is counted under."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final

IPV6_PREFIX_BITS: Final = 64
"""What one household or machine is given: it has so many addresses that none of them counts."""


def unmapped(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """Return an address as bans and limits know it.

    Who listens for both families writes IPv4 ones as IPv6. RFC 4291 §2.5.5.2.
    """
    return str(getattr(address, "ipv4_mapped", None) or address)


@lru_cache(maxsize=4096)
def counted_as(address: str) -> str:
    """Return what connections and tries are counted under: an IPv4 address, or an IPv6 network.

    An IPv4 address written as IPv6 is the same one; what is no address is returned as it is.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), IPV6_PREFIX_BITS), strict=False))
