"""Sets of addresses: those that are trusted, or that no throttle concerns."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOPBACK = ("127.0.0.0/8", "::1/128")


class Networks:
    """Addresses and networks; an IPv4 address counts also where it is written as IPv6."""

    __slots__ = ("_known", "_networks")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        """Raise ValueError for what is neither an address nor a network."""
        self._networks = tuple(ipaddress.ip_network(text, strict=False) for text in texts)
        self._known: dict[str, bool] = {}

    def __contains__(self, address: object) -> bool:
        if not self._networks or not isinstance(address, str):
            return False
        is_in = self._known.get(address)
        if is_in is None:
            if len(self._known) > 1000:  # noqa: PLR2004 - all of them are cheap to find again
                self._known.clear()
            is_in = self._known[address] = self._has(address)
        return is_in

    def _has(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
            parsed = parsed.ipv4_mapped
        return any(parsed in network for network in self._networks)


NOBODY = Networks()
